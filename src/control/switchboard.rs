//! What all clients share: the way to the desk, the state as it is told, and who is told of refusals.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::extract::ws::Utf8Bytes;
use crossbeam_channel::Sender;
use tokio::{
    sync::{Semaphore, oneshot, watch},
    time::{sleep, timeout},
};

use super::{
    gate::Gate,
    options::Wake,
    pace::{COMMANDS, LOOKS, Paces},
    reports::Reports,
    spare::Calls,
    strangers::Strangers,
    turned::Turned,
};
use crate::desk::{Command, Hand, Order, Outcome, State};

/// Clients at once.
pub(super) const CLIENTS: usize = 16;
/// The program answers within a frame; a bundle for the engineer takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The state is told no oftener.
const TOLD_EVERY: Duration = Duration::from_millis(50);

/// What became of commands, kept back until the state that they led to is told: who asks after an answer sees it.
#[derive(Clone, Default)]
pub(super) struct Answers(Arc<Mutex<Vec<(oneshot::Sender<Outcome>, Outcome)>>>);

impl Answers {
    fn keep(&self, answer: oneshot::Sender<Outcome>, outcome: Outcome) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((answer, outcome));
    }

    pub fn give(&self) {
        let kept = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        for (answer, outcome) in kept {
            // A client that has gone needs no answer.
            let _gone = answer.send(outcome).is_err();
        }
    }
}

pub(super) struct Switchboard {
    /// None for OSC alone.
    pub gate: Option<Gate>,
    pub orders: Sender<Order>,
    pub wake: Wake,
    pub answers: Answers,
    pub states: watch::Receiver<Arc<State>>,
    /// The state as WebSocket clients get it.
    pub told: watch::Receiver<Utf8Bytes>,
    /// The same for those who may only look.
    pub told_viewers: watch::Receiver<Utf8Bytes>,
    pub reports: Reports,
    pub clients: Arc<Semaphore>,
    pub strangers: Strangers,
    /// Of commands over HTTP.
    pub paces: Paces,
    /// Of all else over HTTP, so that who looks too often does not keep the buttons waiting.
    pub looks: Paces,
    pub calls: Calls,
    pub stop: watch::Receiver<bool>,
}

impl Switchboard {
    pub fn new(
        gate: Option<Gate>,
        orders: Sender<Order>,
        wake: Wake,
        answers: Answers,
        states: watch::Receiver<Arc<State>>,
        [told, told_viewers]: [watch::Receiver<Utf8Bytes>; 2],
        reports: Reports,
        stop: watch::Receiver<bool>,
    ) -> Self {
        let clients = Arc::new(Semaphore::new(CLIENTS));
        let (paces, looks, calls) = (Paces::new(COMMANDS), Paces::new(LOOKS), Calls::default());
        Self {
            gate,
            orders,
            wake,
            answers,
            states,
            told,
            told_viewers,
            reports,
            clients,
            strangers: Strangers::default(),
            paces,
            looks,
            calls,
            stop,
        }
    }

    /// Puts a command into the desk's queue, at once or not at all; what became of it comes later.
    pub fn give(&self, command: Command) -> Result<oneshot::Receiver<Outcome>, Turned> {
        let (answer, answered) = oneshot::channel();
        let answers = self.answers.clone();
        let order = Order::answered(command, Hand::Remote, move |outcome| answers.keep(answer, outcome));
        self.orders.try_send(order).map_err(|_| Turned::Busy)?;
        (self.wake)();
        Ok(answered)
    }

    /// Waits for what became of a command.
    pub async fn answer(answered: oneshot::Receiver<Outcome>) -> Result<(), Turned> {
        match timeout(PATIENCE, answered).await {
            Ok(Ok(outcome)) => outcome.map_err(|refused| Turned::Refused(refused.0)),
            _ => Err(Turned::NoAnswer),
        }
    }

    /// Counts a refusal and gives it back.
    pub fn turned(&self, turned: Turned, who: IpAddr) -> Turned {
        self.reports.tell(&turned, who);
        turned
    }
}

/// Writes the state out each time it changes, for viewers too where there may be any: at once, and then no oftener than
/// it may.
pub(super) async fn herald(
    mut states: watch::Receiver<Arc<State>>,
    told: watch::Sender<Utf8Bytes>,
    told_viewers: Option<watch::Sender<Utf8Bytes>>,
) {
    let tell = |told: &watch::Sender<Utf8Bytes>, state: &State| match serde_json::to_string(state) {
        Ok(text) => drop(told.send_replace(format!(r#"{{"type":"state","state":{text}}}"#).into())),
        Err(error) => tracing::error!("the state cannot be written: {error}"),
    };
    loop {
        let state = Arc::clone(&states.borrow_and_update());
        tell(&told, &state);
        if let Some(told) = &told_viewers {
            tell(told, &state.for_viewers());
        }
        sleep(TOLD_EVERY).await;
        if states.changed().await.is_err() {
            return;
        }
    }
}

/// Waits for the word to stop; a program that has gone means the same.
pub(super) async fn stopped(mut stop: watch::Receiver<bool>) {
    let _gone = stop.wait_for(|stop| *stop).await.is_err();
}

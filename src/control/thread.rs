//! The control's own thread, and the handle that the app holds.

use std::{
    future::pending,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

use axum::extract::ws::Utf8Bytes;
use crossbeam_channel::{Receiver, bounded};
use tokio::{
    net::{TcpListener, UdpSocket},
    runtime::Handle,
    sync::watch,
    time::timeout,
};

use super::{
    doors::{Caller, Doors},
    gate::Gate,
    http,
    options::{ControlError, ControlOptions},
    osc,
    reports::Reports,
    switchboard::{Answers, CLIENTS, Switchboard, herald, stopped},
};
use crate::{
    desk::{Order, State},
    director::Said,
    spare::Line,
};

/// Orders that wait for the program's next frame; beyond it clients are told that it is busy.
const ORDERS: usize = 256;
/// Answers that are on their way have so long when the program ends.
const FAREWELL: Duration = Duration::from_millis(500);

/// Running remote control. Dropping it stops it.
pub struct Control {
    /// Where HTTP and WebSocket are served.
    pub addr: Option<SocketAddr>,
    /// Where OSC is heard.
    pub osc_addr: Option<SocketAddr>,
    /// What clients ask for, to be answered.
    pub orders: Receiver<Order>,
    /// Machines that follow this one's desk.
    pub calls: Receiver<Line>,
    states: watch::Sender<Arc<State>>,
    answers: Answers,
    reports: Reports,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
    runtime: Handle,
    /// Since when a sign of life is waited for, and whether it was given.
    asked_at: Option<Instant>,
    lives: Arc<AtomicBool>,
}

impl Control {
    /// Starts to listen. When it returns, clients may come.
    ///
    /// # Errors
    /// An address that cannot be had.
    pub fn start(options: ControlOptions) -> Result<Self, ControlError> {
        let ControlOptions { http, osc, wake } = options;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (gate, listener, addr) = match http {
            None => (None, None, None),
            Some((listen, tokens)) => {
                let fault = |error| ControlError::Listen { addr: listen, error };
                let listener = std::net::TcpListener::bind(listen).map_err(fault)?;
                listener.set_nonblocking(true).map_err(fault)?;
                let own = listener.local_addr().map_err(fault)?;
                let listener = runtime.block_on(async { TcpListener::from_std(listener) }).map_err(fault)?;
                (Some(Gate::new(tokens, own)), Some(listener), Some(own))
            }
        };
        let udp = match osc.is_wanted() {
            false => None,
            true => {
                let wanted = SocketAddr::from(([127, 0, 0, 1], osc.port.unwrap_or(0)));
                let fault = |error| ControlError::Listen { addr: wanted, error };
                let socket = osc::bind(&osc).map_err(fault)?;
                Some(runtime.block_on(async { UdpSocket::from_std(socket) }).map_err(fault)?)
            }
        };
        let osc_addr = udp.as_ref().and_then(|socket| socket.local_addr().ok()).filter(|_| osc.port.is_some());
        let (asked, orders) = bounded(ORDERS);
        let (states, states_read) = watch::channel(Arc::<State>::default());
        let (told, told_read) = watch::channel(Utf8Bytes::default());
        let (told_viewers, viewers_read) = watch::channel(Utf8Bytes::default());
        let told_viewers = gate.as_ref().is_some_and(Gate::has_viewers).then_some(told_viewers);
        let (stop, stop_read) = watch::channel(false);
        let (answers, reports) = (Answers::default(), Reports::default());
        let board = Arc::new(Switchboard::new(
            gate,
            asked,
            wake,
            answers.clone(),
            states_read.clone(),
            [told_read, viewers_read],
            reports.clone(),
            stop_read.clone(),
        ));
        let calls = board.calls.take.clone();
        let thread = Builder::new().name("remote".to_owned()).spawn(move || {
            runtime.block_on(async {
                let web = async {
                    let Some(listener) = listener else { return pending().await };
                    let service = http::router(Arc::clone(&board)).into_make_service_with_connect_info::<Caller>();
                    let served = axum::serve(Doors::new(listener), service);
                    if let Err(error) = served.with_graceful_shutdown(stopped(stop_read.clone())).await {
                        tracing::error!("remote control has ended: {error}");
                    }
                    // Who has a connection of its own is still being told.
                    let all = board.clients.acquire_many(CLIENTS as u32);
                    let _late = timeout(FAREWELL, all).await.is_err();
                };
                let field = async {
                    let Some(socket) = udp else { return pending().await };
                    osc::run(socket, osc, Arc::clone(&board), states_read.clone()).await;
                };
                let farewell = async {
                    stopped(stop_read.clone()).await;
                    let _late = timeout(FAREWELL, pending::<()>()).await.is_err();
                };
                tokio::select! {
                    biased;
                    () = web => {}
                    () = field => {}
                    () = herald(states_read.clone(), told, told_viewers) => {}
                    () = farewell => {}
                }
            });
            runtime.shutdown_background();
        })?;
        let (thread, asked_at, lives) = (Some(thread), None, Arc::default());
        Ok(Self {
            addr,
            osc_addr,
            orders,
            calls,
            states,
            answers,
            reports,
            stop,
            thread,
            runtime: handle,
            asked_at,
            lives,
        })
    }

    /// How long the thread has given no sign of life, at `now`; asks for the next one where it has.
    pub fn silence(&mut self, now: Instant) -> Duration {
        if self.lives.swap(false, Ordering::AcqRel) {
            self.asked_at = None;
        }
        let asked_at = *self.asked_at.get_or_insert_with(|| {
            let lives = Arc::clone(&self.lives);
            self.runtime.spawn(async move { lives.store(true, Ordering::Release) });
            now
        });
        now.saturating_duration_since(asked_at)
    }

    /// Makes the thread hang, for tests of what follows.
    #[cfg(debug_assertions)]
    pub fn hang(&self) {
        self.runtime.spawn(async {
            loop {
                std::hint::spin_loop();
            }
        });
    }

    /// Tells clients the state, where it is another one, and what became of their commands. To be called once a frame.
    pub fn publish(&self, state: &State) {
        self.states.send_if_modified(|told| {
            let is_new = **told != *state;
            if is_new {
                *told = Arc::new(state.clone());
            }
            is_new
        });
        self.answers.give();
    }

    /// Who was turned away since, why, and how often.
    pub fn reports(&self) -> Vec<(Said, u64)> {
        self.reports.take()
    }

    /// Ends all connections and waits for the thread.
    pub fn stop(&mut self) {
        self.answers.give();
        self.stop.send_replace(true);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of remote control had panicked");
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::OscOptions;

    #[test]
    fn a_thread_that_hangs_is_silent_and_one_that_lives_is_not() {
        let options = ControlOptions { http: None, osc: OscOptions::default(), wake: Box::new(|| {}) };
        let mut control = Control::start(options).unwrap();
        let later = Instant::now() + Duration::from_secs(60);
        for _ in 0..3 {
            // Asked a minute ago, it has answered since.
            control.silence(Instant::now());
            while !control.lives.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
            assert_eq!(control.silence(later), Duration::ZERO);
            while !control.lives.load(Ordering::Acquire) {
                std::thread::yield_now();
            }
        }
        let (hangs, is_hanging) = bounded(1);
        control.runtime.spawn(async move {
            hangs.send(()).unwrap();
            // As long as the test holds the other end.
            hangs.send(()).unwrap();
        });
        while is_hanging.is_empty() {
            std::thread::yield_now();
        }
        control.silence(later);
        control.silence(later);
        let minute = Duration::from_secs(60);
        assert_eq!(control.silence(later + minute), minute);
        drop(is_hanging);
    }
}

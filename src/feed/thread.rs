//! The feed's own thread: connect, run, wait, connect again, for ever; and the handle the app holds.

use std::{
    thread::{Builder, JoinHandle},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded, select};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep},
};

use super::{
    backoff::Backoff,
    client::Dialer,
    health::{FeedHealth, FeedState, Ledger},
    inbox::{Inbox, Need},
    net::{Net, Tcp},
    now::FeedClock,
    options::{FeedError, FeedOptions, Notify, Timing},
    outbox::{FeedItem, Outbox},
    problem::FeedProblem,
    session::{Finish, Session},
};

/// Items between the socket's task and the forwarding thread; the app's own queue is [`FeedOptions::capacity`].
const BRIDGE: usize = 64;
/// A connection that lived so long was of use, even without news.
const USEFUL: Duration = Duration::from_secs(5);

/// A feed: a connection that is kept up.
pub struct Feed;

impl Feed {
    /// Starts to connect. Nothing is waited for: what happens comes through the inbox.
    ///
    /// # Errors
    /// What no trying could mend: address, token, CA file, roots, threads.
    pub fn start(mut options: FeedOptions) -> Result<FeedHandle, FeedError> {
        let notify = options.on_item.take();
        let (gone, going) = bounded(0);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let Parts { keeper, bridge, items, mut handle } = Parts::new(Tcp, options, fastrand::Rng::new())?;
        let forward = Builder::new()
            .name("feed-forward".to_owned())
            .spawn(move || forward(bridge, &items, &going, notify.as_ref()))?;
        let socket = Builder::new().name("feed".to_owned()).spawn(move || {
            runtime.block_on(keeper.keep());
            // A name look-up may still hang: it is not waited for.
            runtime.shutdown_background();
        })?;
        handle.gone = Some(gone);
        handle.threads = vec![socket, forward];
        Ok(handle)
    }
}

/// A feed before anything drives it: what keeps the connection, the two ends of the way to the app, and its handle.
pub(super) struct Parts<N: Net> {
    pub keeper: Keeper<N>,
    pub bridge: mpsc::Receiver<FeedItem>,
    pub items: Sender<FeedItem>,
    pub handle: FeedHandle,
}

impl<N: Net> Parts<N> {
    pub fn new(net: N, mut options: FeedOptions, jitter: fastrand::Rng) -> Result<Self, FeedError> {
        let dialer = Dialer::new(net, &options)?;
        let (ledger, clock) = (Ledger::new(dialer.shown.clone()), FeedClock::default());
        let (inside, bridge) = mpsc::channel(BRIDGE);
        let (items, inbox) = bounded(options.capacity.max(1));
        let (stop, stopped) = watch::channel(false);
        let hold_us = i64::try_from(options.timing.gap_hold.as_micros()).unwrap_or(i64::MAX / 8);
        let keeper = Keeper {
            inbox: Inbox::new(hold_us, options.resume.take()),
            outbox: Outbox::new(inside, ledger.clone(), clock.clone()),
            backoff: Backoff::new(options.timing.backoff.0, options.timing.backoff.1),
            timing: options.timing,
            stopped,
            dialer,
            jitter,
        };
        let handle = FeedHandle { inbox, ledger, clock, stop, gone: None, threads: vec![] };
        Ok(Self { keeper, bridge, items, handle })
    }
}

/// The app's end of the feed. Dropping it stops the feed.
pub struct FeedHandle {
    /// Items in order. Full, it holds the connection back; nothing is dropped.
    pub inbox: Receiver<FeedItem>,
    ledger: Ledger,
    clock: FeedClock,
    stop: watch::Sender<bool>,
    gone: Option<Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

impl FeedHandle {
    /// The connection's figures now.
    pub fn health(&self) -> FeedHealth {
        FeedHealth {
            clock: self.clock.status(),
            queue_len: self.inbox.len(),
            held_back: self.inbox.is_full(),
            ..self.ledger.read()
        }
    }

    /// The server's clock.
    pub fn clock(&self) -> FeedClock {
        self.clock.clone()
    }

    /// Says goodbye and waits for the threads. What is in the inbox stays readable.
    pub fn stop(&mut self) {
        self.stop.send_replace(true);
        self.gone = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the feed had panicked");
            }
        }
    }
}

impl Drop for FeedHandle {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Carries items from the socket's task to the app's queue: here, and only here, a full queue may block.
fn forward(
    mut bridge: mpsc::Receiver<FeedItem>,
    items: &Sender<FeedItem>,
    going: &Receiver<()>,
    notify: Option<&Notify>,
) {
    let notify = || notify.iter().for_each(|notify| notify());
    while let Some(item) = bridge.blocking_recv() {
        let mut next = Some(item);
        while let Some(item) = next {
            match items.try_send(item) {
                Ok(()) => {}
                Err(TrySendError::Disconnected(_)) => return,
                Err(TrySendError::Full(item)) => {
                    // Whoever sleeps must wake to make room.
                    notify();
                    select! {
                        send(items, item) -> sent => if sent.is_err() { return },
                        recv(going) -> _ => return,
                    }
                }
            }
            next = bridge.try_recv().ok();
        }
        // Once for all that came together.
        notify();
    }
}

pub(super) struct Keeper<N: Net> {
    dialer: Dialer<N>,
    inbox: Inbox,
    outbox: Outbox,
    backoff: Backoff,
    timing: Timing,
    stopped: watch::Receiver<bool>,
    /// Spreads the tries.
    jitter: fastrand::Rng,
}

impl<N: Net> Keeper<N> {
    /// Connects, and connects again, until it is told to stop or the show is over.
    pub async fn keep(mut self) {
        let mut need = Need::Resume;
        if let Some(problem) = self.dialer.in_clear() {
            self.outbox.problem(problem);
        }
        for connection in 0_u64.. {
            self.outbox.status(FeedState::Connecting);
            self.outbox.ledger.with(|health| health.reconnects = connection);
            match self.connection(need).await {
                Finish::Stopped => break,
                Finish::Ended => {
                    self.outbox.status(FeedState::Ended);
                    let mut stopped = self.stopped.clone();
                    let rest = async {
                        self.outbox.flush().await;
                        std::future::pending::<()>().await;
                    };
                    tokio::select! {
                        _ = stopped.wait_for(|stop| *stop) => {}
                        () = rest => {}
                    }
                    break;
                }
                Finish::Again(next) => need = next,
                Finish::Refused => {
                    need = Need::Resume;
                    self.backoff.give_way();
                }
            }
            if !self.pause().await {
                break;
            }
        }
        self.outbox.ledger.with(|health| health.state = FeedState::Stopped);
    }

    async fn connection(&mut self, need: Need) -> Finish {
        let mut stopped = self.stopped.clone();
        let dialled = tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => return Finish::Stopped,
            dialled = self.dialer.dial() => dialled,
        };
        let socket = match dialled {
            Ok(socket) => socket,
            Err(problem) => {
                let of_no_use = !matches!(problem, FeedProblem::Unreachable { .. } | FeedProblem::Late { .. });
                self.outbox.problem(problem);
                return if of_no_use { Finish::Refused } else { Finish::Again(need) };
            }
        };
        let resume = if need == Need::Resume { self.inbox.position() } else { None };
        let (began, seq) = (Instant::now(), self.inbox.seq());
        let session = Session::new(socket, &mut self.inbox, &mut self.outbox, self.timing);
        let finish = session.run(resume, &mut stopped).await;
        if self.inbox.seq() != seq || began.elapsed() >= USEFUL {
            self.backoff.reset();
        }
        finish
    }

    /// Hands on what is left, then waits. False when the feed is to stop.
    async fn pause(&mut self) -> bool {
        let pause = self.backoff.next(self.jitter.f64());
        self.outbox.status(FeedState::Waiting { pause });
        let mut stopped = self.stopped.clone();
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => false,
            there = async {
                let there = self.outbox.flush().await;
                sleep(pause).await;
                there
            } => there,
        }
    }
}

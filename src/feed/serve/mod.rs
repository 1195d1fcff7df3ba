//! The reference server: a tape, sent as a scoring system would send it.
//!
//! Many clients, each with its own resume or snapshot; one clock, on which the tape's instants lie (see `script`).

mod faults;
mod peer;
mod player;
pub(super) mod room;
mod script;

use std::{
    net::SocketAddr,
    sync::Arc,
    thread::{Builder, JoinHandle},
};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::watch,
    task::JoinSet,
};

use super::token::Token;
use crate::show::{
    protocol::Envelope,
    state::Show,
    tape::{Step, Tape},
    told::told,
};
use faults::Mangler;
pub use faults::{Fault, FaultPlan, Junk, PlanError};
pub(super) use faults::{Faults, carry};
use player::Player;
use room::Room;
use script::Script;

/// Clients at once.
const PEERS: usize = 256;
/// What is on its way between a server and the faults of its network.
const PIPE_BYTES: usize = 16 * 1024;

/// What the log of a tape is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Served {
    Event(Box<Envelope>),
    /// The whole state after the event that it names last. What came before is not held: clients get it whole.
    Snapshot(Box<Show>),
}

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    pub log: Vec<Served>,
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// 1 is the show's own pace. Must be finite and above 0.
    pub speed: f64,
    pub token: Option<Token>,
    /// µs after the tape's first event: all before it has happened when the first client comes.
    pub from_us: i64,
    /// Again and again, each turn an epoch of its own.
    pub repeat: bool,
    /// Events that are held for resuming clients.
    pub keep: usize,
    /// What goes wrong, for whoever wants to see a renderer bear it.
    pub faults: Option<FaultPlan>,
}

impl ServeOptions {
    /// These events once at their own pace.
    pub fn new(events: Vec<Envelope>, listen: SocketAddr) -> Self {
        Self::of(events.into_iter().map(|env| Served::Event(Box::new(env))).collect(), listen)
    }

    /// The whole tape once at its own pace.
    pub fn tape(tape: &Tape, listen: SocketAddr) -> Self {
        // What the operator did is no part of what a scoring system says.
        let served = |step: Step<'_>| match step {
            Step::Act(_) => None,
            Step::Event(entry) => Some(Served::Event(Box::new(entry.env.clone()))),
            Step::Snapshot(snapshot) => {
                let (seq, at) = (snapshot.at_seq, snapshot.at);
                Some(Served::Snapshot(Box::new(Show { seq, at, ..Show::clone(&snapshot.state) })))
            }
        };
        Self::of(tape.steps(0, tape.step_count()).filter_map(served).collect(), listen)
    }

    const fn of(log: Vec<Served>, listen: SocketAddr) -> Self {
        Self { log, listen, speed: 1.0, token: None, from_us: 0, repeat: false, keep: usize::MAX, faults: None }
    }
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("the tape holds no event that could be served")]
    Empty,
    #[error("speed {0} is not possible; give a number above 0, such as 0.5 or 4")]
    Speed(f64),
    #[error(
        "the tape holds a snapshot (at event {seq}), whose instants cannot be moved; serve it at speed 1 and once, or record the show from its first event"
    )]
    Snapshot { seq: u64 },
    #[error("{addr} cannot be listened on: {error}; choose another address with --listen")]
    Listen { addr: SocketAddr, error: std::io::Error },
    #[error("the server's thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
    #[error(
        "line {line} of the fault plan, \"{text}\", is no fault; write a time and what happens then, such as 2.5s cut 300ms, 10s hush 15s, 30s drop 2, 1m reset, or seed 17 for twenty faults at random"
    )]
    Plan { line: usize, text: String },
}

impl From<PlanError> for ServeError {
    fn from(PlanError { line, text }: PlanError) -> Self {
        Self::Plan { line, text }
    }
}

told!(ServeError {
    Empty => "serve-empty",
    Speed { speed = 0 } => "serve-speed",
    Snapshot { seq } => "serve-snapshot",
    Listen { addr, error } => "serve-listen",
    Thread { reason = 0 } => "serve-thread",
    Plan { line, text } => "serve-plan",
});

/// A running server. Dropping it stops it.
pub struct ServeHandle {
    /// Where it listens.
    pub addr: SocketAddr,
    stop: watch::Sender<bool>,
    over: watch::Receiver<bool>,
    thread: Option<JoinHandle<()>>,
}

impl ServeHandle {
    /// Whether the tape has come to its end. Clients that come later still get the last state, and `end`.
    pub fn is_over(&self) -> bool {
        *self.over.borrow()
    }

    /// Waits until the server stops, which a tape's end does not make it do.
    pub fn join(&mut self) {
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the server's thread had panicked");
        }
    }

    /// Closes all connections and waits for the thread.
    pub fn stop(&mut self) {
        self.stop.send_replace(true);
        self.join();
    }
}

impl Drop for ServeHandle {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Starts to serve on a thread of its own. When it returns, clients may connect.
///
/// # Errors
/// An empty tape, an impossible speed, a tape with a snapshot at another speed than 1 or again and again, an address
/// that cannot be had.
pub fn serve(options: ServeOptions) -> Result<ServeHandle, ServeError> {
    if !(options.speed.is_finite() && options.speed > 0.0) {
        return Err(ServeError::Speed(options.speed));
    }
    let ServeOptions { log, listen, speed, token, from_us, repeat, keep, faults: plan } = options;
    let script = Script::new(log)?;
    if let Some(seq) = script.first_snapshot().filter(|_| speed != 1.0 || repeat) {
        return Err(ServeError::Snapshot { seq });
    }
    let fault = |error| ServeError::Listen { addr: listen, error };
    let listener = std::net::TcpListener::bind(listen).map_err(fault)?;
    listener.set_nonblocking(true).map_err(fault)?;
    let addr = listener.local_addr().map_err(fault)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(async { TcpListener::from_std(listener) }).map_err(fault)?;
    let (stop, stopped) = watch::channel(false);
    let (ended, over) = watch::channel(false);
    let start_us = script.start_us.saturating_add(from_us);
    let room = Arc::new(Room::new(start_us, keep));
    if let Some(part) = script.parts.first() {
        room.open(&part.epoch);
        // Nobody is to see the empty show before it.
        if let Some(Served::Snapshot(show)) = part.steps.first() {
            room.replace(show);
        }
    }
    let faults = plan.as_ref().map(|_| Faults::new(0));
    let failing = plan.zip(faults.clone());
    let player = Player { script, room: Arc::clone(&room), start_us, speed, repeat, faults: faults.clone() };
    let thread = Builder::new().name("feed-server".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                () = accept(listener, Arc::clone(&room), token, stopped, faults) => {}
                () = async { player.play(&ended).await; std::future::pending().await } => {}
                () = fail(failing, &room) => {}
            }
        });
    })?;
    Ok(ServeHandle { addr, stop, over, thread: Some(thread) })
}

/// Lets a plan of faults come true; never ends.
async fn fail(failing: Option<(FaultPlan, Arc<Faults>)>, room: &Room) {
    if let Some((plan, faults)) = failing {
        let mut sky = faults.sky.subscribe();
        let set = async {
            while sky.changed().await.is_ok() {
                room.set_clock(sky.borrow_and_update().clock_us);
            }
        };
        tokio::join!(faults.run(&plan), set);
    }
    std::future::pending::<()>().await;
}

/// Takes clients until it is told to stop; then waits for their farewells.
async fn accept(
    listener: TcpListener,
    room: Arc<Room>,
    token: Option<Token>,
    mut stopped: watch::Receiver<bool>,
    faults: Option<Arc<Faults>>,
) {
    let mut peers = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = told(&mut stopped) => break,
            Some(gone) = peers.join_next() => if gone.is_err() {
                tracing::error!("a client's task had panicked");
            },
            accepted = listener.accept(), if peers.len() < PEERS => match accepted {
                Ok((stream, _addr)) => {
                    // Small messages must not wait for each other; a system that cannot say so still works.
                    let _nagle = stream.set_nodelay(true).is_err();
                    let (room, token, stop) = (Arc::clone(&room), token.clone(), stopped.clone());
                    match &faults {
                        None => drop(peers.spawn(peer::serve(stream, room, token, stop, None))),
                        Some(faults) => drop(peers.spawn(failing(stream, room, token, stop, Arc::clone(faults)))),
                    }
                }
                Err(error) => tracing::warn!("a client could not be accepted: {error}"),
            },
        }
    }
    drop(listener);
    while peers.join_next().await.is_some() {}
}

/// A connection that is at the mercy of the faults.
pub(super) async fn failing<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    room: Arc<Room>,
    token: Option<Token>,
    stop: watch::Receiver<bool>,
    faults: Arc<Faults>,
) {
    if faults.sky.borrow().away {
        return;
    }
    let (near, far) = tokio::io::duplex(PIPE_BYTES);
    let mangler = Mangler::new(&faults);
    tokio::join!(peer::serve(near, room, token, stop, Some(mangler)), carry(far, stream, faults));
}

/// This event at another instant of another epoch; its countdowns' ends move with it.
#[cfg(test)]
pub(super) fn moved(env: &Envelope, epoch: &str, at_us: i64) -> Envelope {
    script::Scale { tape_us: env.at, server_us: at_us, speed: 1.0 }.rewrite(env, epoch)
}

/// Waits for the word to stop; a server that has gone means the same.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _gone = stop.wait_for(|stop| *stop).await.is_err();
}

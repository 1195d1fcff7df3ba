//! The reference server: a tape, sent as a scoring system would send it.
//!
//! Many clients, each with its own resume or snapshot; one clock, on which the tape's instants lie (see `script`).

mod peer;
mod room;
mod script;

use std::{
    net::SocketAddr,
    sync::Arc,
    thread::{Builder, JoinHandle},
};

use tokio::{net::TcpListener, sync::watch, task::JoinSet, time::sleep_until};

use super::token::Token;
use crate::show::{
    protocol::Envelope,
    state::Show,
    tape::{Step, Tape},
    told::told,
};
use room::Room;
use script::{Scale, Script};

/// Clients at once.
const PEERS: usize = 256;

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
        Self { log, listen, speed: 1.0, token: None, from_us: 0, repeat: false, keep: usize::MAX }
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
}

told!(ServeError {
    Empty => "serve-empty",
    Speed { speed = 0 } => "serve-speed",
    Snapshot { seq } => "serve-snapshot",
    Listen { addr, error } => "serve-listen",
    Thread { reason = 0 } => "serve-thread",
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
    let ServeOptions { log, listen, speed, token, from_us, repeat, keep } = options;
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
    let player = Player { script, room: Arc::clone(&room), start_us, speed, repeat };
    let thread = Builder::new().name("feed-server".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                () = accept(listener, room, token, stopped) => {}
                () = async { player.play(&ended).await; std::future::pending().await } => {}
            }
        });
    })?;
    Ok(ServeHandle { addr, stop, over, thread: Some(thread) })
}

/// Takes clients until it is told to stop; then waits for their farewells.
async fn accept(listener: TcpListener, room: Arc<Room>, token: Option<Token>, mut stopped: watch::Receiver<bool>) {
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
                    let stop = stopped.clone();
                    peers.spawn(peer::serve(stream, Arc::clone(&room), token.clone(), stop));
                }
                Err(error) => tracing::warn!("a client could not be accepted: {error}"),
            },
        }
    }
    drop(listener);
    while peers.join_next().await.is_some() {}
}

/// Waits for the word to stop; a server that has gone means the same.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _gone = stop.wait_for(|stop| *stop).await.is_err();
}

/// Puts the tape into the room, event by event.
struct Player {
    script: Script,
    room: Arc<Room>,
    start_us: i64,
    speed: f64,
    repeat: bool,
}

impl Player {
    async fn play(&self, ended: &watch::Sender<bool>) {
        let mut scale = Scale { tape_us: self.start_us, server_us: self.start_us, speed: self.speed };
        for turn in 1_u64.. {
            for (n, part) in self.script.parts.iter().enumerate() {
                let epoch = if turn == 1 { part.epoch.clone() } else { format!("{}#{turn}", part.epoch) };
                for (place, step) in part.steps.iter().enumerate() {
                    let due = self.room.instant(scale.instant(step.at()));
                    if due > tokio::time::Instant::now() {
                        sleep_until(due).await;
                    }
                    // The very first is open already: a client may have been quicker than this task.
                    if place == 0 && (turn > 1 || n > 0) {
                        self.room.open(&epoch);
                    }
                    match step {
                        Served::Event(env) => {
                            let env = scale.rewrite(env, &epoch);
                            if let Err(error) = self.room.push(&env) {
                                tracing::error!("event {} cannot be written: {error}", env.seq);
                            }
                        }
                        Served::Snapshot(show) => self.room.replace(show),
                    }
                }
            }
            if !self.repeat {
                break;
            }
            // The clock runs on: the next turn's instants lie behind this one's. A moment lies between the two, so
            // that a tape of one instant does not turn without pause.
            let next_us = scale.instant(self.script.end_us) + crate::show::time::SECOND_US;
            scale = Scale { tape_us: self.script.start_us, server_us: next_us, speed: self.speed };
        }
        self.room.close();
        ended.send_replace(true);
    }
}

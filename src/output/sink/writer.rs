//! A sink's thread: opens what takes the frames, writes each in its turn, and opens it again when it has ended.

use std::{
    io,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{SinkFault, SinkState, line::Line, queue::Slot};

/// After so long a run the next end is a first one again.
const RAN: Duration = Duration::from_secs(2);
/// After so long a run the last end is forgotten.
const SETTLED: Duration = Duration::from_secs(10);

/// Takes frames. Every call may wait for as long as the other side likes.
pub trait Outlet: Send {
    /// The whole frame.
    ///
    /// # Errors
    /// When the other side has gone, or the room.
    fn write(&mut self, slot: &Slot) -> io::Result<()>;

    /// Nothing more comes: what was written is put in order.
    ///
    /// # Errors
    /// When that does not succeed.
    fn finish(self: Box<Self>) -> Result<(), SinkFault>;

    /// It is given up after `error`: why, as far as it can say itself.
    fn failed(self: Box<Self>, error: io::Error) -> SinkFault;

    /// Whether frames may be left out without anything else coming out of step.
    fn may_skip(&self) -> bool {
        true
    }

    /// The process, if it is one, and the file, if it writes one.
    fn facts(&self) -> (Option<u32>, Option<PathBuf>) {
        (None, None)
    }
}

/// What an outlet is opened with.
pub struct Opening {
    pub line: Arc<Line>,
    /// The slot that comes first, and its show time, µs.
    pub first: u64,
    pub show_us: i64,
    /// Times that one ended before.
    pub restarts: u64,
}

/// Opens an outlet; is asked again as often as it fails or the outlet ends.
pub type Opener = Box<dyn Fn(&Opening) -> Result<Box<dyn Outlet>, SinkFault> + Send>;

/// How long what has failed is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// An encoder that has taken no byte for so long is ended.
    pub stall: Duration,
    /// Between an end and the next try: first, and at most; each is twice the one before.
    pub pause: (Duration, Duration),
}

impl Default for Patience {
    fn default() -> Self {
        Self { stall: Duration::from_secs(5), pause: (Duration::from_millis(200), Duration::from_secs(5)) }
    }
}

/// How many slots wait at most.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// While nothing is open: a recording's are worth having late, others are not.
    pub closed: u64,
    /// While one is open that is to show the present; a recording may fall behind.
    pub behind: Option<u64>,
}

/// An encoder that is so many times as far behind as it may be is begun anew.
const RESTART: u64 = 3;

/// Runs until the line is closed and written. Slot 0 began at `began`.
pub fn run(line: &Arc<Line>, open: &Opener, keep: Keep, began: Instant, patience: Patience) {
    let (shortest, longest) = patience.pause;
    let mut pause = shortest;
    while let Some(mut shared) = line.wait_for_slot() {
        shared.queue.keep(keep.closed);
        let Some((first, show_us)) = shared.queue.peek() else { continue };
        let restarts = shared.counts.restarts;
        drop(shared);
        let outlet = match open(&Opening { line: Arc::clone(line), first, show_us, restarts }) {
            Ok(outlet) => outlet,
            Err(fault) => {
                let mut shared = line.lock();
                shared.fail(SinkState::Failed, fault);
                if shared.closing {
                    break;
                }
                drop(shared);
                line.pause(pause);
                pause = (pause * 2).min(longest);
                continue;
            }
        };
        {
            let mut shared = line.lock();
            shared.counts.state = SinkState::Running;
            (shared.counts.pid, shared.counts.file) = outlet.facts();
        }
        let opened = Instant::now();
        let Some((outlet, slot, error)) = write_all(line, outlet, began, keep.behind, opened) else { break };
        let fault = outlet.failed(error);
        if opened.elapsed() > RAN {
            pause = shortest;
        }
        let mut shared = line.lock();
        shared.not_written(slot);
        shared.counts.restarts += 1;
        shared.fail(SinkState::Restarting, fault);
        if shared.closing {
            break;
        }
        drop(shared);
        line.pause(pause);
        pause = (pause * 2).min(longest);
    }
    let mut shared = line.lock();
    shared.queue.keep(0);
    shared.counts.state = SinkState::Closed;
    (shared.counts.pid, shared.writing) = (None, None);
    drop(shared);
    line.tell();
}

/// Until the end, or until the outlet fails at a slot.
fn write_all(
    line: &Line,
    mut outlet: Box<dyn Outlet>,
    began: Instant,
    behind: Option<u64>,
    opened: Instant,
) -> Option<(Box<dyn Outlet>, Slot, io::Error)> {
    loop {
        if let Some(most) = behind.filter(|_| outlet.may_skip()) {
            line.lock().queue.keep(most);
        }
        let Some(slot) = line.take() else { break };
        let lag = line.lock().queue.waiting();
        if behind.is_some_and(|most| lag > most * RESTART) {
            // What goes with sound cannot leave frames out: it begins again with the present.
            return Some((outlet, slot, io::ErrorKind::TimedOut.into()));
        }
        if let Err(error) = outlet.write(&slot) {
            return Some((outlet, slot, error));
        }
        let mut shared = line.lock();
        shared.written(&slot, began);
        if shared.counts.why.is_some() && opened.elapsed() > SETTLED {
            shared.counts.why = None;
        }
    }
    if let Err(fault) = outlet.finish() {
        line.lock().counts.why = Some(fault);
    }
    None
}

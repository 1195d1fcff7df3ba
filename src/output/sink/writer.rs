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

/// Runs until the line is closed and written. Slot 0 began at `began`; while nothing is open `kept` slots are kept for
/// the next outlet at most: a recording's are worth having late, others are not.
pub fn run(line: &Arc<Line>, open: &Opener, kept: u64, began: Instant, patience: Patience) {
    let (shortest, longest) = patience.pause;
    let mut pause = shortest;
    while let Some(mut shared) = line.wait_for_slot() {
        shared.queue.keep(kept);
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
        let Some((outlet, slot, error)) = write_all(line, outlet, began, opened) else { break };
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
    opened: Instant,
) -> Option<(Box<dyn Outlet>, Slot, io::Error)> {
    while let Some(slot) = line.take() {
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

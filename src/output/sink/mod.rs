//! Sinks: outputs that are written to a pipe, to shared memory or to an encoder, each by its own thread.
//!
//! The program hands each picture in once and goes on at once: nothing here can make it wait. A sink counts slots of its
//! own rate ([`Queue`]), its thread writes them, and opens again what ended ([`SinkState`]). What was written, repeated,
//! late or lost is told in [`SinkCounts`].

mod arguments;
mod child;
mod counts;
mod fault;
mod line;
mod memory;
mod pipe;
mod queue;
mod room;
mod sounds;
mod writer;
mod written;
mod y4m;

pub use counts::{Latency, SinkCounts, SinkState};
pub use fault::SinkFault;
pub use memory::path as memory_path;
pub use pipe::STDOUT;
pub use queue::{Queue, Slot};
pub use room::{free_bytes, nearest};
pub use sounds::{SAMPLE_RATE, sample_of};
use writer::Keep;
pub use writer::{Opener, Opening, Outlet, Patience};
pub use written::{Written, written};

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    output::encoders,
    routing::{Place, Route},
    show::rate::Rate,
};
use line::Line;

/// Pictures that wait for a writer at most, by number and by size, bytes.
const ROOM: (usize, usize) = (64, 256 << 20);
/// Who takes frames of the present is at most so far behind.
const BEHIND: Duration = Duration::from_secs(2);
/// A recording's slots that wait for its next file at most.
const KEPT: Duration = Duration::from_secs(10);

/// One output that is written. Dropped without [`Sink::close`], it is closed and nobody waits for it.
pub struct Sink {
    line: Arc<Line>,
    thread: Option<JoinHandle<()>>,
    rate: Rate,
    wants_sound: bool,
}

impl Sink {
    /// Opens what the route's place says, in its own thread; none where the place is no sink's. `raster` is that of the
    /// pictures that will be handed in, px; slot 0 began at `began`, for all sinks the same.
    pub fn open(route: &Route, raster: (u32, u32), began: Instant) -> Option<Self> {
        Self::with_patience(route, raster, began, Patience::default())
    }

    /// The same, with another patience.
    pub fn with_patience(route: &Route, raster: (u32, u32), began: Instant, patience: Patience) -> Option<Self> {
        let (is_recording, opener): (bool, Opener) = match route.place.clone() {
            Place::Pipe { path, wire } => {
                // Whoever reads from a named pipe wants the present; all else wants every frame.
                let (is_kept, route) = (!pipe::is_named_pipe(&path), route.clone());
                let open = move |_: &Opening| pipe::Pipe::open(&route, raster, &path, wire);
                (is_kept, Box::new(open))
            }
            Place::Memory { name } => {
                let route = route.clone();
                (false, Box::new(move |_| memory::Memory::open(&route, raster, &name)))
            }
            Place::Ffmpeg(encoder) => {
                let (is_recording, route) = (arguments::file(&encoder).is_some(), route.clone());
                if encoder.arguments.is_empty() {
                    // Which encoder works is found out before the first frame is there.
                    thread::spawn(encoders::h264);
                }
                let open =
                    move |opening: &Opening| child::Ffmpeg::open(&route, &encoder, raster, patience.stall, opening);
                (is_recording, Box::new(open))
            }
            Place::Nowhere | Place::Window { .. } | Place::Display(_) => return None,
        };
        Some(Self::with(route, raster, began, is_recording, opener, patience))
    }

    /// Into whatever `opener` opens. What `is_recording` keeps the slots that pass while nothing is open, for a while.
    pub fn with(
        route: &Route,
        raster: (u32, u32),
        began: Instant,
        is_recording: bool,
        opener: Opener,
        patience: Patience,
    ) -> Self {
        let bytes = raster.0 as usize * raster.1 as usize * 4;
        let room = (ROOM.1 / bytes.max(1)).min(ROOM.0);
        let line = Arc::new(Line::new(Queue::new(route.rate, room)));
        let slots = |span: Duration| route.rate.index_at(i64::try_from(span.as_micros()).unwrap_or(0)).max(1);
        let keep = match is_recording {
            true => Keep { closed: slots(KEPT), behind: None },
            false => Keep { closed: 1, behind: Some(slots(BEHIND)) },
        };
        let written = Arc::clone(&line);
        let thread = thread::spawn(move || writer::run(&written, &opener, keep, began, patience));
        let wants_sound = matches!(&route.place, Place::Ffmpeg(encoder) if encoder.sound);
        Self { line, thread: Some(thread), rate: route.rate, wants_sound }
    }

    /// The picture as of `at_us` after the beginning: rows of RGBA8 as large as the raster, at the show's time `show_us`.
    pub fn picture(&self, at_us: i64, show_us: i64, pixels: Arc<[u8]>) {
        self.line.lock().queue.hand_in(at_us, show_us, Some(pixels));
        self.line.tell();
    }

    /// At `at_us` it is still the picture before.
    pub fn unchanged(&self, at_us: i64, show_us: i64) {
        self.line.lock().queue.hand_in(at_us, show_us, None);
        self.line.tell();
    }

    /// The program's sound from sample `from` after the beginning on, at [`SAMPLE_RATE`]; nothing where none is wanted.
    pub fn sound(&self, from: u64, samples: &[[f32; 2]]) {
        if self.wants_sound {
            self.line.lock().sounds.hand_in(from, samples);
            self.line.tell();
        }
    }

    /// Whether no picture has been handed in yet.
    pub fn is_empty(&self) -> bool {
        self.line.lock().queue.next().is_none()
    }

    pub const fn rate(&self) -> Rate {
        self.rate
    }

    pub const fn wants_sound(&self) -> bool {
        self.wants_sound
    }

    pub fn counts(&self) -> SinkCounts {
        self.line.counts()
    }

    /// The same without latencies, which take their time.
    pub fn standing(&self) -> SinkCounts {
        self.line.standing()
    }

    /// Nothing more comes: what was handed in is written and the other side told, without anybody waiting.
    pub fn close(mut self) -> Closing {
        self.shut();
        Closing { line: Arc::clone(&self.line), thread: self.thread.take() }
    }

    fn shut(&self) {
        self.line.lock().closing = true;
        self.line.tell();
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.shut();
    }
}

/// A sink that writes its last frames.
pub struct Closing {
    line: Arc<Line>,
    thread: Option<JoinHandle<()>>,
}

impl Closing {
    /// Whether all is written.
    pub fn is_over(&self) -> bool {
        self.line.lock().counts.state == SinkState::Closed
    }

    /// Waits until all is written and whoever took it has ended, and at most so long; gives what came of it. Not for
    /// the program's frames: they wait for nobody.
    pub fn wait(mut self, longest: Duration) -> SinkCounts {
        self.line.wait_for_end(longest);
        let counts = self.line.counts();
        if let Some(thread) = self.thread.take().filter(|_| counts.state == SinkState::Closed) {
            // A thread that has failed has said so.
            let _ = thread.join();
        }
        counts
    }
}

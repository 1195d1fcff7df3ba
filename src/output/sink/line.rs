//! What a sink's threads and the program share: held for an instant only, by whoever puts in or takes out.

use std::{
    ops::Range,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use super::{
    SinkCounts, SinkFault, SinkState,
    counts::Latencies,
    queue::{Queue, Slot},
    sounds::{Sounds, sample_of},
};

/// A frame that is being written for longer than this is not being taken.
const STALLED: Duration = Duration::from_secs(1);

pub struct Line {
    shared: Mutex<Shared>,
    news: Condvar,
}

pub struct Shared {
    pub queue: Queue,
    pub sounds: Sounds,
    /// Nothing more comes.
    pub closing: bool,
    /// The slots' own part of the counts is in the queue.
    pub counts: SinkCounts,
    pub latencies: Latencies,
    /// Since when the writer has been at its present frame.
    pub writing: Option<Instant>,
}

impl Line {
    pub fn new(queue: Queue) -> Self {
        let shared = Shared {
            queue,
            sounds: Sounds::default(),
            closing: false,
            counts: SinkCounts::default(),
            latencies: Latencies::default(),
            writing: None,
        };
        Self { shared: Mutex::new(shared), news: Condvar::new() }
    }

    pub fn lock(&self) -> MutexGuard<'_, Shared> {
        // What is in there is counts and pictures: right whatever thread has failed.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes whoever waits.
    pub fn tell(&self) {
        self.news.notify_all();
    }

    fn wait<'a>(&self, shared: MutexGuard<'a, Shared>) -> MutexGuard<'a, Shared> {
        self.news.wait(shared).unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is a slot to be written, without taking it; none when all is written and nothing more comes.
    pub fn wait_for_slot(&self) -> Option<MutexGuard<'_, Shared>> {
        let mut shared = self.lock();
        loop {
            if shared.queue.peek().is_some() {
                return Some(shared);
            }
            if shared.closing {
                return None;
            }
            shared = self.wait(shared);
        }
    }

    /// Takes the next slot; it is being written from now on.
    pub fn take(&self) -> Option<Slot> {
        let mut shared = self.wait_for_slot()?;
        shared.writing = Some(Instant::now());
        shared.queue.take()
    }

    /// Waits, but not on once it is to be closed.
    pub fn pause(&self, longest: Duration) {
        let until = Instant::now() + longest;
        let mut shared = self.lock();
        while let (false, Some(rest)) = (shared.closing, until.checked_duration_since(Instant::now())) {
            shared =
                self.news.wait_timeout(shared, rest).map_or_else(|error| error.into_inner().0, |(shared, _)| shared);
        }
    }

    /// Waits as long as `over` is not set, and at most `longest`; tells since when a frame has been being written.
    pub fn watch(&self, over: &AtomicBool, longest: Duration) -> Option<Instant> {
        let until = Instant::now() + longest;
        let mut shared = self.lock();
        while let (false, Some(rest)) = (over.load(Ordering::Acquire), until.checked_duration_since(Instant::now())) {
            shared =
                self.news.wait_timeout(shared, rest).map_or_else(|error| error.into_inner().0, |(shared, _)| shared);
        }
        shared.writing
    }

    /// The next samples from number `at` on, `delay` later than they are: as far as slots have been handed in, and to
    /// the end of the last one, with silence, once nothing more comes. None after that, or when it is `over`.
    pub fn sound(&self, at: i64, delay: i64, over: &AtomicBool) -> Option<(Range<i64>, Vec<u8>)> {
        /// A second at most, so that nothing large is in flight.
        const MOST: i64 = 48_000;
        let mut shared = self.lock();
        loop {
            if over.load(Ordering::Acquire) {
                return None;
            }
            let rate = shared.queue.rate();
            let slots_end = shared.queue.next().map_or(0, |next| signed(sample_of(rate, next)));
            let known_end = signed(shared.sounds.end()).saturating_add(delay);
            let end = if shared.closing { slots_end } else { slots_end.min(known_end) };
            if end > at {
                let range = at..end.min(at + MOST);
                let bytes = shared.sounds.bytes(range.start - delay..range.end - delay);
                return Some((range, bytes));
            }
            if shared.closing {
                return None;
            }
            shared = self.wait(shared);
        }
    }

    /// Waits until the sink is closed and done, and at most `longest`.
    pub fn wait_for_end(&self, longest: Duration) {
        let until = Instant::now() + longest;
        let mut shared = self.lock();
        while let (true, Some(rest)) =
            (shared.counts.state != SinkState::Closed, until.checked_duration_since(Instant::now()))
        {
            shared =
                self.news.wait_timeout(shared, rest).map_or_else(|error| error.into_inner().0, |(shared, _)| shared);
        }
    }

    pub fn counts(&self) -> SinkCounts {
        let latency = self.lock().latencies.figures();
        SinkCounts { latency, ..self.standing() }
    }

    /// The same without latencies.
    pub fn standing(&self) -> SinkCounts {
        let shared = self.lock();
        let mut counts = shared.counts.clone();
        if let (SinkState::Running, Some(for_)) = (&counts.state, shared.writing.map(|since| since.elapsed()))
            && for_ >= STALLED
        {
            counts.state = SinkState::Stalled { for_ms: u64::try_from(for_.as_millis()).unwrap_or(u64::MAX) };
        }
        let queue = &shared.queue;
        (counts.late, counts.dropped, counts.skipped) = (queue.late, queue.dropped, queue.skipped);
        counts.waiting = queue.waiting() + u64::from(shared.writing.is_some());
        counts
    }
}

impl Shared {
    /// What was being written has been taken whole.
    pub fn written(&mut self, slot: &Slot, began: Instant) {
        let done = Instant::now();
        self.writing = None;
        self.counts.written += 1;
        self.counts.repeated += u64::from(slot.repeats);
        let begins = Duration::from_micros(self.queue.rate().after_us(slot.n).unsigned_abs());
        self.latencies.note(done, done.saturating_duration_since(began + begins));
    }

    /// It has not; it is the next one again.
    pub fn not_written(&mut self, slot: Slot) {
        self.writing = None;
        self.queue.put_back(slot);
    }

    pub fn fail(&mut self, state: SinkState, why: SinkFault) {
        if self.counts.why.as_ref().is_none_or(|before| before.what() != why.what()) {
            tracing::warn!("{why}");
        }
        self.counts.state = state;
        self.counts.why = Some(why);
        (self.counts.pid, self.counts.file) = (None, None);
    }
}

fn signed(sample: u64) -> i64 {
    i64::try_from(sample).unwrap_or(i64::MAX)
}

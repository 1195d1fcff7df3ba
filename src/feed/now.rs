//! One clock for the whole program: the local monotonic clock, shown as the server's.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::Instant;

use super::clock::{ClockStatus, ClockSync};

/// The server's clock, asked from any thread.
#[derive(Clone, Debug)]
pub struct FeedClock {
    base: Instant,
    shown: Arc<Mutex<Shown>>,
}

#[derive(Debug)]
struct Shown {
    sync: ClockSync,
    /// What was said last: two threads that ask across a sample still see time go on.
    last_us: i64,
}

impl Default for FeedClock {
    fn default() -> Self {
        Self { base: Instant::now(), shown: Arc::new(Mutex::new(Shown { sync: ClockSync::new(), last_us: i64::MIN })) }
    }
}

impl FeedClock {
    /// Server time, µs since the Unix epoch. Never decreases, except where the first sync or a new epoch sets it.
    pub fn now_us(&self) -> i64 {
        self.with(|shown, monotonic_us| {
            shown.last_us = shown.sync.now(monotonic_us).max(shown.last_us);
            shown.last_us
        })
    }

    /// Whether a server has been heard at all; before that [`Self::now_us`] means nothing.
    pub fn is_set(&self) -> bool {
        self.with(|shown, _| shown.sync.is_set())
    }

    pub fn status(&self) -> ClockStatus {
        self.with(|shown, monotonic_us| shown.sync.status(monotonic_us))
    }

    /// Whether the network delays so unevenly that more samples are wanted.
    pub(super) fn is_jittery(&self) -> bool {
        self.with(|shown, _| shown.sync.is_jittery())
    }

    /// Local monotonic time, µs.
    pub(super) fn monotonic_us(&self) -> i64 {
        i64::try_from(self.base.elapsed().as_micros()).unwrap_or(i64::MAX)
    }

    pub(super) fn provisional(&self, server_time_us: i64) {
        self.set(|sync, monotonic_us| sync.provisional(server_time_us, monotonic_us));
    }

    pub(super) fn sample(&self, t0: i64, t1: i64, t2: i64, t3: i64) -> Option<i64> {
        self.set(|sync, _| sync.sample(t0, t1, t2, t3))
    }

    pub(super) fn restart(&self) {
        self.set(|sync, _| sync.restart());
    }

    pub(super) fn set_countdown_running(&self, running: bool) {
        self.with(|shown, _| shown.sync.set_countdown_running(running));
    }

    /// A change that may set the clock: only then may what was said last be taken back.
    fn set<T>(&self, change: impl FnOnce(&mut ClockSync, i64) -> T) -> T {
        self.with(|shown, monotonic_us| {
            let settling = !shown.sync.is_synced();
            let result = change(&mut shown.sync, monotonic_us);
            if settling || !shown.sync.is_synced() {
                shown.last_us = i64::MIN;
            }
            result
        })
    }

    /// The time is read inside the lock, so that it is ordered like the answers. A panic elsewhere leaves a clock
    /// that is still right: it is read on.
    fn with<T>(&self, ask: impl FnOnce(&mut Shown, i64) -> T) -> T {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        ask(&mut shown, self.monotonic_us())
    }
}

//! When the server's clock is asked: closely at first, and more often where the network delays unevenly.

use std::time::Duration;

use tokio::time::Instant;

use super::options::Timing;

/// On a network that delays unevenly so many more pings follow the first ones, so closely; later ones come so often.
const JITTERY_BURST: u32 = 80;
const JITTERY_BURST_EVERY: Duration = Duration::from_millis(100);
const JITTERY_EVERY: Duration = Duration::from_secs(1);

/// The pings of a connection.
#[derive(Debug)]
pub(super) struct Pings {
    timing: Timing,
    /// The last one's number; the first is 1.
    id: u64,
    burst: u32,
    jittery_burst: u32,
    next: Instant,
}

impl Pings {
    /// Of a connection that begins now.
    pub fn new(timing: Timing) -> Self {
        Self { timing, id: 0, burst: timing.ping_burst, jittery_burst: JITTERY_BURST, next: Instant::now() }
    }

    /// When the next one is due.
    pub const fn next(&self) -> Instant {
        self.next
    }

    /// The clock may be another one: it is asked as at the beginning.
    pub fn again(&mut self) {
        let id = self.id;
        *self = Self { id, ..Self::new(self.timing) };
    }

    /// The number of the one that goes out now.
    pub fn ping(&mut self, jittery: bool) -> u64 {
        self.burst = self.burst.saturating_sub(1);
        let pause = if self.burst > 0 {
            self.timing.ping_burst_every
        } else if !jittery {
            self.timing.ping_every
        } else if self.jittery_burst > 0 {
            self.jittery_burst -= 1;
            self.timing.ping_every.min(JITTERY_BURST_EVERY)
        } else {
            self.timing.ping_every.min(JITTERY_EVERY)
        };
        self.next = Instant::now() + pause;
        self.id += 1;
        self.id
    }

    /// Whether the first ones still follow each other closely.
    pub const fn is_burst(&self) -> bool {
        self.burst > 0
    }

    /// Whether this is one of those that were sent.
    pub fn has_sent(&self, id: u64) -> bool {
        (1..=self.id).contains(&id)
    }
}

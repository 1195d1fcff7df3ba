//! How long to wait before the next try: doubling, jittered, without end (protocol.md §2).

use std::time::Duration;

/// The pauses between tries.
#[derive(Clone, Debug)]
pub struct Backoff {
    first: Duration,
    most: Duration,
    tries: u32,
}

impl Backoff {
    /// Pauses from `first` to `most`.
    pub const fn new(first: Duration, most: Duration) -> Self {
        Self { first, most, tries: 0 }
    }

    /// The next pause. `jitter` within 0 and 1 spreads it over its upper half, so that a hall of outputs does not
    /// knock all at once.
    pub fn next(&mut self, jitter: f64) -> Duration {
        let whole = self.first.saturating_mul(1_u32 << self.tries.min(16)).min(self.most);
        self.tries = self.tries.saturating_add(1);
        whole.mul_f64(0.5 + jitter.clamp(0.0, 1.0) / 2.0).max(self.first.mul_f64(0.5))
    }

    /// The longest pause at once: the server said that trying again is of no use yet.
    pub const fn give_way(&mut self) {
        self.tries = 16;
    }

    /// The connection was of use.
    pub const fn reset(&mut self) {
        self.tries = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_to_its_most_and_stays_there() {
        let mut backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(5));
        let pauses: Vec<_> = (0..40).map(|_| backoff.next(1.0).as_millis()).collect();
        assert_eq!(&pauses[..8], &[100, 200, 400, 800, 1600, 3200, 5000, 5000]);
        assert_eq!(pauses.last(), Some(&5000));
        backoff.reset();
        assert_eq!(backoff.next(0.0).as_millis(), 50);
        backoff.give_way();
        assert_eq!(backoff.next(0.0).as_millis(), 2500);
    }
}

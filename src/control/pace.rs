//! How fast one client may ask: so many commands a second, and as many at once.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use indexmap::IndexMap;
use tokio::time::Instant;

/// Commands a second of one client.
pub(super) const COMMANDS: u32 = 50;
/// Addresses that are remembered; more are on no desk.
const KNOWN: usize = 64;

/// One client's.
#[derive(Debug)]
pub(super) struct Pace {
    left: f64,
    at: Instant,
}

impl Pace {
    pub fn new(now: Instant) -> Self {
        Self { left: f64::from(COMMANDS), at: now }
    }

    /// Whether one more is not too fast.
    pub fn allows(&mut self, now: Instant) -> bool {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + elapsed * f64::from(COMMANDS)).min(f64::from(COMMANDS));
        self.at = now;
        let allowed = self.left >= 1.0;
        if allowed {
            self.left -= 1.0;
        }
        allowed
    }
}

/// Those of clients that have no connection of their own, by their address.
#[derive(Debug, Default)]
pub(super) struct Paces(Mutex<IndexMap<IpAddr, Pace>>);

impl Paces {
    pub fn allow(&self, who: IpAddr, now: Instant) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN && !known.contains_key(&who) {
            known.shift_remove_index(0);
        }
        known.entry(who).or_insert_with(|| Pace::new(now)).allows(now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn fifty_at_once_and_fifty_a_second() {
        let mut now = Instant::now();
        let mut pace = Pace::new(now);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 50);
        now += Duration::from_millis(100);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 5);
        now += Duration::from_secs(60);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 50);
    }
}

//! How fast one client may ask: so many commands a second, and as many at once.

use std::{
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use indexmap::IndexMap;
use tokio::time::Instant;

/// Commands a second of one client.
pub(super) const COMMANDS: u32 = 50;
/// Questions a second of one client: the state is told twenty times a second to who listens for it.
pub(super) const LOOKS: u32 = 200;
/// Addresses that are remembered; more are on no desk.
const KNOWN: usize = 64;

/// One client's.
#[derive(Debug)]
pub(super) struct Pace {
    most: f64,
    left: f64,
    at: Instant,
}

impl Pace {
    /// So many a second, and as many at once.
    pub fn new(most: u32, now: Instant) -> Self {
        Self { most: f64::from(most), left: f64::from(most), at: now }
    }

    /// Whether one more is not too fast.
    pub fn allows(&mut self, now: Instant) -> bool {
        let elapsed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + elapsed * self.most).min(self.most);
        self.at = now;
        let allowed = self.left >= 1.0;
        if allowed {
            self.left -= 1.0;
        }
        allowed
    }
}

/// Those of clients that have no connection of their own, by their address.
#[derive(Debug)]
pub(super) struct Paces {
    pub most: u32,
    known: Mutex<IndexMap<IpAddr, Pace>>,
}

impl Paces {
    /// So many a second of each address.
    pub fn new(most: u32) -> Self {
        Self { most, known: Mutex::default() }
    }

    pub fn allow(&self, who: IpAddr, now: Instant) -> bool {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN && !known.contains_key(&who) {
            known.shift_remove_index(0);
        }
        known.entry(who).or_insert_with(|| Pace::new(self.most, now)).allows(now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn fifty_at_once_and_fifty_a_second() {
        let mut now = Instant::now();
        let mut pace = Pace::new(COMMANDS, now);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 50);
        now += Duration::from_millis(100);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 5);
        now += Duration::from_secs(60);
        assert_eq!((0..100).filter(|_| pace.allows(now)).count(), 50);
    }
}

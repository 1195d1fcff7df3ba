//! The relation of show time to an output's clock, re-estimated all the time.
//!
//! An output's clock runs freely: a sound card's second is not the server's. Every request of the device gives one pair
//! (place on its clock, when that is heard); the median of the last third of a second ignores the jitter of single pairs
//! and follows a jump, such as an underrun's, within half of that.

use std::collections::VecDeque;
use std::time::Instant;

use super::output::Position;
use crate::show::time;

/// Pairs kept: a third of a second of a device's requests.
const WINDOW: usize = 15;

/// What time it is in the show, and when that was so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Show time, µs on the server's clock.
    pub show_us: time::Instant,
    /// When the show stood there.
    pub at: Instant,
    /// Show seconds per second: 1 on air, another in rehearsal, 0 when paused.
    pub rate: f64,
}

impl Moment {
    /// The show stands at `show_us` right now and runs at its own pace.
    pub fn now(show_us: time::Instant) -> Self {
        Self { show_us, at: Instant::now(), rate: 1.0 }
    }
}

/// The offset between an output's clock and the machine's.
#[derive(Debug, Default)]
pub struct Alignment {
    epoch: Option<Instant>,
    last_serial: Option<u64>,
    /// (heard, µs since the epoch) − (clock, µs), newest last.
    pairs: VecDeque<i64>,
    offset_us: Option<i64>,
}

impl Alignment {
    /// Takes a reading; says whether it was a new one.
    pub fn take(&mut self, position: Position) -> bool {
        if self.last_serial == Some(position.serial) {
            return false;
        }
        self.last_serial = Some(position.serial);
        let epoch = *self.epoch.get_or_insert(position.heard_at);
        if self.pairs.len() == WINDOW {
            self.pairs.pop_front();
        }
        self.pairs.push_back(since(position.heard_at, epoch) - (position.clock_s * 1e6).round() as i64);
        let mut sorted: Vec<i64> = self.pairs.iter().copied().collect();
        sorted.sort_unstable();
        self.offset_us = sorted.get(sorted.len() / 2).copied();
        true
    }

    /// Where on the output's clock show time `at_us` is heard, seconds; `None` before the first reading.
    pub fn clock_s(&self, at_us: time::Instant, moment: &Moment) -> Option<f64> {
        let (epoch, offset_us) = (self.epoch?, self.offset_us?);
        let ahead_us = (at_us - moment.show_us) as f64 / moment.rate;
        Some(((since(moment.at, epoch) - offset_us) as f64 + ahead_us) / 1e6)
    }
}

/// µs from `epoch` to `at`, negative if before.
fn since(at: Instant, epoch: Instant) -> i64 {
    match at.checked_duration_since(epoch) {
        Some(span) => span.as_micros() as i64,
        None => -(epoch.saturating_duration_since(at).as_micros() as i64),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn reading(base: Instant, serial: u64, clock_ms: u64, heard_ms: u64) -> Position {
        Position { serial, clock_s: clock_ms as f64 / 1e3, heard_at: base + Duration::from_millis(heard_ms) }
    }

    #[test]
    fn jitter_is_ignored_and_a_jump_is_followed() {
        let base = Instant::now();
        let mut alignment = Alignment::default();
        for serial in 0..WINDOW as u64 {
            let jitter = [0, 9, 0, 30, 0][serial as usize % 5];
            assert!(alignment.take(reading(base, serial, 10 * serial, 500 + 10 * serial + jitter)));
        }
        assert!(!alignment.take(reading(base, WINDOW as u64 - 1, 620, 9_999)));
        let moment = Moment { show_us: 7_000_000, at: base + Duration::from_millis(600), rate: 1.0 };
        let clock_s = alignment.clock_s(7_250_000, &moment).expect("there are readings");
        assert!((clock_s - 0.35).abs() < 0.001, "{clock_s}");
        for serial in 63..63 + WINDOW as u64 {
            alignment.take(reading(base, serial, 10 * serial, 800 + 10 * serial));
        }
        let clock_s = alignment.clock_s(7_250_000, &moment).expect("there are readings");
        assert!((clock_s - 0.05).abs() < 0.001, "{clock_s}");
    }

    #[test]
    fn a_rehearsal_at_double_speed_halves_the_way() {
        let base = Instant::now();
        let mut alignment = Alignment::default();
        alignment.take(reading(base, 1, 1_000, 0));
        let moment = Moment { show_us: 0, at: base, rate: 2.0 };
        assert_eq!(alignment.clock_s(1_000_000, &moment), Some(1.5));
    }
}

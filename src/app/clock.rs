//! The one reading of the machine's clock per frame: everything in a frame happens at that instant.

use std::time::Instant;

use bevy::prelude::Resource;

/// When this frame was taken, and how long ago the one before was.
#[derive(Resource, Debug)]
pub struct Clock {
    /// The instant of this frame.
    pub at: Instant,
    /// Whether time runs: it begins with the first picture, not with the loading before it.
    pub runs: bool,
    /// Real time since the frame before, µs.
    pub elapsed_us: i64,
}

impl Default for Clock {
    fn default() -> Self {
        Self { at: Instant::now(), runs: false, elapsed_us: 0 }
    }
}

impl Clock {
    /// Reads the machine's monotonic clock.
    pub fn read(&mut self) {
        let now = Instant::now();
        if !self.runs {
            *self = Self { at: now, ..*self };
            return;
        }
        self.elapsed_us = i64::try_from(now.duration_since(self.at).as_micros()).unwrap_or(i64::MAX);
        // What the microseconds leave over stays for the next frame.
        self.at += std::time::Duration::from_micros(self.elapsed_us.unsigned_abs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loading_takes_no_time_off_the_show_and_nothing_is_lost_between_frames() {
        let mut clock = Clock::default();
        clock.read();
        assert_eq!(clock.elapsed_us, 0);
        clock.runs = true;
        let (began, mut sum_us) = (clock.at, 0);
        for _ in 0..100 {
            clock.read();
            sum_us += clock.elapsed_us;
        }
        assert_eq!(i64::try_from(clock.at.duration_since(began).as_micros()), Ok(sum_us));
    }
}

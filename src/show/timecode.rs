//! Timecode: which frame of the day, as hours, minutes, seconds and frames (SMPTE 12M).

use std::fmt;

use super::{rate::Rate, time::Instant};

/// A frame's address in the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timecode {
    pub hours: u64,
    pub minutes: u64,
    pub seconds: u64,
    pub frames: u64,
    /// Numbers are left out so that it keeps up with the clock: NTSC rates of 30 and its multiples. Written with a `;`.
    pub is_drop: bool,
}

impl Timecode {
    /// The frame of the day (UTC) that is on at an instant, µs since the Unix epoch.
    pub fn at(now: Instant, rate: Rate) -> Self {
        Self::of(rate.of_day(now), rate)
    }

    /// Of frame `n` of the day.
    pub fn of(n: u64, rate: Rate) -> Self {
        let nominal = u64::from(rate.nominal());
        let is_drop = rate.den == 1001 && nominal.is_multiple_of(30);
        // Two numbers of every minute at 30 but of every tenth, four at 60.
        let dropped = if is_drop { nominal / 15 } else { 0 };
        let (minute, ten) = (nominal * 60 - dropped, nominal * 600 - dropped * 9);
        let (tens, rest) = (n / ten, n % ten);
        let minutes = rest.saturating_sub(dropped) / minute;
        let number = n + dropped * (9 * tens + if rest > dropped { minutes } else { 0 });
        let (seconds, frames) = (number / nominal, number % nominal);
        Self { hours: seconds / 3600 % 24, minutes: seconds / 60 % 60, seconds: seconds % 60, frames, is_drop }
    }
}

impl fmt::Display for Timecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_drop { ';' } else { ':' };
        write!(f, "{:02}:{:02}:{:02}{mark}{:02}", self.hours, self.minutes, self.seconds, self.frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: u64, rate: &str) -> String {
        Timecode::of(n, rate.parse().unwrap()).to_string()
    }

    #[test]
    fn whole_rates_count_through() {
        assert_eq!(text(0, "50"), "00:00:00:00");
        assert_eq!(text(50 * 3_723 + 49, "50"), "01:02:03:49");
        assert_eq!(Timecode::at(86_400_000_000 * 7 + 1_020_000, Rate::HZ_50).to_string(), "00:00:01:01");
    }

    #[test]
    fn ntsc_rates_leave_numbers_out_and_keep_up_with_the_clock() {
        for (n, told) in [
            (1_799, "00:00:59;29"),
            (1_800, "00:01:00;02"),
            (3_597, "00:01:59;29"),
            (3_598, "00:02:00;02"),
            (17_981, "00:09:59;29"),
            (17_982, "00:10:00;00"),
        ] {
            assert_eq!(text(n, "30000/1001"), told, "{n}");
        }
        assert_eq!(text(3_600, "60000/1001"), "00:01:00;04");
        // An hour of it is an hour to a tenth of a frame.
        assert_eq!(text(215_784, "60000/1001"), "01:00:00;00");
        // Film's rate has no such rule.
        assert_eq!(text(24 * 60, "24000/1001"), "00:01:00:00");
    }
}

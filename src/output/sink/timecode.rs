//! Timecode of a recording: the show's time of day, as editing systems count it.

use crate::show::{rate::Rate, time::Instant};

/// `HH:MM:SS:FF` (UTC) of the frame that is on at `at`; with `;` before the frames where numbers are dropped so that an
/// NTSC rate stays with the clock.
pub fn timecode(rate: Rate, at: Instant) -> String {
    let mut frame = rate.of_day(at);
    let nominal = u64::from(rate.nominal());
    let drops = rate.den == 1001 && nominal.is_multiple_of(30);
    if drops {
        // Two numbers of 30 (four of 60) are left out in each minute but the tenth.
        let dropped = nominal / 15;
        let (minute, ten) = (nominal * 60 - dropped, nominal * 600 - dropped * 9);
        let (tens, rest) = (frame / ten, frame % ten);
        frame += dropped * (9 * tens + (rest.saturating_sub(dropped)) / minute);
    }
    let (seconds, frames) = (frame / nominal, frame % nominal);
    let (hours, minutes, seconds) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let mark = if drops { ';' } else { ':' };
    format!("{hours:02}:{minutes:02}:{seconds:02}{mark}{frames:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NTSC: Rate = Rate { num: 60_000, den: 1_001 };

    #[test]
    fn timecode_is_the_time_of_day() {
        let noon = 86_400_000_000 * 20_000 + 12 * 3_600_000_000;
        assert_eq!(timecode(Rate::HZ_50, noon + 1_980_000), "12:00:01:49");
        // Drop-frame codes stray from the clock by less than a frame in ten minutes, and by 2.6 frames in a day.
        for (hours, code) in [(0, "00:00:00;00"), (1, "01:00:00;00"), (20, "20:00:00;")] {
            let said = timecode(NTSC, hours * 3_600_000_000 + 1_000);
            assert!(said.starts_with(code), "{said}");
        }
    }

    #[test]
    fn dropped_numbers_are_those_of_each_minute_but_the_tenth() {
        let frame = |n| timecode(NTSC, NTSC.after_us(n) + 1);
        assert_eq!([frame(3_599), frame(3_600)], ["00:00:59;59", "00:01:00;04"]);
        assert_eq!([frame(35_963), frame(35_964)], ["00:09:59;59", "00:10:00;00"]);
    }
}

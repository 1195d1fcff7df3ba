//! This machine's own clock: the time of a show that has no server yet, and the instant that files are named by, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

/// This machine's own time, read once and counted on from there: a wall clock that is set meanwhile moves nothing.
pub(super) struct OwnClock {
    began_us: i64,
    began: Instant,
}

impl OwnClock {
    pub fn start(wall_us: i64) -> Self {
        Self { began_us: wall_us, began: Instant::now() }
    }

    /// µs since the Unix epoch.
    pub fn now_us(&self) -> i64 {
        self.began_us.saturating_add(i64::try_from(self.began.elapsed().as_micros()).unwrap_or(i64::MAX))
    }
}

/// This machine's wall clock, µs since the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "names files, and is the only clock without a server")]
pub fn wall_us() -> i64 {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(wall.as_micros()).unwrap_or(0)
}

/// `20251121-093001` of now, in UTC.
pub fn now() -> String {
    stamp(wall_us())
}

/// `EPOCH-20251121-093001.tape.ndjson`, of characters that every file system takes; time in UTC.
pub(super) fn file_name(epoch: &str, at_us: i64) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let epoch: String = epoch.chars().map(plain).take(80).collect();
    format!("{epoch}-{}.tape.ndjson", stamp(at_us))
}

/// `20251121-093001`, in UTC.
pub(super) fn stamp(at_us: i64) -> String {
    let seconds = at_us.div_euclid(1_000_000);
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}")
}

/// Year, month and day of a count of days since 1970-01-01, in the Gregorian calendar.
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

//! Times and frame rates as they are written on the command line.

use std::{fmt, str::FromStr};

use crate::show::{
    rate::{NoRate, Rate},
    told::told,
};

/// A time from the tape's first event, or a length of time. µs, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub us: i64,
}

/// What cannot be read as a time, a rate or a size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("\"{0}\" is not a time; write 01:23.400, 1:02:03, 83.4s or 83400ms")]
    Time(String),
    #[error("\"{0}\" is not a frame rate; write 25, 50, 60 or a fraction such as 60000/1001, at most 240")]
    Rate(String),
    #[error("\"{0}\" is not a size; write width x height in pixels, such as 1920x1080, even numbers from 16 to 16384")]
    Size(String),
    #[error("\"{0}\" is not a pace; write a number within 0.1 and 100, such as 4 or 0.5")]
    Pace(String),
}

told!(ReadError {
    Time { text = 0 } => "usage-time",
    Rate { text = 0 } => "usage-rate",
    Size { text = 0 } => "usage-size",
    Pace { text = 0 } => "usage-pace",
});

impl FromStr for Span {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        read(text).map(|us| Self { us }).ok_or_else(|| ReadError::Time(text.to_owned()))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.us / 1000;
        let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
        if hours > 0 {
            write!(f, "{hours}:")?;
        }
        write!(f, "{minutes:02}:{:02}.{:03}", ms / 1000 % 60, ms % 1000)
    }
}

fn read(text: &str) -> Option<i64> {
    if let Some(number) = text.strip_suffix("ms") {
        return decimal(number, 1_000);
    }
    if let Some(number) = text.strip_suffix("us") {
        return decimal(number, 1);
    }
    if let Some(number) = text.strip_suffix('s') {
        return decimal(number, 1_000_000);
    }
    let fields: Vec<&str> = text.split(':').collect();
    let (hours, minutes, seconds) = match fields[..] {
        [minutes, seconds] => ("0", minutes, seconds),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let (hours, minutes, seconds) = (whole(hours)?, whole(minutes)?, decimal(seconds, 1_000_000)?);
    // Only the leading field may pass 59: `90:00` is an hour and a half.
    if seconds >= 60_000_000 || (fields.len() == 3 && minutes >= 60) {
        return None;
    }
    hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60_000_000)?.checked_add(seconds)
}

fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// `12.34` times `unit`, exactly; digits below one µs are dropped.
fn decimal(text: &str, unit: i64) -> Option<i64> {
    let (number, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut us = whole(number)?.checked_mul(unit)?;
    whole(fraction)?;
    let mut place = unit;
    for digit in fraction.bytes() {
        place /= 10;
        us = us.checked_add(i64::from(digit - b'0') * place)?;
    }
    Some(us)
}

/// A frame rate, as [`Rate`] reads it.
///
/// # Errors
/// When it is none.
pub fn rate(text: &str) -> Result<Rate, ReadError> {
    text.parse().map_err(|NoRate(text)| ReadError::Rate(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_time_is_read_exactly() {
        for (text, us) in [
            ("01:23.400", 83_400_000),
            ("83.4s", 83_400_000),
            ("83400ms", 83_400_000),
            ("1:02:03", 3_723_000_000),
            ("90:00", 5_400_000_000),
            ("0:00.000001", 1),
            ("0.0000015s", 1),
            ("7us", 7),
        ] {
            assert_eq!(text.parse(), Ok(Span { us }), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_to_write() {
        for text in ["", "83", "-1s", "1:60", "0:61:00", "1:2:3:4", "1.2.3s", "s", ":", "1:+5", "99999999999999s"] {
            let error = text.parse::<Span>().unwrap_err();
            assert!(error.to_string().contains("01:23.400"), "{text}");
        }
    }

    #[test]
    fn a_time_is_printed_as_it_may_be_written() {
        assert_eq!(Span { us: 83_400_000 }.to_string(), "01:23.400");
        assert_eq!(Span { us: 3_723_000_000 }.to_string(), "1:02:03.000");
    }

    #[test]
    fn a_rate_is_a_fraction_within_reason() {
        assert_eq!("59.94".parse(), Ok(Rate { num: 60000, den: 1001 }));
        assert_eq!("50".parse(), Ok(Rate { num: 50, den: 1 }));
        for text in ["0", "50/0", "-50", "fast", "1000"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }
}

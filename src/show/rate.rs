//! Frame rates as exact fractions, and the instants of their frames: nothing accumulates, an hour at 59.94 ends where
//! it should.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::time::{Instant, SpanUs};

/// Frames a second: `num` / `den`, both at least 1, at most 240.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    pub num: u32,
    pub den: u32,
}

/// A text that is no rate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no frame rate: write 25, 50, 60, 59.94 or a fraction such as 60000/1001, at most 240")]
pub struct NoRate(pub String);

impl Rate {
    pub const HZ_50: Self = Self { num: 50, den: 1 };

    /// How long after frame 0 frame `n` begins, to the nearest µs.
    pub fn after_us(self, n: u64) -> SpanUs {
        let (num, den) = (i128::from(self.num), i128::from(self.den));
        i64::try_from((i128::from(n) * 1_000_000 * den + num / 2) / num).unwrap_or(i64::MAX / 2)
    }

    /// Which frame is on `span_us` after frame 0 began; frame `n` is on from [`Self::after_us`] of `n` on.
    pub fn index_at(self, span_us: SpanUs) -> u64 {
        let (num, den) = (i128::from(self.num), i128::from(self.den));
        let near = u64::try_from(i128::from(span_us.max(0)) * num / (1_000_000 * den)).unwrap_or(u64::MAX);
        // Rounding to whole µs may have put the next frame's beginning here.
        if self.after_us(near + 1) <= span_us { near + 1 } else { near }
    }

    /// A frame's length, to the nearest µs.
    pub fn frame_us(self) -> SpanUs {
        self.after_us(1)
    }

    /// Frames in a whole second as timecode counts them: 60 for 60000/1001.
    pub const fn nominal(self) -> u32 {
        self.num.div_ceil(self.den)
    }

    /// Which frame of the day (UTC) an instant (µs since the Unix epoch) belongs to.
    pub fn of_day(self, at: Instant) -> u64 {
        const DAY_US: i64 = 86_400_000_000;
        self.index_at(at.rem_euclid(DAY_US))
    }
}

impl FromStr for Rate {
    type Err = NoRate;

    fn from_str(text: &str) -> Result<Self, NoRate> {
        // The trade's short names of the NTSC rates.
        let (num, den) = match text {
            "23.976" => ("24000", "1001"),
            "29.97" => ("30000", "1001"),
            "59.94" => ("60000", "1001"),
            _ => text.split_once('/').unwrap_or((text, "1")),
        };
        let rate = num.parse().ok().zip(den.parse().ok()).map(|(num, den)| Self { num, den });
        rate.filter(|rate| {
            rate.num > 0 && (1..=10_000).contains(&rate.den) && u64::from(rate.num) <= 240 * u64::from(rate.den)
        })
        .ok_or_else(|| NoRate(text.to_owned()))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

/// Written as text: `"50"`, `"60000/1001"`.
impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Rate {
    fn schema_name() -> Cow<'static, str> {
        "Rate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Frames a second: 25, 50, 59.94 or a fraction such as 60000/1001, at most 240.",
            "type": "string",
            "pattern": "^[0-9]+([./][0-9]+)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_on_from_its_own_instant_to_the_next_ones() {
        for rate in ["24000/1001", "25", "50", "59.94", "60", "240"] {
            let rate: Rate = rate.parse().unwrap();
            for n in (0..5_000).chain(5_184_000..5_184_100) {
                let at = rate.after_us(n);
                assert_eq!(rate.index_at(at), n, "{rate} {n}");
                assert_eq!(rate.index_at(rate.after_us(n + 1) - 1), n, "{rate} {n}");
            }
        }
    }

    #[test]
    fn an_hour_at_ntsc_is_exact() {
        let rate = Rate { num: 60_000, den: 1_001 };
        assert_eq!(rate.after_us(60_000), 1_001_000_000);
        assert_eq!((rate.nominal(), Rate::HZ_50.nominal(), Rate::HZ_50.frame_us()), (60, 50, 20_000));
        assert_eq!(Rate::HZ_50.of_day(86_400_000_000 * 20_000 + 1_000_000), 50);
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in ["", "0", "50/0", "241", "-5", "fast"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }
}

//! Scores as exact decimals: the feed sends `80.5`, and `0.1 + 0.2` must be `0.3`.

use std::{fmt, ops};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A score or a difference of scores, in thousandths of a point. On the wire a JSON number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// Thousandths in a point.
const UNIT: i64 = 1_000;
/// No contest comes near: a larger figure is a fault of the sender, and sums of it stay far from overflow.
const LIMIT: f64 = crate::show::limits::SCORE as f64;

impl Points {
    pub const ZERO: Self = Self(0);

    pub const fn whole(points: i64) -> Self {
        Self(points * UNIT)
    }

    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    pub const fn thousandths(self) -> i64 {
        self.0
    }

    pub const fn is_whole(self) -> bool {
        self.0 % UNIT == 0
    }

    /// Rounded half up (towards +∞ at the half), as the rulebooks' 四舍五入 for the sums they form.
    pub const fn rounded_half_up(self) -> Self {
        Self((self.0 + UNIT / 2).div_euclid(UNIT) * UNIT)
    }

    pub const fn negative(self) -> bool {
        self.0 < 0
    }

    /// The nearest `f64`, for motion only.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / UNIT as f64
    }

    /// With a sign in front of anything but zero, the minus being U+2212: a delta as it is drawn.
    pub fn signed(self) -> String {
        if self.0 > 0 { format!("+{self}") } else { self.to_string() }
    }
}

/// As drawn: `320`, `80.5`, `−18` with U+2212.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0.unsigned_abs() / UNIT as u64, self.0.unsigned_abs() % UNIT as u64);
        if self.0 < 0 {
            f.write_str("\u{2212}")?;
        }
        write!(f, "{whole}")?;
        if rest > 0 {
            write!(f, ".{}", format!("{rest:03}").trim_end_matches('0'))?;
        }
        Ok(())
    }
}

/// Within what can be sent, so that a sum always survives a snapshot.
fn held(thousandths: i64) -> i64 {
    let limit = LIMIT as i64 * UNIT;
    thousandths.clamp(-limit, limit)
}

impl ops::Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(held(self.0.saturating_add(other.0)))
    }
}

impl ops::Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(held(self.0.saturating_sub(other.0)))
    }
}

impl ops::Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_whole() { serializer.serialize_i64(self.0 / UNIT) } else { serializer.serialize_f64(self.to_f64()) }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = f64::deserialize(deserializer)?;
        let thousandths = value * UNIT as f64;
        if !value.is_finite() || value.abs() > LIMIT {
            return Err(de::Error::custom(format!("a score must lie within ±{LIMIT:e}, got {value}")));
        }
        if (thousandths - thousandths.round()).abs() > 1e-3 {
            return Err(de::Error::custom(format!("a score has at most three decimals, got {value}")));
        }
        Ok(Self(thousandths.round() as i64))
    }
}

impl schemars::JsonSchema for Points {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Points".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number", "minimum": -LIMIT, "maximum": LIMIT,
            "description": "Points with at most three decimals."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_it_is_drawn() {
        assert_eq!(Points::whole(-18).to_string(), "−18");
        assert_eq!(Points::whole(16).signed(), "+16");
        assert_eq!(Points::from_thousandths(80_500).to_string(), "80.5");
        assert_eq!(Points::ZERO.signed(), "0");
    }

    #[test]
    fn rounds_half_up() {
        assert_eq!(Points::from_thousandths(80_500).rounded_half_up(), Points::whole(81));
        assert_eq!(Points::from_thousandths(80_499).rounded_half_up(), Points::whole(80));
        assert_eq!(Points::from_thousandths(-500).rounded_half_up(), Points::ZERO);
    }

    #[test]
    fn refuses_what_is_no_score() {
        assert!(serde_json::from_str::<Points>("1e300").is_err());
        assert!(serde_json::from_str::<Points>("0.0001").is_err());
        assert_eq!(serde_json::from_str::<Points>("0.3").unwrap(), Points::from_thousandths(300));
    }
}

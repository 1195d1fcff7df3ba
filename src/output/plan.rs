//! Which instants an export shows: exact, by integers, nothing accumulates.

use std::{collections::BTreeMap, path::PathBuf};

use super::OutputError;
use crate::show::clip::{ClipKey, ClipSound};

/// A span of a tape at a frame rate. Positions are µs after the tape's first instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub from_us: i64,
    pub to_us: i64,
    /// Frames a second, as a fraction.
    pub fps: (u32, u32),
    /// Where the theme's own sound files lie, its own folder first.
    pub sound_folders: Vec<PathBuf>,
    /// The sounds of the films that are fit for air.
    pub films: BTreeMap<ClipKey, ClipSound>,
}

impl Plan {
    /// # Errors
    /// When the end is not after the beginning.
    pub fn new(from_us: i64, to_us: i64, fps: (u32, u32)) -> Result<Self, OutputError> {
        if to_us <= from_us {
            return Err(OutputError::Empty { from_ms: from_us / 1000, to_ms: to_us / 1000 });
        }
        Ok(Self { from_us, to_us, fps, sound_folders: Vec::new(), films: BTreeMap::new() })
    }

    /// All frames that begin before the end.
    pub fn frames(&self) -> u64 {
        let (num, den) = (i128::from(self.fps.0), i128::from(self.fps.1));
        let span = i128::from(self.to_us - self.from_us) * num;
        let frames = (span + 1_000_000 * den - 1) / (1_000_000 * den);
        u64::try_from(frames).unwrap_or(0)
    }

    /// The instant of frame `n`, to the nearest µs.
    pub fn position_us(&self, n: u64) -> i64 {
        let (num, den) = (i128::from(self.fps.0), i128::from(self.fps.1));
        let after = (i128::from(n) * 1_000_000 * den + num / 2) / num;
        self.from_us + i64::try_from(after).unwrap_or(i64::MAX / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_seconds_at_fifty_are_five_hundred_frames_of_twenty_milliseconds() {
        let plan = Plan::new(1_000_000, 11_000_000, (50, 1)).unwrap();
        assert_eq!((plan.frames(), plan.position_us(0), plan.position_us(499)), (500, 1_000_000, 10_980_000));
    }

    #[test]
    fn an_hour_at_ntsc_does_not_drift() {
        let plan = Plan::new(0, 3_600_000_000, (60000, 1001)).unwrap();
        // Frame n lies at n × 1001/60000 s, whatever n: 60000 frames are exactly 1001 s.
        assert_eq!(plan.position_us(180_000), 3_003_000_000);
        assert_eq!(plan.frames(), 215_785);
        assert!(plan.position_us(plan.frames() - 1) < plan.to_us && plan.position_us(plan.frames()) >= plan.to_us);
    }

    #[test]
    fn a_span_without_length_is_refused() {
        assert!(Plan::new(5, 5, (50, 1)).is_err());
    }
}

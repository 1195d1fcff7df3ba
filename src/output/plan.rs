//! Which instants an export shows: exact, by integers, nothing accumulates.

use std::{collections::BTreeMap, path::PathBuf};

use super::OutputError;
use crate::show::{
    clip::{ClipKey, ClipSound},
    rate::Rate,
};

/// A segment is a piece that is not made again when an export that was interrupted goes on, s.
const SEGMENT_S: u64 = 10;

/// A span of a tape at a frame rate. Positions are µs after the tape's first instant.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub from_us: i64,
    pub to_us: i64,
    pub rate: Rate,
    /// Where the theme's own sound files lie, its own folder first.
    pub sound_folders: Vec<PathBuf>,
    /// The sounds of the films that are fit for air.
    pub films: BTreeMap<ClipKey, ClipSound>,
}

impl Plan {
    /// # Errors
    /// When the end is not after the beginning.
    pub fn new(from_us: i64, to_us: i64, rate: Rate) -> Result<Self, OutputError> {
        if to_us <= from_us {
            return Err(OutputError::Empty { from_ms: from_us / 1000, to_ms: to_us / 1000 });
        }
        Ok(Self { from_us, to_us, rate, sound_folders: Vec::new(), films: BTreeMap::new() })
    }

    /// All frames that begin before the end.
    pub fn frames(&self) -> u64 {
        self.rate.index_at(self.to_us - self.from_us - 1) + 1
    }

    /// The instant of frame `n`, to the nearest µs.
    pub fn position_us(&self, n: u64) -> i64 {
        self.from_us + self.rate.after_us(n)
    }

    /// Frames of a segment; the last one may have fewer.
    pub const fn segment_frames(&self) -> u64 {
        self.rate.nominal() as u64 * SEGMENT_S
    }

    /// The frames of segment `n`.
    pub fn segment(&self, n: u64) -> std::ops::Range<u64> {
        let frames = self.segment_frames();
        n * frames..((n + 1) * frames).min(self.frames())
    }

    pub fn segments(&self) -> u64 {
        self.frames().div_ceil(self.segment_frames())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NTSC: Rate = Rate { num: 60_000, den: 1_001 };

    #[test]
    fn ten_seconds_at_fifty_are_five_hundred_frames_of_twenty_milliseconds() {
        let plan = Plan::new(1_000_000, 11_000_000, Rate::HZ_50).unwrap();
        assert_eq!((plan.frames(), plan.position_us(0), plan.position_us(499)), (500, 1_000_000, 10_980_000));
    }

    #[test]
    fn an_hour_at_ntsc_does_not_drift() {
        let plan = Plan::new(0, 3_600_000_000, NTSC).unwrap();
        // Frame n lies at n × 1001/60000 s, whatever n: 60000 frames are exactly 1001 s.
        assert_eq!(plan.position_us(180_000), 3_003_000_000);
        assert_eq!(plan.frames(), 215_785);
        assert!(plan.position_us(plan.frames() - 1) < plan.to_us && plan.position_us(plan.frames()) >= plan.to_us);
    }

    #[test]
    fn segments_are_whole_and_leave_nothing_out() {
        let plan = Plan::new(5, 25_000_005, NTSC).unwrap();
        let all: Vec<u64> = (0..plan.segments()).flat_map(|n| plan.segment(n)).collect();
        assert_eq!(all, (0..plan.frames()).collect::<Vec<_>>());
        assert_eq!((plan.segments(), plan.segment(0)), (3, 0..600));
    }

    #[test]
    fn a_span_without_length_is_refused() {
        assert!(Plan::new(5, 5, Rate::HZ_50).is_err());
    }
}

//! The sound that waits for an encoder: samples at their places on the sinks' common time line, and silence between.

use std::{collections::VecDeque, ops::Range};

use crate::show::rate::Rate;

/// Samples a second of each of the two channels.
pub const SAMPLE_RATE: u32 = 48_000;
/// Kept at most: longer than any encoder is waited for.
const KEPT: usize = SAMPLE_RATE as usize * 30;

/// Stereo samples by their number since the beginning.
#[derive(Debug, Default)]
pub struct Sounds {
    first: u64,
    samples: VecDeque<[f32; 2]>,
}

impl Sounds {
    /// Samples from `from` on; a gap is silence, what is there already stays.
    pub fn hand_in(&mut self, from: u64, samples: &[[f32; 2]]) {
        if self.samples.is_empty() {
            self.first = from;
        }
        let end = self.end();
        if let Ok(gap) = usize::try_from(from.saturating_sub(end)) {
            self.samples.extend(std::iter::repeat_n([0.0; 2], gap.min(KEPT)));
            self.first += gap.saturating_sub(KEPT) as u64;
        }
        let known = usize::try_from(end.saturating_sub(from)).unwrap_or(usize::MAX);
        self.samples.extend(samples.iter().skip(known));
        self.forget(self.end().saturating_sub(KEPT as u64));
    }

    /// The first sample that has not been handed in.
    pub fn end(&self) -> u64 {
        self.first + self.samples.len() as u64
    }

    /// As little-endian bytes, channels side by side; silence where nothing is known.
    pub fn bytes(&self, range: Range<i64>) -> Vec<u8> {
        let first = i64::try_from(self.first).unwrap_or(i64::MAX);
        let sample = |at: i64| usize::try_from(at - first).ok().and_then(|place| self.samples.get(place));
        range.flat_map(|at| sample(at).copied().unwrap_or_default()).flat_map(f32::to_le_bytes).collect()
    }

    /// What lies before is not asked for any more.
    pub fn forget(&mut self, before: u64) {
        let gone = usize::try_from(before.saturating_sub(self.first)).unwrap_or(usize::MAX).min(self.samples.len());
        self.samples.drain(..gone);
        self.first += gone as u64;
    }
}

/// The first sample of slot `n`, to the nearest.
pub fn sample_of(rate: Rate, n: u64) -> u64 {
    let (num, den) = (u128::from(rate.num), u128::from(rate.den));
    u64::try_from((u128::from(n) * u128::from(SAMPLE_RATE) * den + num / 2) / num).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_at_ntsc_has_as_many_samples_as_its_length_says() {
        let ntsc = Rate { num: 60_000, den: 1_001 };
        assert_eq!(sample_of(ntsc, 60_000), 1_001 * 48_000);
        assert_eq!((sample_of(ntsc, 1), sample_of(Rate::HZ_50, 3)), (801, 2_880));
    }

    #[test]
    fn samples_lie_at_their_places_and_all_else_is_silence() {
        let mut sounds = Sounds::default();
        sounds.hand_in(10, &[[1.0, -1.0]; 2]);
        sounds.hand_in(11, &[[2.0; 2], [3.0; 2]]);
        sounds.hand_in(15, &[[5.0; 2]]);
        let left = |range| -> Vec<f32> {
            let bytes = sounds.bytes(range);
            bytes.chunks(8).map(|sample| f32::from_le_bytes(sample[..4].try_into().unwrap())).collect()
        };
        assert_eq!(left(8..17), [0.0, 0.0, 1.0, 1.0, 3.0, 0.0, 0.0, 5.0, 0.0]);
        assert_eq!(left(-1..1), [0.0, 0.0]);
        assert_eq!(sounds.end(), 16);
        sounds.hand_in(1_u64 << 40, &[[7.0; 2]]);
        assert!(sounds.samples.len() <= KEPT && sounds.end() == (1 << 40) + 1);
    }
}

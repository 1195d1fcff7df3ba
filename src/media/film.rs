//! A film that was read through: the data of its clip, and what its decoder must know.

use std::{path::PathBuf, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::show::{
    clip::Clip,
    time::{SECOND_US, SpanUs},
};

/// How a film is turned into RGBA pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// ffmpeg's video filters, without showinfo.
    pub filters: String,
    /// The decoder where it is not ffmpeg's own choice: VP9's own drops the alpha.
    pub decoder: Option<String>,
    /// Pictures that must be decoded before the one that is wanted: fields of the one before are in it.
    pub lead: u32,
}

/// A film and its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    pub clip: Arc<Clip>,
    pub path: PathBuf,
    /// As the show names it.
    pub name: String,
    pub recipe: Recipe,
}

impl Film {
    pub fn count(&self) -> u32 {
        u32::try_from(self.clip.begins_us.len()).unwrap_or(u32::MAX)
    }

    /// When picture `number` begins, µs; its last one's for those beyond.
    pub fn begins_us(&self, number: u32) -> SpanUs {
        let begins = &self.clip.begins_us;
        begins.get(number as usize).or(begins.last()).copied().unwrap_or(0)
    }

    /// Where a decoder must be sent so that picture `number` is the first it brings: half way from the one before, µs.
    /// None where it must begin at the beginning.
    pub fn seek_us(&self, number: u32) -> Option<SpanUs> {
        let at = self.begins_us(number);
        let before = self.clip.begins_us.iter().take(number as usize).rev().find(|begin| **begin < at)?;
        Some(before.midpoint(at))
    }

    /// Which picture it is that a decoder says begins at `at_us`; `expected` is the one that comes next.
    pub fn number_at(&self, at_us: SpanUs, expected: u32) -> Option<u32> {
        /// Rounding, µs.
        const NEAR: SpanUs = 1_500;
        let near = |number: u32| self.clip.begins_us.get(number as usize).is_some_and(|at| (at - at_us).abs() <= NEAR);
        if near(expected) {
            return Some(expected);
        }
        let after = u32::try_from(self.clip.begins_us.partition_point(|at| *at < at_us - NEAR)).ok()?;
        near(after).then_some(after)
    }

    /// One decoded picture, bytes.
    pub fn picture_bytes(&self) -> usize {
        self.clip.raster.0 as usize * self.clip.raster.1 as usize * 4
    }
}

/// Ticks of a time base as µs, to the nearest.
pub fn ticks_us(ticks: i64, (num, den): (i64, i64)) -> Option<SpanUs> {
    let us = (i128::from(ticks) * i128::from(num) * i128::from(SECOND_US) * 2 + i128::from(den))
        .div_euclid(i128::from(den.max(1)) * 2);
    i64::try_from(us).ok()
}

/// `1/12800`.
pub fn time_base(text: &str) -> Option<(i64, i64)> {
    let (num, den) = text.trim().split_once('/')?;
    let base = (num.parse().ok()?, den.parse().ok()?);
    (base.0 > 0 && base.1 > 0).then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::clip::ClipKey;

    fn film(begins: &[i64]) -> Film {
        let clip = Clip {
            key: ClipKey([1; 32]),
            raster: (16, 8),
            begins_us: begins.into(),
            length_us: 1_000_000,
            has_alpha: false,
            has_sound: false,
        };
        let recipe = Recipe { filters: String::new(), decoder: None, lead: 0 };
        Film { clip: Arc::new(clip), path: PathBuf::new(), name: "f".into(), recipe }
    }

    #[test]
    fn a_decoder_is_sent_between_two_pictures() {
        let film = film(&[0, 40_000, 40_000, 90_000]);
        assert_eq!([0, 1, 2, 3].map(|n| film.seek_us(n)), [None, Some(20_000), Some(20_000), Some(65_000)]);
        assert_eq!(film.number_at(40_001, 2), Some(2));
        assert_eq!(film.number_at(40_001, 0), Some(1));
        assert_eq!(film.number_at(60_000, 2), None);
    }

    #[test]
    fn ticks_are_rounded_to_the_nearest_microsecond() {
        assert_eq!(ticks_us(1001, (1, 30_000)), Some(33_367));
        assert_eq!(ticks_us(-1001, (1, 30_000)), Some(-33_367));
        assert_eq!(time_base("1/12800"), Some((1, 12_800)));
        assert_eq!(time_base("0/0"), None);
    }
}

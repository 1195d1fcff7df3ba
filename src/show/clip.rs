//! Films and stills of the show, as data: which (by what they hold), how large and long, which picture when.

use std::{collections::BTreeMap, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::time::SpanUs;

/// Which film: SHA-256 of its file. Two files that hold the same are the same film, one that was exchanged is another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClipKey(pub [u8; 32]);

/// A text that is no SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no SHA-256: 64 hexadecimal digits")]
pub struct NoDigest(pub String);

impl FromStr for ClipKey {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let fault = || NoDigest(text.to_owned());
        let digits = text.trim();
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(fault());
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(digits.as_bytes().as_chunks::<2>().0) {
            let pair = std::str::from_utf8(pair).map_err(|_| fault())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| fault())?;
        }
        Ok(Self(digest))
    }
}

impl fmt::Display for ClipKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ClipKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClipKey({self})")
    }
}

impl Serialize for ClipKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ClipKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A film that was read through and is fit for air.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clip {
    pub key: ClipKey,
    /// As it is to be seen: upright, with square pixels.
    pub raster: (u32, u32),
    /// When each of its pictures begins, µs from the film's zero, rising; a still has one, at 0.
    pub begins_us: Arc<[SpanUs]>,
    /// Where it ends, µs from its zero; a still ends nowhere (0).
    pub length_us: SpanUs,
    pub has_alpha: bool,
    pub has_sound: bool,
}

impl Clip {
    /// The picture that is seen at a position: the first before its beginning, the last beyond its end.
    pub fn picture_at(&self, position_us: SpanUs) -> u32 {
        let after = self.begins_us.partition_point(|at| *at <= position_us);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    pub fn is_still(&self) -> bool {
        self.begins_us.len() <= 1
    }
}

/// The films that are fit for air now. What is not among them is shown as its slate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clips(pub BTreeMap<ClipKey, Arc<Clip>>);

static NONE: Clips = Clips(BTreeMap::new());

impl Clips {
    /// No film at all: each is its slate.
    pub fn none() -> &'static Self {
        &NONE
    }

    pub fn get(&self, key: &ClipKey) -> Option<&Arc<Clip>> {
        self.0.get(key)
    }
}

/// One decoded picture of a film: RGBA, 8 bit, sRGB, straight alpha, row by row.
#[derive(Debug, PartialEq, Eq)]
pub struct ClipPicture {
    /// Which of the film's pictures it is, from 0.
    pub number: u32,
    pub width: u32,
    pub height: u32,
    pub pixels: Arc<[u8]>,
}

/// Where the stage gets pictures from: the films' decoder.
pub trait Reel: Send + Sync {
    /// Picture `number` of a film, or the nearest one that is there (it says its own number); none while nothing of it is.
    /// It never waits on air, and brings the very picture where frames are made one after the other (export, stills).
    fn picture(&self, key: &ClipKey, number: u32) -> Option<Arc<ClipPicture>>;
}

/// A film's sound, whole: 48 kHz stereo from its zero on.
#[derive(Clone, Debug, PartialEq)]
pub struct ClipSound(pub Arc<[[f32; 2]]>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_as_it_is_written() {
        let text = "00ff".repeat(16);
        let key: ClipKey = text.parse().unwrap();
        assert_eq!((key.0[0], key.0[1], key.to_string()), (0, 255, text));
        for bad in ["", "00", &"0g".repeat(32), &"é".repeat(32)] {
            assert!(bad.parse::<ClipKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_picture_stays_until_the_next_one_begins() {
        let clip = Clip {
            key: ClipKey([0; 32]),
            raster: (16, 16),
            begins_us: Arc::from([0, 40_000, 120_000]),
            length_us: 160_000,
            has_alpha: false,
            has_sound: false,
        };
        let seen = [-5, 0, 39_999, 40_000, 119_999, 120_000, 9_000_000].map(|at| clip.picture_at(at));
        assert_eq!(seen, [0, 0, 0, 1, 1, 2, 2]);
    }
}

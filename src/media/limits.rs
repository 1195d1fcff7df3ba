//! How large and how long a film may be.

use std::time::Duration;

use crate::show::limits::{FILM_BYTES, FILM_SIDE, FILM_US};

/// What is beyond them is refused before air, with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the file.
    pub bytes: u64,
    /// Of the picture as it is coded, px.
    pub side: u32,
    pub pictures: usize,
    pub length_us: i64,
    /// For reading the whole film once.
    pub reading: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: FILM_BYTES,
            side: FILM_SIDE,
            // Half an hour at 120 pictures a second.
            pictures: 216_000,
            length_us: FILM_US,
            reading: Duration::from_secs(15 * 60),
        }
    }
}

/// Films are decoded no larger than this, px: no output shows more of them.
pub const MOST_RASTER: (u32, u32) = (3840, 2160);

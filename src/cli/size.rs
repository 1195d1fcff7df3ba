//! A raster as it is written on the command line.

use std::{fmt, str::FromStr};

use super::time::ReadError;

/// Width and height in physical px; even, as every video format wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl FromStr for Size {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let fits = |side: &u32| (16..=16384).contains(side) && side.is_multiple_of(2);
        let side = |text: &str| text.parse().ok().filter(fits);
        let (width, height) = text.split_once(['x', 'X', '×']).unwrap_or((text, ""));
        side(width)
            .zip(side(height))
            .map(|(width, height)| Self { width, height })
            .ok_or_else(|| ReadError::Size(text.to_owned()))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_even_numbers() {
        assert_eq!("1920x1080".parse(), Ok(Size { width: 1920, height: 1080 }));
        for text in ["1920", "1920x", "1921x1080", "0x0", "20000x20000", "x"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}

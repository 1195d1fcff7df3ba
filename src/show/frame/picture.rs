//! A picture of the theme, decoded: data like any other, so that a frame that shows it is still plain and comparable.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::part::Rect;

/// Pixels of a theme's picture. Two are equal when what they were decoded from is.
#[derive(Clone, Serialize, Deserialize)]
pub struct Picture {
    /// As the theme names it.
    pub name: String,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    pub width: u32,
    pub height: u32,
    /// RGBA, 8 bit, sRGB, straight alpha, row by row. Not written out.
    #[serde(skip, default = "nothing")]
    pub pixels: Arc<[u8]>,
}

/// Without the pixels: the digest stands for them.
impl fmt::Debug for Picture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, digest, width, height, .. } = self;
        out.debug_struct("Picture")
            .field("name", name)
            .field("digest", digest)
            .field("raster", &(width, height))
            .finish_non_exhaustive()
    }
}

fn nothing() -> Arc<[u8]> {
    Arc::from([])
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        (self.digest, self.width, self.height) == (other.digest, other.width, other.height)
    }
}

impl Picture {
    /// The part of the picture (its own px) that covers a place of this shape, middle on middle.
    pub fn cover(&self, place: Rect) -> Rect {
        let (w, h) = (self.width as f32, self.height as f32);
        let scale = (place.w / w).max(place.h / h);
        // Whole px: a share of one would blend the edge with what lies beyond it.
        let (cw, ch) = ((place.w / scale).round().min(w), (place.h / scale).round().min(h));
        Rect::new((w - cw) / 2.0, (h - ch) / 2.0, cw, ch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_covers_its_place_without_being_stretched() {
        let picture = Picture { name: "p".into(), digest: [0; 32], width: 400, height: 400, pixels: nothing() };
        assert_eq!(picture.cover(Rect::new(0.0, 0.0, 1920.0, 1080.0)), Rect::new(0.0, 87.5, 400.0, 225.0));
        assert_eq!(picture.cover(Rect::new(0.0, 0.0, 100.0, 200.0)), Rect::new(100.0, 0.0, 200.0, 400.0));
    }
}

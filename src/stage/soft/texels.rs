//! Texels: a drawn layer in memory, with where each row shows something and where it hides what lies below.

use bevy::math::{IRect, UVec2};

use super::super::pixels::PX_BYTES;

/// A layer's texture, as it is stored: premultiplied in linear light, then encoded.
pub struct Texels {
    pub size: UVec2,
    bytes: Vec<u8>,
    rows: Vec<Row>,
    filled: bool,
}

/// Where a row has anything, and one run within it that is opaque; texels from … to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub seen: (u32, u32),
    pub solid: (u32, u32),
}

impl Texels {
    pub fn new(size: UVec2) -> Self {
        let (width, height) = (size.x as usize, size.y as usize);
        Self { size, bytes: vec![0; width * height * PX_BYTES], rows: vec![Row::default(); height], filled: false }
    }

    /// Takes in what was drawn within `rect`; `write` fills the rows of the whole texture.
    pub fn write(&mut self, rect: IRect, write: impl FnOnce(&mut [u8])) {
        write(&mut self.bytes);
        self.filled = true;
        for y in rect.min.y.max(0) as u32..rect.max.y.max(0) as u32 {
            let row = Row::of(self.row(y));
            if let Some(kept) = self.rows.get_mut(y as usize) {
                *kept = row;
            }
        }
    }

    /// Whether anything was ever brought here.
    pub const fn is_filled(&self) -> bool {
        self.filled
    }

    /// The texels of a row; none beyond the last.
    pub fn row(&self, y: u32) -> &[[u8; PX_BYTES]] {
        let width = self.size.x as usize;
        let (texels, _) = self.bytes.as_chunks::<PX_BYTES>();
        texels.get(y as usize * width..(y as usize + 1) * width).unwrap_or_default()
    }

    /// What is known of a row.
    pub fn extent(&self, y: u32) -> Row {
        self.rows.get(y as usize).copied().unwrap_or_default()
    }
}

impl Row {
    fn of(texels: &[[u8; PX_BYTES]]) -> Self {
        let is_something = |texel: &[u8; PX_BYTES]| *texel != [0; PX_BYTES];
        let Some(first) = texels.iter().position(is_something) else { return Self::default() };
        let last = texels.iter().rposition(is_something).map_or(first, |last| last + 1);
        let mut solid = (0, 0);
        let mut from = first;
        for run in texels[first..last].chunk_by(|a, b| (a[3] == u8::MAX) == (b[3] == u8::MAX)) {
            if run[0][3] == u8::MAX && run.len() > solid.1 - solid.0 {
                solid = (from, from + run.len());
            }
            from += run.len();
        }
        Self { seen: (first as u32, last as u32), solid: (solid.0 as u32, solid.1 as u32) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_knows_where_it_is_seen_and_its_longest_opaque_run() {
        let mut texels = Texels::new(UVec2::new(8, 2));
        let alphas = [0, 9, 255, 0, 255, 255, 7, 0];
        texels.write(IRect::new(0, 1, 8, 2), |bytes| {
            for (x, alpha) in alphas.into_iter().enumerate() {
                bytes[32 + x * 4 + 3] = alpha;
            }
        });
        assert_eq!(texels.extent(0), Row::default());
        assert_eq!(texels.extent(1), Row { seen: (1, 7), solid: (4, 6) });
        assert_eq!(texels.extent(2), Row::default(), "there is no third row");
        assert_eq!(texels.row(1)[6], [0, 0, 0, 7]);
        texels.write(IRect::new(0, 1, 8, 2), |bytes| bytes.fill(0));
        assert_eq!(texels.extent(1), Row::default(), "what was there is gone");
    }
}

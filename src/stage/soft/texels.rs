//! Texels: a drawn layer in memory, with where each row shows something and where it hides what lies below.

use std::sync::Arc;

use bevy::math::{IRect, UVec2, Vec4};

use super::super::pixels::PX_BYTES;
use super::hairlines::{Hairlines, Run};

/// A layer's texture, as it is stored: premultiplied in linear light, then encoded.
pub struct Texels {
    pub size: UVec2,
    bytes: Vec<u8>,
    rows: Vec<Row>,
    filled: bool,
    painted: Option<Painted>,
}

/// What was painted, and the rows' pixels that it touched.
struct Painted {
    lines: Arc<Hairlines>,
    touched: Vec<(u32, Run)>,
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
        let (bytes, rows) = (vec![0; width * height * PX_BYTES], vec![Row::default(); height]);
        Self { size, bytes, rows, filled: false, painted: None }
    }

    /// Paints what is not painted yet: all of the layer is then these lines.
    pub fn paint(&mut self, lines: &Arc<Hairlines>) {
        if self.painted.as_ref().is_some_and(|painted| Arc::ptr_eq(&painted.lines, lines)) {
            return;
        }
        let width = self.size.x as usize;
        let (texels, _) = self.bytes.as_chunks_mut::<PX_BYTES>();
        let mut touched = match self.painted.take() {
            Some(painted) => {
                for (y, (from, to)) in &painted.touched {
                    let at = *y as usize * width;
                    texels[at + *from as usize..at + *to as usize].fill([0; PX_BYTES]);
                }
                painted.touched
            }
            None => {
                texels.fill([0; PX_BYTES]);
                Vec::new()
            }
        };
        touched.clear();
        let (mut light, mut runs) = (vec![Vec4::ZERO; width], Vec::new());
        for (y, (row, known)) in texels.chunks_mut(width.max(1)).zip(&mut self.rows).enumerate() {
            lines.paint(y as u32, row, &mut light, &mut runs);
            let ends = runs.iter().copied().reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
            *known = Row { seen: ends.unwrap_or_default(), solid: (0, 0) };
            touched.extend(runs.iter().map(|run| (y as u32, *run)));
        }
        self.filled = true;
        self.painted = Some(Painted { lines: Arc::clone(lines), touched });
    }

    /// Takes in what was drawn within `rect`; `write` fills the rows of the whole texture.
    pub fn write(&mut self, rect: IRect, write: impl FnOnce(&mut [u8])) {
        write(&mut self.bytes);
        (self.filled, self.painted) = (true, None);
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

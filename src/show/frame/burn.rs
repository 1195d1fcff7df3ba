//! Burnt in: frame number, timecode and the output's name over a picture, to read and to measure by.

use std::sync::Arc;

use super::{
    Anchor, Face, Frame, LayerKey, LayerKind, Placement, Rect, Rgba, TextStyle,
    part::{Part, Point},
    sheet::Sheet,
};
use crate::show::{frame::Fill, rate::Rate, time::Instant, timecode::Timecode};

/// A white and a black block to begin with, the number's bits, its parity.
pub const STRIP_BLOCKS: u32 = 2 + STRIP_BITS + 1;
const STRIP_BITS: u32 = 32;
/// Blocks are the raster's height over this, but no smaller than [`LEAST`], physical px.
const BLOCKS_HIGH: u32 = 120;
const LEAST: u32 = 8;
/// Of the marks, so that the rehearsal's keep theirs.
const ENTRY: u64 = u64::MAX;
const BLACK: Rgba = Rgba { r: 0.0, g: 0.0, b: 0.0, a: 1.0 };
const WHITE: Rgba = Rgba { r: 1.0, g: 1.0, b: 1.0, a: 1.0 };

/// Where the strip of blocks lies: its top left and a block's side, physical px, and how many stand in a row. Rows
/// follow one another downwards; blocks are read along them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strip {
    pub x: u32,
    pub y: u32,
    pub block: u32,
    pub columns: u32,
}

impl Strip {
    pub fn of(raster: (u32, u32)) -> Self {
        let block = (raster.1 / BLOCKS_HIGH).max(LEAST);
        let columns = (raster.0 / block).saturating_sub(2).clamp(1, STRIP_BLOCKS);
        Self { x: block, y: block, block, columns }
    }

    /// The middle of block `i`, physical px.
    pub const fn centre(&self, i: u32) -> (u32, u32) {
        let (column, row) = (i % self.columns, i / self.columns);
        (self.x + column * self.block + self.block / 2, self.y + row * self.block + self.block / 2)
    }

    /// All of it: left, top, width, height, physical px.
    pub const fn rect(&self) -> (u32, u32, u32, u32) {
        (self.x, self.y, self.columns * self.block, STRIP_BLOCKS.div_ceil(self.columns) * self.block)
    }
}

/// The blocks that say frame `n`: true is white. White, black, the bits from the highest, even parity.
pub fn strip_blocks(n: u64) -> Vec<bool> {
    let bits = (0..STRIP_BITS).rev().map(|bit| n >> bit & 1 == 1);
    let parity = (n & u64::from(u32::MAX)).count_ones() % 2 == 1;
    [true, false].into_iter().chain(bits).chain([parity]).collect()
}

/// The picture with the day's frame number at `rate`, its timecode and the output's name laid over it, and the number
/// once more as a strip of blocks for machines ([`Strip`], [`strip_blocks`]).
pub fn burn(frame: &Frame, name: &str, rate: Rate, now: Instant) -> Arc<Frame> {
    let n = rate.of_day(now);
    let strip = Strip::of(frame.raster);
    let mut burnt = frame.clone();
    burnt.layers.push(words(frame, &strip, &format!("{}  {n}  {name}", Timecode::of(n, rate))));
    burnt.layers.push(blocks(frame, &strip, n));
    Arc::new(burnt)
}

/// A rectangle of physical px in the frame's design px.
fn design(frame: &Frame, (x, y, w, h): (u32, u32, u32, u32)) -> Rect {
    let (scale, (dx, dy)) = (frame.scale, frame.offset);
    Rect::new((x as f32 - dx) / scale, (y as f32 - dy) / scale, w as f32 / scale, h as f32 / scale)
}

fn blocks(frame: &Frame, strip: &Strip, n: u64) -> super::Layer {
    let (x, y, w, h) = strip.rect();
    let whole = design(frame, (0, 0, w, h));
    let whole = Rect::new(0.0, 0.0, whole.w, whole.h);
    let mut sheet = Sheet::new(whole);
    sheet.plate(whole, [0.0; 4], Fill::Solid(BLACK), None, None);
    let side = strip.block as f32 / frame.scale;
    for (i, _) in strip_blocks(n).into_iter().enumerate().filter(|(_, white)| *white) {
        let (column, row) = (i as u32 % strip.columns, i as u32 / strip.columns);
        let block = Rect::new(column as f32 * side, row as f32 * side, side, side);
        sheet.plate(block, [0.0; 4], Fill::Solid(WHITE), None, None);
    }
    let at = design(frame, (x, y, w, h));
    sheet.into_layer(LayerKey { kind: LayerKind::Mark, entry: ENTRY, index: 1 }, Placement::at(at.x, at.y))
}

fn words(frame: &Frame, strip: &Strip, text: &str) -> super::Layer {
    let (x, y, w, h) = strip.rect();
    let high = strip.block * 3;
    let at = design(frame, (x, y + h, w, high));
    let plate = Rect::new(0.0, 0.0, at.w, at.h);
    let mut sheet = Sheet::new(plate);
    sheet.plate(plate, [0.0; 4], Fill::Solid(BLACK), None, None);
    // As wide as the strip whatever the name: figures are a little over half as wide as they are high.
    let ems: f32 = text.chars().map(|c| if c.is_ascii() { 0.52 } else { 1.0 }).sum();
    let size = (plate.h * 0.72).min(plate.w * 0.96 / ems);
    let style = TextStyle { face: Face::Sans, size, weight: 600, tracking: 0.0, colour: WHITE };
    let line = size * 1.25;
    let at_text = Point { x: plate.w * 0.02, y: (plate.h - line) / 2.0 };
    sheet.push(Part::Text { at: at_text, line, anchor: Anchor::Start, text: text.to_owned(), style });
    sheet.into_layer(LayerKey { kind: LayerKind::Mark, entry: ENTRY, index: 0 }, Placement::at(at.x, at.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_finds_room_on_every_raster() {
        for raster in [(3840, 1080), (1920, 1080), (320, 180), (160, 90), (1080, 1920), (384, 1152)] {
            let strip = Strip::of(raster);
            let (x, y, w, h) = strip.rect();
            assert!(strip.block >= LEAST && x + w <= raster.0 && y + h <= raster.1, "{raster:?} {strip:?}");
            let last = strip.centre(STRIP_BLOCKS - 1);
            assert!(last.0 < x + w && last.1 < y + h);
        }
    }

    #[test]
    fn the_blocks_say_the_number() {
        let blocks = strip_blocks(5_183_999);
        assert_eq!(blocks.len() as u32, STRIP_BLOCKS);
        let number = blocks[2..34].iter().fold(0_u64, |n, bit| n << 1 | u64::from(*bit));
        assert_eq!((number, blocks[0], blocks[1]), (5_183_999, true, false));
        assert_eq!(blocks[2..].iter().filter(|white| **white).count() % 2, 0);
    }
}

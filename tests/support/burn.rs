//! The burnt-in frame number, read back from pixels.

use leitai::show::frame::{STRIP_BLOCKS, Strip};

/// The number in the strip of blocks of a burnt picture (RGBA rows), where there is one and its parity holds.
pub fn read_burn(pixels: &[u8], raster: (u32, u32)) -> Option<u64> {
    let strip = Strip::of(raster);
    let block = |i: u32| {
        let (x, y) = strip.centre(i);
        let at = (y as usize * raster.0 as usize + x as usize) * 4;
        match pixels.get(at..at + 3)?.iter().map(|v| u32::from(*v)).sum::<u32>() / 3 {
            0..64 => Some(false),
            192.. => Some(true),
            _ => None,
        }
    };
    let blocks: Vec<bool> = (0..STRIP_BLOCKS).map(block).collect::<Option<_>>()?;
    let parity = blocks[2..].iter().filter(|white| **white).count() % 2;
    if !blocks[0] || blocks[1] || parity != 0 {
        return None;
    }
    Some(blocks[2..34].iter().fold(0, |n, bit| n << 1 | u64::from(*bit)))
}

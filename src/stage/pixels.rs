//! Pixels: a delivery's rows on the CPU, handed out without a copy while the next ones are being written.

use std::sync::Arc;

use bevy::math::{IRect, UVec2};

use super::damage::Damage;
use super::folding::whole;

/// Bytes of a pixel.
pub const PX_BYTES: usize = 4;
/// Pictures that are out at once without a buffer being made anew.
const MOST_BUFFERS: usize = 4;

/// Linear light of an sRGB value, both 0 to 1. IEC 61966-2-1.
pub fn decode(coded: f64) -> f64 {
    if coded <= 0.040_45 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB value of linear light, which is clipped at 1.
pub fn encode(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// A delivery's picture as it left.
#[derive(Clone, Debug)]
pub struct Captured {
    /// Physical px.
    pub raster: (u32, u32),
    /// RGBA8, rows top to bottom: straight, or as the look says.
    pub pixels: Arc<[u8]>,
    /// Counts the pictures of this delivery that differ from the one before, from 1.
    pub number: u64,
}

/// A few buffers in turn: the one that was handed out last is not touched while anybody holds it.
#[derive(Default)]
pub struct Pixels {
    raster: UVec2,
    buffers: Vec<Buffer>,
    latest: usize,
    number: u64,
    taken: u64,
}

struct Buffer {
    bytes: Arc<[u8]>,
    /// Where it is older than the latest.
    stale: Damage,
}

impl Pixels {
    /// Whether there are rows of this raster.
    pub fn fits(&self, raster: UVec2) -> bool {
        self.raster == raster && !self.buffers.is_empty()
    }

    /// Rows of another raster: all of them are to be written next.
    pub fn begin(&mut self, raster: UVec2) {
        let bytes = vec![0; raster.x as usize * raster.y as usize * PX_BYTES].into();
        self.buffers = vec![Buffer { bytes, stale: Damage::default() }];
        (self.raster, self.latest) = (raster, 0);
    }

    /// Lets the rows go; the number stays.
    pub fn end(&mut self) {
        self.buffers.clear();
        self.taken = self.number;
    }

    /// Has `fill` write what is damaged into rows that nobody holds and that are as the latest everywhere else.
    pub fn write(&mut self, damage: &Damage, fill: impl FnOnce(&mut [u8])) {
        let at = self.free();
        let row = self.raster.x as usize * PX_BYTES;
        if let (Some(latest), Some(buffer)) = (self.buffers.get(self.latest), self.buffers.get(at)) {
            let (latest, stale) = (Arc::clone(&latest.bytes), buffer.stale.clone());
            if let Some(bytes) = self.bytes_of(at).filter(|_| !stale.is_empty()) {
                stale.rects().iter().for_each(|rect| copy(bytes, &latest, *rect, row));
            }
        }
        let Some(bytes) = self.bytes_of(at) else { return };
        fill(bytes);
        for (index, buffer) in self.buffers.iter_mut().enumerate() {
            if index == at {
                buffer.stale.clear();
            } else {
                buffer.stale.add_all(damage);
            }
        }
        self.latest = at;
        self.number += 1;
    }

    /// The latest rows, where they were not taken yet.
    pub fn take(&mut self) -> Option<Captured> {
        let latest = self.buffers.get(self.latest).filter(|_| self.number > self.taken)?;
        self.taken = self.number;
        Some(Captured { raster: self.raster.into(), pixels: Arc::clone(&latest.bytes), number: self.number })
    }

    /// A buffer that nobody holds, best the latest itself.
    fn free(&mut self) -> usize {
        let mut order: Vec<usize> = (0..self.buffers.len()).collect();
        order.sort_by_key(|index| *index != self.latest);
        if let Some(free) = order.into_iter().find(|at| self.bytes_of(*at).is_some()) {
            return free;
        }
        if self.buffers.len() >= MOST_BUFFERS {
            let oldest = usize::from(self.latest == 0);
            self.buffers.remove(oldest);
            self.latest -= usize::from(oldest < self.latest);
        }
        let bytes = vec![0; self.raster.x as usize * self.raster.y as usize * PX_BYTES].into();
        let mut stale = Damage::default();
        stale.add(whole(self.raster));
        self.buffers.push(Buffer { bytes, stale });
        self.buffers.len() - 1
    }

    fn bytes_of(&mut self, at: usize) -> Option<&mut [u8]> {
        self.buffers.get_mut(at).and_then(|buffer| Arc::get_mut(&mut buffer.bytes))
    }
}

fn copy(to: &mut [u8], from: &[u8], rect: IRect, row: usize) {
    for y in rect.min.y as usize..rect.max.y as usize {
        let span = y * row + rect.min.x as usize * PX_BYTES..y * row + rect.max.x as usize * PX_BYTES;
        to[span.clone()].copy_from_slice(&from[span]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RASTER: UVec2 = UVec2::new(8, 4);

    /// Writes `value` into one row and gives what is then to be had.
    fn write(pixels: &mut Pixels, row: usize, value: u8) -> Captured {
        let mut damage = Damage::default();
        damage.add(IRect::new(0, row as i32, 8, row as i32 + 1));
        pixels.write(&damage, |bytes| bytes[row * 32..(row + 1) * 32].fill(value));
        pixels.take().expect("it has changed")
    }

    #[test]
    fn what_was_handed_out_stays_and_the_next_is_whole() {
        let mut pixels = Pixels::default();
        pixels.begin(RASTER);
        assert!(pixels.take().is_none(), "nothing was written");
        let mut held = Vec::new();
        let mut expected = vec![0; 128];
        for value in 1..40_u8 {
            let row = usize::from(value) % 4;
            let captured = write(&mut pixels, row, value);
            expected[row * 32..(row + 1) * 32].fill(value);
            assert_eq!((&*captured.pixels, captured.number), (expected.as_slice(), u64::from(value)));
            assert!(pixels.take().is_none(), "nothing has changed since");
            held.push((captured, expected.clone()));
            // Now and then the receiver keeps up, now and then it does not.
            if value % 7 == 0 {
                held.clear();
            }
            assert!(held.iter().all(|(captured, was)| *captured.pixels == **was), "what is out is not touched");
            assert!(pixels.buffers.len() <= MOST_BUFFERS);
        }
    }

    #[test]
    fn a_receiver_that_keeps_up_needs_one_buffer() {
        let mut pixels = Pixels::default();
        pixels.begin(RASTER);
        (1..9).for_each(|value| drop(write(&mut pixels, 1, value)));
        assert_eq!(pixels.buffers.len(), 1);
        pixels.end();
        assert!(pixels.take().is_none() && !pixels.fits(RASTER));
    }
}

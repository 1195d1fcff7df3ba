//! Flashes: how often brightness jumps up and down again within a second, over how much of the picture.

use super::eye::{Behind, light_at};
use crate::show::{
    frame::{Frame, Point},
    time::Instant,
};

/// A jump is a tenth of full luminance, and to count, its darker end must not be bright already.
const JUMP: f32 = 0.1;
const DARK: f32 = 0.8;
/// Cells of the picture that are watched.
const GRID: (usize, usize) = (16, 9);
const SECOND_US: i64 = 1_000_000;

/// The worst second of a run of pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flash {
    /// Jumps up and down again, in one second.
    pub count: u32,
    /// Share of the picture that flashed so often together.
    pub share: f32,
}

impl Flash {
    /// At most three flashes a second, and none of a tenth of the picture or more beyond that.
    pub const MOST: u32 = 3;
    pub const AREA: f32 = 0.1;

    pub fn is_harmful(&self) -> bool {
        self.count > Self::MOST && self.share >= Self::AREA
    }
}

/// How brightness jumps in pictures that follow each other, with their instants, µs, and the canvas they are drawn on.
pub fn flashes(frames: &[(Instant, Frame)], canvas: (f32, f32)) -> Flash {
    let cells: Vec<Point> = (0..GRID.0 * GRID.1)
        .map(|i| Point {
            x: canvas.0 * (((i % GRID.0) as f32) + 0.5) / GRID.0 as f32,
            y: canvas.1 * (((i / GRID.0) as f32) + 0.5) / GRID.1 as f32,
        })
        .collect();
    let watched: Vec<Vec<Instant>> = cells
        .iter()
        .map(|&cell| jumps(frames.iter().map(|(at, frame)| (*at, light_at(frame, cell, Behind::Black).luminance()))))
        .collect();
    let mut worst = Flash::default();
    let starts: Vec<Instant> = watched.iter().flatten().copied().collect();
    for from in starts {
        let within = |jumps: &Vec<Instant>| {
            // Two opposing jumps are one flash.
            jumps.iter().filter(|at| (from..from + SECOND_US).contains(*at)).count() as u32 / 2
        };
        let counts: Vec<u32> = watched.iter().map(within).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        for count in 1..=most {
            let share = counts.iter().filter(|own| **own >= count).count() as f32 / counts.len() as f32;
            let seen = Flash { count, share };
            if seen.share >= Flash::AREA && seen.count > worst.count || worst == Flash::default() {
                worst = seen;
            }
        }
    }
    worst
}

/// The instants at which a cell has jumped: up, down, up…
fn jumps(lights: impl Iterator<Item = (Instant, f32)>) -> Vec<Instant> {
    let mut found = Vec::new();
    // The least and the most since the last jump, and which way that went.
    let (mut low, mut high, mut up) = (f32::MAX, f32::MIN, None);
    for (at, light) in lights {
        low = low.min(light);
        high = high.max(light);
        if light - low >= JUMP && low < DARK && up != Some(true) {
            found.push(at);
            (up, low, high) = (Some(true), light, light);
        } else if high - light >= JUMP && light < DARK && up != Some(false) {
            found.push(at);
            (up, low, high) = (Some(false), light, light);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::show::frame::{Content, Fill, Layer, LayerKey, LayerKind, Part, Placement, Rect, Rgba};

    fn lit(white: bool, share: f32) -> Frame {
        let colour = if white { Rgba::rgb8(255, 255, 255) } else { Rgba::rgb8(0, 0, 0) };
        let rect = Rect::new(0.0, 0.0, 1920.0 * share, 1080.0);
        let fill = Fill::Solid(colour);
        let plate = Part::Plate { rect, radii: [0.0; 4], fill, border: None, shadow: None, turn: 0.0 };
        let content = Arc::new(Content { size: (1920.0, 1080.0), opaque: false, parts: vec![plate] });
        let key = LayerKey { kind: LayerKind::Card, entry: 0, index: 0 };
        let layers = vec![Layer { key, content, placement: Placement::at(0.0, 0.0) }];
        Frame { raster: (1920, 1080), scale: 1.0, offset: (0.0, 0.0), layers }
    }

    fn strobe(hertz: f32, share: f32) -> Flash {
        let frames: Vec<(Instant, Frame)> =
            (0..50).map(|i| (i * 40_000, lit((i as f32 / 25.0 * hertz * 2.0) as i64 % 2 == 0, share))).collect();
        flashes(&frames, (1920.0, 1080.0))
    }

    #[test]
    fn a_strobe_is_counted_and_a_slow_or_a_small_one_is_not_harmful() {
        let fast = strobe(5.0, 1.0);
        assert!(fast.is_harmful() && (4..=5).contains(&fast.count) && fast.share == 1.0, "{fast:?}");
        assert!(!strobe(2.0, 1.0).is_harmful(), "{:?}", strobe(2.0, 1.0));
        assert!(!strobe(5.0, 0.05).is_harmful(), "{:?}", strobe(5.0, 0.05));
    }
}

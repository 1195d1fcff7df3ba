//! Flash safety: how often, and on how much of the picture, the light changes (look.md §7; ITU-R BT.1702 is of one mind).
//!
//! Frames are data, so nothing is drawn: every cell of a coarse grid is given the luminance that [`eye`] meets there. Type
//! and hairlines are too fine to flash and are left out.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use super::{
    eye,
    layer::{Content, Frame, LayerKey, Placement},
    part::Point,
};

/// Cells of the grid, across and down.
const GRID: (usize, usize) = (32, 18);
/// A change counts from this share of full white on, where the darker of both is below `BRIGHT`.
const CHANGE: f32 = 0.10;
const BRIGHT: f32 = 0.80;
/// A flash is a change to and fro: so large an area may do it once a second, anything so often.
const AREA: f32 = 0.10;
const MOST: usize = 3;
const SECOND_US: i64 = 1_000_000;

/// A stretch of frames that flashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flash {
    /// When it became too much, µs.
    pub at: i64,
    /// The share of the picture that changed too often at its worst, 0 to 1.
    pub share: f32,
    /// Flashes in one second at its worst, each to and fro.
    pub per_second: u32,
}

/// Where frames in the order of their instants (µs), at least 25 a second, flash too much: a tenth of the picture that
/// changes its luminance by more than a tenth and back more than once a second, or anything that does so more than
/// three times.
pub fn flashes<F: Borrow<Frame>>(frames: impl IntoIterator<Item = (i64, F)>) -> Vec<Flash> {
    let mut watch = Watch::default();
    for (at, frame) in frames {
        watch.see(at, frame.borrow());
    }
    watch.flashes
}

/// The same for frames that come one by one.
#[derive(Debug, Default)]
pub struct Watch {
    cells: Vec<Cell>,
    drawn: BTreeMap<LayerKey, Drawn>,
    flashing: bool,
    flashes: Vec<Flash>,
}

/// A layer's light on the grid: premultiplied luminance and alpha, opacity apart.
#[derive(Debug)]
struct Drawn {
    content: Arc<Content>,
    lies: Placement,
    light: Vec<(f32, f32)>,
}

/// How one cell's light went.
#[derive(Clone, Debug)]
struct Cell {
    low: f32,
    high: f32,
    /// Up, down, or not known yet.
    rising: Option<bool>,
    /// When it turned, within the last second.
    turned: Vec<i64>,
}

impl Watch {
    /// What has flashed so far.
    pub fn flashes(&self) -> &[Flash] {
        &self.flashes
    }

    pub fn see(&mut self, at: i64, frame: &Frame) {
        let light = self.light(frame);
        if self.cells.is_empty() {
            self.cells = light.iter().map(|y| Cell { low: *y, high: *y, rising: None, turned: Vec::new() }).collect();
        }
        for (cell, y) in self.cells.iter_mut().zip(light) {
            cell.see(at, y);
        }
        let often = |flashes: usize| self.cells.iter().filter(|cell| cell.turned.len() / 2 > flashes).count();
        let whole = self.cells.len().max(1) as f32;
        let (wide, fast) = (often(1) as f32 / whole, often(MOST) as f32 / whole);
        if wide <= AREA && fast <= 0.0 {
            self.flashing = false;
            return;
        }
        let most = self.cells.iter().map(|cell| cell.turned.len() / 2).max().unwrap_or(0);
        let share = if wide > AREA { wide } else { fast };
        let flash = Flash { at, share, per_second: u32::try_from(most).unwrap_or(u32::MAX) };
        match self.flashes.last_mut().filter(|_| self.flashing) {
            Some(last) => {
                last.share = last.share.max(flash.share);
                last.per_second = last.per_second.max(flash.per_second);
            }
            None => self.flashes.push(flash),
        }
        self.flashing = true;
    }

    /// The luminance of every cell.
    fn light(&mut self, frame: &Frame) -> Vec<f32> {
        let (scale, offset) = (frame.scale.max(f32::EPSILON), frame.offset);
        let (w, h) =
            ((frame.raster.0 as f32 - 2.0 * offset.0) / scale, (frame.raster.1 as f32 - 2.0 * offset.1) / scale);
        let points: Vec<Point> = (0..GRID.0 * GRID.1)
            .map(|i| Point {
                x: w * ((i % GRID.0) as f32 + 0.5) / GRID.0 as f32,
                y: h * ((i / GRID.0) as f32 + 0.5) / GRID.1 as f32,
            })
            .collect();
        let mut light = vec![0.0_f32; points.len()];
        let mut former = std::mem::take(&mut self.drawn);
        for layer in &frame.layers {
            let lies = Placement { opacity: 1.0, ..layer.placement };
            let same = |drawn: &Drawn| drawn.lies == lies && drawn.content == layer.content;
            let drawn = former.remove(&layer.key).filter(same).unwrap_or_else(|| Drawn {
                content: layer.content.clone(),
                lies,
                light: points.iter().map(|point| eye::of_layer(layer, *point)).map(|l| (l.luminance(), l.a)).collect(),
            });
            let opacity = layer.placement.opacity.clamp(0.0, 1.0);
            for (below, (y, a)) in light.iter_mut().zip(&drawn.light) {
                *below = *below * (1.0 - a * opacity) + y * opacity;
            }
            self.drawn.insert(layer.key, drawn);
        }
        light
    }
}

impl Cell {
    fn see(&mut self, at: i64, y: f32) {
        (self.low, self.high) = (self.low.min(y), self.high.max(y));
        let up = self.rising != Some(true) && y - self.low > CHANGE && self.low < BRIGHT;
        let down = self.rising != Some(false) && self.high - y > CHANGE && y < BRIGHT;
        if up || down {
            self.rising = Some(up);
            self.turned.push(at);
            // What it turns back from is sought from here on.
            (self.low, self.high) = (y, y);
        }
        self.turned.retain(|turned| at - turned < SECOND_US);
    }
}

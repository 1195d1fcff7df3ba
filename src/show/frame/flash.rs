//! Flash safety: how often, and on how much of the picture, the light changes (look.md §7; ITU-R BT.1702 is of one mind).
//!
//! Frames are data, so nothing is drawn: every cell of a coarse grid is given the luminance of the ground, plates, discs
//! and rings that lie over it. Type and hairlines are too fine to flash and are left out.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use super::{
    layer::{Content, Frame, Layer, LayerKey, Placement},
    part::{Fill, LightPart, Part, Point, Rect, Rgba, RingPart, SkyPart},
    picture::Picture,
};

/// Cells of the grid, across and down.
const GRID: (usize, usize) = (32, 18);
/// A change counts from this share of full white on, where the darker of both is below `BRIGHT`.
const CHANGE: f32 = 0.10;
const BRIGHT: f32 = 0.80;
/// A flash is a change to and fro: so large an area may do it once a second, anything so often.
const AREA: f32 = 0.10;
const MOST: usize = 3;
/// Borders narrower than this, design px, are no area.
const FINE: f32 = 16.0;
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
                light: points.iter().map(|point| layer_light(layer, *point)).collect(),
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

/// Premultiplied luminance and alpha of a layer at a point of the canvas.
fn layer_light(layer: &Layer, point: Point) -> (f32, f32) {
    let (placement, (w, h)) = (layer.placement, layer.content.size);
    let (sx, sy) = placement.scale;
    if sx <= 0.0 || sy <= 0.0 {
        return (0.0, 0.0);
    }
    let local = Point {
        x: (point.x - placement.x - w / 2.0) / sx + w / 2.0,
        y: (point.y - placement.y - h / 2.0) / sy + h / 2.0,
    };
    let within =
        |rect: Rect| (rect.x..rect.x + rect.w).contains(&local.x) && (rect.y..rect.y + rect.h).contains(&local.y);
    if !within(Rect::new(0.0, 0.0, w, h)) || placement.clip.is_some_and(|clip| !within(clip)) {
        return (0.0, 0.0);
    }
    layer.content.parts.iter().fold((0.0, 0.0), |(y, a), part| {
        let over = part_colour(part, local);
        (y * (1.0 - over.a) + over.luminance() * over.a, a * (1.0 - over.a) + over.a)
    })
}

fn part_colour(part: &Part, at: Point) -> Rgba {
    match part {
        Part::Plate { rect, radii, fill, border, .. } => {
            plate(*rect, radii, fill, border.map(|b| (b.width, b.colour)), at)
        }
        Part::Ring(part) => ring(part, at),
        Part::Sky(part) => sky(part, at),
        Part::Light(part) => sun(part, at),
        Part::Picture { rect, picture, crop, alpha } => picture_colour(*rect, picture, *crop, at).fade(*alpha),
        Part::Text { .. } | Part::Icon { .. } => Rgba::CLEAR,
    }
}

fn picture_colour(rect: Rect, picture: &Picture, crop: Rect, at: Point) -> Rgba {
    let (u, v) = ((at.x - rect.x) / rect.w.max(1.0), (at.y - rect.y) / rect.h.max(1.0));
    if !(0.0..1.0).contains(&u) || !(0.0..1.0).contains(&v) {
        return Rgba::CLEAR;
    }
    let (x, y) = ((crop.x + u * crop.w) as usize, (crop.y + v * crop.h) as usize);
    match picture.pixels.chunks_exact(4).nth(y * picture.width as usize + x) {
        Some(&[r, g, b, a]) => Rgba::rgb8(r, g, b).fade(f32::from(a) / 255.0),
        _ => Rgba::CLEAR,
    }
}

/// How far a point lies outside a rounded rectangle; negative within.
fn outside(rect: Rect, radii: &[f32; 4], at: Point) -> f32 {
    let (dx, dy) = (at.x - rect.x - rect.w / 2.0, at.y - rect.y - rect.h / 2.0);
    let [top_left, top_right, bottom_right, bottom_left] = *radii;
    let radius = match (dx > 0.0, dy > 0.0) {
        (false, false) => top_left,
        (true, false) => top_right,
        (true, true) => bottom_right,
        (false, true) => bottom_left,
    };
    let radius = radius.min(rect.w.min(rect.h) / 2.0);
    let (qx, qy) = (dx.abs() - rect.w / 2.0 + radius, dy.abs() - rect.h / 2.0 + radius);
    qx.max(0.0).hypot(qy.max(0.0)) + qx.max(qy).min(0.0) - radius
}

fn plate(rect: Rect, radii: &[f32; 4], fill: &Fill, border: Option<(f32, Rgba)>, at: Point) -> Rgba {
    let d = outside(rect, radii, at);
    if d > 0.0 {
        return Rgba::CLEAR;
    }
    if let Some((_, colour)) = border.filter(|(width, _)| *width >= FINE && d > -width) {
        return colour;
    }
    match fill {
        Fill::None => Rgba::CLEAR,
        Fill::Solid(colour) => *colour,
        Fill::Vertical(a, b) => a.mix(*b, ((at.y - rect.y) / rect.h.max(1.0)).clamp(0.0, 1.0)),
        Fill::Horizontal(stops) => along(stops, (at.x - rect.x) / rect.w.max(1.0)),
    }
}

fn along(stops: &[(Rgba, f32)], t: f32) -> Rgba {
    let mut colour = stops.first().map_or(Rgba::CLEAR, |stop| stop.0);
    for pair in stops.windows(2) {
        if let [(_, a), (next, b)] = pair {
            colour = colour.mix(*next, ((t - a) / (b - a).max(1e-5)).clamp(0.0, 1.0));
        }
    }
    colour
}

fn ring(ring: &RingPart, at: Point) -> Rgba {
    let (dx, dy) = (at.x - ring.centre.x, at.y - ring.centre.y);
    let r = dx.hypot(dy);
    if r > ring.radius + ring.rim {
        return Rgba::CLEAR;
    }
    if r > ring.radius || r < ring.radius - ring.stroke {
        return ring.well.0.mix(ring.well.1, 0.5);
    }
    // Clockwise from 12 o'clock; what is lit is what is left.
    let turn = dx.atan2(-dy).rem_euclid(std::f32::consts::TAU) / std::f32::consts::TAU;
    if turn >= 1.0 - ring.sweep { ring.lit } else { ring.track }
}

fn sky(sky: &SkyPart, at: Point) -> Rgba {
    let t = ((at.x - sky.focus.x) / sky.radii.x.max(1.0)).hypot((at.y - sky.focus.y) / sky.radii.y.max(1.0));
    let mut colour = along(&sky.stops, t);
    let mut lay = |over: Rgba, k: f32| colour = colour.mix(Rgba { a: 1.0, ..over }, over.a * k.clamp(0.0, 1.0));
    if let Some(glow) = &sky.glow {
        let far = (at.x - glow.centre.x).hypot(at.y - glow.centre.y) / glow.radius.max(1.0);
        lay(glow.colour, 1.0 - far);
    }
    if let Some(scrim) = sky.scrim.filter(|scrim| at.y < scrim.height) {
        let y = at.y / scrim.height;
        let a = if y < 0.5 { scrim.top + (scrim.middle - scrim.top) * 2.0 * y } else { scrim.middle * (2.0 - 2.0 * y) };
        lay(Rgba { a, ..scrim.colour }, 1.0);
    }
    if let Some(sun) = &sky.sun
        && (at.x - sun.centre.x).hypot(at.y - sun.centre.y) < sun.radius
    {
        lay(sun.top.mix(sun.bottom, 0.5), 1.0);
    }
    if let Some(floor) = sky.floor.filter(|floor| at.y > floor.top) {
        lay(floor.colour, 1.0);
    }
    Rgba { a: 1.0, ..colour }
}

fn sun(light: &LightPart, at: Point) -> Rgba {
    let Some(sun) = &light.sun else { return Rgba::CLEAR };
    let shines = (at.x - sun.centre.x).hypot(at.y - sun.centre.y) < sun.radius;
    let covered = light.floor.filter(|floor| at.y > floor.top).map_or(0.0, |floor| floor.colour.a);
    if shines { sun.top.mix(sun.bottom, 0.5).fade(1.0 - covered) } else { Rgba::CLEAR }
}

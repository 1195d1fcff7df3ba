//! Geometry of shapes: where a part's node lies on the pixel grid, and its numbers for the shader.

use bevy::color::{ColorToComponents, LinearRgba, Srgba};
use bevy::math::{Vec2, Vec4};

use super::shape::{Kind, SLOTS, Shape, Slots};
use crate::show::frame::{Border, Fill, LightPart, Point, Rect, Rgba, RingPart, Shadow, SkyPart};

/// A blurred shadow is invisible beyond this many standard deviations.
const SHADOW_REACH_SIGMAS: f32 = 3.0;
/// Ticks begin and end so far inside the stroke, in design px; their width is 4.
const TICK_GAP: f32 = 8.0;
const TICK_LENGTH: f32 = 12.0;
const TICK_HALF_WIDTH: f32 = 2.0;
/// A passed tick shows `.35` in sRGB; blended linearly over the dark well that is this share.
const PASSED_TICK: f32 = 0.16;
/// The head and its hole, in strokes.
const HEAD: f32 = RING_HEAD;
/// The same, for those who bound what a ring changes.
pub const RING_HEAD: f32 = 0.82;
/// How far ticks reach inside a ring's stroke, px.
pub const RING_TICKS: f32 = TICK_GAP + TICK_LENGTH + TICK_HALF_WIDTH;
const HOLE: f32 = 0.36;
/// Horizon line and the two rings round a sun, half widths in design px.
const HORIZON_HALF_WIDTH: f32 = 1.5;

/// A shape with its node's rectangle on the layer, in whole physical px.
pub struct Placed {
    pub left: f32,
    pub top: f32,
    pub width: f32,
    pub height: f32,
    /// Clockwise, degrees.
    pub turn: f32,
    pub shape: Shape,
}

/// A rectangle in physical px.
#[derive(Clone, Copy)]
struct Px {
    min: Vec2,
    max: Vec2,
}

impl Px {
    fn of(rect: Rect, scale: f32) -> Self {
        let min = Vec2::new(rect.x, rect.y) * scale;
        Self { min, max: min + Vec2::new(rect.w, rect.h) * scale }
    }

    fn snapped(self) -> Self {
        Self { min: self.min.round(), max: self.max.round() }
    }

    fn size(self) -> Vec2 {
        self.max - self.min
    }

    fn is_empty(self) -> bool {
        self.size().min_element() <= 0.0
    }

    fn grown(self, by: f32) -> Self {
        Self { min: self.min - by, max: self.max + by }
    }

    fn moved(self, by: Vec2) -> Self {
        Self { min: self.min + by, max: self.max + by }
    }

    fn as_slot(self) -> Vec4 {
        Vec4::new(self.min.x, self.min.y, self.size().x, self.size().y)
    }
}

/// Gamma-coded, for colours that the shader mixes.
fn coded(c: Rgba) -> Vec4 {
    Vec4::new(c.r, c.g, c.b, c.a)
}

/// Linear, for colours that are only laid over others.
pub fn linear(c: Rgba) -> Vec4 {
    LinearRgba::from(Srgba::new(c.r, c.g, c.b, c.a)).to_vec4()
}

/// Puts a node round `seen` on whole pixels, with a pixel to spare for the soft edge.
fn placed(kind: Kind, seen: Px, turn: f32, slots: impl FnOnce(Vec2) -> [Vec4; SLOTS]) -> Placed {
    let min = (seen.min - 1.0).floor();
    let max = (seen.max + 1.0).ceil();
    let shape = Shape { kind, slots: Slots { v: slots(min) } };
    Placed { left: min.x, top: min.y, width: max.x - min.x, height: max.y - min.y, turn, shape }
}

/// Straight edges are snapped to the pixel grid; discs and turned plates are not, their edge is soft anyway.
fn plate_px(rect: Rect, radii: &[f32; 4], turn: f32, scale: f32) -> Px {
    let px = Px::of(rect, scale);
    let disc = (rect.w - rect.h).abs() < 0.01 && radii.iter().all(|r| *r >= rect.w / 2.0 - 0.01);
    if disc || turn != 0.0 { px } else { px.snapped() }
}

/// Radii in px, none larger than half the shorter side.
fn plate_radii(px: Px, radii: &[f32; 4], scale: f32) -> Vec4 {
    let most = px.size().min_element() / 2.0;
    Vec4::from_array(radii.map(|r| (r * scale).clamp(0.0, most)))
}

pub fn shadow(rect: Rect, radii: &[f32; 4], shadow: &Shadow, turn: f32, scale: f32) -> Option<Placed> {
    let caster = plate_px(rect, radii, turn, scale);
    if caster.is_empty() || shadow.colour.a <= 0.0 {
        return None;
    }
    // A CSS blur of n px is a Gaussian of n / 2.
    let sigma = shadow.blur * scale / 2.0;
    let cast = caster.moved(Vec2::new(0.0, shadow.y * scale));
    let seen = cast.grown(sigma * SHADOW_REACH_SIGMAS);
    Some(placed(Kind::Shadow, seen, turn, |origin| {
        let mut v = [Vec4::ZERO; SLOTS];
        v[0] = cast.moved(-origin).as_slot();
        v[1] = plate_radii(caster, radii, scale);
        v[2] = Vec4::new(sigma, if turn == 0.0 { 1.0 } else { 0.0 }, 0.0, 0.0);
        v[3] = linear(shadow.colour);
        v[4] = caster.moved(-origin).as_slot();
        v
    }))
}

pub fn plate(
    rect: Rect,
    radii: &[f32; 4],
    fill: &Fill,
    border: Option<&Border>,
    turn: f32,
    scale: f32,
) -> Option<Placed> {
    let px = plate_px(rect, radii, turn, scale);
    if px.is_empty() {
        return None;
    }
    let (horizontal, stops): (bool, Vec<(Rgba, f32)>) = match fill {
        Fill::None => (false, Vec::new()),
        Fill::Solid(c) => (false, vec![(*c, 0.0)]),
        Fill::Vertical(a, b) => (false, vec![(*a, 0.0), (*b, 1.0)]),
        Fill::Horizontal(stops) => (true, stops.clone()),
    };
    Some(placed(Kind::Plate, px, turn, |origin| {
        let mut v = [Vec4::ZERO; SLOTS];
        v[0] = px.moved(-origin).as_slot();
        v[1] = plate_radii(px, radii, scale);
        let width = border.map_or(0.0, |b| b.width * scale);
        v[2] = Vec4::new(width, if horizontal { 1.0 } else { 0.0 }, put_stops(&mut v, 4, 10, 6, &stops), 0.0);
        v[3] = border.map_or(Vec4::ZERO, |b| linear(b.colour));
        v
    }))
}

/// Writes up to `most` stops, colours from slot `colours`, positions packed from slot `positions`; tells how many.
fn put_stops(v: &mut [Vec4; SLOTS], colours: usize, positions: usize, most: usize, stops: &[(Rgba, f32)]) -> f32 {
    let stops = &stops[..stops.len().min(most)];
    for (i, (c, at)) in stops.iter().enumerate() {
        v[colours + i] = coded(*c);
        v[positions + i / 4][i % 4] = *at;
    }
    stops.len() as f32
}

pub fn ring(ring: &RingPart, scale: f32) -> Placed {
    let centre = Vec2::new(ring.centre.x, ring.centre.y) * scale;
    let radius = ring.radius * scale;
    let stroke = ring.stroke * scale;
    let rim = ring.rim * scale;
    let mid = radius - stroke / 2.0;
    let reach = radius + rim.max(stroke * (HEAD - 0.5));
    let sweep = ring.sweep.clamp(0.0, 1.0);
    let (sin, cos) = ((1.0 - sweep) * std::f32::consts::TAU).sin_cos();
    let seen = Px { min: centre - reach, max: centre + reach };
    let kind = if ring.dashes > 0 { Kind::DashedRing } else { Kind::Ring };
    placed(kind, seen, 0.0, |origin| {
        let mut v = [Vec4::ZERO; SLOTS];
        let at = centre - origin;
        let tick_outer = radius - stroke - TICK_GAP * scale;
        v[0] = Vec4::new(at.x, at.y, radius, stroke);
        v[1] = Vec4::new(rim, sweep, if ring.head { 1.0 } else { 0.0 }, f32::from(ring.ticks));
        v[2] = Vec4::new(f32::from(ring.dashes), tick_outer - TICK_LENGTH * scale, tick_outer, TICK_HALF_WIDTH * scale);
        v[3] = linear(ring.well.0);
        v[4] = linear(ring.well.1);
        v[5] = linear(ring.track);
        v[6] = linear(ring.lit);
        v[7] = linear(ring.tick);
        v[8] = Vec4::new(stroke * HEAD, stroke * HOLE, PASSED_TICK, 0.0);
        v[9] = Vec4::new(sin, cos, mid * sin, -mid * cos);
        v
    })
}

pub fn sky(sky: &SkyPart, scale: f32) -> Option<Placed> {
    let px = Px::of(sky.rect, scale).snapped();
    if px.is_empty() {
        return None;
    }
    Some(placed(Kind::Sky, Px { min: px.min + 1.0, max: px.max - 1.0 }, 0.0, |origin| {
        let mut v = [Vec4::ZERO; SLOTS];
        // Everything else is measured from the sky's own top left.
        let local = |point: Point| Vec2::new(point.x - sky.rect.x, point.y - sky.rect.y) * scale;
        let focus = local(sky.focus);
        v[0] = Vec4::new(focus.x, focus.y, sky.radii.x * scale, sky.radii.y * scale);
        v[1].x = put_stops(&mut v, 19, 27, 8, &sky.stops);
        if let Some(rays) = &sky.rays {
            v[30] = coded(rays.beam);
            v[31] = coded(rays.rim);
        }
        if let Some(arcs) = &sky.arcs {
            v[1].y = arcs.radii.iter().filter(|radius| **radius > 0.0).count() as f32;
            v[1].z = arcs.width * scale / 2.0;
            for (i, radius) in arcs.radii.iter().enumerate() {
                v[14 + i / 4][i % 4] = radius * scale;
            }
            v[16] = coded(arcs.inner);
            v[17] = coded(arcs.outer);
            v[18] = local(arcs.centre).extend(0.0).extend(0.0);
        }
        if let Some(floor) = &sky.floor {
            v[2] = Vec4::new((floor.top - sky.rect.y) * scale, floor.radius * scale, HORIZON_HALF_WIDTH * scale, 0.0);
            v[3] = coded(floor.colour);
            v[4] = coded(floor.horizon);
        }
        if let Some(scrim) = &sky.scrim {
            v[5] = coded(Rgba { a: scrim.top, ..scrim.colour });
            v[6].x = scrim.middle;
            v[6].y = scrim.height * scale;
        }
        if let Some(sun) = &sky.sun {
            let centre = local(sun.centre);
            v[6].z = 1.0;
            v[7] = Vec4::new(centre.x, centre.y, sun.radius * scale, 0.0);
            v[8] = coded(sun.top);
            v[9] = coded(sun.bottom);
            v[10] = coded(sun.ring);
            let [(a, wa), (b, wb)] = sun.rings;
            v[11] = Vec4::new(a, wa / 2.0, b, wb / 2.0) * scale;
        }
        if let Some(glow) = &sky.glow {
            let centre = local(glow.centre);
            v[6].w = 1.0;
            v[12] = Vec4::new(centre.x, centre.y, glow.radius * scale, 0.0);
            v[13] = coded(glow.colour);
        }
        let at = px.min - origin;
        v[29] = Vec4::new(at.x, at.y, px.size().x, px.size().y);
        v
    }))
}

pub fn light(light: &LightPart, scale: f32) -> Option<Placed> {
    let px = Px::of(light.rect, scale).snapped();
    if px.is_empty() {
        return None;
    }
    let kind = if light.sun.is_some() { Kind::Sun } else { Kind::Hairlines };
    Some(placed(kind, Px { min: px.min + 1.0, max: px.max - 1.0 }, 0.0, |origin| {
        let mut v = [Vec4::ZERO; SLOTS];
        let local = |point: Point| Vec2::new(point.x - light.rect.x, point.y - light.rect.y) * scale;
        let centre = local(light.centre);
        let arcs = &light.arcs[..light.arcs.len().min(8)];
        v[0] = Vec4::new(centre.x, centre.y, light.width * scale / 2.0, 0.0);
        for (i, (radius, colour)) in arcs.iter().enumerate() {
            let colour = linear(*colour);
            let (slot, lane) = (i / 4, i % 4);
            v[1 + slot][lane] = radius * scale;
            v[3 + slot][lane] = colour.w;
            for (channel, value) in [colour.x, colour.y, colour.z].into_iter().enumerate() {
                v[5 + 2 * channel + slot][lane] = value * colour.w;
            }
        }
        if let Some(sun) = &light.sun {
            let centre = local(sun.centre);
            v[11] = Vec4::new(centre.x, centre.y, sun.radius * scale, 0.0);
            v[12] = coded(sun.top);
            v[13] = coded(sun.bottom);
            v[14] = linear(sun.ring);
            let [(a, wa), (b, wb)] = sun.rings;
            v[15] = Vec4::new(a, wa / 2.0, b, wb / 2.0) * scale;
        }
        // Without a floor nothing is hidden.
        v[16].y = 1.0;
        v[17].z = 1.0;
        if let Some(floor) = &light.floor {
            let top = (floor.top - light.rect.y) * scale;
            v[16] = Vec4::new(top, floor.radius * scale, floor.colour.a, HORIZON_HALF_WIDTH * scale);
            let (middle, half) = (local(light.ground.centre()).x, light.ground.w * scale / 2.0);
            v[17] = Vec4::new(floor.horizon.a, middle, half, 0.0);
        }
        let at = px.min - origin;
        v[18] = Vec4::new(at.x, at.y, px.size().x, px.size().y);
        v
    }))
}

//! What the eye meets at a point of a frame: its parts laid over one another as the stage does it, one sample at a time.

use super::{
    layer::{Frame, Layer, Placement},
    part::{Fill, Part, Point, Rect, Rgba, RingPart, SkyPart, Sun},
};

/// Light at a point: linear RGB, premultiplied, and how much of what lies behind it hides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    pub rgb: [f32; 3],
    pub a: f32,
}

/// What is behind a picture on transparent ground: nobody knows, so the worst of two is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    Black,
    White,
}

impl Light {
    pub const CLEAR: Self = Self { rgb: [0.0; 3], a: 0.0 };

    pub fn of(colour: Rgba) -> Self {
        let f = |c: f32| {
            let c = c.clamp(0.0, 1.0);
            colour.a * if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        Self { rgb: [f(colour.r), f(colour.g), f(colour.b)], a: colour.a }
    }

    /// `above` laid over it.
    pub fn under(self, above: Self) -> Self {
        let k = 1.0 - above.a;
        let [r, g, b] = self.rgb;
        let [x, y, z] = above.rgb;
        Self { rgb: [r * k + x, g * k + y, b * k + z], a: self.a * k + above.a }
    }

    pub fn dim(self, by: f32) -> Self {
        Self { rgb: self.rgb.map(|c| c * by), a: self.a * by }
    }

    /// Relative luminance (WCAG 2), 0 to 1.
    pub fn luminance(self) -> f32 {
        let [r, g, b] = self.rgb;
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2 contrast ratio of two opaque lights, 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    /// As a theme writes it: `#RRGGBB`.
    pub fn hex(self) -> String {
        let f = |c: f32| {
            let c = c.clamp(0.0, 1.0);
            let coded = if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
            (coded * 255.0).round() as u8
        };
        let [r, g, b] = self.rgb.map(f);
        format!("#{r:02X}{g:02X}{b:02X}")
    }
}

impl Behind {
    const fn light(self) -> Light {
        match self {
            Self::Black => Light { rgb: [0.0; 3], a: 1.0 },
            Self::White => Light { rgb: [1.0; 3], a: 1.0 },
        }
    }
}

/// Which part decides the colour of a point: layer and part by their index.
pub type Owner = (usize, usize);

/// The light of the whole picture at a point of the canvas.
pub fn light_at(frame: &Frame, at: Point, behind: Behind) -> Light {
    below(frame, (frame.layers.len(), 0), at, behind).0
}

/// The light of all that lies below a part, and the topmost part that makes most of it.
pub fn below(frame: &Frame, end: Owner, at: Point, behind: Behind) -> (Light, Option<Owner>) {
    let mut light = behind.light();
    let mut owner = None;
    for (index, layer) in frame.layers.iter().enumerate().take(end.0 + 1) {
        let most = if index == end.0 { end.1 } else { layer.content.parts.len() };
        let Some(p) = inside(layer, at) else { continue };
        let mut own = Light::CLEAR;
        for (i, part) in layer.content.parts.iter().enumerate().take(most) {
            let above = of_part(part, p);
            if above.a * layer.placement.opacity >= 0.5 {
                owner = Some((index, i));
            }
            if above.a > 0.0 {
                own = own.under(above);
            }
        }
        light = light.under(own.dim(layer.placement.opacity));
    }
    (light, owner)
}

/// Whether a part is hidden at a point by what lies above it.
pub fn hidden(frame: &Frame, (layer, part): Owner, at: Point) -> bool {
    frame.layers.iter().enumerate().skip(layer).any(|(index, above)| {
        let Some(p) = inside(above, at) else { return false };
        let first = if index == layer { part + 1 } else { 0 };
        above.content.parts.iter().skip(first).any(|part| of_part(part, p).a * above.placement.opacity > 0.5)
    })
}

/// A layer's own light at a point of the canvas, its opacity apart.
pub fn of_layer(layer: &Layer, at: Point) -> Light {
    let Some(p) = inside(layer, at) else { return Light::CLEAR };
    layer.content.parts.iter().fold(Light::CLEAR, |own, part| own.under(of_part(part, p)))
}

/// A point of the canvas in the layer's own coordinates, where the layer is seen there.
fn inside(layer: &Layer, at: Point) -> Option<Point> {
    let (w, h) = layer.content.size;
    let Placement { x, y, scale, clip, .. } = layer.placement;
    if scale.0 <= 0.0 || scale.1 <= 0.0 {
        return None;
    }
    let p = Point { x: (at.x - x - w / 2.0) / scale.0 + w / 2.0, y: (at.y - y - h / 2.0) / scale.1 + h / 2.0 };
    let within = |rect: Rect| p.x >= rect.x && p.y >= rect.y && p.x <= rect.x + rect.w && p.y <= rect.y + rect.h;
    (within(Rect::new(0.0, 0.0, w, h)) && clip.is_none_or(within)).then_some(p)
}

/// A rectangle of a layer on the canvas.
pub fn on_canvas(layer: &Layer, rect: Rect) -> Rect {
    let (w, h) = layer.content.size;
    let Placement { x, y, scale, .. } = layer.placement;
    Rect::new(
        x + w / 2.0 + (rect.x - w / 2.0) * scale.0,
        y + h / 2.0 + (rect.y - h / 2.0) * scale.1,
        rect.w * scale.0,
        rect.h * scale.1,
    )
}

/// One part's light. Texts and icons are what is read, not what is read on; shadows and hairlines are too faint to count.
fn of_part(part: &Part, p: Point) -> Light {
    match part {
        Part::Plate { rect, radii, fill, border, turn, .. } => {
            let p = if *turn == 0.0 { p } else { turned(p, rect.centre(), -turn) };
            let d = distance(p, *rect, *radii);
            if d > 0.0 {
                return Light::CLEAR;
            }
            let light = fill_at(fill, *rect, p);
            match border {
                Some(border) if d > -border.width => light.under(Light::of(border.colour)),
                _ => light,
            }
        }
        Part::Ring(ring) => ring_at(ring, p),
        Part::Sky(sky) => Light::of(sky_at(sky, p)),
        Part::Picture { rect, picture, crop, alpha } => {
            let (across, down) = ((p.x - rect.x) / rect.w.max(1.0), (p.y - rect.y) / rect.h.max(1.0));
            if !(0.0..1.0).contains(&across) || !(0.0..1.0).contains(&down) {
                return Light::CLEAR;
            }
            let (x, y) = (crop.x + across * crop.w, crop.y + down * crop.h);
            let at = (y as usize * picture.width as usize + x as usize) * 4;
            match picture.pixels.get(at..at + 4) {
                Some(&[r, g, b, a]) => Light::of(Rgba::rgb8(r, g, b).fade(f32::from(a) / 255.0 * alpha)),
                _ => Light::CLEAR,
            }
        }
        // Its hairlines are too faint to count; what the floor covers of the sun is not seen.
        Part::Light(light) => {
            let floor = light.floor.filter(|floor| {
                (p.x - light.ground.x - light.ground.w / 2.0).hypot(p.y - floor.top - floor.radius) <= floor.radius
            });
            let bare = 1.0 - floor.map_or(0.0, |floor| floor.colour.a);
            light.sun.map_or(Light::CLEAR, |sun| Light::of(sun_at(&sun, p).fade(bare)))
        }
        // What a film shows is not known here; nothing is written on it.
        Part::Text { .. } | Part::Icon { .. } | Part::Video { .. } => Light::CLEAR,
    }
}

fn sun_at(sun: &Sun, p: Point) -> Rgba {
    let down = p.y - sun.centre.y;
    if (p.x - sun.centre.x).hypot(down) > sun.radius {
        return Rgba::CLEAR;
    }
    sun.top.mix(sun.bottom, (down / sun.radius.max(1.0) * 0.5 + 0.5).clamp(0.0, 1.0))
}

fn turned(p: Point, about: Point, degrees: f32) -> Point {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (x, y) = (p.x - about.x, p.y - about.y);
    Point { x: about.x + x * cos - y * sin, y: about.y + x * sin + y * cos }
}

/// Signed distance to a rounded rectangle's edge, negative within.
fn distance(p: Point, rect: Rect, radii: [f32; 4]) -> f32 {
    let centre = rect.centre();
    let (x, y) = (p.x - centre.x, p.y - centre.y);
    let [top_left, top_right, bottom_right, bottom_left] = radii;
    let radius = match (x > 0.0, y > 0.0) {
        (false, false) => top_left,
        (true, false) => top_right,
        (true, true) => bottom_right,
        (false, true) => bottom_left,
    };
    let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    let (qx, qy) = (x.abs() - rect.w / 2.0 + radius, y.abs() - rect.h / 2.0 + radius);
    qx.max(0.0).hypot(qy.max(0.0)) + qx.max(qy).min(0.0) - radius
}

fn fill_at(fill: &Fill, rect: Rect, p: Point) -> Light {
    let along = |from: f32, length: f32, at: f32| ((at - from) / length.max(1.0)).clamp(0.0, 1.0);
    match fill {
        Fill::None => Light::CLEAR,
        Fill::Solid(colour) => Light::of(*colour),
        Fill::Vertical(top, bottom) => Light::of(top.mix(*bottom, along(rect.y, rect.h, p.y))),
        Fill::Horizontal(stops) => Light::of(stop(stops, along(rect.x, rect.w, p.x))),
    }
}

/// A gradient of (colour, position) at `t`.
fn stop(stops: &[(Rgba, f32)], t: f32) -> Rgba {
    let first = stops.first().map_or(Rgba::CLEAR, |stop| stop.0);
    stops.windows(2).fold(first, |colour, pair| {
        let [(_, a), (next, b)] = pair else { return colour };
        colour.mix(*next, ((t - a) / (b - a).max(1e-5)).clamp(0.0, 1.0))
    })
}

fn ring_at(ring: &RingPart, p: Point) -> Light {
    let (x, y) = (p.x - ring.centre.x, p.y - ring.centre.y);
    let r = x.hypot(y);
    let well_radius = ring.radius + ring.rim;
    if r > well_radius {
        return Light::CLEAR;
    }
    let well = ring.well.0.mix(ring.well.1, (y / (2.0 * well_radius).max(1.0) + 0.5).clamp(0.0, 1.0));
    let mut light = Light::of(well);
    if r <= ring.radius && r >= ring.radius - ring.stroke {
        light = light.under(Light::of(ring.track));
        // Clockwise from 12 o'clock; what is lit runs from the head to the end of the turn.
        let turn = (x.atan2(-y) / std::f32::consts::TAU).rem_euclid(1.0);
        if turn >= 1.0 - ring.sweep {
            light = light.under(Light::of(ring.lit));
        }
    }
    light
}

/// As the stage mixes a ground, without its hairlines.
fn sky_at(sky: &SkyPart, p: Point) -> Rgba {
    let (x, y) = (p.x - sky.rect.x, p.y - sky.rect.y);
    let t = ((x - sky.focus.x) / sky.radii.x.max(1.0)).hypot((y - sky.focus.y) / sky.radii.y.max(1.0));
    let mut colour = Rgba { a: 1.0, ..stop(&sky.stops, t) };
    let lay = |below: Rgba, above: Rgba, k: f32| Rgba { a: 1.0, ..below.mix(above, above.a * k) };
    if let Some(rays) = sky.rays.filter(|rays| rays.beam.a > 0.0) {
        let sector = (y - sky.focus.y).atan2(x - sky.focus.x) / std::f32::consts::TAU * 36.0;
        let lit = ((sector * 0.5).rem_euclid(1.0) - 0.5).abs() * 2.0 >= 0.5;
        colour = lay(colour, rays.beam, if lit { 1.0 } else { 0.0 });
        colour = lay(colour, rays.rim, ((t * 1.15 - 0.3) / 0.7).clamp(0.0, 1.0));
    }
    if let Some(glow) = sky.glow {
        let near = 1.0 - ((x - glow.centre.x).hypot(y - glow.centre.y) / glow.radius.max(1.0)).min(1.0);
        colour = lay(colour, glow.colour, near);
    }
    if let Some(scrim) = sky.scrim.filter(|scrim| scrim.height > 0.0) {
        let down = y / scrim.height;
        let upper = scrim.top + (scrim.middle - scrim.top) * (down * 2.0).clamp(0.0, 1.0);
        let alpha = upper * (1.0 - (down * 2.0 - 1.0).clamp(0.0, 1.0));
        colour = lay(colour, Rgba { a: 1.0, ..scrim.colour }, alpha);
    }
    if let Some(sun) = sky.sun {
        let above = sun_at(&sun, Point { x, y });
        colour = lay(colour, above, above.a.min(1.0));
    }
    if let Some(floor) = sky.floor {
        let from_centre = (x - sky.rect.w / 2.0).hypot(y - floor.top - floor.radius);
        if from_centre <= floor.radius {
            colour = lay(colour, floor.colour, 1.0);
        }
    }
    colour
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::show::frame::{Content, LayerKey, LayerKind};

    fn frame(parts: Vec<Part>, placement: Placement) -> Frame {
        let content = Arc::new(Content { size: (200.0, 100.0), opaque: false, parts });
        let key = LayerKey { kind: LayerKind::Card, entry: 0, index: 0 };
        Frame { raster: (200, 100), scale: 1.0, offset: (0.0, 0.0), layers: vec![Layer { key, content, placement }] }
    }

    fn plate(fill: Fill, radius: f32) -> Part {
        let rect = Rect::new(0.0, 0.0, 200.0, 100.0);
        Part::Plate { rect, radii: [radius; 4], fill, border: None, shadow: None, turn: 0.0 }
    }

    #[test]
    fn black_and_white_are_as_far_apart_as_light_goes() {
        let (black, white) = (Light::of(Rgba::rgb8(0, 0, 0)), Light::of(Rgba::rgb8(255, 255, 255)));
        assert!((black.contrast(white) - 21.0).abs() < 1e-3);
        assert_eq!(white.contrast(white), 1.0);
        // The pair that look.md measured: ink on the plate's top, 11.9.
        let (ink, plate) = (Light::of(Rgba::rgb8(0xF5, 0xF9, 0xFF)), Light::of(Rgba::rgb8(0x0B, 0x2F, 0x74)));
        assert!((ink.contrast(plate) - 11.9).abs() < 0.1, "{}", ink.contrast(plate));
    }

    #[test]
    fn gradients_corners_opacity_and_order_count() {
        let (red, blue) = (Rgba::rgb8(255, 0, 0), Rgba::rgb8(0, 0, 255));
        let whole = frame(vec![plate(Fill::Vertical(red, blue), 50.0)], Placement::at(0.0, 0.0));
        let at = |x, y| light_at(&whole, Point { x, y }, Behind::White);
        assert!(at(100.0, 1.0).hex().starts_with("#FC"), "{}", at(100.0, 1.0).hex());
        assert!(at(100.0, 99.0).hex().ends_with("FC"), "{}", at(100.0, 99.0).hex());
        assert_eq!(at(2.0, 2.0).hex(), "#FFFFFF", "beyond the corner");
        // Half of black over white is half the light, not half the code.
        let half = frame(vec![plate(Fill::Solid(Rgba::rgb8(0, 0, 0)), 0.0)], Placement::at(0.0, 0.0).faded(0.5));
        let light = light_at(&half, Point { x: 100.0, y: 50.0 }, Behind::White);
        assert!((light.luminance() - 0.5).abs() < 1e-3 && light.hex() == "#BCBCBC", "{}", light.hex());
    }

    #[test]
    fn a_layer_is_found_where_it_was_moved_scaled_and_wiped() {
        let solid = vec![plate(Fill::Solid(Rgba::rgb8(0, 0, 0)), 0.0)];
        let placement = Placement { clip: Some(Rect::new(0.0, 0.0, 100.0, 100.0)), ..Placement::at(1000.0, 0.0) };
        let placed = frame(solid, placement.scaled(0.5, 1.0));
        let dark = |x| light_at(&placed, Point { x, y: 50.0 }, Behind::White).luminance() < 0.5;
        // 200 px wide about 1100, half as wide, its right half wiped away.
        assert_eq!([1040.0, 1060.0, 1090.0, 1110.0].map(dark), [false, true, true, false]);
    }
}

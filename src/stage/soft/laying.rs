//! Laying: layers onto a picture in memory, row by row, as the shader of the compositor does it on a graphics card.

use bevy::math::{IRect, IVec2, Vec2};

use super::super::placing::Quad;
use super::hairlines::Hairlines;
use super::light::{Dissolve, Light, ONE, TABLES, Tables};
use super::texels::Texels;

/// Weights of interpolation are counted in so many steps.
const STEPS: f32 = 256.0;

/// One layer of a picture, bottom to top.
pub struct Laid<'a> {
    from: Source<'a>,
    quad: Quad,
    /// Of [`ONE`].
    opacity: u32,
    /// Where it is seen through as a whole.
    dissolve: Option<Box<Dissolve>>,
}

/// What a layer's pixels are made of.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    Texels(&'a Texels),
    Hairlines(&'a Hairlines),
}

/// Some rows of a picture.
pub struct Band<'a> {
    /// The first one's number.
    pub top: i32,
    /// Of the picture, px.
    pub width: usize,
    /// Whole rows, stored pixels.
    pub pixels: &'a mut [[u8; 4]],
}

impl Band<'_> {
    /// Lays `layers` anew within `rect`, from the one of number `base` on, which hides all below it; from nothing for none.
    pub fn lay(&mut self, rect: IRect, base: Option<usize>, layers: &[Laid]) {
        let rows = (self.pixels.len() / self.width.max(1)) as i32;
        let mut hidden = Vec::with_capacity(layers.len());
        for y in rect.min.y.max(self.top)..rect.max.y.min(self.top + rows) {
            let at = (y - self.top) as usize * self.width;
            let Some(row) = self.pixels.get_mut(at..at + self.width) else { continue };
            if base.is_none() {
                row[rect.min.x as usize..rect.max.x as usize].fill([0; 4]);
            }
            let layers = &layers[base.unwrap_or(0)..];
            // From the top down, the widest run that hides what is below.
            hidden.clear();
            let mut widest = (0, 0);
            for layer in layers.iter().rev() {
                hidden.push(widest);
                let solid = layer.solid(y, rect);
                if solid.1 - solid.0 > widest.1 - widest.0 {
                    widest = solid;
                }
            }
            for (layer, (from, to)) in layers.iter().zip(hidden.iter().rev().copied()) {
                let seen = layer.quad.seen.intersect(rect);
                if y < seen.min.y || seen.max.y <= y {
                    continue;
                }
                let (left, right) = (seen.min.x, seen.max.x);
                if from >= to {
                    layer.lay(row, y, (left, right));
                    continue;
                }
                if left < from {
                    layer.lay(row, y, (left, right.min(from)));
                }
                if to < right {
                    layer.lay(row, y, (left.max(to), right));
                }
            }
        }
    }
}

impl<'a> Laid<'a> {
    pub fn new(from: Source<'a>, quad: Quad) -> Self {
        let opacity = (quad.opacity * ONE as f32).round() as u32;
        Self { from, quad, opacity, dissolve: (opacity < ONE).then(|| Box::new(Dissolve::new(opacity))) }
    }

    /// Pixels of row `y` within `rect` where nothing below is seen, from … to.
    fn solid(&self, y: i32, rect: IRect) -> (i32, i32) {
        let Source::Texels(texels) = self.from else { return (0, 0) };
        let (at, seen) = (self.quad.min.as_ivec2(), self.quad.seen.intersect(rect));
        if !self.quad.exact || self.quad.opacity < 1.0 || y < seen.min.y || seen.max.y <= y {
            return (0, 0);
        }
        let run = texels.extent((y - at.y) as u32).solid;
        ((run.0 as i32 + at.x).max(seen.min.x), (run.1 as i32 + at.x).min(seen.max.x))
    }

    /// Lays the pixels `from..to` of the picture's row `y`.
    fn lay(&self, row: &mut [[u8; 4]], y: i32, (from, to): (i32, i32)) {
        match self.from {
            Source::Texels(texels) if self.quad.exact => self.lay_texels(texels, row, y, (from, to)),
            Source::Texels(texels) => self.lay_scaled(texels, row, y, (from, to)),
            Source::Hairlines(lines) => lines.lay(row, y, (from, to), self.quad.min.as_ivec2(), self.opacity),
        }
    }

    /// Texel on pixel.
    fn lay_texels(&self, texels: &Texels, row: &mut [[u8; 4]], y: i32, (from, to): (i32, i32)) {
        let tables: &Tables = &TABLES;
        let at = self.quad.min.as_ivec2();
        let Ok(line) = u32::try_from(y - at.y) else { return };
        let (texels, extent) = (texels.row(line), texels.extent(line));
        // The run's texels that lie within from..to, as texels and as pixels.
        let within = |run: (u32, u32)| {
            let (first, last) = ((run.0 as i32).max(from - at.x), (run.1 as i32).min(to - at.x));
            // A run may lie wholly beyond the picture's edge: there is no row even for none of it.
            if last <= first {
                return (0..0, 0..0);
            }
            (first as usize..last as usize, (first + at.x) as usize..(last + at.x) as usize)
        };
        let faded = |row: &mut [[u8; 4]], run: (u32, u32)| {
            let (there, here) = within(run);
            for (below, above) in row[here].iter_mut().zip(&texels[there]) {
                if *above != [0; 4] {
                    tables.lay(below, tables.light(*above).faded(self.opacity));
                }
            }
        };
        if let Some(dissolve) = &self.dissolve {
            let (seen, solid) = (extent.seen, extent.solid);
            faded(row, (seen.0, solid.0.max(seen.0)));
            let (there, here) = within(solid);
            for (below, above) in row[here].iter_mut().zip(&texels[there]) {
                dissolve.lay(below, *above);
            }
            faded(row, (solid.1.max(seen.0), seen.1));
            return;
        }
        let whole = |row: &mut [[u8; 4]], run: (u32, u32)| {
            let (there, here) = within(run);
            for (below, above) in row[here].iter_mut().zip(&texels[there]) {
                match above[3] {
                    u8::MAX => *below = *above,
                    _ if *above == [0; 4] => {}
                    _ => tables.lay(below, tables.light(*above)),
                }
            }
        };
        let (seen, solid) = (extent.seen, extent.solid);
        if solid.0 == solid.1 {
            whole(row, seen);
            return;
        }
        whole(row, (seen.0, solid.0));
        let (there, here) = within(solid);
        row[here].copy_from_slice(&texels[there]);
        whole(row, (solid.1, seen.1));
    }

    /// Scaled: between the four texels around a pixel's centre; the quad's own edge is one pixel soft.
    fn lay_scaled(&self, texels: &Texels, row: &mut [[u8; 4]], y: i32, (from, to): (i32, i32)) {
        let tables: &Tables = &TABLES;
        let Quad { min, size, .. } = self.quad;
        let texels_in_pixel = texels.size.as_vec2() / size;
        let soft = |at: Vec2| at.min(size - at) + 0.5;
        for x in from..to {
            let at = Vec2::new(x as f32 + 0.5, y as f32 + 0.5) - min;
            let inside = soft(at).clamp(Vec2::ZERO, Vec2::ONE);
            let covered = (inside.x * inside.y * ONE as f32).round() as u32;
            let light = between(texels, tables, at * texels_in_pixel - 0.5);
            let share = ((u64::from(self.opacity) * u64::from(covered)) >> 16) as u32;
            if light.alpha != 0 || light.rgb != [0; 3] {
                tables.lay(&mut row[x as usize], light.faded(share));
            }
        }
    }
}

/// The light between the four texels around `at`, whose edges reach on for ever.
fn between(texels: &Texels, tables: &Tables, at: Vec2) -> Light {
    let floor = at.floor();
    let part = ((at - floor) * STEPS).as_uvec2();
    let last = texels.size.as_ivec2() - 1;
    let (low, high) = (floor.as_ivec2().clamp(IVec2::ZERO, last), (floor.as_ivec2() + 1).clamp(IVec2::ZERO, last));
    let (above, below) = (texels.row(low.y as u32), texels.row(high.y as u32));
    let corner = |row: &[[u8; 4]], x: i32| row.get(x as usize).copied().unwrap_or_default();
    let corners = [corner(above, low.x), corner(above, high.x), corner(below, low.x), corner(below, high.x)];
    let one = STEPS as u32;
    let weights = [(one - part.x) * (one - part.y), part.x * (one - part.y), (one - part.x) * part.y, part.x * part.y];
    let mut sum = [0_u64; 4];
    for (texel, weight) in corners.into_iter().zip(weights) {
        let light = tables.light(texel);
        let [r, g, b] = light.rgb;
        for (sum, value) in sum.iter_mut().zip([r, g, b, light.alpha]) {
            *sum += u64::from(value) * u64::from(weight);
        }
    }
    let [r, g, b, alpha] = sum.map(|sum| ((sum + u64::from(ONE / 2)) >> 16) as u32);
    Light { rgb: [r, g, b], alpha }
}

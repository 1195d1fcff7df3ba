//! Hairlines: thin circles laid row by row from their numbers alone; a shader looks at every pixel for them.

use bevy::math::{IVec2, Vec2, Vec4};

use super::super::geometry;
use super::super::shape::{Kind, SLOTS};
use super::light::{Light, ONE, TABLES};
use crate::show::frame::{Content, Part};

/// Circles of a figure, as the shader numbers them.
const CIRCLES: usize = 8;

/// A figure of circles, in texels of its layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hairlines {
    /// What the shader's coordinates begin at.
    origin: Vec2,
    /// The shader's uniforms.
    v: [Vec4; SLOTS],
}

/// One circle: how far out, and its light times its alpha.
#[derive(Clone, Copy, Default)]
struct Circle {
    radius: f32,
    light: Vec4,
}

impl Hairlines {
    /// What a layer shows, where that is hairlines and nothing else.
    pub fn of(content: &Content, scale: f32) -> Option<Self> {
        let [Part::Light(light)] = content.parts.as_slice() else { return None };
        let placed = geometry::light(light, scale).filter(|placed| placed.shape.kind == Kind::Hairlines)?;
        let v = placed.shape.slots.v;
        Some(Self { origin: Vec2::new(placed.left + v[18].x, placed.top + v[18].y), v })
    }

    /// Lays the pixels `from..to` of the picture's row `y`; the layer's first texel lies at `at`.
    pub fn lay(&self, row: &mut [[u8; 4]], y: i32, (from, to): (i32, i32), at: IVec2, opacity: u32) {
        let circles = self.circles();
        let (centre, half) = (self.v[0].truncate().truncate(), self.v[0].z);
        let down = (y - at.y) as f32 + 0.5 - self.origin.y;
        let left = at.x as f32 + self.origin.x;
        let mut runs: Vec<(i32, i32)> = Vec::with_capacity(2 * CIRCLES);
        for circle in circles.iter().filter(|circle| circle.light.w > 0.0) {
            let dy = (down - centre.y).abs();
            // As far as the line reaches, and one pixel for rounding.
            let (outer, inner) = (circle.radius + half + 1.5, circle.radius - half - 1.5);
            if dy >= outer {
                continue;
            }
            let reach = (outer * outer - dy * dy).sqrt();
            let hole = if inner > dy { (inner * inner - dy * dy).sqrt() } else { 0.0 };
            let run = |a: f32, b: f32| {
                let pixel = |x: f32| left + centre.x + x;
                ((pixel(a).floor() as i32).max(from), (pixel(b).ceil() as i32).min(to))
            };
            if hole > 0.0 {
                runs.extend([run(-reach, -hole), run(hole, reach)]);
            } else {
                runs.push(run(-reach, reach));
            }
        }
        runs.sort_unstable();
        // Runs of circles that lie close overlap: every pixel is laid once.
        let mut next = from;
        for (begin, end) in runs {
            for x in begin.max(next)..end {
                let light = self.light(&circles, Vec2::new(x as f32 + 0.5 - left, down)).faded(opacity);
                if light.alpha > 0 {
                    TABLES.lay(&mut row[x as usize], light);
                }
            }
            next = next.max(end);
        }
    }

    fn circles(&self) -> [Circle; CIRCLES] {
        std::array::from_fn(|i| {
            let (slot, lane) = (i / 4, i % 4);
            let of = |number: usize| self.v[number + slot][lane];
            Circle { radius: of(1), light: Vec4::new(of(5), of(7), of(9), of(3)) }
        })
    }

    /// The shader's formula: circles lie apart, so all are one sum; the floor hides them.
    fn light(&self, circles: &[Circle; CIRCLES], at: Vec2) -> Light {
        let v = &self.v;
        let away = (at - v[0].truncate().truncate()).length();
        let covered = |off: f32| (0.5 - off).clamp(0.0, 1.0);
        let sum: Vec4 =
            circles.iter().map(|circle| circle.light * covered((away - circle.radius).abs() - v[0].z)).sum();
        let depth = (at - Vec2::new(v[17].y, v[16].x + v[16].y)).length() - v[16].y;
        let fade = (1.0 - (at.x - v[17].y).abs() / v[17].z).clamp(0.0, 1.0);
        let seen = (1.0 - v[16].z * covered(depth)) * (1.0 - v[17].x * fade * covered(depth.abs() - v[16].w));
        let [r, g, b, alpha] = (sum * seen).clamp(Vec4::ZERO, Vec4::ONE).to_array();
        // Rounded to the nearest; nothing is negative.
        let of_full = |value: f32| (value * 65_535.0 + 0.5) as u32;
        Light { rgb: [of_full(r), of_full(g), of_full(b)], alpha: (alpha * ONE as f32 + 0.5) as u32 }
    }
}

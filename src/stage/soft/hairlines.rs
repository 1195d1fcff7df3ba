//! Hairlines painted by the processor: circles touch few pixels of a picture, and a shader would run for all of them.

use bevy::math::{IRect, Vec2, Vec4};

use super::super::geometry::{self, Placed};
use super::super::shape::{Kind, SLOTS};
use super::light::TABLES;
use crate::show::frame::{Content, Part};

/// A layer's only part, in its shader's numbers (`LIGHT` in `shape.wgsl` says what each is).
#[derive(Debug)]
pub struct Hairlines {
    /// Where it lies on the layer, texels.
    place: IRect,
    v: [Vec4; SLOTS],
}

/// One circle, px and linear light.
struct Circle {
    radius: f32,
    light: Vec4,
}

/// Pixels of a row, from … to.
pub type Run = (u32, u32);

impl Hairlines {
    /// The hairlines that are all of a layer; none where there is something else on it.
    pub fn of(content: &Content, scale: f32) -> Option<Self> {
        let [Part::Light(light)] = content.parts.as_slice() else { return None };
        let Placed { left, top, width, height, shape, .. } = geometry::light(light, scale)?;
        let place = IRect::new(left as i32, top as i32, (left + width) as i32, (top + height) as i32);
        (shape.kind == Kind::Hairlines).then_some(Self { place, v: shape.slots.v })
    }

    /// Paints row `y` of a layer that is clear there, and tells which pixels it touched. `light` is as long as the row,
    /// dark, and left so.
    pub fn paint(&self, y: u32, row: &mut [[u8; 4]], light: &mut [Vec4], touched: &mut Vec<Run>) {
        touched.clear();
        if (y as i32) < self.place.min.y || y as i32 >= self.place.max.y {
            return;
        }
        let origin = self.place.min.as_vec2() + Vec2::new(self.v[18].x, self.v[18].y) - 0.5;
        let (centre, half_width) = (Vec2::new(self.v[0].x, self.v[0].y), self.v[0].z);
        let down = y as f32 - origin.y;
        for circle in self.circles() {
            let away = down - centre.y;
            let (inner, outer) = (circle.radius - half_width - 0.5, circle.radius + half_width + 0.5);
            let Some(far) = chord(outer, away) else { continue };
            let middle = origin.x + centre.x;
            let runs = match chord(inner, away) {
                None => [Some((middle - far, middle + far)), None],
                Some(near) => [Some((middle - far, middle - near)), Some((middle + near, middle + far))],
            };
            for (from, to) in runs.into_iter().flatten() {
                let Some(run) = self.run(from, to, row.len()) else { continue };
                for x in run.0..run.1 {
                    let along = x as f32 - middle;
                    let off = ((along * along + away * away).sqrt() - circle.radius).abs();
                    light[x as usize] += circle.light * (0.5 + half_width - off).clamp(0.0, 1.0);
                }
                touched.push(run);
            }
        }
        for (from, to) in touched.iter().copied() {
            for x in from..to {
                let lit = light[x as usize];
                if lit.w > 0.0 {
                    row[x as usize] = stored(lit * self.uncovered(Vec2::new(x as f32 - origin.x, down)));
                }
            }
        }
        for (from, to) in touched.iter().copied() {
            light[from as usize..to as usize].fill(Vec4::ZERO);
        }
    }

    fn circles(&self) -> impl Iterator<Item = Circle> {
        let lane = |slot: usize, i: usize| self.v[slot + i / 4][i % 4];
        let circle = move |i| Circle {
            radius: lane(1, i),
            light: Vec4::new(lane(5, i), lane(7, i), lane(9, i), lane(3, i)),
        };
        (0..8).map(circle).filter(|circle| circle.light.w > 0.0)
    }

    /// Whole pixels, and one more on each side, that lie on the row.
    fn run(&self, from: f32, to: f32, length: usize) -> Option<Run> {
        let (low, high) = (self.place.min.x.max(0), self.place.max.x.min(length as i32));
        let from = (from.floor() as i32 - 1).clamp(low, high.max(low));
        let to = (to.ceil() as i32 + 2).clamp(low, high.max(low));
        (from < to).then_some((from as u32, to as u32))
    }

    /// What the floor and its horizon leave of the light at `p`.
    fn uncovered(&self, p: Vec2) -> f32 {
        let [floor, horizon] = [self.v[16], self.v[17]];
        let depth = (p - Vec2::new(horizon.y, floor.x + floor.y)).length() - floor.y;
        let fade = (1.0 - (p.x - horizon.y).abs() / horizon.z).clamp(0.0, 1.0);
        (1.0 - floor.z * coverage(depth)) * (1.0 - horizon.x * fade * coverage(depth.abs() - floor.w))
    }
}

/// Half of the chord that a row `away` from the centre cuts off; none where it cuts nothing off.
fn chord(radius: f32, away: f32) -> Option<f32> {
    let square = radius * radius - away * away;
    (radius > 0.0 && square > 0.0).then(|| square.sqrt())
}

fn coverage(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

/// As a texture holds it.
fn stored(light: Vec4) -> [u8; 4] {
    let code = |light: f32| TABLES.code_of(light);
    [code(light.x), code(light.y), code(light.z), (light.w.clamp(0.0, 1.0) * 255.0).round() as u8]
}

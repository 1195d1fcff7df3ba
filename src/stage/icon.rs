//! Icons: strokes, a block and an arch in units of the icon's size, so that they are sharp at any.

use bevy::math::{Vec2, Vec4};

use super::geometry::{Placed, linear};
use super::shape::{Kind, SLOTS, Shape, Slots};
use crate::show::frame::{Icon, Rect, Rgba};

/// (x0, y0, x1, y1, half width), from the icon's centre.
type Stroke = (f32, f32, f32, f32, f32);

#[derive(Default)]
struct Sign {
    strokes: &'static [Stroke],
    /// Centre and half size, then the corner.
    block: Option<([f32; 4], f32)>,
    /// Centre, radius, half width: the upper half of a ring.
    arch: Option<[f32; 4]>,
}

const W: f32 = 0.085;

fn sign(icon: Icon) -> Sign {
    let strokes = |strokes: &'static [Stroke]| Sign { strokes, ..Sign::default() };
    match icon {
        Icon::Check => strokes(&[(-0.40, 0.03, -0.11, 0.31, W), (-0.11, 0.31, 0.42, -0.30, W)]),
        Icon::Cross => strokes(&[(-0.31, -0.31, 0.31, 0.31, W), (0.31, -0.31, -0.31, 0.31, W)]),
        Icon::Times => strokes(&[(-0.25, -0.25, 0.25, 0.25, W), (0.25, -0.25, -0.25, 0.25, W)]),
        Icon::Dash => strokes(&[(-0.32, 0.0, 0.32, 0.0, W)]),
        Icon::Plus => strokes(&[(-0.32, 0.0, 0.32, 0.0, W), (0.0, -0.32, 0.0, 0.32, W)]),
        Icon::Equals => strokes(&[(-0.30, -0.14, 0.30, -0.14, W), (-0.30, 0.14, 0.30, 0.14, W)]),
        Icon::Bang => strokes(&[(0.0, -0.40, 0.0, 0.10, 0.095), (0.0, 0.38, 0.0, 0.38, 0.115)]),
        Icon::Arrow => strokes(&[(-0.38, 0.0, 0.36, 0.0, W), (0.36, 0.0, 0.08, -0.28, W), (0.36, 0.0, 0.08, 0.28, W)]),
        Icon::Up => strokes(&[(-0.34, 0.18, 0.0, -0.18, W), (0.0, -0.18, 0.34, 0.18, W)]),
        Icon::Down => strokes(&[(-0.34, -0.18, 0.0, 0.18, W), (0.0, 0.18, 0.34, -0.18, W)]),
        Icon::Play => strokes(&[
            (-0.16, -0.28, -0.16, 0.28, 0.09),
            (-0.16, -0.28, 0.30, 0.0, 0.09),
            (0.30, 0.0, -0.16, 0.28, 0.09),
            (-0.10, -0.10, -0.10, 0.10, 0.10),
            (-0.02, 0.0, 0.16, 0.0, 0.09),
        ]),
        Icon::Lock => Sign {
            strokes: &[(-0.22, -0.06, -0.22, -0.22, 0.06), (0.22, -0.06, 0.22, -0.22, 0.06)],
            block: Some(([0.0, 0.20, 0.36, 0.26], 0.09)),
            arch: Some([0.0, -0.22, 0.22, 0.06]),
        },
        Icon::Hourglass => strokes(&[
            (-0.30, -0.40, 0.30, -0.40, 0.06),
            (-0.30, 0.40, 0.30, 0.40, 0.06),
            (-0.22, -0.36, 0.22, 0.36, 0.05),
            (0.22, -0.36, -0.22, 0.36, 0.05),
            (-0.10, 0.32, 0.10, 0.32, 0.06),
            (0.0, -0.14, 0.0, 0.22, 0.03),
        ]),
        Icon::Gavel => strokes(&[
            (-0.20, -0.10, 0.10, -0.36, 0.13),
            (-0.28, -0.24, -0.02, 0.08, 0.05),
            (-0.02, -0.46, 0.24, -0.14, 0.05),
            (0.02, -0.16, 0.38, 0.26, 0.06),
            (-0.36, 0.40, 0.14, 0.40, 0.06),
        ]),
    }
}

pub fn icon(rect: Rect, icon: Icon, ink: Rgba, scale: f32) -> Option<Placed> {
    let size = rect.w.min(rect.h) * scale;
    if size <= 0.0 || ink.a <= 0.0 {
        return None;
    }
    let middle = rect.centre();
    let centre = Vec2::new(middle.x, middle.y) * scale;
    let min = (centre - size * 0.6 - 1.0).floor();
    let max = (centre + size * 0.6 + 1.0).ceil();
    let sign = sign(icon);
    let mut v = [Vec4::ZERO; SLOTS];
    v[0] = Vec4::new(centre.x - min.x, centre.y - min.y, size, sign.strokes.len() as f32);
    v[1] = linear(ink);
    if let Some((block, corner)) = sign.block {
        v[2] = Vec4::from_array(block);
        v[3].x = corner;
    }
    if let Some([x, y, radius, half_width]) = sign.arch {
        v[3].y = radius;
        v[3].z = half_width;
        v[4] = Vec4::new(x, y, 0.0, 0.0);
    }
    for (i, (x0, y0, x1, y1, half_width)) in sign.strokes.iter().enumerate() {
        v[6 + i] = Vec4::new(*x0, *y0, *x1, *y1);
        v[15 + i / 4][i % 4] = *half_width;
    }
    let shape = Shape { kind: Kind::Icon, slots: Slots { v } };
    Some(Placed { left: min.x, top: min.y, width: max.x - min.x, height: max.y - min.y, turn: 0.0, shape })
}

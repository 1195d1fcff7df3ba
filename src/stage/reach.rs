//! How far a part reaches: what a redrawn sliver of a layer does not touch need not be set again.

use bevy::math::{IRect, IVec2, Vec2};

use super::geometry::{self, Placed};
use super::icon;
use crate::show::frame::{Anchor, Part, Point, Rect, TextStyle};

/// No glyph of any font is wider, em; the tracking comes on top.
const WIDEST_EM: f32 = 2.0;
/// Glyphs may rise above or fall below their line, em.
const OUTSIDE_EM: f32 = 0.5;
/// The same of ASCII digits, which the carried fonts alone draw.
const WIDEST_DIGIT_EM: f32 = 0.75;
const OUTSIDE_DIGIT_EM: f32 = 0.15;
/// Antialiasing and rounding reach no further, texels.
const MARGIN: i32 = 2;

/// Whether a part may leave a mark within `rect` (texels of its layer) at `scale`; never false where it does.
pub fn touches(part: &Part, rect: IRect, scale: f32) -> bool {
    let placed = |placed: Option<Placed>| placed.is_some_and(|placed| meets(placed_px(&placed), rect));
    match part {
        Part::Plate { rect: plate, radii, fill, border, shadow, turn } => {
            let below = shadow.as_ref().and_then(|shadow| geometry::shadow(*plate, radii, shadow, *turn, scale));
            placed(below) || placed(geometry::plate(*plate, radii, fill, border.as_ref(), *turn, scale))
        }
        Part::Icon { rect: place, icon, colour } => placed(icon::icon(*place, *icon, *colour, scale)),
        Part::Ring(ring) => placed(Some(geometry::ring(ring, scale))),
        Part::Sky(sky) => placed(geometry::sky(sky, scale)),
        Part::Light(light) => placed(geometry::light(light, scale)),
        Part::Picture { rect: place, .. } | Part::Video { rect: place, .. } => meets(px(*place, scale), rect),
        Part::Text { at, line, anchor, text, style } => {
            meets(px(text_box((*at, *line, *anchor), text, style), scale), rect)
        }
    }
}

/// A line of text leaves no mark outside, design px.
fn text_box((at, line, anchor): (Point, f32, Anchor), text: &str, style: &TextStyle) -> Rect {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let (widest, outside) = if is_digits { (WIDEST_DIGIT_EM, OUTSIDE_DIGIT_EM) } else { (WIDEST_EM, OUTSIDE_EM) };
    let width = text.chars().count() as f32 * style.size * (widest + style.tracking.abs());
    // A first glyph may hang over to the left.
    let hang = style.size * outside;
    let left = match anchor {
        Anchor::Start => at.x,
        Anchor::Centre => at.x - width / 2.0,
        Anchor::End => at.x - width,
    };
    Rect::new(left - hang, at.y - hang, width + 2.0 * hang, line + 2.0 * hang)
}

fn px(rect: Rect, scale: f32) -> (Vec2, Vec2) {
    let min = Vec2::new(rect.x, rect.y) * scale;
    (min, min + Vec2::new(rect.w, rect.h) * scale)
}

/// Turned, it reaches as far as its diagonal.
fn placed_px(placed: &Placed) -> (Vec2, Vec2) {
    let (min, size) = (Vec2::new(placed.left, placed.top), Vec2::new(placed.width, placed.height));
    if placed.turn == 0.0 {
        return (min, min + size);
    }
    let (middle, half) = (min + size / 2.0, Vec2::splat(size.length() / 2.0));
    (middle - half, middle + half)
}

fn meets((min, max): (Vec2, Vec2), rect: IRect) -> bool {
    let reach =
        IRect { min: min.floor().as_ivec2() - IVec2::splat(MARGIN), max: max.ceil().as_ivec2() + IVec2::splat(MARGIN) };
    !reach.intersect(rect).is_empty()
}

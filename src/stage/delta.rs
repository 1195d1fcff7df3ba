//! What differs between two contents of one layer: a ring that moves on changes a sliver, not its whole square.

use bevy::math::{IRect, IVec2, UVec2, Vec2};

use super::geometry::{RING_HEAD, RING_TICKS};
use crate::show::frame::{Content, Part, Point, RingPart};

/// Degrees between the points at which a changed arc is bounded.
const STEP_DEGREES: f32 = 4.0;
/// Antialiasing and rounding reach no further.
const MARGIN: f32 = 3.0;

/// The texels (from the texture's top left) that may differ when `new` is drawn instead of `old`; none when that is
/// not known to be less than all. Never too small: what lies outside is equal in both.
pub fn changed(old: &Content, new: &Content, texture: UVec2, scale: f32) -> Option<IRect> {
    if old.size != new.size || old.opaque != new.opaque || old.parts.len() != new.parts.len() {
        return None;
    }
    let mut reach: Option<(Vec2, Vec2)> = None;
    for (was, is) in old.parts.iter().zip(&new.parts).filter(|(was, is)| was != is) {
        let (min, max) = part(was, is, new.size.0)?;
        reach = Some(reach.map_or((min, max), |(low, high)| (low.min(min), high.max(max))));
    }
    let (min, max) = reach?;
    let all = IRect { min: IVec2::ZERO, max: texture.as_ivec2() };
    let rect =
        IRect { min: ((min - MARGIN) * scale).floor().as_ivec2(), max: ((max + MARGIN) * scale).ceil().as_ivec2() };
    Some(rect.intersect(all)).filter(|rect| !rect.is_empty() && *rect != all)
}

/// Bounds of what differs between two parts, design px.
fn part(was: &Part, is: &Part, width: f32) -> Option<(Vec2, Vec2)> {
    match (was, is) {
        (Part::Ring(was), Part::Ring(is)) => ring(was, is),
        // How wide a text is set is not known here: its whole row.
        (Part::Text { at: a, line: la, style: sa, .. }, Part::Text { at: b, line: lb, style: sb, .. }) => {
            let tall = sa.size.max(sb.size) / 2.0;
            Some((Vec2::new(0.0, a.y.min(b.y) - tall), Vec2::new(width, (a.y + la).max(b.y + lb) + tall)))
        }
        (Part::Video { rect: was, .. }, Part::Video { rect: is, .. }) => {
            let both = was.union(*is);
            Some((Vec2::new(both.x, both.y), Vec2::new(both.x + both.w, both.y + both.h)))
        }
        _ => None,
    }
}

/// Rings that differ in their sweep alone differ between the two heads only.
fn ring(was: &RingPart, is: &RingPart) -> Option<(Vec2, Vec2)> {
    if (RingPart { sweep: is.sweep, ..was.clone() }) != *is || is.dashes > 0 {
        return None;
    }
    // The head runs clockwise from 12 o'clock as the sweep falls from 1 to 0.
    let turn = |sweep: f32| (1.0 - sweep.clamp(0.0, 1.0)) * 360.0;
    let (from, to) = (turn(was.sweep).min(turn(is.sweep)), turn(was.sweep).max(turn(is.sweep)));
    let steps = ((to - from) / STEP_DEGREES).ceil().max(1.0) as u32;
    let middle = is.radius - is.stroke / 2.0;
    let reach = (is.stroke * RING_HEAD).max(is.stroke / 2.0 + is.rim).max(is.stroke / 2.0 + RING_TICKS);
    // Between two points the arc bulges by less than this.
    let reach = reach + middle * (1.0 - (STEP_DEGREES / 2.0).to_radians().cos());
    let points = (0..=steps).map(|i| on_circle(is.centre, middle, from + (to - from) * i as f32 / steps as f32));
    // A sweep that fills or empties changes the start at 12 o'clock too.
    let points = points.chain([on_circle(is.centre, middle, 0.0)]).take(if whole(was) || whole(is) {
        steps as usize + 2
    } else {
        steps as usize + 1
    });
    points.map(|point| (point - reach, point + reach)).reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
}

fn whole(ring: &RingPart) -> bool {
    ring.sweep <= 0.001 || ring.sweep >= 0.999
}

fn on_circle(centre: Point, radius: f32, degrees: f32) -> Vec2 {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Vec2::new(centre.x + radius * sin, centre.y - radius * cos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::frame::Rgba;

    fn content(sweep: f32, stroke: f32) -> Content {
        let ring = RingPart {
            centre: Point { x: 188.0, y: 188.0 },
            radius: 168.0,
            stroke,
            rim: 10.0,
            well: (Rgba::CLEAR, Rgba::CLEAR),
            track: Rgba::CLEAR,
            lit: Rgba::CLEAR,
            sweep,
            head: true,
            ticks: 10,
            tick: Rgba::CLEAR,
            dashes: 0,
        };
        Content { size: (376.0, 376.0), opaque: false, parts: vec![Part::Ring(ring)] }
    }

    const TEXTURE: UVec2 = UVec2::splat(376);

    #[test]
    fn a_ring_that_moves_on_changes_what_lies_round_its_head() {
        let changed = |a: f32, b: f32| changed(&content(a, 22.0), &content(b, 22.0), TEXTURE, 1.0);
        // A quarter passed: the head is at 3 o'clock.
        let rect = changed(0.75, 0.748).expect("less than all");
        assert!(rect.contains(IVec2::new(188 + 157, 188)) && rect.width() < 90 && rect.height() < 90, "{rect:?}");
        let half = changed(0.75, 0.25).expect("less than all");
        assert!(half.contains(IVec2::new(188, 188 + 157)) && !half.contains(IVec2::new(188, 31)), "{half:?}");
    }

    #[test]
    fn what_is_not_known_to_be_less_is_all() {
        assert_eq!(changed(&content(0.5, 22.0), &content(0.4, 26.0), TEXTURE, 1.0), None);
        assert_eq!(changed(&content(0.5, 22.0), &content(0.5, 22.0), TEXTURE, 1.0), None);
    }
}

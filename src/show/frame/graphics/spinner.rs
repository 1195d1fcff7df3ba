//! The spinner: an arc that runs round at a steady pace. It promises nothing: what it waits for has no measure.

use crate::show::{
    frame::{
        cx::Cx,
        part::{Fill, Point, Rgba, RingPart},
        sheet::Sheet,
    },
    theme::SpinnerPlace,
};

/// Discs of the arc stand this share of their radius apart: its edge is smooth to a tenth of a px.
const APART: f32 = 0.25;

/// The arc's head at `cx.now`, turns from 12 o'clock.
pub fn turn(cx: &Cx) -> f32 {
    let lap = cx.theme.motion.spinner_turn.us().max(1);
    ((cx.now - cx.since).rem_euclid(lap) as f64 / lap as f64) as f32
}

/// Well, track and arc.
pub fn draw(cx: &Cx, place: &SpinnerPlace, sheet: &mut Sheet) {
    let palette = &cx.theme.palette;
    sheet.ring(RingPart {
        rim: place.rim,
        well: if place.rim > 0.0 { (palette.well, palette.well) } else { (Rgba::CLEAR, Rgba::CLEAR) },
        track: palette.track,
        ..RingPart::plain(place.centre, place.radius, place.stroke)
    });
    let (dot, reach) = (place.stroke / 2.0, place.radius - place.stroke / 2.0);
    let arc = place.arc.to_radians();
    let steps = (arc * reach / (dot * APART)).ceil().max(1.0) as u16;
    let lit = if place.rim > 0.0 { palette.ring } else { palette.accent };
    let head = turn(cx) * std::f32::consts::TAU;
    for i in 0..=steps {
        let (sin, cos) = (head - arc * f32::from(i) / f32::from(steps)).sin_cos();
        let at = Point { x: place.centre.x + reach * sin, y: place.centre.y - reach * cos };
        sheet.disc(at, dot, Fill::Solid(lit), None);
    }
}

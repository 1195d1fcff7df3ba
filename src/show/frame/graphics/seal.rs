//! The seal: a dark disc with a ring, where an award's name, a drawn value or a team's number stands.

use crate::show::{
    frame::{
        cx::Cx,
        fit::Fitted,
        part::{Anchor, Fill, Rect, Rgba, RingPart},
        sheet::{Sheet, outline},
    },
    theme::{Role, SealPlace},
};

/// The disc of `place`; its ring is solid, or dashed while something is still open.
pub fn disc(cx: &Cx, place: &SealPlace, dashes: u16, sheet: &mut Sheet) {
    let palette = &cx.theme.palette;
    sheet.ring(RingPart {
        rim: place.rim,
        well: (palette.well, palette.well),
        lit: palette.accent,
        sweep: 1.0,
        ticks: if dashes == 0 { place.ticks } else { 0 },
        tick: palette.accent,
        dashes,
        ..RingPart::plain(place.centre, place.radius, place.stroke)
    });
    let hair = outline(place.hair, palette.accent.fade(place.hair_alpha));
    sheet.disc(place.centre, place.hair_radius, Fill::None, hair);
}

/// The square that the disc needs.
pub fn area(place: &SealPlace) -> Rect {
    Rect::disc(place.centre, place.radius + place.rim)
}

/// Fitted lines as a block in the middle of `rect`.
pub fn block(cx: &Cx, rect: Rect, anchor: Anchor, role: &Role, fitted: &Fitted, colour: Rgba, sheet: &mut Sheet) {
    let lines = fitted.page(0);
    let height = fitted.step.1;
    let top = rect.y + (rect.h - lines.len() as f32 * height) / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let at = Rect { y: top + i as f32 * height, h: height, ..rect };
        sheet.line(&cx.theme.typography, at, anchor, role, fitted.step, colour, line);
    }
}

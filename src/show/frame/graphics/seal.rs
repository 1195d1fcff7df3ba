//! The seal: a dark disc with a ring, where an award's name, a drawn value or a team's number stands.

use crate::show::{
    frame::{
        cx::Cx,
        fit::{Fitted, fit_balanced},
        part::{Anchor, Fill, Rect, Rgba, RingPart},
        sheet::{Sheet, outline},
    },
    theme::{Role, SealPlace, Step},
};

/// The disc of `place` with its solid ring.
pub fn disc(cx: &Cx, place: &SealPlace, sheet: &mut Sheet) {
    well(cx, place, sheet);
    ring(cx, place, 0, sheet);
}

/// Its ground alone.
pub fn well(cx: &Cx, place: &SealPlace, sheet: &mut Sheet) {
    sheet.disc(place.centre, place.radius + place.rim, Fill::Solid(cx.theme.palette.well), None);
}

/// Its ring and hairline alone: solid, or dashed while something is still open.
pub fn ring(cx: &Cx, place: &SealPlace, dashes: u16, sheet: &mut Sheet) {
    let accent = cx.theme.palette.ring;
    sheet.ring(RingPart {
        lit: accent,
        sweep: 1.0,
        ticks: if dashes == 0 { place.ticks } else { 0 },
        tick: accent,
        dashes,
        ..RingPart::plain(place.centre, place.radius, place.stroke)
    });
    sheet.disc(place.centre, place.hair_radius, Fill::None, outline(place.hair, accent.fade(place.hair_alpha)));
}

/// The square that the disc needs.
pub fn area(place: &SealPlace) -> Rect {
    Rect::disc(place.centre, place.radius + place.rim)
}

/// A short Han title in lines that break between its words, which are mostly of two glyphs; others as they are fitted.
pub fn words(cx: &Cx, text: &str, role: &Role, width: f32, height: f32) -> Fitted {
    let glyphs: Vec<char> = text.chars().collect();
    let han = glyphs.iter().all(|glyph| ('\u{3400}'..='\u{9FFF}').contains(glyph));
    if !han || glyphs.len() < 3 {
        return fit_balanced(cx.set, text, role, width, height);
    }
    let broken = |lines: usize| -> Vec<String> {
        let even = ((glyphs.len() as f32 / lines as f32 / 2.0).round() as usize * 2).max(2);
        let mut rest = glyphs.as_slice();
        let mut found = Vec::new();
        for _ in 1..lines {
            let (line, after) = rest.split_at(even.min(rest.len()));
            found.push(line.iter().collect());
            rest = after;
        }
        found.push(rest.iter().collect());
        found
    };
    let most = (glyphs.len() / 2).clamp(1, 3);
    let fits = |step: Step, lines: &[String]| {
        let style = role.style(step, Rgba::CLEAR);
        lines.iter().all(|line| !line.is_empty() && cx.set.width(line, &style) <= width)
            && lines.len() as f32 * step.1 <= height + 0.5
    };
    for &step in &role.ladder {
        if let Some(lines) = (1..=most).map(broken).find(|lines| fits(step, lines)) {
            return Fitted { step, pages: vec![lines] };
        }
    }
    fit_balanced(cx.set, text, role, width, height)
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

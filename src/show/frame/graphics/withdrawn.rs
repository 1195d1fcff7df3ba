//! 本题作废: the question and all that was about it go dim, calmly, and a plate says so and why.

use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit, fit_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect},
        sheet::{outline, shadow},
    },
    state::Scene,
};

/// Dims the scene under it, not the strip, and lays the plate over it.
pub fn compose(cx: &Cx, scene: Scene, layers: &mut Vec<Layer>) {
    let Some(withdrawn) = cx.core.question.as_ref().and_then(|ask| ask.withdrawn.as_ref()) else { return };
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&layout.withdrawn, &cx.theme.motion);
    let rect = match scene {
        Scene::Card => place.card,
        Scene::Rush => place.rush,
        Scene::Buzzer => place.buzzer,
        Scene::Duel => place.duel,
        _ => return,
    };
    let dimmed = motion.curves.io.progress(cx.now, withdrawn.since, motion.ground.us());
    // Dimmed by a dark layer over it, not by fading it: light colours would go grey on the ground.
    let (w, h) = layout.canvas;
    let mut sheet = cx.sheet(Rect::new(0.0, 0.0, w, h));
    sheet.plate(Rect::new(0.0, 0.0, w, h), [0.0; 4], Fill::Solid(palette.well.fade(place.dim)), None, None);
    layers.push(cx.lay(LayerKind::Ring, 9, sheet, Placement::at(0.0, 0.0).faded(dimmed)));

    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(rect, [place.radius; 4], palette.plate, palette, layout, fall);
    let ring = Point { x: rect.x + place.padding + place.ring / 2.0, y: rect.y + rect.h / 2.0 };
    sheet.disc(ring, place.ring / 2.0, Fill::None, outline(place.ring_stroke, palette.ink3));
    sheet.icon(ring, place.icon, Icon::Dash, palette.ink);
    let x = rect.x + place.padding + place.ring + place.gap;
    let area = Rect::new(x, rect.y + place.padding / 2.0, rect.x + rect.w - place.padding - x, rect.h - place.padding);
    let role = &typo.withdrawn;
    let step = fit_line(cx.set, &cx.words.withdrawn, role, area.w);
    let reason = withdrawn.value.reason.trim();
    if reason.is_empty() {
        sheet.line(typo, area, Anchor::Start, role, step, palette.ink, &cx.words.withdrawn);
    } else if place.beside {
        sheet.line(typo, area, Anchor::Start, role, step, palette.ink, &cx.words.withdrawn);
        let x = area.x + cx.set.width(&cx.words.withdrawn, &role.style(step, palette.ink)) + place.gap;
        let area = Rect { x, w: area.x + area.w - x, ..area };
        let fitted = fit(cx.set, reason, &typo.withdrawn_reason, area.w, area.h);
        let page = super::page(cx, withdrawn.since, fitted.pages.len());
        let lines = fitted.page(page);
        let y = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0;
        sheet.lines(Point { x, y }, &typo.withdrawn_reason, fitted.step, palette.ink2, lines);
        let dots = Point { x: rect.x + rect.w - place.padding / 2.0, y: rect.y + rect.h - layout.card.dot };
        super::dots_at(cx, dots, page, fitted.pages.len(), &mut sheet);
    } else {
        let room = area.h - step.1;
        let fitted = fit(cx.set, reason, &typo.withdrawn_reason, area.w, room);
        let page = super::page(cx, withdrawn.since, fitted.pages.len());
        let lines = fitted.page(page);
        let height = lines.len() as f32 * fitted.step.1;
        let top = area.y + (room - height) / 2.0;
        let title = Rect { y: top, h: step.1, ..area };
        sheet.line(typo, title, Anchor::Start, role, step, palette.ink, &cx.words.withdrawn);
        let at = Point { x: area.x, y: top + step.1 };
        sheet.lines(at, &typo.withdrawn_reason, fitted.step, palette.ink2, lines);
        let dots = Point { x: rect.x + rect.w - place.padding, y: rect.y + rect.h - place.padding / 2.0 };
        super::dots_at(cx, dots, page, fitted.pages.len(), &mut sheet);
    }
    let came = motion.curves.out.progress(cx.now, withdrawn.since, motion.move_in.us());
    let placement = cx.fade_at(withdrawn.since, motion.fade_in).moved(0.0, motion.travel_px * (1.0 - came));
    layers.push(cx.lay(LayerKind::Badge, 1, sheet, placement));
}

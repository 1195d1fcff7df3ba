//! Full-screen cards: which kind is drawn by which graphic, and what several of them share.

use super::body::{Body, Setting};
use super::{interlude, notary, photo, quiz, rules, showcase, tabulating, thanks, title};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{cut, fit_balanced, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow},
    },
    protocol::score::SlateKind,
    state::SlateCard,
    theme::{Ms, Role},
};

/// The slate on air.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(card) = &cx.core.slate else { return };
    match card.shown.kind {
        SlateKind::Title => title::compose(cx, &card.shown, layers),
        SlateKind::Rules => rules::compose(cx, card, layers),
        SlateKind::Showcase => showcase::compose(cx, card, layers),
        SlateKind::Interlude => interlude::compose(cx, card, layers),
        SlateKind::Tabulating => tabulating::compose(cx, card, layers),
        SlateKind::Notary => notary::compose(cx, card, layers),
        SlateKind::AudienceQuiz => quiz::compose(cx, card, layers),
        SlateKind::Photo => photo::compose(cx, card, layers),
        SlateKind::Thanks => thanks::compose(cx, card, layers),
        SlateKind::Lineup => super::lineup::compose(cx, card, layers),
        SlateKind::Message => message(cx, card, layers),
    }
}

/// What has no form of its own: title, subtitle and body on one plate, centred as a block; several lines are a list.
pub fn message(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&layout.slate, &card.shown);
    let mut sheet = cx.sheet(place.plate.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(place.plate, [place.radius; 4], palette.plate, palette, layout, fall);
    if place.beside {
        beside(cx, card, &mut sheet);
        layers.push(cx.lay(LayerKind::Slate, 0, sheet, cx.entrance(Ms(0))));
        return;
    }
    let after_title = place.subtitle.y - place.title.y - place.title.h;
    let after_subtitle = place.body.y - place.subtitle.y - place.subtitle.h;
    let least = typo.scene_title.ladder.last().map_or(0.0, |step| step.1);
    let head = fit_balanced(cx.set, &shown.title, &typo.scene_title, place.title.w, place.title.h.max(2.0 * least));
    let head_lines = head.page(super::page(cx, card.since, head.pages.len()));
    let head_height = head_lines.len() as f32 * head.step.1;
    let (sub_step, sub) = one_line(cx.set, &shown.subtitle, &typo.slate_subtitle, place.subtitle.w, &cx.words.more);
    let sub_height = if sub.is_empty() { 0.0 } else { sub_step.1 + after_title };

    let bottom = place.body.y + place.body.h;
    let room = (bottom - place.title.y - head_height - sub_height - after_subtitle).max(0.0);
    let body = Body::fit(cx, &shown.body, &typo.slate_body, Setting::of(&shown.body), place.body.w, room);
    let page = super::page(cx, card.since, body.pages.len());
    let body_height = body.height();
    let gap = if body_height > 0.0 { after_subtitle } else { 0.0 };
    let block = head_height + sub_height + gap + body_height;
    let mut y = place.plate.y + (place.plate.h - block) / 2.0;

    for line in head_lines {
        let at = Rect::new(place.title.x, y, place.title.w, head.step.1);
        sheet.line(typo, at, Anchor::Centre, &typo.scene_title, head.step, palette.ink, line);
        y += head.step.1;
    }
    if sub_height > 0.0 {
        let at = Rect::new(place.subtitle.x, y + after_title, place.subtitle.w, sub_step.1);
        sheet.line(typo, at, Anchor::Centre, &typo.slate_subtitle, sub_step, palette.ink2, sub);
        y += sub_height;
    }
    body.draw(cx, page, Rect::new(place.body.x, y + gap, place.body.w, body_height), palette.ink, &mut sheet);
    let pages = body.pages.len();
    let half = (pages.saturating_sub(1)) as f32 * layout.card.dot_pitch / 2.0;
    let end = Point { x: place.plate.centre().x + half, y: place.dots_y };
    super::dots_at(cx, end, page, pages, &mut sheet);
    layers.push(cx.lay(LayerKind::Slate, 0, sheet, cx.entrance(Ms(0))));
}

/// Title and subtitle as a block at the plate's left, the accent's rule, the body at its right.
fn beside(cx: &Cx, card: &SlateCard, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slate, &card.shown);
    let body = Body::fit(cx, &shown.body, &typo.slate_body, Setting::beside(&shown.body), place.body.w, place.body.h);
    // Alone, the words have the whole plate and stand in its middle.
    let alone = body.pages.is_empty();
    let (width, anchor) = match alone {
        true => (place.body.x + place.body.w - place.title.x, Anchor::Centre),
        false => (place.title.w, Anchor::Start),
    };
    let below = if shown.subtitle.is_empty() { 0.0 } else { place.subtitle.h };
    let head = fit_balanced(cx.set, &shown.title, &typo.scene_title, width, place.title.h);
    let lines = head.page(super::page(cx, card.since, head.pages.len()));
    let height = lines.len() as f32 * head.step.1;
    let mut at =
        Rect { y: place.plate.y + (place.plate.h - height - below) / 2.0, h: head.step.1, w: width, ..place.title };
    for title in lines {
        sheet.line(typo, at, anchor, &typo.scene_title, head.step, palette.ink, title);
        at.y += at.h;
    }
    if below > 0.0 {
        line(cx, Rect { h: below, ..at }, anchor, &typo.slate_subtitle, palette.ink2, &shown.subtitle, sheet);
    }
    if alone {
        return;
    }
    let (rule, gap) = cx.theme.layout.title.rule;
    let bar = Rect::new(place.body.x - rule - gap, place.body.y, rule, place.body.h);
    sheet.plate(bar, [rule / 2.0; 4], Fill::Solid(palette.accent), None, None);
    let page = super::page(cx, card.since, body.pages.len());
    let y = place.body.y + (place.body.h - body.height()) / 2.0;
    body.draw(cx, page, Rect { y, ..place.body }, palette.ink, sheet);
    let end = Point { x: place.body.x + place.body.w, y: place.dots_y };
    super::dots_at(cx, end, page, body.pages.len(), sheet);
}

/// The outlined pill that says what the card is.
pub fn tag(cx: &Cx, at: Point, text: &str, colour: Rgba, sheet: &mut Sheet) {
    let (place, typo) = (&cx.theme.layout.slates.tag, &cx.theme.typography);
    let role = &typo.interlude_tag;
    let (step, text) = one_line(cx.set, text, role, place.most - 2.0 * place.padding, &cx.words.more);
    let width = cx.set.width(&text, &role.style(step, Rgba::CLEAR)) + 2.0 * place.padding;
    let pill = Rect::new(at.x, at.y, width, place.height);
    sheet.plate(pill, [pill.h / 2.0; 4], Fill::None, outline(place.stroke, colour), None);
    sheet.line(typo, pill, Anchor::Centre, role, step, colour, text);
}

/// A text in its box, as large as it fits, centred vertically; what no page can hold turns page by page.
pub fn text(cx: &Cx, area: Rect, anchor: Anchor, role: &Role, colour: Rgba, text: &str, sheet: &mut Sheet) {
    let fitted = fit_balanced(cx.set, text, role, area.w, area.h);
    let lines = fitted.page(super::page(cx, cx.since, fitted.pages.len()));
    let mut row = Rect { y: area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0, h: fitted.step.1, ..area };
    for line in lines {
        sheet.line(&cx.theme.typography, row, anchor, role, fitted.step, colour, line);
        row.y += row.h;
    }
}

/// One line in its box; what does not fit is cut, and the cut is seen.
pub fn line(cx: &Cx, area: Rect, anchor: Anchor, role: &Role, colour: Rgba, text: &str, sheet: &mut Sheet) {
    let step = fit_line(cx.set, text, role, area.w);
    let text = cut(cx.set, text, &role.style(step, colour), area.w, &cx.words.more);
    sheet.line(&cx.theme.typography, area, anchor, role, step, colour, text);
}

/// Lays `draw`'s sheet over `area` as the slate's layer `index`, which enters that many steps after the first.
pub fn row(cx: &Cx, index: u16, area: Rect, layers: &mut Vec<Layer>, draw: impl FnOnce(&mut Sheet)) {
    let mut sheet = cx.sheet(area.grow(cx.theme.layout.bleed));
    draw(&mut sheet);
    layers.push(cx.lay(LayerKind::Slate, index, sheet, step_in(cx, index)));
}

/// The entrance of a card's part `index`.
pub fn step_in(cx: &Cx, index: u16) -> Placement {
    cx.entrance(Ms(cx.theme.motion.stagger.0 * i64::from(index)))
}

//! 公证: what the notary reads on a solemn plate, and beside it the ledger: the hash over every event of the show up to
//! this card, as a code for cameras and, shortened, as figures for eyes.

use super::{
    body::{Body, Setting},
    qr,
    run::Run,
    slate,
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::fit_balanced,
        layer::Layer,
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, outline, shadow},
    },
    state::SlateCard,
};

/// Digits of the hash that are shown, in groups of so many.
const SHOWN: usize = 16;
const GROUP: usize = 4;

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let place = &layout.slates.notary;
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    let plate = if card.ledger.is_empty() { place.plate_alone } else { place.plate };
    slate::row(cx, 0, plate, layers, |sheet| {
        sheet.lit_plate(plate, [place.radius; 4], palette.plate, palette, layout, fall);
        let (inset, stroke) = place.frame;
        let frame = outline(stroke, palette.plate_edge.fade(0.5));
        sheet.plate(plate.grow(-inset), [place.radius - inset; 4], Fill::None, frame, None);
        words(cx, card, plate, sheet);
    });
    if !card.ledger.is_empty() {
        slate::row(cx, 1, place.code_plate, layers, |sheet| {
            sheet.lit_plate(place.code_plate, [place.radius; 4], palette.plate, palette, layout, fall);
            ledger(cx, &card.ledger, sheet);
        });
    }
}

/// Title and subtitle centred over a rule, the text below.
fn words(cx: &Cx, card: &SlateCard, plate: Rect, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.notary, &card.shown);
    let (pad_x, pad_y) = place.padding;
    let inner = Rect::new(plate.x + pad_x, plate.y + pad_y, plate.w - 2.0 * pad_x, plate.h - 2.0 * pad_y);
    if place.head_width > 0.0 {
        let area = head_beside(cx, card, inner, sheet);
        text(cx, card, area, plate, sheet);
        return;
    }
    let head = fit_balanced(cx.set, &shown.title, &typo.scene_title, inner.w, place.title_height * 2.0);
    let height = (head.page(0).len() as f32 * head.step.1).max(place.title_height);
    let mut y = inner.y;
    slate::text(
        cx,
        Rect { y, h: height, ..inner },
        Anchor::Centre,
        &typo.scene_title,
        palette.ink,
        &shown.title,
        sheet,
    );
    y += height;
    if !shown.subtitle.is_empty() {
        let row = Rect { y, h: place.subtitle_height, ..inner };
        slate::line(cx, row, Anchor::Centre, &typo.sub, palette.ink2, &shown.subtitle, sheet);
        y += row.h;
    }
    let (rule, gap) = place.rule;
    let edge = palette.plate_edge;
    let fill = Fill::Horizontal(vec![(edge.fade(0.0), 0.0), (edge, 0.5), (edge.fade(0.0), 1.0)]);
    sheet.plate(Rect::new(inner.x, y + gap, inner.w, rule), [0.0; 4], fill, None, None);
    y += rule + 2.0 * gap;
    text(cx, card, Rect { y, h: inner.y + inner.h - y, ..inner }, plate, sheet);
}

/// Title and subtitle as a block at the left, an upright rule; what is left for the text.
fn head_beside(cx: &Cx, card: &SlateCard, inner: Rect, sheet: &mut Sheet) -> Rect {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.notary, &card.shown);
    let below = if shown.subtitle.is_empty() { 0.0 } else { place.subtitle_height };
    let column = Rect { w: place.head_width, ..inner };
    let head = fit_balanced(cx.set, &shown.title, &typo.scene_title, column.w, inner.h - below);
    let height = head.page(0).len() as f32 * head.step.1;
    let top = inner.y + (inner.h - height - below) / 2.0;
    let title = Rect { y: top, h: height, ..column };
    slate::text(cx, title, Anchor::Start, &typo.scene_title, palette.ink, &shown.title, sheet);
    if below > 0.0 {
        let row = Rect { y: top + height, h: below, ..column };
        slate::text(cx, row, Anchor::Start, &typo.sub, palette.ink2, &shown.subtitle, sheet);
    }
    let (rule, gap) = place.rule;
    let edge = palette.plate_edge;
    let x = column.x + column.w + gap;
    for (y, from, to) in [(inner.y, edge.fade(0.0), edge), (inner.y + inner.h / 2.0, edge, edge.fade(0.0))] {
        sheet.plate(Rect::new(x, y, rule, inner.h / 2.0), [0.0; 4], Fill::Vertical(from, to), None, None);
    }
    let left = x + rule + gap;
    Rect { x: left, w: inner.x + inner.w - left, ..inner }
}

/// The text in `area`, page by page where it does not fit.
fn text(cx: &Cx, card: &SlateCard, area: Rect, plate: Rect, sheet: &mut Sheet) {
    let (typo, palette, shown) = (&cx.theme.typography, &cx.theme.palette, &card.shown);
    let pad_y = cx.theme.layout.slates.notary.padding.1;
    let body = Body::fit(cx, &shown.body, &typo.slate_body, Setting::Plain, area.w, area.h);
    let page = super::page(cx, card.since, body.pages.len());
    // A short text stands in the middle of what is left, as a block.
    let spare = (area.h - body.height()) / 2.0;
    let side = (area.w - body.width(cx)) / 2.0;
    body.draw(cx, page, Rect { x: area.x + side, y: area.y + spare, ..area }, palette.ink, sheet);
    let half = body.pages.len().saturating_sub(1) as f32 * cx.theme.layout.card.dot_pitch / 2.0;
    let end = Point { x: plate.centre().x + half, y: plate.y + plate.h - pad_y / 2.0 };
    super::dots_at(cx, end, page, body.pages.len(), sheet);
}

/// The code, what it is, its first figures, and what to do with it.
fn ledger(cx: &Cx, hash: &str, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, words) = (&cx.theme.layout.slates.notary, &cx.words.slates);
    if qr::draw(cx, place, &qr::text(hash), sheet).is_none() {
        return;
    }
    if place.label.h > 0.0 {
        slate::line(cx, place.label, Anchor::Centre, &typo.head, palette.ink, &words.ledger, sheet);
    }
    let mut run = Run::new(cx);
    for (i, group) in groups(hash).into_iter().enumerate() {
        run = if i > 0 { run.gap(place.hash_gap) } else { run };
        run = run.text(&typo.hash, palette.ink, group);
    }
    if place.hash.h > 0.0 {
        run.fit(place.hash.w).draw(place.hash, Anchor::Centre, sheet);
    }
    if place.note.h <= 0.0 {
        return;
    }
    slate::text(cx, place.note, Anchor::Centre, &typo.sub, palette.ink2, &words.ledger_note, sheet);
}

/// The first figures of the hash, by fours.
fn groups(hash: &str) -> Vec<String> {
    let figures: Vec<char> = hash.chars().take(SHOWN).collect();
    figures.chunks(GROUP).map(|group| group.iter().collect()).collect()
}

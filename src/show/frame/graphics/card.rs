//! The question card: plate, kind and value, the stem or the case, the options, the ring, the verdict on it.

use super::{answers, card_row, case, long, options, phase, ring, verdict};
use crate::show::{
    frame::{
        correction::{At, tag_since, tags},
        cx::Cx,
        fit::{Fitted, fit},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow},
    },
    protocol::play::QuestionKind,
    state::Ask,
    theme::{Ms, Words},
};

/// The card of the question on air.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(ask) = &cx.core.question else { return };
    let place = &cx.theme.layout.card;
    let long = long::is_long(cx, ask, place.options);
    let plate = if long { place.case_plate } else { place.plate };
    let mut sheet = cx.sheet(plate.grow(cx.theme.layout.bleed));
    draw_plate(cx, plate, long, &mut sheet);
    card_row::who(cx, &mut sheet);
    layers.push(cx.lay(LayerKind::Card, 0, sheet, cx.entrance(Ms(0))));
    let mut sheet = cx.sheet(plate);
    if long && card_row::stands(cx) {
        card_row::kind_and(cx, ask, points(cx, ask), &mut sheet);
    }
    match (long, ask.question.options.is_empty()) {
        (true, true) => case::draw(cx, ask, &mut sheet),
        (true, false) => {
            long::draw(cx, ask, plate, &mut sheet);
            case::value(cx, ask, &mut sheet);
        }
        (false, _) => {
            meta(cx, ask, &mut sheet);
            stem(cx, ask, &mut sheet);
        }
    }
    layers.push(cx.lay(LayerKind::Card, 1, sheet, whole(cx)));
    if !long {
        if ask.question.options.is_empty() {
            answers::compose(cx, ask, layers);
        } else {
            options::compose(cx, ask, place.options, layers);
        }
    }
    timer(cx, ask, layers);
    phase::compose(cx, ask, long, layers);
    corrected_card(cx, ask, plate, layers);
}

/// 更正 on a card: in its first row, or on its top edge.
pub fn corrected_card(cx: &Cx, ask: &Ask, plate: Rect, layers: &mut Vec<Layer>) {
    match cx.theme.layout.correction.card {
        Some(at) => corrected_at(cx, ask, at, layers),
        None => corrected(cx, ask, plate, layers),
    }
}

/// A question's text comes whole and never moves: it is being read.
pub fn whole(cx: &Cx) -> Placement {
    cx.fade_at(cx.since + cx.theme.motion.text_delay.us(), Ms(0))
}

/// 更正 on the plate's top edge, for whatever it holds.
pub fn corrected(cx: &Cx, ask: &Ask, plate: Rect, layers: &mut Vec<Layer>) {
    let at = Point { x: plate.x + cx.theme.layout.correction.plate_inset, y: plate.y };
    corrected_at(cx, ask, at, layers);
}

fn corrected_at(cx: &Cx, ask: &Ask, at: Point, layers: &mut Vec<Layer>) {
    let facts = [
        ask.was.as_ref().map(|was| was.since),
        ask.answer.as_ref().and_then(|answer| answer.was.as_ref()).map(|was| was.since),
        ask.key.as_ref().and_then(|key| key.was.as_ref()).map(|was| was.since),
        ask.withdrawn.as_ref().or(ask.reinstated.as_ref()).and_then(|it| it.was.as_ref()).map(|was| was.since),
    ];
    if let Some(since) = facts.into_iter().flatten().max() {
        tag_since(cx, tags::CARD, since, At::Left(at), layers);
    }
}

/// The plate: its right end is the ring's half circle.
pub fn draw_plate(cx: &Cx, plate: Rect, long: bool, sheet: &mut Sheet) {
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let (far, end) = (layout.card.radius, layout.card.plate.h / 2.0);
    let radii = [far, end, if long { far } else { end }, far];
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(plate, radii, palette.plate, palette, layout, fall);
}

/// 单选题 10 分; after the reveal the legal basis takes its place.
pub fn meta(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    match told(cx, ask) {
        Some(Told::Basis(text)) => {
            let (row, anchor) = card_row::room(cx);
            sheet.line(typo, row, anchor, &typo.sub, typo.sub.step(), palette.ink2, text);
            return;
        }
        Some(Told::Pages(..)) => {
            let (role, word) = (&typo.head, &cx.words.explanation);
            let (row, anchor) = card_row::room(cx);
            sheet.line(typo, row, anchor, role, role.step(), palette.ink2, word);
            return;
        }
        None => {}
    }
    if card_row::stands(cx) {
        return card_row::kind_and(cx, ask, points(cx, ask), sheet);
    }
    let mut x = tag(cx, ask, place.meta, sheet) + place.tag_gap;
    let mut word = |text: String, sheet: &mut Sheet| {
        let at = Rect::new(x, place.meta.y, place.meta.w, place.meta.h);
        x += cx.set.width(&text, &typo.sub.style(typo.sub.step(), Rgba::CLEAR)) + place.tag_gap;
        sheet.line(typo, at, Anchor::Start, &typo.sub, typo.sub.step(), palette.ink2, text);
    };
    if let Some(value) = points(cx, ask) {
        word(value, sheet);
    }
}

/// 10 分, where the feed said what it is worth.
pub fn points(cx: &Cx, ask: &Ask) -> Option<String> {
    ask.question.value.map(|value| Words::with(&cx.words.points, value))
}

/// The kind in its outlined pill; returns the pill's right edge.
pub fn tag(cx: &Cx, ask: &Ask, row: Rect, sheet: &mut Sheet) -> f32 {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let text = kind(cx.words, ask.question.kind);
    let step = typo.tag.step();
    let width = cx.set.width(text, &typo.tag.style(step, Rgba::CLEAR)) + 2.0 * place.tag_padding;
    let pill = Rect::new(row.x, row.y, width, row.h);
    sheet.plate(pill, [row.h / 2.0; 4], Fill::None, outline(place.tag_stroke, palette.ink3), None);
    sheet.line(typo, pill, Anchor::Centre, &typo.tag, step, palette.ink2, text);
    pill.x + pill.w
}

/// What kind of question it is.
pub fn kind(words: &Words, kind: QuestionKind) -> &str {
    match kind {
        QuestionKind::Single => &words.single,
        QuestionKind::Multi => &words.multi,
        QuestionKind::Judge => &words.judge,
        QuestionKind::Fill => &words.fill,
        QuestionKind::Short => &words.short,
        QuestionKind::Case => &words.case,
    }
}

/// Why the key is right, and how that is told.
enum Told {
    /// One line in the first row.
    Basis(String),
    /// Pages in the stem's place, from an instant on: first the question is read once more.
    Pages(Fitted, i64),
}

/// None before its time.
fn told(cx: &Cx, ask: &Ask) -> Option<Told> {
    let (place, typo) = (&cx.theme.layout.card, &cx.theme.typography);
    let key = ask.key.as_ref()?;
    let text = key.value.explanation.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let line = Words::with(&cx.words.basis, text);
    let style = typo.sub.style(typo.sub.step(), Rgba::CLEAR);
    if !text.contains('\n') && cx.set.width(&line, &style) <= card_row::room(cx).0.w {
        return cx.shows(key.since + cx.theme.motion.basis_delay.us()).then_some(Told::Basis(line));
    }
    let since = key.since + cx.theme.motion.explain.us();
    cx.shows(since).then(|| Told::Pages(fit(cx.set, text, &typo.list_text, place.text.w, place.text.h), since))
}

/// The stem, fitted and centred in its box; whole from its first frame, never typed. A long explanation takes its place
/// some time after the reveal.
pub fn stem(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let area = place.text;
    let (role, fitted, since) = match told(cx, ask) {
        Some(Told::Pages(fitted, since)) => (&typo.list_text, fitted, since),
        _ => (&typo.stem, fit(cx.set, &ask.question.stem, &typo.stem, area.w, area.h), ask.since),
    };
    let page = super::page(cx, since, fitted.pages.len());
    let lines = fitted.page(page);
    let y = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0 - typo.rise * fitted.step.0;
    sheet.lines(Point { x: area.x, y }, role, fitted.step, palette.ink, lines);
    let row = Point { x: place.dots.x, y: place.meta.y + place.meta.h / 2.0 };
    let dots = if card_row::stands(cx) { place.dots } else { row };
    super::dots_at(cx, dots, page, fitted.pages.len(), sheet);
}

/// Ring, or the result's disc in the ring's place.
pub fn timer(cx: &Cx, ask: &Ask, layers: &mut Vec<Layer>) {
    let place = &cx.theme.layout.ring;
    let area = Rect::disc(place.centre, place.radius + place.rim).grow(place.rim);
    if let Some(result) = &ask.verdict {
        verdict::compose(cx, result, area, layers);
    } else {
        clock(cx, ask.answer.as_ref().and_then(|answer| answer.locked), layers);
    }
}

/// The ring alone; `locked` is when the answer was.
pub fn clock(cx: &Cx, locked: Option<i64>, layers: &mut Vec<Layer>) {
    let Some(clock) = &cx.core.clock else { return };
    let place = &cx.theme.layout.ring;
    let mut sheet = cx.sheet(Rect::disc(place.centre, place.radius + place.rim).grow(place.rim));
    ring::draw(cx, clock, locked, &mut sheet);
    let motion = cx.fade_at(cx.since.max(clock.armed_at), cx.theme.motion.fade_in);
    layers.push(cx.lay(LayerKind::Ring, 0, sheet, motion));
    ring::left(cx, clock, layers);
}

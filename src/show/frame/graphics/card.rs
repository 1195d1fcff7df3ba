//! The question card: plate, kind and value, the stem or the case, the options, the ring, the verdict on it.

use super::{case, options, ring, verdict};
use crate::show::{
    frame::{
        correction::{At, tag_since, tags},
        cx::Cx,
        fit::fit,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::share,
    protocol::play::QuestionKind,
    state::Ask,
    theme::Words,
};

/// The card of the question on air.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(ask) = &cx.core.question else { return };
    let long = case::is_case(cx, ask);
    let place = &cx.theme.layout.card;
    let plate = if long { place.case_plate } else { place.plate };
    let mut sheet = cx.sheet(plate.grow(cx.theme.layout.bleed));
    draw_plate(cx, plate, long, &mut sheet);
    if long {
        case::draw(cx, ask, &mut sheet);
    } else {
        meta(cx, ask, &mut sheet);
        stem(cx, ask, &mut sheet);
    }
    layers.push(cx.lay(LayerKind::Card, 0, sheet, cx.entrance(crate::show::theme::Ms(0))));
    if !long {
        if ask.question.options.is_empty() {
            answer(cx, ask, layers);
        } else {
            options::compose(cx, ask, cx.theme.layout.card.options, layers);
        }
    }
    timer(cx, ask, layers);
    corrected(cx, ask, plate, layers);
}

/// 更正 on the plate's top edge, for whatever it holds.
pub fn corrected(cx: &Cx, ask: &Ask, plate: Rect, layers: &mut Vec<Layer>) {
    let facts = [
        ask.was.as_ref().map(|was| was.since),
        ask.answer.as_ref().and_then(|answer| answer.was.as_ref()).map(|was| was.since),
        ask.key.as_ref().and_then(|key| key.was.as_ref()).map(|was| was.since),
        ask.withdrawn.as_ref().or(ask.reinstated.as_ref()).and_then(|it| it.was.as_ref()).map(|was| was.since),
    ];
    if let Some(since) = facts.into_iter().flatten().max() {
        let at = Point { x: plate.x + cx.theme.layout.correction.plate_inset, y: plate.y };
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
    if let Some(key) = &ask.key
        && let Some(basis) = &key.value.explanation
    {
        let came = share(cx.now, key.since + cx.theme.motion.basis_delay.us(), cx.theme.motion.basis_delay.us());
        let text = Words::with(&cx.words.basis, basis);
        let step = crate::show::frame::fit_line(cx.set, &text, &typo.sub, place.meta.w);
        let cut = cx.set.lines(&text, &typo.sub.style(step, Rgba::CLEAR), place.meta.w);
        let line = cut.first().cloned().unwrap_or_default();
        sheet.line(typo, place.meta, Anchor::Start, &typo.sub, step, palette.ink2.fade(came), line);
        if came > 0.0 {
            return;
        }
    }
    let mut x = tag(cx, ask, place.meta, sheet) + place.tag_gap;
    let mut word = |text: String, sheet: &mut Sheet| {
        let at = Rect::new(x, place.meta.y, place.meta.w, place.meta.h);
        x += cx.set.width(&text, &typo.sub.style(typo.sub.step(), Rgba::CLEAR)) + place.tag_gap;
        sheet.line(typo, at, Anchor::Start, &typo.sub, typo.sub.step(), palette.ink2, text);
    };
    if let Some(value) = ask.question.value {
        word(Words::with(&cx.words.points, value), sheet);
    }
    if let Some(withdrawn) = &ask.withdrawn {
        word(format!("{} {}", cx.words.withdrawn, withdrawn.value.reason).trim_end().to_owned(), sheet);
    }
}

/// The kind in its outlined pill; returns the pill's right edge.
pub fn tag(cx: &Cx, ask: &Ask, row: Rect, sheet: &mut Sheet) -> f32 {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let words = cx.words;
    let text = match ask.question.kind {
        QuestionKind::Single => &words.single,
        QuestionKind::Multi => &words.multi,
        QuestionKind::Judge => &words.judge,
        QuestionKind::Fill => &words.fill,
        QuestionKind::Short => &words.short,
        QuestionKind::Case => &words.case,
    };
    let step = typo.tag.step();
    let width = cx.set.width(text, &typo.tag.style(step, Rgba::CLEAR)) + 2.0 * place.tag_padding;
    let pill = Rect::new(row.x, row.y, width, row.h);
    sheet.plate(pill, [row.h / 2.0; 4], Fill::None, outline(place.tag_stroke, palette.ink3), None);
    sheet.line(typo, pill, Anchor::Centre, &typo.tag, step, palette.ink2, text);
    pill.x + pill.w
}

/// The stem, fitted and centred in its box; whole from its first frame, never typed.
pub fn stem(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let area = place.text;
    let fitted = fit(cx.set, &ask.question.stem, &typo.stem, area.w, area.h);
    let page = super::page(cx, ask.since, fitted.pages.len());
    let lines = fitted.page(page);
    let y = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0 - typo.rise * fitted.step.0;
    let came = share(cx.now, cx.since + cx.theme.motion.text_delay.us(), 1);
    sheet.lines(Point { x: area.x, y }, &typo.stem, fitted.step, palette.ink.fade(came), lines);
    super::dots(cx, page, fitted.pages.len(), sheet);
}

/// Fill and short questions: the answer's plate stands where options would, filled at the reveal.
fn answer(cx: &Cx, ask: &Ask, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let given = ask.answer.as_ref().and_then(|answer| answer.given.text.as_ref()).filter(|text| !text.is_empty());
    let (label, text, fill, ink) = match (&ask.key, given) {
        (Some(key), _) => (&cx.words.reference, key.value.key.join("；"), palette.ok_fill, palette.on_ok),
        (None, Some(text)) => (&cx.words.locked, text.clone(), palette.option, palette.ink),
        (None, None) => return,
    };
    // A short answer is one row, large; a long one has the whole plate below its label.
    let (pad, whole) = (layout.card.option_padding * 2.0, layout.card.answer);
    let label_step = typo.state.step();
    let beside = pad + cx.set.width(label, &typo.state.style(label_step, ink)) + pad;
    let row = layout.card.judge.h;
    let step = typo.judge.step();
    let short = cx.set.width(&text, &typo.judge.style(step, ink)) <= whole.w - beside - pad;
    let rect = if short { Rect { h: row, ..whole } } else { whole };
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(rect, [row / 4.0; 4], vertical(fill), None, Some(fall));
    if short {
        let label_at = Rect { x: rect.x + pad, ..rect };
        sheet.line(typo, label_at, Anchor::Start, &typo.state, label_step, ink, label);
        let at = Rect { x: rect.x + beside, ..rect };
        sheet.line(typo, at, Anchor::Start, &typo.judge, step, ink, text);
    } else {
        let head = Rect::new(rect.x + pad, rect.y, rect.w, layout.card.meta.h + pad);
        sheet.line(typo, head, Anchor::Start, &typo.state, label_step, ink, label);
        let body = Rect::new(rect.x + pad, head.y + head.h - pad / 2.0, rect.w - 2.0 * pad, rect.h - head.h);
        let fitted = fit(cx.set, &text, &typo.answer, body.w, body.h);
        let page = super::page(cx, ask.key.as_ref().map_or(ask.since, |key| key.since), fitted.pages.len());
        sheet.lines(Point { x: body.x, y: body.y }, &typo.answer, fitted.step, ink, fitted.page(page));
    }
    let since = ask.key.as_ref().map_or(cx.since, |key| key.since);
    let came = cx.theme.motion.curves.out.progress(cx.now, since, cx.theme.motion.option_in.us());
    let motion = crate::show::frame::Placement::at(0.0, cx.theme.motion.travel_px * (1.0 - came)).faded(came);
    layers.push(cx.lay(LayerKind::Option, 0, sheet, motion));
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
}

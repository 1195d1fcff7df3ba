//! What the hall does with the question now: hear it, confer, answer. A pill on the card.

use super::card_row;
use crate::show::{
    frame::{
        cx::Cx,
        fit::one_line,
        layer::{Layer, LayerKind},
        part::{Anchor, Rect},
        sheet::{shadow, vertical},
    },
    motion::share,
    protocol::play::Phase,
    state::Ask,
    theme::Words,
};

/// Below the value on a case, else at the right end of the card's first row. It goes when the answer is in.
pub fn compose(cx: &Cx, ask: &Ask, long: bool, layers: &mut Vec<Layer>) {
    let Some(phase) = &cx.core.phase else { return };
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&layout.long, &cx.theme.motion);
    let ends = [
        ask.answer.as_ref().and_then(|answer| answer.locked),
        ask.verdict.as_ref().map(|verdict| verdict.since),
        ask.key.as_ref().map(|key| key.since),
        ask.withdrawn.as_ref().map(|withdrawn| withdrawn.since),
    ];
    let end = ends.into_iter().flatten().min();
    let gone = end.map_or(0.0, |at| share(cx.now, at, motion.swap.us()));
    if gone >= 1.0 {
        return;
    }
    let text = match phase.value {
        Phase::Reading => &cx.words.phase_reading,
        Phase::Discussion => &cx.words.phase_discussion,
        Phase::Answering => &cx.words.phase_answering,
    };
    let role = &typo.tag;
    let widest = [&cx.words.phase_reading, &cx.words.phase_discussion, &cx.words.phase_answering];
    let widest = widest.map(|word| cx.set.width(word, &role.style(role.step(), palette.ink)));
    let width = widest.into_iter().fold(0.0, f32::max) + 2.0 * place.phase_padding;
    let (rect, width) = if long {
        (place.phase, width.min(place.phase.w))
    } else {
        let row = layout.card.meta;
        let end = card_row::pill_end(cx, ask, ask.question.value.map(|value| Words::with(&cx.words.points, value)));
        (Rect { x: end - width, w: width, ..row }, width)
    };
    let pill = Rect { x: rect.x + (rect.w - width) / 2.0, w: width, ..rect };
    let (step, text) = one_line(cx.set, text, role, width - place.phase_padding, &cx.words.more);
    let since = cx.since.max(phase.since);
    // One pill through all phases; only its word changes.
    let came = if phase.value == Phase::Reading {
        cx.fade_at(since, motion.fade_in)
    } else {
        cx.fade_at(cx.since, motion.fade_in)
    };
    let mut sheet = cx.sheet(pill.grow(layout.bleed / 2.0));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    layers.push(cx.lay(LayerKind::Badge, 2, sheet, came.faded(1.0 - gone)));
    let mut sheet = cx.sheet(pill);
    sheet.line(typo, pill, Anchor::Centre, role, step, palette.on_active, text);
    layers.push(cx.lay(LayerKind::Badge, 3, sheet, cx.fade_at(since, motion.swap).faded(1.0 - gone)));
}

//! The first row of a card that carries the header: who is on at one end, what is asked at the other.

use super::{card, header, header::Identity, verdict};
use crate::show::{
    frame::{
        cx::Cx,
        fit::one_line,
        part::{Anchor, Rect, Rgba},
        sheet::Sheet,
    },
    state::Ask,
    theme::InCard,
};

/// Whether this class's cards carry the header.
pub fn stands(cx: &Cx) -> bool {
    cx.theme.layout.header.in_card != InCard::Nothing
}

fn identity(cx: &Cx) -> Option<Identity> {
    let row = cx.theme.layout.card.meta;
    cx.core.round.as_ref().filter(|_| stands(cx))?;
    Identity::of(cx, cx.core, row.w / 2.0)
}

/// Number, team and player at their end of the row.
pub fn who(cx: &Cx, sheet: &mut Sheet) {
    let end = if cx.theme.layout.header.in_card == InCard::All { Anchor::Start } else { Anchor::End };
    if let Some(identity) = identity(cx) {
        identity.draw(cx, cx.theme.layout.card.meta, end, sheet);
    }
}

/// What who is on leaves of the row, and where words stand in it.
pub fn room(cx: &Cx) -> (Rect, Anchor) {
    let (row, place) = (cx.theme.layout.card.meta, &cx.theme.layout.header);
    let used = identity(cx).map_or(0.0, |identity| identity.width(cx) + 2.0 * place.gap.0);
    match place.in_card {
        InCard::Nothing => (row, Anchor::Start),
        InCard::Team => (Rect { w: row.w - used, ..row }, Anchor::Start),
        InCard::All => (Rect { x: row.x + used, w: row.w - used, ..row }, Anchor::End),
    }
}

/// The question's kind, `then` (its value, its number), and the round's second line or name; where the result's disc has
/// no room for its word, that stands here.
pub fn kind_and(cx: &Cx, ask: &Ask, then: Option<String>, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (row, _) = room(cx);
    if place.header.in_card == InCard::All {
        let (text, ink) = words(cx, ask, then);
        let (step, text) = one_line(cx.set, &text, &typo.sub, row.w, &cx.words.more);
        sheet.line(typo, row, Anchor::End, &typo.sub, step, ink, text);
        return;
    }
    let mut x = card::tag(cx, ask, place.card.meta, sheet) + place.card.tag_gap;
    let second = cx.core.round.as_ref().map(|_| header::subtitle(cx.words, cx.core)).filter(|text| !text.is_empty());
    for text in [then, second].into_iter().flatten() {
        let room = (row.x + row.w - x - free(cx)).max(0.0);
        let (step, text) = one_line(cx.set, &text, &typo.sub, room, &cx.words.more);
        sheet.line(typo, Rect { x, w: room, ..row }, Anchor::Start, &typo.sub, step, palette.ink2, &text);
        x += cx.set.width(&text, &typo.sub.style(step, Rgba::CLEAR)) + place.card.tag_gap;
    }
}

/// Kept free for the phase's pill at the row's right end.
fn free(cx: &Cx) -> f32 {
    if cx.core.phase.is_some() { cx.theme.layout.long.phase.w + cx.theme.layout.card.tag_gap } else { 0.0 }
}

/// 初显身手·单选题·10 分
fn words(cx: &Cx, ask: &Ask, then: Option<String>) -> (String, Rgba) {
    let palette = &cx.theme.palette;
    let round = cx.core.round.as_ref().map(|round| round.opened.name.clone());
    let kind = Some(card::kind(cx.words, ask.question.kind).to_owned());
    let outcome = ask.verdict.as_ref().filter(|_| cx.theme.layout.verdict.word_y.is_none());
    let parts = match outcome {
        Some(told) => [kind, then, Some(verdict::word(cx.words, told.outcome).to_owned())],
        None => [round, kind, then],
    };
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("·");
    (text, if outcome.is_some() { palette.ink } else { palette.ink2 })
}

/// The right end of a pill in the row: left of what stands at the right.
pub fn pill_end(cx: &Cx, ask: &Ask, then: Option<String>) -> f32 {
    let (row, place, typo) = (cx.theme.layout.card.meta, &cx.theme.layout, &cx.theme.typography);
    let (room, _) = room(cx);
    match place.header.in_card {
        InCard::Nothing => row.x + row.w,
        InCard::Team => room.x + room.w,
        InCard::All => {
            let text = words(cx, ask, then).0;
            let used = cx.set.width(&text, &typo.sub.style(typo.sub.step(), Rgba::CLEAR)).min(room.w);
            row.x + row.w - used - place.card.tag_gap
        }
    }
}

//! How many of a large audience have answered, in a badge of the card.

use super::{card_row, run::Run};
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Rect},
        sheet::{outline, vertical},
    },
    theme::Words,
};

/// 已作答 n at the right end of the card's first row, while voters without seats answer.
pub fn answered(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(vote) = cx.core.audience.as_ref().filter(|vote| vote.seats == 0 && vote.tally.is_none()) else { return };
    let Some(ask) = cx.core.question.as_ref().filter(|ask| ask.key.is_none()) else { return };
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let text = Words::with(&cx.words.audience_locked, vote.count);
    let run = Run::new(cx).text(&typo.tag, palette.ink, text).fit(place.meta.w / 3.0);
    let width = run.width() + 2.0 * place.tag_padding;
    let end = card_row::pill_end(cx, ask, ask.question.value.map(|value| Words::with(&cx.words.points, value)));
    let pill = Rect::new(end - width, place.meta.y, width, place.meta.h);
    let mut sheet = cx.sheet(pill);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.option), outline(place.tag_stroke, palette.ink3), None);
    run.draw(pill, Anchor::Centre, &mut sheet);
    let motion = &cx.theme.motion;
    layers.push(cx.lay(LayerKind::Badge, 0, sheet, cx.fade_at(cx.since.max(vote.since), motion.fade_in)));
}

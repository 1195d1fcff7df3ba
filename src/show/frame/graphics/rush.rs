//! The speed round as it runs: the question in its card, the clock, and the rail of pips in the strip's place.

use super::{card, card_row, long, options, pips::Pips, run::Run};
use crate::show::{
    frame::{
        correction,
        cx::Cx,
        fit::fit,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::play::Outcome,
    state::{Ask, RushRun},
    theme::{Ms, StripFlow, Words},
};

/// Card, options and clock while a question is on; the rail always.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let (options, short) = (cx.theme.layout.rush.options, cx.theme.layout.card.plate);
    let long = cx
        .core
        .question
        .as_ref()
        .is_some_and(|ask| !ask.question.options.is_empty() && long::is_long(cx, ask, options));
    let plate = if long { Rect { h: options.y + options.h - short.y, ..short } } else { short };
    let mut sheet = cx.sheet(plate.grow(cx.theme.layout.bleed));
    card::draw_plate(cx, plate, long, &mut sheet);
    card_row::who(cx, &mut sheet);
    layers.push(cx.lay(LayerKind::Card, 0, sheet, cx.entrance(Ms(0))));
    match &cx.core.question {
        Some(ask) => {
            // How it was answered is told by its pip alone: the next question is already coming.
            let plain = Ask { answer: None, verdict: None, key: None, ..ask.clone() };
            let current = cx.core.rush.as_ref().map_or(0, |run| run.current.0);
            let picture = question(cx, &plain, (plate, long, options), current);
            let span = cx.theme.motion.beat.next.us();
            let former = cx.core.asked.as_ref().filter(|_| ask.since > cx.on_air && cx.now - ask.since < span);
            layers.extend(match former {
                Some(former) => {
                    let former = question(cx, former, (plate, long, options), current.saturating_sub(1));
                    correction::exchange(former, picture, share(cx.now, ask.since, span))
                }
                None => picture,
            });
            card::corrected_card(cx, &plain, plate, layers);
        }
        None => {
            let mut sheet = cx.sheet(plate);
            rules(cx, &mut sheet);
            layers.push(cx.lay(LayerKind::Card, 1, sheet, card::whole(cx)));
        }
    }
    card::clock(cx, None, layers);
    rail(cx, layers);
}

/// A question in the card: its options, and its text in one layer.
fn question(cx: &Cx, ask: &Ask, (plate, long, cells): (Rect, bool, Rect), number: u32) -> Vec<Layer> {
    let (mut layers, mut sheet) = (Vec::new(), cx.sheet(plate));
    if long {
        if card_row::stands(cx) {
            meta(cx, ask, number, &mut sheet);
        }
        long::draw(cx, ask, plate, &mut sheet);
    } else {
        meta(cx, ask, number, &mut sheet);
        card::stem(cx, ask, &mut sheet);
        options::compose(cx, ask, cells, &mut layers);
    }
    layers.push(cx.lay(LayerKind::Card, 1, sheet, card::whole(cx)));
    layers
}

/// 判断题 第 8 题
fn meta(cx: &Cx, ask: &Ask, current: u32, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let number = (current > 0).then(|| Words::with(&cx.words.question_no, current));
    if card_row::stands(cx) {
        return card_row::kind_and(cx, ask, number, sheet);
    }
    let x = card::tag(cx, ask, place.meta, sheet) + place.tag_gap;
    if let Some(text) = number {
        let at = Rect { x, ..place.meta };
        sheet.line(typo, at, Anchor::Start, &typo.sub, typo.sub.step(), palette.ink2, text);
    }
}

/// Before the first question: what is played.
fn rules(cx: &Cx, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let Some(round) = &cx.core.round else { return };
    let text = round.opened.rules.text.join("\n");
    let fitted = fit(cx.set, &text, &typo.stem, place.text.w, place.text.h);
    let page = super::page(cx, cx.since, fitted.pages.len());
    let lines = fitted.page(page);
    let y = place.text.y + (place.text.h - lines.len() as f32 * fitted.step.1) / 2.0 - typo.rise * fitted.step.0;
    sheet.lines(Point { x: place.text.x, y }, &typo.stem, fitted.step, palette.ink, lines);
    super::dots(cx, page, fitted.pages.len(), sheet);
}

/// Pips of a round whose rules do not say how many questions it has.
const PIPS: u32 = 10;

/// A run before the feed says anything of it: as many pips as the round has questions.
fn fresh(cx: &Cx) -> RushRun {
    let ruled = cx.core.round.as_ref().and_then(|round| round.opened.rules.questions);
    let count = ruled.unwrap_or(PIPS).min(crate::show::protocol::limits::SEATS) as usize;
    let (since, seq) = (cx.on_air, cx.entry);
    RushRun { team: String::new(), since, seq, pips: vec![None; count], current: (0, since), finished: None }
}

fn rail(cx: &Cx, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, rect) = (&layout.rush, layout.rush.rail);
    let run = &cx.core.rush.clone().unwrap_or_else(|| fresh(cx));
    let count = run.pips.len();
    let column = place.flow == StripFlow::Column;
    let pips = if column {
        Pips::grid(count, place.columns.max(1) as usize, place.pip, place.pitch, place.radius, place.separator_x)
    } else {
        let last_x = place.separator_x - (place.pip.x - rect.x);
        Pips::new(count, place.pip, place.pitch, place.radius, last_x).centred(count, last_x)
    };

    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    let border = outline(layout.border, palette.plate_border);
    sheet.plate(rect, [place.rail_radius; 4], vertical(palette.strip), border, Some(fall));
    let inset = place.separator_inset;
    let bar = if column {
        Rect::new(rect.x + inset, place.separator_x, rect.w - 2.0 * inset, 3.0)
    } else {
        Rect::new(place.separator_x, rect.y + inset, 2.0, rect.h - 2.0 * inset)
    };
    sheet.plate(bar, [0.0; 4], Fill::Solid(palette.separator), None, None);
    pips.draw(cx, run, count, &mut sheet);
    let right = run.pips.iter().flatten().filter(|pip| pip.value == Outcome::Correct).count();
    Run::new(cx)
        .text(&typo.caption, palette.ink2, &cx.words.answered_right)
        .gap(place.count_gap)
        .text(&typo.count, palette.ink, right.to_string())
        .gap(place.count_gap)
        .text(&typo.caption, palette.ink2, &cx.words.answered_unit)
        .fit(place.count.w)
        .draw(place.count, Anchor::Centre, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(cx.theme.motion.stagger)));
    if run.current.0 > 0 {
        layers.push(current(cx, run, &pips));
    }
    pips.tags(cx, run, place.tag_y, layers);
}

/// The ring round the question being answered slides on to the next.
fn current(cx: &Cx, run: &RushRun, pips: &Pips) -> Layer {
    let (place, palette, motion) = (&cx.theme.layout.rush, &cx.theme.palette, &cx.theme.motion);
    let index = run.current.0.saturating_sub(1) as usize;
    let radius = pips.radius() + place.current * 1.5;
    let centre = pips.centre(index);
    let mut sheet = cx.sheet(Rect::disc(centre, radius));
    sheet.disc(centre, radius, Fill::None, outline(place.current, palette.accent));
    let slid = motion.curves.io.progress(cx.now, run.current.1, motion.pip_slide.us());
    let former = pips.centre(index.saturating_sub(1));
    let (dx, dy) = (former.x - centre.x, former.y - centre.y);
    let entrance = cx.entrance(motion.stagger);
    cx.lay(LayerKind::Panel, 1, sheet, entrance.moved(lerp(dx, 0.0, slid), lerp(dy, 0.0, slid)))
}

//! A large audience's answers as a tally: shares of one bar, and the figures below it.

use super::duel::total;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Rect, Rgba},
        sheet::{Sheet, vertical},
    },
    motion::share,
    protocol::score::SeatOutcome,
    state::AudienceVote,
    theme::{Gradient, Step, Words},
};

/// The tally where there are no seats; before it came, how many have answered.
pub fn compose(cx: &Cx, vote: &AudienceVote, pays: Option<(SeatOutcome, i64)>, layers: &mut Vec<Layer>) {
    let motion = &cx.theme.motion;
    let rect = cx.theme.layout.duel.tally;
    // The words below the figures reach under the tally's own box.
    let mut sheet = cx.sheet(rect.grow(cx.theme.layout.duel.underline + 16.0));
    let lie = match &vote.tally {
        Some(tally) => {
            let tally_at = tally.since + motion.seats_delay.us();
            told(cx, &tally.value, pays, &mut sheet);
            cx.fade_at(tally_at, motion.fade_in)
        }
        None => {
            waiting(cx, vote, rect, &mut sheet);
            cx.fade_at(cx.since, motion.fade_in)
        }
    };
    layers.push(cx.lay(LayerKind::Panel, 8, sheet, lie));
}

fn waiting(cx: &Cx, vote: &AudienceVote, rect: Rect, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let text = vote.count.to_string();
    let step = fit_line(cx.set, &text, &typo.tally, rect.w);
    sheet.line(typo, rect, Anchor::Centre, &typo.tally, step, palette.ink, text);
}

/// Parts of a hundred, rounded half up.
fn percent(part: u32, whole: u32) -> u64 {
    if whole == 0 { 0 } else { (200 * u64::from(part) + u64::from(whole)) / (2 * u64::from(whole)) }
}

/// Right, wrong and, where there are any, absent.
fn told(
    cx: &Cx,
    tally: &crate::show::protocol::score::AudienceTallied,
    pays: Option<(SeatOutcome, i64)>,
    sheet: &mut Sheet,
) {
    let (place, palette, words) = (&cx.theme.layout.duel, &cx.theme.palette, cx.words);
    let rect = place.tally;
    let whole = total(tally);
    let parts: [(SeatOutcome, u32, Gradient, Rgba, &str); 3] = [
        (SeatOutcome::Right, tally.right, palette.ok_fill, palette.ok, &words.seats_right),
        (SeatOutcome::Wrong, tally.wrong, palette.no_fill, palette.no, &words.seats_wrong),
        (SeatOutcome::Absent, tally.absent, Gradient(palette.ink3, palette.ink3), palette.ink2, &words.seats_absent),
    ];
    let shown: Vec<_> = parts.iter().filter(|part| part.0 != SeatOutcome::Absent || part.1 > 0).collect();
    let bars = shown.iter().filter(|part| part.1 > 0).count().max(1);
    let room = rect.w - place.bar_gap * (bars - 1) as f32;
    let mut x = rect.x;
    for (_, count, fill, ..) in shown.iter().filter(|part| part.1 > 0) {
        let width = (room * (f64::from(*count) / f64::from(whole.max(1))) as f32).max(1.0);
        let bar = Rect::new(x, rect.y, width, place.bar_h);
        sheet.plate(bar, [place.bar_radius.min(width / 2.0); 4], vertical(*fill), None, None);
        x += width + place.bar_gap;
    }
    let column = rect.w / shown.len().max(1) as f32;
    let role = &cx.theme.typography.tally;
    let longest = shown.iter().map(|part| part.1).max().unwrap_or(0).to_string();
    let step = fit_line(cx.set, &longest, role, column - place.head_gap);
    for (i, (outcome, count, _, ink, label)) in shown.iter().enumerate() {
        let cell = Rect::new(rect.x + i as f32 * column, rect.y + place.share_y, column, 0.0);
        let since = pays.filter(|(pays, _)| pays == outcome).map(|(_, since)| since);
        figure(cx, cell, step, (*count, whole), (*ink, label), since, sheet);
    }
}

/// One count with its share and its word; underlined where it pays.
fn figure(
    cx: &Cx,
    cell: Rect,
    step: Step,
    (count, whole): (u32, u32),
    (ink, label): (Rgba, &str),
    pays_since: Option<i64>,
    sheet: &mut Sheet,
) {
    let (place, typo, palette) = (&cx.theme.layout.duel, &cx.theme.typography, &cx.theme.palette);
    let inner = cell.w - place.head_gap;
    let text = count.to_string();
    let line = Rect { h: typo.tally.step().1, ..cell };
    sheet.line(typo, line, Anchor::Centre, &typo.tally, step, palette.ink, &text);
    if let Some(since) = pays_since {
        let came = share(cx.now, since + cx.theme.motion.halo.us(), cx.theme.motion.fade_in.us());
        let width = cx.set.width(&text, &typo.tally.style(step, ink));
        let bar = Rect::new(cell.centre().x - width / 2.0, line.y + line.h - place.underline, width, place.underline);
        let fill = Fill::Solid(palette.accent.fade(came));
        sheet.plate(bar, [place.underline / 2.0; 4], fill, None, None);
    }
    let word = label.replace("{}", &Words::with(&cx.words.percent, percent(count, whole)));
    let (step, word) = one_line(cx.set, &word, &typo.head, inner, &cx.words.more);
    let line = Rect { y: place.tally.y + place.share_word_y, h: step.1, ..cell };
    sheet.line(typo, line, Anchor::Centre, &typo.head, step, ink, word);
}

#[cfg(test)]
mod tests {
    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!(super::percent(1, 8), 13);
        assert_eq!(super::percent(1, 3), 33);
        assert_eq!(super::percent(0, 0), 0);
        assert_eq!(super::percent(u32::MAX, u32::MAX), 100);
    }
}

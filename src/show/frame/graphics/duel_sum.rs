//! What a duel pays: 10 + N where the player was right, − N where not, and what it makes of the team's score.

use super::{moment::Counted, run::Run, verdict};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::{Points, play::Outcome, roster::Team},
    state::Verdict,
    theme::Ms,
};

/// The capsule and the score, once verdict and tally are known; what is told when runs from the later of the two.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let verdict = cx.core.question.as_ref().and_then(|ask| ask.verdict.as_ref());
    let told = super::duel::paying(cx).map(|(_, since)| since);
    let place = &cx.theme.layout.duel;
    // What the score stands on as well is there before the sum is told.
    let shared = place.score.is_none() && named(cx, verdict).is_some();
    if told.is_some() || shared {
        capsule(cx, verdict.zip(told), layers);
        well(cx, layers);
    }
    if let (Some(verdict), Some(since)) = (verdict, told) {
        delta(cx, verdict, since, layers);
    }
    score(cx, verdict, told, layers);
}

/// A figure of the capsule: where, what, what it is called, colour, how much of it is seen.
struct Term<'a> {
    column: f32,
    figure: String,
    caption: &'a str,
    colour: Rgba,
    came: f32,
}

fn capsule(cx: &Cx, told: Option<(&Verdict, i64)>, layers: &mut Vec<Layer>) {
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let (place, rect) = (&layout.duel, layout.duel.formula);
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    if place.formula_plated {
        let fall = shadow(layout.shadow_high, palette.shadow_high);
        let (far, end) = (place.formula_radius, rect.h / 2.0);
        sheet.lit_plate(rect, [far, end, end, far], palette.plate, palette, layout, fall);
    }
    let tally = cx.core.audience.as_ref().and_then(|vote| vote.tally.as_ref());
    if let (Some((verdict, since)), Some(tally)) = (told, tally) {
        if place.formula_in_line {
            in_line(cx, verdict, tally.value.n, since, &mut sheet);
        } else {
            terms(cx, verdict, tally.value.n, since, &mut sheet);
        }
    }
    layers.push(cx.lay(LayerKind::Panel, 4, sheet, cx.entrance(Ms(0))));
}

/// What a right answer is worth: only the player's own.
fn base(cx: &Cx, verdict: &Verdict) -> Option<Points> {
    let rules = &cx.core.round.as_ref()?.opened.rules;
    rules.right.filter(|_| verdict.outcome == Outcome::Correct)
}

/// 答对得分 10 + 答错 6 in one line.
fn in_line(cx: &Cx, verdict: &Verdict, n: u32, since: i64, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&cx.theme.layout.duel, &cx.theme.motion);
    let counted = share(cx.now, since + motion.n_count.1.us(), motion.swap.us());
    let won = verdict.outcome == Outcome::Correct;
    let (word, figure) = ((&typo.caption, palette.ink2), &typo.duel_figure);
    let mut run = Run::new(cx);
    if let Some(base) = base(cx, verdict) {
        run = run.text(word.0, word.1, &cx.words.base_right).gap(place.arrow_gap);
        run = run.text(figure, palette.ink, base.to_string()).gap(place.arrow_gap);
        run = run.icon(Icon::Plus, place.sign, palette.ink3).gap(place.arrow_gap);
    } else if !won {
        run = run.icon(Icon::Dash, place.sign, palette.ink3).gap(place.arrow_gap);
    }
    let template = if won { &cx.words.seats_wrong } else { &cx.words.seats_right };
    run.figure(template, word, (figure, palette.accent.fade(counted)), &n.to_string()).fit(place.formula.w).draw(
        place.formula,
        Anchor::Start,
        sheet,
    );
}

/// Figures side by side, what they are called below.
fn terms(cx: &Cx, verdict: &Verdict, n: u32, since: i64, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, rect, motion) = (&cx.theme.layout.duel, cx.theme.layout.duel.formula, &cx.theme.motion);

    let came = |ms: Ms| share(cx.now, since + ms.us(), motion.fade_in.us());
    let counted = share(cx.now, since + motion.n_count.1.us(), motion.swap.us());
    let won = verdict.outcome == Outcome::Correct;
    let base = base(cx, verdict);
    let (first, sign, second, equals) = place.columns;
    let last = (place.delta.x - rect.x) / rect.w;
    // Without a base N moves up to the sign, which then is the minus alone.
    let (sign, second, equals) = match base {
        Some(_) => (sign, second, equals),
        None => (first, (first + second) / 2.0, ((first + second) / 2.0 + last) / 2.0),
    };
    let n = Term {
        column: second,
        figure: n.to_string(),
        caption: if won { &cx.words.n_wrong } else { &cx.words.n_right },
        colour: palette.accent,
        came: counted,
    };
    let base = base.map(|base| Term {
        column: first,
        figure: base.to_string(),
        caption: &cx.words.base_right,
        colour: palette.ink,
        came: 1.0,
    });
    let has_base = base.is_some();
    for term in base.into_iter().chain([n]) {
        let half = rect.w * first;
        let x = rect.x + rect.w * term.column;
        let row = |y: f32, h: f32| Rect::new(x - half, rect.y + y, 2.0 * half, h);
        // Between its neighbours: the plate's end or a sign at the left, a sign at the right.
        let apart = if term.column == second {
            (second - sign).min(equals - second)
        } else {
            term.column.min(sign - term.column)
        };
        let room = 2.0 * rect.w * apart - place.sign - place.head_gap;
        let step = fit_line(cx.set, &term.figure, &typo.duel_figure, room);
        let line = row(place.figure_y, typo.duel_figure.step().1);
        let colour = term.colour.fade(term.came);
        sheet.line(typo, line, Anchor::Centre, &typo.duel_figure, step, colour, term.figure);
        let (step, caption) = one_line(cx.set, term.caption, &typo.sub, 1.7 * half, &cx.words.more);
        sheet.line(typo, row(place.caption_y, step.1), Anchor::Centre, &typo.sub, step, palette.ink2, caption);
    }
    let y = rect.y + place.figure_y + typo.duel_figure.step().1 / 2.0;
    let at = |column: f32| Point { x: rect.x + rect.w * column, y };
    if !won {
        sheet.icon(at(sign), place.sign, Icon::Dash, palette.ink3);
    } else if has_base {
        sheet.icon(at(sign), place.sign, Icon::Plus, palette.ink3);
    }
    sheet.icon(at(equals), place.sign, Icon::Equals, palette.ink3.fade(came(motion.duel_equals)));
}

/// The empty ring at the capsule's end.
fn well(cx: &Cx, layers: &mut Vec<Layer>) {
    let (place, palette) = (&cx.theme.layout.duel, &cx.theme.palette);
    let (centre, radius) = (place.delta, place.delta_radius);
    let mut sheet = cx.sheet(Rect::disc(centre, radius + place.delta_gap).grow(place.delta_gap));
    sheet.disc(centre, radius + place.delta_gap / 2.0, Fill::Solid(palette.well), None);
    sheet.disc(centre, radius, Fill::None, outline(place.delta_stroke, palette.track));
    layers.push(cx.lay(LayerKind::Ring, 4, sheet, cx.entrance(Ms(0))));
}

/// The result in the ring at the capsule's end: the feed's own figure, never one of ours.
fn delta(cx: &Cx, verdict: &Verdict, since: i64, layers: &mut Vec<Layer>) {
    let (place, typo) = (&cx.theme.layout.duel, &cx.theme.typography);
    let motion = &cx.theme.motion;
    let (centre, radius) = (place.delta, place.delta_radius);
    let area = Rect::disc(centre, radius + place.delta_gap).grow(place.delta_gap);
    let Some(delta) = verdict.delta else { return };
    let at = (since + motion.duel_result.us()).max(linked(cx, verdict).unwrap_or(since));
    if cx.now < at {
        return;
    }
    let lost = delta.negative() || (delta == Points::ZERO && verdict.outcome != Outcome::Correct);
    let outcome = if lost { Outcome::Wrong } else { Outcome::Correct };
    let (fill, ring, ink) = verdict::colours(cx, outcome);
    let mut sheet = cx.sheet(area);
    sheet.disc(centre, radius, Fill::None, outline(place.delta_stroke, ring));
    let inner = radius - place.delta_stroke - place.delta_gap;
    sheet.disc(centre, inner, vertical(fill), None);
    let text = delta.signed();
    let step = fit_line(cx.set, &text, &typo.duel_delta, 2.0 * inner * 0.92);
    sheet.line(typo, Rect::disc(centre, inner), Anchor::Centre, &typo.duel_delta, step, ink, text);
    let popped = motion.curves.pop.progress(cx.now, at, motion.disc_in.us());
    let scale = lerp(motion.disc_from, 1.0, popped);
    layers.push(cx.lay(LayerKind::Ring, 5, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
}

/// When the score change that this verdict caused came; a correction of it is no second one.
fn linked(cx: &Cx, verdict: &Verdict) -> Option<i64> {
    let score = cx.core.scores.get(&verdict.team)?;
    score.trail.steps().iter().map(|(at, _)| *at).find(|at| *at >= verdict.since)
}

/// The team that the duel is about.
fn named<'a>(cx: &'a Cx, verdict: Option<&Verdict>) -> Option<&'a Team> {
    let turn = cx.core.turn.as_ref().map(|turn| &turn.value.team);
    cx.core.team(verdict.map(|verdict| &verdict.team).or(turn)?)
}

/// The team's score: as it was, then counting to what the duel made of it.
fn score(cx: &Cx, verdict: Option<&Verdict>, told: Option<i64>, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&layout.duel, &cx.theme.motion);
    let Some(team) = named(cx, verdict) else { return };
    let (label, figures) = (place.score_label, place.score_figures);
    let around = Rect { w: figures.x + figures.w - label.x, h: figures.y + figures.h - label.y, ..label };
    let mut sheet = cx.sheet(place.score.unwrap_or(around).grow(layout.bleed));
    if let Some(rect) = place.score {
        let fall = shadow(layout.shadow_low, palette.shadow_low);
        let (far, end) = (place.formula_radius, rect.h / 2.0);
        let border = outline(layout.border, palette.plate_border);
        sheet.plate(rect, [far, end, end, far], vertical(palette.strip), border, Some(fall));
    }
    let mut run = Run::new(cx);
    if place.score_names {
        run = run.text(&typo.sub, palette.ink2, team.short.as_ref().unwrap_or(&team.name)).gap(layout.run_gap);
    }
    run.text(&typo.sub, palette.ink2, &cx.words.stage_score).fit(place.score_label.w).draw(
        place.score_label,
        Anchor::Start,
        &mut sheet,
    );
    let counted = match cx.core.scores.get(&team.id) {
        None => Counted::still(cx.core.config.base_score),
        Some(score) => match (verdict.and_then(|verdict| linked(cx, verdict)), told) {
            (Some(_), _) if score.corrected => Counted::of(score, cx, score.since),
            (Some(changed), told) => {
                let at = told.map_or(changed, |since| changed.max(since + motion.duel_score.us()));
                Counted::of(score, cx, at)
            }
            (None, _) => Counted::still(score.value()),
        },
    };
    let roles = (&typo.duel_before, &typo.duel_score);
    counted.draw(cx, place.score_figures, roles, (place.arrow, place.arrow_gap), &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 5, sheet, cx.entrance(Ms(0))));
}

//! A big gain or loss of the team on turn: what it was is whole on the first frame, what it makes of the score counts.

use super::{run::Run, strip, verdict};
use crate::show::{
    frame::{
        correction::{At, tag_since, tags},
        cx::Cx,
        fit::{cut, fit_balanced, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::lerp,
    protocol::{
        Points,
        play::{Outcome, VerdictGiven},
        roster::Team,
    },
    state::{Core, Score, Verdict},
    theme::Words,
};

/// Disc, team, score and reason.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(turn) = &cx.core.turn else { return };
    let Some(team) = cx.core.team(&turn.value.team) else { return };
    let Some(score) = cx.core.scores.get(&team.id) else { return };
    // A correction is no second result: nothing comes on anew.
    let since = if score.corrected { cx.on_air } else { cx.on_air.max(score.since) };
    let worth = worth(cx.core, score);
    disc(cx, worth, Sort::of(cx.core, score), since, layers);
    let verdict = cx.core.question.as_ref().and_then(|ask| ask.verdict.as_ref());
    let judged = verdict.and_then(|verdict| verdict.was.as_ref()).map(|was| was.since);
    let mended = score.corrected.then_some(score.since);
    if let Some(since) = judged.max(mended) {
        tag_since(cx, tags::VERDICT, since, At::Centre(cx.theme.layout.correction.moment), layers);
    }

    let (place, typo, palette) = (&cx.theme.layout.moment, &cx.theme.typography, &cx.theme.palette);
    let motion = &cx.theme.motion;
    let mut sheet = cx.sheet(place.team);
    name(cx, team, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, Placement::at(0.0, 0.0)));

    let came = cx.fade_at(cx.on_air + motion.moment_side_delay.us(), motion.moment_in);
    let mut sheet = cx.sheet(place.player);
    player(cx, team, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 1, sheet, came));
    let (x, y) = (place.label.x.min(place.score.x), place.label.y.min(place.score.y));
    let (right, foot) = (place.score.x + place.score.w, place.score.y + place.score.h);
    let mut sheet = cx.sheet(Rect::new(x, y, right - x, foot - y));
    let label = &cx.words.stage_score;
    sheet.line(typo, place.label, Anchor::Start, &typo.caption, typo.caption.step(), palette.ink2, label);
    figures(cx, score, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 2, sheet, came));
    if let Some(layer) = reason(cx, score, since) {
        layers.push(layer);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Win,
    Loss,
    /// Neither right nor wrong.
    Correction,
}

impl Sort {
    fn of(core: &Core, score: &Score) -> Self {
        match worth(core, score) {
            _ if score.corrected && told(core).is_none() => Self::Correction,
            worth if worth.negative() => Self::Loss,
            Points::ZERO if outcome(core) != Some(Outcome::Correct) => Self::Loss,
            _ => Self::Win,
        }
    }
}

/// Whether the team on turn lost by it: the colour of the ground.
pub fn lost(core: &Core) -> bool {
    let team = core.turn.as_ref().map(|turn| turn.value.team.as_str());
    team.and_then(|team| core.scores.get(team)).is_some_and(|score| worth(core, score).negative())
}

/// What the answer brought. A corrected score has moved by more or less than that: then the verdict tells.
fn worth(core: &Core, score: &Score) -> Points {
    if score.corrected { told(core).unwrap_or(score.delta) } else { score.delta }
}

/// What the verdict on the team on turn says that it is worth.
fn told(core: &Core) -> Option<Points> {
    judged(core)?.delta
}

/// The verdict on the team on turn.
fn judged(core: &Core) -> Option<&Verdict> {
    let turn = core.turn.as_ref()?;
    core.question.as_ref()?.verdict.as_ref().filter(|verdict| verdict.team == turn.value.team)
}

/// What the figure on air stands for: a corrected verdict is told once the score has followed it.
fn outcome(core: &Core) -> Option<Outcome> {
    let verdict = judged(core)?;
    let score = core.scores.get(&verdict.team).and_then(|score| score.was.as_ref());
    let pays_otherwise = |was: &VerdictGiven| match (was.delta, verdict.delta) {
        (Some(before), Some(now)) => before != now,
        _ => (was.outcome == Outcome::Correct) != (verdict.outcome == Outcome::Correct),
    };
    match &verdict.was {
        Some(was) if pays_otherwise(&was.value) && score.is_none_or(|score| score.since < was.since) => {
            Some(was.value.outcome)
        }
        _ => Some(verdict.outcome),
    }
}

/// The name whole, in as many lines as that takes.
fn name(cx: &Cx, team: &Team, sheet: &mut Sheet) {
    let (place, typo, ink) = (&cx.theme.layout.moment, &cx.theme.typography, cx.theme.palette.ink);
    let rect = place.team;
    let step = fit_line(cx.set, &team.name, &typo.hero, rect.w);
    if cx.set.width(&team.name, &typo.hero.style(step, ink)) <= rect.w {
        sheet.line(typo, rect, place.team_at, &typo.hero, step, ink, &team.name);
        return;
    }
    let role = &typo.hero_small;
    let fitted = fit_balanced(cx.set, &team.name, role, rect.w, rect.h);
    let lines = fitted.page(0);
    let top = rect.y + (rect.h - lines.len() as f32 * fitted.step.1) / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let at = Rect::new(rect.x, top + i as f32 * fitted.step.1, rect.w, fitted.step.1);
        let line = cut(cx.set, line, &role.style(fitted.step, ink), rect.w, &cx.words.more);
        sheet.line(typo, at, place.team_at, role, fitted.step, ink, line);
    }
}

fn disc(cx: &Cx, worth: Points, sort: Sort, since: i64, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.moment, &cx.theme.typography, &cx.theme.palette);
    let (motion, centre) = (&cx.theme.motion, place.centre);
    let (ring, fill, ink) = match sort {
        Sort::Win => (palette.win_ring, palette.win_fill, palette.on_ok),
        Sort::Loss => (palette.loss_ring, palette.loss_fill, palette.on_no),
        Sort::Correction => (palette.active.1, palette.option.1, palette.ink),
    };
    let spread = place.rim + place.radius * (motion.moment_from - 1.0).max(0.0);
    let mut sheet = cx.sheet(Rect::disc(centre, place.radius + place.rim).grow(spread));
    sheet.disc(centre, place.radius + place.rim, Fill::Solid(palette.band), None);
    let inner = place.radius - place.stroke;
    sheet.disc(centre, inner, Fill::Solid(fill), None);
    let drawn = motion.curves.out.progress(cx.now, since, motion.moment_stroke.us());
    sheet.disc(centre, inner + place.stroke * drawn, Fill::None, outline(place.stroke * drawn, ring));

    let row = |y: f32, h: f32| {
        // As wide as the disc is at the farther edge of the row.
        let far = y.abs().max((y + h).abs()).min(inner);
        let half = (inner * inner - far * far).sqrt().max(inner / 2.0);
        Rect::new(centre.x - half, centre.y + y, 2.0 * half, h)
    };
    let (icon, word) = match (sort, outcome(cx.core)) {
        (Sort::Correction, _) => (None, cx.words.corrected.as_str()),
        (_, Some(outcome)) => (Some(verdict::icon(outcome)), verdict::word(cx.words, outcome)),
        (Sort::Win, None) => (Some(Icon::Check), cx.words.correct.as_str()),
        (Sort::Loss, None) => (Some(Icon::Cross), cx.words.wrong.as_str()),
    };
    if let Some(icon) = icon {
        sheet.icon(Point { x: centre.x, y: centre.y + place.icon_y }, place.icon, icon, ink);
    }
    let figure = worth.signed();
    let width = 2.0 * inner;
    let step = fit_line(cx.set, &figure, &typo.moment, width * 0.96);
    let line = Rect::new(centre.x - inner, centre.y + place.delta_y, width, typo.moment.step().1);
    sheet.line(typo, line, Anchor::Centre, &typo.moment, step, ink, figure);
    let line = row(place.word_y, typo.moment_word.step().1);
    let (step, word) = one_line(cx.set, word, &typo.moment_word, line.w, &cx.words.more);
    sheet.line(typo, line, Anchor::Centre, &typo.moment_word, step, ink, word);

    let (from, moved) = match sort {
        Sort::Loss => (motion.moment_from, motion.curves.out.progress(cx.now, since, motion.moment_settle.us())),
        _ => (motion.disc_from, motion.curves.pop.progress(cx.now, since, motion.disc_in.us())),
    };
    let scale = lerp(from, 1.0, moved);
    layers.push(cx.lay(LayerKind::Ring, 2, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
}

/// ④ 号队·4 号选手
fn player(cx: &Cx, team: &Team, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.moment, &cx.theme.typography, &cx.theme.palette);
    let (before, after) = cx.words.team_no.split_once("{}").unwrap_or(("", &cx.words.team_no));
    let mut text = after.trim_start().to_owned();
    let on_turn = cx.core.turn.as_ref().and_then(|turn| turn.value.player.as_deref());
    if let Some(player) = on_turn.and_then(|id| cx.core.player(id)) {
        if !text.is_empty() {
            text.push('·');
        }
        text +=
            &if player.name.is_empty() { Words::with(&cx.words.player, player.number) } else { player.name.clone() };
    }
    let role = &typo.moment_player;
    let mut run = Run::new(cx).text(role, palette.ink2, before.trim_end());
    if !before.is_empty() {
        run = run.gap(place.number_gap);
    }
    run = run.ringed(palette.ink2, team.number.to_string()).gap(place.number_gap).text(role, palette.ink2, text);
    run.fit(place.player.w).draw(place.player, place.team_at, sheet);
}

/// 440 → 400, the latter counting.
fn figures(cx: &Cx, score: &Score, sheet: &mut Sheet) {
    let (place, typo, motion) = (&cx.theme.layout.moment, &cx.theme.typography, &cx.theme.motion);
    let delay = if score.corrected { 0 } else { motion.moment_count_delay.us() };
    let counted = Counted::of(score, cx, score.since.max(cx.on_air) + delay);
    let roles = (&typo.moment_before, &typo.moment_score);
    counted.draw(cx, place.score, roles, (place.arrow, place.arrow_gap), sheet);
}

/// A score before and after its last change, the latter as it counts.
pub struct Counted {
    before: Option<Points>,
    shown: Points,
    after: Points,
}

impl Counted {
    /// Counting from `at`, an instant.
    pub fn of(score: &Score, cx: &Cx, at: i64) -> Self {
        let after = score.value();
        let before = score.trail.steps().iter().rev().nth(1).map(|(_, value)| *value);
        let from = before.unwrap_or(after);
        Self { before, shown: strip::counted(from, after, cx.now - at, &cx.theme.motion, score.corrected), after }
    }

    /// A score that does not change now.
    pub const fn still(value: Points) -> Self {
        Self { before: None, shown: value, after: value }
    }

    /// Sized for the widest figure it passes, so that nothing moves while it counts.
    pub fn draw(
        &self,
        cx: &Cx,
        rect: Rect,
        (small, big): (&crate::show::theme::Role, &crate::show::theme::Role),
        (arrow, gap): (f32, f32),
        sheet: &mut Sheet,
    ) {
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let mut area = rect;
        if let Some(before) = self.before {
            let text = before.to_string();
            let step = fit_line(cx.set, &text, small, rect.w * 0.3);
            let width = cx.set.width(&text, &small.style(step, Rgba::CLEAR));
            sheet.line(typo, rect, Anchor::Start, small, step, palette.ink3, text);
            let centre = Point { x: rect.x + width + gap + arrow / 2.0, y: rect.y + rect.h / 2.0 };
            sheet.icon(centre, arrow, Icon::Arrow, palette.ink3);
            let used = width + 2.0 * gap + arrow;
            area = Rect::new(rect.x + used, rect.y, rect.w - used, rect.h);
        }
        let longest = [self.before.unwrap_or(self.after), self.after].map(|value| value.to_string());
        let width = |text: &String, style| cx.set.width(text, &style);
        let step = big
            .ladder
            .iter()
            .copied()
            .find(|step| longest.iter().all(|text| width(text, big.style(*step, Rgba::CLEAR)) <= area.w));
        let step = step.or(big.ladder.last().copied()).unwrap_or(big.step());
        sheet.line(typo, area, Anchor::Start, big, step, palette.ink, self.shown.to_string());
    }
}

/// The scoring system's reason in a pill of the result's colour.
fn reason(cx: &Cx, score: &Score, since: i64) -> Option<Layer> {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.moment;
    let told = cx.core.question.as_ref().and_then(|ask| ask.verdict.as_ref());
    let told = told.is_some_and(|verdict| verdict::word(cx.words, verdict.outcome) == score.reason);
    if score.reason.is_empty() || told {
        return None;
    }
    let sort = if score.corrected { Sort::Correction } else { Sort::of(cx.core, score) };
    let (fill, ink) = match sort {
        Sort::Win => (palette.ok_fill, palette.on_ok),
        Sort::Loss => (palette.no_fill, palette.on_no),
        Sort::Correction => (palette.active, palette.on_active),
    };
    let role = &typo.reason;
    let room = place.reason.w - 2.0 * place.reason_padding;
    let (step, text) = one_line(cx.set, score.reason.lines().next().unwrap_or_default(), role, room, &cx.words.more);
    let width = cx.set.width(&text, &role.style(step, ink)) + 2.0 * place.reason_padding;
    let x = match place.reason_at {
        Anchor::Start => place.reason.x,
        Anchor::Centre => place.reason.centre().x - width / 2.0,
        Anchor::End => place.reason.x + place.reason.w - width,
    };
    let pill = Rect { x, w: width, ..place.reason };
    let mut sheet = cx.sheet(pill.grow(layout.bleed));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(fill), None, Some(fall));
    sheet.line(typo, pill, Anchor::Centre, role, step, ink, text);
    let motion = &cx.theme.motion;
    let at = since.max(score.since) + motion.moment_reason_delay.us();
    let moved = motion.curves.out.progress(cx.now, at, motion.moment_in.us());
    let came = cx.fade_at(at, motion.moment_in).moved(0.0, motion.travel_px * (1.0 - moved));
    Some(cx.lay(LayerKind::Panel, 3, sheet, came))
}

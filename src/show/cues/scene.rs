//! What the scene on air does: entrances, lock, verdict, reveals, coins, seats, formula, hits.

use super::{CueTimes, Fact, Sheet, table};
use crate::show::{
    cue::Cue,
    protocol::{Points, play::Outcome, roster::Format, score::SlateKind},
    state::{Ask, Core, RushRun, Scene, Show, Stamped},
    time::ms,
};

pub(super) fn cues(show: &Show, times: &CueTimes, sheet: &mut Sheet) {
    let (core, program) = (&show.core, &show.program);
    let entry = Fact { seq: program.seq, since: program.since };
    match program.scene {
        Scene::Card => {
            sheet.put(entry, Cue::Reveal, 0, 0, times.entrance_gain_db);
            question(core, sheet);
        }
        Scene::Slate => slate(show, entry, times, sheet),
        Scene::Standings | Scene::Total | Scene::Award => {
            sheet.put(entry, Cue::Reveal, 0, 0, times.entrance_gain_db);
            match program.scene {
                Scene::Standings => table::standings(show, times, sheet),
                Scene::Total => table::total(show, times, sheet),
                _ => table::award(core, times, sheet),
            }
        }
        Scene::Moment => {
            if lost(core) {
                sheet.later(entry, Cue::Loss, times.moment_hit_ms);
            } else {
                sheet.later(entry, Cue::Hit, times.moment_hit_ms);
                if won(core) {
                    sheet.later(entry, Cue::Applause, times.moment_hit_ms + times.applause.gain.0);
                }
            }
            question(core, sheet);
        }
        Scene::Duel => {
            question(core, sheet);
            duel(core, times, sheet);
        }
        Scene::Buzzer => {
            question(core, sheet);
            buzzer(core, sheet);
        }
        Scene::Risk => risk(core, times, sheet),
        Scene::Rush => pips(core, sheet),
        Scene::Formula => formula(core, times, sheet),
        Scene::Assignment => {
            for edge in core.edges.iter() {
                let fact = Fact { seq: edge.seq, since: edge.since };
                sheet.now(fact, Cue::Flip);
                sheet.later(fact, Cue::Hit, times.assignment_hit_ms);
            }
        }
        Scene::Draw => draw(core, times, sheet),
        Scene::Advance => table::advance(core, times, sheet),
        Scene::Ground | Scene::Idle | Scene::Media => {}
    }
    judging(core, program.scene, times, sheet);
}

fn of<T>(stamped: &Stamped<T>) -> Fact {
    Fact { seq: stamped.seq, since: stamped.since }
}

/// The show's beginning and end have the sting, any other slate its entrance; music under those that the theme names.
fn slate(show: &Show, entry: Fact, times: &CueTimes, sheet: &mut Sheet) {
    let kind = show.core.slate.as_ref().map(|slate| slate.shown.kind);
    if matches!(kind, Some(SlateKind::Title | SlateKind::Thanks)) {
        sheet.now(entry, Cue::Sting);
    } else {
        sheet.put(entry, Cue::Reveal, 0, 0, times.entrance_gain_db);
    }
    if !has_bed(show, times) {
        return;
    }
    let (lead, bar) = (ms(times.bed.lead.0), ms(times.bed.bar.0).max(1));
    let first = sheet.from.saturating_sub(entry.since.saturating_add(lead)).div_euclid(bar).max(0);
    let last = sheet.to.saturating_sub(entry.since.saturating_add(lead)).div_euclid(bar);
    for n in first..=last {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        sheet.vary(entry, Cue::Bed, n, n, lead.saturating_add(bar.saturating_mul(i64::from(n))), 0.0);
    }
}

/// A slate is on that the theme puts music under.
pub(super) fn has_bed(show: &Show, times: &CueTimes) -> bool {
    is_bed(show.program.scene, &show.core, times)
}

pub(super) fn is_bed(scene: Scene, core: &Core, times: &CueTimes) -> bool {
    let slate = core.slate.as_ref().filter(|_| scene == Scene::Slate);
    slate.is_some_and(|slate| times.bed.slates.contains(&slate.shown.kind))
}

/// What the score of the team on turn has moved by, where that was no correction.
fn moved(core: &Core) -> Option<Points> {
    let turn = core.turn.as_ref()?;
    core.scores.get(&turn.value.team).filter(|score| !score.corrected).map(|score| score.delta)
}

/// The team on turn has lost by its answer.
pub(super) fn lost(core: &Core) -> bool {
    moved(core).is_some_and(Points::negative)
}

fn won(core: &Core) -> bool {
    moved(core).is_some_and(|delta| !delta.negative() && delta != Points::ZERO)
}

fn question(core: &Core, sheet: &mut Sheet) {
    let Some(ask) = &core.question else { return };
    if let Some(locked) = ask.answer.as_ref().and_then(|answer| answer.locked) {
        sheet.now(Fact { seq: ask.seq, since: locked }, Cue::Lock);
    }
    // A corrected verdict is a notice, never a result: `judging` has it.
    if let Some(verdict) = ask.verdict.as_ref().filter(|verdict| verdict.was.is_none()) {
        let fact = Fact { seq: verdict.seq, since: verdict.since };
        match verdict.outcome {
            Outcome::Correct => sheet.now(fact, Cue::Correct),
            // An audience that guesses wrong has lost nothing.
            Outcome::Wrong | Outcome::Incomplete | Outcome::Prompted if audience(core) => sheet.now(fact, Cue::Chime),
            Outcome::Wrong | Outcome::Incomplete | Outcome::Prompted => sheet.now(fact, Cue::Wrong),
            // The gong and the foul have been heard.
            Outcome::Timeout | Outcome::Foul => {}
            Outcome::Void => sheet.now(fact, Cue::Chime),
        }
    }
    if let Some(key) = ask.key.as_ref().filter(|_| !right(ask)) {
        sheet.now(of(key), Cue::Reveal);
    }
    if let Some(withdrawn) = &ask.withdrawn {
        sheet.now(of(withdrawn), Cue::Chime);
    }
}

/// The hall is asked, not a team.
fn audience(core: &Core) -> bool {
    core.round.as_ref().is_some_and(|round| round.closed.is_none() && round.opened.format == Format::AudienceQuiz)
}

/// A right answer has shown the key already: the reveal brings nothing to hear.
fn right(ask: &Ask) -> bool {
    ask.verdict.as_ref().is_some_and(|verdict| verdict.outcome == Outcome::Correct)
}

fn duel(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let Some(vote) = &core.audience else { return };
    let Some(tally) = &vote.tally else { return };
    for seat in 0..vote.seats {
        let offset = times.flip_first_ms.saturating_add(times.flip_step_ms.saturating_mul(i64::from(seat)));
        sheet.vary(of(tally), Cue::Flip, seat + 1, seat, ms(offset), times.flip_gain_db);
    }
    sheet.later(of(tally), Cue::Hit, times.duel_hit_ms);
}

fn buzzer(core: &Core, sheet: &mut Sheet) {
    let Some(buzzer) = &core.buzzer else { return };
    if let Some(armed) = buzzer.armed {
        sheet.now(Fact { seq: buzzer.seq, since: armed }, Cue::Go);
    }
    // Each team has a tone of its own, by its place on the strip.
    let place = |team: &str| core.teams().iter().position(|it| it.id == team).unwrap_or(0) as u32;
    for hit in buzzer.hits.iter().filter(|hit| hit.order <= 1) {
        sheet.vary(Fact { seq: hit.seq, since: hit.since }, Cue::Buzzer, 0, place(&hit.team), 0, 0.0);
    }
    for foul in &buzzer.fouls {
        sheet.now(Fact { seq: foul.seq, since: foul.since }, Cue::Foul);
    }
}

/// A flip a coin, and the hit once the last team's value lies open. Teams revealed together share one instant: a roll
/// over the hold, then coin by coin in the teams' order.
fn risk(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let Some(risk) = &core.risk else { return };
    let mut last: Option<(Fact, i64)> = None;
    let mut place: i64 = 0;
    let mut before: Option<i64> = None;
    for (value, _) in revealed(core) {
        place = if before == Some(value.since) { place + 1 } else { 0 };
        before = Some(value.since);
        let together = risk.revealed.iter().filter(|(_, other)| other.since == value.since).count() > 1;
        let turn_ms = if together { times.coin_hold_ms + place * times.coin_stagger_ms } else { 0 };
        if together && place == 0 {
            sheet.now(value, Cue::Roll);
        }
        sheet.vary(value, Cue::Flip, 0, place as u32, ms(turn_ms), 0.0);
        last = Some((value, turn_ms));
    }
    if let Some((value, turn_ms)) = last.filter(|_| risk.revealed.len() >= core.config.teams.len()) {
        sheet.later(value, Cue::Hit, turn_ms + times.risk_hit_ms);
    }
}

/// The values that lie open, in the order their coins turn: by instant, then by the teams' numbers.
fn revealed(core: &Core) -> Vec<(Fact, u32)> {
    let number = |team: &str| core.team(team).map_or(u32::MAX, |team| team.number);
    let open = core.risk.iter().flat_map(|risk| &risk.revealed);
    let mut order: Vec<_> = open.map(|(team, value)| (of(value), number(team))).collect();
    order.sort_by_key(|(value, number)| (value.since, *number, value.seq));
    order
}

fn pips(core: &Core, sheet: &mut Sheet) {
    for pip in core.rush.iter().flat_map(|run| &run.pips).flatten() {
        sheet.now(of(pip), if pip.value == Outcome::Correct { Cue::Pip } else { Cue::PipWrong });
    }
}

fn formula(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let finished = |run: &RushRun| run.finished.as_ref().map(of);
    let Some(fact) = core.rush.as_ref().and_then(finished) else { return };
    for (n, term) in (1..).zip(&times.formula_terms_ms) {
        sheet.vary(fact, Cue::Count, n, n - 1, ms(*term), times.count_gain_db);
    }
    sheet.later(fact, Cue::Reveal, times.formula_sweep_ms);
    sheet.later(fact, Cue::Hit, times.formula_hit_ms);
}

/// A roll into the reel's landing, the hit as it lands. A result that another one overtakes is not landed on.
fn draw(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let Some(draw) = &core.draw else { return };
    sheet.put(Fact { seq: draw.seq, since: draw.since }, Cue::Reveal, 0, 0, times.entrance_gain_db);
    for resolved in &draw.resolved {
        let land = ms(times.draw_land_ms);
        let later = |other: &&Stamped<_>| (other.since, other.seq) > (resolved.since, resolved.seq);
        let next = draw.resolved.iter().filter(later).map(|other| other.since).min();
        if next == Some(resolved.since) {
            continue;
        }
        let lasts = |until: i64| next.is_none_or(|next| next >= resolved.since.saturating_add(until));
        let rolls = (land - ms(times.roll_ms)).max(0);
        if lasts(rolls) {
            sheet.put(of(resolved), Cue::Roll, 0, rolls, 0.0);
        }
        if lasts(land) {
            sheet.put(of(resolved), Cue::Hit, 0, land, 0.0);
        }
    }
}

/// 合议, its ruling and every correction that the scene shows: a neutral notice each, one for those that come together.
fn judging(core: &Core, scene: Scene, times: &CueTimes, sheet: &mut Sheet) {
    let corrected = core.corrections().into_iter().filter(|corrected| corrected.kind.seen_in(scene));
    let mut notices: Vec<Fact> = corrected.map(|it| Fact { seq: it.seq, since: it.since }).collect();
    if let Some(appeal) = &core.appeal {
        notices.push(Fact { seq: appeal.seq, since: appeal.since });
        notices.extend(appeal.resolved.as_ref().map(of));
    }
    notices.sort_by_key(|fact| (fact.since, fact.seq));
    let mut last: Option<i64> = None;
    for fact in notices {
        if last.is_none_or(|last| fact.since.saturating_sub(last) >= ms(times.chime_gap_ms)) {
            sheet.now(fact, Cue::Chime);
            last = Some(fact.since);
        }
    }
}

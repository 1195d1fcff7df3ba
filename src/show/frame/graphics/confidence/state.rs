//! What became of it, in a sign and words: locked, right, wrong, foul, withdrawn, under appeal; below it what was answered.

use super::{
    super::{buzzer::Face, quiz, run::Run, verdict},
    Screen, question,
};
use crate::show::{
    frame::{
        Fill,
        layer::{Layer, LayerKind},
        part::{Anchor, Icon, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    protocol::{
        Points,
        play::{Outcome, Phase},
    },
    state::{Ask, AudienceVote, Scene},
    theme::{Gradient, Words},
};

/// A sign, a word and perhaps a figure, on a plate or in an outline.
struct State {
    fill: Option<Gradient>,
    ink: Rgba,
    icon: Option<Icon>,
    word: String,
    figure: Option<String>,
}

pub fn compose(screen: &Screen, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let palette = &cx.theme.palette;
    let mut sheet = Sheet::new(place.state.union(place.note).grow(place.gap / 2.0));
    let state = state(screen);
    let (note, counts) = (note(screen), counts(screen));
    if state.is_none() && note.is_none() && counts.is_none() {
        return;
    }
    if let Some(state) = state {
        let rect = place.state;
        let border = state.fill.is_none().then(|| outline(place.outline, state.ink)).flatten();
        sheet.plate(rect, [place.radius; 4], state.fill.map_or(Fill::None, vertical), border, None);
        let mut run = Run::new(cx);
        if let Some(icon) = state.icon {
            run = run.icon(icon, place.icon, state.ink).gap(place.gap / 2.0);
        }
        run = run.text(&place.word, state.ink, state.word);
        if let Some(figure) = state.figure {
            run = run.gap(place.gap).text(&place.number, state.ink, figure);
        }
        run.fit(rect.w - place.padding).draw(rect, Anchor::Centre, &mut sheet);
    }
    if let Some((right, wrong)) = counts {
        // What nobody was needs no sign.
        let told = [(Icon::Check, palette.ok, right), (Icon::Cross, palette.ring_critical, wrong)];
        let run = told.into_iter().filter(|(.., count)| *count > 0).fold(Run::new(cx), |run, (icon, ink, count)| {
            let run = run.icon(icon, place.icon, ink).gap(place.gap / 2.0);
            run.text(&place.number, palette.well_ink, count.to_string()).gap(2.0 * place.padding)
        });
        run.fit(place.note.w).draw(place.note, Anchor::Start, &mut sheet);
    } else if let Some(note) = note {
        screen.line(&mut sheet, place.note, Anchor::Start, &place.line, palette.well_ink, &note);
    }
    layers.push(Screen::lay(LayerKind::Badge, 0, sheet));
}

/// The gravest that is true now.
fn state(screen: &Screen) -> Option<State> {
    let (cx, core, words) = (screen.cx, screen.cx.core, screen.cx.words);
    let palette = &cx.theme.palette;
    let plate = |fill: Gradient, ink, icon, word: &str| State {
        fill: Some(fill),
        ink,
        icon,
        word: word.to_owned(),
        figure: None,
    };
    let line = |ink, word: &str| State { fill: None, ink, icon: None, word: word.to_owned(), figure: None };
    if core.appeal.as_ref().is_some_and(|appeal| appeal.resolved.is_none()) {
        return Some(plate(palette.active, palette.on_active, Some(Icon::Gavel), &words.appeal));
    }
    let ask = core.question.as_ref().filter(|_| question::is_on(screen));
    if ask.is_some_and(|ask| ask.withdrawn.is_some()) {
        return Some(plate(palette.active, palette.on_active, Some(Icon::Dash), &words.withdrawn));
    }
    if let Some(verdict) = ask.and_then(|ask| ask.verdict.as_ref()) {
        let (fill, ink) = match verdict.outcome {
            Outcome::Correct => (palette.ok_fill, palette.on_ok),
            Outcome::Void => (palette.active, palette.on_active),
            // An audience's answer is thanked, whatever it is.
            _ if quiz::is_on(core) => {
                return Some(plate(palette.active, palette.on_active, None, &words.slates.souvenir));
            }
            _ => (palette.no_fill, palette.on_no),
        };
        let said = plate(fill, ink, Some(verdict::icon(verdict.outcome)), verdict::word(words, verdict.outcome));
        let figure = verdict.delta.filter(|_| !quiz::is_on(core)).map(Points::signed);
        return Some(State { figure, ..said });
    }
    let answer = ask.and_then(|ask| ask.answer.as_ref());
    match core.buzzer.as_ref().map(Face::of) {
        Some(Face::Fouled(_)) => {
            return Some(plate(palette.no_fill, palette.on_no, Some(Icon::Bang), &words.buzz_foul));
        }
        Some(Face::Armed(_)) => return Some(plate(palette.accent_fill, palette.on_accent, None, &words.buzz_call)),
        Some(Face::Shut) => return Some(line(palette.well_ink2, &words.buzz_closed)),
        Some(Face::Won(_)) if answer.is_none() && core.clock.is_none() => {
            return Some(plate(palette.ok_fill, palette.on_ok, Some(Icon::Check), &words.buzz_won));
        }
        _ => {}
    }
    if answer.is_some_and(|answer| answer.locked.is_some()) {
        return Some(plate(palette.accent_fill, palette.on_accent, Some(Icon::Lock), &words.monitor.locked));
    }
    if answer.is_some() {
        return Some(line(palette.ring, &words.selected));
    }
    // Time is up, or all is told: nothing more is asked of the hall.
    let over = core.clock.as_ref().is_some_and(|clock| clock.remaining_us(cx.now) == 0);
    let phase = core.phase.as_ref().filter(|_| ask.is_some_and(|ask| ask.key.is_none()) && !over)?;
    let word = match phase.value {
        Phase::Reading => &words.phase_reading,
        Phase::Discussion => &words.phase_discussion,
        Phase::Answering => &words.phase_answering,
    };
    Some(line(palette.well_ink, word))
}

/// One line about it: a ruling, a correction, a foul's consequence, the audience's count, what was picked.
fn note(screen: &Screen) -> Option<String> {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let hold = screen.cx.theme.motion.ruling_hold.us();
    let fresh = |since: i64| screen.cx.now.saturating_sub(since) < hold;
    let said = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    if let Some(appeal) = &core.appeal {
        match &appeal.resolved {
            None => return core.team(&appeal.opened.team).map(|team| team.name.clone()),
            Some(ruling) if fresh(ruling.since) => return said(&ruling.value.outcome),
            Some(_) => {}
        }
    }
    let corrected = core.scores.iter().filter(|(_, score)| score.corrected && fresh(score.since));
    if let Some((team, score)) = corrected.max_by_key(|(_, score)| score.seq) {
        let name = core.team(team).map_or(team.as_str(), |team| team.short.as_ref().unwrap_or(&team.name));
        return Some(format!("{} {name} {}", words.corrected, score.value()));
    }
    let ask = core.question.as_ref().filter(|_| question::is_on(screen));
    if let Some(Face::Fouled(press)) = core.buzzer.as_ref().map(Face::of) {
        return press.note.as_deref().and_then(said);
    }
    core.audience.as_ref().map(|vote| audience(words, vote)).or_else(|| ask.and_then(|ask| answered(words, ask)))
}

/// Right and wrong answers: the audience's once they are told, a speed round's so far.
fn counts(screen: &Screen) -> Option<(u32, u32)> {
    let core = screen.cx.core;
    if let Some(tally) = core.audience.as_ref().and_then(|vote| vote.tally.as_ref()) {
        return Some((tally.value.right, tally.value.wrong));
    }
    let run = core.rush.as_ref().filter(|_| screen.scene == Scene::Rush)?;
    let right = run.pips.iter().flatten().filter(|pip| pip.value == Outcome::Correct).count() as u32;
    Some((right, run.pips.iter().flatten().count() as u32 - right))
}

/// How many of the audience are in.
fn audience(words: &Words, vote: &AudienceVote) -> String {
    match vote.seats {
        0 => Words::with(&words.audience_locked, vote.count),
        seats => Words::with(&Words::with(&words.monitor.seats_in, vote.count), seats),
    }
}

fn answered(words: &Words, ask: &Ask) -> Option<String> {
    let given = &ask.answer.as_ref()?.given;
    (!given.choice.is_empty()).then(|| Words::with(&words.monitor.answer, given.choice.join(" ")))
}

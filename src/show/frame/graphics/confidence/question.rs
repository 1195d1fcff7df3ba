//! The question with its options and what is known of each; after the reveal what is right, and why.

use super::{
    super::{options::Choice, quiz},
    Screen,
    flow::{Block, Flow, Mark},
};
use crate::show::{
    frame::{
        layer::{Layer, LayerKind},
        part::{Icon, Rect, Rgba},
        sheet::Sheet,
    },
    protocol::play::{Outcome, QuestionOption},
    state::{Ask, Scene},
    theme::Words,
};

/// Whether a question is what the hall deals with now.
pub fn is_on(screen: &Screen) -> bool {
    let asked = matches!(screen.scene, Scene::Card | Scene::Rush | Scene::Duel | Scene::Buzzer | Scene::Moment);
    asked && screen.cx.core.question.is_some()
}

pub fn compose(screen: &Screen, room: Rect, layers: &mut Vec<Layer>) {
    let Some(ask) = &screen.cx.core.question else { return };
    let flow = set(screen, ask, room);
    let since = ask.key.as_ref().map_or(ask.since, |key| key.since);
    let mut sheet = Sheet::new(room.grow(screen.place.gap));
    flow.draw(screen, flow.page(screen.place, since, screen.cx.now), &mut sheet);
    layers.push(Screen::lay(LayerKind::Card, 0, sheet));
}

/// Everything where it fits; else, once it is revealed, what is right and why alone.
fn set(screen: &Screen, ask: &Ask, room: Rect) -> Flow {
    let told = told(screen, ask);
    let mut blocks = vec![Block::text(ask.question.stem.trim(), plain(screen))];
    blocks.extend(ask.question.options.iter().map(|option| choice(screen, ask, option)));
    blocks.extend(answered(screen, ask));
    blocks.extend(withdrawn(screen, ask));
    if ask.key.is_none() {
        return Flow::fit(screen, blocks, room);
    }
    blocks.extend(told);
    let whole = Flow::fit(screen, blocks, room);
    if whole.is_whole() {
        return whole;
    }
    let key = ask.key.as_ref().map(|key| &key.value.key);
    let right = ask.question.options.iter().filter(|option| key.is_some_and(|key| key.contains(&option.label)));
    let mut blocks: Vec<Block> = right.map(|option| choice(screen, ask, option)).collect();
    blocks.extend(self::told(screen, ask));
    Flow::fit(screen, blocks, room)
}

fn plain(screen: &Screen) -> Mark {
    let palette = &screen.cx.theme.palette;
    Mark::plain(palette.well_ink, palette.well_ink)
}

/// What was said where there is nothing to pick from, with what became of it.
fn answered(screen: &Screen, ask: &Ask) -> Option<Block> {
    let palette = &screen.cx.theme.palette;
    let answer = ask.answer.as_ref().filter(|_| ask.question.options.is_empty())?;
    let text = answer.given.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let text = Words::with(&screen.cx.words.monitor.answer, text);
    let mark = match ask.verdict.as_ref().map(|verdict| verdict.outcome) {
        _ if quiz::is_on(screen.cx.core) => outlined(screen, palette.well_ink2, None),
        Some(Outcome::Correct) => outlined(screen, palette.ok, Some(Icon::Check)),
        Some(Outcome::Void) => outlined(screen, palette.well_ink2, Some(Icon::Dash)),
        Some(_) => outlined(screen, palette.ring_critical, Some(Icon::Cross)),
        None if answer.locked.is_some() => outlined(screen, palette.ring, Some(Icon::Lock)),
        None => outlined(screen, palette.ring, None),
    };
    Some(Block { sign: true, indent: true, ..Block::text(text, mark) })
}

/// Why the question no longer counts.
fn withdrawn(screen: &Screen, ask: &Ask) -> Option<Block> {
    let palette = &screen.cx.theme.palette;
    let (ink, text) = (palette.on_active, ask.withdrawn.as_ref()?.value.reason.trim());
    if text.is_empty() {
        return None;
    }
    let mark = Mark { ink, letter: ink, fill: Some(palette.active), border: None, icon: Some(Icon::Dash) };
    Some(Block { sign: true, indent: true, ..Block::text(text, mark) })
}

fn outlined(screen: &Screen, colour: Rgba, icon: Option<Icon>) -> Mark {
    Mark { ink: screen.cx.theme.palette.well_ink, letter: colour, fill: None, border: Some(colour), icon }
}

/// The reference answer where there are no options, then the explanation: after the reveal, never before it.
fn told(screen: &Screen, ask: &Ask) -> Vec<Block> {
    let (words, palette) = (screen.cx.words, &screen.cx.theme.palette);
    let Some(key) = &ask.key else { return Vec::new() };
    let mut blocks = Vec::new();
    if ask.question.options.is_empty() {
        let mark = Mark {
            ink: palette.on_ok,
            letter: palette.on_ok,
            fill: Some(palette.ok_fill),
            border: None,
            icon: Some(Icon::Check),
        };
        let parts: Vec<&str> = key.value.key.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        let text = Words::with(&words.reference_is, parts.join("；"));
        blocks.push(Block { sign: true, indent: true, ..Block::text(text, mark) });
    }
    let explanation = key.value.explanation.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mark = Mark::plain(palette.well_ink2, palette.well_ink2);
    blocks.extend(explanation.map(|text| Block::text(format!("{}　{text}", words.explanation), mark)));
    blocks
}

/// One option; every state has its sign.
fn choice(screen: &Screen, ask: &Ask, option: &QuestionOption) -> Block {
    let palette = &screen.cx.theme.palette;
    let filled = |fill, ink, icon| Mark { ink, letter: ink, fill: Some(fill), border: None, icon };
    let outlined = |colour, icon| outlined(screen, colour, icon);
    let mark = match Choice::shown(screen.cx, ask, option) {
        Choice::Idle => Mark::plain(palette.well_ink, palette.ring),
        Choice::Selected => outlined(palette.ring, None),
        Choice::Locked => filled(palette.accent_fill, palette.on_accent, Some(Icon::Lock)),
        Choice::Right => filled(palette.ok_fill, palette.on_ok, Some(Icon::Check)),
        Choice::Missed => outlined(palette.well_ink, Some(Icon::Check)),
        Choice::Wrong => filled(palette.no_fill, palette.on_no, Some(Icon::Cross)),
        Choice::Picked => outlined(palette.well_ink2, None),
        Choice::Other => Mark::plain(palette.well_ink2, palette.well_ink2),
    };
    Block { sign: true, pairs: true, ..Block::row(option.label.trim(), option.text.trim(), None, mark) }
}

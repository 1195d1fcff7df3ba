//! Between questions: who is on now, or which round begins.

use super::{buzzer::hero, run::Run};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::lerp,
    protocol::roster::{Format, Player, Team, TurnGiven},
    state::{Core, Round, Scene},
    theme::{Ms, Words},
};

/// The team on turn; without one, the round that begins or is over; before the first round, the show.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    match (on_turn(cx.core), &cx.core.round) {
        (Some((turn, team)), _) => plate(cx, turn, team, layers),
        (None, Some(round)) => open(cx, round, layers),
        (None, None) => {
            let config = &cx.core.config;
            named(cx, &config.title, &config.subtitle, layers);
        }
    }
}

fn on_turn(core: &Core) -> Option<(&TurnGiven, &Team)> {
    let turn = &core.turn.as_ref()?.value;
    Some((turn, core.team(&turn.team)?))
}

/// Whether this scene says the round's name itself, larger than the header would.
pub fn names_the_round(scene: Scene, core: &Core) -> bool {
    scene == Scene::Idle && core.round.is_some() && on_turn(core).is_none()
}

/// Whether this scene names who plays, or lets all play: the header's right end is empty then.
pub const fn names_the_team(scene: Scene) -> bool {
    matches!(scene, Scene::Idle | Scene::Buzzer | Scene::Assignment)
}

/// Number in its ring, the team, the player, the question's number.
fn plate(cx: &Cx, turn: &TurnGiven, team: &Team, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&layout.turn, &cx.theme.motion);
    let mut sheet = cx.sheet(Rect::disc(place.disc, place.radius + place.rim).grow(layout.bleed));
    sheet.disc(place.disc, place.radius + place.rim, Fill::Solid(palette.well), None);
    sheet.disc(place.disc, place.radius, Fill::None, outline(place.stroke, palette.active.1));
    sheet.disc(place.disc, place.inner, vertical(palette.active), None);
    let text = team.number.to_string();
    let step = fit_line(cx.set, &text, &typo.turn_number, 2.0 * place.inner * 0.86);
    let disc = Rect::disc(place.disc, place.inner);
    sheet.line(typo, disc, Anchor::Centre, &typo.turn_number, step, palette.on_active, text);
    let came = cx.entrance(Ms(0)).opacity;
    let scale = lerp(motion.disc_from, 1.0, motion.curves.pop.progress(cx.now, cx.since, motion.disc_in.us()));
    layers.push(cx.lay(LayerKind::Ring, 6, sheet, Placement::at(0.0, 0.0).scaled(scale, scale).faded(came)));

    let mut sheet = cx.sheet(place.team.grow(layout.bleed / 2.0));
    hero(cx, &team.name, &typo.buzz_team, place.team, Anchor::Start, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(motion.stagger)));
    if let Some(text) = count(cx.words, turn) {
        let mut sheet = cx.sheet(place.pill.grow(layout.bleed));
        pill(cx, &text, place.pill, Anchor::Start, &mut sheet);
        layers.push(cx.lay(LayerKind::Panel, 1, sheet, cx.entrance(Ms(0))));
    }
    let mut sheet = cx.sheet(place.player);
    player(cx, turn, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 2, sheet, cx.entrance(Ms(2 * motion.stagger.0))));
}

/// 第 1 题 / 共 3 题
pub fn count(words: &Words, turn: &TurnGiven) -> Option<String> {
    let no = turn.question_no?;
    Some(match turn.of.filter(|of| *of > 0) {
        Some(of) => Words::with(&Words::with(&words.question_of, no), of),
        None => Words::with(&words.question_no, no),
    })
}

/// The player's name, with the number before it; in a speed round, that this one stands at the desk.
fn player(cx: &Cx, turn: &TurnGiven, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.turn, &cx.theme.typography, &cx.theme.palette);
    let Some(player) = turn.player.as_deref().and_then(|id| cx.core.player(id)) else { return };
    let role = &typo.turn_player;
    let mut run = Run::new(cx);
    let rush = cx.core.round.as_ref().is_some_and(|round| round.opened.format == Format::Rush);
    if rush {
        run = run.text(role, palette.ink2, &cx.words.at_desk).gap(place.gap);
    }
    for (i, part) in called(cx.words, player).into_iter().enumerate() {
        let spaced = if i > 0 { run.gap(place.gap) } else { run };
        run = spaced.text(role, palette.ink, part);
    }
    run.fit(place.player.w).draw(place.player, Anchor::Start, sheet);
}

/// 1 号选手 王　琳; a name that says its number itself (1号选手) stands alone.
pub fn called(words: &Words, player: &Player) -> Vec<String> {
    let number = Words::with(&words.player, player.number);
    let said = player.name.contains(&player.number.to_string());
    match player.name.as_str() {
        "" => vec![number],
        name if said => vec![name.to_owned()],
        name => vec![number, name.to_owned()],
    }
}

/// Text in the active team's light.
fn pill(cx: &Cx, text: &str, row: Rect, anchor: Anchor, sheet: &mut Sheet) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (role, padding) = (&typo.buzz_pill, layout.turn.pill_padding);
    let (step, text) = one_line(cx.set, text, role, row.w - 2.0 * padding, &cx.words.more);
    let w = cx.set.width(&text, &role.style(step, palette.on_active)) + 2.0 * padding;
    let x = if anchor == Anchor::Centre { row.x + (row.w - w) / 2.0 } else { row.x };
    let rect = Rect { x, w, ..row };
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    sheet.line(typo, rect, Anchor::Centre, role, step, palette.on_active, text);
}

/// 第 2 环节 / 共 5 环节, or that it is over.
pub fn round_number(words: &Words, round: &Round) -> Option<String> {
    match (round.opened.number, round.opened.of) {
        _ if round.closed.is_some() => Some(words.round_over.clone()),
        (0, _) => None,
        (number, 0) => Some(Words::with(&words.round_no, number)),
        (number, of) => Some(Words::with(&Words::with(&words.round_of, number), of)),
    }
}

/// 第 2 环节 / 共 5 环节 (or that it is over), the round's name, what it stands for, who answers.
fn open(cx: &Cx, round: &Round, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion, opened) = (&layout.turn, &cx.theme.motion, &round.opened);
    if let Some(text) = round_number(cx.words, round) {
        let mut sheet = cx.sheet(place.round_pill.grow(layout.bleed));
        pill(cx, &text, place.round_pill, Anchor::Centre, &mut sheet);
        layers.push(cx.lay(LayerKind::Panel, 3, sheet, cx.entrance(Ms(0))));
    }
    named(cx, &opened.name, &opened.subtitle, layers);
    if !opened.rules.who.is_empty() && round.closed.is_none() {
        let role = &typo.withdrawn_reason;
        let fitted = fit(cx.set, &opened.rules.who, role, place.who.w, place.who.h);
        let page = super::page(cx, cx.since, fitted.pages.len());
        let mut sheet = cx.sheet(place.who);
        for (i, line) in fitted.page(page).iter().enumerate() {
            let row = Rect { y: place.who.y + i as f32 * fitted.step.1, h: fitted.step.1, ..place.who };
            sheet.line(typo, row, Anchor::Centre, role, fitted.step, palette.ink, line);
        }
        layers.push(cx.lay(LayerKind::Panel, 6, sheet, cx.entrance(Ms(3 * motion.stagger.0))));
    }
}

/// A name in the middle of the picture, and below it what it stands for.
fn named(cx: &Cx, name: &str, subtitle: &str, layers: &mut Vec<Layer>) {
    let (place, typo, motion) = (&cx.theme.layout.turn, &cx.theme.typography, &cx.theme.motion);
    let mut sheet = cx.sheet(place.round);
    hero(cx, name, &typo.buzz_team, place.round, Anchor::Centre, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 4, sheet, cx.entrance(motion.stagger)));
    if !subtitle.is_empty() {
        let mut sheet = cx.sheet(place.subtitle);
        let role = &typo.turn_player;
        let (step, text) = one_line(cx.set, subtitle, role, place.subtitle.w, &cx.words.more);
        sheet.line(typo, place.subtitle, Anchor::Centre, role, step, cx.theme.palette.ink, text);
        layers.push(cx.lay(LayerKind::Panel, 5, sheet, cx.entrance(Ms(2 * motion.stagger.0))));
    }
}

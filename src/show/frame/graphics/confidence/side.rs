//! Who is on: the team's number and name, the player.

use super::{
    super::{buzzer::Face, turn},
    Screen,
};
use crate::show::{
    frame::{
        layer::{Layer, LayerKind},
        part::{Anchor, Point, Rect},
        sheet::{Sheet, vertical},
    },
    protocol::roster::{Player, Team},
    state::{Core, Scene},
};

pub fn compose(screen: &Screen, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let (team, player) = who(screen);
    let Some(team) = team else { return };
    let palette = &cx.theme.palette;
    let area = place.team.union(place.player);
    let mut sheet = Sheet::new(area.grow(place.gap / 2.0));
    let rect = place.team;
    let corner = Point { x: rect.x, y: rect.y + (rect.h - place.disc) / 2.0 };
    let look = (vertical(palette.accent_fill), palette.on_accent);
    let x = rect.x + screen.number(&mut sheet, corner, place.disc, look, team.number) + place.gap;
    let at = Rect { x, w: rect.x + rect.w - x, ..rect };
    // A name that is too long for its line has a short form for narrow places.
    let least = place.name.ladder.last().copied().unwrap_or(place.name.step());
    let long = cx.set.width(&team.name, &place.name.style(least, palette.well_ink)) > at.w;
    let name = if long { team.short.as_ref().unwrap_or(&team.name) } else { &team.name };
    screen.line(&mut sheet, at, Anchor::Start, &place.name, palette.well_ink, name);
    if let Some(player) = player {
        let said = turn::called(cx.words, player).join(" ");
        screen.line(&mut sheet, place.player, Anchor::Start, &place.line, palette.well_ink2, &said);
    }
    layers.push(Screen::lay(LayerKind::Panel, 0, sheet));
}

/// Who has the floor: at the buzzer whoever pressed first, or too early; else the team on turn.
pub fn who<'a>(screen: &'a Screen) -> (Option<&'a Team>, Option<&'a Player>) {
    let core = screen.cx.core;
    let turn = || {
        let turn = core.turn.as_ref().map(|turn| &turn.value);
        let player = turn.and_then(|turn| core.player(turn.player.as_deref()?));
        (turn.and_then(|turn| core.team(&turn.team)), player)
    };
    match core.buzzer.as_ref().map(Face::of) {
        Some(Face::Fouled(press)) => (core.team(&press.team), None),
        Some(Face::Won(hit)) => match turn() {
            (Some(team), player) if team.id == hit.team => (Some(team), player),
            _ => (core.team(&hit.team), None),
        },
        Some(Face::Armed(_) | Face::Shut) => (None, None),
        None => named(screen.scene, core).unwrap_or_else(turn),
    }
}

/// Where the scene itself names somebody else.
fn named(scene: Scene, core: &Core) -> Option<(Option<&Team>, Option<&Player>)> {
    let run = core.rush.as_ref().filter(|_| matches!(scene, Scene::Rush | Scene::Formula))?;
    let turn = core.turn.as_ref().filter(|turn| turn.value.team != run.team);
    turn.map(|_| (core.team(&run.team), None))
}

//! The plate under a scene where the class has no ground: an overlay's words never stand on the cameras' picture.

use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        sheet::shadow,
    },
    protocol::{roster::DrawKind, score::SlateKind},
    state::Scene,
    theme::{Ms, UnderPlate},
};

/// Nothing in classes with a ground, and under scenes that are nothing, or plates of their own.
pub fn compose(cx: &Cx, scene: Scene, layers: &mut Vec<Layer>) {
    let layout = &cx.theme.layout;
    let Some(place) = plate(cx, scene) else { return };
    let palette = &cx.theme.palette;
    let mut sheet = cx.sheet(place.rect.grow(layout.bleed));
    let (left, right) = place.radii;
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(place.rect, [left, right, right, left], palette.plate, palette, layout, fall);
    layers.push(cx.lay(LayerKind::Plate, 0, sheet, cx.entrance(Ms(0))));
}

/// The scene's own in an overlay, or the one that all share.
fn plate(cx: &Cx, scene: Scene) -> Option<UnderPlate> {
    let layout = &cx.theme.layout;
    let shared = layout.plate?;
    let own = match scene {
        Scene::Ground | Scene::Card | Scene::Rush => return None,
        // Between the rounds nothing may be said.
        Scene::Idle if cx.core.round.is_none() && cx.core.turn.is_none() && cx.core.config.title.is_empty() => {
            return None;
        }
        Scene::Idle => layout.turn.plate,
        Scene::Buzzer => layout.buzzer.under,
        Scene::Assignment => layout.assignment.plate,
        Scene::Risk => layout.risk.plate,
        Scene::Moment => layout.moment.plate,
        Scene::Formula => layout.formula.plate,
        Scene::Duel => layout.duel.plate,
        Scene::Standings => layout.standings.plate,
        Scene::Total => layout.total.plate,
        Scene::Advance => layout.advance.plate,
        Scene::Media => layout.slates.media.plate,
        Scene::Award => layout.award.plate,
        Scene::Draw => match cx.core.draw.as_ref()?.opened.kind {
            DrawKind::Question => layout.draw.hero_plate,
            _ => layout.draw.plate,
        },
        Scene::Slate => return slate(cx, shared),
    };
    Some(own.unwrap_or(shared))
}

/// A card's: messages and the notary lie on plates of their own; rules without a round are a message.
fn slate(cx: &Cx, shared: UnderPlate) -> Option<UnderPlate> {
    let (layout, slates) = (&cx.theme.layout, &cx.theme.layout.slates);
    let own = match cx.core.slate.as_ref()?.shown.kind {
        SlateKind::Message | SlateKind::Notary => return None,
        SlateKind::Rules if !super::rules::explains(cx.core) => return None,
        SlateKind::Rules => slates.rules.plate,
        SlateKind::Title => layout.title.plate,
        SlateKind::Tabulating => slates.tabulating.plate,
        SlateKind::Showcase => slates.showcase.plate,
        SlateKind::Photo => slates.photo.plate,
        SlateKind::Lineup if super::lineup::names_a_team(cx.core) => layout.lineup.hero_plate,
        _ => None,
    };
    Some(own.unwrap_or(shared))
}

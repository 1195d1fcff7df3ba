//! The plate under a scene where the class has no ground: an overlay's words never stand on the cameras' picture.

use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        sheet::shadow,
    },
    protocol::{roster::DrawKind, score::SlateKind},
    state::{Core, Scene},
    theme::{Layout, Ms, UnderPlate},
};

/// Nothing in classes with a ground, and under scenes that are nothing, or plates of their own.
pub fn compose(cx: &Cx, scene: Scene, layers: &mut Vec<Layer>) {
    let layout = &cx.theme.layout;
    let Some(place) = layout.plate.filter(|_| !has_its_own(scene, cx.core)) else { return };
    let place = of_scene(layout, scene, cx.core).unwrap_or(place);
    let palette = &cx.theme.palette;
    let mut sheet = cx.sheet(place.rect.grow(layout.bleed));
    let (left, right) = place.radii;
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(place.rect, [left, right, right, left], palette.plate, palette, layout, fall);
    layers.push(cx.lay(LayerKind::Plate, 0, sheet, cx.entrance(Ms(0))));
}

fn has_its_own(scene: Scene, core: &Core) -> bool {
    let slate = |kind| kind == SlateKind::Message || kind == SlateKind::Notary;
    match scene {
        Scene::Ground | Scene::Idle | Scene::Card | Scene::Rush => true,
        // Rules of no round are a message.
        Scene::Slate => core.slate.as_ref().is_none_or(|card| {
            slate(card.shown.kind) || (card.shown.kind == SlateKind::Rules && !super::rules::explains(core))
        }),
        _ => false,
    }
}

/// Where a scene lies on another plate than the class's.
fn of_scene(layout: &Layout, scene: Scene, core: &Core) -> Option<UnderPlate> {
    let slates = &layout.slates;
    match scene {
        Scene::Media => slates.media.plate,
        Scene::Award => layout.award.plate,
        Scene::Draw => match core.draw.as_ref()?.opened.kind {
            DrawKind::Question => layout.draw.hero_plate,
            _ => layout.draw.plate,
        },
        Scene::Slate => match core.slate.as_ref()?.shown.kind {
            SlateKind::Title => layout.title.plate,
            SlateKind::Rules => slates.rules.plate,
            SlateKind::Tabulating => slates.tabulating.plate,
            SlateKind::Showcase => slates.showcase.plate,
            SlateKind::Photo => slates.photo.plate,
            SlateKind::Lineup if super::lineup::names_a_team(core) => layout.lineup.hero_plate,
            _ => None,
        },
        _ => None,
    }
}

//! The plate under a scene where the class has no ground: an overlay's words never stand on the cameras' picture.

use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        sheet::shadow,
    },
    state::Scene,
    theme::Ms,
};

/// Nothing in classes with a ground, and under scenes that are nothing, or plates of their own.
pub fn compose(cx: &Cx, scene: Scene, layers: &mut Vec<Layer>) {
    let layout = &cx.theme.layout;
    let Some(place) = layout.plate.filter(|_| !has_its_own(scene)) else { return };
    let palette = &cx.theme.palette;
    let mut sheet = cx.sheet(place.rect.grow(layout.bleed));
    let (left, right) = place.radii;
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(place.rect, [left, right, right, left], palette.plate, palette, layout, fall);
    layers.push(cx.lay(LayerKind::Plate, 0, sheet, cx.entrance(Ms(0))));
}

const fn has_its_own(scene: Scene) -> bool {
    matches!(scene, Scene::Ground | Scene::Idle | Scene::Card | Scene::Rush)
}

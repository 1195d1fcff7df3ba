//! The lower third (人名条): who speaks or what is meant, over whatever scene is on. Where the scene leaves its lower
//! left free it stands above the strip; elsewhere it takes the strip's place, and the strip makes way.

use super::slate;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Fill, Rect, Rgba},
        sheet::{Sheet, outline, shadow},
    },
    motion::{lerp, share},
    state::{LowerThird, Scene, Show},
    theme::Role,
};

/// Scenes whose lower left holds nothing above the strip.
const fn leaves_room(scene: Scene, idle: bool) -> bool {
    matches!(scene, Scene::Ground) || (idle && matches!(scene, Scene::Idle))
}

/// How much of it is there, 0 to 1.
fn presence(cx: &Cx, lower: &LowerThird) -> f32 {
    let motion = &cx.theme.motion;
    let came = motion.curves.out.progress(cx.now, lower.since, motion.lower_third_in.us());
    let left = lower.cleared.map_or(0.0, |at| motion.curves.exit.progress(cx.now, at, motion.lower_third_out.us()));
    came * (1.0 - left)
}

/// 0 above the strip, 1 in its place; it moves with the change of scene.
fn lowered(show: &Show, cx: &Cx) -> f32 {
    let idle = cx.theme.layout.slates.lower_third.high_idle;
    let low = |scene: Scene| if leaves_room(scene, idle) { 0.0 } else { 1.0 };
    let program = &show.program;
    let to = low(program.scene);
    let from = program.departed.last().map_or(to, |gone| low(gone.scene));
    let motion = &cx.theme.motion;
    lerp(from, to, motion.curves.io.progress(cx.now, program.since, motion.move_in.us()))
}

/// Fades what stands in the lower third's place: the strip, whose layers begin at `strip`, and a slate's last line.
pub fn make_way(show: &Show, cx: &Cx, layers: &mut [Layer], strip: usize) {
    let Some(lower) = &cx.core.lower_third else { return };
    let hidden = presence(cx, lower) * lowered(show, cx);
    let place = &cx.theme.layout.slates.lower_third;
    let low = place.low;
    if !place.over_strip {
        return;
    }
    for (index, layer) in layers.iter_mut().enumerate() {
        if index >= strip || (layer.key.kind == LayerKind::Slate && layer.placement.y >= low) {
            layer.placement = layer.placement.faded(1.0 - hidden);
        }
    }
}

/// The plate, as wide as its words.
pub fn compose(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(lower) = &cx.core.lower_third else { return };
    let here = presence(cx, lower);
    if here <= 0.0 {
        return;
    }
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.slates.lower_third;
    let shown = &lower.shown;
    let before = place.padding + place.rule.0 + place.rule_gap;
    let room = place.most - before - place.padding;
    let width = [(&shown.title, &typo.lower_title), (&shown.subtitle, &typo.lower_text)]
        .map(|(text, role)| width(cx, text, role).min(room))
        .into_iter()
        .fold(0.0, f32::max);
    let plate = Rect::new(place.x, place.high, (before + width + place.padding).max(place.least), place.height);
    let mut sheet = Sheet::new(plate.grow(layout.bleed));
    let end = plate.h / 2.0;
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(plate, [place.radius, end, end, place.radius], palette.plate, palette, layout, fall);
    sheet.plate(
        plate,
        [place.radius, end, end, place.radius],
        Fill::None,
        outline(place.border, palette.separator),
        None,
    );
    let (rule_w, rule_h) = place.rule;
    let rule = Rect::new(plate.x + place.padding, plate.y + (plate.h - rule_h) / 2.0, rule_w, rule_h);
    sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
    let row = |(y, h): (f32, f32)| {
        Rect::new(plate.x + before, plate.y + y, plate.x + plate.w - place.padding - plate.x - before, h)
    };
    let title = if shown.subtitle.is_empty() { row((0.0, plate.h)) } else { row(place.title) };
    slate::line(cx, title, Anchor::Start, &typo.lower_title, palette.ink, &shown.title, &mut sheet);
    slate::line(cx, row(place.subtitle), Anchor::Start, &typo.lower_text, palette.ink2, &shown.subtitle, &mut sheet);

    let motion = &cx.theme.motion;
    let came = motion.curves.out.progress(cx.now, lower.since, motion.lower_third_in.us());
    let y = (place.low - place.high) * lowered(show, cx) + motion.travel_px * (1.0 - came);
    let opacity = here.min(share(cx.now, lower.since, motion.fade_in.us()));
    let key = LayerKey { kind: LayerKind::LowerThird, entry: lower.seq, index: 0 };
    layers.push(sheet.into_layer(key, Placement::at(0.0, y).faded(opacity)));
}

/// Of one line at its designed size, or the largest that fits.
fn width(cx: &Cx, text: &str, role: &Role) -> f32 {
    cx.set.width(text, &role.style(role.step(), Rgba::CLEAR))
}

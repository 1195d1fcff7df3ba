//! Corrections on air: the picture dissolves from what was to what is, once, wherever the corrected fact is seen.
//!
//! No graphic does this for itself. While a correction is fresh the scene is composed twice, with the facts as they
//! were and as they are; what is equal in both stays untouched, what differs dissolves. A small 更正 beside the fact
//! says that it is no result.

use super::{
    Content, Layer, LayerKind, Part, Placement,
    cx::Cx,
    part::{Anchor, Fill, Point, Rect, Rgba},
    sheet::{Sheet, shadow, vertical},
};
use crate::show::{
    motion::share,
    state::{Core, Program, Was},
    theme::Ms,
};

/// Layers of a scene have smaller indices; the bits above tell the picture that dissolves in.
const STEP_BITS: u16 = 13;
/// Corrections that can dissolve one over another at an instant; the last step is an exchange's.
const MOST: usize = 6;
const EXCHANGE: u16 = 7;

/// The instants of the scene's corrections that still dissolve at `now`, oldest first.
pub fn fresh(core: &Core, program: &Program, span: Ms, now: i64) -> Vec<i64> {
    let fresh = |at: &i64| *at <= now && now - *at < span.us() && *at > program.since;
    let mut instants: Vec<i64> =
        core.corrections().into_iter().map(|corrected| corrected.since).filter(fresh).collect();
    instants.dedup();
    instants.split_off(instants.len().saturating_sub(MOST))
}

/// Lays the picture `new` over `old`, `t` of the way from one to the other; `step` tells apart several under way.
///
/// Of a layer that is in both, the new one comes in over the old one first, then the old one goes: nothing shines
/// through an opaque plate, and nothing pops where there is none.
pub fn dissolve(old: Vec<Layer>, new: Vec<Layer>, step: u16, t: f32) -> Vec<Layer> {
    let over = ((2.0 * t).min(1.0), (2.0 - 2.0 * t).min(1.0));
    blend(old, new, step, t, |_| over)
}

/// The same for a text that takes another's place: where it stands on no plate of its own, the one goes as the other
/// comes.
pub fn exchange(old: Vec<Layer>, new: Vec<Layer>, t: f32) -> Vec<Layer> {
    let over = ((2.0 * t).min(1.0), (2.0 - 2.0 * t).min(1.0));
    blend(old, new, EXCHANGE, t, |layer| if on_plate(&layer.content) { over } else { (t, 1.0 - t) })
}

/// Whether the layer brings a plate that covers what lies under it.
fn on_plate(content: &Content) -> bool {
    let (w, h) = content.size;
    content.parts.iter().any(|part| match part {
        Part::Plate { rect, fill, .. } => {
            let solid = match fill {
                Fill::None => false,
                Fill::Solid(colour) | Fill::Vertical(colour, _) => colour.a >= 1.0,
                Fill::Horizontal(stops) => stops.iter().all(|(colour, _)| colour.a >= 1.0),
            };
            solid && rect.w * rect.h > w * h / 4.0
        }
        Part::Ring(ring) => ring.well.0.a >= 1.0,
        _ => false,
    })
}

/// `share` says how much is seen of a layer that is in both, new and old.
fn blend(old: Vec<Layer>, new: Vec<Layer>, step: u16, t: f32, share: impl Fn(&Layer) -> (f32, f32)) -> Vec<Layer> {
    let fade = |layer: Layer, by: f32| Layer { placement: layer.placement.faded(by), ..layer };
    let base = |layer: &Layer| super::LayerKey { index: layer.key.index & ((1 << STEP_BITS) - 1), ..layer.key };
    let mut old: Vec<Option<Layer>> = old.into_iter().map(Some).collect();
    let mut layers = Vec::new();
    for layer in new {
        // The ground dissolves by itself, more slowly.
        if layer.key.kind.is_ground() {
            layers.push(layer);
            continue;
        }
        let group: Vec<Layer> = old
            .iter_mut()
            .filter(|former| former.as_ref().is_some_and(|former| base(former) == layer.key))
            .filter_map(Option::take)
            .collect();
        match group.last() {
            None => layers.push(fade(layer, t)),
            Some(former) if former.content == layer.content && former.placement == layer.placement => {
                layers.extend(group);
            }
            Some(_) => {
                let (came, left) = share(&layer);
                layers.extend(group.into_iter().map(|former| fade(former, left)));
                let key = super::LayerKey { index: layer.key.index | step << STEP_BITS, ..layer.key };
                layers.push(fade(Layer { key, ..layer }, came));
            }
        }
    }
    let gone = old.into_iter().flatten().filter(|layer| !layer.key.kind.is_ground());
    layers.extend(gone.map(|layer| fade(layer, 1.0 - t)));
    layers
}

/// Which tag of a scene it is.
pub mod tags {
    pub const VERDICT: u16 = 0;
    pub const CARD: u16 = 1;
    pub const TALLY: u16 = 2;
    pub const RUSH: u16 = 3;
    /// Of several alike: coins, pips.
    pub const FIRST: u16 = 16;
}

/// Where a 更正 stands: its centre, or its left end.
#[derive(Clone, Copy)]
pub enum At {
    Centre(Point),
    Left(Point),
}

/// 更正 for a few seconds, on the edge of what was corrected; `index` tells the scene's tags apart.
pub fn tag<T>(cx: &Cx, index: u16, was: Option<&Was<T>>, at: At, layers: &mut Vec<Layer>) {
    if let Some(was) = was {
        tag_since(cx, index, was.since, at, layers);
    }
}

/// The same, for a correction of a known instant.
pub fn tag_since(cx: &Cx, index: u16, since: i64, at: At, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, motion) = (&layout.correction, &cx.theme.motion);
    let opacity = stays(cx, since, motion.corrected_hold);
    if opacity <= 0.0 {
        return;
    }
    let (role, text) = (&typo.tag, &cx.words.corrected);
    let width = cx.set.width(text, &role.style(role.step(), Rgba::CLEAR)) + 2.0 * place.tag_padding;
    let (x, y) = match at {
        At::Centre(centre) => (centre.x - width / 2.0, centre.y),
        At::Left(left) => (left.x, left.y),
    };
    let safe = layout.safe;
    let x = x.clamp(safe.x, safe.x + safe.w - width);
    let pill = Rect::new(x, y - place.tag_height / 2.0, width, place.tag_height);
    let mut sheet = Sheet::new(pill.grow(layout.bleed / 2.0));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    sheet.line(typo, pill, Anchor::Centre, role, role.step(), palette.on_active, text);
    layers.push(cx.lay(LayerKind::Chip, index, sheet, Placement::at(0.0, 0.0).faded(opacity)));
}

/// How much is seen of what comes at `since`, holds and goes again.
pub fn stays(cx: &Cx, since: i64, hold: Ms) -> f32 {
    let motion = &cx.theme.motion;
    let came = share(cx.now, since, motion.badge.us());
    came * (1.0 - share(cx.now, since.saturating_add(hold.us()), motion.fade_out.us()))
}

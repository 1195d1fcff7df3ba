//! Placing: a layer's placement in design pixels turned into physical pixels of the raster.

use bevy::math::{IRect, UVec2, Vec2};

use crate::show::frame::{Frame, Layer};

/// A layer that is smaller covers no pixel's middle to speak of.
const LEAST_PX: f32 = 1.0 / 256.0;

/// Where a layer's texture lies on the raster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad {
    /// Top left and size of the whole texture, physical px.
    pub min: Vec2,
    pub size: Vec2,
    /// 0 to 1.
    pub opacity: f32,
    /// True when texels lie on pixels one to one.
    pub exact: bool,
    /// What can be seen of it: clipped to its wipe and the raster; empty when invisible.
    pub seen: IRect,
}

/// Places `layer`, whose texture is `texture` px, on `frame`'s raster.
///
/// An unscaled layer lies on whole pixels, also while it moves: type stays sharp, and texels are loaded, not sampled.
pub fn quad(layer: &Layer, texture: UVec2, frame: &Frame, bounds: IRect) -> Quad {
    let placement = &layer.placement;
    let offset = Vec2::new(frame.offset.0, frame.offset.1);
    let origin = offset + Vec2::new(placement.x, placement.y) * frame.scale;
    let by = Vec2::new(placement.scale.0, placement.scale.1).max(Vec2::ZERO);
    let exact = by == Vec2::ONE;
    let (min, size) = if exact {
        (origin.round(), texture.as_vec2())
    } else {
        let half = Vec2::new(layer.content.size.0, layer.content.size.1) * frame.scale / 2.0;
        (origin + half - half * by, texture.as_vec2() * by)
    };
    let mut seen = IRect { min: min.floor().as_ivec2(), max: (min + size).ceil().as_ivec2() };
    if let Some(clip) = &placement.clip {
        let from = min + Vec2::new(clip.x, clip.y) * frame.scale * by;
        let to = from + Vec2::new(clip.w, clip.h) * frame.scale * by;
        seen = seen.intersect(IRect { min: from.round().as_ivec2(), max: to.round().as_ivec2() });
    }
    seen = seen.intersect(bounds);
    let opacity = placement.opacity.clamp(0.0, 1.0);
    // What is scaled to nothing is nowhere.
    if opacity <= 0.0 || seen.is_empty() || size.min_element() < LEAST_PX {
        seen = IRect { min: seen.min, max: seen.min };
    }
    Quad { min, size, opacity, exact, seen }
}

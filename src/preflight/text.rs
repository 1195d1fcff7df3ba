//! The texts of a frame that can be read, and where their glyphs stand on the canvas.

use crate::show::frame::{
    Anchor, Frame, Layer, Part, Point, Rect, TextStyle, Typeset,
    eye::{Owner, hidden, on_canvas},
};

/// Half the height of a glyph, em: a line box is higher.
const GLYPH: f32 = 0.36;
/// A layer or a colour fainter than this is on its way in or out.
const SETTLED: f32 = 0.999;

/// One line of text.
pub(super) struct Text<'a> {
    pub owner: Owner,
    pub layer: &'a Layer,
    pub text: &'a str,
    pub style: &'a TextStyle,
    /// The glyphs' box in the layer, and on the canvas.
    pub own: Rect,
    pub rect: Rect,
    /// Size on the canvas, design px.
    pub size: f32,
}

/// All that have arrived and are not hidden by what lies above them.
pub(super) fn texts<'a>(frame: &'a Frame, set: &dyn Typeset) -> Vec<Text<'a>> {
    let mut found = Vec::new();
    for (index, layer) in frame.layers.iter().enumerate().filter(|(_, layer)| layer.placement.opacity >= SETTLED) {
        for (i, part) in layer.content.parts.iter().enumerate() {
            let Part::Text { at, line, anchor, text, style } = part else { continue };
            if style.colour.a <= 0.05 || text.trim().is_empty() {
                continue;
            }
            // Tracking also follows the last glyph, where it is not seen.
            let width = set.width(text, style) - style.tracking * style.size;
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Centre => at.x - width / 2.0,
                Anchor::End => at.x - width,
            };
            let own = Rect::new(left, at.y + line / 2.0 - style.size * GLYPH, width, style.size * 2.0 * GLYPH);
            if layer.placement.clip.is_some_and(|clip| !meets(own, clip)) {
                continue;
            }
            let rect = on_canvas(layer, own);
            let owner = (index, i);
            if !hidden(frame, owner, rect.centre()) {
                found.push(Text {
                    owner,
                    layer,
                    text,
                    style,
                    own,
                    rect,
                    size: at_rest(style.size, layer.placement.scale.1),
                });
            }
        }
    }
    found
}

/// Whether two rectangles share more than an edge.
pub(super) fn meets(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// How far `inner` reaches out of `outer`, px; 0 where it lies within.
pub(super) fn beyond(inner: Rect, outer: Rect) -> f32 {
    let (across, down) = (beyond_x(inner, outer), beyond_y(inner, outer));
    across.max(down)
}

pub(super) fn beyond_x(inner: Rect, outer: Rect) -> f32 {
    (outer.x - inner.x).max(inner.x + inner.w - outer.x - outer.w).max(0.0)
}

pub(super) fn beyond_y(inner: Rect, outer: Rect) -> f32 {
    (outer.y - inner.y).max(inner.y + inner.h - outer.y - outer.h).max(0.0)
}

/// Points all over a rectangle, close enough to meet every part of a gradient.
pub(super) fn samples(rect: Rect) -> Vec<Point> {
    let across = ((rect.w / rect.h.max(1.0) * 2.0).ceil() as usize).clamp(2, 12);
    let at = |from: f32, length: f32, i: usize, of: usize| from + length * (i as f32 + 0.5) / of as f32;
    (0..across)
        .flat_map(|i| (0..3).map(move |j| Point { x: at(rect.x, rect.w, i, across), y: at(rect.y, rect.h, j, 3) }))
        .collect()
}

/// Type in a layer that settles into its place is read when it has: only what stays smaller counts as smaller.
fn at_rest(size: f32, scale: f32) -> f32 {
    const SETTLES_FROM: f32 = 0.9;
    if (SETTLES_FROM..1.0).contains(&scale) { size } else { size * scale }
}

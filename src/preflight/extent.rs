//! Where texts stand and how large they are: the legible minimum, safe areas, plates and layers that are too small.

use super::{
    finding::Fault,
    text::{Text, beyond, beyond_x, beyond_y, meets},
};
use crate::show::{
    frame::{Class, Fill, Frame, Layer, LayerKind, Part, Rect, Typeset, eye},
    theme::Look,
};

/// Rounding of glyph widths, design px.
const SLACK: f32 = 1.5;
/// Texts that stand in each other's way share at least so much of a glyph, em.
const SHARED: f32 = 0.3;
/// People stand before the wall's lower part, design px.
const WALL_FOOT: f32 = 705.0;
/// The stream keeps this share of the height free, for faces.
const FACES: (f32, f32) = (0.12, 0.63);
/// A lower third stands above the plates for seconds, before the chests of who speaks: it may reach up to this share of
/// the height, where faces end.
const CHEST: f32 = 0.5;

pub(super) fn small(class: Class, text: &Text) -> Option<Fault> {
    let least = class.legible_px();
    (text.size < least - 0.01).then(|| Fault::Small { text: text.text.to_owned(), size: text.size, least })
}

/// A text out of the area that every screen shows, or too low on a wall.
pub(super) fn outside(class: Class, look: &Look, text: &Text) -> Option<Fault> {
    let by = beyond(text.rect, look.layout.safe);
    if by > SLACK {
        return Some(Fault::Unsafe { text: text.text.to_owned(), by: by.round() });
    }
    let bottom = text.rect.y + text.rect.h;
    (class == Class::Wall && bottom > WALL_FOOT + SLACK).then(|| Fault::Low {
        text: text.text.to_owned(),
        bottom: bottom.round(),
        most: WALL_FOOT,
    })
}

/// What stands where the stream keeps the picture free; the layer's index and the place with it.
pub(super) fn blocked(class: Class, look: &Look, frame: &Frame) -> Vec<(Fault, usize, Rect)> {
    if !class.is_overlay() {
        return Vec::new();
    }
    let height = look.layout.canvas.1;
    let free =
        |foot: f32| Rect::new(0.0, height * FACES.0 + 8.0, look.layout.canvas.0, height * (foot - FACES.0) - 16.0);
    let mut found = Vec::new();
    // What hangs from the score bug for a few seconds covers no face.
    let stays =
        |layer: &Layer| layer.placement.opacity > 0.5 && !matches!(layer.key.kind, LayerKind::Chip | LayerKind::Badge);
    for (index, layer) in frame.layers.iter().enumerate().filter(|(_, layer)| stays(layer)) {
        // A shadow's or a border's breadth is forgiven.
        let free = free(if layer.key.kind == LayerKind::LowerThird { CHEST } else { FACES.1 });
        for part in &layer.content.parts {
            let rect = match part {
                Part::Plate { rect, fill, .. } if *fill != Fill::None => *rect,
                Part::Ring(ring) => Rect::disc(ring.centre, ring.radius + ring.rim),
                _ => continue,
            };
            let rect = eye::on_canvas(layer, rect);
            if meets(rect, free) {
                let fault = Fault::Blocked { from: rect.y.round(), to: (rect.y + rect.h).round() };
                found.push((fault, index, rect));
                break;
            }
        }
    }
    found
}

/// A text that reaches beyond its layer, or beyond the plate it stands on.
pub(super) fn overflow(text: &Text) -> Option<Fault> {
    let (w, h) = text.layer.content.size;
    let layer = Rect::new(0.0, 0.0, w, h);
    let mut by = if text.layer.placement.clip.is_some() { 0.0 } else { beyond(text.own, layer) };
    if let Some(plate) = plate(text) {
        by = by.max(beyond_x(text.own, plate)).max(beyond_y(text.own, plate));
    }
    (by > SLACK).then(|| Fault::Overflow { text: text.text.to_owned(), by: by.round() })
}

/// The topmost plate below the text that holds its middle. Rules and edges are no plates.
fn plate(text: &Text) -> Option<Rect> {
    let centre = text.own.centre();
    let below = text.layer.content.parts.iter().take(text.owner.1);
    below
        .filter_map(|part| match part {
            Part::Plate { rect, fill, border, turn, .. }
                if *turn == 0.0 && (*fill != Fill::None || border.is_some()) =>
            {
                Some(*rect)
            }
            Part::Ring(ring) => Some(Rect::disc(ring.centre, ring.radius + ring.rim)),
            _ => None,
        })
        .filter(|rect| rect.h >= text.own.h * 0.8)
        .rfind(|rect| (rect.x..=rect.x + rect.w).contains(&centre.x) && (rect.y..=rect.y + rect.h).contains(&centre.y))
}

/// Pairs of texts that stand in each other's way.
pub(super) fn collisions(texts: &[Text]) -> Vec<(Fault, usize, Rect)> {
    let mut found = Vec::new();
    for (i, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(i + 1) {
            // A corrected score is one text dissolving into another, in one place.
            if a.layer.key.kind == LayerKind::Chip || b.layer.key.kind == LayerKind::Chip {
                continue;
            }
            let shared = (a.rect.x + a.rect.w).min(b.rect.x + b.rect.w) - a.rect.x.max(b.rect.x);
            let high = (a.rect.y + a.rect.h).min(b.rect.y + b.rect.h) - a.rect.y.max(b.rect.y);
            let size = a.size.min(b.size);
            if shared > SHARED * size && high > SHARED * size {
                let fault = Fault::Collision { text: a.text.to_owned(), other: b.text.to_owned() };
                found.push((fault, b.owner.0, b.rect));
            }
        }
    }
    found
}

/// A text that ends in the sign of having been cut, which none of `said` does.
pub(super) fn cut(text: &Text, more: &str, said: &[&str]) -> Option<Fault> {
    let is_cut = !more.is_empty() && text.text.ends_with(more) && !said.iter().any(|said| said.contains(text.text));
    is_cut.then(|| Fault::Cut { text: text.text.to_owned() })
}

/// Whether a page has more than one, told by its texts at two instants.
pub(super) fn reading(frame: &Frame, set: &dyn Typeset) -> Vec<String> {
    super::text::texts(frame, set).into_iter().map(|text| text.text.to_owned()).collect()
}

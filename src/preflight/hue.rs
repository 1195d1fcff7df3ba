//! States that colour alone tells apart: two pictures of one element compared with all hue taken away.

use super::text::{samples, texts};
use crate::show::{
    frame::{
        Class, Frame, LayerKind, Part, Point, Rect, Typeset,
        eye::{Behind, Light, light_at, on_canvas},
    },
    theme::Look,
};

/// Two greys this far apart are two greys, WCAG ratio.
const SEEN: f32 = 1.5;
/// Share of the element that must differ so.
const ENOUGH: f32 = 0.01;
/// Between samples, design px.
const PITCH: f32 = 6.0;

/// Whether the two can be told apart by shape, sign, word or brightness. `layer` and `index` say of which element; of
/// all, where they say nothing.
pub(super) fn told_apart(
    a: &Frame,
    b: &Frame,
    class: Class,
    look: &Look,
    set: &dyn Typeset,
    (layer, index): (Option<LayerKind>, Option<u16>),
) -> bool {
    let labels = serde_json::to_value(&look.labels).unwrap_or_default();
    let words = super::glyphs::strings(&labels);
    let of = |frame: &Frame| Signs::of(frame, class, set, &words, layer, index);
    of(a) != of(b) || greys_differ(a, b, class, layer, index)
}

fn is_meant(kind: LayerKind, own: u16, layer: Option<LayerKind>, index: Option<u16>) -> bool {
    // The ground's tone is a feeling, not a sign.
    kind != LayerKind::Backdrop && layer.is_none_or(|layer| layer == kind) && index.is_none_or(|index| index == own)
}

/// What can be read of an element beside its brightness: signs and words, where they can be seen.
#[derive(PartialEq)]
struct Signs(Vec<String>);

impl Signs {
    fn of(
        frame: &Frame,
        class: Class,
        set: &dyn Typeset,
        words: &[&str],
        layer: Option<LayerKind>,
        index: Option<u16>,
    ) -> Self {
        let mut signs = Vec::new();
        for text in texts(frame, set) {
            if is_meant(text.layer.key.kind, text.layer.key.index, layer, index)
                && let Some(sign) = sign(text.text, words)
                && super::contrast::stands(frame, class, &text).is_some_and(|stands| stands.ratio >= SEEN)
            {
                signs.push(sign);
            }
        }
        for own in frame.layers.iter().filter(|own| is_meant(own.key.kind, own.key.index, layer, index)) {
            for part in &own.content.parts {
                let Part::Icon { rect, icon, colour } = part else { continue };
                let ground = light_at(frame, on_canvas(own, *rect).centre(), Behind::Black);
                if ground.under(Light::of(*colour)).contrast(ground) >= SEEN {
                    signs.push(format!("{icon:?}"));
                }
            }
        }
        signs.sort();
        Self(signs)
    }
}

/// A word of the theme, or the sign of a number; names, letters and figures are what is told, not how.
fn sign(text: &str, words: &[&str]) -> Option<String> {
    let first = text.chars().next()?;
    if ['+', '\u{2212}', '!', '！'].contains(&first) {
        return Some(first.to_string());
    }
    words.contains(&text).then(|| text.to_owned())
}

fn greys_differ(a: &Frame, b: &Frame, _class: Class, layer: Option<LayerKind>, index: Option<u16>) -> bool {
    let areas = |frame: &Frame| -> Vec<Rect> {
        let meant = frame.layers.iter().filter(|own| is_meant(own.key.kind, own.key.index, layer, index));
        meant.map(|own| on_canvas(own, Rect::new(0.0, 0.0, own.content.size.0, own.content.size.1))).collect()
    };
    let (of_a, of_b) = (bare(a), bare(b));
    let mut areas: Vec<Rect> = areas(a).into_iter().chain(areas(b)).collect();
    areas.dedup();
    areas.into_iter().any(|area| {
        let points = grid(area);
        let differ =
            |at: &&Point| light_at(&of_a, **at, Behind::Black).contrast(light_at(&of_b, **at, Behind::Black)) >= SEEN;
        points.iter().filter(differ).count() as f32 > points.len() as f32 * ENOUGH
    })
}

/// The frame without its ground: a tone that changes is a feeling, not a sign.
fn bare(frame: &Frame) -> Frame {
    let layers = frame.layers.iter().filter(|layer| layer.key.kind != LayerKind::Backdrop).cloned().collect();
    Frame { layers, ..frame.clone() }
}

fn grid(area: Rect) -> Vec<Point> {
    if area.w < PITCH || area.h < PITCH {
        return samples(area);
    }
    let count = |length: f32| (length / PITCH) as usize;
    let at = |from: f32, i: usize| from + (i as f32 + 0.5) * PITCH;
    (0..count(area.h))
        .flat_map(|y| (0..count(area.w)).map(move |x| Point { x: at(area.x, x), y: at(area.y, y) }))
        .collect()
}

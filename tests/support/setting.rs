//! Whether a frame's texts are set as Chinese is: within their plates, apart from each other, no line broken where it
//! must not be, no empty boxes. [`legible`](super::legible) has the sizes and the safe area.

use std::collections::BTreeSet;

use leitai::{
    show::frame::{Anchor, Face, Frame, Layer, LayerKind, Part, Rect, TextStyle, Typeset, spaced},
    typeset::{Typesetter, missing},
};

/// No line begins with one of these.
pub const CLOSING: &str = "，。、；：？！）》〉」』】〕］｝”’·々ー～％‰℃,.;:?!)]}%";
/// No line ends with one of these.
pub const OPENING: &str = "（《〈「『【〔［｛“‘([{";
/// Rounding of glyph widths and a hair of air, design px.
const SLACK: f32 = 2.0;

/// One text of a layer as it is seen, in the layer's px.
struct Seen<'a> {
    text: &'a str,
    style: &'a TextStyle,
    ink: Rect,
}

/// What is wrong, one sentence each, sorted by kind.
#[derive(Default)]
pub struct Faults {
    pub overflows: Vec<String>,
    pub kinsoku: Vec<String>,
    pub boxes: Vec<String>,
    /// Characters that no font of ours has: told, and no fault of the setting.
    pub uncovered: Vec<char>,
}

impl Faults {
    pub fn extend(&mut self, other: Self) {
        self.overflows.extend(other.overflows);
        self.kinsoku.extend(other.kinsoku);
        self.boxes.extend(other.boxes);
        self.uncovered.extend(other.uncovered);
    }
}

/// `sources` are the texts that were sent: what begins or ends one of their paragraphs breaks no rule. `asked` remembers
/// the texts whose glyphs were asked for.
pub fn faults(frame: &Frame, sources: &[String], set: &Typesetter, asked: &mut BTreeSet<(bool, String)>) -> Faults {
    let mut faults = Faults::default();
    let sources: Vec<String> = sources.iter().map(|text| spaced(text).into_owned()).collect();
    for layer in frame.layers.iter().filter(|layer| layer.placement.opacity > 0.0) {
        let texts = seen(layer, set);
        within_plate(layer, &texts, &mut faults);
        apart(layer, &texts, &mut faults);
        for seen in &texts {
            broken(seen.text, &sources, &mut faults);
            if !asked.insert((seen.style.face == Face::Sans, seen.text.to_owned())) {
                continue;
            }
            for c in set.boxes(seen.text, seen.style) {
                if missing(&c.to_string()).is_empty() {
                    faults.boxes.push(format!("{c} (U+{:04X}) in \"{}\" is an empty box", c as u32, seen.text));
                } else {
                    faults.uncovered.push(c);
                }
            }
        }
    }
    faults
}

fn seen<'a>(layer: &'a Layer, set: &Typesetter) -> Vec<Seen<'a>> {
    let parts = layer.content.parts.iter();
    parts
        .filter_map(|part| {
            let Part::Text { at, line, anchor, text, style } = part else { return None };
            if style.colour.a < 0.9 || text.trim().is_empty() {
                return None;
            }
            let width = set.width(text.trim_end(), style) - style.tracking * style.size;
            let x = match anchor {
                Anchor::Start => at.x,
                Anchor::Centre => at.x - width / 2.0,
                Anchor::End => at.x - width,
            };
            let height = 0.76 * style.size;
            Some(Seen { text, style, ink: Rect::new(x, at.y + (line - height) / 2.0, width, height) })
        })
        .collect()
}

/// Cards, options and rings: no text leaves the plate or the disc it stands on.
fn within_plate(layer: &Layer, texts: &[Seen], faults: &mut Faults) {
    if !matches!(layer.key.kind, LayerKind::Card | LayerKind::Option | LayerKind::Ring) {
        return;
    }
    let plates: Vec<Rect> = layer
        .content
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Plate { rect, .. } => Some(*rect),
            Part::Ring(ring) => Some(Rect::disc(ring.centre, ring.radius)),
            _ => None,
        })
        .collect();
    // A card's words lie in a layer of their own, as large as its plate.
    let whole = Rect::new(0.0, 0.0, layer.content.size.0, layer.content.size.1);
    for Seen { text, ink, .. } in texts {
        let middle = ink.centre();
        let under = |plate: &&Rect| {
            (plate.x..plate.x + plate.w).contains(&middle.x) && (plate.y..plate.y + plate.h).contains(&middle.y)
        };
        let plate = plates.iter().filter(under).min_by(|a, b| (a.w * a.h).total_cmp(&(b.w * b.h))).unwrap_or(&whole);
        let out = ink.x < plate.x - SLACK
            || ink.y < plate.y - SLACK
            || ink.x + ink.w > plate.x + plate.w + SLACK
            || ink.y + ink.h > plate.y + plate.h + SLACK;
        if out {
            faults.overflows.push(format!("\"{text}\" {ink:?} leaves its plate {plate:?} in {:?}", layer.key));
        }
    }
}

fn apart(layer: &Layer, texts: &[Seen], faults: &mut Faults) {
    for (i, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(i + 1) {
            let (across, down) =
                (overlap(a.ink.x, a.ink.w, b.ink.x, b.ink.w), overlap(a.ink.y, a.ink.h, b.ink.y, b.ink.h));
            if across > SLACK && down > SLACK {
                faults.overflows.push(format!("\"{}\" lies over \"{}\" in {:?}", a.text, b.text, layer.key));
            }
        }
    }
}

fn overlap(a: f32, along: f32, b: f32, by: f32) -> f32 {
    (a + along).min(b + by) - a.max(b)
}

/// A line of a source must not begin or end where the rules forbid it.
fn broken(line: &str, sources: &[String], faults: &mut Faults) {
    let line = line.trim();
    let (Some(first), Some(last)) = (line.chars().next(), line.chars().next_back()) else { return };
    // One of the lines that a source was broken into, and not a figure or a label that happens to stand in it.
    let Some(source) = sources.iter().find(|source| line.chars().count() > 1 && source.contains(line)) else { return };
    let paragraphs = || source.split(leitai::show::frame::LINE_BREAKS).map(str::trim);
    if CLOSING.contains(first) && !paragraphs().any(|whole| whole.starts_with(line)) {
        faults.kinsoku.push(format!("\"{line}\" begins with {first}"));
    }
    if OPENING.contains(last) && !paragraphs().any(|whole| whole.ends_with(line)) {
        faults.kinsoku.push(format!("\"{line}\" ends with {last}"));
    }
}

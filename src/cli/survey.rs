//! Reads a whole tape ahead: figures that do not add up, glyphs that no font has, texts that leave their layer.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    show::{
        frame::{Anchor, Layer, Output, Part, Typeset, compose},
        state::Show,
        tape::{Step, Timeline},
        theme::Theme,
        told::{Told, Words},
    },
    typeset::Typesetter,
};

/// Something of one event that should not go on air as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub seq: u64,
    pub words: Words,
}

/// When a picture has settled after an event, at the latest, µs.
const SETTLED_US: i64 = 3_000_000;
/// Half the height of a glyph, em.
const GLYPH: f32 = 0.36;
/// Rounding of glyph widths, design px.
const SLACK: f32 = 1.0;

/// Everything that is found, in the order of the tape.
pub fn tape(timeline: &Timeline, theme: &Theme, output: &Output, set: &Typesetter) -> Vec<Flaw> {
    let mut flaws = BTreeMap::new();
    let mut show = Show::default();
    let mut alarms = 0;
    let mut told = BTreeSet::new();
    let tape = timeline.tape();
    for (i, step) in tape.steps(0, tape.step_count()).enumerate() {
        step.fold(&mut show);
        let (seq, at) = (step.seq(), step.at());
        // Another epoch and a snapshot count anew.
        let new = usize::try_from(show.alarm_count.saturating_sub(alarms)).unwrap_or(0);
        alarms = show.alarm_count;
        for alarm in show.alarms.iter().rev().take(new) {
            flaws.insert((alarm.seq, alarm.text.clone()), alarm.words());
        }
        let data = match step {
            Step::Event(entry) => serde_json::to_value(&entry.env),
            Step::Snapshot(snapshot) => serde_json::to_value(&snapshot.state),
        };
        if let Ok(data) = data {
            let missing: BTreeSet<char> = strings(&data).iter().flat_map(|text| set.missing(text)).collect();
            if !missing.is_empty() {
                let glyphs: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", *c as u32)).collect();
                let glyphs = glyphs.join(", ");
                let words = Words::new("check-glyphs").with("seq", seq).with("glyphs", &glyphs);
                flaws.insert((seq, format!("glyphs {glyphs}")), words);
            }
        }
        // The settled picture, unless the next event comes first.
        let next = tape.step(i + 1).map_or(i64::MAX, Step::at);
        let now = (at + SETTLED_US).min(next.max(at));
        for layer in compose(&show, theme, output, set, now).layers {
            for text in leaving(&layer, set) {
                if told.insert(text.clone()) {
                    let words = Words::new("check-overflow").with("seq", seq).with("text", &text);
                    flaws.insert((seq, format!("overflow {text}")), words);
                }
            }
        }
    }
    flaws.into_iter().map(|((seq, _), words)| Flaw { seq, words }).collect()
}

/// Texts of a layer that reach beyond it.
fn leaving(layer: &Layer, set: &dyn Typeset) -> Vec<String> {
    let (width, height) = layer.content.size;
    let mut found = vec![];
    for part in &layer.content.parts {
        let Part::Text { at, line, anchor, text, style, .. } = part else { continue };
        let long = set.width(text, style);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Centre => at.x - long / 2.0,
            Anchor::End => at.x - long,
        };
        // The glyphs themselves: a line box may be higher than its plate.
        let (middle, high) = (at.y + line / 2.0, style.size * GLYPH);
        let across = left >= -SLACK && left + long <= width + SLACK;
        let within = across && middle - high >= -SLACK && middle + high <= height + SLACK;
        if !within {
            found.push(text.clone());
        }
    }
    found
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(map) => map.values().flat_map(strings).collect(),
        _ => vec![],
    }
}

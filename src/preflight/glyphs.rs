//! Characters that no carried font can draw, in any text of an event, a question or a theme.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::Fault;
use crate::typeset::missing;

/// A fault that names them, each with its code point; `None` where all can be drawn.
pub(super) fn fault(value: &Value) -> Option<Fault> {
    let missing: BTreeSet<char> = strings(value).into_iter().flat_map(missing).collect();
    let glyphs: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    (!glyphs.is_empty()).then(|| Fault::Glyphs { glyphs: glyphs.join(", ") })
}

/// Every text within.
pub(super) fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(strings).collect(),
        Value::Object(map) => map.values().flat_map(strings).collect(),
        _ => vec![],
    }
}

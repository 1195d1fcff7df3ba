//! Findings in the operator's language: where, what, and what to do.

use serde_json::Value;

use crate::{
    locale::{self, Lang},
    show::{
        bank::{Fault, Finding, Place},
        told::{Arg, Words},
    },
};

/// Foreign words are quoted up to here, characters.
const QUOTED: usize = 160;

/// Place, fault and advice in one line.
pub fn sentence(finding: &Finding, lang: Lang) -> String {
    let place = place(&finding.place, lang);
    let end = if place.is_empty() { "" } else { locale::word(lang, "bank-place-end") };
    let gap = if lang == Lang::En { " " } else { "" };
    format!("{place}{end}{}{gap}{}", what(&finding.fault, lang), advice(&finding.fault, lang))
}

/// What is wrong: a sentence.
pub fn what(fault: &Fault, lang: Lang) -> String {
    said(fault, lang, "")
}

/// What to do about it: a sentence.
pub fn advice(fault: &Fault, lang: Lang) -> String {
    said(fault, lang, ".do")
}

/// Sheet, row, column, heading and id, as far as they are known.
pub fn place(place: &Place, lang: Lang) -> String {
    let row = place.row.map(|row| Words::new("bank-place-row").with("row", row));
    let text = |key, name, value: &Option<String>| value.as_ref().map(|value| Words::new(key).with(name, short(value)));
    let parts = [
        text("bank-place-sheet", "sheet", &place.sheet),
        row,
        text("bank-place-column", "column", &place.column),
        text("bank-place-heading", "heading", &place.heading),
        text("bank-place-id", "id", &place.id),
    ];
    let parts: Vec<String> = parts.iter().flatten().map(|part| locale::say(lang, part)).collect();
    parts.join(locale::word(lang, "bank-place-join"))
}

/// What stands in a file, as far as a sentence can hold it.
fn short(said: &str) -> String {
    let mut chars = said.chars();
    let mut text: String = chars.by_ref().take(QUOTED).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    text
}

/// The fault's words with its own figures in their places: the message `bank-FAULT`, its attribute `do` for advice.
fn said(fault: &Fault, lang: Lang, ending: &str) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(fault) else { return String::new() };
    let Some(Value::String(name)) = fields.remove("fault") else { return String::new() };
    let arg = |value: Value| match value {
        Value::String(text) => Arg::Text(short(&text)),
        Value::Number(number) => number.as_i64().map_or_else(|| Arg::Text(number.to_string()), Arg::Number),
        other => Arg::Text(other.to_string()),
    };
    let args = fields.into_iter().map(|(name, value)| (name.into(), arg(value))).collect();
    locale::say(lang, &Words { key: key(&name, ending).into(), args })
}

fn key(fault: &str, ending: &str) -> String {
    format!("bank-{}{ending}", fault.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn every_fault_has_words_that_ask_for_nothing_it_does_not_know() {
        let schema = schemars::schema_for!(Fault).to_value();
        let faults = schema["oneOf"].as_array().unwrap();
        assert!(faults.len() > 50);
        let messages: BTreeMap<_, _> = locale::keys(Lang::Zh).collect();
        let mut used = 0;
        for fault in faults {
            let known = fault["properties"].as_object().unwrap();
            let name = known["fault"]["const"].as_str().unwrap();
            for key in [key(name, ""), key(name, ".do")] {
                let args = messages.get(key.as_str()).unwrap_or_else(|| panic!("no words for {key}"));
                used += 1;
                for arg in *args {
                    assert!(known.contains_key(arg), "{key}: {arg}");
                }
            }
        }
        let places = |key: &&&str| key.starts_with("bank-") && !key.starts_with("bank-place");
        assert_eq!(messages.keys().filter(places).count(), used, "words of a fault that is none");
    }
}

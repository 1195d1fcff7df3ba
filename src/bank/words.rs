//! Findings in the operator's language: where, what, and what to do.

use serde_json::Value;

use crate::{
    locale::{self, Lang},
    show::bank::{Fault, Finding, Place},
};

/// Place, fault and advice in one line.
pub fn sentence(finding: &Finding, lang: Lang) -> String {
    let place = place(&finding.place, lang);
    let end = if place.is_empty() { "" } else { locale::bank(lang, "place.end") };
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
    let part = |name: &str, value: Option<String>| {
        value.map(|value| locale::bank(lang, &format!("place.{name}")).replacen(&format!("{{{name}}}"), &value, 1))
    };
    let parts = [
        part("sheet", place.sheet.clone()),
        part("row", place.row.map(|row| row.to_string())),
        part("column", place.column.clone()),
        part("heading", place.heading.clone()),
        part("id", place.id.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(locale::bank(lang, "place.join"))
}

/// The fault's words with its own figures in their places.
fn said(fault: &Fault, lang: Lang, ending: &str) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(fault) else { return String::new() };
    let Some(Value::String(name)) = fields.remove("fault") else { return String::new() };
    let mut text = locale::bank(lang, &format!("{name}{ending}")).to_owned();
    for (field, value) in &fields {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text = text.replace(&format!("{{{field}}}"), &value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_words_that_ask_for_nothing_it_does_not_know() {
        let schema = schemars::schema_for!(Fault).to_value();
        let faults = schema["oneOf"].as_array().unwrap();
        assert!(faults.len() > 50);
        for fault in faults {
            let known = fault["properties"].as_object().unwrap();
            let name = known["fault"]["const"].as_str().unwrap();
            for key in [name.to_owned(), format!("{name}.do")] {
                let text = locale::bank(Lang::Zh, &key);
                assert_ne!(text, key, "no words");
                let places = text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(place, _)| place);
                for place in places.filter(|place| place.bytes().all(|byte| byte.is_ascii_lowercase())) {
                    assert!(known.contains_key(place), "{key}: {place}");
                }
            }
        }
    }
}

//! What the preflight found, in the operator's words.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::Value;

use crate::{
    locale::Lang,
    preflight::{Fault, Finding},
};

type Words = BTreeMap<String, String>;

static ZH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../assets/locales/check.zh.ron")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../../assets/locales/check.en.ron")));

/// A locale that cannot be read leaves the keys visible; a test keeps that from being shipped.
fn read(text: &str) -> Words {
    ron::from_str(text).unwrap_or_default()
}

/// The words of `key`; the key itself where there are none.
pub(super) fn word(lang: Lang, key: &str) -> &str {
    let words = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    words.get(key).map_or(key, String::as_str)
}

/// What is wrong: a sentence.
pub(super) fn what(fault: &Fault, lang: Lang) -> String {
    filled(word(lang, &fault.name()), &serde_json::to_value(fault).unwrap_or_default())
}

/// What to do about it: a sentence.
pub(super) fn advice(fault: &Fault, lang: Lang) -> String {
    filled(word(lang, &format!("{}.do", fault.name())), &serde_json::to_value(fault).unwrap_or_default())
}

/// In which class and scene, in how many others, and what of the theme decides it.
pub(super) fn place(finding: &Finding, lang: Lang) -> String {
    let mut parts = Vec::new();
    let scene = finding.subject.scene.as_str();
    match finding.class {
        Some(class) => parts.push(word(lang, "where").replace("{class}", class.name()).replace("{scene}", scene)),
        None => parts.push(scene.to_owned()),
    }
    if finding.also > 0 {
        parts.push(word(lang, "also").replace("{also}", &finding.also.to_string()));
    }
    if !finding.theme_paths.is_empty() {
        parts.push(word(lang, "paths").replace("{paths}", &finding.theme_paths.join(", ")));
    }
    parts.join(if lang == Lang::En { ", " } else { "，" })
}

/// Place, fault and advice on one line.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    let (end, gap) = if lang == Lang::En { (": ", " ") } else { "：".split_at(3) };
    format!("{}{end}{}{gap}{}", place(finding, lang), what(&finding.fault, lang), advice(&finding.fault, lang))
}

/// A sentence with the fault's own figures in their places.
fn filled(text: &str, fault: &Value) -> String {
    let mut text = text.to_owned();
    for (field, value) in fault.as_object().into_iter().flatten() {
        let value = match value {
            Value::String(text) => text.clone(),
            // Figures are told as they are read: 38, 4.1.
            Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), figure),
            other => other.to_string(),
        };
        text = text.replace(&format!("{{{field}}}"), &value);
    }
    text
}

fn figure(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}").replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_in_both_languages_with_the_same_places_and_every_fault_says_what_to_do() {
        assert!(!ZH.is_empty());
        assert_eq!(ZH.keys().collect::<Vec<_>>(), EN.keys().collect::<Vec<_>>());
        let places = |text: &str| {
            let mut found: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            found.sort();
            found.dedup();
            found
        };
        for (key, zh) in &*ZH {
            assert_eq!(places(zh), places(&EN[key]), "{key}");
        }
    }

    #[test]
    fn a_fault_is_told_with_its_figures_and_nothing_left_open() {
        let faults = [
            Fault::Small { text: "甲".into(), size: 30.0, least: 38.0 },
            Fault::Unsafe { text: "甲".into(), by: 12.0 },
            Fault::Peak { cue: "hit".into(), peak: 0.25, most: -1.0 },
            Fault::Pages { pages: 3 },
            Fault::ColourOnly { other: "card-single".into() },
        ];
        for fault in faults {
            for lang in [Lang::Zh, Lang::En] {
                let told = format!("{}{}", what(&fault, lang), advice(&fault, lang));
                assert!(!told.contains('{') && !told.contains(".do"), "{told}");
            }
        }
        let told = what(&Fault::Small { text: "甲".into(), size: 30.0, least: 38.0 }, Lang::En);
        assert!(told.contains("30 px") && told.contains("38 px"), "{told}");
    }
}

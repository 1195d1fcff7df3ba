//! What the preflight found, in the operator's words.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    locale::{self, Lang},
    preflight::{Fault, Finding},
    show::told::{Arg, Words},
};

/// What is wrong: a sentence.
pub(super) fn what(fault: &Fault, lang: Lang) -> String {
    match fault {
        // Whoever raised the alarm has the words for it.
        Fault::Alarm { words, .. } => locale::say(lang, words),
        _ => locale::say(lang, &words(fault, "")),
    }
}

/// What to do about it: a sentence.
pub(super) fn advice(fault: &Fault, lang: Lang) -> String {
    locale::say(lang, &words(fault, ".do"))
}

/// In which class and scene, in how many others, and what of the theme decides it.
pub(super) fn place(finding: &Finding, lang: Lang) -> String {
    let mut parts = Vec::new();
    let scene = finding.subject.scene.as_str();
    parts.push(match finding.class {
        Some(class) => Words::new("preflight-where").with("class", class.name()).with("scene", scene),
        None => Words::text(scene),
    });
    if finding.also > 0 {
        parts.push(Words::new("preflight-also").with("also", finding.also));
    }
    if !finding.theme_paths.is_empty() {
        parts.push(Words::new("preflight-paths").with("paths", finding.theme_paths.join(", ")));
    }
    parts.iter().map(|words| locale::say(lang, words)).collect::<Vec<_>>().join(locale::word(lang, "list-join"))
}

/// Place, fault and advice on one line.
pub(super) fn sentence(finding: &Finding, lang: Lang) -> String {
    let words = Words::new("preflight-sentence")
        .with("place", place(finding, lang))
        .with("what", what(&finding.fault, lang))
        .with("advice", advice(&finding.fault, lang));
    locale::say(lang, &words)
}

/// A fault's sentence with its own figures for arguments.
fn words(fault: &Fault, ending: &str) -> Words {
    let mut words = Words { key: key(fault, ending), ..Words::default() };
    let value = serde_json::to_value(fault).unwrap_or_default();
    for (field, value) in value.as_object().into_iter().flatten().filter(|(field, _)| *field != "fault") {
        let told = match value {
            Value::String(text) => text.clone(),
            // Figures are told as they are read: 38, 4.1.
            Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), figure),
            other => other.to_string(),
        };
        words.args.insert(Cow::Owned(field.clone()), Arg::Text(told));
    }
    words
}

fn key(fault: &Fault, ending: &str) -> Cow<'static, str> {
    Cow::Owned(format!("preflight-{}{ending}", fault.name().replace('_', "-")))
}

fn figure(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    format!("{rounded}").replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of every kind.
    fn faults() -> Vec<Fault> {
        let (text, other) = ("甲".to_owned(), "card-single".to_owned());
        let (ink, ground) = ("#FFFFFF".to_owned(), "#000000".to_owned());
        vec![
            Fault::Contrast {
                text: text.clone(),
                ratio: 2.0,
                needed: 4.5,
                ink: ink.clone(),
                ground: ground.clone(),
                size: 40.0,
            },
            Fault::Faint { text: text.clone(), ratio: 2.0, needed: 7.0, ink, ground },
            Fault::Shape { shape: "ring".to_owned(), ratio: 2.0, needed: 3.0 },
            Fault::Small { text: text.clone(), size: 30.0, least: 38.0 },
            Fault::Unsafe { text: text.clone(), by: 12.0 },
            Fault::Low { text: text.clone(), bottom: 900.0, most: 705.0 },
            Fault::Blocked { from: 200.0, to: 500.0 },
            Fault::Overflow { text: text.clone(), by: 3.0 },
            Fault::Cut { text: text.clone() },
            Fault::Collision { text: text.clone(), other: text.clone() },
            Fault::Pages { pages: 3 },
            Fault::Glyphs { glyphs: text.clone() },
            Fault::Flash { count: 5, percent: 80 },
            Fault::ColourOnly { other },
            Fault::Alarm { what: text.clone(), words: Words::text(text) },
            Fault::Peak { cue: "hit".to_owned(), peak: 0.25, most: -1.0 },
            Fault::Loudness { cue: "hit".to_owned(), loudness: -9.0, most: -14.0 },
        ]
    }

    #[test]
    fn every_fault_is_told_with_its_figures_and_what_to_do() {
        for fault in faults() {
            for lang in [Lang::Zh, Lang::En] {
                for told in [what(&fault, lang), advice(&fault, lang)] {
                    assert!(!told.contains(['{', '$']) && !told.starts_with("preflight"), "{told}");
                }
                let group = format!("preflight-check-{}", fault.check().replace('_', "-"));
                assert!(locale::find(lang, &group).is_some(), "{group}");
            }
        }
        let told = what(&Fault::Small { text: "甲".into(), size: 30.0, least: 38.0 }, Lang::En);
        assert!(told.contains("30 px") && told.contains("38 px"), "{told}");
    }

    #[test]
    fn no_fault_is_told_that_there_is_not() {
        let known: Vec<String> = faults().iter().map(|fault| key(fault, "").into_owned()).collect();
        for (told, _) in
            locale::keys(Lang::Zh).filter(|(told, _)| told.starts_with("preflight-") && told.ends_with(".do"))
        {
            let told = told.trim_end_matches(".do");
            assert!(known.iter().any(|known| known == told), "{told}");
        }
    }
}

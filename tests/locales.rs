//! Promise: every word the operator reads stands in both languages and is used, the hall's words stand in three, and
//! each finds room where it goes on air.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use leitai::{
    locale,
    show::{
        clip::Clips,
        frame::{Class, Lang, Output, compose},
        tape::{Tape, Timeline, moments},
        theme::Theme,
    },
    themes,
    typeset::Typesetter,
};
use serde_json::Value;

use crate::support::legible;

/// Families whose keys are made of what the program's types and arguments are called: beside them stands a test each
/// that knows all of them.
const MADE: [&str; 4] = ["bank", "help", "preflight", "simulation"];

/// Every string of the sources but for comments and tests.
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") && name != "tests" && !name.ends_with("_tests")
            {
                let text = fs::read_to_string(&path).unwrap();
                for line in text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines() {
                    let code = line.trim_start();
                    if !code.starts_with("//") {
                        found.extend(code.split('"').skip(1).step_by(2).map(str::to_owned));
                    }
                }
            }
        }
    }
    found
}

fn family(key: &str) -> &str {
    key.split(['-', '.']).next().unwrap_or(key)
}

#[test]
fn every_key_is_used_and_every_key_that_is_used_exists() {
    let keys: BTreeSet<&str> = locale::keys(Lang::Zh).map(|(key, _)| key).collect();
    let families: BTreeSet<&str> = keys.iter().filter(|key| key.contains('-')).map(|key| family(key)).collect();
    let used = literals();
    let unused: Vec<&&str> = keys
        .iter()
        .filter(|key| !MADE.contains(&family(key)))
        .filter(|key| !used.contains(**key))
        // A problem's advice goes with it.
        .filter(|key| !key.strip_suffix(".do").is_some_and(|problem| used.contains(problem)))
        .collect();
    assert!(unused.is_empty(), "no code says {unused:?}");
    let is_key = |text: &&String| {
        text.contains('-')
            && families.contains(family(text))
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte))
    };
    // Names of threads and of files.
    let others = ["sound-open", "sound-bank", "feed-forward", "feed-serve"];
    let unknown: Vec<&String> = used
        .iter()
        .filter(is_key)
        .filter(|text| !keys.contains(text.as_str()) && !others.contains(&text.as_str()))
        .collect();
    assert!(unknown.is_empty(), "no language has {unknown:?}");
}

/// The strings of a theme's words in one language, by their path.
fn labels(theme: &Theme, lang: Lang) -> BTreeMap<String, String> {
    fn walk(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
        match value {
            Value::String(text) => {
                found.insert(path.to_owned(), text.clone());
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| walk(&format!("{path}.{name}"), value, found));
            }
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(i, value)| walk(&format!("{path}.{i}"), value, found));
            }
            _ => {}
        }
    }
    let mut found = BTreeMap::new();
    walk("", &serde_json::to_value(theme.programme().labels.words(lang)).unwrap(), &mut found);
    found
}

#[test]
fn the_halls_words_take_the_same_figures_in_every_language() {
    let theme = themes::built_in().unwrap();
    let zh = labels(&theme, Lang::Zh);
    for lang in [Lang::En, Lang::ZhHant] {
        let other = labels(&theme, lang);
        for (path, text) in zh.iter().filter(|(path, _)| !path.starts_with(".judge_right")) {
            assert_eq!(text.matches("{}").count(), other[path].matches("{}").count(), "{lang:?} {path}");
        }
    }
}

/// Characters that only the simplified script has.
const SIMPLIFIED: &str = "题单选断简环节赛说规级签获奖补错误对确时间过战团总绩队读讨论择险锁认据参现场艺试笔综识风计权号抢暂码扫验与无应晓钟讲评";

#[test]
fn the_traditional_words_are_traditional() {
    let theme = themes::built_in().unwrap();
    // A judge question's options come from the scoring system, in whichever script.
    for (path, text) in labels(&theme, Lang::ZhHant).iter().filter(|(path, _)| !path.starts_with(".judge_right")) {
        let wrong: Vec<char> = text.chars().filter(|c| SIMPLIFIED.contains(*c)).collect();
        assert!(wrong.is_empty(), "{path}: {text}: {wrong:?}");
    }
}

#[test]
fn every_character_of_every_language_is_in_our_fonts() {
    let set = Typesetter::new();
    let theme = themes::built_in().unwrap();
    for lang in Lang::ALL {
        for (path, text) in labels(&theme, lang) {
            assert_eq!(set.missing(&text), Vec::<char>::new(), "{lang:?} {path}: {text}");
        }
    }
    for lang in [Lang::Zh, Lang::En] {
        for (key, _) in locale::keys(lang) {
            let text = locale::find(lang, key).map_or_else(|| locale::say(lang, &key_only(key)), str::to_owned);
            assert_eq!(set.missing(&text), Vec::<char>::new(), "{lang:?} {key}: {text}");
        }
    }
}

/// A message without its particulars: their names stand in it.
fn key_only(key: &'static str) -> leitai::show::told::Words {
    leitai::show::told::Words::new(key)
}

/// Classes whose layouts are held to the legible minimum and the safe area in every language.
const CLASSES: [Class; 2] = [Class::Tv, Class::Stream];

/// Embedded tapes, each at the moments that its contact sheet shows.
const TAPES: [(&str, &str); 5] = [
    ("demo", include_str!("../assets/shows/zhongwei-demo.tape.ndjson")),
    ("yantai", include_str!("../assets/shows/yantai.tape.ndjson")),
    ("liaoning", include_str!("../assets/shows/liaoning.tape.ndjson")),
    ("zhongwei", include_str!("../assets/shows/zhongwei.tape.ndjson")),
    ("fujian", include_str!("../assets/shows/fujian.tape.ndjson")),
];

#[test]
fn every_moment_of_the_embedded_shows_has_room_for_its_words_in_every_language() {
    let set = Typesetter::new();
    let theme = themes::built_in().unwrap();
    let (mut pictures, mut faults) = (0, BTreeSet::new());
    for (name, text) in TAPES {
        let timeline = Timeline::new(Tape::parse(text).unwrap());
        for moment in moments(&timeline) {
            let show = timeline.show_at(moment.at);
            for class in CLASSES {
                for lang in Lang::ALL {
                    let (width, height) = class.canvas();
                    let output = Output { lang, ..Output::of(class, (width as u32, height as u32)) };
                    let frame = compose(&show, &theme, &output, &set, Clips::none(), moment.at);
                    pictures += 1;
                    let told = |fault: String| format!("{name} {class:?} {lang:?} event {}: {fault}", moment.seq);
                    faults.extend(legible::faults(&frame, &theme, class, &set).into_iter().map(told));
                }
            }
        }
    }
    println!("{pictures} pictures in {} languages, {} faults", Lang::ALL.len(), faults.len());
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is said in English is said in one way: an error's own sentence and the one from the locale are the same.
#[test]
fn an_errors_own_sentence_is_its_english() {
    use leitai::{
        feed::FeedProblem,
        journal::JournalError,
        show::{
            protocol::ProtocolError,
            rules::{Rulebook, RulesError},
            state::Show,
            tape::{Problem, TapeError},
            told::Told,
        },
        simulate::SimulateError,
    };

    fn same<T: Told + std::fmt::Display>(errors: &[T]) {
        for error in errors {
            assert_eq!(locale::tell(Lang::En, error), error.to_string());
            let zh = locale::tell(Lang::Zh, error);
            assert!(zh.chars().any(|c| ('一'..='龥').contains(&c)) && !zh.contains('$'), "{zh}");
        }
    }
    let own = str::to_owned;
    same(&[
        SimulateError::Teams { needed: 5, there: 4 },
        SimulateError::Players { team: own("t1"), round: own("warmup"), needed: 3, there: 2 },
        SimulateError::Questions { round: own("rush"), kinds: own("single"), needed: 10, there: 4 },
        SimulateError::Twice { id: own("q1") },
    ]);
    let path = || Path::new("show.tape.ndjson").to_owned();
    let gone = || std::io::Error::from(std::io::ErrorKind::NotFound);
    same(&[
        JournalError::Exists { path: path() },
        JournalError::Write { path: path(), source: gone() },
        JournalError::Tape { path: path(), source: TapeError::Version { version: 9 } },
        JournalError::Tape { path: path(), source: TapeError::NotATape { reason: own("x") } },
    ]);
    same(&[
        Problem::Torn { line: 7, bytes: 12, reason: own("x") },
        Problem::NoHeader { reason: own("x") },
        Problem::Gap { line: 3, from: 4, to: 6 },
    ]);
    same(&[
        FeedProblem::Binary { bytes: 2 },
        FeedProblem::Subprotocol { url: own("ws://x") },
        FeedProblem::Epoch { from: own("a"), to: own("b") },
        FeedProblem::Message(ProtocolError::Version { seq: 4, version: 2 }),
        FeedProblem::Message(ProtocolError::NotUtf8 { at: 3 }),
    ]);
    let broken = leitai::simulate::built_in("zhongwei").unwrap().replacen("kinds: [case]", "kinds: []", 1);
    same::<RulesError>(&[Rulebook::parse(&broken).unwrap_err()]);
    for (name, _) in leitai::simulate::RULEBOOKS {
        same(&Rulebook::parse(leitai::simulate::built_in(name).unwrap()).unwrap().notices());
    }
    let mut show = Show::default();
    let bad = serde_json::json!({"v": 1, "epoch": "e", "seq": 1, "at": 1, "type": "score.changed",
        "data": {"team": "t1", "before": 300, "delta": 10, "after": 320}});
    show.apply(&leitai::show::protocol::Envelope::from_value(bad).unwrap());
    assert!(!show.alarms.is_empty());
    for alarm in &show.alarms {
        assert_eq!(locale::tell(Lang::En, alarm), alarm.text);
        assert!(locale::tell(Lang::Zh, alarm).starts_with("事件 1："), "{alarm:?}");
    }
}

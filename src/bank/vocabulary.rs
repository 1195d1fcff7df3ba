//! The words that tables are headed and filled with, in both languages: read from the locales, never written here.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::Value;

use super::Paper;
use crate::show::{bank::Field, protocol::play::QuestionKind};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    questions: BTreeMap<String, Vec<String>>,
    teams: BTreeMap<String, Vec<String>>,
    option: Vec<String>,
    player: Vec<String>,
    nobody: Vec<String>,
    kinds: BTreeMap<String, Vec<String>>,
    yes: Vec<String>,
    no: Vec<String>,
}

/// A test keeps a text that cannot be read from being shipped.
static WORDS: LazyLock<Vocabulary> =
    LazyLock::new(|| ron::from_str(include_str!("../../assets/locales/bank.columns.ron")).unwrap_or_default());

/// What no table can do without comes first: of two names as near, it is meant.
const QUESTION: [Field; 9] = [
    Field::Stem,
    Field::Key,
    Field::Kind,
    Field::Id,
    Field::Options,
    Field::Explanation,
    Field::Source,
    Field::Topic,
    Field::Value,
];
const TEAM: [Field; 4] = [Field::Number, Field::Name, Field::Short, Field::Colour];
/// Names that are alike by this share or more are taken for a slip: one wrong character of a Chinese name's two.
const ALIKE: f64 = 0.5;

/// A word without what does not count: width, case, spaces, marks, and a remark in brackets.
pub(super) fn normal(text: &str) -> String {
    let narrow: String = text
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| !c.is_whitespace() && !matches!(c, '*' | ':' | '_'))
        .collect();
    let narrow = narrow.to_lowercase();
    match narrow.split('(').next() {
        Some(before) if !before.is_empty() => before.to_owned(),
        _ => narrow,
    }
}

/// What a column holds, by its heading.
pub(super) fn field(paper: Paper, heading: &str) -> Option<Field> {
    let heading = normal(heading);
    fields(paper).iter().copied().find(|field| names(paper, *field).contains(&heading)).or_else(|| match paper {
        Paper::Bank => option(&heading),
        Paper::Roster => player(&heading),
    })
}

/// The field whose name a heading nearly is, with that name. Fields that have their column are not asked.
pub(super) fn near(paper: Paper, heading: &str, taken: &[Field]) -> Option<(Field, &'static str)> {
    // No name is that long, and telling how alike two are takes time with their lengths.
    if heading.len() > LONGEST {
        return None;
    }
    let heading = normal(heading);
    let free = fields(paper).iter().filter(|field| !taken.contains(field));
    let named = free.flat_map(|field| names(paper, *field).iter().map(|name| (*field, name.as_str())));
    let mut best: Option<(f64, (Field, &'static str))> = None;
    for (field, name) in named {
        let alike = strsim::normalized_damerau_levenshtein(&heading, name);
        // The first of equals: the one that is advised.
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, (field, name)));
        }
    }
    best.map(|(_, near)| near)
}

/// Longer words are like no name, bytes.
pub(super) const LONGEST: usize = 128;

/// The names of a column, for a sentence.
pub(super) fn listed(paper: Paper, field: Field) -> String {
    names(paper, field).join(" / ")
}

fn fields(paper: Paper) -> &'static [Field] {
    match paper {
        Paper::Bank => &QUESTION,
        Paper::Roster => &TEAM,
    }
}

fn names(paper: Paper, field: Field) -> &'static [String] {
    let words = match paper {
        Paper::Bank => &WORDS.questions,
        Paper::Roster => &WORDS.teams,
    };
    words.get(field.name()).map_or(&[], Vec::as_slice)
}

fn option(heading: &str) -> Option<Field> {
    let letter = WORDS.option.iter().find_map(|word| heading.strip_prefix(word.as_str())).unwrap_or(heading);
    let mut chars = letter.chars();
    match (chars.next(), chars.next()) {
        (Some(letter @ 'a'..='z'), None) => Some(Field::Option(letter as usize - 'a' as usize)),
        _ => None,
    }
}

fn player(heading: &str) -> Option<Field> {
    WORDS.player.iter().find(|word| heading.contains(word.as_str()))?;
    let digits: String = heading.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| *number > 0).map(Field::Player)
}

/// The letter of an option column or of the option at `index`.
pub(super) fn letter(index: usize) -> String {
    u8::try_from(index)
        .ok()
        .and_then(|index| b'A'.checked_add(index))
        .map(char::from)
        .map_or_else(String::new, String::from)
}

pub(super) fn kind(text: &str) -> Option<QuestionKind> {
    let text = normal(text);
    let (name, _) = WORDS.kinds.iter().find(|(_, words)| words.contains(&text))?;
    serde_json::from_value(Value::String(name.clone())).ok()
}

/// The kind that a sheet is named after: 单选题, 判断题库.
pub(super) fn kind_of_sheet(name: &str) -> Option<QuestionKind> {
    let name = normal(name);
    kind(&name).or_else(|| {
        let (kind, _) =
            WORDS.kinds.iter().find(|(_, words)| words.first().is_some_and(|word| name.starts_with(word)))?;
        serde_json::from_value(Value::String(kind.clone())).ok()
    })
}

/// Every kind's name, for a sentence.
pub(super) fn kinds() -> String {
    const ORDER: [&str; 6] = ["single", "multi", "judge", "fill", "short", "case"];
    ORDER
        .iter()
        .filter_map(|name| WORDS.kinds.get(*name)?.first().map(|word| format!("{word} ({name})")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A judge question's answer.
pub(super) fn truth(text: &str) -> Option<bool> {
    let text = normal(text);
    let means = |words: &[String]| words.contains(&text);
    if means(&WORDS.yes) { Some(true) } else { means(&WORDS.no).then_some(false) }
}

/// How a judge question's answers are shown: right and wrong.
pub(super) fn verdicts() -> [&'static str; 2] {
    [&WORDS.yes, &WORDS.no].map(|words| words.first().map_or("", String::as_str))
}

/// Says a player's cell that there is no such player?
pub(super) fn is_nobody(text: &str) -> bool {
    WORDS.nobody.contains(&normal(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_is_whole() {
        for field in QUESTION {
            assert!(!names(Paper::Bank, field).is_empty(), "{field:?}");
        }
        for field in TEAM {
            assert!(!names(Paper::Roster, field).is_empty(), "{field:?}");
        }
        assert_eq!(kinds().split(", ").count(), 6);
        for words in [&WORDS.yes, &WORDS.no, &WORDS.nobody] {
            assert!(words.iter().all(|word| normal(word) == *word));
        }
        for words in WORDS.questions.values().chain(WORDS.teams.values()).chain(WORDS.kinds.values()) {
            assert!(words.iter().all(|word| normal(word) == *word), "{words:?} must stand as they are compared");
        }
    }

    #[test]
    fn headings_are_known_in_either_language_however_they_are_written() {
        for (heading, field) in [
            (" 题 干* ", Field::Stem),
            ("Ｓtem", Field::Stem),
            ("正确答案（多选写在一起）", Field::Key),
            ("选项Ｃ", Field::Option(2)),
            ("option c", Field::Option(2)),
            ("L", Field::Option(11)),
            ("选项", Field::Options),
        ] {
            assert_eq!(super::field(Paper::Bank, heading), Some(field), "{heading}");
        }
        assert_eq!(super::field(Paper::Roster, "2 号选手"), Some(Field::Player(2)));
        assert_eq!(super::field(Paper::Roster, "选手2姓名"), Some(Field::Player(2)));
        assert_eq!(super::field(Paper::Bank, "备注"), None);
    }

    #[test]
    fn a_slip_is_told_from_a_strange_heading_and_never_names_a_column_that_is_there() {
        assert_eq!(near(Paper::Bank, "题杆", &[]).map(|near| near.1), Some("题干"));
        assert_eq!(near(Paper::Bank, "kei", &[]).map(|near| near.1), Some("key"));
        assert_eq!(near(Paper::Bank, "备注", &[]), None);
        assert_eq!(near(Paper::Bank, "试题难度", &[Field::Stem, Field::Kind]), None);
    }

    #[test]
    fn kinds_and_truths_are_read_as_they_are_written() {
        assert_eq!(kind("多选题"), Some(QuestionKind::Multi));
        assert_eq!(kind("Judge"), Some(QuestionKind::Judge));
        assert_eq!(kind("拼图"), None);
        assert_eq!(kind_of_sheet("判断题库"), Some(QuestionKind::Judge));
        assert_eq!(kind_of_sheet("Sheet1"), None);
        for (text, is) in [("对", Some(true)), ("√", Some(true)), ("×", Some(false)), ("F", Some(false)), ("A", None)]
        {
            assert_eq!(truth(text), is, "{text}");
        }
    }
}

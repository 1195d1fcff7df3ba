//! A question bank read through: what a referee would stumble over on air, found before the show.

use std::collections::BTreeMap;

use super::{
    BankQuestion, Fault, Field, Finding, OPTIONS, Place,
    text::{self, Said},
};
use crate::show::{limits::FINDINGS, protocol::play::QuestionKind};

/// Options and keys of a question that are looked at: of more than can be shown, so many.
const READ: usize = 4 * OPTIONS;

/// Everything that is found, in the order of the questions. Whether there are glyphs is asked by [`check_glyphs`].
pub fn check(questions: &[BankQuestion]) -> Vec<Finding> {
    let mut findings = vec![];
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for (entry, question) in questions.iter().enumerate() {
        // Nobody reads on; how many there are is counted so far.
        if findings.len() > FINDINGS {
            break;
        }
        let mut add = |field, fault| findings.push(Finding { place: Place::entry(entry, &question.id, field), fault });
        if question.id.trim().is_empty() {
            add(Field::Id, Fault::EmptyId);
        } else if let Some(first) = ids.get(question.id.as_str()) {
            add(Field::Id, Fault::DuplicateId { first: first + 1 });
        } else {
            ids.insert(&question.id, entry);
        }
        if question.stem.trim().is_empty() {
            add(Field::Stem, Fault::EmptyStem);
        }
        check_options(question, &mut add);
        check_key(question, &mut add);
        if question.source.as_deref().is_none_or(|source| source.trim().is_empty()) {
            add(Field::Source, Fault::NoSource);
        }
        for (field, said) in texts(question) {
            text::check(said, &Place::entry(entry, &question.id, field), &mut findings);
        }
    }
    findings
}

/// Characters that cannot be drawn; `missing` names those of a text that no font has.
pub fn check_glyphs(questions: &[BankQuestion], missing: &dyn Fn(&str) -> Vec<char>) -> Vec<Finding> {
    let mut findings = vec![];
    for (entry, question) in questions.iter().enumerate() {
        if findings.len() > FINDINGS {
            break;
        }
        for (field, said) in texts(question) {
            text::glyphs(said, missing, &Place::entry(entry, &question.id, field), &mut findings);
        }
    }
    findings
}

/// Every text of a question, once.
fn texts(question: &BankQuestion) -> Vec<Said<'_>> {
    let mut texts = vec![(Field::Id, question.id.as_str()), (Field::Stem, &question.stem)];
    texts.extend(question.options.iter().enumerate().map(|(i, option)| (Field::Option(i), option.text.as_str())));
    // Labels are texts of the options already.
    if !chosen(question.kind) {
        texts.extend(question.key.iter().map(|key| (Field::Key, key.as_str())));
    }
    let rest = [
        (Field::Explanation, &question.explanation),
        (Field::Source, &question.source),
        (Field::Topic, &question.topic),
    ];
    texts.extend(rest.into_iter().filter_map(|(field, text)| text.as_deref().map(|text| (field, text))));
    texts
}

/// Is it answered by choosing?
const fn chosen(kind: QuestionKind) -> bool {
    matches!(kind, QuestionKind::Single | QuestionKind::Multi | QuestionKind::Judge)
}

fn check_options(question: &BankQuestion, add: &mut impl FnMut(Field, Fault)) {
    let count = question.options.len();
    match question.kind {
        QuestionKind::Judge if count != 2 => add(Field::Options, Fault::JudgeOptions { count }),
        QuestionKind::Single | QuestionKind::Multi if count < 2 => add(Field::Options, Fault::FewOptions { count }),
        QuestionKind::Fill | QuestionKind::Short | QuestionKind::Case if count > 0 => {
            add(Field::Options, Fault::StrayOptions { count });
        }
        _ => {}
    }
    if count > OPTIONS {
        add(Field::Option(OPTIONS), Fault::ManyOptions { count, most: OPTIONS });
    }
    for (i, option) in question.options.iter().enumerate().take(READ) {
        let label = option.label.clone();
        if label.trim().is_empty() {
            add(Field::Option(i), Fault::EmptyLabel { number: i + 1 });
        } else if question.options[..i].iter().any(|earlier| earlier.label == label) {
            add(Field::Option(i), Fault::DuplicateLabel { label: label.clone() });
        }
        if option.text.trim().is_empty() {
            add(Field::Option(i), Fault::EmptyOption { label });
        }
    }
}

fn check_key(question: &BankQuestion, add: &mut impl FnMut(Field, Fault)) {
    if question.key.iter().all(|key| key.trim().is_empty()) {
        return add(Field::Key, Fault::NoKey);
    }
    if !chosen(question.kind) {
        return;
    }
    let labels: Vec<&str> = question.options.iter().take(READ).map(|option| option.label.as_str()).collect();
    // Without options that is the finding.
    if !labels.is_empty() {
        for key in question.key.iter().take(READ).filter(|key| !labels.contains(&key.as_str())) {
            add(Field::Key, Fault::KeyNoOption { key: key.clone(), labels: labels.join(" ") });
        }
    }
    match (question.kind, question.key.as_slice()) {
        (QuestionKind::Multi, [key]) => add(Field::Key, Fault::OneKey { key: key.clone() }),
        (QuestionKind::Multi, _) | (_, [_]) => {}
        (_, keys) => add(Field::Key, Fault::ManyKeys { keys: keys[..keys.len().min(READ)].join(" ") }),
    }
}

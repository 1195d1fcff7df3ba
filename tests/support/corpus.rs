//! Real questions: read from a file, told to a show one by one.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::story::Story;

/// A question as the corpora write it: one JSON object a line.
#[derive(Deserialize)]
pub struct Item {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub stem: String,
    pub options: Vec<String>,
    pub answer: String,
}

impl Item {
    fn kind(&self) -> &str {
        if self.kind == "tf" { "judge" } else { &self.kind }
    }

    /// `question.shown`.
    pub fn shown(&self) -> Value {
        let options: Vec<Value> =
            ('A'..).zip(&self.options).map(|(label, text)| json!({"label": label.to_string(), "text": text})).collect();
        json!({"id": self.id, "kind": self.kind(), "stem": self.stem, "options": options, "value": 10})
    }

    fn key(&self) -> Vec<String> {
        if self.options.is_empty() {
            return vec![self.answer.clone()];
        }
        self.answer.chars().filter(char::is_ascii_uppercase).map(|label| label.to_string()).collect()
    }

    /// `answer.given`: the first option, or the answer in words.
    pub fn given(&self) -> Value {
        match self.options.is_empty() {
            true => json!({"team": "t1", "text": self.answer}),
            false => json!({"team": "t1", "choice": ["A"]}),
        }
    }

    /// `answer.revealed`; the stem once more is as long an explanation as there is.
    pub fn revealed(&self) -> Value {
        json!({"key": self.key(), "explanation": self.stem})
    }

    /// The question on air at the story's zero, with a clock.
    pub fn story(&self) -> Story {
        Story::contest()
            .round("初显身手", "热身环节·第 2 轮", "solo")
            .turn(1, 2)
            .with(0, "question.shown", self.shown())
            .with(100, "countdown.armed", json!({"id": "c", "duration": 150_000_000}))
    }

    /// Every text of it that is set in lines.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = vec![self.stem.clone(), self.answer.clone()];
        texts.extend(self.options.iter().cloned());
        texts
    }
}

/// The sample that the repository carries: our own questions in the shapes of the real ones.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora-sample.jsonl")
}

/// `LEITAI_CORPORA`, else `../shared/corpora` beside the crate, else the sample; and what was found.
pub fn find() -> (PathBuf, bool) {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    let folder = std::env::var_os("LEITAI_CORPORA").map_or_else(beside, PathBuf::from);
    let file = folder.join("questions.jsonl");
    if file.is_file() { (file, true) } else { (sample(), false) }
}

pub fn read(path: &Path) -> Vec<Item> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let items = text.lines().filter(|line| !line.trim().is_empty());
    items
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{}, line {}: {error}", path.display(), i + 1))
        })
        .collect()
}

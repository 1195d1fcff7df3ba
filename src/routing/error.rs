//! What can be wrong with outputs, each as a sentence with its place, the output's name and what to do.

use std::path::PathBuf;

use crate::show::told::{Clause, Told, Words};

/// Why outputs were not taken. Those that stand go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    #[error("outputs {} cannot be read: {reason}", .file.display())]
    Unreadable { file: PathBuf, reason: String },
    /// The text is not what an outputs file is: `what` stands there, `instead` may.
    #[error("outputs {}:{line}:{column}: {what}{}", .file.display(), and(.instead))]
    Text { file: PathBuf, line: usize, column: usize, what: Clause, instead: Clause },
    /// The text can be read, and what it says cannot be; each with its place.
    #[error("outputs: {}", all(.flaws.iter().map(|(place, flaw)| (Some((.file.as_path(), *place)), flaw))))]
    Flaws { file: PathBuf, flaws: Vec<((usize, usize), Flaw)> },
    /// Outputs of the console's, which have no place in a text.
    #[error("outputs: {}", all(.flaws.iter().map(|flaw| (None, flaw))))]
    Unfit { flaws: Vec<Flaw> },
    #[error("outputs {} cannot be written: {reason}; the outputs themselves go on, save them elsewhere or make room", .file.display())]
    Write { file: PathBuf, reason: String },
}

/// One thing that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The output's name; its number from 1 where it has none.
    pub output: String,
    /// Which value: `outputs[1].raster`.
    pub path: String,
    pub what: Clause,
    pub instead: Clause,
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "output \"{}\": {}; {}", self.output, self.what, self.instead)
    }
}

impl Told for Flaw {
    fn words(&self) -> Words {
        Words::new("outputs-flaw").with("output", &self.output).with("what", &self.what).with("instead", &self.instead)
    }
}

impl Told for RouteError {
    fn words(&self) -> Words {
        match self {
            Self::Unreadable { file, reason } => {
                Words::new("outputs-unreadable").with("file", file).with("reason", reason)
            }
            Self::Text { file, line, column, what, instead } => {
                let key = if instead.text.is_empty() { "outputs-text" } else { "outputs-text.instead" };
                let words = Words::new(key).with("file", file).with("line", line).with("column", column);
                let words = words.with("what", what);
                if instead.text.is_empty() { words } else { words.with("instead", instead) }
            }
            Self::Flaws { file, flaws } => {
                let at = |((line, column), flaw): &((usize, usize), Flaw)| {
                    let words = Words::new("outputs-flaw.at").with("file", file).with("line", line);
                    words.with("column", column).with("flaw", flaw)
                };
                Words::new("outputs-flaws").with("flaws", flaws.iter().map(at).collect::<Vec<_>>())
            }
            Self::Unfit { flaws } => Words::new("outputs-flaws").with("flaws", flaws),
            Self::Write { file, reason } => Words::new("outputs-write").with("file", file).with("reason", reason),
        }
    }
}

impl RouteError {
    /// Line and column, from 1, of the first fault in the text.
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            Self::Text { line, column, .. } => Some((*line, *column)),
            Self::Flaws { flaws, .. } => flaws.first().map(|(place, _)| *place),
            _ => None,
        }
    }
}

fn and(instead: &Clause) -> String {
    if instead.text.is_empty() { String::new() } else { format!("; {instead}") }
}

fn all<'a>(flaws: impl Iterator<Item = (Option<(&'a std::path::Path, (usize, usize))>, &'a Flaw)>) -> String {
    let told = flaws.map(|(place, flaw)| match place {
        Some((file, (line, column))) => format!("{}:{line}:{column}: {flaw}", file.display()),
        None => flaw.to_string(),
    });
    told.collect::<Vec<_>>().join("; ")
}

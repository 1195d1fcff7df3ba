//! What can be wrong with a theme, each as a sentence with its place and what to write instead.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::show::told::{Clause, Told, Words};

/// Why a theme was refused. The last good one stays on air.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme \"{name}\": looked for {}; the program carries {}", list(.looked), super::carried().collect::<Vec<_>>().join(", "))]
    Missing { name: String, looked: Vec<PathBuf> },
    #[error("theme {} cannot be read: {reason}", .file.display())]
    Unreadable { file: PathBuf, reason: String },
    /// `what` says what stands there, `instead` what may.
    #[error("theme {}:{line}:{column}: {what}{}", .file.display(), instead_clause(.instead))]
    Text { file: PathBuf, line: usize, column: usize, what: Clause, instead: Clause },
    #[error("theme {}:{line}:{column}: the picture \"{picture}\" is not in {}; add it, or correct the name", .file.display(), .folder.display())]
    Picture { file: PathBuf, line: usize, column: usize, picture: String, folder: PathBuf },
    #[error("a picture of the theme {}:{line}:{column}: \"{picture}\" {reason}", .file.display())]
    PictureUnfit { file: PathBuf, line: usize, column: usize, picture: String, reason: Clause },
    /// Each fault with its own file and line.
    #[error("theme {}", .faults.iter().map(Clause::to_string).collect::<Vec<_>>().join("; "))]
    Range { file: PathBuf, line: usize, column: usize, faults: Vec<Clause> },
    #[error("theme folder {} cannot be watched ({reason}); edits are seen after a restart only", .folder.display())]
    Watch { folder: PathBuf, reason: String },
}

impl Told for ThemeError {
    fn words(&self) -> Words {
        let at = |key, file, line: &usize, column: &usize| {
            Words::new(key).with("file", file).with("line", line).with("column", column)
        };
        match self {
            Self::Missing { name, looked } => {
                let carried = super::carried().collect::<Vec<_>>().join(", ");
                Words::new("theme-missing").with("name", name).with("looked", list(looked)).with("carried", carried)
            }
            Self::Unreadable { file, reason } => {
                Words::new("theme-unreadable").with("file", file).with("reason", reason)
            }
            Self::Text { file, line, column, what, instead } if instead.text.is_empty() => {
                at("theme-text", file, line, column).with("what", what)
            }
            Self::Text { file, line, column, what, instead } => {
                at("theme-text.instead", file, line, column).with("what", what).with("instead", instead)
            }
            Self::Picture { file, line, column, picture, folder } => {
                at("theme-picture", file, line, column).with("picture", picture).with("folder", folder)
            }
            Self::PictureUnfit { file, line, column, picture, reason } => {
                at("theme-picture-unfit", file, line, column).with("picture", picture).with("reason", reason)
            }
            Self::Range { faults, .. } => Words::new("theme-range").with("faults", faults),
            Self::Watch { folder, reason } => Words::new("theme-watch").with("folder", folder).with("reason", reason),
        }
    }
}

impl ThemeError {
    pub(super) fn unreadable(file: &Path, error: &io::Error) -> Self {
        Self::Unreadable { file: file.to_owned(), reason: error.to_string() }
    }

    /// Line and column, from 1, where the fault is one place in the text.
    pub const fn place(&self) -> Option<(usize, usize)> {
        match self {
            Self::Text { line, column, .. }
            | Self::Picture { line, column, .. }
            | Self::PictureUnfit { line, column, .. }
            | Self::Range { line, column, .. } => Some((*line, *column)),
            _ => None,
        }
    }
}

fn instead_clause(instead: &Clause) -> String {
    if instead.text.is_empty() { String::new() } else { format!("; {instead}") }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

//! What can be wrong with a theme, each as a sentence with its place and what to write instead.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Why a theme was refused. The last good one stays on air.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme \"{name}\": looked for {}; the program carries {}", list(.looked), super::carried().collect::<Vec<_>>().join(", "))]
    Missing { name: String, looked: Vec<PathBuf> },
    #[error("theme {} cannot be read: {reason}", .file.display())]
    Unreadable { file: PathBuf, reason: String },
    /// `what` says what stands there, `instead` what may.
    #[error("theme {}:{line}:{column}: {what}{}", .file.display(), instead_clause(.instead))]
    Text { file: PathBuf, line: usize, column: usize, what: String, instead: String },
    #[error("theme {}:{line}:{column}: the picture \"{picture}\" is not in {}; add it, or correct the name", .file.display(), .folder.display())]
    Picture { file: PathBuf, line: usize, column: usize, picture: String, folder: PathBuf },
    #[error("a picture of the theme {}:{line}:{column}: \"{picture}\" {reason}", .file.display())]
    PictureUnfit { file: PathBuf, line: usize, column: usize, picture: String, reason: String },
    /// Each fault with its own file and line.
    #[error("theme {faults}")]
    Range { file: PathBuf, line: usize, column: usize, faults: String },
    #[error("theme folder {} cannot be watched ({reason}); edits are seen after a restart only", .folder.display())]
    Watch { folder: PathBuf, reason: String },
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

fn instead_clause(instead: &str) -> String {
    if instead.is_empty() { String::new() } else { format!("; {instead}") }
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

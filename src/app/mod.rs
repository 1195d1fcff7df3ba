//! The program with its windows: what runs, in which phases, and how it ends.

mod session;

use std::path::PathBuf;

pub use session::{LiveSession, SessionError};

use crate::{director::Director, feed::FeedOptions, locale::Lang, themes::ThemeWatch};

/// Who supplies the events.
pub enum AppMode {
    /// The director's own tape.
    Rehearse,
    /// A feed, recorded to `tape` (or to a new one).
    Live { feed: FeedOptions, tape: Option<PathBuf> },
}

/// What the windows are opened with.
pub struct AppOptions {
    pub mode: AppMode,
    pub director: Director,
    pub watch: ThemeWatch,
    /// The operator's language.
    pub lang: Lang,
}

/// Why the windows do not open.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("{sentence}")]
    NoDisplay { sentence: String },
}

/// Opens the windows and returns when the program window is closed.
///
/// # Errors
/// When there is no display.
pub fn run(options: AppOptions) -> Result<(), AppError> {
    let sentence = crate::locale::word(options.lang, "cli.no_display").to_owned();
    Err(AppError::NoDisplay { sentence })
}

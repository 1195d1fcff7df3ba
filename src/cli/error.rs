//! Why a command could not be done.

use std::path::PathBuf;

use super::time::Span;
use crate::show::told::{Arg, Words, told};

#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Tape(#[from] crate::journal::JournalError),
    #[error(transparent)]
    Theme(#[from] crate::themes::ThemeError),
    #[error(transparent)]
    Stage(#[from] crate::stage::StageError),
    #[error(transparent)]
    Output(#[from] crate::output::OutputError),
    #[error(transparent)]
    Session(#[from] crate::app::SessionError),
    #[error(transparent)]
    App(#[from] crate::app::AppError),
    /// The time that was given ran out first.
    #[error("the time ran out before the scoring system was reached; check its address and that it runs")]
    NeverConnected { last: Words },
    #[error("the embedded show cannot be read: {reason}; this program was built wrongly")]
    Embedded { reason: crate::show::tape::TapeError },
    #[error(transparent)]
    Scenes(#[from] crate::preflight::SceneError),
    #[error("{at} is after the end of the tape, which is at {end}")]
    AfterEnd { at: Span, end: Span },
    #[error("there is no event {seq}; the tape's last one is {last}")]
    NoEvent { seq: u64, last: u64 },
    #[error("{} cannot be read: {reason}", .path.display())]
    Read { path: PathBuf, reason: String },
    #[error("{} cannot be written: {reason}", .path.display())]
    Write { path: PathBuf, reason: String },
    #[error("the result cannot be written to standard output: {reason}")]
    Print { reason: String },
    #[error("the result cannot be written as JSON: {reason}")]
    Json { reason: String },
    /// Banks and rosters that were not taken, told in the operator's language.
    #[error("{told}")]
    Papers { told: String },
    #[error("{} cannot be written: it is one of the inputs ({}); give the tape a name of its own", .path.display(), .input.display())]
    Overwrites { path: PathBuf, input: PathBuf },
    #[error(transparent)]
    Simulate(#[from] crate::simulate::SimulateError),
    #[error("rulebook {name}: {source}")]
    Rules { name: String, source: crate::show::rules::RulesError },
    #[error("rulebook {name} cannot be read: {reason}; name a file or one of the built-in ones: {known}")]
    Rulebook { name: String, reason: String, known: String },
    #[error(transparent)]
    Outputs(#[from] crate::routing::RouteError),
    #[error("{} has no output \"{name}\"; it has: {known}", .file.display())]
    NoOutput { file: PathBuf, name: String, known: String },
    #[error("standard output is taken by the output {name}: leave out --json, or give the output a path")]
    StandardOutput { name: String },
    /// A film's picture that could not be had.
    #[error(transparent)]
    Film(#[from] crate::media::MediaError),
    #[error(transparent)]
    Guard(#[from] crate::guard::GuardError),
    #[error(transparent)]
    Serve(#[from] crate::feed::serve::ServeError),
    #[error(transparent)]
    Token(#[from] crate::feed::TokenError),
}

told!(CliError {
    NeverConnected { last } => "cli-never-connected",
    Embedded { reason } => "cli-embedded",
    AfterEnd { at, end } => "cli-after-end",
    NoEvent { seq, last } => "cli-no-event",
    Read { path, reason } => "error-read",
    Write { path, reason } => "error-write",
    Print { reason } => "cli-print",
    Json { reason } => "cli-json",
    Papers { told } => "cli-papers",
    Overwrites { path, input } => "cli-overwrites",
    Rules { name, source } => "cli-rules",
    Rulebook { name, reason, known } => "cli-rulebook",
    StandardOutput { name } => "cli-standard-output",
    NoOutput { file, name, known } => "cli-no-output",
    ; Guard, Film, Outputs, Scenes, Tape, Theme, Stage, Output, Session, App, Simulate, Serve, Token
});

impl From<&Span> for Arg {
    fn from(span: &Span) -> Self {
        Self::Text(span.to_string())
    }
}

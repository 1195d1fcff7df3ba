//! Pictures and sound into files: stills, films, numbered frames, contact sheets.

mod board;
mod cards;
pub mod encoders;
mod export;
mod feed;
mod ffmpeg;
mod format;
mod gallery;
mod parts;
mod plan;
mod png;
mod repeat;
mod segment;
mod sheet;
mod shot;
pub mod sink;
mod soundtrack;

pub use board::Board;
pub use cards::ident;
pub use export::{Exported, Job, Progress, Target, export};
pub use ffmpeg::ffmpeg_version;
pub use format::FilmFormat;
pub use gallery::{Gallery, gallery};
pub use plan::Plan;
pub use png::{png_bytes, write_png};
pub use sheet::contact_sheets;
pub use shot::Shots;
pub use sink::{free_bytes, nearest};

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{show::told::told, stage::StageError};

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    #[error("{} cannot be written: {reason}", .path.display())]
    Write { path: PathBuf, reason: String },
    #[error("{}: an export is a film (.mp4, .mov, .webm) or a folder (end its name with /)", .path.display())]
    Kind { path: PathBuf },
    #[error("nothing to export: the end ({to_ms} ms) is not after the beginning ({from_ms} ms)")]
    Empty { from_ms: i64, to_ms: i64 },
    #[error("no moment of the show lies in this span; choose a longer one for its contact sheet")]
    NoMoment,
    #[error(
        "films need ffmpeg, which is not there ({reason}); install it (apt-get install ffmpeg) or export to a folder"
    )]
    NoFfmpeg { reason: String },
    #[error("{} holds something else; move it away, or give the export another name", .path.display())]
    Taken { path: PathBuf },
    #[error("ffmpeg could not make {}: {reason}", .path.display())]
    Ffmpeg { path: PathBuf, reason: String },
    #[error("encoder {encoder} does not work here; leave --encoder away, or take auto or one of {known}")]
    Encoder { encoder: String, known: String },
    #[error("stopped after {done} of {frames} frames; the same command goes on from there")]
    Stopped { done: u64, frames: u64 },
    #[error("{} cannot be read as a picture: {reason}", .path.display())]
    Picture { path: PathBuf, reason: String },
    #[error("the picture of {scene} cannot be drawn: {source}")]
    Scene { scene: String, source: StageError },
    #[error("the picture at {at_ms} ms cannot be drawn: {source}")]
    Stage { at_ms: i64, source: StageError },
}

told!(OutputError {
    Write { path, reason } => "error-write",
    Kind { path } => "export-kind",
    Empty { from_ms, to_ms } => "export-empty",
    NoMoment => "export-no-moment",
    Taken { path } => "export-taken",
    NoFfmpeg { reason } => "export-no-ffmpeg",
    Ffmpeg { path, reason } => "export-ffmpeg",
    Encoder { encoder, known } => "export-encoder",
    Stopped { done, frames } => "export-stopped",
    Picture { path, reason } => "export-picture",
    Scene { scene, source } => "export-scene",
    Stage { at_ms, source } => "export-stage",
});

impl OutputError {
    fn write(path: &Path, error: &dyn std::error::Error) -> Self {
        Self::Write { path: path.to_owned(), reason: error.to_string() }
    }

    fn ffmpeg(path: &Path, error: &io::Error) -> Self {
        Self::Ffmpeg { path: path.to_owned(), reason: error.to_string() }
    }
}

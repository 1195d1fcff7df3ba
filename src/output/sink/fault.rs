//! Why a sink does not run, in the operator's words.

use std::{io, path::PathBuf};

use crate::show::told::{Told, told};

/// Why nothing can be written, or no more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SinkFault {
    #[error("{name}: {} cannot be written: {reason}", .path.display())]
    Open { name: String, path: PathBuf, reason: String },
    #[error("{name}: nobody reads from the pipe {}; start the program that does", .path.display())]
    NoReader { name: String, path: PathBuf },
    #[error("{name}: whoever took the frames of {} has gone: {reason}", .path.display())]
    Gone { name: String, path: PathBuf, reason: String },
    #[error("{name}: \"{memory}\" is no name for shared memory: letters, digits, - and _ make one")]
    Name { name: String, memory: String },
    #[error("{name}: this output needs ffmpeg, which is not there ({reason}); install it (apt-get install ffmpeg)")]
    NoFfmpeg { name: String, reason: String },
    #[error("{name}: ffmpeg to {to} has ended: {said}")]
    Ended { name: String, to: String, said: String },
    #[error("{name}: ffmpeg to {to} took no frame for {seconds} s and was ended")]
    Stalled { name: String, to: String, seconds: u64 },
    #[error("{name}: no frame has been taken for a while; whoever reads this output stands still")]
    Behind { name: String },
    #[error("{name}: the disk that holds {to} is full ({free} free); make room, the recording goes on by itself")]
    Full { name: String, to: String, free: String },
}

told!(SinkFault {
    Open { name, path, reason } => "sink-open",
    NoReader { name, path } => "sink-no-reader",
    Gone { name, path, reason } => "sink-gone",
    Name { name, memory } => "sink-name",
    NoFfmpeg { name, reason } => "sink-no-ffmpeg",
    Ended { name, to, said } => "sink-ended",
    Stalled { name, to, seconds } => "sink-stalled",
    Behind { name } => "sink-behind",
    Full { name, to, free } => "sink-full",
});

impl SinkFault {
    /// What of it stays the same while the same thing is wrong: its sort and the output's name.
    pub fn what(&self) -> String {
        let words = self.words();
        format!("{} {}", self.name(), words.key)
    }

    /// The output's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Open { name, .. }
            | Self::NoReader { name, .. }
            | Self::Gone { name, .. }
            | Self::Name { name, .. }
            | Self::NoFfmpeg { name, .. }
            | Self::Ended { name, .. }
            | Self::Stalled { name, .. }
            | Self::Behind { name }
            | Self::Full { name, .. } => name,
        }
    }
}

/// Whether it is the room that lacks.
pub(super) fn is_full(said: &str, error: Option<&io::Error>) -> bool {
    error.is_some_and(|error| error.kind() == io::ErrorKind::StorageFull) || said.contains("No space left on device")
}

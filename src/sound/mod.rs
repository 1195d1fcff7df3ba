//! Sound: the cues of the show as samples, mixed to a file or played at their exact instants.
//!
//! Everything here is free of the engine that draws: the app hands in which cues are wanted and what time it is.

pub mod align;
pub mod bank;
mod bus;
mod decode;
pub mod device;
pub mod engine;
pub mod files;
pub mod film_voice;
mod films;
mod heard;
pub mod lane;
pub mod levels;
mod library;
pub mod limiter;
mod link;
pub mod loudness;
pub mod mixer;
pub mod output;
mod placed;
mod reels;
pub mod status;
mod survey;
pub mod synth;
mod tap;
mod themed;
pub mod voice;

pub use align::Moment;
pub use bank::Bank;
pub use engine::{Engine, GRACE_US, LOOKAHEAD_US};
pub use files::CueFileError;
pub use films::{FilmLibrary, FilmSound, Films};
pub use levels::{CueLevel, FILM, SoundSet, TARGET_LUFS};
pub use library::Library;
pub use loudness::{Loudness, measure};
pub use output::OutputError;
pub use status::{AudioStatus, SoundCounts};
pub use survey::{CueSurvey, ProgrammeLoudness, TOLERANCE_LU, loudness_of, survey};
pub use tap::Tap;

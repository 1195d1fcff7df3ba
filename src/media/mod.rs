//! Media: films and stills of the show, verified before air, decoded ahead of the show's time.
//!
//! [`Library`] finds what the show cues, checks its SHA-256, reads it through once (which picture begins when, whether it is
//! whole) and tells which films are fit for air. [`Live`] decodes them ahead of the playhead and never waits; [`Exact`] brings
//! the very picture that is asked for, for stills and exports. ffmpeg decodes, as a child process that is supervised.

mod cache;
mod decode;
mod digest;
mod error;
mod exact;
pub mod film;
mod find;
mod index;
mod library;
mod limits;
mod live;
mod player;
mod probe;
mod run;
mod sound;
mod survey;

pub use error::MediaError;
pub use exact::Exact;
pub use library::{Library, Options, Want};
pub use limits::Limits;
pub use live::{Live, LiveFigures};
pub use run::Tools;
pub use survey::{Fit, survey, survey_file};

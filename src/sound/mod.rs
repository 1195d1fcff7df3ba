//! Sound: the cues of the show as samples, mixed to a file or played at their exact instants.
//!
//! Everything here is free of the engine that draws: the app hands in which cues are wanted and what time it is.

pub mod align;
pub mod bank;
mod bus;
pub mod device;
pub mod engine;
pub mod levels;
pub mod limiter;
mod link;
pub mod loudness;
pub mod mixer;
pub mod output;
pub mod status;
pub mod synth;
mod themed;
pub mod voice;

pub use align::Moment;
pub use bank::Bank;
pub use engine::{Engine, GRACE_US, LOOKAHEAD_US};
pub use levels::{CueLevel, SoundSet};
pub use loudness::{Loudness, measure};
pub use output::OutputError;
pub use status::{AudioStatus, SoundCounts};

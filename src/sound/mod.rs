//! Sound: the cues of the show as samples, mixed to a file or played at their exact instants.
//!
//! Everything here is free of the engine that draws: the app hands in which cues are wanted and what time it is.

pub mod bank;
pub mod levels;
pub mod limiter;
pub mod loudness;
pub mod mixer;
pub mod synth;

//! The truth: the feed's words, the state they fold into, and the picture and the sound as plain data.
//!
//! Nothing here knows Bevy, a clock, a file or a socket: a frame is a function of (tape prefix, theme, output, instant).

pub mod award;
pub mod bank;
pub mod clip;
pub mod cue;
pub mod cues;
pub mod cursor;
pub mod desk;
pub mod frame;
pub mod limits;
pub mod motion;
pub mod next;
pub mod protocol;
pub mod provenance;
pub mod rate;
pub mod reduce;
pub mod rules;
pub mod state;
pub mod tape;
pub mod theme;
pub mod time;
pub mod timecode;
pub mod told;

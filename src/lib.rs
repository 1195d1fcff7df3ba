//! leitai (擂台): the graphics engine of a quiz show.
//!
//! An event's route: `feed` or a tape → `director` → [`show::state`] → [`show::frame`] → `stage` → window, still, film.
//! Sound takes the same route through the cues. Imports point down this list; rooms of one line never know each other.

pub mod cli;

pub mod app;

pub mod console;
pub mod control;
pub mod output;

pub mod desk;
pub mod spare;

pub mod bank;
pub mod feed;
pub mod media;
pub mod simulate;
pub mod sound;
pub mod stage;
pub mod themes;

pub mod director;
pub mod guard;
pub mod journal;
pub mod preflight;
pub mod routing;

pub mod bounded;
pub mod fonts;
pub mod locale;
mod phase;
pub mod show;
pub mod typeset;

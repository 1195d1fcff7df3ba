//! leitai (擂台): the graphics engine of a quiz show.

pub mod journal;
pub mod show;
pub mod sound;

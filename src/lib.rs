//! leitai (擂台): the graphics engine of a quiz show.

pub mod fonts;
pub mod show;
pub mod stage;

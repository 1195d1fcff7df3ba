//! The preflight: composed frames surveyed as data, before a show, for what should not go on air.
//!
//! Contrast, sizes, safe areas, texts that do not fit, missing glyphs, flashes, states told by colour alone. Pictures are
//! judged from their parts, point by point as the stage lays them over one another; no graphics card is asked.

mod bank;
mod contrast;
mod extent;
mod finding;
mod glyphs;
mod hue;
mod scenes;
mod survey;
mod tape;
mod text;
mod theme;
mod token;

pub use bank::bank;
pub use finding::{Fault, Finding, Findings, Severity, Subject};
pub use scenes::{Beside, GALLERY, SCENE_ZERO_US, Scene, SceneError, read_scenes};
pub use survey::{Survey, outputs};
pub use tape::tape;
pub use theme::{CueLevel, sounds, theme};

#[cfg(test)]
mod tests;

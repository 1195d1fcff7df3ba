//! What the operator may ask for and keep, without the engine.

#[path = "../../../src/desk/action.rs"]
mod action;
#[path = "../../../src/desk/command.rs"]
mod command;
#[path = "../../../src/desk/keymap.rs"]
mod keymap;
#[path = "../../../src/desk/panel.rs"]
mod panel;
#[path = "../../../src/desk/settings.rs"]
mod settings;

pub use action::{Action, Deed, Section, Wish};
pub use command::{Command, Mark, Unit};
pub use keymap::{Chord, Keymap, KeymapError};
pub use panel::{Layout, Panel};
pub use settings::{Settings, SettingsError, folder};

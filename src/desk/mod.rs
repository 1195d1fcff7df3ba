//! What every hand at the desk shares: keyboard, console and remote control ask for the same commands and are told the
//! same state.

mod action;
mod command;
mod incident;
mod keymap;
mod log;
mod orders;
mod panel;
mod settings;
mod state;

pub use action::{Action, Deed, Section, Wish};
pub use command::{Command, Mark, Unit};
pub use incident::{Bundle, IncidentError, Part};
pub use keymap::{Chord, Keymap, KeymapError};
pub use log::{LogKeeper, log_lines};
pub use orders::{Hand, Order, Orders, Outcome, Refused};
pub use panel::{Layout, Panel};
pub use settings::{Settings, SettingsError, folder};
pub use state::{
    AirState, AudioState, CountdownState, FeedFacts, HoldState, Mode, ProblemState, ScoreState, SpareState, State,
    TransportState,
};

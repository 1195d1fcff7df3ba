//! What every hand at the desk shares: keyboard, console and remote control ask for the same commands and are told the
//! same state.

mod action;
mod command;
mod incident;
mod keymap;
mod log;
mod log_file;
mod log_queue;
mod orders;
mod panel;
mod settings;
mod state;

pub use action::{Action, Deed, Section, Wish};
pub use command::{Command, Mark, Unit};
pub use incident::{Bundle, IncidentError, Part};
pub use keymap::{Chord, Keymap, KeymapError};
pub use log::{LogKeeper, log_lines};
pub use log_file::{LogFault, LogLimits, LogStatus, log_folder, log_status, log_to_disk};
pub use log_queue::{Ending, Outlet, log_to_terminal};
pub use orders::{Hand, Order, Orders, Outcome, Refused};
pub use panel::{Layout, Panel};
pub use settings::{Settings, SettingsError, folder};
pub use state::{
    AirState, AudioState, CountdownState, FeedFacts, HoldState, MachineState, Mode, ProblemState, RoomState,
    ScoreState, SpareState, State, TransportState,
};

//! What every hand at the desk shares: keyboard, console and remote control ask for the same commands and are told the
//! same state.

mod command;
mod incident;
mod log;
mod orders;
mod state;

pub use command::{Command, Mark, Unit};
pub use incident::{Bundle, IncidentError, Part};
pub use log::{LogKeeper, log_lines};
pub use orders::{Hand, Order, Orders, Outcome, Refused};
pub use state::{
    AirState, AudioState, CountdownState, FeedFacts, HoldState, Mode, ProblemState, ScoreState, State, TransportState,
};

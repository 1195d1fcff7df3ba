//! Remote control: HTTP, WebSocket and OSC clients ask for the same commands as the console and are told the state.
//!
//! It runs on a thread of its own. Orders reach the program through one bounded channel, the state comes back through
//! a watch: no client can make the program wait. Whoever is turned away is told why, and so is the operator.

mod datagram;
mod doors;
mod gate;
mod http;
mod options;
mod osc;
mod pace;
mod reports;
mod role;
mod socket;
mod spare;
mod strangers;
mod strikes;
mod switchboard;
mod thread;
mod token;
mod turned;
mod verbs;

pub use datagram::commands;
pub use options::{ControlError, ControlOptions, DEFAULT_ADDR, OscOptions, Wake};
pub use role::{Role, Tokens};
pub use thread::Control;
pub use token::{Files, own_file, token, tokens};
pub use turned::Turned;
pub use verbs::{VERBS, json as fields};
pub use verbs::{message, verb};

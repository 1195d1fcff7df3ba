//! The wire: a connection to the scoring system that is kept up, and the reference server.
//!
//! A feed runs on its own threads and speaks to the app through one bounded channel ([`FeedHandle::inbox`]), its
//! clock ([`FeedHandle::clock`]) and its figures ([`FeedHandle::health`]).

mod backoff;
mod client;
mod clock;
mod health;
mod inbox;
mod net;
mod now;
mod options;
mod outbox;
mod pings;
mod problem;
pub mod serve;
mod session;
#[cfg(test)]
pub(crate) mod simulated;
mod telling;
mod thread;

/// To be part of every log filter: on its finest level the transport would print the handshake, and the token in it.
pub const LOG_FILTER: &str = "tungstenite=info,tokio_tungstenite=info";

pub use clock::{ClockStatus, ClockSync};
pub use health::{FeedHealth, FeedState, ProblemCount};
pub use inbox::Counts;
pub use now::FeedClock;
pub use options::{FeedError, FeedOptions, Notify, Timing, Token};
pub use outbox::FeedItem;
pub use problem::FeedProblem;
pub use thread::{Feed, FeedHandle};

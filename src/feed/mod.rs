//! The wire: a connection to the scoring system that is kept up, and the reference server.
//!
//! A feed runs on its own threads and speaks to the app through one bounded channel ([`FeedHandle::inbox`]), its
//! clock ([`FeedHandle::clock`]) and its figures ([`FeedHandle::health`]).

mod backoff;
mod client;
mod clock;
mod delivery;
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
mod token;
mod wire_log;

pub use clock::{ClockStatus, ClockSync};
pub use health::{FeedHealth, FeedState, ProblemCount};
pub use inbox::Counts;
pub use inbox::{Delivery, Inbox, Need, Note};
pub use now::FeedClock;
pub use options::{FeedError, FeedOptions, Notify, Timing};
pub use outbox::FeedItem;
pub use problem::FeedProblem;
pub use thread::{Feed, FeedHandle};
pub use token::{Token, TokenError};
pub use wire_log::may_be_logged;

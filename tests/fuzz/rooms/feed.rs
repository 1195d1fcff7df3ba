//! The order of the log, without its sockets.

#[path = "../../../src/feed/inbox.rs"]
mod inbox;

pub use inbox::{Counts, Delivery, Inbox, Need, Note};

//! The order of the log, without its sockets.

#[path = "../../../src/feed/delivery.rs"]
mod delivery;
#[path = "../../../src/feed/inbox.rs"]
mod inbox;

pub use inbox::{Counts, Delivery, Inbox, Need, Note};

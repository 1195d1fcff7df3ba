//! What leaves the inbox: the log in order, what the connection must do, and what is to be told.

use crate::show::{protocol::Envelope, state::Show};

/// What goes on to the show, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    Event {
        env: Box<Envelope>,
        rx_us: i64,
    },
    Snapshot {
        at_seq: u64,
        show: Box<Show>,
        rx_us: i64,
    },
    /// Events that are gone on without.
    Skipped {
        epoch: String,
        from: u64,
        to: u64,
        reason: String,
    },
}

/// What the connection must do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Reconnect and resume behind the last event.
    Resume,
    /// Reconnect and ask for the whole.
    Snapshot,
}

/// What is worth telling beside deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Events `from` to `to` have not come in time.
    Gap { from: u64, to: u64 },
    /// They never came; the show goes on without them.
    GapUnfilled { from: u64, to: u64 },
    /// The scoring system was reset or reloaded.
    Epoch { from: String, to: String },
    /// The log ends at `to`, but had come up to `from`: it was set back within its epoch.
    Shorter { from: u64, to: u64 },
}

/// What has been seen, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub gaps: u64,
    pub duplicates: u64,
    /// Events that never came.
    pub lost: u64,
    /// Late frames of former epochs.
    pub stale: u64,
}

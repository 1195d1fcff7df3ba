//! Editing a tape in rehearsal: the original stays as it is, what is changed is a list of edits, and a new tape.
//!
//! Steps are counted as [`Tape::step`] counts them, from 0, in the tape as it was before the edit. Behind an edit all is
//! numbered anew: `seq` has no gap, and what names another event (`cause`, `corrects`, an appeal's subject) names the
//! same one as before. Nothing is mended: whether the figures still add up, [`Draft::audit`] tells.

mod audit;
mod draft;
mod fault;
mod instants;
mod number;
mod rows;

#[cfg(test)]
mod tests;

pub use audit::{Audit, Raised};
pub use draft::{Done, Draft};
pub use fault::{EditError, Note, Reference};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::show::time::{Instant, SpanUs};

/// One change of a tape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// A new event, by its wire name and data; `cause` and `corrects` in the numbers of the tape before the edit.
    Insert {
        place: Place,
        event: String,
        data: Value,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<u64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<u64>,
    },
    /// The step never came.
    Drop { step: usize },
    /// The step came so much later (earlier where negative), alone or with all that follows it.
    Delay {
        step: usize,
        by_us: SpanUs,
        #[serde(default)]
        following: bool,
    },
    /// The event said something else.
    Change { step: usize, data: Value },
}

/// Where an event is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Right behind a step, so long after it, but not after the next one.
    Behind { step: usize, after_us: SpanUs },
    /// Behind all that has come by then, µs on the server's clock.
    At(Instant),
}

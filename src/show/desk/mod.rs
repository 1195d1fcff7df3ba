//! The operator's hand on the program: what it may do, and what is on air because of it.
//!
//! Everything the desk does is an [`Act`] on the tape's desk lane, so a picture of the evening is the fold of what the
//! feed sent and of what the operator did, in that order. The feed's own truth is never touched: [`Air`] keeps it beside
//! the program, and the feed wins when the two are brought together again.

mod act;
mod air;
mod differ;
#[cfg(test)]
mod tests;

pub use act::{Act, Cleared, Curtain, DeskAct, Group, SAID_FROM, Say};
pub use air::{Air, Desk, Drawn, Frozen, Hold};
pub use differ::{Difference, differences};

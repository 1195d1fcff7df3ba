//! A hot spare: a second machine on the same feed that does what the first one's desk does, compares its pictures with
//! the first one's, and is the main one when the first is no more.
//!
//! Both ends speak the same few messages over one line ([`Message`]) and are equals: which of them is the main one is
//! decided by the same rule on both ([`stays`]), so there are never two desks that do not know of each other.

mod compare;
mod dial;
mod digest;
mod hear;
mod kept;
mod line;
mod message;
mod pair;
mod place;
mod rule;
mod send;
mod tell;
mod window;

#[cfg(test)]
mod tests;

pub use compare::{Compare, Digest, Face, Facts, Stand, Themes, Why, With};
pub use dial::{DialOptions, DialProblem, Dialler};
pub use digest::fingerprint;
pub use kept::Kept;
pub use line::{Ends, LINE_BYTES, Line, line};
pub use message::Message;
pub use pair::{DEAD_US, IsMain, Pair, Record};
pub use place::Place;
pub use rule::{Role, Standing, stays};
pub use send::{COMPARE_US, PairView};
pub use window::{Placed, Window};

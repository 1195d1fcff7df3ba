//! The feed's words as closed types (shared contract: protocol.md). Parsing never panics and never guesses.

pub mod control;
mod envelope;
mod error;
mod event;
pub mod limits;
mod peek;
pub mod play;
mod points;
pub mod roster;
pub mod schema;
pub mod score;

pub use envelope::Envelope;
pub(in crate::show) use envelope::Plain;
pub use error::ProtocolError;
pub(in crate::show) use error::short;
pub use event::Event;
pub use peek::{Peek, peek};
pub use points::Points;

/// `protocol` in `hello` and `v` in the envelope.
pub const VERSION: u32 = 1;
/// The WebSocket subprotocol.
pub const SUBPROTOCOL: &str = "leitai.v1+json";

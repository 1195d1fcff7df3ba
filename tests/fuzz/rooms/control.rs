//! What remote clients write, without their sockets.

#[path = "../../../src/control/datagram.rs"]
mod datagram;
#[path = "../../../src/control/turned.rs"]
mod turned;
#[path = "../../../src/control/verbs.rs"]
mod verbs;

pub use datagram::commands;
pub use turned::Turned;
pub use verbs::{VERBS, json as fields, message, verb};

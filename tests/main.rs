//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod stage;
mod support;

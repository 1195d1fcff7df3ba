//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod demo;
mod protocol;
mod stage;
mod support;

//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod feed;
mod peers;
mod serve;
mod stage;
mod support;

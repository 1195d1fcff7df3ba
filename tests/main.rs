//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod demo;
mod feed;
mod feed_input;
mod looks;
mod peers;
mod protocol;
mod serve;
mod sound;
mod sound_device;
mod stage;
mod support;

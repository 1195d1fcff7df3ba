//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod demo;
mod looks;
mod protocol;
mod sound;
mod sound_device;
mod stage;
mod support;

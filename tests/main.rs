//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

mod cli;
mod demo;
mod layering;
mod looks;
mod protocol;
mod sound;
mod sound_device;
mod stage;
mod support;

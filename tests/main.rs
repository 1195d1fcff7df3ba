//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]
#![allow(clippy::print_stdout, reason = "figures are printed where a test is asked for them")]

mod audio_on_air;
mod banks;
mod broadcast;
mod broken;
mod cards;
mod cli;
mod contests;
mod control;
mod corpora;
mod deliveries;
mod demo;
mod doctor;
mod evening;
mod export;
mod export_film;
mod feed;
mod feed_input;
mod film_sound;
mod layering;
mod locales;
mod looks;
mod media;
mod nights;
mod outputs;
mod peers;
mod peers_live;
mod pictures;
mod protocol;
mod purity;
mod routes;
mod serve;
mod shows;
mod sinks;
mod sinks_on_air;
mod sound;
mod sound_device;
mod sound_mix;
mod stage;
mod support;
mod theme_pages;
mod themes_on_air;
mod type_sizes;
mod windows;

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
mod control_roles;
mod corpora;
mod deliveries;
mod demo;
mod evening;
mod export;
mod export_film;
mod faults;
mod feed;
mod feed_input;
mod feed_websocket;
mod film_sound;
mod guard;
mod hostile;
mod layering;
mod leak;
mod leak_pixels;
mod leak_program;
mod locales;
mod looks;
mod media;
mod outputs;
mod peers;
mod peers_live;
mod pictures;
mod protocol;
mod purity;
mod routes;
mod secrets;
mod secrets_tls;
mod serve;
mod shows;
mod sinks;
mod sinks_on_air;
mod sound;
mod sound_device;
mod sound_mix;
mod spare;
mod stage;
mod support;
mod theme_pages;
mod themes_on_air;
mod type_sizes;
mod windows;

//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

<<<<<<< HEAD
mod cli;
=======
<<<<<<< HEAD
mod feed;
mod peers;
mod serve;
=======
>>>>>>> main
mod demo;
mod export;
mod layering;
mod looks;
mod protocol;
mod sound;
mod sound_device;
>>>>>>> main
mod stage;
mod support;

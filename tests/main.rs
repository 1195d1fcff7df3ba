//! The promises leitai makes, one module each, in one binary: Bevy is linked once.

<<<<<<< HEAD
mod feed;
mod peers;
mod serve;
=======
mod demo;
mod looks;
mod protocol;
mod sound;
mod sound_device;
>>>>>>> main
mod stage;
mod support;

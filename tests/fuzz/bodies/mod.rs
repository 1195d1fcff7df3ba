//! What every fuzz target does with its bytes, as ordinary functions: the tests replay the corpus through them.

pub mod bank;
pub mod control;
pub mod outputs;
pub mod rules;
pub mod settings;
pub mod tape;
pub mod text;
pub mod theme;
pub mod wire;

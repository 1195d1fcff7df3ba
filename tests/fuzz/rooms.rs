//! The rooms that read what others wrote, without the engine that draws: what the fuzz targets run.

#![allow(dead_code, unused_imports, reason = "what draws, listens and plays uses the rest")]

#[path = "../../src/bank/mod.rs"]
pub mod bank;
#[path = "../../src/bounded.rs"]
pub mod bounded;
#[path = "rooms/control.rs"]
pub mod control;
#[path = "rooms/desk.rs"]
pub mod desk;
#[path = "rooms/feed.rs"]
pub mod feed;
#[path = "../../src/fonts/mod.rs"]
pub mod fonts;
#[path = "../../src/locale.rs"]
pub mod locale;
#[path = "../../src/routing/mod.rs"]
pub mod routing;
#[path = "../../src/show/mod.rs"]
pub mod show;
#[path = "../../src/simulate/mod.rs"]
pub mod simulate;
#[path = "../../src/themes/mod.rs"]
pub mod themes;
#[path = "../../src/typeset/mod.rs"]
pub mod typeset;

/// What the targets do.
pub mod bodies;

// A body says `leitai` here as it does in the tests.
extern crate self as leitai;

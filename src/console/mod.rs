//! The operator's window: what is on air, whether it is healthy, and what can be done about it.
//!
//! It shows the [`Director`] and a [`View`] of the rooms it does not know, and gives [`Command`](crate::desk::Command)s; it changes nothing
//! itself. It is drawn only when something it shows has changed, and no oftener than [`View::pace`].

mod audio;
mod feed;
mod fonts;
mod log;
mod problems;
mod program;
mod screen;
mod status;
mod style;
mod transport;
mod window;

use std::{path::PathBuf, time::Duration};

use bevy::prelude::*;

pub use window::{plugin, window};

use crate::{feed::FeedHealth, locale::Lang, sound::AudioStatus};

/// The sound, as the console shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct AudioView {
    pub status: AudioStatus,
    pub muted: bool,
    pub master_db: f32,
    /// Peak of the last 20 ms, dBFS.
    pub level_dbfs: f32,
}

/// What the console is told each frame of the rooms it does not know.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct View {
    pub lang: Lang,
    /// The tape's name; empty for a feed.
    pub name: String,
    /// The connection; none for a tape.
    pub feed: Option<FeedHealth>,
    /// Where the session is recorded.
    pub recording: Option<PathBuf>,
    pub audio: AudioView,
    /// The program's, physical px.
    pub raster: Option<(u32, u32)>,
    /// The shortest time between two drawings of the console.
    pub pace: Duration,
}

impl View {
    pub fn new(lang: Lang, name: String) -> Self {
        Self {
            lang,
            name,
            feed: None,
            recording: None,
            audio: AudioView {
                status: AudioStatus::Opening,
                muted: false,
                master_db: 0.0,
                level_dbfs: f32::NEG_INFINITY,
            },
            raster: None,
            pace: Duration::from_millis(80),
        }
    }
}

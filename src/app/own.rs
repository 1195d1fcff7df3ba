//! The operator's own files: keys and settings are read when the program starts and kept as they change.

use std::path::PathBuf;

use bevy::prelude::*;

use crate::{
    console::{Failures, Own},
    desk::{Keymap, Settings, folder},
    director::{Director, ProblemKind, Said},
    show::told::{Told, Words},
};

/// The names of the files in the operator's folder.
const KEYS: &str = "keys.ron";
const SETTINGS: &str = "console.ron";

/// Where the settings are kept.
#[derive(Resource, Default)]
pub struct Kept {
    path: Option<PathBuf>,
    changes: u64,
}

/// Reads the operator's files; one that cannot be used is told and the program's own takes its place.
pub fn open(director: &mut Director) -> (Own, Kept) {
    let Some(folder) = folder() else { return Default::default() };
    let path = folder.join(SETTINGS);
    let settings = Settings::load(&path).unwrap_or_else(|error| {
        tell(director, &error);
        Settings::default()
    });
    let keys = Keymap::load(&folder.join(KEYS)).unwrap_or_else(|error| {
        tell(director, &error);
        Keymap::default()
    });
    (Own { keys, settings, changes: 0 }, Kept { path: Some(path), changes: 0 })
}

fn tell(director: &mut Director, error: &(impl Told + std::fmt::Display)) {
    tracing::warn!("{error}");
    let now_us = director.now_us();
    director.problems.report(ProblemKind::Settings, Said::of(error), now_us);
}

/// Writes the settings when they have changed.
pub fn keep(own: Res<Own>, mut kept: ResMut<Kept>, mut director: ResMut<Director>) {
    if own.changes == kept.changes {
        return;
    }
    kept.changes = own.changes;
    if let Some(path) = &kept.path
        && let Err(error) = own.settings.save(path)
    {
        tell(&mut director, &error);
    }
}

/// A panel that failed is a problem like another.
pub fn tell_failures(mut failures: ResMut<Failures>, mut director: ResMut<Director>) {
    for (panel, why) in std::mem::take(&mut failures.0) {
        tracing::error!("the panel {panel:?} failed: {why}");
        let now_us = director.now_us();
        let words = Words::new("panel-failed").with("panel", Words::new(panel.word())).with("reason", why);
        director.problems.report(ProblemKind::Panel, Said { what: format!("{panel:?}"), words }, now_us);
    }
}

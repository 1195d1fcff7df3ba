//! The operator's window: what is on air, whether it is healthy, and what can be done about it.
//!
//! It shows the [`Director`](crate::director::Director) and a [`View`] of the rooms it does not know, and gives
//! [`Command`](crate::desk::Command)s; it changes nothing itself. It is drawn only when something it shows has changed,
//! and no oftener than [`View::pace`]. Its panels are docked ([`crate::desk::Layout`]) and drawn apart: one that fails
//! is a card ([`guard`]) and nothing else.

mod air;
mod audio;
mod bar;
mod countdown;
mod dock;
mod edit;
mod fallback;
mod feed;
mod fonts;
mod guard;
mod help;
mod log;
mod look;
mod next;
mod outputs;
mod picture;
mod problems;
mod question;
mod route_edit;
mod route_fields;
mod say;
mod screen;
mod seek;
mod spare;
mod state;
mod style;
mod sure;
mod transport;
mod view;
mod window;

use std::time::{Duration, Instant};

use bevy::prelude::*;

pub use view::{
    AudioView, BankView, Coming, CueView, Picture, Role, RouteView, RoutesView, ScoreStep, SinkPhase, SinkView,
    TapeView, View,
};
pub use window::{plugin, window};

use crate::{
    desk::{Keymap, Panel, Settings, Wish},
    locale::Lang,
};

/// A second asking within this time ends the show; one alone does nothing.
const SURE: Duration = Duration::from_secs(3);

/// What the operator's hands are doing in the console, for whoever reads the keyboard.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typing {
    /// In a field: keys that type are its.
    pub text: bool,
    /// On a button or in a list by Tab: Space, Enter, arrows and Escape are its.
    pub focus: bool,
}

/// What keys ask of the console itself, oldest first.
#[derive(Resource, Debug, Default)]
pub struct Wishes {
    list: Vec<Wish>,
    quit_asked: Option<Instant>,
}

impl Wishes {
    pub fn ask(&mut self, wish: Wish) {
        self.list.push(wish);
    }

    /// Asks to end the show; true when it was asked shortly before, and so is meant.
    pub fn quit(&mut self) -> bool {
        let sure = self.is_quit_asked();
        self.quit_asked = Some(Instant::now());
        sure
    }

    /// Whether ending has been asked for once.
    pub fn is_quit_asked(&self) -> bool {
        self.quit_asked.is_some_and(|at| at.elapsed() < SURE)
    }
}

/// The operator's own: keys, and what was arranged. Changed settings are to be saved by whoever opened them.
#[derive(Resource, Debug, Default)]
pub struct Own {
    pub keys: Keymap,
    pub settings: Settings,
    /// Counts what has been changed here.
    pub changes: u64,
}

/// Panels that failed and have not been told yet, with what they said.
#[derive(Resource, Debug, Default)]
pub struct Failures(pub Vec<(Panel, String)>);

impl Own {
    /// The language that the operator chose last.
    pub fn lang(&self) -> Option<Lang> {
        match self.settings.lang.as_deref() {
            Some("en") => Some(Lang::En),
            Some("zh") => Some(Lang::Zh),
            _ => None,
        }
    }

    /// Keeps the language that the operator has chosen.
    pub fn speak(&mut self, lang: &str) {
        self.settings.lang = Some(lang.to_owned());
        self.changes += 1;
    }
}

//! The second machine: a tile in the bar on both, and a line on the page of the feed.

use bevy_egui::egui::Ui;

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{desk::Action, show::told::Words};

/// The tile: on the spare it takes over, on the main one it says how the spare stands.
pub fn tile(desk: &Desk) -> Option<(String, Action, Look)> {
    let spare = desk.view.spare.as_ref()?;
    let linked = spare.peer.is_some();
    let (label, action, look) = match (spare.role.as_str(), spare.equal) {
        ("contested", _) => ("console-spare-two", Action::TakeOver, Look::Alarm),
        ("spare", Some(false)) => ("console-take-over-differs", Action::TakeOver, Look::Alarm),
        ("spare", _) => ("console-take-over", Action::TakeOver, Look::warn(!linked)),
        (_, _) if !linked => ("console-spare-none", Action::Problems, Look::Warn),
        (_, Some(false)) => ("console-spare-differs", Action::Problems, Look::Alarm),
        (_, Some(true)) => ("console-spare-equal", Action::Problems, Look::Plain),
        (_, None) => ("console-spare", Action::Problems, Look::Plain),
    };
    Some((desk.word(label).to_owned(), action, look))
}

/// What this machine is, where the other one is, and since when both show the same.
pub fn fact(ui: &mut Ui, desk: &Desk) {
    let Some(spare) = &desk.view.spare else { return };
    let role = match spare.role.as_str() {
        "contested" => "console-role-contested",
        "spare" => "console-role-spare",
        _ => "console-role-main",
    };
    let (key, ink) = match (&spare.peer, spare.equal) {
        (None, _) => ("console-spare-fact-alone", style::WARN),
        (Some(_), None) => ("console-spare-fact-linked", style::INK),
        (Some(_), Some(true)) => ("console-spare-fact-equal", style::INK),
        (Some(_), Some(false)) => ("console-spare-fact-differs", style::FAULT),
    };
    let span = spare.since_us.map_or(0, |since_us| (desk.director.now_us() - since_us).max(0));
    let words = Words::new(key)
        .with("role", Words::new(role))
        .with("peer", spare.peer.as_deref().unwrap_or_default())
        .with("span", style::span(span));
    style::fact(ui, desk.word("console-spare-fact"), &desk.say(&words), ink);
}

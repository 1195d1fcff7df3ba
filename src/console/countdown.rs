//! The countdown: what is left, who set it, and how far its zero may be from the server's.

use bevy_egui::egui::{RichText, Ui, vec2};

use super::{
    bar, fallback,
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Command, Orders},
    show::{
        desk::{Group, SAID_FROM},
        state::ClockPhase,
    },
};

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let (left, ink) = bar::remaining(desk);
    ui.spacing_mut().item_spacing.y = 4.0;
    let Some(clock) = &desk.director.show().core.clock else {
        style::note(ui, desk.word("console-no-countdown"));
        return;
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(left).font(style::figures(52.0)).color(ink));
        let whole = format!("/ {}", style::span(clock.duration_us));
        ui.label(RichText::new(whole).font(style::figures(18.0)).color(style::DIM));
    });
    let phase = match clock.phase {
        ClockPhase::Armed => "console-armed",
        ClockPhase::Running { .. } => "console-running",
        ClockPhase::Paused { .. } => "console-clock-paused",
        ClockPhase::Stopped { .. } => "console-clock-stopped",
        ClockPhase::Expired => "console-expired",
    };
    style::fact(ui, desk.word("console-phase"), desk.word(phase), style::INK);
    let (source, ink) =
        if clock.seq >= SAID_FROM { ("console-of-desk", style::WARN) } else { ("console-of-feed", style::INK) };
    style::fact(ui, desk.word("console-source"), desk.word(source), ink);
    let bound = match desk.view.feed.as_ref().map(|feed| feed.clock.error_bound_us) {
        Some(Some(us)) => format!("±{:.1} ms", us as f64 / 1e3),
        Some(None) => "–".to_owned(),
        // A tape has one clock: its own.
        None => "±0".to_owned(),
    };
    style::fact(ui, desk.word("console-clock-error"), &bound, style::INK);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        for (label, command) in fallback::clock_commands(clock, desk.director.now_us()) {
            if style::key_button(ui, vec2(96.0, style::TARGET), desk.word(label), "", Look::Plain).clicked() {
                orders.give(command);
            }
        }
        let off = desk.director.air().cleared().any(|group| group == Group::Countdown);
        let (label, look) = if off { ("console-restore", Look::Alarm) } else { ("console-clear", Look::Plain) };
        if style::key_button(ui, vec2(96.0, style::TARGET), desk.word(label), "", look).clicked() {
            orders.give(Command::ToggleClear { group: Group::Countdown });
        }
    });
}

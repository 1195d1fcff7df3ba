//! The sound: whether there is any, mute, master and level, and every cue's own fader.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Sense, Ui, lerp, pos2, vec2};

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    sound::{AudioStatus, levels::FADER_DB},
};

/// The meter's lowest mark, dBFS.
const FLOOR_DBFS: f32 = -60.0;
/// Where the meter turns yellow, dBFS.
const HOT_DBFS: f32 = -9.0;
/// Marks on the meter, dBFS.
const MARKS: [f32; 5] = [-48.0, -36.0, -24.0, -12.0, -3.0];

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let audio = &desk.view.audio;
    let width = ui.available_width();
    ui.horizontal(|ui| {
        let (label, look) = if audio.muted { ("console-muted", Look::Alarm) } else { ("console-mute", Look::Plain) };
        let key = desk.key(Action::Mute);
        if style::key_button(ui, vec2(120.0, style::TARGET), desk.word(label), &key, look).clicked() {
            orders.give(Command::Mute { on: Some(!audio.muted) });
        }
        let (rect, _) = ui.allocate_exact_size(vec2((width - 128.0).max(120.0), style::TARGET), Sense::hover());
        if let Some(gain_db) = fader(ui, rect, "master", audio.master_db) {
            orders.give(Command::Master { gain_db });
        }
    });
    let (rect, _) = ui.allocate_exact_size(vec2(width, 34.0), Sense::hover());
    meter(ui, rect.with_max_y(rect.min.y + 18.0), audio.level_dbfs, audio.muted);
    match &audio.status {
        AudioStatus::Running { device, rate_hz } => {
            style::note(ui, &format!("{device} · {:.1} kHz", f64::from(*rate_hz) / 1e3));
        }
        AudioStatus::Opening => style::note(ui, desk.word("console-sound-opening")),
        AudioStatus::Silent { .. } => {
            let key = desk.key(Action::ReopenSound);
            let label = desk.word("console-reopen-sound");
            if style::key_button(ui, vec2(240.0, style::TARGET), label, &key, Look::Warn).clicked() {
                orders.give(Command::ReopenSound {});
            }
        }
    }
    style::heading(ui, desk.word("console-cues"));
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, 40.0, audio.cues.len().div_ceil(2), |ui, range| {
        ui.spacing_mut().item_spacing = vec2(16.0, 0.0);
        let half = (ui.available_width() - 30.0) / 2.0;
        for row in range {
            ui.horizontal(|ui| {
                for cue in audio.cues.iter().skip(row * 2).take(2) {
                    let (rect, _) = ui.allocate_exact_size(vec2(half, 40.0), Sense::hover());
                    let name = rect.with_max_x(rect.min.x + 104.0).shrink2(vec2(0.0, 2.0));
                    if style::button(ui, name, cue.name, cue.name, Look::alarm(cue.muted)).clicked() {
                        let (name, muted) = (cue.name.to_owned(), !cue.muted);
                        orders.give(Command::Cue { name, gain_db: cue.gain_db, muted });
                    }
                    let rail = rect.with_min_x(name.max.x + 14.0);
                    if let Some(gain_db) = fader(ui, rail, &format!("fader {}", cue.name), cue.gain_db) {
                        let (name, muted) = (cue.name.to_owned(), cue.muted);
                        orders.give(Command::Cue { name, gain_db, muted });
                    }
                }
            });
        }
    });
}

/// A fader with its figure. Gives where it is moved to; a double click is 0 dB.
fn fader(ui: &Ui, rect: Rect, id: &str, gain_db: f32) -> Option<f32> {
    let (low, high) = FADER_DB;
    let rail = rect.with_max_x(rect.max.x - 76.0).shrink2(vec2(10.0, 0.0));
    let (to, response) = style::slider(ui, rail, id, (gain_db - low) / (high - low), style::ACCENT);
    let at = pos2(rect.max.x, rect.center().y);
    ui.painter().text(at, Align2::RIGHT_CENTER, format!("{gain_db:+.1}"), style::figures(15.0), style::INK);
    if response.double_clicked() {
        return Some(0.0);
    }
    // Half decibels, and the middle is easily found again.
    let to = to.map(|to| ((low + to * (high - low)) * 2.0).round() / 2.0)?;
    Some(if to.abs() <= 0.5 { 0.0 } else { to })
}

fn meter(ui: &Ui, meter: Rect, level_dbfs: f32, muted: bool) {
    let painter = ui.painter();
    painter.rect_filled(meter, 4, style::RAISED);
    let share = |dbfs: f32| ((dbfs - FLOOR_DBFS) / -FLOOR_DBFS).clamp(0.0, 1.0);
    let level = share(level_dbfs);
    if level > 0.0 && !muted {
        let colour = if level_dbfs > HOT_DBFS { style::WARN } else { style::GOOD };
        painter.rect_filled(meter.with_max_x(lerp(meter.x_range(), level)), 4, colour);
    }
    for mark in MARKS {
        let x = lerp(meter.x_range(), share(mark));
        painter.vline(x, meter.y_range(), bevy_egui::egui::Stroke::new(1.0, style::GROUND));
        painter.text(
            pos2(x, meter.max.y + 2.0),
            Align2::CENTER_TOP,
            format!("{mark}"),
            style::figures(11.0),
            style::DIM,
        );
    }
}

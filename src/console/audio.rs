//! The sound: whether there is any, mute, master and level.

use bevy_egui::egui::{Align2, Rect, Ui, lerp, pos2, vec2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    sound::{AudioStatus, levels::FADER_DB},
};

/// The meter's lowest mark, dBFS.
const FLOOR_DBFS: f32 = -60.0;
/// Where the meter turns yellow, dBFS.
const HOT_DBFS: f32 = -9.0;

pub fn show(ui: &Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
    let audio = &desk.view.audio;
    let painter = ui.painter();
    let inner = style::panel(painter, rect, "");
    let middle = inner.center().y;

    let mute = Rect::from_min_size(pos2(inner.min.x, middle - style::TARGET / 2.0), vec2(112.0, style::TARGET));
    let (label, look) =
        if audio.muted { ("console-muted", style::Look::Alarm) } else { ("console-mute", style::Look::Plain) };
    if style::button(ui, mute, "mute", desk.word(label), look).clicked() {
        orders.give(Command::Mute { on: Some(!audio.muted) });
    }

    let fader = Rect::from_min_size(pos2(mute.max.x + 24.0, middle - 16.0), vec2(190.0, 32.0));
    let (low, high) = FADER_DB;
    let value = (audio.master_db - low) / (high - low);
    let (to, response) = style::slider(ui, fader, "master", value, style::ACCENT);
    if response.double_clicked() {
        orders.give(Command::Master { gain_db: 0.0 });
    } else if let Some(to) = to {
        // Half decibels, and the middle is easily found again.
        let gain_db = ((low + to * (high - low)) * 2.0).round() / 2.0;
        orders.give(Command::Master { gain_db: if gain_db.abs() <= 0.5 { 0.0 } else { gain_db } });
    }
    let at = pos2(fader.max.x + 18.0, middle);
    painter.text(at, Align2::LEFT_CENTER, format!("{:+.1} dB", audio.master_db), style::figures(17.0), style::INK);

    let meter = Rect::from_min_max(pos2(fader.max.x + 124.0, middle - 8.0), pos2(inner.max.x, middle + 8.0));
    let meter = match &audio.status {
        AudioStatus::Running { device, .. } => {
            let meter = meter.with_max_x(meter.max.x - 150.0);
            style::line(painter, pos2(meter.max.x + 14.0, middle), 136.0, device, style::text(15.0), style::DIM);
            meter
        }
        AudioStatus::Opening => meter,
        AudioStatus::Silent { .. } => {
            let meter = meter.with_max_x(meter.max.x - 150.0);
            let again = Rect::from_center_size(pos2(inner.max.x - 66.0, middle), vec2(132.0, style::TARGET));
            if style::button(ui, again, "reopen", desk.word("console-reopen-sound"), style::Look::Plain).clicked() {
                orders.give(Command::ReopenSound {});
            }
            meter
        }
    };
    painter.rect_filled(meter, 4, style::RAISED);
    let level = ((audio.level_dbfs - FLOOR_DBFS) / -FLOOR_DBFS).clamp(0.0, 1.0);
    if level > 0.0 && !audio.muted {
        let colour = if audio.level_dbfs > HOT_DBFS { style::WARN } else { style::GOOD };
        painter.rect_filled(meter.with_max_x(lerp(meter.x_range(), level)), 4, colour);
    }
}

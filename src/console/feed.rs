//! The connection: whether it stands, how far it is, how well the clocks agree, and where the session is recorded.

use bevy_egui::egui::{Align2, Rect, Ui, pos2};

use super::{screen::Desk, style};
use crate::{feed::FeedState, show::told::Words};

pub fn show(ui: &Ui, rect: Rect, desk: &Desk) {
    let Some(feed) = &desk.view.feed else { return };
    let painter = ui.painter();
    let inner = style::panel(painter, rect, "");
    let (state, colour) = match feed.state {
        FeedState::Connected => ("console-connected", style::GOOD),
        FeedState::Connecting => ("console-connecting", style::WARN),
        FeedState::Waiting { .. } => ("console-waiting", style::FAULT),
        FeedState::Ended => ("console-ended", style::DIM),
        FeedState::Stopped => ("console-stopped", style::DIM),
    };
    let x = style::pill(painter, pos2(inner.min.x, inner.min.y + 16.0), desk.word(state), colour, false);
    let at = pos2(x + 14.0, inner.min.y + 16.0);
    style::line(painter, at, inner.max.x - at.x, &feed.url, style::text(17.0), style::DIM);

    let error = match feed.clock.error_bound_us {
        Some(us) => format!("±{:.1} ms", us as f64 / 1e3),
        None => "–".to_owned(),
    };
    let behind = feed.head.saturating_sub(feed.seq);
    let events = if behind == 0 { feed.seq.to_string() } else { format!("{} (−{behind})", feed.seq) };
    let figures = [
        ("console-clock-error", error, feed.clock.step_us.is_some()),
        ("console-events", events, behind > 0),
        ("console-reconnects", feed.reconnects.to_string(), feed.reconnects > 0),
        ("console-gaps", feed.order.gaps.to_string(), feed.order.gaps > 0),
        ("console-refused", feed.refused.to_string(), feed.refused > 0),
    ];
    let step = inner.width() / figures.len() as f32;
    for (index, (key, figure, notable)) in figures.into_iter().enumerate() {
        let x = inner.min.x + step * index as f32;
        let ink = if notable { style::WARN } else { style::INK };
        painter.text(pos2(x, inner.min.y + 48.0), Align2::LEFT_TOP, desk.word(key), style::text(16.0), style::DIM);
        painter.text(pos2(x, inner.min.y + 70.0), Align2::LEFT_TOP, figure, style::figures(24.0), ink);
    }
    let recording = match &desk.view.recording {
        Some(path) => desk.say(&Words::new("cli-recorded").with("file", path)),
        None => desk.word("console-not-recorded").to_owned(),
    };
    let at = pos2(inner.min.x, inner.max.y - 10.0);
    style::line(painter, at, inner.width(), &recording, style::text(16.0), style::DIM);
}

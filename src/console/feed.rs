//! The connection: whether it stands, how far it is, how well the clocks agree, and where the session is recorded.

use bevy_egui::egui::{ScrollArea, Ui, pos2};

use super::{screen::Desk, spare, style};
use crate::{feed::FeedState, show::told::Words};

pub fn show(ui: &mut Ui, desk: &Desk) {
    let Some(feed) = &desk.view.feed else {
        style::note(ui, desk.word("console-no-feed"));
        return;
    };
    let (state, colour) = match feed.state {
        FeedState::Connected => ("console-connected", style::GOOD),
        FeedState::Connecting => ("console-connecting", style::WARN),
        FeedState::Waiting { .. } => ("console-waiting", style::FAULT),
        FeedState::Ended => ("console-ended", style::DIM),
        FeedState::Stopped => ("console-stopped", style::DIM),
    };
    let top = ui.max_rect().min;
    let x = style::pill(ui.painter(), pos2(top.x, top.y + 16.0), desk.word(state), colour, false);
    let room = ui.max_rect().max.x - x - 14.0;
    style::line(ui.painter(), pos2(x + 14.0, top.y + 16.0), room, &feed.url, style::text(16.0), style::DIM);
    ui.add_space(40.0);
    let ms = |us: Option<i64>| us.map_or("–".to_owned(), |us| format!("{:.1} ms", us as f64 / 1e3));
    let clock = &feed.clock;
    let bound = clock.error_bound_us.map_or("–".to_owned(), |us| format!("±{:.1} ms", us as f64 / 1e3));
    let behind = feed.head.saturating_sub(feed.seq);
    let events = if behind == 0 { feed.seq.to_string() } else { format!("{} (−{behind})", feed.seq) };
    let figures = [
        ("console-rtt", ms(clock.rtt_us), false),
        ("console-offset", ms(Some(clock.offset_us)), false),
        ("console-clock-error", bound, clock.step_us.is_some()),
        ("console-events", events, behind > 0),
        ("console-queue", feed.queue_len.to_string(), feed.held_back),
        ("console-gaps", feed.order.gaps.to_string(), feed.order.gaps > 0),
        ("console-refused", feed.refused.to_string(), feed.refused > 0),
        ("console-reconnects", feed.reconnects.to_string(), feed.reconnects > 0),
    ];
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (key, figure, notable) in figures {
            style::fact(ui, desk.word(key), &figure, if notable { style::WARN } else { style::INK });
        }
        spare::fact(ui, desk);
        let recording = match &desk.view.recording {
            Some(path) => desk.say(&Words::new("cli-recorded").with("file", path)),
            None => desk.word("console-not-recorded").to_owned(),
        };
        style::note(ui, &recording);
    });
}

//! The top line: what runs, what time it is in the show, and whether anything is wrong.

use std::time::{Duration, Instant};

use bevy_egui::egui::{Align2, Rect, Ui, pos2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::Severity,
    feed::FeedState,
    show::told::Words,
    sound::AudioStatus,
};

/// A second press within this time ends the show; one alone does nothing.
const SURE: Duration = Duration::from_secs(3);

/// The button that ends the show, and whether it has been pressed once.
#[derive(Default)]
pub struct Quit {
    pressed: Option<Instant>,
}

impl Quit {
    fn show(&mut self, ui: &Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
        let asked = self.pressed.is_some_and(|at| at.elapsed() < SURE);
        let (label, look) =
            if asked { ("console-quit-sure", style::Look::Alarm) } else { ("console-quit", style::Look::Plain) };
        if style::button(ui, rect, "quit", desk.word(label), look).clicked() {
            if asked {
                orders.give(Command::Quit {});
            }
            self.pressed = Some(Instant::now());
            ui.ctx().request_repaint_after(SURE);
        }
    }
}

pub fn show(ui: &Ui, rect: Rect, desk: &Desk, quit: &mut Quit, orders: &mut Orders) {
    let painter = ui.painter();
    let middle = rect.center().y;
    let (label, colour) = mode(desk);
    let x = style::pill(painter, pos2(rect.min.x, middle), desk.word(label), colour, true);
    let title = &desk.director.show().core.config.title;
    let name = if desk.view.name.is_empty() { title } else { &desk.view.name };
    let name = name.rsplit('/').next().unwrap_or(name);
    let shown = if name == title { title.clone() } else { format!("{name}  {title}") };
    let room = rect.center().x + 60.0 - x;
    style::line(painter, pos2(x + 14.0, middle), room, &shown, style::text(18.0), style::INK);

    let place = Rect::from_center_size(pos2(rect.max.x - 52.0, middle), style::size(104.0, 40.0));
    quit.show(ui, place, desk, orders);
    let mut right = place.min.x - style::GAP;
    for (label, colour, loud) in health(desk).into_iter().rev() {
        let width = painter.layout_no_wrap(label.clone(), style::strong(16.0), style::INK).size().x;
        right -= width + if loud { 28.0 } else { 48.0 };
        style::pill(painter, pos2(right, middle), &label, colour, loud);
        right -= 8.0;
    }
    if let Some((width, height)) = desk.view.raster {
        let at = pos2(right - 8.0, middle);
        painter.text(at, Align2::RIGHT_CENTER, format!("{width}×{height}"), style::figures(15.0), style::DIM);
    }
}

fn mode(desk: &Desk) -> (&'static str, bevy_egui::egui::Color32) {
    match (&desk.view.feed, desk.director.transport()) {
        (Some(feed), _) => match feed.state {
            FeedState::Connected => ("console-live", style::FAULT),
            FeedState::Ended => ("console-ended", style::DIM),
            _ => ("console-offline", style::WARN),
        },
        (None, Some(tape)) if tape.playing => ("console-playing", style::GOOD),
        (None, _) => ("console-paused", style::WARN),
    }
}

/// What must be seen from across the room.
fn health(desk: &Desk) -> Vec<(String, bevy_egui::egui::Color32, bool)> {
    let mut pills = Vec::new();
    let audio = &desk.view.audio;
    match &audio.status {
        _ if audio.muted => pills.push((desk.word("console-muted").to_owned(), style::FAULT, true)),
        AudioStatus::Silent { .. } => pills.push((desk.word("console-no-sound").to_owned(), style::WARN, true)),
        AudioStatus::Opening => pills.push((desk.word("console-sound").to_owned(), style::DIM, false)),
        AudioStatus::Running { .. } => pills.push((desk.word("console-sound").to_owned(), style::GOOD, false)),
    }
    let worst = desk.director.problems.present().map(|problem| problem.kind.severity()).max();
    let count = desk.director.problems.present().count();
    match worst {
        None => pills.push((desk.word("console-all-well").to_owned(), style::GOOD, false)),
        Some(worst) => {
            let label = desk.say(&Words::new("console-problem-count").with("count", count));
            pills.push((label, style::severity(worst), worst > Severity::Notice));
        }
    }
    pills
}

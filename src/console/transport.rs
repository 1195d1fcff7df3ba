//! A tape's transport: where it stands, play and pause, step, seek, speed.

use bevy_egui::egui::{Align2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders, Unit},
    director,
    show::protocol::Event,
};

/// Speeds on offer, times real speed.
const RATES: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// An event that is worth a mark on the seek bar.
struct Mark {
    position_us: i64,
    /// A round's name; a question has none.
    name: Option<String>,
}

/// Marks are read from the tape once.
#[derive(Default)]
pub struct Transport {
    marks: Option<Vec<Mark>>,
}

impl Transport {
    pub fn show(&mut self, ui: &Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
        let Some(tape) = desk.director.transport() else { return };
        let inner = style::panel(ui.painter(), rect, "");
        let marks = self.marks.get_or_insert_with(|| marks(tape));
        let bar = Rect::from_min_size(inner.min, vec2(inner.width(), 62.0));
        seek(ui, bar, tape, marks, orders);
        let buttons = Rect::from_min_max(pos2(inner.min.x, inner.max.y - 56.0), inner.max);
        controls(ui, buttons, tape, orders);
    }
}

fn marks(tape: &director::Transport) -> Vec<Mark> {
    let mark = |entry: &crate::show::tape::Entry| {
        let name = match &entry.env.event {
            Event::RoundOpened(round) => Some(round.name.clone()),
            Event::QuestionShown(_) => None,
            _ => return None,
        };
        Some(Mark { position_us: entry.env.at - tape.start_us(), name })
    };
    tape.timeline().tape().entries.iter().filter_map(mark).collect()
}

fn seek(ui: &Ui, rect: Rect, tape: &director::Transport, marks: &[Mark], orders: &mut Orders) {
    let painter = ui.painter();
    let duration_us = tape.duration_us().max(1);
    let rail = Rect::from_min_max(pos2(rect.min.x, rect.min.y + 26.0), pos2(rect.max.x, rect.min.y + 44.0));
    let response = ui.interact(rail.expand2(vec2(0.0, 12.0)), ui.id().with("seek"), Sense::click_and_drag());
    let x_of = |us: i64| rail.min.x + rail.width() * (us as f64 / duration_us as f64) as f32;
    painter.rect_filled(rail, 4, style::RAISED);
    let now = x_of(tape.position_us());
    painter.rect_filled(rail.with_max_x(now), 4, style::ACCENT.gamma_multiply(0.55));
    let mut free = rect.min.x;
    for mark in marks {
        let x = x_of(mark.position_us);
        match &mark.name {
            None => {
                painter.vline(x, rail.shrink2(vec2(0.0, 4.0)).y_range(), Stroke::new(2.0, style::DIM));
            }
            Some(name) => {
                painter.vline(x, (rail.min.y - 6.0)..=rail.max.y, Stroke::new(2.0, style::WARN));
                if x >= free {
                    let at = pos2(x, rail.min.y - 8.0);
                    let drawn = painter.text(at, Align2::LEFT_BOTTOM, name, style::text(14.0), style::DIM);
                    free = drawn.max.x + 12.0;
                }
            }
        }
    }
    painter.vline(now, (rail.min.y - 6.0)..=(rail.max.y + 6.0), Stroke::new(4.0, style::INK));
    if let Some(pointer) = response.hover_pos() {
        let us = position(pointer.x, rail, duration_us);
        painter.vline(pointer.x, rail.y_range(), Stroke::new(1.0, style::INK));
        let at = pos2(pointer.x, rail.max.y + 6.0);
        painter.text(at, Align2::CENTER_TOP, style::time(us), style::figures(14.0), style::INK);
    }
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| pressed) {
        orders.give(Command::Seek { position_us: position(pointer.x, rail, duration_us) });
    }
}

fn position(x: f32, rail: Rect, duration_us: i64) -> i64 {
    (f64::from(((x - rail.min.x) / rail.width()).clamp(0.0, 1.0)) * duration_us as f64) as i64
}

fn controls(ui: &Ui, rect: Rect, tape: &director::Transport, orders: &mut Orders) {
    let mut x = rect.min.x;
    let mut place = |width: f32| {
        let place = Rect::from_min_max(pos2(x, rect.min.y), pos2(x + width, rect.max.y));
        x += width + 8.0;
        place
    };
    let back = place(56.0);
    if style::pad(ui, back, "back", style::Look::Plain).clicked() {
        orders.give(Command::Step { by: -1, unit: Unit::Event });
    }
    arrow(ui, back, -1.0);
    let toggle = place(112.0);
    let look = if tape.playing { style::Look::On } else { style::Look::Plain };
    if style::pad(ui, toggle, "toggle", look).clicked() {
        orders.give(Command::Toggle {});
    }
    play(ui, toggle, tape.playing);
    let forward = place(56.0);
    if style::pad(ui, forward, "forward", style::Look::Plain).clicked() {
        orders.give(Command::Step { by: 1, unit: Unit::Event });
    }
    arrow(ui, forward, 1.0);

    let clock = place(232.0);
    let painter = ui.painter();
    let at = pos2(clock.min.x + 12.0, clock.center().y);
    let drawn =
        painter.text(at, Align2::LEFT_CENTER, style::time(tape.position_us()), style::figures(30.0), style::INK);
    let whole = format!("/ {}", style::span(tape.duration_us()));
    painter.text(pos2(drawn.max.x + 8.0, at.y + 5.0), Align2::LEFT_CENTER, whole, style::figures(15.0), style::DIM);

    let width = 56.0;
    let mut x = rect.max.x - (width + 6.0) * RATES.len() as f32 + 6.0;
    for rate in RATES {
        let place = Rect::from_min_size(pos2(x, rect.min.y + 6.0), vec2(width, style::TARGET));
        let on = (tape.rate() - rate).abs() < 1e-6;
        let look = if on { style::Look::On } else { style::Look::Plain };
        if style::button(ui, place, &format!("rate {rate}"), &format!("×{rate}"), look).clicked() {
            orders.give(Command::Rate { rate });
        }
        x += width + 6.0;
    }
}

/// A bar and a triangle: one event on or back.
fn arrow(ui: &Ui, rect: Rect, to: f32) {
    let c = rect.center();
    let tip = vec2(9.0 * to, 0.0);
    let triangle = vec![c + tip, c + vec2(-6.0 * to, -10.0), c + vec2(-6.0 * to, 10.0)];
    ui.painter().add(Shape::convex_polygon(triangle, style::INK, Stroke::NONE));
    ui.painter().vline(c.x + 12.0 * to, (c.y - 10.0)..=(c.y + 10.0), Stroke::new(3.0, style::INK));
}

fn play(ui: &Ui, rect: Rect, playing: bool) {
    let c = rect.center();
    if playing {
        for side in [-7.0, 7.0] {
            let bar = Rect::from_center_size(c + vec2(side, 0.0), vec2(7.0, 26.0));
            ui.painter().rect_filled(bar, 1, style::DARK);
        }
    } else {
        let triangle = vec![c + vec2(14.0, 0.0), c + vec2(-9.0, -14.0), c + vec2(-9.0, 14.0)];
        ui.painter().add(Shape::convex_polygon(triangle, style::INK, Stroke::NONE));
    }
}

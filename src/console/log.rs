//! The events, newest at hand: a tape's all, with the present one marked and each a place to jump to; a feed's last.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::{Transport, digest},
    show::tape::Step,
};

const ROW: f32 = 30.0;

/// One line of the list.
struct Row<'a> {
    seq: u64,
    time: String,
    name: &'a str,
    text: String,
}

pub fn show(ui: &mut Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
    let inner = style::panel(ui.painter(), rect, desk.word("console-log"));
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("log"), |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        match desk.director.transport() {
            Some(tape) => of_tape(ui, desk, tape, orders),
            None => of_feed(ui, desk),
        }
    });
}

fn of_tape(ui: &mut Ui, desk: &Desk, tape: &Transport, orders: &mut Orders) {
    let recorded = tape.timeline().tape();
    let passed = tape.passed();
    let mut area = ScrollArea::vertical().auto_shrink(false);
    // Follows the tape, unless somebody is looking through the list.
    let looked_at = ui.rect_contains_pointer(ui.max_rect());
    if !looked_at {
        let middle = passed as f32 * ROW - ui.max_rect().height() * 0.6;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    area.show_rows(ui, ROW, recorded.step_count(), |ui, range| {
        for index in range {
            let Some(step) = recorded.step(index) else { continue };
            let position_us = step.at() - tape.start_us();
            let (name, text) = match step {
                Step::Event(entry) => (entry.env.event.name(), digest(&entry.env, desk.director.show())),
                Step::Snapshot(_) => ("snapshot", String::new()),
                Step::Act(acted) => (acted.act.act.name(), String::new()),
            };
            let row = Row { seq: step.seq(), time: style::time(position_us), name, text };
            if line(ui, &row, index + 1 == passed, index >= passed) {
                orders.give(Command::Seek { position_us });
            }
        }
    });
}

fn of_feed(ui: &mut Ui, desk: &Desk) {
    let lines: Vec<_> = desk.director.log().lines().collect();
    let now_us = desk.director.now_us();
    ScrollArea::vertical().auto_shrink(false).stick_to_bottom(true).show_rows(ui, ROW, lines.len(), |ui, range| {
        let last = lines.len();
        for index in range {
            let Some(logged) = lines.get(index) else { continue };
            let ago = format!("−{}", style::span((now_us - logged.at).max(0)));
            let row = Row { seq: logged.seq, time: ago, name: logged.name, text: logged.text.clone() };
            line(ui, &row, index + 1 == last, false);
        }
    });
}

/// Draws a row; true when it is clicked.
fn line(ui: &mut Ui, row: &Row, present: bool, ahead: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let painter = ui.painter();
    if present {
        painter.rect_filled(rect, 4, style::ACCENT.gamma_multiply(0.28));
    } else if response.hovered() {
        painter.rect_filled(rect, 4, style::RAISED);
    }
    let y = rect.center().y;
    let ink = if ahead { style::DIM.gamma_multiply(0.7) } else { style::INK };
    let seq = row.seq.to_string();
    painter.text(pos2(rect.min.x + 40.0, y), Align2::RIGHT_CENTER, seq, style::figures(14.0), style::DIM);
    painter.text(pos2(rect.min.x + 50.0, y), Align2::LEFT_CENTER, &row.time, style::figures(15.0), ink);
    let x = rect.min.x + 128.0;
    style::line(painter, pos2(x, y), 150.0, row.name, style::text(15.0), ink);
    let x = x + 158.0;
    style::line(painter, pos2(x, y), rect.max.x - x - 14.0, &row.text, style::text(16.0), style::DIM);
    response.clicked()
}

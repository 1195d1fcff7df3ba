//! The events, all of them: filtered by group, searched by what they say; in rehearsal each is a place to jump to.

use bevy_egui::egui::{Align2, ComboBox, ScrollArea, Sense, Ui, pos2, vec2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::{Transport, digest},
    show::tape::Step,
};

const ROW: f32 = 30.0;
/// Rows that are read for the search in one picture: the console keeps its pace while a long tape is gone through.
const READ: usize = 4000;

/// What is looked for, and what has been found so far.
#[derive(Default)]
pub struct Log {
    /// The first word of the event's name; empty for all.
    group: String,
    search: String,
    wants_search: bool,
    found: Found,
}

/// The rows that fit, read piece by piece.
#[derive(Default)]
struct Found {
    of: (String, String, u64),
    rows: Vec<usize>,
    read: usize,
}

/// Groups of the protocol's events, and the desk's own.
const GROUPS: [&str; 20] = [
    "show",
    "roster",
    "draw",
    "round",
    "turn",
    "question",
    "phase",
    "media",
    "countdown",
    "answer",
    "verdict",
    "buzzer",
    "risk",
    "rush",
    "audience",
    "score",
    "standings",
    "slate",
    "lower_third",
    "desk",
];

/// One line of the list.
struct Row<'a> {
    seq: u64,
    time: String,
    name: &'a str,
    text: String,
}

impl Log {
    /// The search field has the keyboard with the next picture.
    pub fn search(&mut self) {
        self.wants_search = true;
    }

    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, selected: &mut Option<usize>, orders: &mut Orders) {
        ui.horizontal(|ui| {
            let all = desk.word("console-all-events");
            let shown = if self.group.is_empty() { all } else { self.group.as_str() }.to_owned();
            ComboBox::from_id_salt("group").selected_text(shown).width(110.0).height(420.0).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.group, String::new(), all);
                for group in GROUPS {
                    ui.selectable_value(&mut self.group, group.to_owned(), group);
                }
            });
            let width = ui.available_width();
            let field = style::field(ui, "search", &mut self.search, desk.word("console-search"), width);
            if std::mem::take(&mut self.wants_search) {
                field.request_focus();
            }
        });
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        match desk.director.transport() {
            Some(tape) => self.of_tape(ui, desk, tape, selected, orders),
            None => self.of_feed(ui, desk),
        }
    }

    /// Whether all rows are shown.
    fn is_all(&self) -> bool {
        self.group.is_empty() && self.search.is_empty()
    }

    /// Reads on; `row` gives a row's name and, where it is asked for, its text.
    fn read(&mut self, ui: &Ui, count: usize, stamp: u64, row: impl Fn(usize) -> (String, String)) {
        let of = (self.group.clone(), self.search.to_lowercase(), stamp);
        if self.found.of != of {
            self.found = Found { of, ..Found::default() };
        }
        let until = (self.found.read + READ).min(count);
        for index in self.found.read..until {
            let (name, text) = row(index);
            let group = self.group.is_empty() || name.split('.').next() == Some(self.group.as_str());
            let (_, search, _) = &self.found.of;
            if group
                && (search.is_empty()
                    || name.contains(search.as_str())
                    || text.to_lowercase().contains(search.as_str()))
            {
                self.found.rows.push(index);
            }
        }
        self.found.read = until;
        if until < count {
            ui.ctx().request_repaint();
        }
    }

    fn of_tape(
        &mut self,
        ui: &mut Ui,
        desk: &Desk,
        tape: &Transport,
        selected: &mut Option<usize>,
        orders: &mut Orders,
    ) {
        let recorded = tape.timeline().tape();
        let (passed, count) = (tape.passed(), recorded.step_count());
        let all = self.is_all();
        if !all {
            let needs_text = !self.search.is_empty();
            self.read(ui, count, count as u64, |index| match recorded.step(index) {
                Some(step) => {
                    let (name, text) = told(desk, step, needs_text);
                    (name.to_owned(), text)
                }
                None => Default::default(),
            });
        }
        let rows = if all { count } else { self.found.rows.len() };
        let mut area = ScrollArea::vertical().auto_shrink(false).id_salt("tape");
        // Follows the tape while it plays, unless somebody is looking through the list.
        if all && tape.playing && !ui.rect_contains_pointer(ui.max_rect()) {
            let middle = passed as f32 * ROW - ui.available_height() * 0.6;
            area = area.vertical_scroll_offset(middle.max(0.0));
        }
        area.show_rows(ui, ROW, rows, |ui, range| {
            for place in range {
                let index = if all { place } else { self.found.rows.get(place).copied().unwrap_or(usize::MAX) };
                let Some(step) = recorded.step(index) else { continue };
                let position_us = step.at().saturating_sub(tape.start_us());
                let (name, text) = told(desk, step, true);
                let row = Row { seq: step.seq(), time: style::time(position_us), name, text };
                if line(ui, &row, index + 1 == passed, index >= passed, *selected == Some(index)) {
                    *selected = Some(index);
                    orders.give(Command::Seek { position_us });
                }
            }
        });
    }

    fn of_feed(&mut self, ui: &mut Ui, desk: &Desk) {
        let log = desk.director.log();
        let count = log.len();
        let all = self.is_all();
        if !all {
            self.read(ui, count, log.total() - count as u64, |index| {
                log.get(index).map(|line| (line.name.to_owned(), line.text.to_owned())).unwrap_or_default()
            });
        }
        let rows = if all { count } else { self.found.rows.len() };
        let now_us = desk.director.now_us();
        ScrollArea::vertical().auto_shrink(false).id_salt("feed").stick_to_bottom(true).show_rows(
            ui,
            ROW,
            rows,
            |ui, range| {
                for place in range {
                    let index = if all { place } else { self.found.rows.get(place).copied().unwrap_or(usize::MAX) };
                    let Some(logged) = log.get(index) else { continue };
                    let ago = format!("−{}", style::span((now_us - logged.at).max(0)));
                    let row = Row { seq: logged.seq, time: ago, name: logged.name, text: logged.text.to_owned() };
                    line(ui, &row, index + 1 == count, false, false);
                }
            },
        );
    }
}

/// A step's name, and what it is about where that is wanted.
fn told<'a>(desk: &Desk, step: Step<'a>, with_text: bool) -> (&'a str, String) {
    match step {
        Step::Event(entry) if with_text => (entry.env.event.name(), digest(&entry.env, desk.director.show())),
        Step::Event(entry) => (entry.env.event.name(), String::new()),
        Step::Snapshot(_) => ("snapshot", String::new()),
        Step::Act(acted) => (acted.act.act.name(), String::new()),
    }
}

/// Draws a row; true when it is clicked.
fn line(ui: &mut Ui, row: &Row, present: bool, ahead: bool, selected: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let painter = ui.painter();
    if present {
        painter.rect_filled(rect, 4, style::ACCENT.gamma_multiply(0.28));
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 4, style::RAISED);
    }
    if selected {
        let stroke = bevy_egui::egui::Stroke::new(1.0, style::ACCENT);
        painter.rect_stroke(rect, 4, stroke, bevy_egui::egui::StrokeKind::Inside);
    }
    let y = rect.center().y;
    let ink = if ahead { style::DIM.gamma_multiply(0.7) } else { style::INK };
    let seq = row.seq.to_string();
    painter.text(pos2(rect.min.x + 44.0, y), Align2::RIGHT_CENTER, seq, style::figures(13.0), style::DIM);
    painter.text(pos2(rect.min.x + 52.0, y), Align2::LEFT_CENTER, &row.time, style::figures(14.0), ink);
    let x = rect.min.x + 122.0;
    style::line(painter, pos2(x, y), 128.0, row.name, style::text(14.0), ink);
    let x = x + 134.0;
    style::line(painter, pos2(x, y), rect.max.x - x - 12.0, &row.text, style::text(14.0), style::DIM);
    response.clicked()
}

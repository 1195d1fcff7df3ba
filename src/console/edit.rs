//! The tape, edited: the step that is chosen in the event list, left out, moved or changed; a new one put in; saved as
//! a new tape. The original is never written.

use bevy_egui::egui::{ScrollArea, TextEdit, Ui, vec2};
use serde_json::Value;

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    show::{tape::Step, told::Words},
};

/// What is being written.
#[derive(Default)]
pub struct Edit {
    /// The step of the fold that is chosen in the event list.
    pub selected: Option<usize>,
    shown: Option<usize>,
    event: String,
    data: String,
    by: String,
    rest: bool,
    path: String,
    fault: String,
}

impl Edit {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let Some(tape) = desk.director.transport() else {
            style::note(ui, desk.word("console-no-tape"));
            return;
        };
        let recorded = tape.timeline().tape();
        let selected = self.selected.or(tape.passed().checked_sub(1));
        let step = selected.and_then(|index| recorded.step(index));
        if self.shown != selected {
            self.shown = selected;
            self.fault.clear();
            (self.event, self.data) = step.map(written).unwrap_or_default();
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            ui.horizontal_wrapped(|ui| {
                let undo = [
                    ("console-undo", Action::Undo, Command::Undo {}),
                    ("console-redo", Action::Redo, Command::Redo {}),
                ];
                for (label, action, command) in undo {
                    if style::key_button(ui, vec2(118.0, 40.0), desk.word(label), &desk.key(action), Look::Plain)
                        .clicked()
                    {
                        orders.give(command);
                    }
                }
                if let Some(index) = selected
                    && style::key_button(ui, vec2(100.0, 40.0), desk.word("console-drop"), "", Look::Plain).clicked()
                {
                    orders.give(Command::Drop { index });
                    self.shown = None;
                }
                style::field(ui, "by", &mut self.by, desk.word("console-seconds"), 90.0);
                let look = Look::on(self.rest);
                if style::key_button(ui, vec2(100.0, 40.0), desk.word("console-and-rest"), "", look).clicked() {
                    self.rest = !self.rest;
                }
                let by_us = self.by.trim().parse::<f64>().ok().filter(|by| by.is_finite()).map(|by| (by * 1e6) as i64);
                let look = if by_us.is_some() && selected.is_some() { Look::Plain } else { Look::Off };
                if style::key_button(ui, vec2(100.0, 40.0), desk.word("console-delay"), "", look).clicked()
                    && let (Some(index), Some(by_us)) = (selected, by_us)
                {
                    orders.give(Command::Delay { index, by_us, rest: self.rest });
                    self.shown = None;
                }
            });
            let width = ui.available_width();
            style::field(ui, "event", &mut self.event, desk.word("console-event-name"), width);
            let edit = TextEdit::multiline(&mut self.data).id(ui.id().with("data")).code_editor().desired_rows(4);
            ui.add_sized(vec2(width, 96.0), edit.desired_width(width));
            ui.horizontal_wrapped(|ui| {
                let size = vec2(150.0, 40.0);
                if style::key_button(ui, size, desk.word("console-insert"), "", Look::Plain).clicked()
                    && let Some(data) = self.parsed(desk)
                {
                    orders.give(Command::Insert { event: self.event.trim().to_owned(), data });
                }
                let may = if selected.is_some() { Look::Plain } else { Look::Off };
                if style::key_button(ui, size, desk.word("console-change"), "", may).clicked()
                    && let (Some(data), Some(index)) = (self.parsed(desk), selected)
                {
                    orders.give(Command::Change { index, data });
                }
            });
            if !self.fault.is_empty() {
                ui.colored_label(style::FAULT, &self.fault);
            }
            ui.horizontal(|ui| {
                let width = ui.available_width() - 130.0;
                style::field(ui, "path", &mut self.path, desk.word("console-new-tape"), width);
                let look = match (self.path.trim().is_empty(), desk.view.tape.unsaved > 0) {
                    (true, _) => Look::Off,
                    (_, true) => Look::On,
                    _ => Look::Plain,
                };
                if style::key_button(ui, vec2(118.0, 40.0), desk.word("console-save-as"), "", look).clicked() {
                    orders.give(Command::SaveAs { path: self.path.trim().into() });
                }
            });
        });
    }

    /// The data as it is written; where it is no JSON the place is told.
    fn parsed(&mut self, desk: &Desk) -> Option<Value> {
        let text = if self.data.trim().is_empty() { "{}" } else { self.data.as_str() };
        match serde_json::from_str(text) {
            Ok(data) => {
                self.fault.clear();
                Some(data)
            }
            Err(error) => {
                self.fault = desk.say(&Words::new("console-not-json").with("reason", error.to_string()));
                None
            }
        }
    }
}

/// An event's name and its data, to be written over.
fn written(step: Step<'_>) -> (String, String) {
    let (name, data) = match step {
        Step::Event(entry) => (entry.env.event.name(), entry.env.event.to_data().unwrap_or_default()),
        Step::Act(acted) => (acted.act.act.name(), Value::Null),
        Step::Snapshot(_) => ("", Value::Null),
    };
    let data = if data.is_null() { String::new() } else { serde_json::to_string_pretty(&data).unwrap_or_default() };
    (name.to_owned(), data)
}

//! What comes next: the coming events of the tape, or what the question that is warmed up may bring.

use bevy_egui::egui::{RichText, ScrollArea, Ui};

use super::{Coming, screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::{Transport, digest},
    show::tape::Step,
};

/// Moments that are listed.
const MOST: usize = 14;
/// Steps that follow each other so closely are one moment, µs.
const TOGETHER_US: i64 = 200_000;

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let own;
    let coming: &[Coming] = match (&desk.view.coming, desk.director.transport()) {
        (Some(told), _) => told,
        (None, Some(tape)) => {
            own = of_tape(desk, tape);
            &own
        }
        (None, None) => {
            own = of_feed(desk);
            &own
        }
    };
    if coming.is_empty() {
        style::note(ui, desk.word("console-nothing-next"));
        return;
    }
    let now_us = desk.director.transport().map_or(0, Transport::position_us);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (index, moment) in coming.iter().enumerate() {
            let first = index == 0;
            ui.horizontal_top(|ui| {
                if let Some(in_us) = moment.in_us {
                    let ink = if first { style::ACCENT } else { style::DIM };
                    let text = RichText::new(format!("+{}", style::time(in_us))).font(style::figures(15.0)).color(ink);
                    let label = ui.add(bevy_egui::egui::Label::new(text).sense(bevy_egui::egui::Sense::click()));
                    if label.clicked() && !desk.is_live() {
                        orders.give(Command::Seek { position_us: now_us + in_us });
                    }
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for line in &moment.lines {
                        let ink = match (moment.is_wrong, first) {
                            (true, _) => style::FAULT,
                            (_, true) => style::INK,
                            _ => style::DIM,
                        };
                        let font = if first { style::strong(16.0) } else { style::text(15.0) };
                        let label = bevy_egui::egui::Label::new(RichText::new(line).font(font).color(ink));
                        // What is at hand is read whole.
                        let label = if first { label.wrap() } else { label.truncate() };
                        ui.add(label).on_hover_text(line);
                    }
                });
            });
            ui.add_space(5.0);
        }
    });
}

/// The tape's next steps, in the log's words.
fn of_tape(desk: &Desk, tape: &Transport) -> Vec<Coming> {
    let recorded = tape.timeline().tape();
    let now = tape.now_us();
    let mut found: Vec<Coming> = Vec::new();
    for step in recorded.steps(tape.passed(), recorded.step_count()) {
        let in_us = (step.at() - now).max(0);
        let line = match step {
            Step::Event(entry) => {
                let text = digest(&entry.env, desk.director.show());
                [entry.env.event.name(), &text]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
            Step::Act(acted) => acted.act.act.name().to_owned(),
            Step::Snapshot(_) => continue,
        };
        let is_full = found.len() == MOST;
        match found.last_mut() {
            Some(last) if last.in_us.is_some_and(|at| in_us - at < TOGETHER_US) => last.lines.push(line),
            _ if is_full => break,
            _ => found.push(Coming { in_us: Some(in_us), lines: vec![line], is_wrong: false }),
        }
    }
    found
}

/// The question that the feed has warmed up.
fn of_feed(desk: &Desk) -> Vec<Coming> {
    let cued = desk.director.show().core.cued.as_deref();
    let line = |question: &crate::show::protocol::play::Question| Coming {
        in_us: None,
        lines: vec![desk.word("console-cued").to_owned(), question.stem.clone()],
        is_wrong: false,
    };
    cued.map(line).into_iter().collect()
}

//! The teams and their scores; a score that is clicked tells the events that made it.

use std::collections::BTreeMap;

use bevy_egui::egui::{Align2, Rect, RichText, ScrollArea, Sense, Ui, vec2};

use super::{ScoreStep, screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::Transport,
    show::{protocol::Event, tape::Step},
};

/// One team, px high.
const ROW: f32 = 40.0;

/// Which team is taken apart.
#[derive(Default)]
pub struct State {
    open: Option<String>,
    /// Of a tape: how many steps had passed, and what was found.
    read: Option<(usize, BTreeMap<String, Vec<ScoreStep>>)>,
}

impl State {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let core = &desk.director.show().core;
        let teams = core.teams();
        if teams.is_empty() {
            style::note(ui, desk.word("console-no-teams"));
            return;
        }
        if let (None, Some(tape), Some(_)) = (&desk.view.provenance, desk.director.transport(), &self.open)
            && self.read.as_ref().is_none_or(|(passed, _)| *passed != tape.passed())
        {
            self.read = Some((tape.passed(), of_tape(tape)));
        }
        let turn = core.turn.as_ref().map(|turn| turn.value.team.as_str());
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for team in teams {
                let score = core.scores.get(&team.id);
                let value = score.map_or(core.config.base_score, crate::show::state::Score::value);
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width() - 4.0, ROW), Sense::hover());
                let is_open = self.open.as_deref() == Some(team.id.as_str());
                let look = if is_open { style::Look::On } else { style::Look::Plain };
                if style::pad(ui, rect, &format!("team {}", team.id), look).clicked() {
                    self.open = (!is_open).then(|| team.id.clone());
                }
                let ink = if is_open { style::DARK } else { style::INK };
                let painter = ui.painter();
                if turn == Some(team.id.as_str()) {
                    let mark = Rect::from_min_size(rect.min, vec2(5.0, rect.height()));
                    painter.rect_filled(mark, 2, style::WARN);
                }
                let at = rect.left_center();
                painter.text(
                    at + vec2(30.0, 0.0),
                    Align2::RIGHT_CENTER,
                    team.number.to_string(),
                    style::figures(15.0),
                    ink,
                );
                let score = value.to_string();
                let shown = painter.text(
                    rect.right_center() - vec2(12.0, 0.0),
                    Align2::RIGHT_CENTER,
                    score,
                    style::figures(22.0),
                    ink,
                );
                let room = shown.min.x - at.x - 52.0;
                style::line(painter, at + vec2(42.0, 0.0), room, &team.name, style::strong(16.0), ink);
                if is_open {
                    let told = desk.view.provenance.as_deref().or(self.read.as_ref().map(|(_, read)| read));
                    made(ui, desk, told.and_then(|told| told.get(&team.id)).map(Vec::as_slice), orders);
                }
            }
        });
    }
}

/// The events that made a score, the last first.
fn made(ui: &mut Ui, desk: &Desk, steps: Option<&[ScoreStep]>, orders: &mut Orders) {
    let Some(steps) = steps.filter(|steps| !steps.is_empty()) else {
        style::note(ui, desk.word("console-no-score-events"));
        return;
    };
    for step in steps.iter().rev() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let mono = |text: String, ink| RichText::new(text).font(style::figures(15.0)).color(ink);
            let ink = if step.delta.starts_with(['-', '−']) { style::FAULT } else { style::GOOD };
            let number = if step.of_desk { desk.word("console-of-desk").to_owned() } else { format!("#{}", step.seq) };
            let link = bevy_egui::egui::Label::new(mono(number, style::DIM)).sense(Sense::click());
            if ui.add(link).clicked()
                && let Some(tape) = desk.director.transport()
            {
                orders.give(Command::Seek { position_us: step.at - tape.start_us() });
            }
            ui.label(mono(step.delta.clone(), ink));
            ui.label(mono(format!("= {}", step.after), style::INK));
            ui.label(RichText::new(&step.reason).font(style::text(15.0)).color(style::DIM));
        });
        if !step.alarm.is_empty() {
            ui.label(RichText::new(&step.alarm).font(style::text(14.0)).color(style::FAULT));
        }
    }
}

/// The score events of a tape so far.
fn of_tape(tape: &Transport) -> BTreeMap<String, Vec<ScoreStep>> {
    let mut found: BTreeMap<String, Vec<ScoreStep>> = BTreeMap::new();
    for step in tape.timeline().tape().steps(0, tape.passed()) {
        let (event, seq, of_desk) = match step {
            Step::Event(entry) => (&entry.env.event, entry.env.seq, false),
            Step::Act(acted) => match &acted.act.act {
                crate::show::desk::Act::Say(said) => (&said.event, acted.act.n, true),
                _ => continue,
            },
            Step::Snapshot(_) => continue,
        };
        let (team, delta, after, reason) = match event {
            Event::ScoreChanged(score) => (&score.team, score.delta, score.after, &score.reason),
            Event::ScoreCorrected(score) => (&score.team, score.after - score.before, score.after, &score.reason),
            _ => continue,
        };
        let delta = delta.signed();
        let (after, reason) = (after.to_string(), reason.clone());
        let made = ScoreStep { seq, at: step.at(), delta, after, reason, of_desk, alarm: String::new() };
        found.entry(team.clone()).or_default().push(made);
    }
    found
}

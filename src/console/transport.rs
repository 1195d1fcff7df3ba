//! A tape's transport: where it stands, play and pause, step, jump, speed, loop and bookmarks.

use bevy_egui::egui::{ComboBox, RichText, Sense, Ui, vec2};

use super::{
    screen::Desk,
    seek,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Deed, Orders},
    director,
};

/// The seek bar with the names above it and the marks below, px.
const SEEK: f32 = 58.0;

/// What is chosen here.
#[derive(Default)]
pub struct Transport {
    team: String,
}

impl Transport {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let Some(tape) = desk.director.transport() else {
            style::note(ui, desk.word("console-no-tape"));
            return;
        };
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), SEEK), Sense::hover());
        seek::show(ui, rect, desk, tape, orders);
        bevy_egui::egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            steps(ui, desk, tape, orders);
            self.jumps(ui, desk, orders);
            speeds(ui, desk, tape, orders);
        });
    }

    fn jumps(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        ui.horizontal_wrapped(|ui| {
            let pairs = [
                ("console-round", Action::RoundBack, Action::RoundOn),
                ("console-question", Action::QuestionBack, Action::QuestionOn),
                ("console-moment", Action::MomentBack, Action::MomentOn),
                ("console-frame", Action::FrameBack, Action::FrameOn),
            ];
            for (label, back, on) in pairs {
                pair(ui, desk, desk.word(label), back, on, orders);
            }
            let core = &desk.director.show().core;
            if core.team(&self.team).is_none() {
                self.team = core.teams().first().map(|team| team.id.clone()).unwrap_or_default();
            }
            if self.team.is_empty() {
                return;
            }
            let mut jump = |ui: &mut Ui, label, by| {
                if style::key_button(ui, vec2(36.0, 40.0), label, "", Look::Plain).clicked() {
                    orders.give(Command::JumpTurn { team: self.team.clone(), by });
                }
            };
            jump(ui, "◀", -1);
            let name = core.team(&self.team).map_or("", |team| team.name.as_str());
            ComboBox::from_id_salt("team").selected_text(name).width(96.0).show_ui(ui, |ui| {
                for team in core.teams() {
                    ui.selectable_value(&mut self.team, team.id.clone(), &team.name);
                }
            });
            let mut jump = |ui: &mut Ui, label, by| {
                if style::key_button(ui, vec2(36.0, 40.0), label, "", Look::Plain).clicked() {
                    orders.give(Command::JumpTurn { team: self.team.clone(), by });
                }
            };
            jump(ui, "▶", 1);
        });
    }
}

/// A button with an action's key.
fn act(ui: &mut Ui, desk: &Desk, width: f32, label: &str, action: Action, look: Look, orders: &mut Orders) {
    if style::key_button(ui, vec2(width, 40.0), label, &desk.key(action), look).clicked()
        && let Deed::Command(command) = action.deed()
    {
        orders.give(command);
    }
}

/// Back and on by one of something, with the keys as they are pointed at.
fn pair(ui: &mut Ui, desk: &Desk, label: &str, back: Action, on: Action, orders: &mut Orders) {
    for (sign, action) in [("◀", back), ("▶", on)] {
        let text = if action == back { format!("{sign} {label}") } else { sign.to_owned() };
        let width = if action == back { 80.0 } else { 36.0 };
        let button = style::key_button(ui, vec2(width, 40.0), &text, "", Look::Plain);
        if button.clicked()
            && let Deed::Command(command) = action.deed()
        {
            orders.give(command);
        }
        button.on_hover_text(format!("{}  [{}]", desk.word(action.word()), desk.key(action)));
    }
}

fn steps(ui: &mut Ui, desk: &Desk, tape: &director::Transport, orders: &mut Orders) {
    ui.horizontal(|ui| {
        act(ui, desk, 56.0, "◀", Action::EventBack, Look::Plain, orders);
        let label = if tape.playing { "console-pause" } else { "console-play" };
        act(ui, desk, 132.0, desk.word(label), Action::Toggle, Look::on(tape.playing), orders);
        act(ui, desk, 62.0, "▶", Action::EventOn, Look::Plain, orders);
        ui.add_space(6.0);
        let now = RichText::new(style::time(tape.position_us())).font(style::figures(30.0));
        ui.label(now);
        let whole = format!("/ {}", style::span(tape.duration_us()));
        ui.label(RichText::new(whole).font(style::figures(15.0)).color(style::DIM));
        if desk.view.tape.unsaved > 0 {
            style::note(ui, desk.word("console-unsaved"));
        }
    });
}

fn speeds(ui: &mut Ui, desk: &Desk, tape: &director::Transport, orders: &mut Orders) {
    ui.horizontal_wrapped(|ui| {
        for rate in director::Transport::SPEEDS {
            let on = (tape.rate() - rate).abs() < 1e-6;
            if style::key_button(ui, vec2(46.0, 40.0), &format!("×{rate}"), "", Look::on(on)).clicked() {
                orders.give(Command::Rate { rate });
            }
        }
        ui.add_space(6.0);
        let of = &desk.view.tape;
        act(ui, desk, 46.0, "A", Action::MarkA, Look::on(of.bookmark_a_us.is_some()), orders);
        act(ui, desk, 46.0, "B", Action::MarkB, Look::on(of.bookmark_b_us.is_some()), orders);
        act(ui, desk, 66.0, "→A", Action::RecallA, may(of.bookmark_a_us.is_some()), orders);
        act(ui, desk, 66.0, "→B", Action::RecallB, may(of.bookmark_b_us.is_some()), orders);
        let both = of.bookmark_a_us.zip(of.bookmark_b_us);
        let look = if of.range_us.is_some() { Look::Warn } else { may(both.is_some()) };
        act(ui, desk, 86.0, desk.word("console-loop"), Action::LoopMarks, look, orders);
    });
}

const fn may(may: bool) -> Look {
    if may { Look::Plain } else { Look::Off }
}

//! The desk's own voice when the feed is dead: countdown, message, lower third, score, question and verdict.

use bevy_egui::egui::{ComboBox, ScrollArea, Ui, vec2};

use super::{
    question, say,
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    show::{
        desk::Group,
        protocol::{Points, play::Outcome},
        told::Words,
    },
};

/// Countdowns on offer, s.
const SPANS_S: [i64; 6] = [10, 20, 30, 60, 90, 120];
/// Questions that are listed.
const LISTED: usize = 60;

pub use say::clock as clock_commands;

/// Which form is open.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Countdown,
    Message,
    LowerThird,
    Score,
    Question,
}

/// What is being written.
#[derive(Default)]
pub struct Fallback {
    form: Form,
    seconds: String,
    title: String,
    body: String,
    name: String,
    unit: String,
    team: String,
    delta: String,
    reason: String,
    search: String,
    /// A score, or giving the program back to the feed, once pressed: a second press does it.
    sure: Option<(&'static str, f64)>,
}

impl Fallback {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.horizontal_wrapped(|ui| {
            for (form, label) in [
                (Form::Countdown, "console-countdown"),
                (Form::Message, "console-message"),
                (Form::LowerThird, "console-group-lower-third"),
                (Form::Score, "console-score"),
                (Form::Question, "console-question"),
            ] {
                if style::key_button(ui, vec2(92.0, 40.0), desk.word(label), "", Look::on(self.form == form)).clicked()
                {
                    self.form = form;
                }
            }
        });
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 8.0);
            self.said(ui, desk, orders);
            match self.form {
                Form::Countdown => self.countdown(ui, desk, orders),
                Form::Message => self.message(ui, desk, orders),
                Form::LowerThird => self.lower_third(ui, desk, orders),
                Form::Score => self.score(ui, desk, orders),
                Form::Question => self.question(ui, desk, orders),
            }
        });
    }

    /// Whether the program is the feed's; if not, how it becomes so again.
    fn said(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let said = desk.director.air().desk.said;
        if said == 0 {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            style::note(ui, &desk.say(&Words::new("console-said").with("count", said)));
            if self.sure_button(ui, desk, "console-reconcile") {
                orders.give(Command::Reconcile {});
            }
        });
    }

    /// A button for what cannot be undone: true at the second press within three seconds.
    fn sure_button(&mut self, ui: &mut Ui, desk: &Desk, label: &'static str) -> bool {
        let now = ui.input(|input| input.time);
        let asked = self.sure.is_some_and(|(what, at)| what == label && now - at < 3.0);
        let (word, look) = if asked { ("console-sure", Look::Alarm) } else { (label, Look::Plain) };
        let pressed = style::key_button(ui, vec2(190.0, style::TARGET), desk.word(word), "", look).clicked();
        if pressed {
            self.sure = (!asked).then_some((label, now));
            ui.ctx().request_repaint_after(std::time::Duration::from_secs(3));
        }
        pressed && asked
    }

    fn countdown(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let now_us = desk.director.now_us();
        let clock = desk.director.show().core.clock.as_ref();
        let begin = |orders: &mut Orders, seconds: f64| {
            say::start((seconds * 1e6) as i64, now_us).into_iter().for_each(|command| orders.give(command));
        };
        ui.horizontal_wrapped(|ui| {
            for seconds in SPANS_S {
                if style::key_button(ui, vec2(64.0, style::TARGET), &format!("{seconds} s"), "", Look::Plain).clicked()
                {
                    begin(orders, seconds as f64);
                }
            }
        });
        let typed = self.seconds.trim().parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
        let look = if typed.is_some() { Look::Plain } else { Look::Off };
        ui.horizontal_wrapped(|ui| {
            style::field(ui, "seconds", &mut self.seconds, desk.word("console-seconds"), 120.0);
            let size = vec2(120.0, style::TARGET);
            if style::key_button(ui, size, desk.word("console-start"), "", look).clicked()
                && let Some(seconds) = typed
            {
                begin(orders, seconds);
            }
            let look = if clock.is_some() { look } else { Look::Off };
            if style::key_button(ui, size, desk.word("console-set"), "", look).clicked()
                && let (Some(clock), Some(seconds)) = (clock, typed)
            {
                orders.give(say::set(clock, (seconds * 1e6) as i64, now_us));
            }
        });
        ui.horizontal_wrapped(|ui| {
            for (label, command) in clock.map(|clock| say::clock(clock, now_us)).unwrap_or_default() {
                if style::key_button(ui, vec2(120.0, style::TARGET), desk.word(label), "", Look::Plain).clicked() {
                    orders.give(command);
                }
            }
        });
    }

    fn message(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let width = ui.available_width();
        style::field(ui, "title", &mut self.title, desk.word("console-title-field"), width);
        style::field(ui, "body", &mut self.body, desk.word("console-body-field"), width);
        let (event, data) = say::message(self.title.trim(), self.body.trim());
        lay(ui, desk, event, data, !self.title.trim().is_empty(), (Group::Scene, Action::StopScene), orders);
    }

    fn lower_third(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let width = ui.available_width();
        style::field(ui, "name", &mut self.name, desk.word("console-name-field"), width);
        style::field(ui, "unit", &mut self.unit, desk.word("console-unit-field"), width);
        let (event, data) = say::lower_third(self.name.trim(), self.unit.trim());
        lay(ui, desk, event, data, !self.name.trim().is_empty(), (Group::LowerThird, Action::StopLowerThird), orders);
    }

    fn team(&mut self, ui: &mut Ui, desk: &Desk) {
        let core = &desk.director.show().core;
        if core.team(&self.team).is_none() {
            self.team = core.turn.as_ref().map(|turn| turn.value.team.clone()).unwrap_or_default();
        }
        let name = core.team(&self.team).map_or(desk.word("console-team"), |team| team.name.as_str());
        ComboBox::from_id_salt("fallback team").selected_text(name).width(150.0).show_ui(ui, |ui| {
            for team in core.teams() {
                ui.selectable_value(&mut self.team, team.id.clone(), &team.name);
            }
        });
    }

    fn score(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let core = &desk.director.show().core;
        ui.horizontal_wrapped(|ui| {
            self.team(ui, desk);
            style::field(ui, "delta", &mut self.delta, desk.word("console-delta-field"), 110.0);
            let width = (ui.available_width() - 4.0).max(160.0);
            style::field(ui, "reason", &mut self.reason, desk.word("console-reason-field"), width);
        });
        let before = core.scores.get(&self.team).map_or(core.config.base_score, crate::show::state::Score::value);
        let typed = self.delta.trim().trim_start_matches('+').parse::<f64>().ok();
        let delta =
            typed.filter(|delta| delta.abs() < 1e6).map(|delta| Points::from_thousandths((delta * 1e3).round() as i64));
        let Some(delta) = delta.filter(|_| core.team(&self.team).is_some() && !self.reason.trim().is_empty()) else {
            style::note(ui, desk.word("console-score-how"));
            return;
        };
        let words = Words::new("console-score-will")
            .with("before", before.to_string())
            .with("after", (before + delta).to_string());
        style::note(ui, &desk.say(&words));
        ui.horizontal_wrapped(|ui| {
            if self.sure_button(ui, desk, "console-score-give") {
                orders.give(say::score(&self.team, before, delta, self.reason.trim()));
                self.delta.clear();
            }
            if self.sure_button(ui, desk, "console-score-correct") {
                orders.give(say::correct(&self.team, before, before + delta, self.reason.trim()));
                self.delta.clear();
            }
        });
    }

    fn question(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        ui.horizontal_wrapped(|ui| {
            self.team(ui, desk);
            for outcome in [Outcome::Correct, Outcome::Wrong, Outcome::Timeout, Outcome::Void] {
                let may = !self.team.is_empty() && desk.director.show().core.question.is_some();
                let look = if may { Look::Plain } else { Look::Off };
                let label = desk.word(question::outcome(outcome).0);
                if style::key_button(ui, vec2(92.0, style::TARGET), label, "", look).clicked() {
                    orders.give(say::verdict(&self.team, outcome));
                }
            }
        });
        if desk.view.bank.is_empty() {
            style::note(ui, desk.word("console-no-bank"));
            return;
        }
        let width = ui.available_width();
        style::field(ui, "bank", &mut self.search, desk.word("console-search"), width);
        let wanted = self.search.trim().to_lowercase();
        let fits = |entry: &&super::BankView| {
            entry.id.to_lowercase().contains(&wanted) || entry.stem.to_lowercase().contains(&wanted)
        };
        for entry in desk.view.bank.iter().filter(fits).take(LISTED) {
            let label = format!("{}  {}", entry.id, entry.stem.chars().take(48).collect::<String>());
            if style::key_button(ui, vec2(width - 14.0, style::TARGET), &label, "", Look::Plain).clicked() {
                orders.give(say::question(&entry.data));
            }
        }
    }
}

/// What is laid ready is seen in the preview first; or it goes on air at once; and it is taken off.
fn lay(
    ui: &mut Ui,
    desk: &Desk,
    event: &str,
    data: serde_json::Value,
    may: bool,
    (group, stop): (Group, Action),
    orders: &mut Orders,
) {
    let look = if may { Look::Plain } else { Look::Off };
    ui.horizontal_wrapped(|ui| {
        let size = vec2(130.0, style::TARGET);
        if style::key_button(ui, size, desk.word("console-load"), "", look).clicked() {
            orders.give(Command::Load { event: event.to_owned(), data: data.clone() });
        }
        let ready = if desk.director.loaded().is_some() { Look::On } else { Look::Off };
        let key = desk.key(Action::PlayLoaded);
        if style::key_button(ui, size, desk.word("console-play-loaded"), &key, ready).clicked() {
            orders.give(Command::PlayLoaded {});
        }
        if style::key_button(ui, size, desk.word("console-say-now"), "", look).clicked() {
            orders.give(Command::Say { event: event.to_owned(), data, corrects: None });
        }
        if style::key_button(ui, size, desk.word("console-take-off"), &desk.key(stop), Look::Plain).clicked() {
            orders.give(Command::Stop { group });
        }
    });
}

//! The program in the operator's hand: follow or hold and take, black, logo, freeze, clear; each undone as it was done.

use bevy_egui::egui::{Ui, vec2};

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    show::{
        desk::{Curtain, Group},
        told::Words,
    },
};

/// What is pressed without looking, px high.
const TALL: f32 = 58.0;

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let air = desk.director.air();
    let is = &air.desk;
    let hold = is.hold.as_ref();
    let waits = hold.is_some_and(|hold| hold.snapshot || !hold.queue.is_empty());
    let gap = 8.0;
    ui.spacing_mut().item_spacing = vec2(gap, gap);
    let width = ui.available_width();
    let third = (width - 2.0 * gap) / 3.0;
    let given = std::cell::RefCell::new(Vec::new());
    let press = |ui: &mut Ui, size, label: &str, action: Action, look, command: Command| {
        if style::key_button(ui, size, label, &desk.key(action), look).clicked() {
            given.borrow_mut().push(command);
        }
    };
    ui.horizontal(|ui| {
        let follow = if hold.is_some() { "console-hold-off" } else { "console-hold" };
        let size = vec2(third, TALL);
        press(ui, size, desk.word(follow), Action::Hold, Look::warn(hold.is_some()), Command::Hold { on: None });
        let take = if waits { Look::Alarm } else { Look::Off };
        let label = match hold {
            Some(hold) if waits => desk.say(&Words::new("console-take-of").with("count", hold.queue.len())),
            _ => desk.word("console-take").to_owned(),
        };
        press(ui, size, &label, Action::Take, take, Command::Take { all: false });
        let look = if waits { Look::Plain } else { Look::Off };
        press(ui, size, desk.word("console-take-all"), Action::TakeAll, look, Command::Take { all: true });
    });
    let curtain = is.curtain.map(|drawn| drawn.curtain);
    ui.horizontal(|ui| {
        let size = vec2(third, TALL);
        let look = |on| Look::alarm(on);
        let black = look(curtain == Some(Curtain::Black));
        press(ui, size, desk.word("console-black"), Action::Black, black, Command::Black { on: None });
        let logo = look(curtain == Some(Curtain::Logo));
        press(ui, size, desk.word("console-logo"), Action::Logo, logo, Command::Logo { on: None });
        press(
            ui,
            size,
            desk.word("console-freeze"),
            Action::Freeze,
            look(is.frozen.is_some()),
            Command::Freeze { on: None },
        );
    });
    style::heading(ui, desk.word("console-clear-what"));
    let half = (width - gap) / 2.0;
    let rows: [(f32, &[(Group, &str, Action)]); 2] = [
        (
            third,
            &[
                (Group::Scene, "console-group-scene", Action::ClearScene),
                (Group::Countdown, "console-group-countdown", Action::ClearCountdown),
                (Group::LowerThird, "console-group-lower-third", Action::ClearLowerThird),
            ],
        ),
        (
            half,
            &[
                (Group::Strip, "console-group-strip", Action::ClearStrip),
                (Group::All, "console-group-all", Action::ClearAll),
            ],
        ),
    ];
    for (wide, groups) in rows {
        ui.horizontal(|ui| {
            for (group, label, action) in groups {
                let off = air.cleared().any(|cleared| cleared == *group);
                let command = Command::ToggleClear { group: *group };
                press(ui, vec2(wide, style::TARGET), desk.word(label), *action, Look::alarm(off), command);
            }
        });
    }
    ui.horizontal(|ui| {
        let size = vec2((width - gap) / 2.0, style::TARGET);
        let lock = if desk.view.locked { "console-unlock" } else { "console-lock" };
        press(ui, size, desk.word(lock), Action::Lock, Look::warn(desk.view.locked), Command::Lock { on: None });
        if desk.is_live() {
            let label = desk.word("console-incident");
            press(ui, size, label, Action::Incident, Look::Plain, Command::Incident {});
        } else {
            let (label, on) = ("console-mark", is.mark);
            let id = ui.id().with("mark");
            let sure =
                ui.data(|data| data.get_temp::<f64>(id)).is_some_and(|at| ui.input(|input| input.time) - at < 3.0);
            let label = if on && sure { "console-mark-sure" } else { label };
            let look = if on && sure { Look::Alarm } else { Look::on(on) };
            // Without it the hall would take a rehearsal for the show: it is taken off on purpose or not at all.
            if style::key_button(ui, size, desk.word(label), "", look).clicked() {
                if on && !sure {
                    ui.data_mut(|data| data.insert_temp(id, ui.input(|input| input.time)));
                    ui.ctx().request_repaint_after(std::time::Duration::from_secs(3));
                } else {
                    given.borrow_mut().push(Command::RehearsalMark { on: !on });
                }
            }
        }
    });
    if !air.follows() && is.said > 0 {
        let words = Words::new("console-said").with("count", is.said);
        ui.horizontal(|ui| {
            let size = vec2((width - gap) / 2.0, style::TARGET);
            ui.allocate_ui(size, |ui| style::note(ui, &desk.say(&words)));
        });
    }
    given.into_inner().into_iter().for_each(|command| orders.give(command));
}

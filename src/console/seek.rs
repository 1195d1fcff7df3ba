//! The seek bar: where the tape stands among its rounds, questions, verdicts and problems, and the range that is looped.

use bevy_egui::egui::{Color32, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{question, screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::Transport,
    show::tape::marks::{Marks, Point},
};

/// Two marks of a kind are no nearer, px.
const APART: f32 = 2.0;

/// Draws it and seeks where it is pressed.
pub fn show(ui: &Ui, rect: Rect, desk: &Desk, tape: &Transport, orders: &mut Orders) {
    let painter = ui.painter();
    let duration_us = tape.duration_us().max(1);
    let rail = Rect::from_min_max(pos2(rect.min.x, rect.min.y + 24.0), pos2(rect.max.x, rect.min.y + 44.0));
    let response = ui.interact(rail.expand2(vec2(0.0, 12.0)), ui.id().with("seek"), Sense::click_and_drag());
    let x_of = |us: i64| rail.min.x + rail.width() * (us as f64 / duration_us as f64) as f32;
    painter.rect_filled(rail, 4, style::RAISED);
    let now = x_of(tape.position_us());
    painter.rect_filled(rail.with_max_x(now), 4, style::ACCENT.gamma_multiply(0.45));
    if let Some((from_us, to_us)) = desk.view.tape.range_us {
        let range = Rect::from_min_max(pos2(x_of(from_us), rail.max.y + 2.0), pos2(x_of(to_us), rail.max.y + 6.0));
        painter.rect_filled(range, 2, style::WARN);
    }
    if let Some(marks) = desk.director.marks() {
        draw(ui, rect, rail, marks, &x_of);
    }
    for (at, name) in [(desk.view.tape.bookmark_a_us, "A"), (desk.view.tape.bookmark_b_us, "B")] {
        if let Some(us) = at {
            let at = pos2(x_of(us), rail.max.y + 4.0);
            let top = bevy_egui::egui::Align2::CENTER_TOP;
            painter.vline(at.x, rail.y_range(), Stroke::new(2.0, style::GOOD));
            painter.text(at, top, name, style::strong(13.0), style::GOOD);
        }
    }
    painter.vline(now, (rail.min.y - 6.0)..=(rail.max.y + 6.0), Stroke::new(4.0, style::INK));
    if let Some(pointer) = response.hover_pos() {
        let us = position(pointer.x, rail, duration_us);
        let galley = painter.layout_no_wrap(style::time(us), style::figures(14.0), style::INK);
        let x = (pointer.x - galley.size().x / 2.0).clamp(rect.min.x, rect.max.x - galley.size().x);
        let at = pos2(x, rail.max.y + 8.0);
        painter.rect_filled(Rect::from_min_size(at, galley.size()).expand(4.0), 4, style::GROUND);
        painter.galley(at, galley, style::INK);
    }
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| pressed) {
        orders.give(Command::Seek { position_us: position(pointer.x, rail, duration_us) });
    }
}

/// What the tape holds. Of a kind, marks that would lie on one another are one: a long tape has thousands.
fn draw(ui: &Ui, rect: Rect, rail: Rect, marks: &Marks, x_of: &impl Fn(i64) -> f32) {
    let painter = ui.painter();
    let tick = |x: f32, low: f32, high: f32, colour: Color32| {
        painter.vline(x, (rail.min.y + low)..=(rail.min.y + high), Stroke::new(2.0, colour));
    };
    for (x, _) in apart(&marks.questions, |question| question.from, x_of) {
        tick(x, 3.0, 10.0, style::DIM);
    }
    for (x, verdict) in apart(&marks.verdicts, |verdict| verdict.from, x_of) {
        tick(x, 11.0, 18.0, question::outcome(verdict.outcome).1);
    }
    for (x, _) in apart(&marks.acts, |act| act.from, x_of) {
        tick(x, 11.0, 18.0, style::ACCENT);
    }
    let problems = apart(&marks.problems, |problem| problem.from, x_of).map(|(x, _)| x);
    for x in problems.chain(apart(&marks.alarms, |alarm| alarm.from, x_of).map(|(x, _)| x)) {
        painter.circle_filled(pos2(x, rail.max.y + 5.0), 4.0, style::FAULT);
    }
    let mut free = rect.min.x;
    for (x, round) in apart(&marks.rounds, |round| round.from, x_of) {
        tick(x, -6.0, 20.0, style::WARN);
        if x >= free {
            let galley = painter.layout_no_wrap(round.name.clone(), style::text(13.0), style::DIM);
            let at = pos2(x.min(rect.max.x - galley.size().x), rail.min.y - 8.0 - galley.size().y);
            free = at.x + galley.size().x + 10.0;
            painter.galley(at, galley, style::DIM);
        }
    }
}

/// The marks with their places, those left out that are too near the one before.
fn apart<'a, T>(
    marks: &'a [T],
    from: impl Fn(&T) -> Point + 'a,
    x_of: &'a impl Fn(i64) -> f32,
) -> impl Iterator<Item = (f32, &'a T)> {
    let mut last = f32::MIN;
    marks.iter().filter_map(move |mark| {
        let x = x_of(from(mark).position_us);
        (x - last >= APART).then(|| {
            last = x;
            (x, mark)
        })
    })
}

fn position(x: f32, rail: Rect, duration_us: i64) -> i64 {
    (f64::from(((x - rail.min.x) / rail.width()).clamp(0.0, 1.0)) * duration_us as f64) as i64
}

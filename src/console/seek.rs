//! The seek bar: where the tape stands among its rounds, questions, verdicts and problems, and the range that is looped.

use bevy_egui::egui::{Color32, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{
    marks::{Kind, Mark},
    question,
    screen::Desk,
    style,
};
use crate::{
    desk::{Command, Orders},
    director::Transport,
};

/// Two marks of a kind are no nearer, px.
const APART: f32 = 2.0;

/// Draws it and seeks where it is pressed.
pub fn show(ui: &Ui, rect: Rect, desk: &Desk, tape: &Transport, marks: &[Mark], orders: &mut Orders) {
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
    let mut free = rect.min.x;
    // Of marks of one kind that would lie on one another the first is drawn: a long tape has thousands.
    let mut drawn = [f32::MIN; 5];
    for mark in marks {
        let x = x_of(mark.position_us);
        let row = match &mark.kind {
            Kind::Question => 0,
            Kind::Verdict(_) => 1,
            Kind::Desk => 2,
            Kind::Problem => 3,
            Kind::Round(_) => 4,
        };
        match drawn.get_mut(row) {
            Some(last) if x - *last < APART => continue,
            Some(last) => *last = x,
            None => {}
        }
        let tick = |low: f32, high: f32, colour: Color32| {
            painter.vline(x, (rail.min.y + low)..=(rail.min.y + high), Stroke::new(2.0, colour));
        };
        match &mark.kind {
            Kind::Question => tick(3.0, 10.0, style::DIM),
            Kind::Verdict(outcome) => tick(11.0, 18.0, question::outcome(*outcome).1),
            Kind::Desk => tick(11.0, 18.0, style::ACCENT),
            Kind::Problem => {
                painter.circle_filled(pos2(x, rail.max.y + 5.0), 4.0, style::FAULT);
            }
            Kind::Round(name) => {
                tick(-6.0, 20.0, style::WARN);
                if x >= free {
                    let galley = painter.layout_no_wrap(name.clone(), style::text(13.0), style::DIM);
                    let at = pos2(x.min(rect.max.x - galley.size().x), rail.min.y - 8.0 - galley.size().y);
                    free = at.x + galley.size().x + 10.0;
                    painter.galley(at, galley, style::DIM);
                }
            }
        }
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

fn position(x: f32, rail: Rect, duration_us: i64) -> i64 {
    (f64::from(((x - rail.min.x) / rail.width()).clamp(0.0, 1.0)) * duration_us as f64) as i64
}

//! The problems: what, since when, how often, what to do. Acknowledged ones step back until they happen again.

use bevy_egui::egui::{CornerRadius, Rect, ScrollArea, Sense, Ui, pos2, text::LayoutJob, vec2};

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    director::Problem,
    show::told::Words,
};

/// From here on each keeps to two lines and what to do.
const ROOMY: usize = 2;
const DENSE: f32 = 78.0;
/// What has been noted, px high.
const NOTED: f32 = 34.0;

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let all = desk.director.problems.iter().enumerate().rev();
    let (mut open, noted): (Vec<_>, Vec<_>) = all.partition(|(_, problem)| !problem.is_acknowledged());
    open.sort_by_key(|(_, problem)| (problem.over_us.is_some(), std::cmp::Reverse(problem.kind.severity())));
    let key = desk.key(Action::AcknowledgeAll);
    if open.is_empty() {
        style::note(ui, desk.word("console-no-problems"));
    } else if style::key_button(ui, vec2(190.0, 40.0), desk.word("console-acknowledge-all"), &key, Look::Plain)
        .clicked()
    {
        orders.give(Command::Acknowledge { problem: None });
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, problem) in &open {
            if entry(ui, desk, problem, *place, open.len() > ROOMY) {
                orders.give(Command::Acknowledge { problem: Some(*place) });
            }
        }
        if !noted.is_empty() {
            style::heading(ui, desk.word("console-noted"));
        }
        for (_, problem) in &noted {
            let (rect, pointed) = ui.allocate_exact_size(vec2(ui.available_width(), NOTED), Sense::hover());
            let sentence = problem.sentence(desk.view.lang);
            let painter = ui.painter();
            painter.circle_filled(rect.left_center() + vec2(8.0, 0.0), 4.0, style::severity(problem.kind.severity()));
            let at = rect.left_center() + vec2(20.0, 0.0);
            style::line(painter, at, rect.width() - 30.0, &sentence, style::text(15.0), style::DIM);
            pointed.on_hover_text(format!("{sentence}\n{}", problem.advice(desk.view.lang)));
        }
    });
}

/// Draws one; true when it is acknowledged. A `dense` one keeps to two lines and what to do; pointed at, it says all.
fn entry(ui: &mut Ui, desk: &Desk, problem: &Problem, place: usize, dense: bool) -> bool {
    let width = ui.available_width() - 14.0;
    let text_width = width - 118.0;
    let painter = ui.painter();
    let over = problem.over_us.is_some();
    let colour = if over { style::DIM } else { style::severity(problem.kind.severity()) };
    let (sentence, advice) = (problem.sentence(desk.view.lang), problem.advice(desk.view.lang));
    let (font, height) = if dense { (15.0, DENSE) } else { (16.0, 80.0) };
    let mut what = LayoutJob::simple(sentence.clone(), style::text(font), style::INK, text_width);
    what.wrap.max_rows = if dense { 2 } else { 4 };
    let what = painter.layout_job(what);
    let todo = painter.layout(advice.to_owned(), style::text(15.0), style::DIM, text_width);
    let height = if dense { height } else { (what.size().y + todo.size().y + 46.0).max(height) };
    let (rect, pointed) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let painter = ui.painter();
    let card = rect.with_max_y(rect.max.y - if dense { 4.0 } else { 8.0 });
    painter.rect_filled(card, style::RADIUS, style::GROUND);
    let stripe = card.with_max_x(card.min.x + 5.0);
    painter.rect_filled(stripe, CornerRadius { nw: 8, ne: 0, sw: 8, se: 0 }, colour);
    let at = pos2(card.min.x + 16.0, card.min.y + if dense { 4.0 } else { 8.0 });
    painter.galley(at, what.clone(), style::INK);
    if !dense {
        painter.galley(at + vec2(0.0, what.size().y + 2.0), todo, style::DIM);
    }
    let mut facts = facts(desk, problem);
    if dense {
        facts.push(advice.to_owned());
    }
    pointed.on_hover_text(format!("{sentence}\n{advice}"));
    let at = pos2(at.x, card.max.y - if dense { 12.0 } else { 14.0 });
    style::line(ui.painter(), at, text_width, &facts.join(" · "), style::text(14.0), colour);
    let button = Rect::from_center_size(pos2(card.max.x - 52.0, card.center().y), vec2(88.0, style::TARGET));
    style::button(ui, button, &format!("acknowledge {place}"), desk.word("console-acknowledge"), Look::Plain).clicked()
}

/// Since when, how often, and whether it is over.
fn facts(desk: &Desk, problem: &Problem) -> Vec<String> {
    let ago_us = desk.director.now_us().saturating_sub(problem.since_us).max(0);
    let mut facts = Vec::new();
    // Before the first word of the server there is no show's clock to count on.
    if problem.since_us > 0 {
        facts.push(desk.say(&Words::new("console-ago").with("span", style::span(ago_us))));
    }
    if problem.count > 1 {
        facts.push(desk.say(&Words::new("times").with("count", problem.count)));
    }
    if problem.over_us.is_some() {
        facts.push(desk.word("console-over").to_owned());
    }
    facts
}

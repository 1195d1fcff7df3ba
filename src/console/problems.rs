//! The problems: what, since when, how often, what to do. Acknowledged ones step back until they happen again.

use bevy_egui::egui::{Align2, CornerRadius, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, text::LayoutJob, vec2};

use super::{screen::Desk, style};
use crate::{
    desk::{Command, Orders},
    director::Problem,
    show::told::Words,
};

/// As many are shown in full; of more, each has this height, so that four fit the window as it opens, px.
const ROOMY: usize = 2;
const DENSE: f32 = 78.0;

pub fn show(ui: &mut Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
    let inner = style::panel(ui.painter(), rect, desk.word("console-problems"));
    let all = desk.director.problems.iter().enumerate().rev();
    let mut open: Vec<(usize, &Problem)> = all.filter(|(_, problem)| !problem.is_acknowledged()).collect();
    open.sort_by_key(|(_, problem)| (problem.over_us.is_some(), std::cmp::Reverse(problem.kind.severity())));
    if open.is_empty() {
        let at = inner.center();
        ui.painter().text(at, Align2::CENTER_CENTER, desk.word("console-no-problems"), style::text(17.0), style::DIM);
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt("problems"), |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, (place, problem)) in open.iter().enumerate() {
                if entry(ui, desk, problem, index, open.len() > ROOMY) {
                    orders.give(Command::Acknowledge { problem: Some(*place) });
                }
            }
        });
    });
}

/// Draws one; true when it is acknowledged. A `dense` one keeps to two lines and what to do; pointed at, it says all.
fn entry(ui: &mut Ui, desk: &Desk, problem: &Problem, index: usize, dense: bool) -> bool {
    let width = ui.available_width() - 14.0;
    let text_width = width - 128.0;
    let painter = ui.painter();
    let over = problem.over_us.is_some();
    let colour = if over { style::DIM } else { style::severity(problem.kind.severity()) };
    let (sentence, advice) = (problem.sentence(desk.view.lang), problem.advice(desk.view.lang));
    let (font, height) = if dense { (15.0, DENSE) } else { (17.0, 80.0) };
    let mut what = LayoutJob::simple(sentence.clone(), style::text(font), style::INK, text_width);
    what.wrap.max_rows = if dense { 2 } else { usize::MAX };
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
        pointed.on_hover_text(format!("{sentence}\n{advice}"));
    }
    let at = pos2(at.x, card.max.y - if dense { 12.0 } else { 14.0 });
    style::line(ui.painter(), at, text_width, &facts.join(" · "), style::text(14.0), colour);
    let button = Rect::from_center_size(pos2(card.max.x - 56.0, card.center().y), vec2(92.0, style::TARGET));
    style::button(ui, button, &format!("acknowledge {index}"), desk.word("console-acknowledge"), style::Look::Plain)
        .clicked()
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

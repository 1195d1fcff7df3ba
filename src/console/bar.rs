//! The bar: what is on air in one word, everything that stands in its way as a lit tile, and what is left of the time.

use bevy_egui::egui::{Align2, Color32, Context, Id, Rect, Ui, pos2, vec2};

use super::{
    screen::Desk,
    spare,
    style::{self, Look},
};
use crate::{
    desk::{Action, Deed, Orders, Wish},
    director::QualityStep,
    feed::FeedState,
    show::{desk::Curtain, told::Words},
    sound::AudioStatus,
};

/// The word that says what is on air, px wide.
const STATE: f32 = 176.0;
/// A tile, px wide.
const TILE: f32 = 78.0;

pub fn show(ui: &Ui, rect: Rect, desk: &Desk, orders: &mut Orders) {
    let row = rect.shrink2(vec2(0.0, 10.0));
    let place = row.with_max_x(row.min.x + STATE);
    on_air(ui, place, desk);
    let mut x = place.max.x + style::GAP;
    for (label, action, look) in tiles(desk) {
        let place = Rect::from_min_max(pos2(x, row.min.y), pos2(x + TILE, row.max.y));
        // Two of them may ask for the same.
        let salt = ui.id().with(("tile", action, x as i32));
        if style::keyed(ui, place, salt, &label, &desk.key(action), look).clicked() {
            match action.deed() {
                Deed::Command(command) => orders.give(command),
                Deed::Wish(wish) => ask(ui, wish),
            }
        }
        x += TILE + 6.0;
    }
    times(ui, row.with_min_x(x + 8.0), desk);
}

fn on_air(ui: &Ui, place: Rect, desk: &Desk) {
    let (label, ground, ink) = match (&desk.view.feed, desk.director.transport()) {
        (Some(feed), _) => match feed.state {
            FeedState::Connected => ("console-live", style::FAULT, style::DARK),
            FeedState::Ended => ("console-ended", style::RAISED, style::DIM),
            _ => ("console-live", style::FAULT, style::DARK),
        },
        (None, Some(tape)) if tape.playing => ("console-rehearsal", style::ACCENT, style::DARK),
        _ => ("console-rehearsal", style::RAISED, style::ACCENT),
    };
    let painter = ui.painter();
    painter.rect_filled(place, style::RADIUS, ground);
    let below = match (&desk.view.feed, desk.director.transport()) {
        (Some(feed), _) => match feed.state {
            FeedState::Connected => desk.word("console-connected"),
            FeedState::Connecting => desk.word("console-connecting"),
            FeedState::Waiting { .. } => desk.word("console-waiting"),
            FeedState::Ended | FeedState::Stopped => desk.word("console-stopped"),
        },
        (None, Some(tape)) if tape.playing => desk.word("console-playing"),
        _ => desk.word("console-paused"),
    };
    painter.text(place.center() - vec2(0.0, 9.0), Align2::CENTER_CENTER, desk.word(label), style::strong(24.0), ink);
    painter.text(place.center() + vec2(0.0, 17.0), Align2::CENTER_CENTER, below, style::text(14.0), ink);
}

/// The tiles in their fixed places: whoever looks knows where without reading.
fn tiles(desk: &Desk) -> Vec<(String, Action, Look)> {
    let air = desk.director.air();
    let is = &air.desk;
    let curtain = is.curtain.map(|drawn| drawn.curtain);
    let word = |key| desk.word(key).to_owned();
    let held = match &is.hold {
        Some(hold) => desk.say(&Words::new("console-held").with("count", hold.queue.len())),
        None => word("console-hold"),
    };
    let cleared = air.cleared().next().is_some();
    let lost =
        desk.view.feed.as_ref().is_some_and(|feed| !matches!(feed.state, FeedState::Connected | FeedState::Ended));
    let silent = matches!(desk.view.audio.status, AudioStatus::Silent { .. });
    let (sound, heard) = match (desk.view.audio.muted, silent) {
        (true, _) => ("console-muted", Look::Alarm),
        (_, true) => ("console-no-sound", Look::Warn),
        _ => ("console-mute", Look::Plain),
    };
    let mut tiles = vec![
        (held, Action::Hold, Look::warn(is.hold.is_some())),
        (word("console-black"), Action::Black, Look::alarm(curtain == Some(Curtain::Black))),
        (word("console-logo"), Action::Logo, Look::alarm(curtain == Some(Curtain::Logo))),
        (word("console-freeze"), Action::Freeze, Look::alarm(is.frozen.is_some())),
        (word(if cleared { "console-cleared" } else { "console-clear" }), Action::ClearAll, Look::alarm(cleared)),
        (word(sound), Action::Mute, heard),
        (word("console-lock"), Action::Lock, Look::warn(desk.view.locked)),
    ];
    if desk.is_live() {
        let (label, look) = if lost { ("console-feed-lost", Look::Alarm) } else { ("console-feed", Look::Plain) };
        tiles.push((word(label), Action::Feed, look));
    }
    tiles.extend(spare::tile(desk));
    if desk.director.step() != QualityStep::Full {
        tiles.push((word("console-lowered"), Action::Problems, Look::Warn));
    }
    if desk.view.routes.list.iter().any(|view| view.card.is_some()) {
        tiles.push((word("console-cards-on"), Action::ClearCards, Look::Alarm));
    }
    tiles
}

/// Where the show is, and what is left of the countdown.
fn times(ui: &Ui, rect: Rect, desk: &Desk) {
    let painter = ui.painter();
    let quit = Rect::from_min_size(pos2(rect.max.x - 62.0, rect.min.y), vec2(62.0, rect.height()));
    let (label, look) =
        if desk.is_quit_asked { ("console-quit-sure", Look::Alarm) } else { ("console-quit", Look::Plain) };
    if style::keyed(ui, quit, ui.id().with("quit"), desk.word(label), &desk.key(Action::Quit), look).clicked() {
        ask(ui, Wish::Quit);
    }
    let help = quit.translate(vec2(-54.0, 0.0)).with_max_x(quit.min.x - 6.0);
    if style::keyed(ui, help, ui.id().with("help"), desk.word("console-help"), &desk.key(Action::Help), Look::Plain)
        .clicked()
    {
        ask(ui, Wish::Help);
    }
    let rect = rect.with_max_x(help.min.x - 12.0);

    let (left, ink) = remaining(desk);
    let shown = painter.text(rect.right_center(), Align2::RIGHT_CENTER, left, style::figures(44.0), ink);
    let core = &desk.director.show().core;
    let round = core.round.as_ref().filter(|round| round.closed.is_none());
    let round = round.map_or_else(|| core.config.title.clone(), |round| round.opened.name.clone());
    let number = core.turn.as_ref().and_then(|turn| turn.value.question_no);
    let question = number.map(|number| desk.say(&Words::new("console-question-no").with("number", number)));
    let clock = match desk.director.transport() {
        Some(tape) => style::time(tape.position_us()),
        None => desk
            .director
            .log()
            .get(0)
            .map_or_else(String::new, |first| style::span((desk.director.now_us() - first.at).max(0))),
    };
    let width = shown.min.x - 14.0 - rect.min.x;
    let second: Vec<String> = [Some(clock).filter(|clock| !clock.is_empty()), question].into_iter().flatten().collect();
    style::line(painter, rect.left_center() - vec2(0.0, 12.0), width, &round, style::strong(18.0), style::INK);
    style::line(
        painter,
        rect.left_center() + vec2(0.0, 14.0),
        width,
        &second.join(" · "),
        style::figures(16.0),
        style::DIM,
    );
}

/// Where a click in the bar leaves what it asks of the console itself.
const ASKED: &str = "asked in the bar";

fn ask(ui: &Ui, wish: Wish) {
    ui.data_mut(|data| data.insert_temp(Id::new(ASKED), Some(wish)));
}

/// What was clicked in the bar that is the console's own affair.
pub fn asked(context: &Context) -> Option<Wish> {
    context.data_mut(|data| data.remove_temp::<Option<Wish>>(Id::new(ASKED))).flatten()
}

/// The countdown that is on, as it is read from across the room.
pub fn remaining(desk: &Desk) -> (String, Color32) {
    let Some(clock) = &desk.director.show().core.clock else { return ("–".to_owned(), style::LINE) };
    let left_us = clock.remaining_us(desk.director.now_us());
    let ink = match clock.phase {
        _ if !clock.is_running() => style::DIM,
        _ if left_us <= 10_000_000 => style::WARN,
        _ => style::INK,
    };
    let text = if left_us < 10_000_000 && clock.is_running() {
        format!("{:.1}", left_us as f64 / 1e6)
    } else {
        style::span(left_us + 999_999)
    };
    (text, ink)
}

//! The outputs: what leaves, where to, how it fares; test cards; and what is changed of all that.

use bevy_egui::egui::{Color32, ComboBox, RichText, ScrollArea, Sense, Ui, pos2, vec2};

use super::{
    Role, RoomView, RouteView, SinkPhase, SinkView,
    route_edit::RouteEdit,
    route_fields::class_word,
    screen::Desk,
    style::{self, Look},
    sure::Sure,
};
use crate::{
    desk::{Action, Command, Orders},
    director::QualityStep,
    show::{frame::testcard::TestCard, told::Words},
};

/// A picture in the list, px high.
const THUMBNAIL: f32 = 56.0;

/// What is being done here.
#[derive(Default)]
pub struct Outputs {
    edit: RouteEdit,
    sure: Sure,
}

impl Outputs {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let routes = &desk.view.routes;
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        if let Some(room) = &desk.view.room {
            disk(ui, desk, room);
        }
        if routes.list.iter().any(|view| view.card.is_some()) {
            let width = ui.available_width();
            let key = desk.key(Action::ClearCards);
            let label = desk.word("console-cards-off");
            if style::key_button(ui, vec2(width, style::TARGET), label, &key, Look::Alarm).clicked() {
                orders.give(Command::TestCard { output: None, card: None });
            }
        }
        if let Some(lowered) = lowered(desk.director.step()) {
            ui.label(RichText::new(desk.word(lowered)).font(style::strong(14.0)).color(style::WARN));
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            self.edit.bar(ui, desk, orders);
            if self.edit.is_open() {
                self.edit.show(ui, desk);
                return;
            }
            if routes.list.is_empty() {
                pictures(ui, desk);
                style::note(ui, desk.word("console-outputs-none"));
            }
            for view in routes.list.iter() {
                self.one(ui, desk, view, orders);
            }
        });
    }

    /// An output as it stands.
    fn one(&mut self, ui: &mut Ui, desk: &Desk, view: &RouteView, orders: &mut Orders) {
        let route = &view.route;
        let sink = desk.view.sinks.iter().find(|sink| sink.name == route.name);
        let (state, ink) = state(desk, view, sink);
        let width = ui.available_width();
        let aspect = route.raster.0 as f32 / route.raster.1.max(1) as f32;
        let picture = vec2((THUMBNAIL * aspect).min(width * 0.42), THUMBNAIL);
        let (rect, _) = ui.allocate_exact_size(vec2(width, THUMBNAIL + 8.0), Sense::hover());
        let painter = ui.painter();
        painter.rect_filled(rect, style::RADIUS, style::RAISED);
        let scale = (picture.x / aspect / picture.y).min(1.0);
        let shown = bevy_egui::egui::Rect::from_center_size(
            pos2(rect.max.x - 4.0 - picture.x / 2.0, rect.center().y),
            vec2(picture.x, picture.y * scale),
        );
        painter.rect_filled(shown, 0, Color32::BLACK);
        if let Some(texture) = texture(desk, &route.name) {
            let whole = bevy_egui::egui::Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture, shown, whole, Color32::WHITE);
        }
        let room = shown.min.x - rect.min.x - 20.0;
        let at = |y: f32| pos2(rect.min.x + 10.0, rect.min.y + y);
        style::line(painter, at(13.0), room, &route.name, style::strong(17.0), style::INK);
        let class = class_word(desk, route.class);
        let size = |(width, height): (u32, u32)| format!("{width}×{height}");
        let figures = if view.leaves == route.raster {
            format!("{class}  {}  {}", size(route.raster), route.rate)
        } else {
            format!("{class}  {} → {}  {}", size(route.raster), size(view.leaves), route.rate)
        };
        style::line(painter, at(33.0), room, &figures, style::text(13.0), style::DIM);
        style::line(painter, at(52.0), room, &state, style::strong(14.0), ink);
        let file = sink.and_then(|sink| sink.file.as_ref());
        let place = match (&view.display, file) {
            (Some(display), _) => display.called(),
            // Where frames go right now: a recording that was begun anew has another name.
            (None, Some(file)) => file.display().to_string(),
            (None, None) => desk.say(&crate::show::told::Told::words(&route.place)),
        };
        ui.label(RichText::new(place).font(style::text(14.0)).color(style::DIM));
        if let Some(sink) = sink {
            figures_of(ui, desk, sink);
        }
        ui.horizontal_wrapped(|ui| self.cards(ui, desk, view, orders));
        ui.add_space(4.0);
    }

    /// What an engineer puts on the output: pressed twice, on air or not.
    fn cards(&mut self, ui: &mut Ui, desk: &Desk, view: &RouteView, orders: &mut Orders) {
        let name = &view.route.name;
        let give = |orders: &mut Orders, card| orders.give(Command::TestCard { output: Some(name.clone()), card });
        if view.card.is_some() {
            let label = desk.word("console-card-off");
            if style::key_button(ui, vec2(150.0, 40.0), label, "", Look::Alarm).clicked() {
                give(orders, None);
            }
        }
        let shown = view.card.map_or(desk.word("console-card"), |card| card_word(desk, card));
        let mut chosen = self.edit.card_of(name).or(view.card);
        ComboBox::from_id_salt(("card", name))
            .selected_text(chosen.map_or(shown, |card| card_word(desk, card)))
            .width(130.0)
            .show_ui(ui, |ui| {
                for card in TestCard::ALL {
                    ui.selectable_value(&mut chosen, Some(card), card_word(desk, card));
                }
            });
        self.edit.choose_card(name, chosen);
        if let Some(card) = chosen.filter(|card| Some(*card) != view.card) {
            let id = format!("card {name}");
            let label = desk.word("console-card-on");
            if self.sure.button(ui, vec2(150.0, 40.0), desk, (&id, label), Look::Plain) {
                give(orders, Some(card));
            }
        }
    }
}

/// The disk that is written to: what is free, and how long that lasts as it is written now.
fn disk(ui: &mut Ui, desk: &Desk, room: &RoomView) {
    let free = format!("{:.1}", room.free_bytes as f64 / 1e9);
    let words = match room.left_min {
        Some(left) if left < 24 * 60 => {
            let left = format!("{}:{:02}", left / 60, left % 60);
            Words::new("console-disk-for").with("free", free).with("left", left)
        }
        _ => Words::new("console-disk-free").with("free", free),
    };
    style::fact(ui, desk.word("console-disk"), &desk.say(&words), if room.is_low { style::WARN } else { style::INK });
}

/// What this machine cannot keep up with, in the locales.
const fn lowered(step: QualityStep) -> Option<&'static str> {
    match step {
        QualityStep::Full => None,
        QualityStep::StillBackdrop => Some("console-still-backdrop"),
        QualityStep::HalfRate => Some("console-half-rate"),
        QualityStep::ThirdRate => Some("console-third-rate"),
    }
}

/// The pictures that are drawn without an outputs file.
fn pictures(ui: &mut Ui, desk: &Desk) {
    for picture in &desk.view.pictures {
        let role = match picture.role {
            Role::Program => "console-program",
            Role::Preview => "console-preview",
            Role::Host => "console-host",
            Role::Routed => "console-output",
        };
        let (width, height) = picture.raster;
        style::fact(ui, desk.word(role), &picture.name, style::INK);
        let layers = picture.frame.as_ref().map_or(0, |frame| frame.layers.len());
        let layers = format!("{} {layers}", desk.word("console-layers"));
        style::fact(ui, &format!("{width}×{height}"), &layers, style::DIM);
    }
}

fn texture(desk: &Desk, name: &str) -> Option<bevy_egui::egui::TextureId> {
    let all = desk.view.pictures.iter().zip(desk.textures.iter().copied());
    let is_routed = |role| matches!(role, Role::Program | Role::Routed);
    all.filter(|(picture, _)| is_routed(picture.role))
        .find(|(picture, _)| picture.names.iter().any(|own| own == name))?
        .1
}

/// How an output fares, in a word and a colour.
fn state(desk: &Desk, view: &RouteView, sink: Option<&SinkView>) -> (String, Color32) {
    let word = |key| desk.word(key).to_owned();
    if let Some(card) = view.card {
        return (desk.say(&Words::new("console-card-shown").with("card", card_word(desk, card))), style::FAULT);
    }
    if view.is_gone {
        return (word("console-output-gone"), style::FAULT);
    }
    match sink.map(|sink| sink.phase) {
        None => (word("console-output-on"), style::GOOD),
        Some(SinkPhase::Running) => (word("console-sink-running"), style::GOOD),
        Some(SinkPhase::Opening) => (word("console-sink-opening"), style::DIM),
        Some(SinkPhase::Stalled) => (word("console-sink-stalled"), style::FAULT),
        Some(SinkPhase::Restarting) => (word("console-sink-restarting"), style::WARN),
        Some(SinkPhase::Failed) => (word("console-sink-failed"), style::FAULT),
        Some(SinkPhase::Closed) => (word("console-sink-closed"), style::DIM),
    }
}

fn figures_of(ui: &mut Ui, desk: &Desk, sink: &SinkView) {
    let tenths = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
    let words = Words::new("console-sink-figures")
        .with("fps", tenths(u64::from(sink.fps_tenths)))
        .with("late", sink.late.to_string())
        .with("dropped", sink.dropped.to_string())
        .with("restarts", sink.restarts.to_string())
        .with("latency", tenths(sink.latency_tenth_ms.0))
        .with("worst", tenths(sink.latency_tenth_ms.1));
    let is_bad = sink.late + sink.dropped + sink.restarts > 0;
    let ink = if is_bad { style::WARN } else { style::DIM };
    ui.label(RichText::new(desk.say(&words)).font(style::figures(13.0)).color(ink));
    if let Some(why) = &sink.why {
        ui.label(RichText::new(desk.say(why)).font(style::text(14.0)).color(style::WARN));
    }
}

pub fn card_word<'a>(desk: &Desk<'a>, card: TestCard) -> &'a str {
    desk.word(match card {
        TestCard::Grid => "testcard-grid",
        TestCard::Slices => "testcard-slices",
        TestCard::Bars => "testcard-bars",
        TestCard::Ramps => "testcard-ramps",
        TestCard::SafeAreas => "testcard-safe-areas",
        TestCard::Sync => "testcard-sync",
    })
}

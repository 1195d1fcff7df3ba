//! The pictures: the very textures that hall and host see, with safe areas and layers over them where wanted.

use bevy_egui::egui::{Align2, Color32, FontId, Painter, Rect, Stroke, StrokeKind, TextureId, Ui, pos2, vec2};

use super::{
    Picture, Role,
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders, Settings},
    show::{frame::Frame, told::Words},
};

/// What of a picture is cut off by screens: action within 5 % of each edge, titles within 10 %.
const SAFE: [(f32, &str); 2] = [(0.05, "console-action-safe"), (0.10, "console-title-safe")];
/// The row of switches below a picture, px.
const SWITCHES: f32 = 40.0;

pub fn program(ui: &mut Ui, desk: &Desk, settings: &mut Settings) {
    let all = ui.max_rect();
    let below = all.with_min_y(all.max.y - SWITCHES);
    let above = all.with_max_y(below.min.y - 8.0);
    let shown: Vec<_> = desk.pictures(Role::Program).chain(desk.pictures(Role::Host)).collect();
    let share = above.width() / shown.len().max(1) as f32;
    for (index, (picture, texture)) in shown.iter().enumerate() {
        let place = Rect::from_min_size(above.min + vec2(share * index as f32, 0.0), vec2(share, above.height()));
        let name = (shown.len() > 1).then_some(picture.name.as_str());
        one(ui, place.shrink2(vec2(if shown.len() > 1 { 3.0 } else { 0.0 }, 0.0)), desk, picture, *texture, name);
    }
    if shown.is_empty() {
        let words = desk.word("console-no-picture");
        ui.painter().text(above.center(), Align2::CENTER_CENTER, words, style::text(18.0), style::DIM);
    }
    let mut x = below.min.x;
    for (label, action, on) in [
        ("console-safe-area", Action::SafeArea, &mut settings.safe_area),
        ("console-layers", Action::Layers, &mut settings.layers),
    ] {
        let place = Rect::from_min_size(pos2(x, below.min.y), vec2(150.0, SWITCHES));
        let id = ui.id().with(label);
        if style::keyed(ui, place, id, desk.word(label), &desk.key(action), Look::on(*on)).clicked() {
            *on = !*on;
        }
        x = place.max.x + 8.0;
    }
    if let Some((picture, _)) = shown.first() {
        let (width, height) = picture.raster;
        let at = pos2(below.max.x, below.center().y);
        let text = format!("{width}×{height}");
        ui.painter().text(at, Align2::RIGHT_CENTER, text, style::figures(15.0), style::DIM);
    }
}

/// What is about to go on air: what is held, what is laid ready, another theme.
pub fn preview(ui: &mut Ui, desk: &Desk, _: &Settings, orders: &mut Orders) {
    let all = ui.max_rect();
    let below = all.with_min_y(all.max.y - style::TARGET);
    let above = all.with_max_y(below.min.y - 8.0);
    let loaded = desk.director.loaded();
    let held = desk.director.air().desk.hold.as_ref();
    let shown = desk.pictures(Role::Preview).next();
    if let Some((picture, texture)) = shown {
        one(ui, above.with_max_y(above.max.y - 26.0), desk, picture, texture, None);
    }
    let what = match (&desk.view.next_theme, loaded, held) {
        (Some(theme), ..) => desk.say(&Words::new("console-preview-theme").with("theme", theme.as_str())),
        (_, Some(said), _) => desk.say(&Words::new("console-loaded").with("event", said.event.name())),
        (_, _, Some(hold)) => desk.say(&Words::new("console-preview-held").with("count", hold.queue.len())),
        _ => desk.word("console-preview-same").to_owned(),
    };
    let at = if shown.is_some() { pos2(above.min.x, above.max.y - 8.0) } else { above.left_center() };
    style::line(ui.painter(), at, above.width(), &what, style::text(15.0), style::DIM);

    let buttons = [
        (
            "console-take",
            Action::Take,
            held.is_some_and(|hold| !hold.queue.is_empty() || hold.snapshot),
            Command::Take { all: false },
        ),
        ("console-play-loaded", Action::PlayLoaded, loaded.is_some(), Command::PlayLoaded {}),
        ("console-take-theme", Action::TakeTheme, desk.view.next_theme.is_some(), Command::TakeTheme {}),
    ];
    let width = (below.width() - 16.0) / 3.0;
    for (index, (label, action, may, command)) in buttons.into_iter().enumerate() {
        let place =
            Rect::from_min_size(below.min + vec2((width + 8.0) * index as f32, 0.0), vec2(width, below.height()));
        let look = if may { Look::On } else { Look::Off };
        if style::keyed(ui, place, ui.id().with(label), desk.word(label), &desk.key(action), look).clicked() {
            orders.give(command);
        }
    }
}

/// One picture as large as it fits, with what is wanted over it.
fn one(ui: &Ui, place: Rect, desk: &Desk, picture: &Picture, texture: Option<TextureId>, name: Option<&str>) {
    let painter = ui.painter();
    let (width, height) = picture.raster;
    let aspect = width.max(1) as f32 / height.max(1) as f32;
    let size = if place.width() / place.height() > aspect {
        vec2(place.height() * aspect, place.height())
    } else {
        vec2(place.width(), place.width() / aspect)
    };
    let rect = Rect::from_center_size(place.center(), size);
    painter.rect_filled(rect, 0, Color32::BLACK);
    match texture {
        Some(texture) => {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture, rect, whole, Color32::WHITE);
        }
        None => {
            let words = desk.word("console-no-picture");
            painter.text(rect.center(), Align2::CENTER_CENTER, words, style::text(18.0), style::DIM);
        }
    }
    let over = painter.with_clip_rect(rect);
    if desk.settings.layers
        && let Some(frame) = &picture.frame
    {
        layers(&over, rect, frame);
    }
    if desk.settings.safe_area {
        for (share, label) in SAFE {
            let safe = rect.shrink2(rect.size() * share);
            over.rect_stroke(safe, 0, Stroke::new(1.5, style::GOOD), StrokeKind::Inside);
            label_at(&over, safe.left_bottom() + vec2(4.0, -16.0), desk.word(label), style::GOOD, style::text(12.0));
        }
    }
    painter.rect_stroke(rect, 0, Stroke::new(1.0, style::LINE), StrokeKind::Outside);
    if let Some(name) = name {
        label_at(painter, rect.left_top() + vec2(6.0, 6.0), name, style::INK, style::strong(14.0));
    }
}

/// Where each layer lies and what it is called.
fn layers(painter: &Painter, rect: Rect, frame: &Frame) {
    let per_px = rect.width() / frame.raster.0.max(1) as f32;
    for layer in &frame.layers {
        if layer.key.kind.is_ground() {
            continue;
        }
        let (placement, (width, height)) = (&layer.placement, layer.content.size);
        let centre = vec2(placement.x + width / 2.0, placement.y + height / 2.0);
        let size = vec2(width * placement.scale.0, height * placement.scale.1);
        let on_raster = |design: bevy_egui::egui::Vec2| {
            rect.min + (design * frame.scale + vec2(frame.offset.0, frame.offset.1)) * per_px
        };
        let at = Rect::from_min_max(on_raster(centre - size / 2.0), on_raster(centre + size / 2.0));
        painter.rect_stroke(at, 0, Stroke::new(1.0, style::ACCENT), StrokeKind::Inside);
        let index = layer.key.index;
        let name = if index == 0 { format!("{:?}", layer.key.kind) } else { format!("{:?} {index}", layer.key.kind) };
        label_at(painter, at.left_top() + vec2(3.0, 3.0), &name, style::ACCENT, style::text(11.0));
    }
}

fn label_at(painter: &Painter, at: bevy_egui::egui::Pos2, text: &str, ink: Color32, font: FontId) {
    let galley = painter.layout_no_wrap(text.to_owned(), font, ink);
    painter.rect_filled(
        Rect::from_min_size(at, galley.size()).expand2(vec2(3.0, 1.0)),
        3,
        Color32::from_black_alpha(170),
    );
    painter.galley(at, galley, ink);
}

//! The console's look: dark, quiet, readable at arm's length; colour only where it says something.

use bevy::color::Color;
use bevy_egui::egui::{
    self, Align2, Color32, Context, CornerRadius, FontFamily, FontId, Painter, Pos2, Rect, Response, Sense, Ui, Vec2,
    pos2, vec2,
};

use super::fonts::STRONG;
use crate::director::Severity;

pub const GROUND: Color32 = Color32::from_rgb(0x0F, 0x13, 0x1A);
pub const PANEL: Color32 = Color32::from_rgb(0x17, 0x1D, 0x27);
pub const RAISED: Color32 = Color32::from_rgb(0x24, 0x2D, 0x3B);
pub const HOVERED: Color32 = Color32::from_rgb(0x30, 0x3C, 0x4E);
pub const LINE: Color32 = Color32::from_rgb(0x2A, 0x34, 0x43);
pub const INK: Color32 = Color32::from_rgb(0xE8, 0xEE, 0xF6);
pub const DIM: Color32 = Color32::from_rgb(0x95, 0xA3, 0xB6);
pub const ACCENT: Color32 = Color32::from_rgb(0x4D, 0xA3, 0xFF);
pub const GOOD: Color32 = Color32::from_rgb(0x44, 0xCF, 0x93);
pub const WARN: Color32 = Color32::from_rgb(0xFF, 0xB8, 0x3D);
pub const FAULT: Color32 = Color32::from_rgb(0xFF, 0x63, 0x63);
/// Text on a bright ground.
pub const DARK: Color32 = Color32::from_rgb(0x0B, 0x10, 0x17);

/// Corner radius of panels and buttons, px.
pub const RADIUS: CornerRadius = CornerRadius::same(8);
/// The least height of what is pressed, px.
pub const TARGET: f32 = 44.0;
/// Between panels, and from their edge to what is in them, px.
pub const GAP: f32 = 12.0;
pub const PAD: f32 = 16.0;

/// The ground before anything is drawn.
pub fn clear() -> Color {
    Color::srgb_u8(GROUND.r(), GROUND.g(), GROUND.b())
}

pub fn text(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// Figures that do not dance.
pub fn figures(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// egui's own widgets, for scroll bars and tooltips.
pub fn install(context: &Context) {
    context.set_theme(egui::Theme::Dark);
    context.all_styles_mut(|style| {
        style.animation_time = 0.0;
        style.spacing.scroll = egui::style::ScrollStyle::solid();
        style.spacing.scroll.bar_width = 10.0;
        style.visuals.panel_fill = GROUND;
        style.visuals.override_text_color = Some(INK);
        style.visuals.extreme_bg_color = PANEL;
        style.visuals.widgets.inactive.bg_fill = RAISED;
        style.visuals.widgets.hovered.bg_fill = HOVERED;
        style.visuals.widgets.active.bg_fill = ACCENT;
    });
}

pub const fn severity(severity: Severity) -> Color32 {
    match severity {
        Severity::Notice => DIM,
        Severity::Warning => WARN,
        Severity::Fault => FAULT,
    }
}

/// A panel's ground and its heading; what is left below the heading.
pub fn panel(painter: &Painter, rect: Rect, heading: &str) -> Rect {
    painter.rect_filled(rect, RADIUS, PANEL);
    let inner = rect.shrink(PAD);
    if heading.is_empty() {
        return inner;
    }
    painter.text(inner.min, Align2::LEFT_TOP, heading, strong(17.0), DIM);
    inner.with_min_y(inner.min.y + 34.0)
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// What it stands for is so.
    On,
    /// What it stands for is so, and somebody should know.
    Alarm,
}

/// A button with a word on it.
pub fn button(ui: &Ui, rect: Rect, id: &str, label: &str, look: Look) -> Response {
    let response = pad(ui, rect, id, look);
    let ink = if look == Look::Plain { INK } else { DARK };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, label, strong(17.0), ink);
    response
}

/// A button's ground alone.
pub fn pad(ui: &Ui, rect: Rect, id: &str, look: Look) -> Response {
    let response = ui.interact(rect, ui.id().with(id), Sense::click());
    let fill = match (look, response.is_pointer_button_down_on(), response.hovered()) {
        (Look::On, ..) => ACCENT,
        (Look::Alarm, ..) => FAULT,
        (_, true, _) => LINE,
        (_, _, true) => HOVERED,
        _ => RAISED,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    response
}

/// A rounded label with a dot of its colour; gives its right edge.
pub fn pill(painter: &Painter, left: Pos2, label: &str, colour: Color32, loud: bool) -> f32 {
    let ink = if loud { DARK } else { INK };
    let galley = painter.layout_no_wrap(label.to_owned(), strong(16.0), ink);
    let height = 32.0;
    let dot = if loud { 0.0 } else { 20.0 };
    let size = vec2(galley.size().x + dot + 28.0, height);
    let rect = Rect::from_min_size(pos2(left.x, left.y - height / 2.0), size);
    painter.rect_filled(rect, CornerRadius::same(16), if loud { colour } else { RAISED });
    if !loud {
        painter.circle_filled(pos2(rect.min.x + 18.0, left.y), 6.0, colour);
    }
    let at = pos2(rect.min.x + 14.0 + dot, left.y - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    rect.max.x
}

/// A line of text that ends in … where it has no room.
pub fn line(painter: &Painter, at: Pos2, width: f32, text: &str, font: FontId, ink: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    let galley = painter.layout_job(job);
    let at = at - vec2(0.0, galley.size().y / 2.0);
    painter.galley(at, galley, ink);
}

/// A horizontal slider from 0 to 1. Gives where it is dragged to.
pub fn slider(ui: &Ui, rect: Rect, id: &str, value: f32, tint: Color32) -> (Option<f32>, Response) {
    let response = ui.interact(rect, ui.id().with(id), Sense::click_and_drag());
    let rail = Rect::from_center_size(rect.center(), vec2(rect.width(), 8.0));
    let painter = ui.painter();
    painter.rect_filled(rail, CornerRadius::same(4), RAISED);
    let x = egui::lerp(rail.x_range(), value.clamp(0.0, 1.0));
    painter.rect_filled(rail.with_max_x(x), CornerRadius::same(4), tint);
    let knob = if response.hovered() || response.dragged() { 12.0 } else { 10.0 };
    painter.circle_filled(pos2(x, rail.center().y), knob, INK);
    let pressed = response.is_pointer_button_down_on() || response.clicked();
    let to = response.interact_pointer_pos().filter(|_| pressed);
    (to.map(|to| ((to.x - rail.min.x) / rail.width()).clamp(0.0, 1.0)), response)
}

/// `HH:MM:SS.t`, or `MM:SS.t` below an hour; of µs.
pub fn time(us: i64) -> String {
    let tenths = us.div_euclid(100_000);
    let (seconds, tenth) = (tenths / 10, tenths % 10);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{tenth}")
    } else {
        format!("{minutes:02}:{seconds:02}.{tenth}")
    }
}

/// `MM:SS` or `H:MM:SS`; of µs.
pub fn span(us: i64) -> String {
    let text = time(us);
    text.split('.').next().unwrap_or(&text).to_owned()
}

pub fn size(width: f32, height: f32) -> Vec2 {
    vec2(width, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(time(83_450_000), "01:23.4");
        assert_eq!(time(3_723_000_000), "1:02:03.0");
        assert_eq!(time(0), "00:00.0");
        assert_eq!(span(83_450_000), "01:23");
    }
}

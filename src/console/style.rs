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
/// Between panels, px.
pub const GAP: f32 = 12.0;
/// From a panel's edge to what is in it, px.
pub const INSET: f32 = 12.0;

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

/// egui's own widgets in the same look.
pub fn install(context: &Context) {
    context.set_theme(egui::Theme::Dark);
    context.all_styles_mut(|style| {
        use egui::TextStyle::{Body, Button, Heading, Monospace, Small};
        style.animation_time = 0.0;
        style.text_styles = [
            (Body, text(16.0)),
            (Button, text(16.0)),
            (Heading, strong(18.0)),
            (Small, text(13.0)),
            (Monospace, figures(15.0)),
        ]
        .into();
        style.spacing.scroll = egui::style::ScrollStyle::solid();
        style.spacing.scroll.bar_width = 10.0;
        style.spacing.item_spacing = vec2(8.0, 8.0);
        style.spacing.interact_size = vec2(TARGET, 40.0);
        style.spacing.button_padding = vec2(14.0, 8.0);
        style.visuals.panel_fill = GROUND;
        style.visuals.window_fill = PANEL;
        style.visuals.window_stroke = egui::Stroke::new(1.0, LINE);
        style.visuals.override_text_color = Some(INK);
        style.visuals.extreme_bg_color = GROUND;
        style.visuals.text_edit_bg_color = Some(GROUND);
        style.visuals.selection.bg_fill = ACCENT.gamma_multiply(0.45);
        style.visuals.selection.stroke = egui::Stroke::new(1.0, ACCENT);
        let widgets = &mut style.visuals.widgets;
        for widget in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            widget.corner_radius = RADIUS;
            widget.bg_stroke = egui::Stroke::new(1.0, LINE);
            widget.expansion = 0.0;
        }
        for (widget, fill) in [
            (&mut widgets.inactive, RAISED),
            (&mut widgets.hovered, HOVERED),
            (&mut widgets.active, LINE),
            (&mut widgets.open, HOVERED),
        ] {
            widget.bg_fill = fill;
            widget.weak_bg_fill = fill;
        }
    });
}

pub const fn severity(severity: Severity) -> Color32 {
    match severity {
        Severity::Notice => DIM,
        Severity::Warning => WARN,
        Severity::Fault => FAULT,
    }
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Plain,
    /// What it stands for is so.
    On,
    /// What it stands for is so, and somebody should know.
    Alarm,
    /// What it stands for is so, and it holds something back.
    Warn,
    /// It may not be pressed now.
    Off,
}

impl Look {
    /// Lit as an alarm, or plain.
    pub const fn alarm(on: bool) -> Self {
        if on { Self::Alarm } else { Self::Plain }
    }

    pub const fn warn(on: bool) -> Self {
        if on { Self::Warn } else { Self::Plain }
    }

    pub const fn on(on: bool) -> Self {
        if on { Self::On } else { Self::Plain }
    }

    const fn ink(self) -> Color32 {
        match self {
            Self::Plain => INK,
            Self::Off => LINE,
            _ => DARK,
        }
    }
}

/// A button with a word on it.
pub fn button(ui: &Ui, rect: Rect, id: &str, label: &str, look: Look) -> Response {
    let response = pad(ui, rect, id, look);
    let size = fitting(ui, label, rect.width() - 12.0, 16.0);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, label, strong(size), look.ink());
    response
}

/// The largest size up to `size` at which the label has room, px.
fn fitting(ui: &Ui, label: &str, width: f32, size: f32) -> f32 {
    let natural = ui.painter().layout_no_wrap(label.to_owned(), strong(size), INK).size().x;
    if natural <= width { size } else { (size * width / natural).max(11.0) }
}

/// A button in the flow of the panel, with its key below the word or, where it is low, beside it.
pub fn key_button(ui: &mut Ui, size: Vec2, label: &str, key: &str, look: Look) -> Response {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let salt = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = keyed(ui, rect, salt, label, key, look);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, look != Look::Off, label));
    response
}

/// The same at a place.
pub fn keyed(ui: &Ui, rect: Rect, id: egui::Id, label: &str, key: &str, look: Look) -> Response {
    let response = pad_with(ui, rect, id, look);
    let painter = ui.painter();
    let faint = look.ink().gamma_multiply(0.62);
    if key.is_empty() {
        let size = fitting(ui, label, rect.width() - 12.0, 16.0);
        painter.text(rect.center(), Align2::CENTER_CENTER, label, strong(size), look.ink());
    } else if rect.height() >= 52.0 {
        let size = fitting(ui, label, rect.width() - 12.0, 17.0);
        painter.text(rect.center() - vec2(0.0, 9.0), Align2::CENTER_CENTER, label, strong(size), look.ink());
        painter.text(rect.center() + vec2(0.0, 13.0), Align2::CENTER_CENTER, key, text(12.0), faint);
    } else {
        let hint = painter.layout_no_wrap(key.to_owned(), text(12.0), faint);
        let room = rect.width() - hint.size().x - 26.0;
        let size = fitting(ui, label, room, 16.0);
        painter.text(rect.left_center() + vec2(10.0, 0.0), Align2::LEFT_CENTER, label, strong(size), look.ink());
        painter.galley(rect.right_center() - vec2(hint.size().x + 9.0, hint.size().y / 2.0), hint, faint);
    }
    response
}

/// A button's ground alone.
pub fn pad(ui: &Ui, rect: Rect, id: &str, look: Look) -> Response {
    pad_with(ui, rect, ui.id().with(id), look)
}

/// Asks that the next button that is drawn has the keyboard.
pub fn ask_focus(ui: &Ui, asked: bool) {
    let id = egui::Id::new(WANTS_FOCUS);
    ui.data_mut(|data| {
        if asked {
            data.insert_temp(id, true);
        } else {
            data.remove::<bool>(id);
        }
    });
}

const WANTS_FOCUS: &str = "wants focus";

fn pad_with(ui: &Ui, rect: Rect, id: egui::Id, look: Look) -> Response {
    let sense = if look == Look::Off { Sense::hover() } else { Sense::click() };
    let response = ui.interact(rect, id, sense);
    if look != Look::Off && ui.data_mut(|data| data.remove_temp::<bool>(egui::Id::new(WANTS_FOCUS))).is_some() {
        response.request_focus();
    }
    let fill = match (look, response.is_pointer_button_down_on(), response.hovered()) {
        (Look::On, ..) => ACCENT,
        (Look::Alarm, ..) => FAULT,
        (Look::Warn, ..) => WARN,
        (Look::Off, ..) => GROUND,
        (_, true, _) => LINE,
        (_, _, true) => HOVERED,
        _ => RAISED,
    };
    ui.painter().rect_filled(rect, RADIUS, fill);
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(1.0), RADIUS, egui::Stroke::new(2.0, INK), egui::StrokeKind::Outside);
    }
    response
}

/// A line of the panel: what it is, and what it says.
pub fn fact(ui: &mut Ui, label: &str, value: &str, ink: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let half = rect.width() * 0.5;
    let y = rect.center().y;
    line(ui.painter(), pos2(rect.min.x, y), half - 8.0, label, text(15.0), DIM);
    line(ui.painter(), pos2(rect.min.x + half, y), half, value, strong(16.0), ink);
}

/// A small heading within a panel.
pub fn heading(ui: &mut Ui, label: &str) {
    ui.add_space(4.0);
    ui.label(egui::RichText::new(label).font(strong(14.0)).color(DIM));
}

/// Words in the flow of the panel.
pub fn note(ui: &mut Ui, words: &str) {
    ui.label(egui::RichText::new(words).font(text(15.0)).color(DIM));
}

/// A field to write in.
pub fn field(ui: &mut Ui, salt: &str, into: &mut String, hint: &str, width: f32) -> Response {
    let edit = egui::TextEdit::singleline(into).id(ui.id().with(salt)).hint_text(hint.to_owned()).font(text(16.0));
    ui.add_sized(vec2(width, 40.0), edit.margin(egui::Margin::symmetric(10, 10)))
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

//! The program, small: the very texture that the hall sees.

use bevy_egui::egui::{Align2, Color32, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{screen::Desk, style};

pub fn show(ui: &Ui, rect: Rect, desk: &Desk) {
    let painter = ui.painter();
    let (width, height) = desk.view.raster.unwrap_or((16, 9));
    let aspect = width as f32 / height.max(1) as f32;
    let size = if rect.width() / rect.height() > aspect {
        vec2(rect.height() * aspect, rect.height())
    } else {
        vec2(rect.width(), rect.width() / aspect)
    };
    let picture = Rect::from_center_size(rect.center(), size);
    painter.rect_filled(picture, 0, Color32::BLACK);
    if let Some(texture) = desk.picture {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(texture, picture, whole, Color32::WHITE);
    } else {
        let at = picture.center();
        painter.text(at, Align2::CENTER_CENTER, desk.word("console-no-picture"), style::text(18.0), style::DIM);
    }
    painter.rect_stroke(picture, 0, Stroke::new(1.0, style::LINE), StrokeKind::Outside);
}

//! The outputs: what is drawn for whom, and how large.

use bevy_egui::egui::{ScrollArea, Ui};

use super::{Role, screen::Desk, style};

pub fn show(ui: &mut Ui, desk: &Desk) {
    if desk.view.pictures.is_empty() {
        style::note(ui, desk.word("console-no-picture"));
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
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
            style::fact(
                ui,
                &format!("{width}×{height}"),
                &format!("{} {layers}", desk.word("console-layers")),
                style::DIM,
            );
            ui.add_space(6.0);
        }
    });
}

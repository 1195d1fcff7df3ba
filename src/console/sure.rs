//! What changes what leaves the building takes two presses: the first one asks, the second within three seconds does it.

use std::time::Duration;

use bevy_egui::egui::{Ui, Vec2};

use super::{
    screen::Desk,
    style::{self, Look},
};

/// The time in which the second press counts, s.
const SPAN_S: f64 = 3.0;

/// The button that was pressed once.
#[derive(Default)]
pub struct Sure(Option<(String, f64)>);

impl Sure {
    /// A button: true at the second press. `id` tells it from others with the same label.
    pub fn button(&mut self, ui: &mut Ui, size: Vec2, desk: &Desk, (id, label): (&str, &str), look: Look) -> bool {
        let now = ui.input(|input| input.time);
        let is_asked = self.0.as_ref().is_some_and(|(what, at)| what == id && now - at < SPAN_S);
        let (word, look) = if is_asked { (desk.word("console-sure"), Look::Alarm) } else { (label, look) };
        let pressed = style::key_button(ui, size, word, "", look).clicked();
        if pressed {
            self.0 = (!is_asked).then(|| (id.to_owned(), now));
            ui.ctx().request_repaint_after(Duration::from_secs_f64(SPAN_S));
        }
        pressed && is_asked
    }
}

//! The console's layout: status on top, picture and controls left, events and problems right.

use bevy_egui::egui::{Rect, TextureId, Ui, pos2, vec2};

use super::{View, audio, feed, log, problems, program, status, style, transport};
use crate::{desk::Orders, director::Director, locale, show::told::Words};

const STATUS: f32 = 60.0;
const RIGHT: f32 = 500.0;
const TRANSPORT: f32 = 172.0;
const AUDIO: f32 = 76.0;
/// The picture's share is never below this, px high.
const LEAST: f32 = 180.0;

/// What is shown.
pub struct Desk<'a> {
    pub director: &'a Director,
    pub view: &'a View,
    /// The program.
    pub picture: Option<TextureId>,
}

impl<'a> Desk<'a> {
    pub fn word(&self, key: &'a str) -> &'a str {
        locale::word(self.view.lang, key)
    }

    pub fn say(&self, words: &Words) -> String {
        locale::say(self.view.lang, words)
    }
}

/// What the panels remember.
#[derive(Default)]
pub struct Screen {
    quit: status::Quit,
    transport: transport::Transport,
}

impl Screen {
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let all = ui.max_rect();
        ui.painter().rect_filled(all, 0, style::GROUND);
        let body = all.shrink2(vec2(style::GAP, 0.0));
        let top = Rect::from_min_max(body.min, pos2(body.max.x, body.min.y + STATUS));
        status::show(ui, top, desk, &mut self.quit, orders);

        let body = Rect::from_min_max(pos2(body.min.x, top.max.y), body.max - vec2(0.0, style::GAP));
        let split = body.max.x - RIGHT.min(body.width() * 0.4);
        let left = body.with_max_x(split - style::GAP);
        let right = body.with_min_x(split);

        let audio = left.with_min_y(left.max.y - AUDIO);
        let controls = Rect::from_min_max(
            pos2(left.min.x, audio.min.y - style::GAP - TRANSPORT),
            pos2(left.max.x, audio.min.y - style::GAP),
        );
        let picture = Rect::from_min_max(left.min, pos2(left.max.x, controls.min.y - style::GAP));
        if picture.height() > LEAST {
            program::show(ui, picture, desk);
        }
        if desk.director.transport().is_some() {
            self.transport.show(ui, controls, desk, orders);
        } else {
            feed::show(ui, controls, desk);
        }
        audio::show(ui, audio, desk, orders);

        let middle = right.min.y + (right.height() * 0.5).round();
        log::show(ui, right.with_max_y(middle - style::GAP), desk, orders);
        problems::show(ui, right.with_min_y(middle), desk, orders);
    }
}

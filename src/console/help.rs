//! The help over all: every action with its keys and one line that says what it does, in the operator's language.

use bevy_egui::egui::{self, Align2, Color32, Id, Key, LayerId, Order, Rect, Sense, Ui, pos2, vec2};

use super::{screen::Desk, style};
use crate::desk::{Action, Section};

/// A line, px.
const ROW: f32 = 23.0;
const HEADING: f32 = 38.0;
/// What the keys of a line have room for, px.
const KEYS: f32 = 140.0;

/// Letters that have room there.
const LETTERS: usize = 15;

/// Whether it is there.
#[derive(Default)]
pub struct Help {
    is_open: bool,
}

impl Help {
    pub fn turn(&mut self) {
        self.is_open = !self.is_open;
    }

    /// Draws it over everything; a click or Escape takes it off.
    pub fn show(&mut self, ui: &Ui, desk: &Desk) {
        if !self.is_open {
            return;
        }
        let context = ui.ctx().clone();
        if context.input(|input| input.key_pressed(Key::Escape)) {
            self.is_open = false;
            return;
        }
        let all = ui.max_rect();
        let id = Id::new("help");
        let over =
            Ui::new(context, id, egui::UiBuilder::new().layer_id(LayerId::new(Order::Foreground, id)).max_rect(all));
        over.painter().rect_filled(all, 0, Color32::from_black_alpha(160));
        if over.interact(all, id.with("ground"), Sense::click()).clicked() {
            self.is_open = false;
        }
        let card = all.shrink(28.0);
        over.painter().rect_filled(card, 12, style::PANEL);
        over.painter().rect_stroke(card, 12, egui::Stroke::new(1.0, style::LINE), egui::StrokeKind::Inside);
        let inner = card.shrink(22.0);
        let painter = over.painter();
        painter.text(
            inner.left_top(),
            Align2::LEFT_TOP,
            desk.word("console-help-title"),
            style::strong(22.0),
            style::INK,
        );
        let close = desk.word("console-help-close");
        painter.text(inner.right_top() + vec2(0.0, 4.0), Align2::RIGHT_TOP, close, style::text(15.0), style::DIM);
        let body = inner.with_min_y(inner.min.y + 40.0).with_max_y(inner.max.y - 46.0);
        columns(&over, body, desk);
        let how = desk.word("console-help-how");
        let how = over.painter().layout(how.to_owned(), style::text(14.0), style::DIM, inner.width());
        over.painter().galley(inner.left_bottom() - vec2(0.0, how.size().y), how, style::DIM);
    }
}

/// Three columns; a section begins where the column has room for its heading and two lines.
fn columns(ui: &Ui, body: Rect, desk: &Desk) {
    let painter = ui.painter();
    let count: usize = Action::ALL.len();
    let gap = 26.0;
    let width = (body.width() - 2.0 * gap) / 3.0;
    let lines = count as f32 * ROW + Section::ALL.len() as f32 * HEADING;
    let row = ROW * (body.height() * 3.0 / (lines + 6.0 * ROW)).min(1.15);
    let font = (row * 0.64).clamp(11.0, 16.0);
    let mut at = body.min;
    for section in Section::ALL {
        let actions: Vec<Action> = Action::ALL.iter().copied().filter(|action| action.section() == section).collect();
        if at.y + HEADING + 2.0 * row > body.max.y {
            at = pos2(at.x + width + gap, body.min.y);
        }
        let heading = at + vec2(0.0, HEADING * 0.62);
        painter.text(heading, Align2::LEFT_CENTER, desk.word(section.word()), style::strong(16.0), style::ACCENT);
        at.y += HEADING;
        for action in actions {
            if at.y + row > body.max.y {
                at = pos2(at.x + width + gap, body.min.y);
            }
            let y = at.y + row / 2.0;
            let keys: Vec<String> = desk.keys.keys(action).map(ToString::to_string).collect();
            // Of two long ones the first will do.
            let keys = if keys.join("  ").len() > LETTERS { desk.key(action) } else { keys.join("  ") };
            style::line(painter, pos2(at.x, y), KEYS - 6.0, &keys, style::figures(font - 0.5), style::WARN);
            let room = width - KEYS;
            style::line(painter, pos2(at.x + KEYS, y), room, desk.word(action.word()), style::text(font), style::INK);
            at.y += row;
        }
        at.y += row * 0.4;
    }
}

//! A panel that fails is a card with a button instead of the panel; the rest of the desk and the program go on.

use std::{
    any::Any,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use bevy_egui::egui::{RichText, Ui, vec2};

use super::style;
use crate::desk::Panel;

/// The words on the card.
pub struct Card<'a> {
    pub failed: &'a str,
    pub again: &'a str,
}

/// The panels that have failed, and how.
#[derive(Default)]
pub struct Guard {
    failed: BTreeMap<Panel, String>,
    /// Not told yet.
    news: Vec<(Panel, String)>,
}

impl Guard {
    /// Draws a panel, or the card of one that failed.
    pub fn draw(&mut self, ui: &mut Ui, panel: Panel, card: &Card, draw: impl FnOnce(&mut Ui)) {
        if let Some(why) = self.failed.get(&panel) {
            let again = ui
                .vertical(|ui| {
                    ui.label(RichText::new(card.failed).font(style::strong(17.0)).color(style::FAULT));
                    style::note(ui, why);
                    style::key_button(ui, vec2(180.0, style::TARGET), card.again, "", style::Look::Plain).clicked()
                })
                .inner;
            if again {
                self.failed.remove(&panel);
                ui.ctx().request_repaint();
            }
            return;
        }
        // What a panel leaves half done is drawn anew with the next picture; nothing else depends on it.
        if let Err(thrown) = catch_unwind(AssertUnwindSafe(|| draw(ui))) {
            let why = said(&*thrown);
            self.news.push((panel, why.clone()));
            self.failed.insert(panel, why);
            ui.ctx().request_repaint();
        }
    }

    /// What has failed since.
    pub fn news(&mut self) -> impl Iterator<Item = (Panel, String)> {
        self.news.drain(..)
    }
}

/// What a panic said.
fn said(thrown: &(dyn Any + Send)) -> String {
    let text = thrown.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| thrown.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::{Context, RawInput};

    use super::*;

    fn frame(context: &Context, guard: &mut Guard, fails: bool) -> bool {
        let mut went_on = false;
        let mut drawn = context.run_ui(RawInput::default(), |ui| {
            super::super::fonts::install(ui.ctx());
            let card = Card { failed: "failed", again: "again" };
            guard.draw(ui, Panel::Log, &card, |ui| {
                ui.horizontal(|ui| {
                    ui.label("half");
                    assert!(!fails, "row 7 is out of the list");
                });
            });
            guard.draw(ui, Panel::Air, &card, |ui| drop(ui.label("whole")));
            went_on = true;
        });
        drawn.textures_delta.clear();
        went_on
    }

    #[test]
    fn a_panel_that_fails_is_told_once_and_takes_nothing_with_it() {
        let (context, mut guard) = (Context::default(), Guard::default());
        assert!(frame(&context, &mut guard, false));
        assert_eq!(guard.news().count(), 0);
        assert!(frame(&context, &mut guard, true));
        let news: Vec<_> = guard.news().collect();
        assert_eq!(news.len(), 1);
        assert!(news[0].0 == Panel::Log && news[0].1.contains("row 7"), "{news:?}");
        assert!(frame(&context, &mut guard, true), "the card is drawn, the panel is not tried again by itself");
        assert_eq!(guard.news().count(), 0);
        guard.failed.clear();
        assert!(frame(&context, &mut guard, false));
    }
}

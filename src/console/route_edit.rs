//! The outputs, edited: a draft beside what is on, marked while it differs, applied when it is meant, and then saved.

use std::collections::BTreeMap;

use bevy_egui::egui::{RichText, Ui, vec2};

use super::{
    route_fields,
    screen::Desk,
    style::{self, Look},
    sure::Sure,
};
use crate::{
    desk::{Command, Orders},
    routing::{self, Route},
    show::{frame::testcard::TestCard, told::Words},
};

/// What is being changed; nothing while the list shows what is on.
#[derive(Default)]
pub struct RouteEdit {
    draft: Option<Vec<Route>>,
    selected: usize,
    path: String,
    sure: Sure,
    /// The cards that are chosen and not yet shown, by output.
    cards: BTreeMap<String, TestCard>,
}

impl RouteEdit {
    pub const fn is_open(&self) -> bool {
        self.draft.is_some()
    }

    pub fn card_of(&self, output: &str) -> Option<TestCard> {
        self.cards.get(output).copied()
    }

    pub fn choose_card(&mut self, output: &str, card: Option<TestCard>) {
        if let Some(card) = card {
            self.cards.insert(output.to_owned(), card);
        }
    }

    /// What can be done with all of them.
    pub fn bar(&mut self, ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
        let routes = &desk.view.routes;
        let on = || routes.list.iter().map(|view| view.route.clone()).collect::<Vec<Route>>();
        let size = vec2(104.0, 40.0);
        ui.horizontal_wrapped(|ui| {
            let Some(draft) = self.draft.clone() else {
                if style::key_button(ui, size, desk.word("console-outputs-edit"), "", Look::Plain).clicked() {
                    self.draft = Some(on());
                    self.selected = self.selected.min(routes.list.len().saturating_sub(1));
                }
                let look = if routes.is_unsaved { Look::On } else { Look::Off };
                let may = routes.path.is_some() || !self.path.trim().is_empty();
                let look = if may { look } else { Look::Off };
                if style::key_button(ui, size, desk.word("console-outputs-save"), "", look).clicked() {
                    let path = routes.path.is_none().then(|| self.path.trim().into());
                    orders.give(Command::SaveOutputs { path });
                }
                if routes.path.is_none() && routes.is_unsaved {
                    style::field(ui, "path", &mut self.path, desk.word("console-outputs-path"), 180.0);
                }
                if routes.is_unsaved {
                    ui.label(
                        RichText::new(desk.word("console-outputs-unsaved")).font(style::text(14.0)).color(style::WARN),
                    );
                }
                return;
            };
            let is_changed = draft != on();
            let fault = routing::check(&draft).first().map(|flaw| desk.say(&crate::show::told::Told::words(flaw)));
            let may = is_changed && fault.is_none();
            let look = if may { Look::On } else { Look::Off };
            let label = desk.word("console-outputs-apply");
            if self.sure.button(ui, size, desk, ("apply", label), look) && may {
                orders.give(Command::SetOutputs { outputs: draft });
                self.draft = None;
            }
            if style::key_button(ui, size, desk.word("console-outputs-drop"), "", Look::Plain).clicked() {
                self.draft = None;
            }
            if is_changed {
                ui.label(RichText::new(desk.word("console-outputs-draft")).font(style::text(14.0)).color(style::WARN));
            }
            if let Some(fault) = fault {
                ui.label(RichText::new(fault).font(style::text(15.0)).color(style::FAULT));
            }
        });
    }

    /// The draft: which output, and its fields.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk) {
        let Some(draft) = &mut self.draft else { return };
        let size = vec2(76.0, 40.0);
        ui.horizontal_wrapped(|ui| {
            for (i, route) in draft.iter().enumerate() {
                let label = if route.name.trim().is_empty() { "–" } else { route.name.as_str() };
                if style::key_button(ui, size, label, "", Look::on(i == self.selected)).clicked() {
                    self.selected = i;
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            if style::key_button(ui, size, desk.word("console-outputs-add"), "", Look::Plain).clicked() {
                let name = fresh(desk, draft);
                draft.push(Route { name, ..Route::default() });
                self.selected = draft.len() - 1;
            }
            let look = if draft.is_empty() { Look::Off } else { Look::Plain };
            if style::key_button(ui, size, desk.word("console-outputs-copy"), "", look).clicked()
                && let Some(route) = draft.get(self.selected)
            {
                let copy = Route { name: fresh(desk, draft), place: routing::Place::Nowhere, ..route.clone() };
                draft.insert(self.selected + 1, copy);
                self.selected += 1;
            }
            if style::key_button(ui, size, desk.word("console-outputs-remove"), "", look).clicked()
                && self.selected < draft.len()
            {
                draft.remove(self.selected);
                self.selected = self.selected.min(draft.len().saturating_sub(1));
            }
            let look = if self.selected > 0 { Look::Plain } else { Look::Off };
            if style::key_button(ui, size, desk.word("console-outputs-first"), "", look).clicked()
                && self.selected < draft.len()
            {
                let route = draft.remove(self.selected);
                draft.insert(0, route);
                self.selected = 0;
            }
        });
        if let Some(route) = draft.get_mut(self.selected) {
            route_fields::show(ui, desk, route, self.selected);
        }
    }
}

/// A name that no output has yet.
fn fresh(desk: &Desk, draft: &[Route]) -> String {
    (draft.len() + 1..)
        .map(|number| desk.say(&Words::new("console-outputs-name").with("number", number)))
        .find(|name| draft.iter().all(|route| route.name != *name))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drafted_until_it_is_asked_for() {
        assert!(!RouteEdit::default().is_open());
    }
}

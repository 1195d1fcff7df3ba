//! Theme and language: another theme is seen in the preview before it goes on air.

use bevy_egui::egui::{ScrollArea, Ui, vec2};

use super::{
    screen::Desk,
    style::{self, Look},
};
use crate::{
    desk::{Action, Command, Orders},
    locale::Lang,
    show::told::Words,
};

pub fn show(ui: &mut Ui, desk: &Desk, orders: &mut Orders) {
    let view = desk.view;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        style::heading(ui, desk.word("console-theme"));
        if view.themes.is_empty() {
            style::note(ui, desk.word("console-no-themes"));
        }
        ui.horizontal_wrapped(|ui| {
            for name in &view.themes {
                let look = match &view.next_theme {
                    Some(next) if next == name => Look::Warn,
                    _ if *name == view.theme => Look::On,
                    _ => Look::Plain,
                };
                if style::key_button(ui, vec2(120.0, style::TARGET), name, "", look).clicked() {
                    orders.give(Command::PreviewTheme { name: name.clone() });
                }
            }
        });
        style::heading(ui, desk.word("console-words"));
        ui.horizontal(|ui| {
            let langs = [(Lang::Zh, "console-zh"), (Lang::En, "console-en"), (Lang::ZhHant, "console-zh-hant")];
            for (lang, name) in langs {
                let look = match view.next_hall {
                    Some(next) if next == lang => Look::Warn,
                    _ => Look::on(view.hall == lang),
                };
                if style::key_button(ui, vec2(120.0, style::TARGET), desk.word(name), "", look).clicked() {
                    orders.give(Command::PreviewWords { lang: lang.name().to_owned() });
                }
            }
        });
        if let Some(next) = &view.next_theme {
            style::note(ui, &desk.say(&Words::new("console-preview-theme").with("theme", next.as_str())));
        }
        if let Some(next) = view.next_hall {
            style::note(ui, &desk.say(&Words::new("console-preview-words").with("lang", next.name())));
        }
        if view.next_theme.is_some() || view.next_hall.is_some() {
            let key = desk.key(Action::TakeTheme);
            let size = vec2(ui.available_width(), style::TARGET);
            if style::key_button(ui, size, desk.word("console-take-theme"), &key, Look::Alarm).clicked() {
                orders.give(Command::TakeTheme {});
            }
        }
        style::heading(ui, desk.word("console-language"));
        ui.horizontal(|ui| {
            for (lang, code, name) in [(Lang::Zh, "zh", "console-zh"), (Lang::En, "en", "console-en")] {
                let look = Look::on(view.lang == lang);
                if style::key_button(ui, vec2(120.0, style::TARGET), desk.word(name), "", look).clicked() {
                    orders.give(Command::Language { lang: code.to_owned() });
                }
            }
        });
        style::heading(ui, desk.word("console-layout"));
        style::note(ui, &desk.say(&Words::new("console-layout-how").with("key", desk.key(Action::ResetLayout))));
    });
}

//! The console's screen: the bar on top, the docked panels below, the help over all.

use bevy_egui::egui::{self, Align2, Rect, TextureId, Ui, pos2, vec2};
use egui_tiles::{Tile, Tree};

use super::{
    Picture, Role, View, air, audio, bar, countdown, dock, edit, fallback, feed, guard, help, log, look, next, outputs,
    picture, problems, question, state, style, transport,
};
use crate::{
    desk::{Action, Command, Keymap, Layout, Orders, Panel, Settings, Wish},
    director::Director,
    locale::{self, Lang},
    show::told::Words,
};

/// The bar's height, px.
const BAR: f32 = 84.0;

/// What is shown.
pub struct Desk<'a> {
    pub director: &'a Director,
    pub view: &'a View,
    pub keys: &'a Keymap,
    /// The textures of [`View::pictures`], in their order.
    pub textures: Vec<Option<TextureId>>,
    /// The settings as they are; what changes them is kept by [`Screen`].
    pub settings: Settings,
    pub is_quit_asked: bool,
}

impl<'a> Desk<'a> {
    pub fn word(&self, key: &'a str) -> &'a str {
        locale::word(self.view.lang, key)
    }

    pub fn say(&self, words: &Words) -> String {
        locale::say(self.view.lang, words)
    }

    /// An action's key, as it is printed.
    pub fn key(&self, action: Action) -> String {
        self.keys.shown(action)
    }

    pub fn is_live(&self) -> bool {
        self.director.transport().is_none()
    }

    /// The pictures for somebody, with their textures.
    pub fn pictures(&self, role: Role) -> impl Iterator<Item = (&Picture, Option<TextureId>)> {
        let all = self.view.pictures.iter().zip(self.textures.iter().copied());
        all.filter(move |(picture, _)| picture.role == role)
    }
}

/// What the panels remember.
#[derive(Default)]
struct Panels {
    log: log::Log,
    transport: transport::Transport,
    edit: edit::Edit,
    state: state::State,
    fallback: fallback::Fallback,
}

/// What the console remembers of its screen.
pub struct Screen {
    tree: Tree<Panel>,
    arranged: Option<Layout>,
    was_live: Option<bool>,
    focused: Option<Panel>,
    wants_focus: bool,
    pub guard: guard::Guard,
    help: help::Help,
    panels: Panels,
}

impl Default for Screen {
    fn default() -> Self {
        Self {
            tree: Tree::empty("desk"),
            arranged: None,
            was_live: None,
            focused: None,
            wants_focus: false,
            guard: guard::Guard::default(),
            help: help::Help::default(),
            panels: Panels::default(),
        }
    }
}

impl Screen {
    /// Whether the help lies over all.
    pub const fn is_helping(&self) -> bool {
        self.help.is_open
    }

    /// Does what a key asked of the console.
    pub fn wish(&mut self, wish: Wish, settings: &mut Settings, lang: Lang, orders: &mut Orders) {
        match wish {
            Wish::Help => self.help.turn(),
            Wish::Panel(panel) => self.front(panel),
            Wish::Turn(by) => {
                let shown = self.shown();
                let at = self.focused.and_then(|focused| shown.iter().position(|panel| *panel == focused));
                let next = match at {
                    Some(at) => (at as i64 + by).rem_euclid(shown.len().max(1) as i64) as usize,
                    None => 0,
                };
                if let Some(panel) = shown.get(next) {
                    self.front(*panel);
                }
            }
            Wish::Reset => {
                settings.layout = None;
                self.was_live = None;
            }
            Wish::Language => {
                let other = if lang == Lang::En { "zh" } else { "en" };
                orders.give(Command::Language { lang: other.to_owned() });
            }
            Wish::SafeArea => settings.safe_area = !settings.safe_area,
            Wish::Layers => settings.layers = !settings.layers,
            Wish::Search => {
                self.front(Panel::Log);
                self.wants_focus = false;
                self.panels.log.search();
            }
            Wish::Quit => {}
        }
    }

    /// The panels in front, in reading order.
    fn shown(&self) -> Vec<Panel> {
        let pane = |id| match self.tree.tiles.get(id) {
            Some(Tile::Pane(panel)) => Some((self.tree.tiles.rect(id)?, *panel)),
            _ => None,
        };
        let mut shown: Vec<(Rect, Panel)> = self.tree.active_tiles().into_iter().filter_map(pane).collect();
        shown.sort_by(|(a, _), (b, _)| (a.min.x, a.min.y).partial_cmp(&(b.min.x, b.min.y)).unwrap_or(std::cmp::Ordering::Equal));
        shown.into_iter().map(|(_, panel)| panel).collect()
    }

    fn front(&mut self, wanted: Panel) {
        self.tree.make_active(|_, tile| matches!(tile, Tile::Pane(panel) if *panel == wanted));
        self.focused = Some(wanted);
        self.wants_focus = true;
    }

    /// Draws all of it. Settings that were changed are in `settings` afterwards.
    pub fn show(&mut self, ui: &mut Ui, desk: &Desk, settings: &mut Settings, orders: &mut Orders) {
        let all = ui.max_rect();
        ui.painter().rect_filled(all, 0, style::GROUND);
        if self.was_live != Some(desk.is_live()) || self.arranged != settings.layout {
            self.was_live = Some(desk.is_live());
            self.arranged.clone_from(&settings.layout);
            self.tree = dock::tree(&settings.layout.clone().unwrap_or_else(|| Layout::built_in(desk.is_live())));
        }
        if ui.input(|input| input.pointer.any_pressed() || input.key_pressed(egui::Key::Escape)) {
            self.focused = None;
        }
        let body = all.shrink2(vec2(style::GAP, 0.0));
        let top = Rect::from_min_max(body.min, pos2(body.max.x, body.min.y + BAR));
        bar::show(ui, top, desk, orders);
        let body = Rect::from_min_max(pos2(body.min.x, top.max.y), body.max - vec2(0.0, style::GAP));
        self.docked(ui, body, desk, settings, orders);
        if desk.view.locked {
            let at = pos2(all.center().x, all.max.y - 26.0);
            let words = Words::new("console-locked").with("key", desk.key(Action::Lock));
            let galley = ui.painter().layout_no_wrap(desk.say(&words), style::strong(16.0), style::DARK);
            let ground = Align2::CENTER_CENTER.anchor_size(at, galley.size() + vec2(32.0, 16.0));
            ui.painter().rect_filled(ground, style::RADIUS, style::WARN);
            ui.painter().galley(ground.center() - galley.size() / 2.0, galley, style::DARK);
        }
        self.help.show(ui, desk);
    }

    fn docked(&mut self, ui: &mut Ui, body: Rect, desk: &Desk, settings: &mut Settings, orders: &mut Orders) {
        let Self { tree, guard, panels, focused, wants_focus, .. } = self;
        let focus_now = std::mem::take(wants_focus).then_some(*focused).flatten();
        let open = desk.director.problems.iter().filter(|problem| !problem.is_acknowledged()).count();
        let title = |panel: Panel| match panel {
            Panel::Problems if open > 0 => format!("{} {open}", desk.word(panel.word())),
            _ => desk.word(panel.word()).to_owned(),
        };
        let card = guard::Card { failed: desk.word("console-failed"), again: desk.word("console-again") };
        let mut draw = |ui: &mut Ui, panel: Panel| {
            let asked = focus_now == Some(panel);
            if asked {
                style::ask_focus(ui, true);
            }
            guard.draw(ui, panel, &card, |ui| one(ui, panel, desk, panels, settings, orders));
            if asked {
                style::ask_focus(ui, false);
            }
        };
        let mut dock = dock::Dock { title: &title, focused: *focused, draw: &mut draw, moved: false };
        ui.scope_builder(egui::UiBuilder::new().max_rect(body), |ui| tree.ui(&mut dock, ui));
        if dock.moved
            && let Some(layout) = dock::layout(tree)
        {
            self.arranged = Some(layout.clone());
            settings.layout = Some(layout);
        }
    }
}

fn one(ui: &mut Ui, panel: Panel, desk: &Desk, panels: &mut Panels, settings: &mut Settings, orders: &mut Orders) {
    match panel {
        Panel::Program => picture::program(ui, desk, settings),
        Panel::Preview => picture::preview(ui, desk, settings, orders),
        Panel::Next => next::show(ui, desk, orders),
        Panel::State => panels.state.show(ui, desk, orders),
        Panel::Question => question::show(ui, desk),
        Panel::Countdown => countdown::show(ui, desk, orders),
        Panel::Log => panels.log.show(ui, desk, &mut panels.edit.selected, orders),
        Panel::Problems => problems::show(ui, desk, orders),
        Panel::Feed => feed::show(ui, desk),
        Panel::Audio => audio::show(ui, desk, orders),
        Panel::Outputs => outputs::show(ui, desk),
        Panel::Look => look::show(ui, desk, orders),
        Panel::Transport => panels.transport.show(ui, desk, orders),
        Panel::Edit => panels.edit.show(ui, desk, orders),
        Panel::Air => air::show(ui, desk, orders),
        Panel::Fallback => panels.fallback.show(ui, desk, orders),
    }
}

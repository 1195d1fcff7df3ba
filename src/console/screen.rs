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
    outputs: outputs::Outputs,
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
        shown.sort_by(|(a, _), (b, _)| {
            (a.min.x, a.min.y).partial_cmp(&(b.min.x, b.min.y)).unwrap_or(std::cmp::Ordering::Equal)
        });
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
        Panel::Outputs => panels.outputs.show(ui, desk, orders),
        Panel::Look => look::show(ui, desk, orders),
        Panel::Transport => panels.transport.show(ui, desk, orders),
        Panel::Edit => panels.edit.show(ui, desk, orders),
        Panel::Air => air::show(ui, desk, orders),
        Panel::Fallback => panels.fallback.show(ui, desk, orders),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bevy_egui::egui::{Context, Event, Modifiers, PointerButton, RawInput};

    use super::*;
    use crate::{
        feed::FeedHealth,
        show::tape::{Tape, Timeline},
        themes,
        typeset::Typesetter,
    };

    const DEMO: &str = include_str!("../../assets/shows/zhongwei-demo.tape.ndjson");

    struct Bench {
        context: Context,
        director: Director,
        view: View,
        screen: Screen,
        settings: Settings,
        orders: Orders,
    }

    impl Bench {
        fn new(is_live: bool, lang: Lang) -> Self {
            let (theme, set) = (themes::built_in().unwrap(), Arc::new(Typesetter::new()));
            let mut view = View::new(lang, String::new());
            let director = if is_live {
                view.feed = Some(FeedHealth::default());
                Director::live(theme, set)
            } else {
                let mut director = Director::rehearse(Timeline::new(Tape::parse(DEMO).unwrap()), theme, set);
                director.seek(41_000_000);
                director
            };
            let context = Context::default();
            super::super::fonts::install(&context);
            style::install(&context);
            let (screen, settings, orders) = (Screen::default(), Settings::default(), Orders::default());
            Self { context, director, view, screen, settings, orders }
        }

        fn draw(&mut self, events: Vec<Event>) {
            let rect = Rect::from_min_size(pos2(0.0, 0.0), vec2(1360.0, 840.0));
            let input = RawInput { screen_rect: Some(rect), events, ..RawInput::default() };
            let (keys, settings) = (Keymap::default(), self.settings.clone());
            let Self { context, director, view, screen, settings: own, orders } = self;
            let desk = Desk { director, view, keys: &keys, textures: vec![], settings, is_quit_asked: false };
            let mut drawn = context.run_ui(input, |ui| screen.show(ui, &desk, own, orders));
            // There is no renderer to hand them to.
            drawn.textures_delta.clear();
        }

        fn wish(&mut self, wish: Wish) {
            self.screen.wish(wish, &mut self.settings, self.view.lang, &mut self.orders);
        }

        fn click(&mut self, x: f32, y: f32) {
            let pos = pos2(x, y);
            let button = |pressed| Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            self.draw(vec![Event::PointerMoved(pos)]);
            self.draw(vec![button(true)]);
            self.draw(vec![button(false)]);
        }
    }

    #[test]
    fn every_panel_is_drawn_in_rehearsal_and_live_in_both_languages() {
        for (is_live, lang) in [(false, Lang::Zh), (false, Lang::En), (true, Lang::Zh), (true, Lang::En)] {
            let mut bench = Bench::new(is_live, lang);
            for panel in Panel::ALL {
                bench.draw(vec![]);
                bench.wish(Wish::Panel(*panel));
                bench.draw(vec![]);
                assert_eq!(bench.screen.focused, Some(*panel));
                assert!(bench.screen.shown().contains(panel), "{panel:?} is in front");
                let failed: Vec<_> = bench.screen.guard.news().collect();
                assert!(failed.is_empty(), "{failed:?}");
            }
            bench.wish(Wish::Help);
            bench.draw(vec![]);
            assert!(bench.orders.take().is_empty(), "looking changes nothing");
        }
    }

    #[test]
    fn a_tile_of_the_bar_asks_for_what_it_says_and_the_keyboard_goes_round_the_panels() {
        let mut bench = Bench::new(false, Lang::En);
        bench.draw(vec![]);
        bench.click(220.0, 40.0);
        let orders = bench.orders.take();
        assert!(matches!(orders.as_slice(), [order] if order.command == Command::Hold { on: None }), "{orders:?}");
        let count = bench.screen.shown().len();
        assert_eq!(count, 6);
        for _ in 0..=count {
            bench.wish(Wish::Turn(1));
        }
        assert_eq!(bench.screen.focused, bench.screen.shown().first().copied());
    }

    #[test]
    fn a_layout_that_was_kept_is_opened_and_put_back() {
        let mut bench = Bench::new(false, Lang::En);
        bench.settings.layout = Some(Layout::Tabs(Panel::Log, Panel::ALL.to_vec()));
        bench.draw(vec![]);
        assert_eq!(bench.screen.shown(), [Panel::Log]);
        bench.wish(Wish::Reset);
        bench.draw(vec![]);
        assert_eq!(bench.settings.layout, None);
        assert_eq!(bench.screen.shown().len(), 6);
    }
}

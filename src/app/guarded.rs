//! The show under its guard: it says that frames are made, where it records and what the desk has chosen; started again,
//! it takes up what the last one had.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use bevy::{app::AppExit, ecs::system::NonSendMarker, ecs::system::SystemParam, prelude::*, winit::WINIT_WINDOWS};
use serde::{Deserialize, Serialize};

use super::{
    air::Sound,
    commands::NextTheme,
    displays::Displays,
    receive::{Supply, Watch},
    routed::{KeptOutputs, Routed},
    screens::{Places, Screen},
    spare::Spare,
};
use crate::{
    console::View,
    desk::{Command, Order, Orders},
    director::{Director, ProblemKind, Said},
    guard::{Beat, Link, Past},
    journal::{self, Journal},
    locale::Lang,
    show::{
        cue::Cue,
        theme::Theme,
        told::{Told, Words},
    },
    sound::{AudioStatus, CueLevel, Engine, FILM, SoundSet},
    spare::Kept,
    stage::{self, OutputId},
};

/// After so many frames a show without any window to fill counts as begun.
const FRAMES: u32 = 300;
/// So many starts have failed before the tape itself is suspected.
const SUSPECT: u32 = 2;

/// The line to the guard.
#[derive(Resource)]
pub struct Guarded {
    link: Link,
    frames: u32,
    /// As of the frame before.
    seen: Seen,
    heard: bool,
    is_alone: bool,
    /// Set at the desk before a restart, and not put back yet.
    faders: Faders,
}

/// The faders that stand elsewhere than the theme has them, by the cue's name, with that of the films.
type Faders = BTreeMap<String, CueLevel>;

/// What takes its time when it changes.
#[derive(Default, PartialEq)]
struct Seen {
    windows: BTreeSet<Entity>,
    revision: u64,
    displays: u64,
    theme: usize,
}

/// What the desk has chosen and no tape holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The theme that was taken on air, by its name.
    theme: Option<String>,
    /// The language of the words on the pictures.
    words: Option<String>,
    outputs: Option<KeptOutputs>,
    host: bool,
    locked: bool,
    /// By hand: the silence of a spare is no choice.
    muted: bool,
    master_db: f32,
    faders: Faders,
    /// There was a sound device.
    heard: bool,
    /// This machine's part in the pair.
    pair: Option<Kept>,
}

impl Chosen {
    /// As the last child said it; nothing where there was none.
    pub fn of(past: &Past) -> Self {
        serde_json::from_value(past.desk.clone()).unwrap_or_default()
    }

    pub fn theme(&self) -> Option<&str> {
        self.theme.as_deref()
    }

    /// Whether the host's screen was open.
    pub const fn host(&self) -> bool {
        self.host
    }

    /// What this machine was in the pair.
    pub fn part(&self) -> Option<Kept> {
        self.pair.clone()
    }

    /// Puts it in place again, but for the faders, which follow the theme's.
    pub fn restore(&self, view: &mut View, sound: &mut Sound, routed: &mut Routed, next: &mut NextTheme) {
        let known = |name: &String| Lang::ALL.into_iter().find(|lang| lang.name() == name);
        if let Some(lang) = self.words.as_ref().and_then(known) {
            view.hall = lang;
        }
        if let Some(outputs) = &self.outputs {
            routed.go_on(outputs);
        }
        view.locked = self.locked;
        sound.0.set_muted(self.muted);
        sound.0.set_master_db(self.master_db);
        if self.heard {
            sound.0.insist();
        }
        next.taken.clone_from(&self.theme);
    }
}

/// The tape to go on with: the one that was being written, else the one that was asked for. Where starts have failed and
/// it cannot be gone on with, it is left as it is and a new one is begun: the picture comes from the feed then.
pub fn tape(past: &Past, asked: Option<&Path>, director: &mut Director) -> Option<PathBuf> {
    let path = past.tape.as_deref().or(asked)?;
    if past.failed >= SUSPECT && path.exists() {
        let usable = journal::load(path).and_then(|_| Journal::resume(path));
        if let Err(error) = usable {
            tracing::error!("{error}");
            let now_us = director.now_us();
            director.problems.report(ProblemKind::Journal, Said::of(&error), now_us);
            return None;
        }
    }
    Some(path.to_owned())
}

/// Tells the operator that the show was started again, how often and why.
pub fn tell(past: &Past, director: &mut Director) {
    let Some(why) = past.why.filter(|_| past.restarts > 0) else { return };
    let words = Words::new("guard-restarted").with("count", past.restarts).with("why", why.words());
    let now_us = director.now_us();
    director.problems.report_times(ProblemKind::Guard, Said { what: "again".to_owned(), words }, past.restarts, now_us);
}

impl Guarded {
    pub fn new(link: Link, chosen: &Chosen) -> Self {
        let (heard, faders) = (chosen.heard, chosen.faders.clone());
        Self { link, frames: 0, seen: Seen::default(), heard, is_alone: false, faders }
    }

    /// It cannot go on: from now on no beat is to be waited for.
    pub fn fails(&mut self) {
        self.link.ends(true);
    }

    /// It ends in order.
    pub fn ends(&mut self) {
        self.link.ends(false);
    }

    /// What comes now takes its time.
    pub fn takes_long(&mut self) {
        self.link.takes_long(Instant::now());
    }

    pub fn is_asked_to_end(&self) -> bool {
        self.link.is_asked_to_end()
    }

    /// A frame without windows: where it records, the show's time where that runs, and what the desk has chosen.
    pub fn round(&mut self, tape: Option<&Path>, now_us: Option<i64>, choices: &Choices<'_>) {
        tape.into_iter().for_each(|tape| self.link.records(tape));
        let now = Instant::now();
        if self.link.round(now, false) {
            self.keep(choices);
            self.link.beat(now, Beat { now_us, shown: true, ..Beat::default() });
        }
    }

    fn keep(&mut self, choices: &Choices<'_>) {
        let chosen = choices.chosen(self.heard);
        self.heard = chosen.heard;
        if let Ok(desk) = serde_json::to_value(chosen) {
            self.link.keeps(desk);
        }
    }
}

/// Puts the faders back, once the theme has set its own.
pub fn put_back(mut guarded: ResMut<Guarded>, mut sound: ResMut<Sound>) {
    for (name, level) in std::mem::take(&mut guarded.faders) {
        match Cue::from_name(&name) {
            Some(cue) => sound.0.set_cue(cue, level),
            None if name == FILM => sound.0.set_film(level),
            None => {}
        }
    }
}

/// Where the desk's choices are found.
pub struct Choices<'a> {
    pub next: &'a NextTheme,
    pub view: &'a View,
    pub routed: &'a Routed,
    pub sound: &'a Engine,
    pub spare: &'a Spare,
    pub theme: &'a Theme,
    pub with_host: bool,
}

impl Choices<'_> {
    /// `had`: whether there has been sound before.
    fn chosen(&self, had: bool) -> Chosen {
        let levels = self.sound.levels();
        Chosen {
            theme: self.next.taken.clone(),
            words: Some(self.view.hall.name().to_owned()),
            outputs: Some(self.routed.kept()),
            host: self.with_host,
            locked: self.view.locked,
            muted: self.spare.by_hand(levels.muted()),
            master_db: levels.master_db(),
            faders: faders(levels, self.theme),
            heard: had || matches!(self.sound.status(), AudioStatus::Running { .. }),
            pair: self.spare.kept(),
        }
    }
}

fn faders(levels: &SoundSet, theme: &Theme) -> Faders {
    let of_theme = SoundSet::themed(&theme.programme().sounds);
    let film = (FILM, levels.film(), of_theme.film());
    let cues = Cue::themed().map(|cue| (cue.name(), levels.cue(cue), of_theme.cue(cue)));
    let set = cues.chain([film]).filter(|(_, level, of_theme)| level != of_theme);
    set.map(|(name, level, _)| (name.to_owned(), level)).collect()
}

/// What is on, as far as the guard is told.
#[derive(SystemParam)]
pub struct On<'w, 's> {
    director: ResMut<'w, Director>,
    supply: Res<'w, Supply>,
    watch: Res<'w, Watch>,
    stage: Res<'w, stage::Link>,
    routed: Res<'w, Routed>,
    next: Res<'w, NextTheme>,
    view: Res<'w, View>,
    places: Res<'w, Places>,
    displays: Res<'w, Displays>,
    sound: Res<'w, Sound>,
    spare: Res<'w, Spare>,
    screens: Query<'w, 's, (Entity, &'static Screen, &'static Window)>,
}

/// Ends when the guard is asked to.
pub fn obey(guarded: Res<Guarded>, mut exit: MessageWriter<AppExit>) {
    if guarded.link.is_asked_to_end() {
        exit.write(AppExit::Success);
    }
}

/// What was asked for, or saved in a theme's folder, and takes its time is said before it is done.
pub fn announce(mut guarded: ResMut<Guarded>, orders: Res<Orders>, watch: Res<Watch>) {
    if orders.iter().any(takes_long) || watch.0.is_stirred() {
        guarded.takes_long();
    }
}

const fn takes_long(order: &Order) -> bool {
    matches!(
        order.command,
        Command::PreviewTheme { .. }
            | Command::TakeTheme {}
            | Command::SetOutputs { .. }
            | Command::SaveOutputs { .. }
            | Command::OpenHost {}
            | Command::OpenConsole {}
            | Command::ReopenSound {}
            | Command::Incident {}
    )
}

/// Last in each frame.
pub fn beat(mut guarded: ResMut<Guarded>, mut on: On, mut exits: MessageReader<AppExit>, _main_thread: NonSendMarker) {
    let guarded = &mut *guarded;
    if let Some(exit) = exits.read().last() {
        guarded.link.ends(exit.is_error());
        return;
    }
    guarded.frames = guarded.frames.saturating_add(1);
    let seen = Seen {
        windows: on.screens.iter().map(|(window, ..)| window).collect(),
        revision: on.routed.revision,
        displays: on.displays.changes(),
        theme: Arc::as_ptr(on.director.theme()).addr(),
    };
    // A theme that was saved is read in one of the next frames.
    let long = seen != guarded.seen || on.watch.0.is_stirred() || on.routed.is_stirred();
    let before = std::mem::replace(&mut guarded.seen, seen);

    let has = |output: OutputId| on.stage.counters_of(output).composites > 0;
    // The window was there when the last frame was drawn, and there was a picture for it.
    let shows = |(window, screen, lies): &(Entity, &Screen, &Window)| {
        let fills = screen.is_broadcast() && !lies.decorations && !lies.transparent;
        fills && before.windows.contains(window) && has(screen.output)
    };
    let filled: Vec<Entity> = on.screens.iter().filter(shows).map(|(window, ..)| window).collect();
    let mut windows: Vec<u32> = WINIT_WINDOWS.with_borrow(|known| {
        filled.iter().filter_map(|window| u32::try_from(u64::from(known.get_window(*window)?.id())).ok()).collect()
    });
    windows.sort_unstable();
    guarded.link.screens(windows);

    let now = Instant::now();
    if !guarded.link.round(now, long) {
        return;
    }
    if let Some(tape) = on.supply.live.as_ref().and_then(|live| live.tape()) {
        guarded.link.records(tape);
    }
    guarded.keep(&Choices {
        next: &on.next,
        view: &on.view,
        routed: &on.routed,
        sound: &on.sound.0,
        spare: &on.spare,
        theme: on.director.theme(),
        with_host: on.places.with_host,
    });
    let is_timed = on.supply.live.as_ref().is_some_and(|live| live.is_timed(&on.director));
    guarded.link.beat(
        now,
        Beat {
            now_us: is_timed.then(|| on.director.now_us()),
            patience_ms: 0,
            drawn: on.stage.counters().composites,
            shown: has(OutputId::PROGRAM) || guarded.frames > FRAMES,
        },
    );
    if guarded.link.is_alone() && !std::mem::replace(&mut guarded.is_alone, true) {
        let (now_us, words) = (on.director.now_us(), Words::new("guard-alone"));
        tracing::warn!("{}", crate::locale::say(on.view.lang, &words));
        on.director.problems.report(ProblemKind::Guard, Said { what: "alone".to_owned(), words }, now_us);
    }
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;

    use super::*;
    use crate::{sound::OutputError, themes};

    #[test]
    fn the_faders_that_the_desk_has_set_are_put_back_over_the_themes_own() {
        let theme = themes::built_in().unwrap();
        let of_theme = SoundSet::themed(&theme.programme().sounds);
        assert!(faders(&of_theme, &theme).is_empty(), "a theme's own levels are no choice");
        let mut set = of_theme.clone();
        let (cue, level) = (Cue::Hit, CueLevel { gain_db: -7.5, muted: true });
        set.set_cue(cue, level);
        set.set_film(CueLevel { gain_db: 3.0, muted: false });
        let chosen = Chosen { faders: faders(&set, &theme), ..Chosen::default() };
        let said = serde_json::to_value(&chosen).unwrap();
        let chosen = Chosen::of(&Past { desk: said, ..Past::default() });

        let mut world = World::new();
        let mut engine = Engine::new(Arc::default(), Arc::new(|| Err(OutputError::NoDevice)));
        engine.set_theme(&of_theme);
        world.insert_resource(Sound(engine));
        world.insert_resource(Guarded::new(Link::of_a_test().0, &chosen));
        world.run_system_once(put_back).unwrap();
        assert_eq!(world.resource::<Sound>().0.levels(), &set);
        // Once: what the desk sets next stays.
        world.resource_mut::<Sound>().0.set_cue(cue, CueLevel::default());
        world.run_system_once(put_back).unwrap();
        assert_eq!(world.resource::<Sound>().0.levels().cue(cue), CueLevel::default());
    }
}

//! The show under its guard: it says that frames are made, where it records and what the desk has chosen; started again,
//! it takes up what the last one had.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use bevy::{app::AppExit, ecs::system::NonSendMarker, ecs::system::SystemParam, prelude::*, winit::WINIT_WINDOWS};

use super::{
    LiveSession,
    air::Sound,
    chosen::{self, Choices, Chosen, Faders},
    commands::NextTheme,
    control::Remote,
    displays::Displays,
    receive::{Supply, Watch},
    routed::Routed,
    screens::{Places, Screen},
    spare::Spare,
};
use crate::{
    console::View,
    desk::{Command, Order, Orders},
    director::{Director, ProblemKind, Said},
    guard::{Beat, Link, Past},
    journal::{self, Journal},
    show::told::{Told, Words},
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

/// What takes its time when it changes.
#[derive(Default, PartialEq)]
struct Seen {
    windows: BTreeSet<Entity>,
    revision: u64,
    displays: u64,
    theme: usize,
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
    tracing::warn!("{}", crate::locale::say(crate::locale::Lang::En, &words));
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
    /// `is_hung`: remote control is.
    pub fn round(&mut self, tape: Option<&Path>, now_us: Option<i64>, choices: &Choices<'_>, is_hung: bool) {
        tape.into_iter().for_each(|tape| self.link.records(tape));
        let now = Instant::now();
        if self.link.round(now, false) && !is_hung {
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
    chosen::set_faders(std::mem::take(&mut guarded.faders), &mut sound.0);
}

/// What is on, as far as the guard is told.
#[derive(SystemParam)]
pub struct On<'w, 's> {
    director: ResMut<'w, Director>,
    supply: Res<'w, Supply>,
    remote: ResMut<'w, Remote>,
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
    // Remote control that hangs is the show's own hang: nothing more is said.
    if !guarded.link.round(now, long) || on.remote.is_hung(now, on.view.lang) {
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
        is_away: on.supply.live.as_ref().map(LiveSession::is_away),
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

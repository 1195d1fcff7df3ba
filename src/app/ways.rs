//! The ways out that are windows: each routed output's opens where its output goes, closes when its display goes, and
//! opens there again when it is back. No output ever goes to another one's place.

use std::collections::BTreeSet;

use bevy::{
    ecs::system::NonSendMarker,
    prelude::*,
    window::{CursorOptions, PresentMode, PrimaryWindow, WindowPosition},
    winit::WINIT_WINDOWS,
};

use super::{
    air::OnAir,
    beside,
    displays::Displays,
    routed::Routed,
    screens::{self, Screen},
};
use crate::{
    console::View,
    director::{Director, ProblemKind, Said},
    locale,
    routing::{Delivery, Here, Place},
    show::told::Words,
    stage::{self, Deliveries, Fit, OutputId, Shows},
};

/// What a routed output's window is opened with: where one of these differs, it is another window.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Way {
    /// What leaves, physical px.
    raster: (u32, u32),
    /// Where the display that it fills lies; none for a window like others.
    fills: Option<IRect>,
    fit: Fit,
    transparent: bool,
}

/// A window that is still to be told to the window manager as one that fills its display.
#[derive(Component)]
pub struct Unfilled;

/// What decides which windows there are.
#[derive(Default, PartialEq)]
pub struct Seen {
    revision: u64,
    displays: u64,
    open: usize,
    looked: bool,
}

/// Opens and closes windows until each routed output has the one it is to have, and tells what each of them shows.
pub fn keep(
    mut routed: ResMut<Routed>,
    mut displays: ResMut<Displays>,
    open: Query<(Entity, &Screen, Option<&Way>, &Window)>,
    mut consoles: Query<&mut Window, (With<PrimaryWindow>, Without<Screen>)>,
    mut hands: (ResMut<OnAir>, ResMut<Director>, ResMut<Deliveries>),
    view: Res<View>,
    mut seen: Local<Seen>,
    mut told: Local<BTreeSet<String>>,
    mut commands: Commands,
) {
    let now = Seen {
        revision: routed.revision,
        displays: displays.changes(),
        open: open.iter().filter(|(_, _, way, _)| way.is_some()).count(),
        looked: true,
    };
    if *seen == now {
        return;
    }
    let (on_air, director, deliveries) = (&mut *hands.0, &mut *hands.1, &mut *hands.2);
    let here = displays.here();
    let filled = routed.filled(&here);
    routed.bind(&filled, &here);
    tell(&routed, &filled, &here, director, &view, &mut told);
    show(&routed, on_air, deliveries, &view);

    let wanted: Vec<Option<Way>> = (0..routed.routes.len())
        .map(|i| way(&routed, i, filled.get(i).copied().flatten().and_then(|place| here.get(place))))
        .collect();
    let mut there: BTreeSet<&str> = BTreeSet::new();
    let mut taken: Vec<IRect> = Vec::new();
    for (window, screen, way, lies) in &open {
        let place = screen.route.as_deref().and_then(|name| routed.find(name));
        let is_right = place.is_some_and(|i| wanted.get(i).is_some_and(|wanted| wanted.as_ref() == way));
        if is_right {
            there.extend(screen.route.as_deref());
            taken.push(beside::lies(lies));
        } else if screen.route.is_some() || (!routed.is_empty() && screen.output == OutputId::PROGRAM) {
            commands.entity(screen.camera).despawn();
            commands.entity(window).despawn();
        } else {
            taken.push(beside::lies(lies));
        }
    }
    let rects: Vec<IRect> = here.iter().map(lies).collect();
    // Those that fill a display lie where they lie; the others find room beside them.
    let fresh = || wanted.iter().enumerate().filter_map(|(i, way)| Some((i, way.as_ref()?)));
    let fresh: Vec<(usize, &Way)> =
        fresh().filter(|(i, _)| routed.routes.get(*i).is_some_and(|route| !there.contains(&*route.name))).collect();
    let filled: Vec<IRect> = fresh.iter().filter_map(|(_, way)| way.fills).collect();
    taken.extend(&filled);
    let covers = |desk: &Window| filled.iter().any(|filled| !beside::lies(desk).intersect(*filled).is_empty());
    if consoles.iter().any(covers) {
        screens::make_room(&mut consoles, &taken, &rects);
    }
    let desk = consoles.iter().next().map(beside::lies);
    for (i, way) in fresh {
        let Some(route) = routed.routes.get(i) else { continue };
        let title = locale::say(view.lang, &Words::new("app-output").with("output", &route.name));
        let others: Vec<IRect> = taken.iter().copied().chain(desk).collect();
        let window = opened(&title, way, i == 0, &others, &rects);
        if way.fills.is_none() {
            taken.push(beside::lies(&window));
        }
        let cursor = CursorOptions { visible: way.fills.is_none(), ..default() };
        let fills = way.fills.is_some();
        let window = commands.spawn((window, cursor, way.clone())).id();
        if fills {
            commands.entity(window).insert(Unfilled);
        }
        let shows = Shows::Delivery(routed.delivery(i));
        let camera = commands.spawn(stage::presenter(window, shows, way.fit)).id();
        let screen = Screen { output: routed.picture(i), camera, route: Some(route.name.clone()) };
        commands.entity(window).insert(screen);
    }
    displays.keep_awake(wanted.iter().flatten().any(|way| way.fills.is_some()));
    let count = wanted.iter().flatten().count();
    *seen = Seen { open: count, ..now };
}

/// The window that an output is to have now; none where it goes elsewhere, or its display is not here.
fn way(routed: &Routed, i: usize, display: Option<&Here>) -> Option<Way> {
    let route = routed.routes.get(i)?;
    let raster = Delivery::of(route).raster;
    let way = |fills, fit, transparent| Some(Way { raster, fills, fit, transparent });
    match &route.place {
        Place::Window { transparent } => way(None, Fit::Centre, *transparent),
        Place::Display(wanted) => {
            let fit = if wanted.scale { Fit::Scale } else { Fit::Centre };
            display.and_then(|display| way(Some(lies(display)), fit, false))
        }
        Place::Nowhere | Place::Pipe { .. } | Place::Memory { .. } | Place::Ffmpeg(_) => None,
    }
}

fn lies(display: &Here) -> IRect {
    let corner = IVec2::from(display.at);
    IRect::from_corners(corner, corner + UVec2::from(display.size).as_ivec2())
}

fn opened(title: &str, way: &Way, is_program: bool, taken: &[IRect], screens: &[IRect]) -> Window {
    let size = way.fills.map_or(way.raster, |display| display.size().as_uvec2().into());
    let window = Window { transparent: way.transparent, ..screens::window(title, size) };
    // The program alone waits for its screen.
    let present_mode = if is_program { PresentMode::Fifo } else { window.present_mode };
    match way.fills {
        Some(display) => Window {
            position: WindowPosition::At(display.min),
            decorations: false,
            resizable: true,
            present_mode,
            ..window
        },
        None => Window {
            position: beside::place(taken, UVec2::from(size).as_ivec2(), screens),
            decorations: !way.transparent,
            present_mode,
            ..window
        },
    }
}

/// Says what is composed for the routed outputs, and what leaves of it.
fn show(routed: &Routed, on_air: &mut OnAir, deliveries: &mut Deliveries, view: &View) {
    let pictures: Vec<(usize, OutputId)> = routed.pictures().collect();
    let is_routed = |id: &OutputId| pictures.iter().any(|(_, picture)| picture == id);
    on_air.windows.retain(|id, _| match *id {
        OutputId::HOST => true,
        OutputId::PROGRAM => routed.is_empty() || is_routed(id),
        _ => is_routed(id),
    });
    for (i, id) in &pictures {
        on_air.windows.extend(routed.output(*i, view.hall).map(|output| (*id, output)));
    }
    for (i, route) in routed.routes.iter().enumerate() {
        deliveries.set(routed.delivery(i), routed.picture(i), Delivery::of(route));
    }
    deliveries.retain(|id| (0..routed.routes.len()).any(|i| routed.delivery(i) == id));
}

/// Tells the operator which outputs have no display, each once for as long as it lasts.
fn tell(
    routed: &Routed,
    filled: &[Option<usize>],
    here: &[Here],
    director: &mut Director,
    view: &View,
    told: &mut BTreeSet<String>,
) {
    let now_us = director.now_us();
    let mut gone = BTreeSet::new();
    for (route, filled) in routed.routes.iter().zip(filled) {
        let Place::Display(display) = &route.place else { continue };
        if filled.is_some() {
            continue;
        }
        gone.insert(route.name.clone());
        if !told.contains(&route.name) {
            let there: Vec<String> = here.iter().map(Here::called).collect();
            let words = Words::new("outputs-display-gone").with("output", &route.name);
            let words = words.with("display", display.called()).with("there", there.join(", "));
            tracing::warn!("{}", locale::say(view.lang, &words));
            director.problems.report(ProblemKind::Display, Said { what: route.name.clone(), words }, now_us);
        }
    }
    for name in told.difference(&gone) {
        director.problems.settle_one(ProblemKind::Display, name, now_us);
        if routed.find(name).is_some() {
            let words = Words::new("outputs-display-back").with("output", name);
            tracing::info!("{}", locale::say(view.lang, &words));
        }
    }
    *told = gone;
}

/// Has the window manager fill a display with a window as soon as there is one.
pub fn fill(
    unfilled: Query<Entity, With<Unfilled>>,
    displays: Res<Displays>,
    mut commands: Commands,
    _main_thread: NonSendMarker,
) {
    for window in &unfilled {
        let made = WINIT_WINDOWS.with_borrow(|windows| windows.get_window(window).map(|window| u64::from(window.id())));
        if let Some(id) = made {
            displays.fill(u32::try_from(id).unwrap_or_default());
            commands.entity(window).remove::<Unfilled>();
        }
    }
}

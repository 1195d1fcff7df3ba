//! The windows of the program and of the host, where no outputs file says otherwise: the program's comes first and is
//! never covered, the host's lies beside it.

use bevy::{
    prelude::*,
    window::{CursorOptions, Monitor, PresentMode, PrimaryWindow, WindowResolution},
};

use super::{WindowPlace, air::OnAir, beside, routed::Routed, ways::Unfilled};
use crate::{
    console::View,
    locale,
    show::{
        frame::{Class, Output},
        told::Words,
    },
    stage::{self, OutputId},
};

/// Rasters of an output's window that is none of a monitor's own, largest first.
const RASTERS: [(u32, u32); 3] = [(1920, 1080), (1280, 720), (960, 540)];
/// Frames to wait for the list of monitors before going without.
const PATIENCE: u32 = 30;

/// Where the outputs' windows were asked to go.
#[derive(Resource)]
pub struct Places {
    pub program: WindowPlace,
    pub host: WindowPlace,
    /// Whether the host's window is to be open.
    pub with_host: bool,
}

/// A window that shows an output, with the camera that draws it.
#[derive(Component)]
pub struct Screen {
    pub output: OutputId,
    pub camera: Entity,
    /// The routed output that it belongs to, by its name.
    pub route: Option<String>,
}

impl Screen {
    /// Whether somebody broadcasts what it shows.
    pub fn is_broadcast(&self) -> bool {
        self.route.is_some() || self.output == OutputId::PROGRAM
    }
}

/// Asks for the host's window, where it has been closed or was never opened.
#[derive(Message)]
pub struct OpenHost;

/// The monitors there are.
type Monitors<'w, 's> = Query<'w, 's, (Entity, &'static Monitor)>;

pub fn open_program(
    screens: Query<&Screen>,
    monitors: Monitors,
    mut consoles: Query<&mut Window, With<PrimaryWindow>>,
    places: Res<Places>,
    routed: Res<Routed>,
    view: Res<View>,
    mut on_air: ResMut<OnAir>,
    mut waited: Local<u32>,
    mut commands: Commands,
) {
    if !routed.is_empty() || screens.iter().any(|screen| screen.output == OutputId::PROGRAM) {
        return;
    }
    *waited += 1;
    if monitors.is_empty() && *waited < PATIENCE {
        return;
    }
    let place = &places.program;
    let named = named(place, &monitors, &view, "app-no-monitor");
    let raster = place.raster.unwrap_or_else(|| match named {
        Some((_, monitor)) => (monitor.physical_width, monitor.physical_height),
        None => beside_the_desk(place.class, &monitors),
    });
    // The program alone waits for its screen.
    let window = Window { present_mode: PresentMode::Fifo, ..window(locale::word(view.lang, "app-program"), raster) };
    let desk = consoles.iter().next().map(beside::lies);
    let window = match named {
        Some(monitor) => {
            make_room(&mut consoles, &[beside::screen(monitor.1)], &all(&monitors));
            filling(window, monitor)
        }
        None => {
            let size = UVec2::from(raster).as_ivec2();
            Window { position: beside::place(desk.as_slice(), size, &all(&monitors)), ..window }
        }
    };
    open(&mut commands, &mut on_air, OutputId::PROGRAM, place.class, raster, window, &view);
}

pub fn open_host(
    mut asked: MessageReader<OpenHost>,
    screens: Query<(&Screen, &Window)>,
    monitors: Monitors,
    mut consoles: Query<&mut Window, (With<PrimaryWindow>, Without<Screen>)>,
    mut places: ResMut<Places>,
    view: Res<View>,
    mut on_air: ResMut<OnAir>,
    mut commands: Commands,
) {
    if asked.read().count() > 0 {
        places.with_host = true;
    }
    let broadcast: Vec<&Window> =
        screens.iter().filter(|(screen, _)| screen.is_broadcast()).map(|(_, window)| window).collect();
    let is_wanted = places.with_host && on_air.program().is_some();
    if !is_wanted || broadcast.is_empty() || on_air.windows.contains_key(&OutputId::HOST) {
        return;
    }
    let place = places.host.clone();
    let fills = broadcast.iter().any(|window| !window.decorations);
    let taken: Vec<IRect> = broadcast.iter().map(|window| beside::lies(window)).collect();
    let named = named(&place, &monitors, &view, "app-no-host-monitor");
    // Whatever was asked for: nothing comes to lie on what the hall sees.
    let named = named.filter(|(_, monitor)| {
        let is_free = taken.iter().all(|taken| beside::screen(monitor).intersect(*taken).is_empty());
        if !is_free {
            tracing::warn!("{}", locale::word(view.lang, "app-host-on-program"));
        }
        is_free
    });
    let title = locale::word(view.lang, "app-host");
    let (window, raster) = match named {
        Some(monitor) => {
            let raster = place.raster.unwrap_or((monitor.1.physical_width, monitor.1.physical_height));
            let rooms: Vec<IRect> = taken.iter().copied().chain([beside::screen(monitor.1)]).collect();
            make_room(&mut consoles, &rooms, &all(&monitors));
            (filling(window(title, raster), monitor), raster)
        }
        None => {
            let others: Vec<IRect> = consoles.iter().map(beside::lies).chain(taken.iter().copied()).collect();
            let free = |size: (u32, u32)| beside::free(&others, UVec2::from(size).as_ivec2(), &all(&monitors));
            let largest = || rasters(place.class).into_iter().find(|size| free(*size).is_some());
            let raster = place.raster.or_else(largest).unwrap_or(rasters(place.class)[2]);
            if fills && beside::free(&taken, UVec2::from(raster).as_ivec2(), &all(&monitors)).is_none() {
                tracing::warn!("{}", locale::word(view.lang, "app-host-no-room"));
                places.with_host = false;
                return;
            }
            let size = UVec2::from(raster).as_ivec2();
            let position =
                free(raster).map_or_else(|| beside::place(&taken, size, &all(&monitors)), WindowPosition::At);
            (Window { position, ..window(title, raster) }, raster)
        }
    };
    open(&mut commands, &mut on_air, OutputId::HOST, place.class, raster, window, &view);
}

/// A window of an output's size. It never waits for a screen.
pub fn window(title: &str, raster: (u32, u32)) -> Window {
    Window {
        title: title.to_owned(),
        resolution: WindowResolution::new(raster.0, raster.1).with_scale_factor_override(1.0),
        present_mode: PresentMode::Mailbox,
        desired_maximum_frame_latency: std::num::NonZero::new(2),
        resizable: false,
        ..default()
    }
}

/// As large as the monitor, and on it: a window manager is asked to fill it, and where there is none it is filled too.
fn filling(window: Window, (_, monitor): (Entity, &Monitor)) -> Window {
    let (width, height) = (monitor.physical_width, monitor.physical_height);
    Window {
        position: WindowPosition::At(monitor.physical_position),
        resolution: WindowResolution::new(width, height).with_scale_factor_override(1.0),
        decorations: false,
        resizable: true,
        ..window
    }
}

fn open(
    commands: &mut Commands,
    on_air: &mut OnAir,
    output: OutputId,
    class: Class,
    raster: (u32, u32),
    window: Window,
    view: &View,
) {
    let fills = !window.decorations;
    let cursor = CursorOptions { visible: !fills, ..default() };
    let window = commands.spawn((window, cursor)).id();
    if fills {
        commands.entity(window).insert(Unfilled);
    }
    let camera = commands.spawn(stage::presenter(window, stage::Shows::Picture(output), stage::Fit::Centre)).id();
    commands.entity(window).insert(Screen { output, camera, route: None });
    on_air.windows.insert(output, Output { lang: view.hall, ..Output::of(class, raster) });
}

fn all(monitors: &Monitors) -> Vec<IRect> {
    monitors.iter().map(|(_, monitor)| beside::screen(monitor)).collect()
}

/// A console that lies on what is now `taken` goes to another place.
pub fn make_room<F: bevy::ecs::query::QueryFilter>(
    consoles: &mut Query<&mut Window, F>,
    taken: &[IRect],
    screens: &[IRect],
) {
    let Some(mut console) = consoles.iter_mut().next() else { return };
    let desk = beside::lies(&console);
    let is_covered = taken.iter().any(|filled| !desk.intersect(*filled).is_empty());
    if let Some(corner) = beside::free(taken, desk.size(), screens).filter(|_| is_covered) {
        console.position = WindowPosition::At(corner);
    }
}

/// The monitor that was asked for; when there is none of that name, that is said in the words of `missing`.
fn named<'a>(
    place: &WindowPlace,
    monitors: &'a Monitors,
    view: &View,
    missing: &'static str,
) -> Option<(Entity, &'a Monitor)> {
    let name = place.monitor.as_deref()?;
    let found = find(name, monitors);
    if found.is_none() {
        let there: Vec<&str> = monitors.iter().filter_map(|(_, monitor)| monitor.name.as_deref()).collect();
        let words = Words::new(missing).with("monitor", name).with("there", there.join(", "));
        tracing::warn!("{}", locale::say(view.lang, &words));
    }
    found
}

/// By name, or by number from 1 in the order left to right, top to bottom.
fn find<'a>(name: &str, monitors: &'a Monitors) -> Option<(Entity, &'a Monitor)> {
    let mut sorted: Vec<(Entity, &Monitor)> = monitors.iter().collect();
    sorted.sort_by_key(|(_, monitor)| (monitor.physical_position.x, monitor.physical_position.y));
    let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let by_name = sorted.iter().find(|(_, monitor)| monitor.name.as_deref() == Some(name)).copied();
    by_name.or_else(|| number.and_then(|number| sorted.get(number).copied()))
}

/// The rasters in a class's proportions.
fn rasters(class: Class) -> [(u32, u32); 3] {
    let (canvas_width, canvas_height) = class.canvas();
    RASTERS.map(|(width, _)| (width, (width as f32 * canvas_height / canvas_width / 2.0) as u32 * 2))
}

/// The largest raster that leaves room for the desk on some monitor.
fn beside_the_desk(class: Class, monitors: &Monitors) -> (u32, u32) {
    let fits = |(width, height): &(u32, u32)| {
        monitors.iter().any(|(_, monitor)| monitor.physical_width > *width && monitor.physical_height >= *height)
    };
    rasters(class).into_iter().find(fits).unwrap_or(rasters(class)[1])
}

//! The windows: the program opens where it is wanted and stays; the console may be closed and opened again.

use bevy::{
    app::AppExit,
    prelude::*,
    window::{
        CursorLeft, CursorOptions, Monitor, MonitorSelection, OnMonitor, PresentMode, PrimaryMonitor, PrimaryWindow,
        RequestRedraw, WindowCloseRequested, WindowDestroyed, WindowFocused, WindowMode, WindowMoved, WindowResolution,
    },
};

use super::{ProgramPlace, air::OnAir, beside};
use crate::{
    console::{self, View},
    director::Phase,
    locale,
    show::{
        frame::{Class, Output},
        told::Words,
    },
    stage,
};

/// Rasters of a program window that is none of the monitor's own, largest first.
const RASTERS: [(u32, u32); 3] = [(1920, 1080), (1280, 720), (960, 540)];
/// Frames to wait for the list of monitors before going without.
const PATIENCE: u32 = 30;

/// Where the program was asked to go.
#[derive(Resource)]
pub struct Place(pub ProgramPlace);

/// The window that shows the program, with the camera that draws it.
#[derive(Component)]
pub struct ProgramWindow {
    camera: Entity,
}

/// Asks for the operator's window, where it has been closed.
#[derive(Message)]
pub struct OpenConsole;

pub fn plugin(app: &mut App) {
    app.add_message::<OpenConsole>()
        // A monitor that is unplugged takes the windows that are related to it with it; ours stay.
        .add_observer(|related: On<Insert, OnMonitor>, mut commands: Commands| {
            commands.entity(related.entity).remove::<OnMonitor>();
        })
        .add_systems(Update, (close, open_console, open_program, refresh).chain().before(Phase::Receive));
}

/// A closed console leaves the program on air. A program window cannot be closed while there is a console to end the
/// show from; without one, closing it is how the show ends.
fn close(
    mut asked: MessageReader<WindowCloseRequested>,
    mut destroyed: MessageReader<WindowDestroyed>,
    consoles: Query<(), With<PrimaryWindow>>,
    programs: Query<&ProgramWindow>,
    view: Res<View>,
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    for WindowCloseRequested { window } in asked.read() {
        if consoles.contains(*window) {
            tracing::info!("{}", locale::word(view.lang, "app-console-closed"));
            commands.entity(*window).despawn();
        } else if programs.contains(*window) {
            if consoles.is_empty() {
                exit.write(AppExit::Success);
            } else {
                tracing::warn!("{}", locale::word(view.lang, "app-program-stays"));
            }
        }
    }
    // Destroyed from outside: the next frame opens the program anew.
    for WindowDestroyed { window } in destroyed.read() {
        if let Ok(program) = programs.get(*window) {
            tracing::warn!("{}", locale::word(view.lang, "app-program-reopened"));
            commands.entity(program.camera).despawn();
            commands.entity(*window).despawn();
        } else if consoles.contains(*window) {
            commands.entity(*window).despawn();
        }
    }
}

/// A window that was moved, uncovered or chosen is drawn again: the system may have lost what it showed.
fn refresh(
    mut focused: MessageReader<WindowFocused>,
    mut moved: MessageReader<WindowMoved>,
    mut left: MessageReader<CursorLeft>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    if focused.read().count() + moved.read().count() + left.read().count() > 0 {
        redraw.write(RequestRedraw);
    }
}

fn open_console(
    mut asked: MessageReader<OpenConsole>,
    consoles: Query<(), With<PrimaryWindow>>,
    programs: Query<&Window, With<ProgramWindow>>,
    monitors: Query<&Monitor>,
    view: Res<View>,
    mut commands: Commands,
) {
    if asked.read().count() > 0 && consoles.is_empty() {
        let window = console::window(view.lang);
        let screens: Vec<IRect> = monitors.iter().map(beside::screen).collect();
        let taken = programs.iter().next().map(beside::lies);
        let position = beside::place(taken, beside::lies(&window).size(), &screens);
        commands.spawn((Window { position, ..window }, PrimaryWindow));
    }
}

fn open_program(
    programs: Query<(), With<ProgramWindow>>,
    monitors: Query<(Entity, &Monitor, Has<PrimaryMonitor>)>,
    mut consoles: Query<&mut Window, With<PrimaryWindow>>,
    place: Res<Place>,
    view: Res<View>,
    mut on_air: ResMut<OnAir>,
    mut waited: Local<u32>,
    mut commands: Commands,
) {
    if !programs.is_empty() {
        return;
    }
    *waited += 1;
    if monitors.is_empty() && *waited < PATIENCE {
        return;
    }
    let named = place.0.monitor.as_deref().and_then(|name| find(name, &monitors));
    if let (Some(name), None) = (&place.0.monitor, named) {
        let there: Vec<&str> = monitors.iter().filter_map(|(_, monitor, _)| monitor.name.as_deref()).collect();
        let missing = Words::new("app-no-monitor").with("monitor", name).with("there", there.join(", "));
        tracing::warn!("{}", locale::say(view.lang, &missing));
    }
    let raster = place.0.raster.unwrap_or_else(|| match named {
        Some((_, monitor)) => (monitor.physical_width, monitor.physical_height),
        None => beside_the_desk(place.0.class, &monitors),
    });
    let title = locale::word(view.lang, "app-program").to_owned();
    let size = WindowResolution::new(raster.0, raster.1).with_scale_factor_override(1.0);
    let window = Window {
        title,
        resolution: size,
        present_mode: PresentMode::Fifo,
        desired_maximum_frame_latency: std::num::NonZero::new(2),
        ..default()
    };
    let screens: Vec<IRect> = monitors.iter().map(|(_, monitor, _)| beside::screen(monitor)).collect();
    let desk = consoles.iter().next().map(beside::lies);
    let window = match named {
        Some((entity, monitor)) => {
            // The program fills its monitor: a console there goes to another one.
            let filled = beside::screen(monitor);
            if let (Some(mut console), Some(desk)) = (consoles.iter_mut().next(), desk)
                && !desk.intersect(filled).is_empty()
                && let Some(corner) = beside::free(filled, desk.size(), &screens)
            {
                console.position = WindowPosition::At(corner);
            }
            Window {
                mode: WindowMode::BorderlessFullscreen(MonitorSelection::Entity(entity)),
                decorations: false,
                ..window
            }
        }
        None => {
            let size = UVec2::from(raster).as_ivec2();
            Window { resizable: false, position: beside::place(desk, size, &screens), ..window }
        }
    };
    let cursor = CursorOptions { visible: named.is_none(), ..default() };
    let window = commands.spawn((window, cursor)).id();
    let camera = commands.spawn(stage::presenter(window)).id();
    commands.entity(window).insert(ProgramWindow { camera });
    on_air.output = Some(Output { class: place.0.class, raster, lang: view.hall });
}

/// By name, or by number from 1 in the order left to right, top to bottom.
fn find<'a>(name: &str, monitors: &'a Query<(Entity, &Monitor, Has<PrimaryMonitor>)>) -> Option<(Entity, &'a Monitor)> {
    let mut sorted: Vec<(Entity, &Monitor)> = monitors.iter().map(|(entity, monitor, _)| (entity, monitor)).collect();
    sorted.sort_by_key(|(_, monitor)| (monitor.physical_position.x, monitor.physical_position.y));
    let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let by_name = sorted.iter().find(|(_, monitor)| monitor.name.as_deref() == Some(name)).copied();
    by_name.or_else(|| number.and_then(|number| sorted.get(number).copied()))
}

/// The largest raster that leaves room for the desk on some monitor.
fn beside_the_desk(class: Class, monitors: &Query<(Entity, &Monitor, Has<PrimaryMonitor>)>) -> (u32, u32) {
    let fits = |(width, height): &(u32, u32)| {
        monitors.iter().any(|(_, monitor, _)| monitor.physical_width > *width && monitor.physical_height >= *height)
    };
    let (canvas_width, canvas_height) = class.canvas();
    let rasters = RASTERS.map(|(width, _)| (width, (width as f32 * canvas_height / canvas_width / 2.0) as u32 * 2));
    rasters.into_iter().find(fits).unwrap_or(rasters[1])
}

//! The windows: the program opens where it is wanted and stays; console and host may be closed and opened again.

use bevy::{
    app::AppExit,
    prelude::*,
    window::{
        CursorLeft, Monitor, OnMonitor, PrimaryWindow, RequestRedraw, WindowCloseRequested, WindowDestroyed,
        WindowFocused, WindowMoved,
    },
};

use super::{
    air::OnAir,
    beside,
    receive::Supply,
    screens::{self, OpenHost, Places, Screen},
    ways,
};
use crate::{
    console::{self, View, Wishes},
    director::Phase,
    locale,
};

/// Asks for the operator's window, where it has been closed.
#[derive(Message)]
pub struct OpenConsole;

pub fn plugin(app: &mut App) {
    app.add_message::<OpenConsole>()
        .add_message::<OpenHost>()
        // A monitor that is unplugged takes the windows that are related to it with it; ours stay.
        .add_observer(|related: On<Insert, OnMonitor>, mut commands: Commands| {
            commands.entity(related.entity).remove::<OnMonitor>();
        })
        .add_systems(
            Update,
            (close, open_console, ways::keep, screens::open_program, screens::open_host, ways::fill, refresh)
                .chain()
                .before(Phase::Receive),
        );
}

/// A closed console leaves the program on air. A program window cannot be closed while there is a console to end the
/// show from; without one, closing it is how the show ends. The host's closes, and nothing else changes.
fn close(
    mut asked: MessageReader<WindowCloseRequested>,
    mut destroyed: MessageReader<WindowDestroyed>,
    consoles: Query<(), With<PrimaryWindow>>,
    screens: Query<&Screen>,
    view: Res<View>,
    mut places: ResMut<Places>,
    (mut on_air, mut wishes, supply): (ResMut<OnAir>, ResMut<Wishes>, Res<Supply>),
    mut commands: Commands,
    mut exit: MessageWriter<AppExit>,
) {
    let mut closed: Vec<(Entity, &Screen)> = Vec::new();
    for WindowCloseRequested { window } in asked.read() {
        if consoles.contains(*window) {
            tracing::info!("{}", locale::word(view.lang, "app-console-closed"));
            commands.entity(*window).despawn();
        } else if let Ok(screen) = screens.get(*window) {
            if !screen.is_broadcast() {
                closed.push((*window, screen));
            } else if consoles.is_empty() && (supply.live.is_none() || wishes.quit()) {
                exit.write(AppExit::Success);
            } else if consoles.is_empty() {
                // On air a window that is closed by accident stays; asked twice it is no accident.
                tracing::warn!("{}", locale::word(view.lang, "app-program-sure"));
            } else {
                tracing::warn!("{}", locale::word(view.lang, "app-program-stays"));
            }
        }
    }
    // Destroyed from outside: the next frame opens the program anew.
    for WindowDestroyed { window } in destroyed.read() {
        if let Ok(screen) = screens.get(*window) {
            if screen.is_broadcast() {
                tracing::warn!("{}", locale::word(view.lang, "app-program-reopened"));
                commands.entity(screen.camera).despawn();
                commands.entity(*window).despawn();
            } else {
                closed.push((*window, screen));
            }
        } else if consoles.contains(*window) {
            commands.entity(*window).despawn();
        }
    }
    for (window, screen) in closed {
        tracing::info!("{}", locale::word(view.lang, "app-host-closed"));
        places.with_host = false;
        on_air.windows.remove(&screen.output);
        commands.entity(screen.camera).try_despawn();
        commands.entity(window).try_despawn();
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
    outputs: Query<&Window, With<Screen>>,
    monitors: Query<&Monitor>,
    view: Res<View>,
    mut commands: Commands,
) {
    if asked.read().count() > 0 && consoles.is_empty() {
        let window = console::window(view.lang);
        let screens: Vec<IRect> = monitors.iter().map(beside::screen).collect();
        let taken: Vec<IRect> = outputs.iter().map(beside::lies).collect();
        let position = beside::place(&taken, beside::lies(&window).size(), &screens);
        commands.spawn((Window { position, ..window }, PrimaryWindow));
    }
}

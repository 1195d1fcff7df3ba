//! The console's window and camera, and when it is drawn.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Instant,
};

use bevy::{
    camera::RenderTarget,
    prelude::*,
    window::{
        PresentMode, PrimaryWindow, WindowOccluded, WindowRef, WindowResizeConstraints, WindowResized, WindowResolution,
    },
};
use bevy_egui::{
    EguiContext, EguiContextSettings, EguiFullOutput, EguiGlobalSettings, EguiInput, EguiInputSystemSettings,
    EguiOutput, EguiPlugin, EguiPostUpdateSet, EguiTextureHandle, EguiUserTextures, PrimaryEguiContext, egui,
};

use super::{Failures, Own, Typing, View, Wishes, bar, fonts, screen, style};
use crate::{
    desk::{Command, Orders, Wish},
    director::Director,
    locale::{self, Lang},
    show::state::Clock,
};

/// The window's size when it opens, logical px.
const SIZE: (u32, u32) = (1360, 840);
/// Smaller, its panels would lie over each other, logical px.
const LEAST: (f32, f32) = (1100.0, 640.0);
/// Drawings after an input: the first takes it in, the second shows what it did.
const SETTLING: u8 = 2;

/// The camera that draws the console.
#[derive(Component)]
pub struct ConsoleCamera;

/// The operator's window, which is the primary one: what strays lands here, never on air.
pub fn window(lang: Lang) -> Window {
    Window {
        title: locale::word(lang, "console-title").to_owned(),
        resolution: WindowResolution::new(SIZE.0, SIZE.1),
        // Never waits for a screen: the program alone does.
        present_mode: PresentMode::Mailbox,
        resize_constraints: WindowResizeConstraints { min_width: LEAST.0, min_height: LEAST.1, ..default() },
        ..default()
    }
}

pub fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default());
    app.world_mut().resource_mut::<EguiGlobalSettings>().auto_create_primary_context = false;
    app.init_resource::<Typing>().init_resource::<Wishes>().init_resource::<Failures>();
    app.add_systems(PreUpdate, attend.before(bevy_egui::EguiPreUpdateSet::InitContexts))
        .add_systems(PostUpdate, draw.in_set(EguiPostUpdateSet::EndPass));
}

/// Gives every console that opens its camera, and takes it from one that has closed.
fn attend(
    opened: Query<Entity, Added<PrimaryWindow>>,
    windows: Query<(), With<PrimaryWindow>>,
    cameras: Query<Entity, With<ConsoleCamera>>,
    mut commands: Commands,
) {
    if windows.is_empty() {
        for camera in &cameras {
            commands.entity(camera).despawn();
        }
    }
    for window in &opened {
        commands.spawn((
            ConsoleCamera,
            Camera2d,
            Camera { clear_color: ClearColorConfig::Custom(style::clear()), ..default() },
            Msaa::Off,
            RenderTarget::Window(WindowRef::Entity(window)),
            PrimaryEguiContext,
            EguiContextSettings {
                // Run when there is something to show, not every frame.
                run_manually: true,
                input_system_settings: EguiInputSystemSettings::default(),
                enable_cursor_icon_updates: false,
                enable_ime: true,
            },
        ));
    }
}

/// What decides whether the console looks different.
#[derive(PartialEq)]
struct Seen {
    view: View,
    /// Shown to the tenth of a second where a tape or a countdown runs; else only ages are shown, to the second.
    time: i64,
    /// What the desk did, what it laid ready, and what waits for a take.
    acts: (u64, usize, bool),
    wishes: (bool, u64),
    horizon: u64,
    events: u64,
    problems: u64,
    over: usize,
    playing: bool,
    rate: f64,
}

impl Seen {
    fn of(director: &Director, view: &View, wishes: &Wishes, own: &Own) -> Self {
        let mut view = view.clone();
        if let Some(feed) = &mut view.feed {
            // These move without anything to be seen.
            feed.last_message_us = None;
            feed.queue_len = 0;
            feed.clock.offset_us /= 1000;
            feed.clock.slewing_us = 0;
            // Shown to the tenth of a millisecond.
            feed.clock.error_bound_us = feed.clock.error_bound_us.map(|us| us / 100);
        }
        for sink in &mut view.sinks {
            // Counted up with every frame and not shown; what is shown of the pace is read, not watched.
            (sink.written, sink.repeated) = (0, 0);
            sink.fps_tenths /= 10;
            sink.latency_tenth_ms = (sink.latency_tenth_ms.0 / 10, sink.latency_tenth_ms.1 / 10);
        }
        let desk = &director.air().desk;
        let runs = director.transport().is_some() || director.show().core.clock.as_ref().is_some_and(Clock::is_running);
        Self {
            view,
            time: director.now_us().div_euclid(if runs { 100_000 } else { 1_000_000 }),
            acts: (desk.n, desk.hold.as_ref().map_or(0, |hold| hold.queue.len()), director.loaded().is_some()),
            wishes: (wishes.is_quit_asked(), own.changes),
            horizon: director.horizon(),
            events: director.log().total(),
            problems: director.problems.total(),
            over: director.problems.present().count(),
            playing: director.transport().is_some_and(|transport| transport.playing),
            rate: director.transport().map_or(1.0, crate::director::Transport::rate),
        }
    }

    fn is(&self, other: &Self) -> bool {
        let key = |seen: &Self| {
            (seen.time, seen.acts, seen.wishes, seen.horizon, seen.events, seen.problems, seen.over, seen.playing)
        };
        self.view == other.view && key(self) == key(other) && self.rate.to_bits() == other.rate.to_bits()
    }
}

/// What the console remembers between two drawings.
#[derive(Default)]
pub struct Memory {
    seen: Option<Seen>,
    drawn_at: Option<Instant>,
    owed: u8,
    hidden: bool,
    fitted: Option<Entity>,
    screen: screen::Screen,
}

fn draw(
    mut contexts: Query<
        (Entity, &mut EguiContext, &mut EguiInput, &mut EguiFullOutput, &EguiOutput, &mut Camera),
        With<ConsoleCamera>,
    >,
    director: Res<Director>,
    view: Res<View>,
    mut own: ResMut<Own>,
    mut hands: (ResMut<Typing>, ResMut<Wishes>, ResMut<Failures>),
    mut textures: ResMut<EguiUserTextures>,
    mut orders: ResMut<Orders>,
    mut occluded: MessageReader<WindowOccluded>,
    mut resized: MessageReader<WindowResized>,
    windows: Query<(), With<PrimaryWindow>>,
    mut memory: Local<Memory>,
) {
    let memory = &mut *memory;
    let (typing, wishes, failures) = (&mut *hands.0, &mut *hands.1, &mut *hands.2);
    let mut settings = own.settings.clone();
    for wish in std::mem::take(&mut wishes.list) {
        memory.screen.wish(wish, &mut settings, view.lang, &mut orders);
        memory.owed = memory.owed.max(SETTLING);
    }
    for message in occluded.read().filter(|message| windows.contains(message.window)) {
        memory.hidden = message.occluded;
        memory.owed = SETTLING;
    }
    if resized.read().any(|message| windows.contains(message.window)) {
        memory.owed = SETTLING;
    }
    for (entity, mut context, mut input, mut output, last, mut camera) in &mut contexts {
        let context = context.get_mut();
        if memory.fitted != Some(entity) {
            memory.fitted = Some(entity);
            memory.owed = SETTLING + 1;
            memory.hidden = false;
            fonts::install(context);
            style::install(context);
        }
        // bevy_egui says every frame which modifiers are held; that alone is nothing to draw for.
        input.events.retain(|event| !matches!(event, egui::Event::ModifiersChanged(_)));
        if !input.events.is_empty() {
            memory.owed = memory.owed.max(SETTLING);
        }
        let now = Instant::now();
        let due = memory.drawn_at.is_none_or(|at| now.duration_since(at) >= view.pace);
        let ready = camera.physical_target_size().is_some_and(|size| size.min_element() > 1);
        let mut wanted = ready && due && memory.owed > 0;
        if ready && due && !wanted {
            let seen = Seen::of(&director, &view, wishes, &own);
            wanted = memory.seen.as_ref().is_none_or(|last| !last.is(&seen));
        }
        wanted &= !memory.hidden;
        if camera.is_active != wanted {
            camera.is_active = wanted;
        }
        if !wanted {
            // bevy_egui wants an output of every context every frame.
            output.0 = Some(egui::FullOutput { pixels_per_point: last.pixels_per_point, ..default() });
            continue;
        }
        memory.drawn_at = Some(now);
        memory.owed = memory.owed.saturating_sub(1);
        memory.seen = Some(Seen::of(&director, &view, wishes, &own));
        let pictures = view.pictures.iter().map(|picture| picture.image);
        let textures = pictures.map(|image| image.map(|id| textures.add_image(EguiTextureHandle::Weak(id)))).collect();
        let (is_quit_asked, shown) = (wishes.is_quit_asked(), settings.clone());
        let desk = screen::Desk {
            director: &director,
            view: &view,
            keys: &own.keys,
            textures,
            settings: shown,
            is_quit_asked,
        };
        let mut given = Orders::default();
        let mut fell = false;
        let full = context.run_ui(input.take(), |ui| {
            // Panels fail by themselves; what holds them together may not take the program with it either.
            let drawn = catch_unwind(AssertUnwindSafe(|| memory.screen.show(ui, &desk, &mut settings, &mut given)));
            fell = drawn.is_err();
        });
        if fell {
            tracing::error!("the console could not be drawn and begins anew");
            memory.screen = screen::Screen::default();
        }
        for order in given.take() {
            // Locked, a click does nothing but take the lock off.
            if !view.locked || matches!(order.command, Command::Lock { .. } | Command::Acknowledge { .. }) {
                orders.push(order);
            }
        }
        failures.0.extend(memory.screen.guard.news());
        match bar::asked(context) {
            Some(Wish::Quit) if !view.locked && wishes.quit() => orders.give(Command::Quit {}),
            Some(Wish::Quit) => {}
            Some(wish) => memory.screen.wish(wish, &mut settings, view.lang, &mut orders),
            None => {}
        }
        let text = context.text_edit_focused();
        *typing = Typing { text, focus: context.egui_wants_keyboard_input() && !text };
        if context.has_requested_repaint() {
            memory.owed = memory.owed.max(1);
        }
        output.0 = Some(full);
    }
    if contexts.is_empty() {
        *typing = Typing::default();
    }
    if settings != own.settings {
        own.settings = settings;
        own.changes += 1;
        memory.owed = memory.owed.max(SETTLING);
    }
}

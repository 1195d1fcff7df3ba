//! Rough handling, for tests of debug builds alone: a file that the environment names says what is to break now.

use std::{env, fs, path::PathBuf};

use bevy::{
    ecs::entity::EntityHashSet,
    prelude::*,
    render::{
        Extract, ExtractSchedule, Render, RenderApp, RenderSystems,
        renderer::RenderDevice,
        view::{ExtractedWindows, prepare_view_attachments, prepare_windows},
    },
};

use super::control::Remote;
use crate::stage::Link;

/// Names the file; without it nothing ever breaks.
const FILE: &str = "LEITAI_ROUGH_HANDLING";

#[derive(Resource)]
struct Rough(PathBuf);

/// Surfaces that bring no picture any more: those of the windows that are open now.
#[derive(Resource, Default)]
struct Broken {
    all: bool,
    windows: EntityHashSet,
}

pub fn plugin(app: &mut App) {
    let Some(file) = env::var_os(FILE) else { return };
    app.insert_resource(Rough(file.into())).init_resource::<Broken>().add_systems(First, handle);
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.init_resource::<Broken>().add_systems(ExtractSchedule, extract).add_systems(
            Render,
            withhold.after(prepare_windows).before(prepare_view_attachments).in_set(RenderSystems::PrepareViews),
        );
    }
}

fn handle(
    rough: Res<Rough>,
    device: Option<Res<RenderDevice>>,
    link: Res<Link>,
    remote: Res<Remote>,
    mut broken: ResMut<Broken>,
) {
    broken.all = false;
    let Ok(what) = fs::read_to_string(&rough.0) else { return };
    if fs::remove_file(&rough.0).is_err() {
        return;
    }
    tracing::warn!("rough handling: {what}");
    match what.trim() {
        "loop" => loop {
            std::hint::spin_loop();
        },
        "remote" => remote.hang(),
        "abort" => std::process::abort(),
        "device" => device.iter().for_each(|device| device.wgpu_device().destroy()),
        // Windows have surfaces from here on, also where the processor draws.
        "surfaces" => link.lock().has_no_direct_way = true,
        "surfaces-lost" => broken.all = true,
        other => tracing::warn!("nothing breaks by {other}"),
    }
}

fn extract(main: Extract<Res<Broken>>, windows: Res<ExtractedWindows>, mut broken: ResMut<Broken>) {
    if main.all {
        broken.windows = windows.windows.keys().copied().collect();
    }
}

/// What a surface that is lost gives: nothing.
fn withhold(mut windows: ResMut<ExtractedWindows>, broken: Res<Broken>) {
    for window in &broken.windows {
        if let Some(window) = windows.get_mut(window) {
            window.swap_chain_texture = None;
            window.swap_chain_texture_view = None;
        }
    }
}

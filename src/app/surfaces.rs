//! Surfaces: a window whose surface gives nothing to draw on any more is opened anew. Bevy makes a surface once.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bevy::{
    prelude::*,
    render::{Render, RenderApp, RenderSystems, camera::ExtractedCamera, view::ExtractedWindows},
    window::RequestRedraw,
};

use super::screens::Screen;
use crate::{console::View, locale};

/// A surface that gives nothing for so long is lost; a resize takes less.
const LOST: Duration = Duration::from_millis(400);

/// Since when windows that were to be drawn could not be; both worlds hold a clone.
#[derive(Resource, Clone, Default)]
struct Bare(Arc<Mutex<BTreeMap<Entity, Instant>>>);

pub fn plugin(app: &mut App) {
    let bare = Bare::default();
    app.insert_resource(bare.clone()).add_systems(PreUpdate, renew);
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.insert_resource(bare).add_systems(Render, look.in_set(RenderSystems::Queue));
    }
}

/// Which of the windows that are drawn in this frame have nothing to be drawn on.
fn look(windows: Res<ExtractedWindows>, cameras: Query<&ExtractedCamera>, bare: Res<Bare>) {
    let mut bare = bare.0.lock().unwrap_or_else(PoisonError::into_inner);
    bare.retain(|window, _| windows.contains_key(window));
    for camera in &cameras {
        let Some(bevy::camera::NormalizedRenderTarget::Window(window)) = camera.target else { continue };
        let Some(extracted) = windows.get(&window.entity()) else { continue };
        if extracted.swap_chain_texture_view.is_some() {
            bare.remove(&window.entity());
        } else {
            bare.entry(window.entity()).or_insert_with(Instant::now);
        }
    }
}

/// Draws again what could not be drawn, and opens anew what never can.
fn renew(
    bare: Res<Bare>,
    screens: Query<&Screen>,
    view: Res<View>,
    mut redraw: MessageWriter<RequestRedraw>,
    mut commands: Commands,
) {
    let mut bare = bare.0.lock().unwrap_or_else(PoisonError::into_inner);
    if bare.is_empty() {
        return;
    }
    redraw.write(RequestRedraw);
    let lost: Vec<Entity> =
        bare.iter().filter(|(_, since)| since.elapsed() > LOST).map(|(window, _)| *window).collect();
    for window in lost {
        bare.remove(&window);
        // The console is opened anew by its key.
        if let Ok(screen) = screens.get(window) {
            tracing::warn!("{}", locale::word(view.lang, "app-surface-renewed"));
            commands.entity(screen.camera).try_despawn();
            commands.entity(window).try_despawn();
        }
    }
}

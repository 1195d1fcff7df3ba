//! Bars of the trace for what the engine does around our own phases: the main world's systems, extraction, preparation.

use bevy::prelude::*;
use bevy::render::{Render, RenderApp, RenderSystems};

use crate::phase::bar;

/// Only where somebody traces: a system costs an idle frame something even when it does nothing.
pub fn plugin(app: &mut App) {
    if !tracing::enabled!(target: crate::phase::TARGET, tracing::Level::TRACE) {
        return;
    }
    app.add_systems(First, || bar!("main")).add_systems(Last, || bar!("extract"));
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.add_systems(
            Render,
            (
                (|| bar!("prepare assets")).before(RenderSystems::PrepareAssets).after(RenderSystems::ExtractCommands),
                (|| bar!("queue")).before(RenderSystems::Queue).after(RenderSystems::PrepareAssets),
                (|| bar!("prepare")).before(RenderSystems::Prepare).after(RenderSystems::PhaseSort),
                (|| bar!("render")).before(RenderSystems::Render).after(RenderSystems::Prepare),
                (|| bar!("clean up")).before(RenderSystems::Cleanup).after(RenderSystems::Render),
                (|| bar!("")).after(RenderSystems::PostCleanup),
            ),
        );
    }
}

//! The stage: [`Frame`](crate::show::frame::Frame)s turned into pixels, one for each output.
//!
//! Per update and output the frame is compared with what is shown: a layer whose content changed is drawn into its own
//! texture by its own camera, a layer that only moved is not; then the compositor lays the layers onto the output's
//! texture inside the damage, and what leaves of it is folded and given its look. Nothing changed means no camera, no pass, no copy. Pipelined rendering must be off.

mod ahead;
mod bars;
mod compositor;
mod damage;
mod deliver;
mod deliveries;
mod delta;
mod direct;
mod film;
mod folding;
mod geometry;
mod headless;
mod icon;
mod keytest;
mod layers;
mod link;
mod looks;
mod outputs;
mod pass;
mod picture;
mod pipelines;
mod pixels;
mod placing;
mod pool;
mod present;
mod reach;
mod readback;
mod shape;
mod shown;
mod soft;
mod takeup;
mod text;
mod tree;
mod warm;

use bevy::asset::AssetEventSystems;
use bevy::core_pipeline::schedule::camera_driver;
use bevy::ecs::message::{MessageRegistry, ShouldUpdateMessages};
use bevy::ecs::schedule::SingleThreadedExecutor;
use bevy::prelude::*;
use bevy::render::camera::extract_cameras;
use bevy::render::renderer::{RenderGraph, RenderGraphSystems};
use bevy::render::settings::WgpuSettings;
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderPlugin, RenderSystems};
use bevy::text::load_font_assets_into_font_collection;
use bevy::ui::UiSystems;
use bevy::ui::widget::text_system;

pub use deliveries::{Deliveries, DeliveryId};
pub use film::Reels;
pub use headless::{AdapterInfo, Headless, empty_app};
pub use keytest::key_self_test;
pub use link::{Counters, Link};
pub use outputs::{OutputId, Outputs};
pub use pixels::Captured;
pub use present::{Fit, Presenter, Shows, presenter};
pub use soft::Composes;
pub use text::MOST_ATLAS_BYTES;

use crate::show::told::told;

/// The output whose pixels are wanted on the CPU after this update (see [`Link`]).
#[derive(Resource, Clone, Copy, Default)]
pub struct Capture(pub Option<OutputId>);

/// When the stage works within `Update`: set [`Outputs`] before.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct StageSystems;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// No adapter, or the renderer did not start.
    #[error(
        "There is no graphics adapter to draw with: install a Vulkan driver (mesa-vulkan-drivers draws in software)."
    )]
    NoAdapter,
    /// A raster without pixels, or larger than the adapter's textures.
    #[error("A raster of {width}×{height} px cannot be drawn: each side must be 1 to {largest} px.")]
    Raster { width: u32, height: u32, largest: u32 },
    /// Layers did not become ready.
    #[error(
        "The picture was not ready after {seconds} s: a shader or a font of this program does not load on this adapter; \
         `leitai doctor` names the adapter."
    )]
    NotReady { seconds: u64 },
}

told!(StageError {
    NoAdapter => "stage-no-adapter",
    Raster { width, height, largest } => "stage-raster",
    NotReady { seconds } => "stage-not-ready",
});

/// Adds the stage to an app that has Bevy's UI and renderer.
pub fn plugin(app: &mut App) {
    // Bevy lets messages go with the steps of a time that stands still where no window is: all would be kept.
    app.world_mut().resource_mut::<MessageRegistry>().should_update = ShouldUpdateMessages::Always;
    app.add_plugins((shape::plugin, present::plugin, bars::plugin))
        .init_resource::<picture::Held>()
        .init_resource::<Reels>()
        .init_resource::<Outputs>()
        .init_resource::<Capture>()
        .init_resource::<Link>()
        .init_resource::<Deliveries>()
        .init_resource::<deliveries::Jobs>()
        .init_resource::<compositor::Work>()
        .init_resource::<Composes>()
        .init_resource::<text::Faces>()
        .init_resource::<warm::Warm>()
        .add_systems(First, pool::rest)
        .add_systems(
            Update,
            (layers::settle, layers::plan, warm::rasterise, deliveries::arrange, present::arm)
                .chain()
                .in_set(StageSystems),
        )
        .add_systems(
            PostUpdate,
            text::order_fallbacks.after(load_font_assets_into_font_collection).before(UiSystems::Content),
        )
        .add_systems(
            PostUpdate,
            text::snap_glyphs.after(text_system).before(AssetEventSystems).in_set(UiSystems::PostLayout),
        );
    let link = app.world().resource::<Link>().clone();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(link)
            .init_resource::<compositor::Work>()
            .init_resource::<compositor::Gpu>()
            .init_resource::<soft::Soft>()
            .init_resource::<Composes>()
            .init_resource::<deliveries::Jobs>()
            .init_resource::<deliver::Dispatch>()
            .init_resource::<direct::Direct>()
            .add_schedule(pass::schedule())
            .add_schedule(present::schedule())
            .add_systems(
                ExtractSchedule,
                (compositor::extract, deliver::extract, direct::withhold.after(extract_cameras)),
            )
            .configure_sets(Render, RenderSystems::PrepareBindGroups.run_if(pass::anything))
            .add_systems(Render, pass::without_depth.in_set(RenderSystems::PrepareViews))
            .add_systems(
                RenderGraph,
                (compositor::composite, direct::show, deliver::deliver, present::present)
                    .chain()
                    .in_set(RenderGraphSystems::Finish)
                    .after(camera_driver),
            );
    }
}

/// Bevy's renderer as every mode uses it: what is not compiled is not skipped, and memory that is free is given back, so
/// that a long show stays as small as its largest picture.
pub fn renderer() -> RenderPlugin {
    let settings = WgpuSettings { memory_hints: wgpu::MemoryHints::MemoryUsage, ..default() };
    RenderPlugin { synchronous_pipeline_compilation: true, render_creation: settings.into(), ..default() }
}

/// Says that nobody but windows and deliveries looks at the pictures' textures: there is no desk.
pub fn unseen(app: &mut App) {
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.world_mut().resource_mut::<soft::Soft>().is_unseen = true;
    }
}

/// Runs every schedule of both worlds on one thread, which halves a frame's cost; call it after `cleanup`.
pub fn single_threaded(app: &mut App) {
    let executors = |world: &mut World| {
        if let Some(mut schedules) = world.get_resource_mut::<Schedules>() {
            for (_, schedule) in schedules.iter_mut() {
                schedule.set_executor(SingleThreadedExecutor::new());
            }
        }
    };
    executors(app.world_mut());
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        executors(render.world_mut());
    }
}

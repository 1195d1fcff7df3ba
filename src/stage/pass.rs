//! The layer pass: a layer's UI straight into its texture, with none of Core2d's extra passes.

use bevy::camera::NormalizedRenderTarget;
use bevy::ecs::schedule::{ScheduleBuildSettings, ScheduleLabel};
use bevy::prelude::*;
use bevy::render::camera::ExtractedCamera;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_phase::{CachedRenderPipelinePhaseItem, ViewSortedRenderPhases};
use bevy::render::render_resource::{
    LoadOp, Operations, PipelineCache, RenderPassColorAttachment, RenderPassDescriptor, StoreOp,
};
use bevy::render::renderer::{RenderContext, ViewQuery};
use bevy::render::texture::GpuImage;
use bevy::render::view::ExtractedView;
use bevy::sprite_render::SpriteAssetEvents;
use bevy::ui_render::{ExtractedUiNodes, TransparentUi, UiCameraView};

use super::compositor::{Gpu, Work};
use super::link::Link;
use super::pipelines::FORMAT;
use crate::phase::phase;

/// The whole render graph of a layer camera.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct LayerGraph;

pub fn schedule() -> Schedule {
    let mut schedule = Schedule::new(LayerGraph);
    schedule.set_build_settings(ScheduleBuildSettings { auto_insert_apply_deferred: false, ..default() });
    schedule.add_systems(draw_layer);
    schedule
}

/// A layer has no depth: Bevy would keep a buffer of it for each size of layer, which nobody reads.
pub fn without_depth(mut commands: Commands, views: Query<(Entity, &ExtractedCamera), With<Camera2d>>) {
    let graph = LayerGraph.intern();
    for (view, _) in views.iter().filter(|(_, camera)| camera.schedule == graph) {
        commands.entity(view).remove::<Camera2d>();
    }
}

/// Whether a camera draws in this update, or a picture that one may draw has changed. Bevy would bind its views' numbers
/// anew for every kind of node in every update, also while nothing is drawn.
pub fn anything(
    views: Query<(), With<ExtractedView>>,
    nodes: Res<ExtractedUiNodes>,
    changed: Res<SpriteAssetEvents>,
) -> bool {
    !views.is_empty() || !nodes.uinodes.is_empty() || !changed.images.is_empty()
}

/// Draws one layer, but only whole: while a pipeline or a node's resources are missing the old texture stays
/// and the layer is asked for again.
#[expect(clippy::too_many_arguments, reason = "a render system names what it reads")]
fn draw_layer(
    world: &World,
    view: ViewQuery<(&UiCameraView, &ExtractedCamera)>,
    ui_views: Query<&ExtractedView>,
    phases: Res<ViewSortedRenderPhases<TransparentUi>>,
    images: Res<RenderAssets<GpuImage>>,
    pipelines: Res<PipelineCache>,
    work: Res<Work>,
    link: Res<Link>,
    gpu: Res<Gpu>,
    mut context: RenderContext,
) {
    let _phase = phase!("draw layer");
    let (ui_view, camera) = view.into_inner();
    let Some(NormalizedRenderTarget::Image(target)) = &camera.target else { return };
    let Some(image) = images.get(&target.handle) else { return };
    let Ok(extracted) = ui_views.get(ui_view.0) else { return };
    let Some(phase) = phases.get(&extracted.retained_view_entity) else { return };
    let main_camera = extracted.retained_view_entity.main_entity.id();
    let Some((output, wanted)) = work.draw(main_camera) else { return };
    if phase.items.len() < wanted.least_draws
        || phase.items.values().any(|item| pipelines.get_render_pipeline(item.cached_pipeline()).is_none())
    {
        return;
    }
    // What is drawn in part has only what reaches there, and is cleared there: without the compositor's pipeline (before
    // its first work) it waits.
    if wanted.partial.is_some() && gpu.pipelines.is_none() {
        return;
    }
    let partial = wanted.partial.zip(gpu.pipelines.as_ref());
    let load = if partial.is_some() { LoadOp::Load } else { LoadOp::Clear(LinearRgba::NONE.into()) };
    let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
        label: Some("layer"),
        color_attachments: &[Some(RenderPassColorAttachment {
            view: &image.texture_view,
            depth_slice: None,
            resolve_target: None,
            ops: Operations { load, store: StoreOp::Store },
        })],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    if let Some((rect, pipelines)) = partial {
        let (min, size) = (rect.min.as_uvec2(), rect.size().as_uvec2());
        pass.set_scissor_rect(min.x, min.y, size.x, size.y);
        pipelines.clear(pass.wgpu_pass(), FORMAT);
    }
    if !phase.items.is_empty()
        && let Err(problem) = phase.render(&mut pass, world, ui_view.0)
    {
        error!("A layer could not be drawn and keeps its last picture: {problem:?}.");
        return;
    }
    let mut shared = link.lock();
    shared.drawn.push(main_camera);
    shared.of(output).counters.layers_drawn += 1;
}

//! Presenting: an output's texture in a window, pixel by pixel, drawn only when one of them changed.

use std::collections::HashSet;

use bevy::camera::RenderTarget;
use bevy::ecs::schedule::{ScheduleBuildSettings, ScheduleLabel};
use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::camera::{CameraRenderGraph, ExtractedCamera};
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::render_asset::RenderAssets;
use bevy::render::renderer::{RenderDevice, RenderQueue};
use bevy::render::texture::GpuImage;
use bevy::render::view::ViewTarget;
use bevy::window::{RequestRedraw, WindowBackendScaleFactorChanged, WindowOccluded, WindowRef, WindowResized};

use super::compositor::{Gpu, Work};
use super::outputs::{OutputId, Outputs};
use super::pipelines::{Laying, Pipelines, Uniform};

/// Frames drawn after a change: the swap chain's other images must show it too.
const REPEATS: u8 = 3;

/// A camera that shows an output in its window. Spawn it with [`presenter`].
#[derive(Component, Clone, Copy, ExtractComponent)]
pub struct Presenter {
    window: Entity,
    output: OutputId,
    /// Frames still to be drawn.
    owed: u8,
}

/// The render graph of a presenting camera: empty, the drawing happens after the compositor.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PresentGraph;

/// Everything a camera needs to show `output` in `window`, centred, black where the sizes differ.
pub fn presenter(window: Entity, output: OutputId) -> impl Bundle {
    (
        Presenter { window, output, owed: REPEATS },
        Camera2d,
        Camera { clear_color: ClearColorConfig::Custom(Color::BLACK), ..default() },
        Msaa::Off,
        RenderTarget::Window(WindowRef::Entity(window)),
        CameraRenderGraph::new(PresentGraph),
    )
}

pub fn schedule() -> Schedule {
    let mut schedule = Schedule::new(PresentGraph);
    schedule.set_build_settings(ScheduleBuildSettings { auto_insert_apply_deferred: false, ..default() });
    schedule
}

pub fn plugin(app: &mut App) {
    app.add_plugins(ExtractComponentPlugin::<Presenter>::default());
}

/// Switches presenting cameras on for the frames in which their window must be drawn.
pub fn arm(
    mut presenters: Query<(&mut Presenter, &mut Camera)>,
    work: Res<Work>,
    mut resized: MessageReader<WindowResized>,
    mut rescaled: MessageReader<WindowBackendScaleFactorChanged>,
    mut occluded: MessageReader<WindowOccluded>,
    mut redraw: MessageReader<RequestRedraw>,
) {
    let mut windows: HashSet<Entity> = resized.read().map(|m| m.window).collect();
    windows.extend(rescaled.read().map(|m| m.window));
    windows.extend(occluded.read().map(|m| m.window));
    let all = redraw.read().count() > 0;
    for (mut presenter, mut camera) in &mut presenters {
        if all || windows.contains(&presenter.window) || work.damages(presenter.output) {
            presenter.owed = REPEATS;
        }
        let active = presenter.owed > 0;
        if active {
            presenter.owed -= 1;
        }
        if camera.is_active != active {
            camera.is_active = active;
        }
    }
}

/// The outputs' textures, in the render world.
#[derive(Resource, Default)]
pub struct Sources(Vec<(OutputId, AssetId<Image>)>);

pub fn extract(outputs: Extract<Res<Outputs>>, mut sources: ResMut<Sources>) {
    sources.0.clear();
    sources.0.extend(outputs.open().map(|(id, open)| (id, open.shown.image.id())));
}

/// Runs after the compositor, before the windows are presented.
pub fn present(
    views: Query<(&ViewTarget, &ExtractedCamera, &Presenter)>,
    sources: Res<Sources>,
    images: Res<RenderAssets<GpuImage>>,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    mut gpu: ResMut<Gpu>,
) {
    if views.is_empty() {
        return;
    }
    let device = device.wgpu_device();
    let pipelines = gpu.pipelines.get_or_insert_with(|| Pipelines::new(device));
    for (view, camera, presenter) in &views {
        let Some((_, source)) = sources.0.iter().find(|(id, _)| *id == presenter.output) else { continue };
        let Some(picture) = images.get(*source) else { continue };
        if !pipelines.bind(device, &images, *source) {
            continue;
        }
        let size = UVec2::new(picture.texture_descriptor.size.width, picture.texture_descriptor.size.height);
        let (Some(window_size), Some(format)) = (camera.physical_target_size, view.out_texture_view_format()) else {
            continue;
        };
        let Some(attachment) = view.out_texture_color_attachment(Some(LinearRgba::BLACK)) else { continue };
        pipelines.make(device, Laying::Present, format);
        let at = (window_size.as_ivec2() - size.as_ivec2()) / 2;
        let quad = [at.x as f32, at.y as f32, size.x as f32, size.y as f32];
        pipelines.write(device, &queue, &[Uniform { quad, opacity: 1.0 }]);
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("present") });
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("present"),
                color_attachments: &[Some(attachment)],
                depth_stencil_attachment: None,
                timestamp_writes: None,
                occlusion_query_set: None,
                multiview_mask: None,
            });
            pipelines.draw(&mut pass, Laying::Present, format, 0, *source);
        }
        queue.submit([encoder.finish()]);
    }
}

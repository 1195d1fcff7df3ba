//! Presenting: the program texture in a window, pixel by pixel, drawn only when one of them changed.

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

use super::ProgramImage;
use super::compositor::{Gpu, Work};
use super::pipelines::{Laying, Pipelines, Uniform};

/// Frames drawn after a change: the swap chain's other images must show it too.
const REPEATS: u8 = 3;

/// A camera that shows the program in its window. Spawn it with [`presenter`].
#[derive(Component, Clone, Copy, ExtractComponent)]
pub struct Presenter {
    window: Entity,
    /// Frames still to be drawn.
    owed: u8,
}

/// The render graph of a presenting camera: empty, the drawing happens after the compositor.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PresentGraph;

/// Everything a camera needs to show the program in `window`, centred, black where the sizes differ.
pub fn presenter(window: Entity) -> impl Bundle {
    (
        Presenter { window, owed: REPEATS },
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
    let all = redraw.read().count() > 0 || work.0.as_ref().is_some_and(|plan| !plan.damage.is_empty());
    for (mut presenter, mut camera) in &mut presenters {
        if all || windows.contains(&presenter.window) {
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

/// The program's image, in the render world.
#[derive(Resource, Default)]
pub struct Source(AssetId<Image>);

pub fn extract(image: Extract<Res<ProgramImage>>, mut source: ResMut<Source>) {
    source.0 = image.0.id();
}

/// Runs after the compositor, before the windows are presented.
pub fn present(
    views: Query<(&ViewTarget, &ExtractedCamera), With<Presenter>>,
    source: Res<Source>,
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
    let Some(program) = images.get(source.0) else { return };
    if !pipelines.bind(device, &images, source.0) {
        return;
    }
    let size = UVec2::new(program.texture_descriptor.size.width, program.texture_descriptor.size.height);
    for (view, camera) in &views {
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
            pipelines.draw(&mut pass, Laying::Present, format, 0, source.0);
        }
        queue.submit([encoder.finish()]);
    }
}

//! Presenting: a picture or a delivery in a window, drawn only when one of them changed.

use std::collections::HashSet;

use bevy::camera::RenderTarget;
use bevy::ecs::schedule::{ScheduleBuildSettings, ScheduleLabel};
use bevy::prelude::*;
use bevy::render::camera::{CameraRenderGraph, ExtractedCamera};
use bevy::render::extract_component::{ExtractComponent, ExtractComponentPlugin};
use bevy::render::render_asset::RenderAssets;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice, RenderQueue};
use bevy::render::texture::GpuImage;
use bevy::render::view::ViewTarget;
use bevy::window::{
    RawHandleWrapper, RequestRedraw, WindowBackendScaleFactorChanged, WindowOccluded, WindowRef, WindowResized,
};

use super::compositor::{Gpu, Work};
use super::deliveries::{Deliveries, DeliveryId, Job};
use super::direct::DirectWindow;
use super::link::Link;
use super::outputs::{OutputId, Outputs};
use super::pipelines::{Laying, Pipelines, Uniform};
use super::soft::Soft;
use crate::phase::phase;
use crate::routing::Look;

/// Frames drawn after a change: the swap chain's other images must show it too.
const REPEATS: u8 = 3;

/// What a window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// As it is composed, over black.
    Picture(OutputId),
    /// As it leaves: folded, and in its look.
    Delivery(DeliveryId),
}

/// How it lies in the window; around it is black, or nothing in a transparent window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Pixel on pixel, centred.
    #[default]
    Centre,
    /// As large as fits whole, smoothly.
    Scale,
}

/// What the colours of a texture have to do with its alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alpha {
    /// As the compositor leaves them: multiplied in linear light.
    Composited,
    Straight,
    /// As they are to leave, whatever that is.
    Final,
}

/// What is made of them for the window, by the shader's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Making {
    #[default]
    Opaque = 0,
    ThroughComposited = 1,
    ThroughStraight = 2,
    Through = 3,
    FillOfComposited = 4,
    OverBlack = 5,
}

impl Making {
    fn is_through(self) -> bool {
        matches!(self, Self::ThroughComposited | Self::ThroughStraight | Self::Through)
    }
}

/// A window that is not seen through has no alpha to give: straight colours are for whoever gets the key too, anybody
/// else sees them over black.
fn making(alpha: Alpha, through: bool, keyed: bool) -> Making {
    match (alpha, through, keyed) {
        (Alpha::Composited, true, _) => Making::ThroughComposited,
        (Alpha::Straight, true, _) => Making::ThroughStraight,
        (Alpha::Final, true, _) => Making::Through,
        (Alpha::Composited, false, true) => Making::FillOfComposited,
        (Alpha::Straight, false, false) => Making::OverBlack,
        (Alpha::Composited, false, false) | (Alpha::Straight, false, true) | (Alpha::Final, false, _) => Making::Opaque,
    }
}

/// A camera that shows a picture in its window. Spawn it with [`presenter`].
#[derive(Component, Clone, ExtractComponent)]
pub struct Presenter {
    pub(super) window: Entity,
    shows: Shows,
    fit: Fit,
    making: Making,
    /// None while there is nothing to show.
    pub(super) source: Option<AssetId<Image>>,
    /// Where the pixels go there without a surface.
    pub(super) direct: Option<DirectWindow>,
    /// Frames still to be drawn.
    owed: u8,
}

/// The render graph of a presenting camera: empty, the drawing happens after the compositor.
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PresentGraph;

/// Everything a camera needs to show something in `window`.
///
/// A window that was opened transparent gets its pixels premultiplied in coded values, as the X server's compositors want
/// them; open it with `CompositeAlphaMode::PreMultiplied` where the surface has that, else with `Auto`.
pub fn presenter(window: Entity, shows: Shows, fit: Fit) -> impl Bundle {
    (
        Presenter { window, shows, fit, making: Making::default(), source: None, direct: None, owed: REPEATS },
        Camera2d,
        Camera { clear_color: ClearColorConfig::Custom(Color::NONE), ..default() },
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
    windows: Query<(&Window, Option<&RawHandleWrapper>)>,
    adapter: Option<Res<RenderAdapterInfo>>,
    link: Res<Link>,
    work: Res<Work>,
    outputs: Res<Outputs>,
    deliveries: Res<Deliveries>,
    mut resized: MessageReader<WindowResized>,
    mut rescaled: MessageReader<WindowBackendScaleFactorChanged>,
    mut occluded: MessageReader<WindowOccluded>,
    mut redraw: MessageReader<RequestRedraw>,
) {
    let mut touched: HashSet<Entity> = resized.read().map(|m| m.window).collect();
    touched.extend(rescaled.read().map(|m| m.window));
    touched.extend(occluded.read().map(|m| m.window));
    let all = redraw.read().count() > 0;
    let in_software = adapter.is_some_and(|adapter| adapter.device_type == wgpu::DeviceType::Cpu);
    let may_be_direct = in_software && !link.lock().has_no_direct_way;
    for (mut presenter, mut camera) in &mut presenters {
        let presenter = &mut *presenter;
        let window = windows.get(presenter.window).ok();
        let through = window.is_some_and(|(window, _)| window.transparent);
        let mut is_plain = true;
        let (source, made, output) = match presenter.shows {
            Shows::Picture(id) => (outputs.image(id), making(Alpha::Composited, through, false), Some(id)),
            Shows::Delivery(id) => {
                let job = deliveries.job(id);
                is_plain = job.is_none_or(|job| job.target.is_none());
                let made = job.map(|job| making(alpha_of(job), through, deliveries.is_keyed(job.output)));
                (deliveries.image(id), made.unwrap_or(presenter.making), job.map(|job| job.output))
            }
        };
        let source = source.map(|image| image.id());
        let is_new = (presenter.source, presenter.making) != (source, made);
        (presenter.source, presenter.making) = (source, made);
        let direct = output.filter(|_| may_be_direct && is_plain && made == Making::Opaque).and_then(|output| {
            let (window, handle) = window?;
            let size = window.resolution.physical_size();
            let fits = presenter.fit == Fit::Centre || outputs.frame(output)?.raster == (size.x, size.y);
            fits.then_some(DirectWindow { id: x11_id(handle?)?, size, output })
        });
        let is_other_way = std::mem::replace(&mut presenter.direct, direct).is_some() != direct.is_some();
        let changes = is_other_way || output.is_some_and(|output| work.damages(output));
        if all || is_new || changes || touched.contains(&presenter.window) {
            presenter.owed = REPEATS;
        }
        let active = presenter.owed > 0 && direct.is_none();
        if active {
            presenter.owed -= 1;
        }
        if camera.is_active != active {
            camera.is_active = active;
        }
    }
}

/// The X server's number of a window.
fn x11_id(handle: &RawHandleWrapper) -> Option<u32> {
    match handle.get_window_handle() {
        wgpu::rwh::RawWindowHandle::Xlib(window) => u32::try_from(window.window).ok(),
        wgpu::rwh::RawWindowHandle::Xcb(window) => Some(window.window.get()),
        _ => None,
    }
}

/// Where looks differ from blit to blit, what leaves is meant for eyes or mixers that take it as it is.
fn alpha_of(job: &Job) -> Alpha {
    let is_straight = job.delivery.blits.iter().all(|blit| blit.look == Look::Straight);
    match (job.target, is_straight) {
        (None, _) => Alpha::Composited,
        (Some(_), true) => Alpha::Straight,
        (Some(_), false) => Alpha::Final,
    }
}

/// Where a picture of `size` lies in a window, and how: left, top, width, height.
fn place(window: UVec2, size: UVec2, fit: Fit) -> ([f32; 4], bool) {
    if fit == Fit::Centre || window == size {
        let at = (window.as_ivec2() - size.as_ivec2()) / 2;
        return ([at.x as f32, at.y as f32, size.x as f32, size.y as f32], true);
    }
    let (window, size) = (window.as_vec2(), size.as_vec2());
    let fitted = (size * (window / size).min_element()).round();
    let at = ((window - fitted) / 2.0).floor();
    ([at.x, at.y, fitted.x, fitted.y], false)
}

/// Runs after the deliveries, before the windows are presented.
pub fn present(
    views: Query<(&ViewTarget, &ExtractedCamera, &Presenter)>,
    images: Res<RenderAssets<GpuImage>>,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    mut gpu: ResMut<Gpu>,
    mut soft: ResMut<Soft>,
) {
    if views.is_empty() {
        return;
    }
    let _phase = phase!("present");
    soft.send(None, &images, &queue);
    let device = device.wgpu_device();
    let pipelines = gpu.pipelines.get_or_insert_with(|| Pipelines::new(device));
    for (view, camera, presenter) in &views {
        let source = presenter.source.filter(|source| pipelines.bind(device, &images, *source));
        let size = source.and_then(|source| images.get(source)).map_or(UVec2::ONE, |picture| {
            UVec2::new(picture.texture_descriptor.size.width, picture.texture_descriptor.size.height)
        });
        let (Some(window_size), Some(format)) = (camera.physical_target_size, view.out_texture_view_format()) else {
            continue;
        };
        let around = if presenter.making.is_through() { LinearRgba::NONE } else { LinearRgba::BLACK };
        let Some(attachment) = view.out_texture_color_attachment(Some(around)) else { continue };
        let (quad, exact) = place(window_size, size, presenter.fit);
        let laying = if exact { Laying::Present } else { Laying::PresentScaled };
        pipelines.make(device, laying, format);
        pipelines.write(device, &queue, &[Uniform { quad, opacity: f32::from(presenter.making as u8) }]);
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
            // Without anything to show the window is black.
            if let Some(source) = source {
                pipelines.draw(&mut pass, laying, format, 0, source);
            }
        }
        queue.submit([encoder.finish()]);
    }
}

#[cfg(test)]
#[path = "present_tests.rs"]
mod tests;

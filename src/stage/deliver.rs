//! Delivering: deliveries carried out after the compositor, where their pictures changed, and read back all at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_asset::RenderAssets;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice, RenderQueue};
use bevy::render::texture::GpuImage;

use super::compositor::{origin, scissor};
use super::damage::Damage;
use super::deliveries::{DeliveryId, Job, Jobs};
use super::folding::{laid, mapped, whole};
use super::link::{Left, Link, Shared};
use super::looks::Looks;
use super::pixels::PX_BYTES;
use super::readback::{Readback, Reading, fetch};
use super::soft::{Composes, Soft};
use crate::phase::phase;
use crate::routing::{Blit, Look, Turn};

/// The deliveries' things on the GPU, made when first needed.
#[derive(Resource, Default)]
pub struct Dispatch {
    looks: Option<Looks>,
    readbacks: BTreeMap<DeliveryId, Readback>,
}

pub fn extract(from: Extract<Res<Jobs>>, mut to: ResMut<Jobs>) {
    to.0.clone_from(&from.0);
}

/// Runs after the compositor: one submission for all deliveries, and one wait where pixels are wanted.
pub fn deliver(
    jobs: Res<Jobs>,
    images: Res<RenderAssets<GpuImage>>,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    link: Res<Link>,
    adapter: Res<RenderAdapterInfo>,
    composes: Res<Composes>,
    mut soft: ResMut<Soft>,
    mut dispatch: ResMut<Dispatch>,
) {
    let _phase = phase!("deliver");
    let Dispatch { looks, readbacks } = &mut *dispatch;
    // A closed delivery's texture is gone only when nothing is bound to it.
    if let Some(looks) = looks {
        looks.forget(&images);
    }
    readbacks.retain(|id, _| jobs.0.iter().any(|(job, capture)| job.id == *id && *capture));
    let mut shared = link.lock();
    let due = settle(&jobs, &mut shared);
    if !composes.on_card(&adapter) {
        due.iter().for_each(|job| soft.send(Some(job.output), &images, &queue));
        take_whole(&jobs, &soft, &mut shared);
    }
    if due.is_empty() && !jobs.0.iter().any(|(job, capture)| *capture && shared.delivery(job.id).wants_reading(job)) {
        return;
    }
    let device = device.wgpu_device();
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("deliver") });
    if !due.is_empty() {
        let looks = looks.get_or_insert_with(|| Looks::new(device, &queue));
        let blits: Vec<&Blit> = due.iter().flat_map(|job| &job.delivery.blits).collect();
        looks.write(device, &queue, blits.into_iter());
        let mut first = 0;
        for job in &due {
            let opaque = shared.of(job.output).opaque;
            let left = shared.delivery(job.id);
            if looks.see(device, &images, job.picture) && looks.see(device, &images, job.image()) {
                carry_out(&mut encoder, looks, &images, job, first, opaque, left);
            }
            first += job.delivery.blits.len();
        }
    }
    read(&jobs, &images, device, &queue, encoder, readbacks, &mut shared);
}

/// Takes in what the compositor did; gives the jobs that have something to draw.
fn settle(jobs: &Jobs, shared: &mut Shared) -> Vec<Arc<Job>> {
    let fresh = std::mem::take(&mut shared.fresh);
    let mut due = Vec::new();
    for (job, capture) in &jobs.0 {
        if shared.of(job.output).filled != Some(job.picture) {
            // The picture is yet to come; what has left stays.
            continue;
        }
        let left = shared.delivery(job.id);
        if !*capture {
            left.pixels.end();
        }
        if left.job.as_ref().is_some_and(|last| Arc::ptr_eq(last, job)) {
            for (_, damage) in fresh.iter().filter(|(output, _)| *output == job.output) {
                match job.target {
                    Some(_) => left.due.add_all(&mapped(&job.delivery, damage)),
                    None => left.due.add_all(damage),
                }
            }
        } else {
            left.job = Some(Arc::clone(job));
            left.begins = true;
            left.unread.clear();
            left.due = Damage::default();
            left.due.add(whole(UVec2::from(job.delivery.raster)));
        }
        if job.target.is_none() {
            left.unread.add_all(&std::mem::take(&mut left.due));
            left.begins = false;
        } else if !left.due.is_empty() {
            due.push(Arc::clone(job));
        }
    }
    due
}

/// One blit within one rectangle that is due.
struct Step {
    rect: IRect,
    blit: usize,
    /// Texels go over as they are, so they need not be drawn.
    copied: bool,
}

/// Lays every blit anew within what is due, in their order; `first` is the number of the first one's uniforms.
fn carry_out(
    encoder: &mut wgpu::CommandEncoder,
    looks: &Looks,
    images: &RenderAssets<GpuImage>,
    job: &Job,
    first: usize,
    opaque: bool,
    left: &mut Left,
) {
    let (Some(picture), Some(target), Some(view)) =
        (images.get(job.picture), images.get(job.image()), looks.view(job.image()))
    else {
        return;
    };
    let blits = &job.delivery.blits;
    if std::mem::take(&mut left.begins) {
        drop(pass(encoder, view, wgpu::LoadOp::Clear(ground(blits))));
    }
    let everything = whole(job.picture_raster);
    let mut steps = Vec::new();
    for due in left.due.rects() {
        for (number, blit) in blits.iter().enumerate() {
            let rect = laid(blit, everything, UVec2::from(job.delivery.raster)).intersect(*due);
            if !rect.is_empty() {
                // An opaque picture looks the same straight, premultiplied and over any colour.
                let copied = opaque && blit.turn == Turn::Upright && blit.look != Look::Key;
                steps.push(Step { rect, blit: number, copied });
            }
        }
    }
    for alike in steps.chunk_by(|a, b| a.copied == b.copied) {
        if alike.iter().all(|step| step.copied) {
            alike.iter().for_each(|step| copy(encoder, picture, target, step.rect, &blits[step.blit]));
            continue;
        }
        let mut pass = pass(encoder, view, wgpu::LoadOp::Load);
        for step in alike {
            scissor(&mut pass, step.rect);
            looks.draw(&mut pass, first + step.blit, job.picture);
        }
    }
    left.counters.composites += 1;
    left.counters.composited_px += left.due.area();
    left.unread.add_all(&std::mem::take(&mut left.due));
}

/// What lies where no blit does: black, and clear where alpha leaves too.
fn ground(blits: &[Blit]) -> wgpu::Color {
    let is_opaque = blits.iter().all(|blit| matches!(blit.look, Look::Key | Look::Over(_)));
    if is_opaque { wgpu::Color::BLACK } else { wgpu::Color::TRANSPARENT }
}

fn pass<'a>(
    encoder: &'a mut wgpu::CommandEncoder,
    view: &wgpu::TextureView,
    load: wgpu::LoadOp<wgpu::Color>,
) -> wgpu::RenderPass<'a> {
    encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("deliver"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        })],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    })
}

fn copy(encoder: &mut wgpu::CommandEncoder, from: &GpuImage, to: &GpuImage, rect: IRect, blit: &Blit) {
    let moved = UVec2::new(blit.from.0, blit.from.1).as_ivec2() - UVec2::from(blit.to).as_ivec2();
    encoder.copy_texture_to_texture(
        wgpu::TexelCopyTextureInfo { origin: origin(rect.min + moved), ..from.texture.as_image_copy() },
        wgpu::TexelCopyTextureInfo { origin: origin(rect.min), ..to.texture.as_image_copy() },
        wgpu::Extent3d { width: rect.width() as u32, height: rect.height() as u32, depth_or_array_layers: 1 },
    );
}

/// Gives the deliveries that are pictures as they are, which lie in memory already, their pixels.
fn take_whole(jobs: &Jobs, soft: &Soft, shared: &mut Shared) {
    for (job, _) in jobs.0.iter().filter(|(job, capture)| *capture && job.target.is_none()) {
        let opaque = shared.of(job.output).opaque;
        let left = shared.delivery(job.id);
        if left.wants_reading(job) {
            left.make_room(job);
            let unread = std::mem::take(&mut left.unread);
            left.counters.readbacks += 1;
            left.counters.readback_bytes += unread.area() * PX_BYTES as u64;
            left.pixels.write(&unread, |pixels| soft.straight(job.output, opaque, &unread, pixels));
        }
    }
}

/// Submits, and brings the pixels that are wanted on the CPU up to date.
fn read(
    jobs: &Jobs,
    images: &RenderAssets<GpuImage>,
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    mut encoder: wgpu::CommandEncoder,
    readbacks: &mut BTreeMap<DeliveryId, Readback>,
    shared: &mut Shared,
) {
    for (job, _) in jobs.0.iter().filter(|(_, capture)| *capture) {
        readbacks.entry(job.id).or_default();
    }
    let mut readings: Vec<(&Job, Reading)> = Vec::new();
    for (id, readback) in readbacks.iter_mut() {
        let Some((job, _)) = jobs.0.iter().find(|(job, _)| job.id == *id) else { continue };
        let left = shared.delivery(*id);
        let (Some(image), true) = (images.get(job.image()), left.wants_reading(job)) else { continue };
        left.make_room(job);
        readings.push((&**job, readback.copy(device, &mut encoder, image, &left.unread)));
    }
    let submission = queue.submit([encoder.finish()]);
    if readings.is_empty() {
        return;
    }
    if let Err(problem) = fetch(device, submission, readings.iter().map(|(_, reading)| reading)) {
        error!("The deliveries could not be read back and stay the last ones: {problem}.");
        return;
    }
    for (job, reading) in readings {
        let left = shared.delivery(job.id);
        let unread = std::mem::take(&mut left.unread);
        // The picture's own texture holds what it is composited of; a delivery's what leaves.
        let straighten = job.target.is_none();
        left.counters.readbacks += 1;
        left.counters.readback_bytes += reading.bytes();
        left.pixels.write(&unread, |pixels| reading.unpack(job.delivery.raster.0 as usize, pixels, straighten));
    }
}

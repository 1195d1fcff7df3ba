//! The compositor on the processor: where no graphics card is, pictures are laid together in memory.
//!
//! A software driver runs a shader for every pixel of every layer, decodes and encodes sRGB each time and then copies the
//! result to where it is wanted; here most pixels are copied, few are blended, and the picture is already in memory. Layers
//! are still drawn by Bevy; each is brought to memory when it was drawn.

mod hairlines;
mod laying;
mod light;
mod texels;

use std::collections::{BTreeMap, HashMap};

use bevy::prelude::*;
use bevy::render::render_asset::RenderAssets;
use bevy::render::renderer::{RenderAdapterInfo, RenderQueue};
use bevy::render::texture::GpuImage;
use bevy::tasks::ComputeTaskPool;

pub use self::hairlines::Hairlines;
use self::laying::{Band, Laid, Source};
use self::texels::Texels;
use super::compositor::{Card, DrawWanted, Op, Plan, Work, composited, is_due, origin};
use super::damage::Damage;
use super::folding::whole;
use super::link::Shared;
use super::outputs::OutputId;
use super::pipelines::{FORMAT, Laying, Pipelines};
use super::pixels::PX_BYTES;
use super::readback::{Readback, Reading, fetch, straighten};

/// Fewer damaged pixels than this are laid faster by one thread than two threads are woken.
const WORTH_A_THREAD_PX: i64 = 60_000;
/// Staging buffers that are kept; a new scene brings many layers at once, and rarely.
const KEPT_BUFFERS: usize = 4;

/// Who lays the layers together.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Composes {
    /// The graphics card, unless that is the processor too.
    #[default]
    WhoDraws,
    Card,
    Processor,
}

impl Composes {
    pub fn on_card(self, adapter: &RenderAdapterInfo) -> bool {
        match self {
            Self::WhoDraws => adapter.device_type != wgpu::DeviceType::Cpu,
            Self::Card => true,
            Self::Processor => false,
        }
    }
}

/// Layers and pictures in memory.
#[derive(Resource, Default)]
pub struct Soft {
    /// Nothing but windows and deliveries sees the pictures' textures: they are brought up to date only for these.
    pub is_unseen: bool,
    layers: HashMap<AssetId<Image>, Texels>,
    pictures: BTreeMap<OutputId, Picture>,
    readbacks: Vec<Readback>,
}

/// An output's picture.
struct Picture {
    program: AssetId<Image>,
    raster: UVec2,
    /// As the compositor's texture holds them: premultiplied in linear light, then encoded.
    pixels: Vec<[u8; PX_BYTES]>,
    /// Not yet in the texture.
    unsent: Damage,
}

/// Carries out all plans: brings what was drawn to memory, lays it together and hands the pixels on.
pub fn carry_out(work: &Work, shared: &mut Shared, card: Card, soft: &mut Soft) {
    let Card { images, device, queue, gpu } = card;
    // Layers are cleared in part by the compositor's own pipeline.
    gpu.pipelines.get_or_insert_with(|| Pipelines::new(device)).make(device, Laying::Clear, FORMAT);
    let all = work.0.iter().flat_map(|plan| plan.draws.iter().chain(&plan.ahead));
    let draws = all.filter(|draw| shared.drawn.contains(&draw.camera));
    if !soft.fetch(draws, images, device, queue) {
        // They are drawn once more.
        shared.drawn.clear();
    }
    for plan in &work.0 {
        if is_due(plan, shared) && images.get(plan.program).is_some() && soft.lay(plan) {
            composited(plan, shared);
        }
        let done = shared.of(plan.output);
        if plan.capture && !done.unread.is_empty() {
            done.make_room(plan.raster);
            soft.straight(plan.output, done.opaque, &done.unread, &mut done.pixels);
            done.counters.readbacks += 1;
            done.counters.readback_bytes += done.unread.area() * PX_BYTES as u64;
            done.unread.clear();
        }
    }
    if !soft.is_unseen {
        soft.send(None, images, queue);
    }
}

impl Soft {
    /// Forgets the layers whose textures are gone, and pictures that were exchanged.
    pub fn forget(&mut self, images: &RenderAssets<GpuImage>) {
        self.layers.retain(|image, _| images.get(*image).is_some());
        self.pictures.retain(|_, picture| images.get(picture.program).is_some());
    }

    /// Brings the layers that were drawn in this update to memory, all with one wait; false when they could not be had.
    fn fetch<'a>(
        &mut self,
        drawn: impl Iterator<Item = &'a DrawWanted>,
        images: &RenderAssets<GpuImage>,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
    ) -> bool {
        let mut wanted = Vec::new();
        for DrawWanted { image: id, partial, .. } in drawn {
            let Some(image) = images.get(*id) else { return false };
            let size = UVec2::new(image.texture_descriptor.size.width, image.texture_descriptor.size.height);
            let layer = self.layers.entry(*id).or_insert_with(|| Texels::new(size));
            if layer.size != size {
                *layer = Texels::new(size);
            }
            let mut rect = Damage::default();
            // What was never brought here is brought whole.
            rect.add(partial.filter(|_| layer.is_filled()).unwrap_or(whole(size)));
            wanted.push((id, image, rect));
        }
        if wanted.is_empty() {
            return true;
        }
        if self.readbacks.len() < wanted.len() {
            self.readbacks.resize_with(wanted.len(), Readback::default);
        }
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("layers") });
        let readings: Vec<Reading> = wanted
            .iter()
            .zip(&mut self.readbacks)
            .map(|((_, image, rect), readback)| readback.copy(device, &mut encoder, image, rect))
            .collect();
        let submission = queue.submit([encoder.finish()]);
        if let Err(problem) = fetch(device, submission, &readings) {
            error!("Layers could not be read back; the picture stays the last one: {problem}.");
            return false;
        }
        for ((id, _, rect), reading) in wanted.iter().zip(readings) {
            if let (Some(layer), Some(rect)) = (self.layers.get_mut(id), rect.rects().first()) {
                let width = layer.size.x as usize;
                layer.write(*rect, |bytes| reading.unpack(width, bytes, false));
            }
        }
        self.readbacks.truncate(KEPT_BUFFERS);
        true
    }

    /// Lays a plan's layers onto its picture, inside the damage only; false while one of them is missing.
    fn lay(&mut self, plan: &Plan) -> bool {
        let layers: Option<Vec<Laid>> = plan.ops.iter().map(|op| laid(&self.layers, op)).collect();
        let Some(layers) = layers else { return false };
        let picture = self.pictures.entry(plan.output).or_insert_with(|| Picture::new(plan));
        if (picture.program, picture.raster) != (plan.program, plan.raster) {
            *picture = Picture::new(plan);
        }
        let width = plan.raster.x as usize;
        for rect in plan.damage.rects() {
            let base = plan.base(*rect);
            in_bands(*rect, width, &mut picture.pixels, |top, pixels| {
                Band { top, width, pixels }.lay(*rect, base, &layers);
            });
        }
        picture.unsent.add_all(&plan.damage);
        true
    }

    /// A picture as it is stored: the texture that stands for it, its raster, and its pixels row by row.
    pub fn picture(&self, output: OutputId) -> Option<(AssetId<Image>, UVec2, &[[u8; PX_BYTES]])> {
        self.pictures.get(&output).map(|picture| (picture.program, picture.raster, picture.pixels.as_slice()))
    }

    /// Writes what is damaged of a picture into rows of straight pixels of its raster; an opaque one's are so already.
    pub fn straight(&self, output: OutputId, opaque: bool, damage: &Damage, to: &mut [u8]) {
        let Some(picture) = self.pictures.get(&output) else { return };
        let width = picture.raster.x as usize;
        let (to, _) = to.as_chunks_mut::<PX_BYTES>();
        for rect in damage.rects() {
            in_bands(*rect, width, to, |top, rows| {
                for (y, row) in (top as usize..).zip(rows.chunks_mut(width)) {
                    let span = rect.min.x as usize..rect.max.x as usize;
                    let to = &mut row[span.clone()];
                    to.copy_from_slice(&picture.pixels[y * width + span.start..y * width + span.end]);
                    if !opaque {
                        straighten(to);
                    }
                }
            });
        }
    }

    /// Brings the textures of pictures up to date, for whatever the graphics card makes of them: of all outputs, or of one.
    pub fn send(&mut self, only: Option<OutputId>, images: &RenderAssets<GpuImage>, queue: &RenderQueue) {
        for (output, picture) in &mut self.pictures {
            let Some(image) = images.get(picture.program) else { continue };
            if picture.unsent.is_empty() || only.is_some_and(|only| only != *output) {
                continue;
            }
            for rect in std::mem::take(&mut picture.unsent).rects() {
                let width = picture.raster.x;
                let first = rect.min.y as usize * width as usize + rect.min.x as usize;
                queue.write_texture(
                    wgpu::TexelCopyTextureInfo { origin: origin(rect.min), ..image.texture.as_image_copy() },
                    picture.pixels[first..].as_flattened(),
                    wgpu::TexelCopyBufferLayout {
                        offset: 0,
                        bytes_per_row: Some(width * PX_BYTES as u32),
                        rows_per_image: None,
                    },
                    wgpu::Extent3d {
                        width: rect.width() as u32,
                        height: rect.height() as u32,
                        depth_or_array_layers: 1,
                    },
                );
            }
        }
    }
}

/// Has `each` work on a rectangle's rows, whole ones of `width` px, with the first one's number: in as many bands as there
/// are threads, the caller's own among them.
fn in_bands(
    rect: IRect,
    width: usize,
    pixels: &mut [[u8; PX_BYTES]],
    each: impl Fn(i32, &mut [[u8; PX_BYTES]]) + Sync,
) {
    let is_small = i64::from(rect.width()) * i64::from(rect.height()) < WORTH_A_THREAD_PX;
    let threads = if is_small { 1 } else { ComputeTaskPool::get().thread_num() + 1 };
    let Some(pixels) = pixels.get_mut(rect.min.y as usize * width..rect.max.y as usize * width) else { return };
    if threads == 1 {
        each(rect.min.y, pixels);
        return;
    }
    let rows = (rect.height() as usize).div_ceil(threads).max(1);
    let each = &each;
    ComputeTaskPool::get().scope(|scope| {
        for (n, band) in pixels.chunks_mut(rows * width).enumerate() {
            scope.spawn(async move { each(rect.min.y + (n * rows) as i32, band) });
        }
    });
}

/// Where an operation's pixels come from; none while its texels are not here.
fn laid<'a>(layers: &'a HashMap<AssetId<Image>, Texels>, op: &'a Op) -> Option<Laid<'a>> {
    let from = match &op.hairlines {
        Some(lines) => Source::Hairlines(lines),
        None => Source::Texels(layers.get(&op.image)?),
    };
    Some(Laid::new(from, op.quad))
}

impl Picture {
    fn new(plan: &Plan) -> Self {
        let pixels = vec![[0; PX_BYTES]; plan.raster.x as usize * plan.raster.y as usize];
        Self { program: plan.program, raster: plan.raster, pixels, unsent: Damage::default() }
    }
}

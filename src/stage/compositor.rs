//! The compositor: drawn layers laid onto each output's persistent texture, inside its damage only.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::render_asset::RenderAssets;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice, RenderQueue};
use bevy::render::texture::GpuImage;

use super::damage::Damage;
use super::link::{Link, Shared};
use super::outputs::OutputId;
use super::pipelines::{FORMAT, Laying, Pipelines, Uniform};
use super::placing::Quad;
use super::readback::Readback;
use super::soft::{self, Composes, Hairlines, Soft};
use crate::phase::phase;

/// One layer of a plan, bottom to top.
pub struct Op {
    pub image: AssetId<Image>,
    pub quad: Quad,
    /// Every texel has alpha 1.
    pub opaque: bool,
    /// What is laid from its numbers, and so has no texels, where the processor composes.
    pub hairlines: Option<Arc<Hairlines>>,
}

impl Op {
    /// True when pixels below it in `rect` cannot be seen and it can be copied there.
    fn hides(&self, rect: IRect) -> bool {
        self.opaque && self.quad.exact && self.quad.opacity >= 1.0 && self.quad.seen.intersect(rect) == rect
    }

    fn laying(&self) -> Laying {
        match (self.quad.exact, self.opaque && self.quad.opacity >= 1.0) {
            (true, true) => Laying::Replace,
            (true, false) => Laying::Load,
            (false, _) => Laying::Sample,
        }
    }

    fn uniform(&self) -> Uniform {
        let Quad { min, size, opacity, .. } = self.quad;
        Uniform { quad: [min.x, min.y, size.x, size.y], opacity }
    }
}

/// A layer that must be drawn before the plan may be composited.
pub struct DrawWanted {
    pub camera: Entity,
    /// What it is drawn into.
    pub image: AssetId<Image>,
    /// Fewer draws than this mean that something is not ready.
    pub least_draws: usize,
    /// Only these texels are drawn anew, the others stay; all are for none.
    pub partial: Option<IRect>,
}

/// What one update is to do for one output.
pub struct Plan {
    pub output: OutputId,
    /// Grows with every plan that has damage.
    pub number: u64,
    /// The output's texture.
    pub program: AssetId<Image>,
    pub raster: UVec2,
    pub ops: Vec<Op>,
    pub draws: Vec<DrawWanted>,
    /// A layer that is not shown yet: nothing waits for it.
    pub ahead: Option<DrawWanted>,
    pub damage: Damage,
    /// The pixels are wanted on the CPU.
    pub capture: bool,
}

impl Plan {
    /// Every pixel has alpha 1: a layer covers them all and hides what lies below.
    fn is_opaque(&self) -> bool {
        let everything = IRect { min: IVec2::ZERO, max: self.raster.as_ivec2() };
        self.base(everything).is_some()
    }

    /// The topmost layer that hides all below it in `rect`.
    pub fn base(&self, rect: IRect) -> Option<usize> {
        self.ops.iter().rposition(|op| op.hides(rect))
    }
}

/// The update's plans, at most one an output; none when nothing is to be done.
#[derive(Resource, Clone, Default)]
pub struct Work(pub Vec<Arc<Plan>>);

impl Work {
    /// The layer that a camera is to draw, and the output that it is of.
    pub fn draw(&self, camera: Entity) -> Option<(OutputId, &DrawWanted)> {
        let draws = self.0.iter().flat_map(|plan| plan.draws.iter().chain(&plan.ahead).map(|draw| (plan.output, draw)));
        draws.into_iter().find(|(_, draw)| draw.camera == camera)
    }

    /// Whether the output's texture is to be composited.
    pub fn damages(&self, output: OutputId) -> bool {
        self.0.iter().any(|plan| plan.output == output && !plan.damage.is_empty())
    }
}

pub fn extract(from: Extract<Res<Work>>, mut to: ResMut<Work>) {
    to.0.clone_from(&from.0);
}

/// The compositor's and the presenter's things on the GPU, made when first needed.
#[derive(Resource, Default)]
pub struct Gpu {
    pub pipelines: Option<Pipelines>,
    pub readback: Readback,
}

/// Runs after the layers' passes were submitted.
pub fn composite(
    work: Res<Work>,
    images: Res<RenderAssets<GpuImage>>,
    adapter: Res<RenderAdapterInfo>,
    device: Res<RenderDevice>,
    queue: Res<RenderQueue>,
    link: Res<Link>,
    composes: Res<Composes>,
    mut gpu: ResMut<Gpu>,
    mut soft: ResMut<Soft>,
) {
    // A closed output's textures are gone only when nothing is bound to them.
    if let Some(pipelines) = &mut gpu.pipelines {
        pipelines.forget(&images);
    }
    soft.forget(&images);
    if work.0.is_empty() {
        return;
    }
    let _phase = phase!("composite");
    let on_card = Card { images: &images, device: device.wgpu_device(), queue: &queue, gpu: &mut gpu };
    let mut shared = link.lock();
    if composes.on_card(&adapter) {
        carry_out(&work, &mut shared, on_card);
    } else {
        soft::carry_out(&work, &mut shared, on_card, &mut soft);
    }
}

/// What the graphics card is worked with.
pub struct Card<'a> {
    pub images: &'a RenderAssets<GpuImage>,
    pub device: &'a wgpu::Device,
    pub queue: &'a RenderQueue,
    pub gpu: &'a mut Gpu,
}

/// While a layer is missing the output keeps its last good picture; the damage stays owed.
pub fn is_due(plan: &Plan, shared: &Shared) -> bool {
    !plan.damage.is_empty() && plan.draws.iter().all(|draw| shared.drawn.contains(&draw.camera))
}

/// Tells that a plan's layers are laid together.
pub fn composited(plan: &Plan, shared: &mut Shared) {
    let done = shared.of(plan.output);
    done.composited = plan.number;
    done.counters.composites += 1;
    done.counters.composited_px += plan.damage.area();
    done.unread.add_all(&plan.damage);
    done.filled = Some(plan.program);
    done.opaque = plan.is_opaque();
    shared.fresh.push((plan.output, plan.damage.clone()));
}

fn carry_out(work: &Work, shared: &mut Shared, card: Card) {
    let Card { images, device, queue, gpu } = card;
    let Gpu { pipelines, readback } = gpu;
    let pipelines = pipelines.get_or_insert_with(|| Pipelines::new(device));
    // A layer may be drawn in part before anything is laid.
    pipelines.make(device, Laying::Clear, FORMAT);
    for plan in &work.0 {
        let Some(program) = images.get(plan.program) else { continue };
        if is_due(plan, shared) && bind_all(pipelines, device, images, plan) {
            let mut encoder =
                device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("composite") });
            let uniforms: Vec<Uniform> = plan.ops.iter().map(Op::uniform).collect();
            pipelines.write(device, queue, &uniforms);
            lay(&mut encoder, pipelines, images, plan, program);
            queue.submit([encoder.finish()]);
            composited(plan, shared);
        }
        let done = shared.of(plan.output);
        if plan.capture && !done.unread.is_empty() {
            readback.read(device, queue, program, plan.raster, done);
        }
    }
}

fn bind_all(pipelines: &mut Pipelines, device: &wgpu::Device, images: &RenderAssets<GpuImage>, plan: &Plan) -> bool {
    for laying in [Laying::Load, Laying::Replace, Laying::Sample, Laying::Clear] {
        pipelines.make(device, laying, FORMAT);
    }
    plan.ops.iter().all(|op| pipelines.bind(device, images, op.image))
}

/// Copies the topmost layer that hides all below it, or clears, and blends what lies above; per damaged rectangle.
fn lay(
    encoder: &mut wgpu::CommandEncoder,
    pipelines: &Pipelines,
    images: &RenderAssets<GpuImage>,
    plan: &Plan,
    program: &GpuImage,
) {
    for rect in plan.damage.rects() {
        if let Some(image) = plan.base(*rect).and_then(|at| images.get(plan.ops[at].image)) {
            let at = plan.base(*rect).map_or(IVec2::ZERO, |at| plan.ops[at].quad.min.as_ivec2());
            copy(encoder, image, program, *rect, at);
        }
    }
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("composite"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view: &program.texture_view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load: wgpu::LoadOp::Load, store: wgpu::StoreOp::Store },
        })],
        depth_stencil_attachment: None,
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    for rect in plan.damage.rects() {
        let first = plan.base(*rect).map_or(0, |at| at + 1);
        if first == 0 {
            scissor(&mut pass, *rect);
            pipelines.clear(&mut pass, FORMAT);
        }
        for (index, op) in plan.ops.iter().enumerate().skip(first) {
            let seen = op.quad.seen.intersect(*rect);
            if !seen.is_empty() {
                scissor(&mut pass, seen);
                pipelines.draw(&mut pass, op.laying(), FORMAT, index, op.image);
            }
        }
    }
}

pub fn scissor(pass: &mut wgpu::RenderPass, rect: IRect) {
    // Damage is clipped to the raster, so nothing here is negative.
    pass.set_scissor_rect(rect.min.x as u32, rect.min.y as u32, rect.width() as u32, rect.height() as u32);
}

/// A texel's place, which is never negative.
pub fn origin(at: IVec2) -> wgpu::Origin3d {
    wgpu::Origin3d { x: at.x as u32, y: at.y as u32, z: 0 }
}

fn copy(encoder: &mut wgpu::CommandEncoder, from: &GpuImage, to: &GpuImage, rect: IRect, layer_at: IVec2) {
    encoder.copy_texture_to_texture(
        wgpu::TexelCopyTextureInfo { origin: origin(rect.min - layer_at), ..from.texture.as_image_copy() },
        wgpu::TexelCopyTextureInfo { origin: origin(rect.min), ..to.texture.as_image_copy() },
        wgpu::Extent3d { width: rect.width() as u32, height: rect.height() as u32, depth_or_array_layers: 1 },
    );
}

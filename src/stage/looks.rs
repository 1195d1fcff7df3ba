//! Looks: the pipeline that lays a picture's rectangles onto a delivery, in coded values.

use std::collections::HashMap;
use std::num::NonZeroU64;

use bevy::asset::AssetId;
use bevy::image::Image;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::TextureViewId;
use bevy::render::texture::GpuImage;

use super::pipelines::{STRIDE, uniform_buffer};
use super::pool::CODED;
use super::readback::straight_table;
use crate::routing::{Blit, Look, Turn};

const UNIFORM_BYTES: u64 = 48;
const LABEL: &str = "delivery blits";
/// Alphas and stored values there are.
const CODES: u32 = 256;

/// A picture's or a delivery's texture, seen as coded values.
struct Seen {
    made_for: TextureViewId,
    view: wgpu::TextureView,
    /// What the shader reads where it is a picture.
    group: wgpu::BindGroup,
}

pub struct Looks {
    pipeline: wgpu::RenderPipeline,
    uniform_layout: wgpu::BindGroupLayout,
    texture_layout: wgpu::BindGroupLayout,
    table: wgpu::TextureView,
    uniforms: wgpu::Buffer,
    uniform_group: wgpu::BindGroup,
    seen: HashMap<AssetId<Image>, Seen>,
}

impl Looks {
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("delivery"),
            source: wgpu::ShaderSource::Wgsl(include_str!("deliver.wgsl").into()),
        });
        let entry = |binding, ty| wgpu::BindGroupLayoutEntry {
            binding,
            visibility: wgpu::ShaderStages::FRAGMENT,
            ty,
            count: None,
        };
        let texture = |sample_type| wgpu::BindingType::Texture {
            sample_type,
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        };
        let uniform_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("delivery blit"),
            entries: &[entry(
                0,
                wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: true,
                    min_binding_size: NonZeroU64::new(UNIFORM_BYTES),
                },
            )],
        });
        let texture_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("delivery texels"),
            entries: &[
                entry(0, texture(wgpu::TextureSampleType::Float { filterable: false })),
                entry(1, texture(wgpu::TextureSampleType::Uint)),
            ],
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("delivery"),
            bind_group_layouts: &[Some(&uniform_layout), Some(&texture_layout)],
            immediate_size: 0,
        });
        let pipeline = device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
            label: Some("delivery"),
            layout: Some(&layout),
            vertex: wgpu::VertexState {
                module: &module,
                entry_point: Some("everywhere"),
                compilation_options: Default::default(),
                buffers: &[],
            },
            primitive: Default::default(),
            depth_stencil: None,
            multisample: Default::default(),
            fragment: Some(wgpu::FragmentState {
                module: &module,
                entry_point: Some("deliver"),
                compilation_options: Default::default(),
                targets: &[Some(wgpu::ColorTargetState {
                    format: CODED,
                    blend: None,
                    write_mask: wgpu::ColorWrites::ALL,
                })],
            }),
            multiview_mask: None,
            cache: None,
        });
        let (uniforms, uniform_group) = uniform_buffer(device, &uniform_layout, LABEL, 16, UNIFORM_BYTES);
        let table = table(device, queue);
        Self { pipeline, uniform_layout, texture_layout, table, uniforms, uniform_group, seen: HashMap::new() }
    }

    /// Forgets what was made for images that are gone.
    pub fn forget(&mut self, images: &RenderAssets<GpuImage>) {
        self.seen.retain(|image, _| images.get(*image).is_some());
    }

    /// Looks at `image` as coded values; false when it has no texture.
    pub fn see(&mut self, device: &wgpu::Device, images: &RenderAssets<GpuImage>, image: AssetId<Image>) -> bool {
        let Some(gpu) = images.get(image) else { return false };
        let made_for = gpu.texture_view.id();
        if self.seen.get(&image).is_some_and(|seen| seen.made_for == made_for) {
            return true;
        }
        let descriptor = wgpu::TextureViewDescriptor { format: Some(CODED), ..Default::default() };
        let texture: &wgpu::Texture = &gpu.texture;
        let view = texture.create_view(&descriptor);
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("delivery texels"),
            layout: &self.texture_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(&self.table) },
            ],
        });
        self.seen.insert(image, Seen { made_for, view, group });
        true
    }

    /// What a pass that writes coded values into `image` is attached to.
    pub fn view(&self, image: AssetId<Image>) -> Option<&wgpu::TextureView> {
        self.seen.get(&image).map(|seen| &seen.view)
    }

    /// Writes one uniform block per blit, in order.
    pub fn write<'a>(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        blits: impl ExactSizeIterator<Item = &'a Blit>,
    ) {
        let mut bytes = vec![0_u8; blits.len().max(1) * STRIDE];
        if bytes.len() as u64 > self.uniforms.size() {
            (self.uniforms, self.uniform_group) =
                uniform_buffer(device, &self.uniform_layout, LABEL, blits.len() * 2, UNIFORM_BYTES);
        }
        for (block, blit) in bytes.chunks_exact_mut(STRIDE).zip(blits) {
            for (four, number) in block.chunks_exact_mut(4).zip(uniform(blit)) {
                four.copy_from_slice(&number);
            }
        }
        queue.write_buffer(&self.uniforms, 0, &bytes);
    }

    /// Draws `picture` with the `index`th uniform block inside the pass's scissor.
    pub fn draw(&self, pass: &mut wgpu::RenderPass, index: usize, picture: AssetId<Image>) {
        let Some(seen) = self.seen.get(&picture) else { return };
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &self.uniform_group, &[(index * STRIDE) as u32]);
        pass.set_bind_group(1, &seen.group, &[]);
        pass.draw(0..3, 0..1);
    }
}

fn uniform(blit: &Blit) -> [[u8; 4]; 12] {
    let turn = match blit.turn {
        Turn::Upright => 0,
        Turn::Right => 1,
        Turn::Half => 2,
        Turn::Left => 3,
    };
    let (look, ground) = match blit.look {
        Look::Straight => (0, [0.0; 4]),
        // What is two blits comes as two; one alone is the fill.
        Look::Premultiplied | Look::FillAndKey => (1, [0.0; 4]),
        Look::Key => (2, [0.0; 4]),
        Look::Over(colour) => (3, [colour.r, colour.g, colour.b, 1.0]),
    };
    let (left, top, width, height) = blit.from;
    let whole = [left, top, width, height, blit.to.0, blit.to.1, turn, look].map(u32::to_le_bytes);
    let mut words = [[0; 4]; 12];
    words[..8].copy_from_slice(&whole);
    words[8..].copy_from_slice(&ground.map(f32::to_le_bytes));
    words
}

/// The straight colours as a texture, so that what leaves is to the bit what a file gets.
fn table(device: &wgpu::Device, queue: &wgpu::Queue) -> wgpu::TextureView {
    let size = wgpu::Extent3d { width: CODES, height: CODES, depth_or_array_layers: 1 };
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("straight colours"),
        size,
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::R8Uint,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    });
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(CODES), rows_per_image: None };
    queue.write_texture(texture.as_image_copy(), straight_table(), layout, size);
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}

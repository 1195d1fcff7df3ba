//! Pipelines: the compositor's own wgpu pipelines, bind groups and uniforms.

use std::collections::HashMap;
use std::num::NonZeroU64;

use bevy::asset::AssetId;
use bevy::image::Image;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::TextureViewId;
use bevy::render::texture::GpuImage;

/// Uniforms of one draw, padded to the largest offset alignment a device may ask for.
pub const STRIDE: usize = 256;
const UNIFORM_BYTES: u64 = 32;
const LABEL: &str = "compositor layers";
pub const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8UnormSrgb;

/// How a layer is laid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Laying {
    /// Texel on pixel, blended.
    Load,
    /// Texel on pixel, opaque.
    Replace,
    /// Scaled, blended.
    Sample,
    /// Nothing, to nothing.
    Clear,
    /// A picture into a window, texel on pixel.
    Present,
    /// The same, scaled.
    PresentScaled,
}

impl Laying {
    const fn entry_point(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Replace => "replace",
            Self::Sample => "sample",
            Self::Clear => "clear",
            Self::Present => "present",
            Self::PresentScaled => "present_scaled",
        }
    }

    fn blend(self) -> Option<wgpu::BlendState> {
        match self {
            Self::Load | Self::Sample => Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
            Self::Replace | Self::Clear | Self::Present | Self::PresentScaled => None,
        }
    }
}

/// Where a layer's texture lies, for the shader.
#[derive(Clone, Copy)]
pub struct Uniform {
    pub quad: [f32; 4],
    /// Of a layer; of a window how its alpha is made, as the shader numbers it.
    pub opacity: f32,
}

pub struct Pipelines {
    module: wgpu::ShaderModule,
    layout: wgpu::PipelineLayout,
    bare_layout: wgpu::PipelineLayout,
    uniform_layout: wgpu::BindGroupLayout,
    texture_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    made: HashMap<(Laying, wgpu::TextureFormat), wgpu::RenderPipeline>,
    uniforms: wgpu::Buffer,
    uniform_group: wgpu::BindGroup,
    /// By image, with the view it was made for: a replaced texture gets a new bind group.
    textures: HashMap<AssetId<Image>, (TextureViewId, wgpu::BindGroup)>,
}

impl Pipelines {
    pub fn new(device: &wgpu::Device) -> Self {
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some("compositor"),
            source: wgpu::ShaderSource::Wgsl(include_str!("compositor.wgsl").into()),
        });
        let uniform_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("compositor layer"),
            entries: &[wgpu::BindGroupLayoutEntry {
                binding: 0,
                visibility: wgpu::ShaderStages::FRAGMENT,
                ty: wgpu::BindingType::Buffer {
                    ty: wgpu::BufferBindingType::Uniform,
                    has_dynamic_offset: true,
                    min_binding_size: NonZeroU64::new(UNIFORM_BYTES),
                },
                count: None,
            }],
        });
        let texture_layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("compositor texels"),
            entries: &[
                wgpu::BindGroupLayoutEntry {
                    binding: 0,
                    visibility: wgpu::ShaderStages::FRAGMENT,
                    ty: wgpu::BindingType::Texture {
                        sample_type: wgpu::TextureSampleType::Float { filterable: true },
                        view_dimension: wgpu::TextureViewDimension::D2,
                        multisampled: false,
                    },
                    count: None,
                },
                wgpu::BindGroupLayoutEntry {
                    binding: 1,
                    visibility: wgpu::ShaderStages::FRAGMENT,
                    ty: wgpu::BindingType::Sampler(wgpu::SamplerBindingType::Filtering),
                    count: None,
                },
            ],
        });
        let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("compositor"),
            bind_group_layouts: &[Some(&uniform_layout), Some(&texture_layout)],
            immediate_size: 0,
        });
        let bare_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("compositor clear"),
            bind_group_layouts: &[],
            immediate_size: 0,
        });
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("compositor"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        let (uniforms, uniform_group) = uniform_buffer(device, &uniform_layout, LABEL, 32, UNIFORM_BYTES);
        Self {
            module,
            layout,
            bare_layout,
            uniform_layout,
            texture_layout,
            sampler,
            made: HashMap::new(),
            uniforms,
            uniform_group,
            textures: HashMap::new(),
        }
    }

    /// Compiles what is not compiled yet.
    pub fn make(&mut self, device: &wgpu::Device, laying: Laying, format: wgpu::TextureFormat) {
        let module = &self.module;
        let layout = if laying == Laying::Clear { &self.bare_layout } else { &self.layout };
        self.made.entry((laying, format)).or_insert_with(|| {
            device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
                label: Some(laying.entry_point()),
                layout: Some(layout),
                vertex: wgpu::VertexState {
                    module,
                    entry_point: Some("everywhere"),
                    compilation_options: Default::default(),
                    buffers: &[],
                },
                primitive: Default::default(),
                depth_stencil: None,
                multisample: Default::default(),
                fragment: Some(wgpu::FragmentState {
                    module,
                    entry_point: Some(laying.entry_point()),
                    compilation_options: Default::default(),
                    targets: &[Some(wgpu::ColorTargetState {
                        format,
                        blend: laying.blend(),
                        write_mask: wgpu::ColorWrites::ALL,
                    })],
                }),
                multiview_mask: None,
                cache: None,
            })
        });
    }

    /// Writes one uniform block per layer, in order.
    pub fn write(&mut self, device: &wgpu::Device, queue: &wgpu::Queue, layers: &[Uniform]) {
        let needed = (layers.len() * STRIDE) as u64;
        if needed > self.uniforms.size() {
            (self.uniforms, self.uniform_group) =
                uniform_buffer(device, &self.uniform_layout, LABEL, layers.len() * 2, UNIFORM_BYTES);
        }
        let mut bytes = vec![0_u8; layers.len() * STRIDE];
        for (block, layer) in bytes.chunks_exact_mut(STRIDE).zip(layers) {
            let numbers = layer.quad.iter().chain(std::iter::once(&layer.opacity));
            for (four, number) in block.chunks_exact_mut(4).zip(numbers) {
                four.copy_from_slice(&number.to_le_bytes());
            }
        }
        queue.write_buffer(&self.uniforms, 0, &bytes);
    }

    /// Makes the bind group of `image` unless it has one for its present texture; false when it has no texture.
    pub fn bind(&mut self, device: &wgpu::Device, images: &RenderAssets<GpuImage>, image: AssetId<Image>) -> bool {
        let Some(gpu) = images.get(image) else { return false };
        let view = gpu.texture_view.id();
        if self.textures.get(&image).is_some_and(|(made_for, _)| *made_for == view) {
            return true;
        }
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("compositor texels"),
            layout: &self.texture_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(&gpu.texture_view) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::Sampler(&self.sampler) },
            ],
        });
        self.textures.insert(image, (view, group));
        true
    }

    /// Forgets the bind groups of images that are gone.
    pub fn forget(&mut self, images: &RenderAssets<GpuImage>) {
        self.textures.retain(|image, _| images.get(*image).is_some());
    }

    /// Clears the pass's scissor to nothing.
    pub fn clear(&self, pass: &mut wgpu::RenderPass, format: wgpu::TextureFormat) {
        if let Some(pipeline) = self.made.get(&(Laying::Clear, format)) {
            pass.set_pipeline(pipeline);
            pass.draw(0..3, 0..1);
        }
    }

    /// Draws `image` with the `index`th uniform block inside the pass's scissor.
    pub fn draw(
        &self,
        pass: &mut wgpu::RenderPass,
        laying: Laying,
        format: wgpu::TextureFormat,
        index: usize,
        image: AssetId<Image>,
    ) {
        let (Some(pipeline), Some((_, texels))) = (self.made.get(&(laying, format)), self.textures.get(&image)) else {
            return;
        };
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &self.uniform_group, &[(index * STRIDE) as u32]);
        pass.set_bind_group(1, texels, &[]);
        pass.draw(0..3, 0..1);
    }
}

/// Uniforms of `count` draws, `bytes` each, and the group that binds one of them by its offset.
pub fn uniform_buffer(
    device: &wgpu::Device,
    layout: &wgpu::BindGroupLayout,
    label: &str,
    count: usize,
    bytes: u64,
) -> (wgpu::Buffer, wgpu::BindGroup) {
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size: (count.max(1) * STRIDE) as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some(label),
        layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: &buffer,
                offset: 0,
                size: NonZeroU64::new(bytes),
            }),
        }],
    });
    (buffer, group)
}

//! Pool: textures and cameras for one output's layers, reused by size so that their number stays bounded.

use bevy::camera::{CameraOutputMode, ImageRenderTarget, RenderTarget};
use bevy::prelude::*;
use bevy::render::camera::CameraRenderGraph;
use bevy::render::render_resource::{TextureFormat, TextureUsages};

use super::pass::LayerGraph;

/// Idle slots kept for the next occupant; more are given back.
const KEPT: usize = 8;

/// One layer's texture and the camera that draws it.
#[derive(Clone, Debug)]
pub struct Slot {
    pub camera: Entity,
    pub image: Handle<Image>,
    pub size: UVec2,
    scale_bits: u32,
}

impl Slot {
    /// Whether it serves a layer of that size, physical px, at so many of them per design px.
    pub fn is_for(&self, size: UVec2, scale: f32) -> bool {
        self.size == size && self.scale_bits == scale.to_bits()
    }

    /// Gives the camera back and, with its last handle, the texture.
    pub fn free(self, commands: &mut Commands) {
        commands.entity(self.camera).despawn();
    }
}

#[derive(Default)]
pub struct Pool {
    idle: Vec<Slot>,
    cameras: isize,
}

/// How the values of a target are seen where none is decoded or encoded.
pub const CODED: TextureFormat = TextureFormat::Rgba8Unorm;

/// A texture that is drawn into, sampled and copied both ways, and seen as [`CODED`] values too.
pub fn target(images: &mut Assets<Image>, size: UVec2) -> Handle<Image> {
    let mut image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.view_formats = &[CODED];
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC | TextureUsages::COPY_DST;
    // The pixels live on the GPU only, and a replaced texture is drawn anew.
    image.data = None;
    // A target of another size is another target; there is nothing to take over.
    image.copy_on_resize = false;
    images.add(image)
}

impl Pool {
    /// A slot of exactly this size: an idle one, else a new one.
    pub fn take(&mut self, commands: &mut Commands, images: &mut Assets<Image>, size: UVec2, scale: f32) -> Slot {
        let scale_bits = scale.to_bits();
        if let Some(at) = self.idle.iter().position(|slot| slot.is_for(size, scale)) {
            return self.idle.swap_remove(at);
        }
        let image = target(images, size);
        self.cameras += 1;
        let camera = commands
            .spawn((
                Camera2d,
                Camera {
                    order: self.cameras,
                    is_active: false,
                    clear_color: ClearColorConfig::Custom(Color::NONE),
                    // The layer pass writes the texture itself: no main texture, no upscaling.
                    output_mode: CameraOutputMode::Skip,
                    ..default()
                },
                Msaa::Off,
                RenderTarget::Image(ImageRenderTarget { handle: image.clone(), scale_factor: scale }),
                CameraRenderGraph::new(LayerGraph),
            ))
            .id();
        Slot { camera, image, size, scale_bits }
    }

    /// Takes a slot back; the oldest idle ones beyond the bound are freed.
    pub fn give(&mut self, commands: &mut Commands, slot: Slot) {
        self.idle.push(slot);
        while self.idle.len() > KEPT {
            self.idle.remove(0).free(commands);
        }
    }

    /// Frees what is kept.
    pub fn free(self, commands: &mut Commands) {
        self.idle.into_iter().for_each(|slot| slot.free(commands));
    }
}

//! Pool: textures and cameras for one output's layers, reused by size so that their number stays bounded.

use std::sync::Arc;

use bevy::camera::{CameraOutputMode, ImageRenderTarget, RenderTarget};
use bevy::ecs::entity_disabling::Disabled;
use bevy::prelude::*;
use bevy::render::camera::CameraRenderGraph;
use bevy::render::render_resource::{TextureFormat, TextureUsages};

use super::pass::LayerGraph;
use super::takeup::same_content;
use crate::show::frame::Content;

/// Idle slots kept for the next occupant; more are given back.
const KEPT: usize = 8;
/// Of these, grounds, which come again: as many are kept as a scene and its verdict have.
const GROUNDS_KEPT: usize = 4;

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

    /// Has its camera draw, or no more. By command, because it may itself be on its way into the world.
    pub fn activate(&self, commands: &mut Commands, active: bool) {
        let mut camera = commands.entity(self.camera);
        if active {
            camera.remove::<Disabled>();
        }
        camera.entry::<Camera>().and_modify(move |mut camera| camera.is_active = active);
    }

    /// Gives the camera back and, with its last handle, the texture. In Bevy's sight: the renderer would keep its half of
    /// one that goes unseen, for ever.
    pub fn free(self, commands: &mut Commands) {
        commands.entity(self.camera).remove::<Disabled>().despawn();
    }
}

/// The camera of one layer, which draws only when its layer has changed.
#[derive(Component, Clone, Copy, Debug)]
pub struct LayerCamera;

/// Takes cameras that draw nothing out of Bevy's sight until they are wanted: it would take each of them anew into the
/// renderer in every frame. The renderer has seen by now that they rest.
pub fn rest(mut commands: Commands, cameras: Query<(Entity, &Camera), With<LayerCamera>>) {
    for (entity, _) in cameras.iter().filter(|(_, camera)| !camera.is_active) {
        commands.entity(entity).insert(Disabled);
    }
}

/// A texture that nobody needs, with what was drawn into it whole.
struct Idle {
    slot: Slot,
    drawn: Option<Arc<Content>>,
}

impl Idle {
    /// One that hides everything below it is the costliest to draw again.
    fn is_ground(&self) -> bool {
        self.drawn.as_ref().is_some_and(|content| content.opaque)
    }
}

#[derive(Default)]
pub struct Pool {
    /// From the one that has been idle longest.
    idle: Vec<Idle>,
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
    /// An idle slot on which `content` is drawn already.
    pub fn take_drawn(&mut self, content: &Arc<Content>, size: UVec2, scale: f32) -> Option<Slot> {
        let has_it = |idle: &Idle| {
            idle.slot.is_for(size, scale) && idle.drawn.as_ref().is_some_and(|of| same_content(of, content))
        };
        let at = self.idle.iter().position(has_it)?;
        Some(self.idle.remove(at).slot)
    }

    /// A slot of exactly this size: an idle one, best what is no ground, else a new one.
    pub fn take(&mut self, commands: &mut Commands, images: &mut Assets<Image>, size: UVec2, scale: f32) -> Slot {
        let grounds = self.idle.iter().filter(|idle| idle.is_ground()).count();
        let is_free = |idle: &Idle| idle.slot.is_for(size, scale) && (!idle.is_ground() || grounds >= GROUNDS_KEPT);
        if let Some(at) = self.idle.iter().position(is_free) {
            return self.idle.remove(at).slot;
        }
        let scale_bits = scale.to_bits();
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
                LayerCamera,
            ))
            .id();
        Slot { camera, image, size, scale_bits }
    }

    /// Takes a slot back, with what is on it; those idle longest beyond the bound are freed, grounds last.
    pub fn give(&mut self, commands: &mut Commands, slot: Slot, drawn: Option<Arc<Content>>) {
        self.idle.push(Idle { slot, drawn });
        while self.idle.len() > KEPT {
            let grounds = self.idle.iter().filter(|idle| idle.is_ground()).count();
            let at = self.idle.iter().position(|idle| idle.is_ground() == (grounds > GROUNDS_KEPT)).unwrap_or(0);
            self.idle.remove(at).slot.free(commands);
        }
    }

    /// Frees what is kept.
    pub fn free(self, commands: &mut Commands) {
        self.idle.into_iter().for_each(|idle| idle.slot.free(commands));
    }
}

//! The theme's pictures as textures: each is uploaded once, and let go when no theme on air names it.

use std::collections::HashMap;

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use super::film::{Films, Showing};
use crate::show::clip::ClipKey;
use crate::show::frame::{Picture, Rect as Place};

/// Uploaded pictures by digest. A handful: a theme's pictures are bounded where it is read.
#[derive(Resource, Default)]
pub struct Held(HashMap<[u8; 32], Handle<Image>>);

/// Most pictures that are held before those not used since are let go.
const MOST: usize = 64;

/// The pictures and the assets that they become.
pub struct Pictures<'a> {
    pub held: &'a mut Held,
    pub images: &'a mut Assets<Image>,
    pub films: &'a mut Films,
}

/// What of a film's picture lies where, design px.
#[derive(Clone, Copy)]
pub struct Screen {
    pub rect: Place,
    pub crop: Place,
    pub radius: f32,
    pub alpha: f32,
}

impl Pictures<'_> {
    /// A node that shows `crop` of the picture in `rect`.
    pub fn node(&mut self, rect: Place, picture: &Picture, crop: Place, alpha: f32) -> impl Bundle {
        let node = Node {
            position_type: PositionType::Absolute,
            left: px(rect.x),
            top: px(rect.y),
            width: px(rect.w),
            height: px(rect.h),
            ..default()
        };
        let image = ImageNode {
            image: self.texture(picture),
            rect: Some(Rect::new(crop.x, crop.y, crop.x + crop.w, crop.y + crop.h)),
            color: Color::WHITE.with_alpha(alpha),
            ..default()
        };
        (node, image)
    }

    /// A node that shows a film's picture, once there is one.
    pub fn film(&mut self, clip: ClipKey, wanted: u32, screen: &Screen) -> (Showing, Option<impl Bundle + use<>>) {
        let texture = self.films.texture(self.images, clip, wanted);
        let showing = Showing { clip, wanted, drawn: texture.as_ref().map(|(number, _)| *number) };
        let Screen { rect, crop, radius, alpha } = *screen;
        let node = texture.map(|(_, image)| {
            let node = Node {
                position_type: PositionType::Absolute,
                left: px(rect.x),
                top: px(rect.y),
                width: px(rect.w),
                height: px(rect.h),
                border_radius: BorderRadius::all(px(radius)),
                ..default()
            };
            let image = ImageNode {
                image,
                rect: Some(Rect::new(crop.x, crop.y, crop.x + crop.w, crop.y + crop.h)),
                color: Color::WHITE.with_alpha(alpha),
                ..default()
            };
            (node, image)
        });
        (showing, node)
    }

    fn texture(&mut self, picture: &Picture) -> Handle<Image> {
        if let Some(handle) = self.held.0.get(&picture.digest) {
            return handle.clone();
        }
        if self.held.0.len() >= MOST {
            self.held.0.clear();
        }
        let size = Extent3d { width: picture.width, height: picture.height, depth_or_array_layers: 1 };
        let format = TextureFormat::Rgba8UnormSrgb;
        let mut image =
            Image::new(size, TextureDimension::D2, picture.pixels.to_vec(), format, RenderAssetUsages::RENDER_WORLD);
        image.sampler = ImageSampler::linear();
        let handle = self.images.add(image);
        self.held.0.insert(picture.digest, handle.clone());
        handle
    }
}

//! Films on the stage: their pictures as textures for as long as a layer is drawn, and which are still owed.

use std::sync::Arc;

use bevy::asset::RenderAssetUsages;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

use crate::show::clip::{ClipKey, ClipPicture, Reel};

/// Where pictures of films come from; without one each film's place stays empty.
#[derive(Resource, Clone, Default)]
pub struct Reels(pub Option<Arc<dyn Reel>>);

/// A film's picture on a layer: the one that the frame asks for, and the one that was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Showing {
    pub clip: ClipKey,
    pub wanted: u32,
    pub drawn: Option<u32>,
}

/// The pictures of this update, each a texture that all outputs share; a node keeps it until its layer is drawn.
#[derive(Default)]
pub struct Films {
    reel: Reels,
    uploaded: Vec<(ClipKey, u32, Handle<Image>)>,
}

impl Films {
    pub fn new(reel: &Reels) -> Self {
        Self { reel: reel.clone(), uploaded: Vec::new() }
    }

    /// The texture of a picture, and which picture it is; none while the film has none.
    pub fn texture(&mut self, images: &mut Assets<Image>, clip: ClipKey, wanted: u32) -> Option<(u32, Handle<Image>)> {
        let picture = self.picture(clip, wanted)?;
        let number = picture.number;
        if let Some((.., handle)) = self.uploaded.iter().find(|(key, of, _)| (*key, *of) == (clip, number)) {
            return Some((number, handle.clone()));
        }
        let handle = images.add(image(&picture));
        self.uploaded.push((clip, number, handle.clone()));
        Some((number, handle))
    }

    fn picture(&self, clip: ClipKey, wanted: u32) -> Option<Arc<ClipPicture>> {
        self.reel.0.as_ref()?.picture(&clip, wanted)
    }

    /// Whether another picture than those that were drawn is there by now.
    pub fn has_newer(&self, showing: &[Showing]) -> bool {
        let late = |film: &&Showing| film.drawn != Some(film.wanted);
        showing.iter().filter(late).any(|film| {
            let here = self.picture(film.clip, film.wanted);
            here.is_some_and(|picture| film.drawn != Some(picture.number))
        })
    }
}

fn image(picture: &ClipPicture) -> Image {
    let size = Extent3d { width: picture.width, height: picture.height, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    let pixels = picture.pixels.to_vec();
    let mut image = Image::new(size, TextureDimension::D2, pixels, format, RenderAssetUsages::RENDER_WORLD);
    image.sampler = ImageSampler::linear();
    image
}

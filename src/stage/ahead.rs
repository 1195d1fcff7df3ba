//! Ahead: layers drawn into textures of their own before any frame has them, and handed to the first one that does.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;

use super::compositor::DrawWanted;
use super::picture::Pictures;
use super::pool::{Pool, Slot};
use super::shape::Shape;
use super::shown::Live;
use super::takeup::texture_size;
use super::text::Faces;
use super::tree::{self, Tree};
use crate::show::frame::{Content, Frame, Layer, LayerKey, Part};

/// Layers of an output that are drawn ahead at most.
const MOST: usize = 24;
/// Texels of them, in rasters of the output.
const MOST_RASTERS: u64 = 3;

/// What a layer is drawn with.
pub struct Easel<'a, 'p, 'w, 's> {
    pub commands: &'a mut Commands<'w, 's>,
    pub shapes: &'a mut Assets<Shape>,
    pub faces: &'a Faces,
    pub pictures: &'a mut Pictures<'p>,
    /// The longest side of a texture that the adapter takes, px.
    pub largest: u32,
}

struct Drawn {
    content: Arc<Content>,
    slot: Slot,
    /// Its nodes while it waits to be drawn.
    waiting: Option<Tree>,
}

/// The layers of one output that are drawn ahead.
#[derive(Default)]
pub struct Ahead {
    drawn: Vec<Drawn>,
    /// The longest side of a texture that the adapter takes, px, once that is known.
    largest: Option<u32>,
}

impl Ahead {
    /// The camera of the layer that waits to be drawn; one at a time.
    pub fn waiting(&self) -> Option<Entity> {
        self.drawn.iter().find(|drawn| drawn.waiting.is_some()).map(|drawn| drawn.slot.camera)
    }

    /// What is to be drawn for it in this update.
    pub fn draw(&self) -> Option<DrawWanted> {
        self.drawn.iter().find_map(|drawn| {
            let waiting = drawn.waiting.as_ref()?;
            let (camera, image) = (drawn.slot.camera, drawn.slot.image.id());
            Some(DrawWanted { camera, image, least_draws: waiting.least_draws, partial: None })
        })
    }

    /// The next layer of `expected` to be drawn: neither on the output nor ready, and none that moves: a film's pictures
    /// come when they come, light travels.
    pub fn next<'a>(&self, expected: &'a Frame, live: &BTreeMap<LayerKey, Live>) -> Option<&'a Layer> {
        if self.drawn.len() >= MOST || self.is_full(expected) {
            return None;
        }
        let is_there = |content: &Arc<Content>| {
            self.drawn
                .iter()
                .map(|drawn| &drawn.content)
                .chain(live.values().map(|live| &live.content))
                .any(|c| c == content)
        };
        let fits = |content: &Content| {
            self.largest.is_none_or(|largest| texture_size(content, expected.scale).max_element() <= largest)
        };
        let moves =
            |content: &Content| content.parts.iter().any(|part| matches!(part, Part::Video { .. } | Part::Light(_)));
        expected.layers.iter().find(|layer| !moves(&layer.content) && fits(&layer.content) && !is_there(&layer.content))
    }

    fn is_full(&self, expected: &Frame) -> bool {
        let texels: u64 =
            self.drawn.iter().map(|drawn| u64::from(drawn.slot.size.x) * u64::from(drawn.slot.size.y)).sum();
        texels >= MOST_RASTERS * u64::from(expected.raster.0) * u64::from(expected.raster.1)
    }

    /// Gives back what is expected no more.
    pub fn follow(&mut self, easel: &mut Easel, expected: Option<&Frame>, pool: &mut Pool) {
        self.largest = Some(easel.largest);
        let is_wanted = |drawn: &Drawn| {
            expected.is_some_and(|frame| {
                let is_it = |layer: &Layer| layer.content == drawn.content;
                drawn.slot.is_for(texture_size(&drawn.content, frame.scale), frame.scale)
                    && frame.layers.iter().any(is_it)
            })
        };
        let (kept, gone) = std::mem::take(&mut self.drawn).into_iter().partition(is_wanted);
        self.drawn = kept;
        for drawn in gone {
            let is_drawn = drawn.waiting.is_none();
            if let Some(tree) = drawn.waiting {
                easel.commands.entity(tree.root).despawn();
                drawn.slot.activate(easel.commands, false);
            }
            pool.give(easel.commands, drawn.slot, is_drawn.then_some(drawn.content));
        }
    }

    /// Has the next layer of `expected` drawn; false where there is none left.
    pub fn begin(
        &mut self,
        easel: &mut Easel,
        expected: &Frame,
        live: &BTreeMap<LayerKey, Live>,
        pool: &mut Pool,
    ) -> bool {
        let Some(layer) = self.next(expected, live) else { return false };
        let (content, scale) = (Arc::clone(&layer.content), expected.scale);
        let size = texture_size(&content, scale);
        if let Some(slot) = pool.take_drawn(&content, size, scale) {
            self.drawn.push(Drawn { content, slot, waiting: None });
            return true;
        }
        let slot = pool.take(easel.commands, easel.pictures.images, size, scale);
        slot.activate(easel.commands, true);
        let Easel { commands, shapes, faces, pictures, .. } = easel;
        let tree = tree::spawn(commands, shapes, faces, pictures, slot.camera, &content, scale, None);
        self.drawn.push(Drawn { content, slot, waiting: Some(tree) });
        true
    }

    /// Takes in what the renderer did.
    pub fn settle(&mut self, commands: &mut Commands, cameras: &mut Query<&mut Camera>, drawn: &[Entity]) {
        for layer in self.drawn.iter_mut().filter(|layer| drawn.contains(&layer.slot.camera)) {
            if let Some(tree) = layer.waiting.take() {
                commands.entity(tree.root).despawn();
                if let Ok(mut camera) = cameras.get_mut(layer.slot.camera) {
                    camera.is_active = false;
                }
            }
        }
    }

    /// The texture that shows `content` already.
    pub fn take(&mut self, content: &Arc<Content>, size: UVec2, scale: f32) -> Option<Slot> {
        let is_it =
            |drawn: &Drawn| drawn.waiting.is_none() && drawn.slot.is_for(size, scale) && drawn.content == *content;
        let at = self.drawn.iter().position(is_it)?;
        Some(self.drawn.remove(at).slot)
    }

    /// Gives everything back.
    pub fn free(self, commands: &mut Commands) {
        for drawn in self.drawn {
            if let Some(tree) = drawn.waiting {
                commands.entity(tree.root).despawn();
            }
            drawn.slot.free(commands);
        }
    }
}

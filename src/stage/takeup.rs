//! Taking up a frame: which layers must be drawn anew, which only lie elsewhere, which have gone.

use std::sync::Arc;

use bevy::prelude::*;

use super::delta;
use super::film::Films;
use super::picture::{Held, Pictures};
use super::placing::{Quad, quad};
use super::shape::Shape;
use super::shown::{Live, Shown};
use super::soft::Hairlines;
use super::text::Faces;
use super::tree;
use crate::show::frame::{Content, Frame, Layer, LayerKey};

/// One frame being taken up by the main world.
pub struct TakeUp<'a, 'w, 's> {
    pub commands: &'a mut Commands<'w, 's>,
    pub images: &'a mut Assets<Image>,
    pub shapes: &'a mut Assets<Shape>,
    pub faces: &'a Faces,
    pub held: &'a mut Held,
    pub films: &'a mut Films,
    pub shown: &'a mut Shown,
    pub frame: &'a Frame,
    /// The longest side of a texture that the adapter takes, px.
    pub largest: u32,
    /// Layers are laid together by the processor.
    pub on_processor: bool,
}

impl TakeUp<'_, '_, '_> {
    pub fn run(mut self) {
        let frame = self.frame;
        let bounds = IRect::new(0, 0, frame.raster.0 as i32, frame.raster.1 as i32);
        let new_raster = self.shown.raster != frame.raster;
        self.shown.raster = frame.raster;
        let rescaled = self.shown.scale.to_bits() != frame.scale.to_bits();
        self.shown.scale = frame.scale;

        let order: Vec<LayerKey> = frame.layers.iter().map(|layer| layer.key).collect();
        let gone: Vec<LayerKey> = self.shown.live.keys().filter(|key| !order.contains(key)).copied().collect();
        for key in gone {
            if let Some(live) = self.shown.live.remove(&key) {
                self.shown.owed.add(live.quad.seen);
                self.release(live);
            }
        }
        if reordered(&self.shown.order, &order) {
            self.shown.owed.add(bounds);
        }
        for layer in &frame.layers {
            self.layer(layer, bounds, rescaled);
        }
        self.shown.order = order;
        if new_raster {
            // What the old raster was owed is nothing to the new one.
            self.shown.owed.clear();
            self.shown.owed.add(bounds);
        }
    }

    fn layer(&mut self, layer: &Layer, bounds: IRect, rescaled: bool) {
        // A window of such a size shows what the adapter can hold; a picture of it is refused before.
        let size = texture_size(&layer.content, self.frame.scale).min(UVec2::splat(self.largest));
        let quad = quad(layer, size, self.frame, bounds);
        let content = layer.content.clone();
        let mut partial = None;
        let old = self.shown.live.remove(&layer.key);
        let stays = |old: &Live| same_content(&old.content, &content);
        if !old.as_ref().is_some_and(stays)
            && let Some(slot) = self.shown.ahead.take(&content, size, self.frame.scale)
        {
            // It was drawn before it was shown.
            self.shown.owed.add(quad.seen);
            if let Some(old) = old {
                self.shown.owed.add(old.quad.seen);
                self.release(old);
            }
            self.shown.live.insert(layer.key, Live::drawn(content, slot, quad));
            return;
        }
        let (slot, waiting) = match old {
            Some(old) if !rescaled && self.is_same(&old, &content, &quad) => {
                if old.quad != quad {
                    self.shown.owed.add(old.quad.seen);
                    self.shown.owed.add(quad.seen);
                }
                self.shown.live.insert(layer.key, Live { content, quad, ..old });
                return;
            }
            Some(old) => {
                // A layer that stays where it is and was drawn whole is drawn anew only where it differs.
                if old.quad == quad && quad.exact && old.waiting.is_none() && old.slot.size == size && !rescaled {
                    partial = delta::changed(&old.content, &content, size, self.frame.scale);
                }
                if partial.is_none() {
                    self.shown.owed.add(old.quad.seen);
                }
                if old.slot.size == size && !rescaled {
                    (Some(old.slot), old.waiting)
                } else {
                    self.release(old);
                    (None, None)
                }
            }
            // What was here before and has not been drawn over is there still.
            None => match self.shown.pool.take_drawn(&content, size, self.frame.scale) {
                Some(slot) => {
                    self.shown.owed.add(quad.seen);
                    self.shown.live.insert(layer.key, Live::drawn(content, slot, quad));
                    return;
                }
                None => (None, None),
            },
        };
        let drawn = partial.map_or(quad.seen, |texels: IRect| {
            let at = quad.min.as_ivec2();
            IRect { min: texels.min + at, max: texels.max + at }.intersect(quad.seen)
        });
        self.shown.owed.add(drawn);
        if let Some(stale) = waiting {
            self.commands.entity(stale.root).despawn();
        }
        let scale = self.frame.scale;
        let slot = slot.unwrap_or_else(|| self.shown.pool.take(self.commands, self.images, size, scale));
        let lines = if self.on_processor && quad.exact { Hairlines::of(&content, scale) } else { None };
        slot.activate(self.commands, lines.is_none());
        if let Some(lines) = lines {
            let hairlines = Some(Arc::new(lines));
            self.shown.live.insert(layer.key, Live { hairlines, ..Live::drawn(content, slot, quad) });
            return;
        }
        let mut pictures = Pictures { held: self.held, images: self.images, films: self.films };
        let (commands, shapes) = (&mut *self.commands, &mut *self.shapes);
        let tree = tree::spawn(commands, shapes, self.faces, &mut pictures, slot.camera, &content, scale, partial);
        let films = tree.films.clone();
        let live = Live { waiting: Some(tree), partial, films, ..Live::drawn(content, slot, quad) };
        self.shown.live.insert(layer.key, live);
    }

    /// Whether a layer needs no drawing: at most it lies elsewhere.
    fn is_same(&self, old: &Live, content: &Arc<Content>, quad: &Quad) -> bool {
        let fits = old.hairlines.is_none() || quad.exact;
        fits && same_content(&old.content, content) && !self.films.has_newer(&old.films)
    }

    fn release(&mut self, live: Live) {
        let Live { content, slot, waiting, hairlines, films, .. } = live;
        let is_drawn = waiting.is_none() && hairlines.is_none() && films.is_empty();
        if let Some(tree) = waiting {
            self.commands.entity(tree.root).despawn();
            slot.activate(self.commands, false);
        }
        self.shown.pool.give(self.commands, slot, is_drawn.then_some(content));
    }
}

/// Physical size of a layer's texture.
pub fn texture_size(content: &Content, scale: f32) -> UVec2 {
    let edge = |length: f32| (length * scale).ceil().max(1.0) as u32;
    UVec2::new(edge(content.size.0), edge(content.size.1))
}

/// Whether two contents are one picture.
pub fn same_content(a: &Arc<Content>, b: &Arc<Content>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// True when layers present before and after changed places.
fn reordered(before: &[LayerKey], after: &[LayerKey]) -> bool {
    let kept_before = before.iter().filter(|key| after.contains(key));
    let kept_after = after.iter().filter(|key| before.contains(key));
    !kept_before.eq(kept_after)
}

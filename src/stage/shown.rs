//! What one output's texture shows, and what is still owed to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;

use super::ahead::Ahead;
use super::compositor::{DrawWanted, Op, Plan};
use super::damage::Damage;
use super::film::{Films, Showing};
use super::outputs::OutputId;
use super::placing::Quad;
use super::pool::{Pool, Slot};
use super::soft::Hairlines;
use super::tree::Tree;
use crate::show::frame::{Content, Frame, LayerKey};

/// A layer that is on the output, or on its way there.
pub struct Live {
    pub content: Arc<Content>,
    pub slot: Slot,
    pub quad: Quad,
    /// Its nodes while it waits to be drawn.
    pub waiting: Option<Tree>,
    /// The texels that it waits to have drawn; all of them for none.
    pub partial: Option<IRect>,
    /// What it is laid from where it needs no drawing.
    pub hairlines: Option<Arc<Hairlines>>,
    /// The films' pictures on it.
    pub films: Vec<Showing>,
}

impl Live {
    /// One that lies there ready: nothing of it is to be drawn.
    pub fn drawn(content: Arc<Content>, slot: Slot, quad: Quad) -> Self {
        Self { content, slot, quad, waiting: None, partial: None, hairlines: None, films: Vec::new() }
    }
}

/// What an output shows, and what is still owed to it.
#[derive(Default)]
pub struct Shown {
    /// The frame last taken up.
    pub frame: Option<Arc<Frame>>,
    /// The texture; the default handle before the first frame.
    pub image: Handle<Image>,
    /// Bottom to top.
    pub order: Vec<LayerKey>,
    pub live: BTreeMap<LayerKey, Live>,
    /// Textures for layers to come.
    pub pool: Pool,
    /// Layers drawn before they are shown.
    pub ahead: Ahead,
    pub raster: (u32, u32),
    pub scale: f32,
    /// Damage not yet composited.
    pub owed: Damage,
    /// Number of the last plan handed over that had damage.
    pub plan: u64,
}

impl Shown {
    /// True when the texture shows the whole frame.
    pub fn settled(&self) -> bool {
        self.owed.is_empty() && self.waiting().next().is_none()
    }

    /// True when nothing is to be drawn, neither for now nor ahead.
    pub fn rests(&self) -> bool {
        self.settled() && self.ahead.waiting().is_none()
    }

    /// Whether all layers of `expected` are drawn that can be.
    pub fn is_ahead(&self, expected: &Frame) -> bool {
        self.ahead.waiting().is_none() && self.ahead.next(expected, &self.live).is_none()
    }

    /// Cameras of layers that wait to be drawn.
    pub fn waiting(&self) -> impl Iterator<Item = Entity> {
        self.live.values().filter(|live| live.waiting.is_some()).map(|live| live.slot.camera)
    }

    /// Takes in what the renderer did: drawn layers lose their nodes, composited damage is paid.
    pub fn settle(&mut self, commands: &mut Commands, cameras: &mut Query<&mut Camera>, drawn: &[Entity], paid: u64) {
        for live in self.live.values_mut() {
            if drawn.contains(&live.slot.camera)
                && let Some(waiting) = live.waiting.take()
            {
                commands.entity(waiting.root).despawn();
                if let Ok(mut camera) = cameras.get_mut(live.slot.camera)
                    && camera.is_active
                {
                    camera.is_active = false;
                }
            }
        }
        self.ahead.settle(commands, cameras, drawn);
        if paid == self.plan {
            self.owed.clear();
        }
    }

    /// Whether a film's picture that was asked for before has come.
    pub fn has_newer(&self, films: &Films) -> bool {
        self.live.values().any(|live| films.has_newer(&live.films))
    }

    /// What is to be done for it in this update.
    pub fn plan(&self, output: OutputId, capture: bool) -> Plan {
        let ops = self.order.iter().filter_map(|key| self.live.get(key)).map(|live| Op {
            image: live.slot.image.id(),
            quad: live.quad,
            opaque: live.content.opaque,
            hairlines: live.hairlines.clone(),
        });
        let draws = self.live.values().filter_map(|live| {
            let waiting = live.waiting.as_ref()?;
            let (camera, image) = (live.slot.camera, live.slot.image.id());
            Some(DrawWanted { camera, image, least_draws: waiting.least_draws, partial: live.partial })
        });
        Plan {
            output,
            number: self.plan,
            program: self.image.id(),
            raster: UVec2::from(self.raster),
            ops: ops.collect(),
            draws: draws.collect(),
            ahead: self.ahead.draw(),
            damage: self.owed.clone(),
            capture,
        }
    }

    /// Gives everything back: nodes, cameras and, with their last handles, the textures.
    pub fn free(self, commands: &mut Commands) {
        for live in self.live.into_values() {
            if let Some(tree) = live.waiting {
                commands.entity(tree.root).despawn();
            }
            live.slot.free(commands);
        }
        self.ahead.free(commands);
        self.pool.free(commands);
    }
}

//! Layers: the frame compared with what was drawn last, giving layers to draw and pixels to composite.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::renderer::RenderDevice;
use bevy::text::FontAtlasSet;

use super::compositor::{DrawWanted, Op, Plan, Work};
use super::damage::Damage;
use super::link::Link;
use super::picture::Held;
use super::placing::Quad;
use super::pool::{Pool, Slot, target};
use super::shape::Shape;
use super::takeup::TakeUp;
use super::text::{Faces, trim_atlases};
use super::tree::Tree;
use super::{Capture, Program, ProgramImage};
use crate::show::frame::{Content, Frame, LayerKey};

/// A layer that is on the program, or on its way there.
pub struct Live {
    pub content: Arc<Content>,
    pub slot: Slot,
    pub quad: Quad,
    /// Its nodes while it waits to be drawn.
    pub waiting: Option<Tree>,
    /// The texels that it waits to have drawn; all of them for none.
    pub partial: Option<IRect>,
}

/// What the program shows, and what is still owed to it.
#[derive(Resource, Default)]
pub struct Shown {
    frame: Option<Arc<Frame>>,
    /// Bottom to top.
    pub order: Vec<LayerKey>,
    pub live: BTreeMap<LayerKey, Live>,
    pub raster: (u32, u32),
    pub scale: f32,
    /// Damage not yet composited.
    pub owed: Damage,
    /// Number of the last plan handed over.
    plan: u64,
}

impl Shown {
    /// True when the program texture shows the whole frame.
    pub fn settled(&self) -> bool {
        self.owed.is_empty() && self.live.values().all(|live| live.waiting.is_none())
    }

    /// True while damage is owed to the program texture, as far as the main world knows.
    pub fn owes(&self) -> bool {
        !self.owed.is_empty()
    }

    pub fn plan_number(&self) -> u64 {
        self.plan
    }

    /// Cameras of layers that wait to be drawn.
    pub fn waiting(&self) -> impl Iterator<Item = Entity> {
        self.live.values().filter(|live| live.waiting.is_some()).map(|live| live.slot.camera)
    }

    /// The frame last taken up.
    pub fn frame(&self) -> Option<&Arc<Frame>> {
        self.frame.as_ref()
    }
}

/// Takes in what the renderer did since: drawn layers lose their nodes, composited damage is paid.
pub fn settle(mut commands: Commands, mut shown: ResMut<Shown>, link: Res<Link>, mut cameras: Query<&mut Camera>) {
    if shown.settled() {
        return;
    }
    let (drawn, composited) = {
        let mut shared = link.lock();
        (std::mem::take(&mut shared.drawn), shared.composited)
    };
    let shown = &mut *shown;
    for live in shown.live.values_mut() {
        if drawn.contains(&live.slot.camera)
            && let Some(waiting) = live.waiting.take()
        {
            commands.entity(waiting.root).despawn();
            set_active(&mut cameras, live.slot.camera, false);
        }
    }
    if composited == shown.plan {
        shown.owed.clear();
    }
}

fn set_active(cameras: &mut Query<&mut Camera>, camera: Entity, active: bool) {
    if let Ok(mut camera) = cameras.get_mut(camera)
        && camera.is_active != active
    {
        camera.is_active = active;
    }
}

/// Compares the program's frame with what is shown and plans the difference.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads and writes")]
pub fn plan(
    mut commands: Commands,
    program: Res<Program>,
    capture: Res<Capture>,
    faces: Res<Faces>,
    mut held: ResMut<Held>,
    device: Res<RenderDevice>,
    link: Res<Link>,
    mut shown: ResMut<Shown>,
    mut pool: ResMut<Pool>,
    mut images: ResMut<Assets<Image>>,
    mut shapes: ResMut<Assets<Shape>>,
    mut image: ResMut<ProgramImage>,
    mut atlases: ResMut<FontAtlasSet>,
    mut work: ResMut<Work>,
) {
    work.0 = None;
    let Some(frame) = program.frame.clone().filter(|_| faces.ready()) else { return };
    let shown = &mut *shown;
    let same = shown.frame.as_ref().is_some_and(|last| Arc::ptr_eq(last, &frame));
    if !same {
        if shown.waiting().next().is_none() {
            trim_atlases(&mut atlases, &images);
        }
        if shown.raster != frame.raster {
            image.0 = target(&mut images, UVec2::from(frame.raster));
        }
        TakeUp {
            commands: &mut commands,
            pool: &mut pool,
            images: &mut images,
            shapes: &mut shapes,
            faces: &faces,
            held: &mut held,
            shown,
            frame: &frame,
            largest: device.limits().max_texture_dimension_2d,
        }
        .run();
        shown.frame = Some(frame);
    }
    let unread = capture.wanted && !link.lock().unread.is_empty();
    if shown.settled() && !unread {
        return;
    }
    if !shown.owed.is_empty() {
        shown.plan += 1;
    }
    work.0 = Some(Arc::new(shown.plan_for(image.0.id(), capture.wanted)));
}

impl Shown {
    fn plan_for(&self, program: AssetId<Image>, capture: bool) -> Plan {
        let ops = self.order.iter().filter_map(|key| self.live.get(key)).map(|live| Op {
            image: live.slot.image.id(),
            quad: live.quad,
            opaque: live.content.opaque,
        });
        let draws = self.live.values().filter_map(|live| {
            let waiting = live.waiting.as_ref()?;
            Some(DrawWanted { camera: live.slot.camera, least_draws: waiting.least_draws, partial: live.partial })
        });
        Plan {
            number: self.plan,
            program,
            raster: UVec2::from(self.raster),
            ops: ops.collect(),
            draws: draws.collect(),
            damage: self.owed.clone(),
            capture,
        }
    }
}

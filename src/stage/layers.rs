//! Layers: each output's frame compared with what was drawn last, giving layers to draw and pixels to composite.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice};
use bevy::text::FontAtlasSet;

use super::Capture;
use super::ahead::Easel;
use super::compositor::Work;
use super::film::{Films, Reels};
use super::link::Link;
use super::outputs::Outputs;
use super::picture::{Held, Pictures};
use super::pool::target;
use super::shape::Shape;
use super::shown::Shown;
use super::soft::Composes;
use super::takeup::TakeUp;
use super::text::{Faces, trim_atlases};
use super::warm::Warm;
use crate::phase::phase;

/// Takes in what the renderer did since the last update.
pub fn settle(mut commands: Commands, mut outputs: ResMut<Outputs>, link: Res<Link>, mut cameras: Query<&mut Camera>) {
    if outputs.open().all(|(_, open)| open.shown.rests()) {
        return;
    }
    let mut shared = link.lock();
    let drawn = std::mem::take(&mut shared.drawn);
    for (id, open) in outputs.open_mut().1 {
        if !open.shown.rests() {
            open.shown.settle(&mut commands, &mut cameras, &drawn, shared.of(id).composited);
        }
    }
}

/// Compares every output's frame with what it shows and plans the difference.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads and writes")]
pub fn plan(
    mut commands: Commands,
    capture: Res<Capture>,
    faces: Res<Faces>,
    mut held: ResMut<Held>,
    reels: Res<Reels>,
    device: Res<RenderDevice>,
    adapter: Res<RenderAdapterInfo>,
    composes: Res<Composes>,
    link: Res<Link>,
    mut outputs: ResMut<Outputs>,
    mut images: ResMut<Assets<Image>>,
    mut shapes: ResMut<Assets<Shape>>,
    mut atlases: ResMut<FontAtlasSet>,
    mut work: ResMut<Work>,
    warm: Res<Warm>,
) {
    let _phase = phase!("plan");
    work.0.clear();
    for (id, shown) in outputs.leaving() {
        shown.free(&mut commands);
        link.lock().forget(id);
    }
    if !faces.ready() {
        return;
    }
    // Text that was laid out and waits needs its glyphs, on whichever output.
    let waits = |shown: &Shown| shown.waiting().next().is_some() || shown.ahead.waiting().is_some();
    let mut may_trim = !outputs.open().any(|(_, open)| waits(&open.shown));
    // One layer an update, and only where no other is to be drawn.
    let mut may_draw_ahead = warm.is_done(&outputs);
    let mut films = Films::new(&reels);
    let (plans, open) = outputs.open_mut();
    for (id, open) in open {
        let (frame, shown) = (&open.frame, &mut open.shown);
        if !shown.frame.as_ref().is_some_and(|last| Arc::ptr_eq(last, frame)) || shown.has_newer(&films) {
            if std::mem::take(&mut may_trim) {
                trim_atlases(&mut atlases, &images);
            }
            if shown.raster != frame.raster {
                shown.image = target(&mut images, UVec2::from(frame.raster));
            }
            TakeUp {
                commands: &mut commands,
                images: &mut images,
                shapes: &mut shapes,
                faces: &faces,
                held: &mut held,
                films: &mut films,
                shown,
                frame,
                largest: device.limits().max_texture_dimension_2d,
                on_processor: !composes.on_card(&adapter),
            }
            .run();
            shown.frame = Some(Arc::clone(frame));
        }
        let mut easel = Easel {
            commands: &mut commands,
            shapes: &mut shapes,
            faces: &faces,
            pictures: &mut Pictures { held: &mut held, images: &mut images, films: &mut films },
            largest: device.limits().max_texture_dimension_2d,
        };
        shown.ahead.follow(&mut easel, open.expected.as_deref(), &mut shown.pool);
        may_draw_ahead &= !waits(shown);
        if let Some(expected) = open.expected.as_deref().filter(|_| may_draw_ahead) {
            may_draw_ahead = !shown.ahead.begin(&mut easel, expected, &shown.live, &mut shown.pool);
        }
        let captured = capture.0 == Some(id);
        if shown.rests() && (!captured || link.lock().of(id).unread.is_empty()) {
            continue;
        }
        if !shown.owed.is_empty() {
            *plans += 1;
            shown.plan = *plans;
        }
        work.0.push(Arc::new(shown.plan(id, captured)));
    }
}

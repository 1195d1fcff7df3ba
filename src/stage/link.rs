//! The link between the two Bevy worlds: what the renderer did, told back to the diff that asked for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy::prelude::*;

use super::damage::Damage;
use super::layers::Shown;

/// What the stage has done since it began; none ever falls. With nothing changing none moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Layer textures drawn.
    pub layers_drawn: u64,
    /// Frames in which the compositor ran.
    pub composites: u64,
    /// Physical pixels composited.
    pub composited_px: u64,
    /// Times pixels were copied to the CPU.
    pub readbacks: u64,
    /// Bytes copied to the CPU.
    pub readback_bytes: u64,
}

/// Both worlds hold a clone. Pipelined rendering is off, so one of them runs at a time.
#[derive(Resource, Clone, Default)]
pub struct Link(Arc<Mutex<Shared>>);

#[derive(Default)]
pub struct Shared {
    /// Layer cameras whose texture was completely drawn in the last update.
    pub drawn: Vec<Entity>,
    /// The last plan that reached the program texture.
    pub composited: u64,
    pub counters: Counters,
    /// Composited, but not yet in `pixels`.
    pub unread: Damage,
    /// Straight RGBA8 rows of the program; its size is the raster's.
    pub pixels: Vec<u8>,
}

impl Shared {
    /// True when `shown` is wholly composited and, so far as it was asked for, in `pixels`.
    pub fn up_to_date(&self, shown: &Shown) -> bool {
        let paid = !shown.owes() || self.composited == shown.plan_number();
        paid && shown.waiting().all(|camera| self.drawn.contains(&camera)) && self.unread.is_empty()
    }
}

impl Link {
    pub fn lock(&self) -> MutexGuard<'_, Shared> {
        // The data are plain numbers and pixels: a panic elsewhere leaves them usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

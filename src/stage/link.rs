//! The link between the two Bevy worlds: what the renderer did, told back to the diff that asked for it.

use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy::prelude::*;

use super::damage::Damage;
use super::outputs::OutputId;
use super::shown::Shown;

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

impl Add for Counters {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            layers_drawn: self.layers_drawn + other.layers_drawn,
            composites: self.composites + other.composites,
            composited_px: self.composited_px + other.composited_px,
            readbacks: self.readbacks + other.readbacks,
            readback_bytes: self.readback_bytes + other.readback_bytes,
        }
    }
}

/// Both worlds hold a clone. Pipelined rendering is off, so one of them runs at a time.
#[derive(Resource, Clone, Default)]
pub struct Link(Arc<Mutex<Shared>>);

#[derive(Default)]
pub struct Shared {
    /// Layer cameras whose texture was completely drawn in the last update.
    pub drawn: Vec<Entity>,
    outputs: BTreeMap<OutputId, Done>,
}

/// What was done for one output.
#[derive(Default)]
pub struct Done {
    /// The last plan that reached the output's texture.
    pub composited: u64,
    pub counters: Counters,
    /// Composited, but not yet in `pixels`.
    pub unread: Damage,
    /// Straight RGBA8 rows of the output; its size is the raster's.
    pub pixels: Vec<u8>,
}

impl Shared {
    pub fn of(&mut self, output: OutputId) -> &mut Done {
        self.outputs.entry(output).or_default()
    }

    /// An output was closed. What it had cost stays counted.
    pub fn forget(&mut self, output: OutputId) {
        let done = self.of(output);
        *done = Done { counters: done.counters, ..Done::default() };
    }

    /// True when `shown` is wholly composited and, so far as it was asked for, in `pixels`.
    pub fn up_to_date(&mut self, output: OutputId, shown: &Shown) -> bool {
        let drawn = shown.waiting().all(|camera| self.drawn.contains(&camera));
        let done = self.of(output);
        let paid = shown.owed.is_empty() || done.composited == shown.plan;
        paid && drawn && done.unread.is_empty()
    }
}

impl Link {
    pub fn lock(&self) -> MutexGuard<'_, Shared> {
        // The data are plain numbers and pixels: a panic elsewhere leaves them usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was done for all outputs together.
    pub fn counters(&self) -> Counters {
        self.lock().outputs.values().map(|done| done.counters).fold(Counters::default(), Add::add)
    }

    /// What was done for one of them, also before it was closed.
    pub fn counters_of(&self, output: OutputId) -> Counters {
        self.lock().of(output).counters
    }
}

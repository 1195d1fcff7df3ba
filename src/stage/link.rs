//! The link between the two Bevy worlds: what the renderer did, told back to the diff that asked for it.

use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bevy::prelude::*;

use super::damage::Damage;
use super::deliveries::{DeliveryId, Job};
use super::folding::whole;
use super::outputs::OutputId;
use super::pixels::{Captured, PX_BYTES, Pixels};
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
    /// What was composited since the deliveries were last carried out.
    pub fresh: Vec<(OutputId, Damage)>,
    /// Pixels cannot go straight to the X server: windows are drawn by their surfaces.
    pub has_no_direct_way: bool,
    outputs: BTreeMap<OutputId, Done>,
    deliveries: BTreeMap<DeliveryId, Left>,
}

/// What was done for one output.
#[derive(Default)]
pub struct Done {
    /// The last plan that reached the output's texture.
    pub composited: u64,
    /// The texture that it reached.
    pub filled: Option<AssetId<Image>>,
    /// Every pixel of it has alpha 1.
    pub opaque: bool,
    pub counters: Counters,
    /// Composited, but not yet in `pixels`.
    pub unread: Damage,
    /// Straight RGBA8 rows of the output; its size is the raster's.
    pub pixels: Vec<u8>,
}

impl Done {
    /// Rows for a picture of this raster; those of another one are all to be read anew.
    pub fn make_room(&mut self, raster: UVec2) {
        let frame_bytes = raster.x as usize * raster.y as usize * PX_BYTES;
        if self.pixels.len() != frame_bytes {
            self.pixels = vec![0; frame_bytes];
            self.unread.clear();
            self.unread.add(whole(raster));
        }
    }
}

/// What was done for one delivery.
#[derive(Default)]
pub struct Left {
    /// The one that is being carried out.
    pub job: Option<Arc<Job>>,
    /// Nothing of it was carried out yet.
    pub begins: bool,
    /// Of the delivery's raster: composited, but not yet carried out.
    pub due: Damage,
    /// Carried out, but not yet in `pixels`.
    pub unread: Damage,
    pub pixels: Pixels,
    pub counters: Counters,
}

impl Left {
    /// Rows for what leaves; those of another raster are all to be read anew.
    pub fn make_room(&mut self, job: &Job) {
        let raster = UVec2::from(job.delivery.raster);
        if !self.pixels.fits(raster) {
            self.pixels.begin(raster);
            self.unread.clear();
            self.unread.add(whole(raster));
        }
    }

    /// Whether there is something to read back.
    pub fn wants_reading(&self, job: &Arc<Job>) -> bool {
        let is_current = self.job.as_ref().is_some_and(|last| Arc::ptr_eq(last, job));
        is_current && !self.begins && (!self.unread.is_empty() || !self.pixels.fits(job.delivery.raster.into()))
    }

    /// Whether `job` is carried out and, where that is wanted, in `pixels`.
    pub fn up_to_date(&self, job: &Arc<Job>, capture: bool) -> bool {
        let is_current = self.job.as_ref().is_some_and(|last| Arc::ptr_eq(last, job));
        is_current && self.due.is_empty() && !self.begins && !(capture && self.wants_reading(job))
    }
}

impl Shared {
    pub fn delivery(&mut self, id: DeliveryId) -> &mut Left {
        self.deliveries.entry(id).or_default()
    }

    /// A delivery was closed. What it had cost stays counted.
    pub fn forget_delivery(&mut self, id: DeliveryId) {
        let left = self.delivery(id);
        *left = Left { counters: left.counters, ..Left::default() };
    }

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
        self.composited(output, shown) && self.of(output).unread.is_empty()
    }

    /// True when `shown` is wholly composited.
    pub fn composited(&mut self, output: OutputId, shown: &Shown) -> bool {
        let drawn = shown.waiting().all(|camera| self.drawn.contains(&camera));
        drawn && (shown.owed.is_empty() || self.of(output).composited == shown.plan)
    }
}

impl Link {
    pub fn lock(&self) -> MutexGuard<'_, Shared> {
        // The data are plain numbers and pixels: a panic elsewhere leaves them usable.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A delivery's pixels as of the last update, where they are not those that were taken last: for who works in the
    /// renderer's world, when it has read them back.
    pub fn take(&self, id: DeliveryId) -> Option<Captured> {
        self.lock().delivery(id).pixels.take()
    }

    /// What was done for all outputs and deliveries together.
    pub fn counters(&self) -> Counters {
        let shared = self.lock();
        let outputs = shared.outputs.values().map(|done| done.counters);
        let deliveries = shared.deliveries.values().map(|left| left.counters);
        outputs.chain(deliveries).fold(Counters::default(), Add::add)
    }

    /// What carrying out one delivery and reading it back took, also before it was closed.
    pub fn counters_of_delivery(&self, id: DeliveryId) -> Counters {
        self.lock().delivery(id).counters
    }

    /// What was done for one of them, also before it was closed.
    pub fn counters_of(&self, output: OutputId) -> Counters {
        self.lock().of(output).counters
    }
}

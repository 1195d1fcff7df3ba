//! Deliveries: what leaves of the pictures, each folded and with the look that its receiver wants.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::render::renderer::RenderDevice;

use super::StageError;
use super::link::Link;
use super::outputs::{OutputId, Outputs};
use super::pixels::Captured;
use super::pool::target;
use crate::routing::{Delivery, Look};

/// Which of the deliveries; any number will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub u8);

/// What is to leave. Set it before [`StageSystems`](super::StageSystems).
///
/// A delivery that is its picture, pixel for pixel, has no texture and no pass of its own. Any other one is carried out
/// where its picture changed, and not at all where it did not; its texture holds coded values: straight, or as the look
/// says. What no blit covers is black, and clear where alpha leaves too.
#[derive(Resource)]
pub struct Deliveries {
    open: BTreeMap<DeliveryId, Open>,
    link: Link,
}

struct Open {
    output: OutputId,
    delivery: Arc<Delivery>,
    capture: bool,
    /// What leaves: an own texture or the picture's; the default handle for none.
    image: Handle<Image>,
    /// The raster of its own texture.
    own: Option<(u32, u32)>,
    job: Option<Arc<Job>>,
    /// The longest side of a texture, where it has a longer one.
    too_large: Option<u32>,
}

/// What the renderer is to carry out; another one of the same delivery is carried out anew, and whole.
pub struct Job {
    pub id: DeliveryId,
    pub output: OutputId,
    pub delivery: Arc<Delivery>,
    /// The picture's texture and its raster.
    pub picture: AssetId<Image>,
    pub picture_raster: UVec2,
    /// None where the picture itself leaves.
    pub target: Option<AssetId<Image>>,
}

impl Job {
    /// What leaves.
    pub fn image(&self) -> AssetId<Image> {
        self.target.unwrap_or(self.picture)
    }
}

/// The deliveries whose pictures there are, and whether their pixels are wanted on the CPU.
#[derive(Resource, Clone, Default)]
pub struct Jobs(pub Vec<(Arc<Job>, bool)>);

impl FromWorld for Deliveries {
    fn from_world(world: &mut World) -> Self {
        Self { open: BTreeMap::new(), link: world.get_resource_or_init::<Link>().clone() }
    }
}

impl Deliveries {
    /// Says what is to leave of which picture, opening the delivery if need be; tells whether that is something else.
    pub fn set(&mut self, id: DeliveryId, output: OutputId, delivery: Delivery) -> bool {
        match self.open.get_mut(&id) {
            Some(open) if open.output == output && *open.delivery == delivery => return false,
            Some(open) => {
                (open.output, open.delivery) = (output, Arc::new(delivery));
            }
            None => {
                let delivery = Arc::new(delivery);
                let (image, own, job, too_large) = (Handle::default(), None, None, None);
                self.open.insert(id, Open { output, delivery, capture: false, image, own, job, too_large });
            }
        }
        true
    }

    /// Closes a delivery: its texture is freed in the next updates. One that is not open is none.
    pub fn remove(&mut self, id: DeliveryId) {
        if self.open.remove(&id).is_some() {
            self.link.lock().forget_delivery(id);
        }
    }

    /// Closes all deliveries but these.
    pub fn retain(&mut self, wanted: impl Fn(DeliveryId) -> bool) {
        let gone: Vec<DeliveryId> = self.open.keys().filter(|id| !wanted(**id)).copied().collect();
        gone.into_iter().for_each(|id| self.remove(id));
    }

    /// The open deliveries, in their order.
    pub fn ids(&self) -> impl Iterator<Item = DeliveryId> {
        self.open.keys().copied()
    }

    /// The texture that leaves; the picture's own where that leaves as it is. None before the first update with its
    /// picture.
    pub fn image(&self, id: DeliveryId) -> Option<Handle<Image>> {
        self.open.get(&id).map(|open| open.image.clone()).filter(|image| *image != Handle::default())
    }

    /// Why a delivery is not carried out: it is larger than a texture may be.
    pub fn refused(&self, id: DeliveryId) -> Option<StageError> {
        let open = self.open.get(&id)?;
        let (width, height) = open.delivery.raster;
        open.too_large.map(|largest| StageError::Raster { width, height, largest })
    }

    /// Whether its pixels are wanted on the CPU, from the next update on.
    pub fn capture(&mut self, id: DeliveryId, wanted: bool) {
        if let Some(open) = self.open.get_mut(&id) {
            open.capture = wanted;
        }
    }

    /// The pixels as of the last update, where they are not those that were taken last.
    pub fn take(&self, id: DeliveryId) -> Option<Captured> {
        self.open.get(&id).filter(|open| open.capture)?;
        self.link.lock().delivery(id).pixels.take()
    }

    pub(super) fn job(&self, id: DeliveryId) -> Option<&Arc<Job>> {
        self.open.get(&id)?.job.as_ref()
    }

    /// Whether the picture's key leaves beside it.
    pub(super) fn is_keyed(&self, output: OutputId) -> bool {
        let is_key = |open: &Open| open.delivery.blits.iter().all(|blit| blit.look == Look::Key);
        self.open.values().any(|open| open.output == output && !open.delivery.blits.is_empty() && is_key(open))
    }

    /// Whether all that can be carried out is, and captured where that is wanted.
    pub(super) fn up_to_date(&self) -> bool {
        let mut shared = self.link.lock();
        let mut open = self.open.iter().filter_map(|(id, open)| Some((*id, open.capture, open.job.as_ref()?)));
        open.all(|(id, capture, job)| shared.delivery(id).up_to_date(job, capture))
    }
}

/// Gives every delivery whose picture there is its texture and its job. Runs when the pictures have their textures.
pub fn arrange(
    mut deliveries: ResMut<Deliveries>,
    outputs: Res<Outputs>,
    device: Res<RenderDevice>,
    mut images: ResMut<Assets<Image>>,
    mut jobs: ResMut<Jobs>,
) {
    jobs.0.clear();
    let largest = device.limits().max_texture_dimension_2d;
    for (id, open) in &mut deliveries.open {
        let picture = outputs.shown(open.output).filter(|shown| shown.image != Handle::default());
        let Some(picture) = picture else {
            // What lies in a texture of its own stays; a picture that is gone is let go.
            open.job = None;
            if open.own.is_none() {
                open.image = Handle::default();
            }
            continue;
        };
        let is_same = |job: &Arc<Job>| {
            job.output == open.output
                && job.picture == picture.image.id()
                && job.picture_raster == UVec2::from(picture.raster)
                && Arc::ptr_eq(&job.delivery, &open.delivery)
        };
        if !open.job.as_ref().is_some_and(is_same) {
            let (width, height) = open.delivery.raster;
            open.too_large = (width.min(height) == 0 || width.max(height) > largest).then_some(largest);
            open.job = None;
            if open.too_large.is_some() {
                // What left before stays.
                continue;
            }
            if open.delivery.is_whole(picture.raster) {
                (open.image, open.own) = (picture.image.clone(), None);
            } else if open.own != Some((width, height)) {
                (open.image, open.own) = (target(&mut images, UVec2::new(width, height)), Some((width, height)));
            }
            open.job = Some(Arc::new(Job {
                id: *id,
                output: open.output,
                delivery: Arc::clone(&open.delivery),
                picture: picture.image.id(),
                picture_raster: UVec2::from(picture.raster),
                target: open.own.map(|_| open.image.id()),
            }));
        }
        jobs.0.extend(open.job.iter().map(|job| (Arc::clone(job), open.capture)));
    }
}

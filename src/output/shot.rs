//! A frame's pixels as they leave for a file: drawn, folded and given their look.

use std::sync::Arc;

use super::OutputError;
use crate::{
    routing::Delivery,
    show::frame::Frame,
    stage::{DeliveryId, Headless, OutputId},
};

/// The one delivery of a renderer that draws for files.
const ID: DeliveryId = DeliveryId(0);

/// Takes what leaves of frame after frame.
#[derive(Default)]
pub struct Shots {
    /// None where the picture leaves as it is composed.
    delivery: Option<Delivery>,
    last: Arc<[u8]>,
}

impl Shots {
    pub fn new(delivery: Option<Delivery>) -> Self {
        Self { delivery, ..Self::default() }
    }

    /// What leaves of a picture of this raster is so large, px.
    pub fn raster(&self, composed: (u32, u32)) -> (u32, u32) {
        self.delivery.as_ref().map_or(composed, |delivery| delivery.raster)
    }

    /// Draws `frame` and gives what leaves of it: straight RGBA8, or as the delivery's look says. `at_us` is told in errors.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn take(&mut self, stage: &mut Headless, frame: Arc<Frame>, at_us: i64) -> Result<Arc<[u8]>, OutputError> {
        let fault = |source| OutputError::Stage { at_ms: at_us / 1000, source };
        match self.delivery.as_ref().filter(|delivery| !delivery.is_whole(frame.raster)) {
            None => self.last = stage.draw(frame).map(Arc::from).map_err(fault)?,
            Some(delivery) => {
                stage.set_picture(OutputId::PROGRAM, frame).map_err(fault)?;
                stage.deliver(ID, OutputId::PROGRAM, delivery.clone()).map_err(fault)?;
                stage.update().map_err(fault)?;
                // Pixels that are those of the last time are not given again.
                if let Some(captured) = stage.take(ID) {
                    self.last = captured.pixels;
                }
            }
        }
        Ok(Arc::clone(&self.last))
    }
}

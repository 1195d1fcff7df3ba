//! The programme bus inside kira: the master fader, then the same limiter the offline mixer has.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use kira::Frame;
use kira::effect::{Effect, EffectBuilder};
use kira::info::Info;

use super::limiter::Limiter;

/// Part of the way to a new master gain that one sample goes: about 5 ms for a change.
const GLIDE: f32 = 0.005;

/// The desk's hold on the bus.
#[derive(Clone, Debug)]
pub(super) struct BusFader(Arc<AtomicU32>);

impl BusFader {
    /// Sets the master gain as a factor; the bus glides there.
    pub(super) fn set(&self, gain: f32) {
        self.0.store(gain.to_bits(), Ordering::Release);
    }
}

/// Puts the bus on a track.
pub(super) struct BusBuilder {
    /// Master gain to begin with, as a factor.
    pub(super) gain: f32,
}

impl EffectBuilder for BusBuilder {
    type Handle = BusFader;

    fn build(self) -> (Box<dyn Effect>, Self::Handle) {
        let wanted = Arc::new(AtomicU32::new(self.gain.to_bits()));
        let bus = Bus { wanted: Arc::clone(&wanted), gain: self.gain, limiter: Limiter::default() };
        (Box::new(bus), BusFader(wanted))
    }
}

/// The bus on the audio thread.
struct Bus {
    wanted: Arc<AtomicU32>,
    gain: f32,
    limiter: Limiter,
}

impl Effect for Bus {
    fn process(&mut self, input: &mut [Frame], _dt: f64, _info: &Info) {
        let wanted = f32::from_bits(self.wanted.load(Ordering::Acquire));
        for frame in input {
            let rest = wanted - self.gain;
            self.gain = if rest.abs() < 1e-5 { wanted } else { self.gain + rest * GLIDE };
            let [left, right] = self.limiter.step([frame.left * self.gain, frame.right * self.gain]);
            *frame = Frame::new(left, right);
        }
    }
}

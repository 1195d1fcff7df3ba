//! One scheduled cue inside kira: begins on its exact sample, can be moved or withdrawn until that sample is rendered.
//!
//! kira's own sounds begin on the next internal buffer. This one works out from kira's clock where in the buffer its
//! instant falls, and asks once more, at that very moment, whether it is still wanted.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use kira::Frame;
use kira::clock::ClockId;
use kira::info::Info;
use kira::sound::{Sound, SoundData};

use super::synth::RATE_HZ;

/// What a voice is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceState {
    /// Its instant is still to come.
    Waiting,
    /// Its first sample has been rendered.
    Sounding,
    /// It is over, or was withdrawn.
    Over,
}

const WAITING: u8 = 0;
const SOUNDING: u8 = 1;
const FADING: u8 = 2;
const OVER: u8 = 3;

/// What the desk and the audio thread share about one voice.
#[derive(Debug)]
struct Shared {
    state: AtomicU8,
    /// Start on kira's clock, seconds, as bits.
    start: AtomicU64,
    gain: AtomicU32,
}

/// The desk's hold on one scheduled cue.
#[derive(Debug)]
pub struct Voice(Arc<Shared>);

impl Voice {
    /// What the voice is doing.
    pub fn state(&self) -> VoiceState {
        match self.0.state.load(Ordering::Acquire) {
            WAITING => VoiceState::Waiting,
            OVER => VoiceState::Over,
            _ => VoiceState::Sounding,
        }
    }

    /// When it begins, seconds on kira's clock.
    pub fn start_s(&self) -> f64 {
        f64::from_bits(self.0.start.load(Ordering::Acquire))
    }

    /// Moves its beginning; without effect once it sounds.
    pub fn move_to(&self, start_s: f64) {
        self.0.start.store(start_s.to_bits(), Ordering::Release);
    }

    /// Sets its gain as a factor, also while it sounds.
    pub fn set_gain(&self, gain: f32) {
        self.0.gain.store(gain.to_bits(), Ordering::Release);
    }

    /// Withdraws it if it has not begun; says whether that was in time.
    pub fn cancel(&self) -> bool {
        self.0.state.compare_exchange(WAITING, OVER, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Withdraws it, or fades it out in some 10 ms if it already sounds.
    pub fn silence(&self) {
        if !self.cancel() {
            // A voice that has just ended stays over: only a sounding one fades.
            let _ = self.0.state.compare_exchange(SOUNDING, FADING, Ordering::AcqRel, Ordering::Acquire);
        }
    }
}

/// A cue on its way to kira.
pub(super) struct CueData {
    samples: Arc<[f32]>,
    clock: ClockId,
    shared: Arc<Shared>,
}

impl CueData {
    /// A cue that begins at `start_s` on `clock` (which must run at one tick per second).
    pub(super) fn new(samples: Arc<[f32]>, clock: ClockId, start_s: f64, gain: f32) -> Self {
        let shared = Shared {
            state: AtomicU8::new(WAITING),
            start: AtomicU64::new(start_s.to_bits()),
            gain: AtomicU32::new(gain.to_bits()),
        };
        Self { samples, clock, shared: Arc::new(shared) }
    }
}

impl SoundData for CueData {
    type Error = Infallible;
    type Handle = Voice;

    fn into_sound(self) -> Result<(Box<dyn Sound>, Self::Handle), Self::Error> {
        let voice = Voice(Arc::clone(&self.shared));
        let gain = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        let sound =
            CueSound { samples: self.samples, clock: self.clock, shared: self.shared, position: 0.0, gain, fade: 1.0 };
        Ok((Box::new(sound), voice))
    }
}

/// The cue on the audio thread.
struct CueSound {
    samples: Arc<[f32]>,
    clock: ClockId,
    shared: Arc<Shared>,
    /// Where in the cue the next frame is taken, samples.
    position: f64,
    gain: f32,
    fade: f32,
}

impl CueSound {
    /// Where in a buffer of `length` frames a waiting cue begins; `None` if not in this one.
    fn begins(&mut self, length: usize, dt: f64, info: &Info) -> Option<usize> {
        let Some(clock) = info.clock_info(self.clock) else {
            self.shared.state.store(OVER, Ordering::Release);
            return None;
        };
        // kira has already moved its clock to the end of the buffer.
        let end_s = clock.time.ticks as f64 + clock.time.fraction;
        let start_s = f64::from_bits(self.shared.start.load(Ordering::Acquire));
        let offset = ((start_s - end_s) / dt).round() + length as f64;
        if !clock.ticking || offset >= length as f64 {
            return None;
        }
        // What the fader did while it waited is no fade.
        self.gain = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        let in_time = self.shared.state.compare_exchange(WAITING, SOUNDING, Ordering::AcqRel, Ordering::Acquire);
        in_time.ok().map(|_| offset.max(0.0) as usize)
    }

    /// The cue between two of its samples, for devices that do not run at 48 kHz.
    fn at(&self, position: f64) -> f32 {
        let index = position as usize;
        let here = self.samples.get(index).copied().unwrap_or(0.0);
        let along = (position - index as f64) as f32;
        if along == 0.0 {
            return here;
        }
        here + (self.samples.get(index + 1).copied().unwrap_or(0.0) - here) * along
    }
}

impl Sound for CueSound {
    fn process(&mut self, out: &mut [Frame], dt: f64, info: &Info) {
        out.fill(Frame::ZERO);
        let mut first = 0;
        if self.shared.state.load(Ordering::Acquire) == WAITING {
            let Some(offset) = self.begins(out.len(), dt, info) else { return };
            first = offset;
        }
        let state = self.shared.state.load(Ordering::Acquire);
        if state == OVER {
            return;
        }
        let step = f64::from(RATE_HZ) * dt;
        // 48 kHz must stay exact over hours of rounding in `dt`.
        let step = if (step - 1.0).abs() < 1e-9 { 1.0 } else { step };
        let wanted = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        let slope = (wanted - self.gain) / out.len() as f32;
        let fall = if state == FADING { 1.0 / 480.0 } else { 0.0 };
        for frame in &mut out[first..] {
            self.gain += slope;
            self.fade = (self.fade - fall).max(0.0);
            *frame = Frame::from_mono(self.at(self.position) * self.gain * self.fade);
            self.position += step;
        }
        self.gain = wanted;
        if self.position >= self.samples.len() as f64 || self.fade == 0.0 {
            self.shared.state.store(OVER, Ordering::Release);
        }
    }

    fn finished(&self) -> bool {
        self.shared.state.load(Ordering::Acquire) == OVER
    }
}

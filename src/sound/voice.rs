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

use super::lane::Lane;
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
    /// Where another cue cuts it off, seconds on kira's clock, as bits.
    cut: AtomicU64,
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

    /// Lets it die away within some 10 ms from this place on kira's clock on; infinity lets it ring out.
    pub fn cut_at(&self, clock_s: f64) {
        self.0.cut.store(clock_s.to_bits(), Ordering::Release);
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
    lane: Option<Arc<Lane>>,
}

impl CueData {
    /// A cue that begins at `start_s` on `clock` (which must run at one tick per second), in a stem's lane.
    pub(super) fn new(samples: Arc<[f32]>, clock: ClockId, start_s: f64, gain: f32, lane: Option<Arc<Lane>>) -> Self {
        let shared = Shared {
            state: AtomicU8::new(WAITING),
            start: AtomicU64::new(start_s.to_bits()),
            gain: AtomicU32::new(gain.to_bits()),
            cut: AtomicU64::new(f64::INFINITY.to_bits()),
        };
        Self { samples, clock, shared: Arc::new(shared), lane }
    }
}

impl SoundData for CueData {
    type Error = Infallible;
    type Handle = Voice;

    fn into_sound(self) -> Result<(Box<dyn Sound>, Self::Handle), Self::Error> {
        let voice = Voice(Arc::clone(&self.shared));
        let gain = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        let sound = CueSound {
            samples: self.samples,
            clock: self.clock,
            shared: self.shared,
            lane: self.lane,
            position: 0.0,
            gain,
            open: 1.0,
            fade: 1.0,
        };
        Ok((Box::new(sound), voice))
    }
}

/// The cue on the audio thread.
struct CueSound {
    samples: Arc<[f32]>,
    clock: ClockId,
    shared: Arc<Shared>,
    lane: Option<Arc<Lane>>,
    /// Where in the cue the next frame is taken, samples.
    position: f64,
    gain: f32,
    /// Its lane's gain where the last buffer ended.
    open: f32,
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

    /// Where kira's clock stands at the end of the buffer, seconds.
    fn ends_s(&self, info: &Info) -> Option<f64> {
        info.clock_info(self.clock).map(|clock| clock.time.ticks as f64 + clock.time.fraction)
    }

    /// Its lane's gain at a place on the clock: as it was while the lane is being replaced.
    fn lane_at(&self, clock_s: Option<f64>) -> f32 {
        let read = |lane: &Arc<Lane>| lane.at(clock_s?);
        self.lane.as_ref().map_or(1.0, |lane| read(lane).unwrap_or(self.open))
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
        let ends_s = self.ends_s(info);
        if self.shared.state.load(Ordering::Acquire) == WAITING {
            let Some(offset) = self.begins(out.len(), dt, info) else { return };
            first = offset;
            self.open = self.lane_at(ends_s.map(|end| end - out.len() as f64 * dt));
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
        let open = self.lane_at(ends_s);
        let opening = (open - self.open) / out.len() as f32;
        self.open += opening * first as f32;
        let fall = if state == FADING { 1.0 / 480.0 } else { 0.0 };
        let cut = f64::from_bits(self.shared.cut.load(Ordering::Acquire));
        let cut_from = ends_s.map_or(f64::INFINITY, |end| (cut - end) / dt + out.len() as f64);
        for (i, frame) in out.iter_mut().enumerate().skip(first) {
            self.gain += slope;
            self.open += opening;
            let fall = if i as f64 > cut_from { 1.0 / 480.0 } else { fall };
            self.fade = (self.fade - fall).max(0.0);
            *frame = Frame::from_mono(self.at(self.position) * self.gain * self.open * self.fade);
            self.position += step;
        }
        self.gain = wanted;
        self.open = open;
        if self.position >= self.samples.len() as f64 || self.fade == 0.0 {
            self.shared.state.store(OVER, Ordering::Release);
        }
    }

    fn finished(&self) -> bool {
        self.shared.state.load(Ordering::Acquire) == OVER
    }
}

//! One film inside kira: keeps to the output's clock from where it is begun, and ends where the desk says.
//!
//! Unlike a cue it may begin in its middle, and it is stereo. Where it is cut it comes and goes within 5 ms.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use kira::Frame;
use kira::clock::ClockId;
use kira::info::Info;
use kira::sound::{Sound, SoundData};

use super::placed::EDGE;
use super::synth::RATE_HZ;
use super::voice::VoiceState;

const WAITING: u8 = 0;
const SOUNDING: u8 = 1;
const FADING: u8 = 2;
const OVER: u8 = 3;

/// What the desk and the audio thread share about one film. Places are seconds on kira's clock, as bits.
#[derive(Debug)]
struct Shared {
    state: AtomicU8,
    /// Where the film's own zero lies.
    zero: AtomicU64,
    start: AtomicU64,
    end: AtomicU64,
    gain: AtomicU32,
}

/// The desk's hold on a film.
#[derive(Debug)]
pub struct FilmVoice(Arc<Shared>);

impl FilmVoice {
    pub fn state(&self) -> VoiceState {
        match self.0.state.load(Ordering::Acquire) {
            WAITING => VoiceState::Waiting,
            OVER => VoiceState::Over,
            _ => VoiceState::Sounding,
        }
    }

    /// Where its zero lies on kira's clock, seconds.
    pub fn zero_s(&self) -> f64 {
        f64::from_bits(self.0.zero.load(Ordering::Acquire))
    }

    /// Moves it; without effect once it sounds.
    pub fn move_to(&self, zero_s: f64, start_s: f64) {
        if self.state() == VoiceState::Waiting {
            self.0.zero.store(zero_s.to_bits(), Ordering::Release);
            self.0.start.store(start_s.to_bits(), Ordering::Release);
        }
    }

    /// Lets it die away from this place on kira's clock on; infinity lets it play to its own end.
    pub fn end_at(&self, clock_s: f64) {
        self.0.end.store(clock_s.to_bits(), Ordering::Release);
    }

    /// Sets its gain as a factor, also while it sounds.
    pub fn set_gain(&self, gain: f32) {
        self.0.gain.store(gain.to_bits(), Ordering::Release);
    }

    /// Withdraws it, or lets it die away at once if it already sounds.
    pub fn silence(&self) {
        let turn = |from, to| self.0.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok();
        // Between the two it may have begun; one that is over stays so.
        let _ = turn(WAITING, OVER) || turn(SOUNDING, FADING);
    }
}

/// A film on its way to kira.
pub(super) struct FilmData {
    pub(super) frames: Arc<[[f32; 2]]>,
    pub(super) clock: ClockId,
    /// Where its zero lies and where it begins on `clock` (which must run at one tick per second), seconds.
    pub(super) zero_s: f64,
    pub(super) start_s: f64,
    pub(super) gain: f32,
}

impl SoundData for FilmData {
    type Error = Infallible;
    type Handle = FilmVoice;

    fn into_sound(self) -> Result<(Box<dyn Sound>, Self::Handle), Self::Error> {
        let shared = Arc::new(Shared {
            state: AtomicU8::new(WAITING),
            zero: AtomicU64::new(self.zero_s.to_bits()),
            start: AtomicU64::new(self.start_s.to_bits()),
            end: AtomicU64::new(f64::INFINITY.to_bits()),
            gain: AtomicU32::new(self.gain.to_bits()),
        });
        let voice = FilmVoice(Arc::clone(&shared));
        let film = Film {
            frames: self.frames,
            clock: self.clock,
            shared,
            position: 0.0,
            gain: self.gain,
            rise: 1.0,
            fade: 1.0,
        };
        Ok((Box::new(film), voice))
    }
}

/// The film on the audio thread.
struct Film {
    frames: Arc<[[f32; 2]]>,
    clock: ClockId,
    shared: Arc<Shared>,
    /// Where in the film the next frame is taken, samples; below nought before its zero.
    position: f64,
    gain: f32,
    rise: f32,
    fade: f32,
}

impl Film {
    fn read(place: &AtomicU64) -> f64 {
        f64::from_bits(place.load(Ordering::Acquire))
    }

    /// Where in a buffer of `length` frames that ends at `end_s` it begins; `None` if not in this one.
    fn begins(&mut self, length: usize, dt: f64, end_s: f64) -> Option<usize> {
        let (zero_s, start_s) = (Self::read(&self.shared.zero), Self::read(&self.shared.start));
        let offset = ((start_s - end_s) / dt).round() + length as f64;
        if offset >= length as f64 {
            return None;
        }
        let in_time = self.shared.state.compare_exchange(WAITING, SOUNDING, Ordering::AcqRel, Ordering::Acquire);
        in_time.ok()?;
        let offset = offset.max(0.0);
        // Late, it begins at once, where it would be by now.
        let here_s = end_s - (length as f64 - offset) * dt;
        self.position = ((here_s - zero_s) * f64::from(RATE_HZ)).round();
        self.rise = if self.position > 0.0 { 0.0 } else { 1.0 };
        self.gain = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        Some(offset as usize)
    }

    /// The film between two of its frames, for devices that do not run at 48 kHz.
    fn at(&self, position: f64) -> [f32; 2] {
        if position < 0.0 {
            return [0.0; 2];
        }
        let index = position as usize;
        let frame = |index: usize| self.frames.get(index).copied().unwrap_or_default();
        let (here, along) = (frame(index), (position - index as f64) as f32);
        if along == 0.0 {
            return here;
        }
        let next = frame(index + 1);
        [here[0] + (next[0] - here[0]) * along, here[1] + (next[1] - here[1]) * along]
    }
}

impl Sound for Film {
    fn process(&mut self, out: &mut [Frame], dt: f64, info: &Info) {
        out.fill(Frame::ZERO);
        let Some(clock) = info.clock_info(self.clock) else {
            self.shared.state.store(OVER, Ordering::Release);
            return;
        };
        // kira has already moved its clock to the end of the buffer.
        let end_s = clock.time.ticks as f64 + clock.time.fraction;
        let mut first = 0;
        if self.shared.state.load(Ordering::Acquire) == WAITING {
            let begins = if clock.ticking { self.begins(out.len(), dt, end_s) } else { None };
            let Some(offset) = begins else { return };
            first = offset;
        }
        let state = self.shared.state.load(Ordering::Acquire);
        if state == OVER {
            return;
        }
        let step = f64::from(RATE_HZ) * dt;
        // 48 kHz must stay exact over hours of rounding in `dt`.
        let step = if (step - 1.0).abs() < 1e-9 { 1.0 } else { step };
        let edge = 1.0 / EDGE as f32;
        let wanted = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        let slope = (wanted - self.gain) / out.len() as f32;
        let ends = (Self::read(&self.shared.end) - end_s) / dt + out.len() as f64;
        for (i, frame) in out.iter_mut().enumerate().skip(first) {
            self.gain += slope;
            if state == FADING || i as f64 > ends {
                self.fade = (self.fade - edge).max(0.0);
            }
            let gain = self.gain * self.rise * self.fade;
            self.rise = (self.rise + edge).min(1.0);
            let [left, right] = self.at(self.position);
            *frame = Frame::new(left * gain, right * gain);
            self.position += step;
        }
        self.gain = wanted;
        if self.position >= self.frames.len() as f64 || self.fade == 0.0 {
            self.shared.state.store(OVER, Ordering::Release);
        }
    }

    fn finished(&self) -> bool {
        self.shared.state.load(Ordering::Acquire) == OVER
    }
}

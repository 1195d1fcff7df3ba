//! Where sound goes: kira's renderer behind one small trait, whatever backend pulls it.
//!
//! The engine needs four things of an output: where its clock stands and when that will be heard, to start a cue at a
//! place on that clock, to set the master, and to be told that it died.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use kira::backend::{Backend, Renderer};
use kira::clock::{ClockHandle, ClockSpeed};
use kira::track::MainTrackBuilder;
use kira::{AudioManager, AudioManagerSettings};

use super::bus::{BusBuilder, BusFader};
use super::film_voice::{FilmData, FilmVoice};
use super::lane::Lane;
use super::limiter;
use super::voice::{CueData, Voice};
use crate::show::told::told;

/// Frames kira works out at a time: its clock moves in steps of 1.3 ms.
const INTERNAL_BUFFER_FRAMES: usize = 64;
/// Cues that may be scheduled or sounding at once.
const VOICES: usize = 512;

/// Where an output's clock stood when its device last asked for samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Counts the device's requests: the same number is the same reading.
    pub serial: u64,
    /// Seconds on the output's clock.
    pub clock_s: f64,
    /// When a cue scheduled at `clock_s` is heard.
    pub heard_at: Instant,
}

/// An output that could not be opened, or died. The show goes on without.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutputError {
    #[error(
        "No sound: this machine has no default sound device. The show goes on without; connect a sound device or start the sound server, then reopen the sound."
    )]
    NoDevice,
    #[error(
        "No sound: the sound device cannot be opened ({reason}). The show goes on without; see whether another program holds it, then reopen the sound."
    )]
    Refused { reason: String },
    #[error(
        "No sound: the sound device offers no format. The show goes on without; choose another default device, then reopen the sound."
    )]
    NoFormat,
    #[error("No sound: the mixer refused the device's clock. The show goes on without; reopen the sound.")]
    NoClock,
    #[error(
        "No sound: the machine has no thread for it ({reason}). The show goes on without; end other programs, then reopen the sound."
    )]
    NoThread { reason: String },
    /// The audio library gave up.
    #[error(
        "No sound: the audio system failed while it was opened ({reason}). Check the machine's ALSA configuration."
    )]
    Panicked { reason: String },
}

told!(OutputError {
    NoDevice => "sound-no-device",
    Refused { reason } => "sound-refused",
    NoFormat => "sound-no-format",
    NoClock => "sound-no-clock",
    NoThread { reason } => "sound-no-thread",
    Panicked { reason } => "sound-panicked",
});

/// A cue that found no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("More than {VOICES} cues are scheduled at once; this one is not heard.")]
pub struct Full;

/// Something that plays cues in real time.
pub trait Output: Send + Sync {
    /// Where the clock stands; `None` before the device has asked for its first samples.
    fn position(&mut self) -> Option<Position>;
    /// Plays mono 48 kHz samples from `start_s` on the output's clock, at once if that has passed; a lane's gain comes on
    /// top of its own.
    fn play(&mut self, samples: Arc<[f32]>, start_s: f64, gain: f32, lane: Option<Arc<Lane>>) -> Result<Voice, Full>;
    /// Plays a film's 48 kHz stereo frames from `start_s` on the output's clock, at once if that has passed; its own first
    /// frame lies at `zero_s`.
    fn play_film(&mut self, frames: Arc<[[f32; 2]]>, zero_s: f64, start_s: f64, gain: f32) -> Result<FilmVoice, Full>;
    /// Sets the master gain as a factor.
    fn set_master(&mut self, gain: f32);
    /// What the device died of, once.
    fn fault(&mut self) -> Option<String>;
    /// The device, for people.
    fn device(&self) -> &str;
    /// The device's sample rate, Hz.
    fn rate_hz(&self) -> u32;
}

/// Opens an output; may take as long as the device takes, so the engine calls it on a thread of its own.
pub type Opener = Arc<dyn Fn() -> Result<Box<dyn Output>, OutputError> + Send + Sync>;

/// What the audio thread tells the engine: when the samples it is about to render will be heard, and what went wrong.
#[derive(Debug)]
pub struct Stamps {
    epoch: Instant,
    /// Odd while a request begins, so that a reader never pairs one request's clock with another's instant.
    version: AtomicU64,
    heard_ns: AtomicI64,
    fault: Mutex<Option<String>>,
}

impl Default for Stamps {
    fn default() -> Self {
        Self { epoch: Instant::now(), version: AtomicU64::new(0), heard_ns: AtomicI64::new(0), fault: Mutex::new(None) }
    }
}

impl Stamps {
    /// Renders one request of the device: `out` will be heard from `heard_at` on.
    pub fn render(&self, renderer: &mut Renderer, out: &mut [f32], channels: u16, heard_at: Instant) {
        let heard_ns = heard_at.saturating_duration_since(self.epoch).as_nanos() as i64;
        self.version.fetch_add(1, Ordering::AcqRel);
        self.heard_ns.store(heard_ns, Ordering::Release);
        // kira publishes its clock here: it stands at the first frame of `out`.
        renderer.on_start_processing();
        self.version.fetch_add(1, Ordering::AcqRel);
        renderer.process(out, channels);
    }

    /// Notes what the device died of.
    pub fn fail(&self, why: String) {
        if let Ok(mut fault) = self.fault.lock() {
            fault.get_or_insert(why);
        }
    }

    /// Reads the clock together with its instant, unless a request is just beginning.
    fn read(&self, clock: &ClockHandle) -> Option<(u64, f64, Instant)> {
        let before = self.version.load(Ordering::Acquire);
        let heard_ns = self.heard_ns.load(Ordering::Acquire);
        let time = clock.time();
        let settled = before.is_multiple_of(2) && self.version.load(Ordering::Acquire) == before;
        let clock_s = time.ticks as f64 + time.fraction;
        let heard_at = self.epoch + Duration::from_nanos(heard_ns.max(0) as u64);
        (settled && clock.ticking() && clock_s > 0.0).then_some((before / 2, clock_s, heard_at))
    }
}

/// kira as an output, pulled by backend `B`.
pub struct KiraOutput<B: Backend> {
    manager: AudioManager<B>,
    clock: ClockHandle,
    stamps: Arc<Stamps>,
    fader: BusFader,
    device: String,
    rate_hz: u32,
}

impl<B: Backend> KiraOutput<B> {
    /// Starts kira on a backend that renders through `stamps`.
    ///
    /// # Errors
    /// What the backend says, and `clock` where kira refuses its one clock.
    pub fn start<E: From<B::Error>>(
        backend_settings: B::Settings,
        stamps: Arc<Stamps>,
        describe: impl FnOnce(&mut B) -> (String, u32),
        no_clock: impl FnOnce() -> E,
    ) -> Result<Self, E> {
        let mut main_track_builder = MainTrackBuilder::new().sound_capacity(VOICES);
        let fader = main_track_builder.add_effect(BusBuilder { gain: 1.0 });
        let mut manager = AudioManager::<B>::new(AudioManagerSettings {
            main_track_builder,
            internal_buffer_size: INTERNAL_BUFFER_FRAMES,
            backend_settings,
            capacities: kira::Capacities::default(),
        })?;
        let mut clock = manager.add_clock(ClockSpeed::TicksPerSecond(1.0)).map_err(|_| no_clock())?;
        clock.start();
        let (device, rate_hz) = describe(manager.backend_mut());
        Ok(Self { manager, clock, stamps, fader, device, rate_hz })
    }
}

impl<B: Backend + Send + Sync> Output for KiraOutput<B> {
    fn position(&mut self) -> Option<Position> {
        let (serial, clock_s, heard_at) = self.stamps.read(&self.clock)?;
        let delay = Duration::from_secs_f64(limiter::DELAY as f64 / f64::from(self.rate_hz));
        Some(Position { serial, clock_s, heard_at: heard_at + delay })
    }

    fn play(&mut self, samples: Arc<[f32]>, start_s: f64, gain: f32, lane: Option<Arc<Lane>>) -> Result<Voice, Full> {
        self.manager.play(CueData::new(samples, self.clock.id(), start_s, gain, lane)).map_err(|_| Full)
    }

    fn play_film(&mut self, frames: Arc<[[f32; 2]]>, zero_s: f64, start_s: f64, gain: f32) -> Result<FilmVoice, Full> {
        let film = FilmData { frames, clock: self.clock.id(), zero_s, start_s, gain };
        self.manager.play(film).map_err(|_| Full)
    }

    fn set_master(&mut self, gain: f32) {
        self.fader.set(gain);
    }

    fn fault(&mut self) -> Option<String> {
        self.stamps.fault.lock().ok().and_then(|mut fault| fault.take())
    }

    fn device(&self) -> &str {
        &self.device
    }

    fn rate_hz(&self) -> u32 {
        self.rate_hz
    }
}

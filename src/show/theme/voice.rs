//! Instruments and scores: how a cue is made, as data. `sound::synth` plays them.
//!
//! Notes are semitones over the theme's tonic; what a voice makes of a note is its own business: bells ring on multiples
//! of it, drums fall onto it, noise ignores it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One ringing mode: (multiple of the note, level, time to fall to 1/e in ms, time to swell in, in ms).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mode(pub f64, pub f64, pub f64, pub f64);

/// A burst of noise round a pitch: (Hz, narrowness, level, swell in ms, time to fall to 1/e in ms).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grain(pub f64, pub f64, pub f64, pub f64, pub f64);

/// A skin: a tone that falls onto the note. (Multiple at the strike, time constant of the fall in ms, level, time to fall
/// to 1/e in ms).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Skin(pub f64, pub f64, pub f64, pub f64);

/// Noise through a band that travels from one pitch to another within `sweep_ms`, loudest after `loudest_ms`, gone after
/// `length_ms`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Air {
    pub from_hz: f64,
    pub to_hz: f64,
    pub sweep_ms: f64,
    pub loudest_ms: f64,
    pub length_ms: f64,
    /// How narrow the band is.
    pub q: f64,
    pub level: f64,
}

/// People who clap, each at a pace and pitch of their own: they join within `gather_ms` and leave within `leave_ms`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crowd {
    pub people: u32,
    /// Claps a second of one of them.
    pub pace: f64,
    /// Between these pitches lie the hands, Hz.
    pub low_hz: f64,
    pub high_hz: f64,
    pub gather_ms: f64,
    pub stay_ms: f64,
    pub leave_ms: f64,
    pub level: f64,
}

/// An instrument. What is not given is not there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Voice {
    /// Modes of the sound; a note that is held keeps them at their level before they fall.
    pub modes: Vec<Mode>,
    /// A second set of modes this much higher, Hz: the sound breathes at that pace.
    pub beat_hz: f64,
    pub noise: Vec<Grain>,
    pub skins: Vec<Skin>,
    pub air: Option<Air>,
    pub crowd: Option<Crowd>,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The voice.
    pub on: String,
    /// ms after the cue's beginning.
    #[serde(default)]
    pub at: f64,
    /// Semitones over the tonic.
    #[serde(default)]
    pub note: f64,
    #[serde(default = "one")]
    pub level: f64,
    /// How long the voice's modes are held, ms; 0 is struck.
    #[serde(default)]
    pub hold: f64,
}

/// Strokes that follow one another from quiet to loud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Strokes {
    pub on: String,
    #[serde(default)]
    pub note: f64,
    pub from: f64,
    pub to: f64,
    /// Distance of two strokes, ms, and how far one may stray.
    pub every: f64,
    pub stray: f64,
    /// Level of the first and of the last.
    pub levels: (f64, f64),
}

/// How a cue is played.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Score {
    /// Loudest 400 ms that it is brought to, LUFS, before any gain.
    pub lufs: f64,
    pub length_ms: f64,
    /// It ends in exact silence, faded over its last part, ms.
    pub release_ms: f64,
    pub notes: Vec<Note>,
    pub strokes: Vec<Strokes>,
    /// Variants by pitch, semitones: a tone per team, a rising count. With none there is one, as written.
    pub steps: Vec<f64>,
    /// Variants by notes, each besides `notes`: the bars of the music. They take the steps' place.
    pub bars: Vec<Vec<Note>>,
    /// It cuts off every effect that began before it.
    pub chokes: bool,
}

const fn one() -> f64 {
    1.0
}

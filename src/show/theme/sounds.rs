//! Sounds: how each cue is made, how loud it is, when it falls, and what makes room for what (look.md §7, sound column).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ms, Score, Voice};
use crate::show::protocol::score::SlateKind;

/// One cue: its score or its file, and its place in the mix.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CueSound {
    /// dB over the loudness that the score asks for, or that the file has.
    pub gain_db: f32,
    pub mute: bool,
    /// A WAV or OGG file inside the theme's folder (`sounds/correct.ogg`), at most 10 s and 4 MiB; it takes the score's
    /// place. While it is missing or broken the score sounds, and where there is none the program's own.
    pub file: Option<String>,
    pub score: Option<Score>,
}

/// The soft music under slates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bed {
    /// The slates that have it; with none there is no music.
    pub slates: Vec<SlateKind>,
    /// The first bar begins so long after the slate.
    pub lead: Ms,
    /// From bar to bar. The bars themselves are the variants of the cue `bed`.
    pub bar: Ms,
    /// How long it takes to leave with its slate, at most 2000.
    pub fade_out: Ms,
}

/// How one sound makes room for another: down to `db` within `attack`, held, and up again within `release`.
/// At −60 dB and below nothing is heard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duck {
    pub db: f32,
    pub attack: Ms,
    /// From the beginning of the attack to the beginning of the release; what lasts by itself (a clip) is not held.
    pub hold: Ms,
    pub release: Ms,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ducks {
    /// All cues but the clock's, and the bed, while a clip plays that has a sound.
    pub media: Duck,
    /// The bed under a verdict.
    pub verdict: Duck,
    /// The bed under a big loss.
    pub loss: Duck,
}

/// When the hall is invited to applaud, after the instant that it applauds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplauseTimes {
    /// A big gain.
    pub gain: Ms,
    /// Rank 1 of standings or awards.
    pub first: Ms,
    /// A team that advances.
    pub advance: Ms,
    /// The fanfare, after the last of them.
    pub fanfare: Ms,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sounds {
    /// What every score's notes count from, Hz.
    pub tonic_hz: f64,
    /// Over everything: brings the whole show to −23 LUFS.
    pub programme_db: f32,
    /// Films, dB over the programme's own loudness: each film is measured and brought to −23 LUFS before.
    pub film_db: f32,
    /// The instruments, by the names that scores use.
    pub voices: BTreeMap<String, Voice>,
    /// By cue name (`tick`, `beep`, …).
    pub cues: BTreeMap<String, CueSound>,
    /// A tick each second from this many seconds before the end.
    pub tick_from_s: u32,
    /// A beep instead of the tick from this many seconds before the end.
    pub beep_from_s: u32,
    pub reveal_delay: Ms,
    /// The shortest distance of two ticks of a counting score.
    pub count_gap: Ms,
    /// Notices nearer to one another than this are one.
    pub chime_gap: Ms,
    /// How long the roll is that ends in a landing.
    pub roll: Ms,
    pub applause: ApplauseTimes,
    pub bed: Bed,
    pub duck: Ducks,
    /// A card, slate or table coming on, dB over the cue's gain.
    pub entrance_gain_db: f32,
}

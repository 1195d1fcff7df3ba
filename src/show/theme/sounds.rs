//! Sounds: gain and instant of each cue (look.md §7, sound column).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ms;

/// One cue's place in the mix.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CueSound {
    /// dB over the cue's own calibrated loudness.
    pub gain_db: f32,
    #[serde(default)]
    pub mute: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sounds {
    /// By cue name (`tick`, `beep`, …); a cue that is not listed sounds at 0 dB.
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
    /// A card, slate or table coming on, dB over the cue's gain.
    pub entrance_gain_db: f32,
}

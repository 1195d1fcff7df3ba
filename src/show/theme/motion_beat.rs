//! Motion tokens of what changes in place: the ground on its way, the ring's beats, one text for another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ms;

/// Spans in ms unless a name says px or s.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BeatMotion {
    /// The hairlines' centre travels from one focus to the next.
    pub arcs: Ms,
    /// A loss or a foul turns the ground faster than anything else.
    pub ground_loss: Ms,
    /// A ground stands at least so long before the next begins to dissolve over it.
    pub ground_rest: Ms,
    /// A big gain sends one wave of light over the hairlines: how long, and the alpha at its height.
    pub wave: Ms,
    pub wave_alpha: f32,
    /// A clock that starts: its stroke grows by so much for so long.
    pub start: Ms,
    pub start_px: f32,
    /// Strokes that swell and fills that turn when a clock becomes urgent.
    pub urgent: Ms,
    /// A clock that was longer says once how much is left: at so many seconds, for so long.
    pub left_s: u32,
    pub left_hold: Ms,
    /// The padlock of a locked answer comes from this scale.
    pub padlock: Ms,
    pub padlock_from: f32,
    /// After a wrong answer the right one is lit so much later.
    pub right_delay: Ms,
    /// A question that follows another one in the same card.
    pub next: Ms,
    /// Under a figure that was cut instead of counted.
    pub underline: Ms,
    pub underline_px: f32,
}

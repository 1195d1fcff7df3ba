//! Motion tokens: curves and spans (look.md §7). Code names the motion, the theme says how long and how.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BeatMotion, TabMotion};
use crate::show::motion::Curve;

/// Milliseconds, as designers write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Ms(pub i64);

impl Ms {
    pub const fn us(self) -> i64 {
        self.0 * 1_000
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curves {
    /// Arrivals.
    pub out: Curve,
    /// Exits.
    #[serde(rename = "in")]
    pub exit: Curve,
    /// From A to B.
    pub io: Curve,
    /// Discs only.
    pub pop: Curve,
}

/// Spans in ms unless a name says px.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Motion {
    pub curves: Curves,
    /// The next scene's entrance begins this long after the exit of the one before.
    pub handover: Ms,
    pub fade_in: Ms,
    pub move_in: Ms,
    pub travel_px: f32,
    pub stagger: Ms,
    pub fade_out: Ms,
    /// The ring leaves last, by this much.
    pub ring_out_delay: Ms,
    pub ring_out_scale: f32,
    pub ground: Ms,
    pub swap: Ms,
    pub ring_draw: Ms,
    pub ring_draw_delay: Ms,
    pub text_delay: Ms,
    pub option_delay: Ms,
    pub option_in: Ms,
    pub lock: Ms,
    pub freeze: Ms,
    pub disc_in: Ms,
    pub disc_from: f32,
    pub dim: Ms,
    pub basis_delay: Ms,
    pub chip_delay: Ms,
    pub chip_in: Ms,
    pub chip_travel_px: f32,
    /// The chip is gone this long after the change.
    pub chip_hold: Ms,
    pub count_delay: Ms,
    /// Count-up spans by size of the change: up to 20, up to 100, more.
    pub count: (Ms, Ms, Ms),
    /// The last part of a count stands on the result.
    pub count_rest: Ms,
    pub cell: Ms,
    /// How long a verdict colours the team's cell.
    pub cell_hold: Ms,
    pub corrected_hold: Ms,
    pub coin_hold: Ms,
    pub coin_stagger: Ms,
    pub coin_shut: Ms,
    pub coin_open: Ms,
    pub coin_summary_delay: Ms,
    /// A loss settles down from this scale.
    pub moment_from: f32,
    pub moment_settle: Ms,
    pub moment_in: Ms,
    pub moment_stroke: Ms,
    pub moment_side_delay: Ms,
    pub moment_reason_delay: Ms,
    pub moment_count_delay: Ms,
    pub pip: Ms,
    pub pip_slide: Ms,
    pub formula_close: Ms,
    pub formula_result: Ms,
    pub formula_count: Ms,
    /// Instants at which the speed round's terms appear: correct, ×, sum, seconds, rate, sum, close, result, chip, count.
    pub formula: [Ms; 10],
    pub round_hold: Ms,
    pub seats_delay: Ms,
    pub seat_stagger: Ms,
    pub seat_flip: Ms,
    pub halo: Ms,
    pub badge: Ms,
    pub n_count: (Ms, Ms),
    pub duel_equals: Ms,
    pub duel_result: Ms,
    pub duel_score: Ms,
    pub row_stagger: Ms,
    /// The held breath before the first row.
    pub row_first_hold: Ms,
    pub page: Ms,
    pub sun_rise: Ms,
    pub sun_travel_px: f32,
    pub title_delay: Ms,
    pub title_stagger: Ms,
    /// Standings, weighted total, advance.
    pub tab: TabMotion,
    /// The buzzer: lit, one breath and its depth, when time and runner-up come and how fast, lamps dimmed.
    pub buzz_lit: Ms,
    pub buzz_breath: Ms,
    pub buzz_breath_depth: f32,
    pub buzz_time: (Ms, Ms),
    pub foul_drop: Ms,
    pub foul_drop_px: f32,
    /// The card turns from this angle to its own, degrees.
    pub foul_turn: f32,
    pub foul_delta: Ms,
    pub edge_line: Ms,
    /// After the reveal the question still stands so long before its explanation takes the text's place.
    pub explain: Ms,
    /// One turn of the spinner: there is no progress to be told.
    pub spinner_turn: Ms,
    pub lyric: Ms,
    pub lower_third_in: Ms,
    pub lower_third_out: Ms,
    /// A corrected fact dissolves from old to new.
    pub corrected_swap: Ms,
    /// A corrected score counts from old to new.
    pub corrected_count: Ms,
    /// How long a ruling or the reason of a correction stands.
    pub ruling_hold: Ms,
    /// A page of a strip that has several.
    pub strip_page: Ms,
    /// The draw's reel: texts a second while it runs, how it slows down to what is drawn, over how many texts it does
    /// so, in which span; it starts again after the hold.
    pub reel_speed: f32,
    pub reel: Curve,
    pub reel_ahead: u32,
    pub reel_land: Ms,
    pub reel_hold: Ms,
    pub reel_start: Ms,
    /// From name to name of those that were drawn in one instant.
    pub reel_stagger: Ms,
    /// The ground on its way, the ring's beats, texts that are exchanged.
    pub beat: BeatMotion,
    /// Nothing moves, all is told by cross-fades: see [`Motion::reduced`].
    #[serde(skip)]
    pub reduced: bool,
}

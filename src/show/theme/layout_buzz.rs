//! Places of the buzzer, the turn plate, the assignment, the withdrawal, and what a card grows into when it is long.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::{Point, Rect};

/// The buzzer: question on top, ring or result in the middle, a lamp a team in the strip's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuzzerPlace {
    pub plate: Rect,
    /// Radii of the plate's left and right end.
    pub radii: (f32, f32),
    pub text: Rect,
    /// Page dots: the last one's centre.
    pub dots: Point,
    /// The ring that is armed: centre, outer radius, stroke, and the well's rim beyond.
    pub ring: Point,
    pub radius: f32,
    pub stroke: f32,
    pub rim: f32,
    /// Hairlines that breathe while it is armed: radii, width.
    pub breath: Vec<f32>,
    pub breath_width: f32,
    /// The result's disc: centre, the ring's stroke, radius of the filled disc.
    pub disc: Point,
    pub disc_stroke: f32,
    pub disc_radius: f32,
    pub pill: Rect,
    pub pill_padding: f32,
    pub team: Rect,
    /// The team's box where a figure stands beside it, and the figure.
    pub team_beside: Rect,
    pub delta: Rect,
    /// Below the team: time and runner-up; below that, who pressed later still; a foul's detail takes both rows.
    pub time: Rect,
    pub later: Rect,
    pub detail: Rect,
    pub figure_gap: f32,
    pub bar: (f32, f32),
    pub bar_gap: f32,
    /// The foul's card: rectangle, turn in degrees, border, radius; its sign: length and width of the stroke, the dot's
    /// diameter, and where their centres lie above and below the card's.
    pub card: Rect,
    pub card_turn: f32,
    pub card_border: f32,
    pub card_radius: f32,
    pub bang: (f32, f32),
    pub bang_dot: f32,
    pub bang_y: (f32, f32),
    /// Lamps with names: centre line of the discs, radius, name box; a lamp that is lit is larger and has a halo.
    pub lamps: Rect,
    pub lamp_y: f32,
    pub lamp: f32,
    pub lamp_lit: f32,
    pub lamp_halo: f32,
    pub lamp_stroke: f32,
    pub lamp_pitch: f32,
    pub lamp_icon: f32,
    pub name_y: f32,
    pub name_gap: f32,
    /// More teams than `named` have two rows of numbers: centre lines, radius, least radius.
    pub named: u32,
    pub rows: (f32, f32),
    pub small: f32,
    /// A fouled number's mark: radius.
    pub mark: f32,
}

/// Who is on, or which round begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnPlace {
    /// The number's disc: centre, outer radius of its ring, the ring's stroke, the well's rim, the disc's radius.
    pub disc: Point,
    pub radius: f32,
    pub stroke: f32,
    pub rim: f32,
    pub inner: f32,
    pub pill: Rect,
    pub pill_padding: f32,
    pub team: Rect,
    pub player: Rect,
    pub gap: f32,
    /// A round's opening, in the middle: which of how many, its name, what it stands for and who answers.
    pub round_pill: Rect,
    pub round: Rect,
    pub subtitle: Rect,
    pub who: Rect,
}

/// Who names whom: the newest pair large, all pairs so far in a grid below.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentPlace {
    pub from: Point,
    pub to: Point,
    pub radius: f32,
    pub stroke: f32,
    pub rim: f32,
    pub inner: f32,
    /// The line between the rings: height, gap at both ends, the arrow's size.
    pub line: f32,
    pub line_gap: f32,
    pub arrow: f32,
    /// Words over and under the line, and the names under the rings: tops relative to the rings' centre.
    pub above_y: f32,
    pub below_y: f32,
    pub name_y: f32,
    pub name_w: f32,
    pub pill_h: f32,
    pub pill_padding: f32,
    /// All pairs: the grid's area, columns, row height, gaps.
    pub grid: Rect,
    pub columns: u32,
    pub row: f32,
    pub gap: f32,
    pub cell_padding: f32,
    pub cell_gap: f32,
    pub cell_arrow: f32,
    pub border: f32,
    pub dots: Point,
}

/// 本题作废, over the dimmed card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawnPlace {
    /// On a card, in a speed round, on the buzzer and in a duel.
    pub card: Rect,
    pub rush: Rect,
    pub buzzer: Rect,
    pub duel: Rect,
    pub radius: f32,
    pub padding: f32,
    pub ring: f32,
    pub ring_stroke: f32,
    pub icon: f32,
    pub gap: f32,
    /// The reason stands beside the word, not below it.
    pub beside: bool,
    /// How dark the card goes: the dark layer's alpha.
    pub dim: f32,
}

/// What a card has besides its question: the phase, answers in words, and more text than its plate holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongPlace {
    /// The phase's pill on a case, below the value; on a card it stands at the right end of the first row.
    pub phase: Rect,
    pub phase_padding: f32,
    /// Answers in words: gap between the answer given and the key, share of the width for the former where they stand
    /// side by side, padding, icon.
    pub answer_gap: f32,
    pub answer_share: f32,
    pub answer_padding: f32,
    pub answer_icon: f32,
    pub answer_label: f32,
    /// An answer's label stands before its text also where that has several lines; the answer given and the key stand
    /// side by side.
    pub answer_wide: bool,
    /// A heading in a list: the pill's height and the gap below it.
    pub heading: f32,
    pub heading_gap: f32,
    /// Between two paragraphs of a list.
    pub paragraph: f32,
    /// The rail of letters below a paged question: height, gap, radius, icon.
    pub letters: f32,
    pub letter_w: f32,
    pub letter_gap: f32,
    pub letter_icon: f32,
    pub letter_stroke: f32,
    /// Letters beside their options in the list: disc's diameter.
    pub letter: f32,
    /// A question of more pages than this is set as a list with its options.
    pub stem_pages: u32,
}

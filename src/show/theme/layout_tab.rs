//! Places of the tables: standings, tie, weighted total, advance (design px; shares of a row's height where it says so).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::{Point, Rect};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingsPlace {
    /// Rows stand within; their heads above, the legend below.
    pub rows: Rect,
    pub gap: f32,
    /// The tallest that a row may grow where there are few.
    pub row_most: f32,
    /// The first row's height, share of the others'; px above a table of two columns.
    pub lead: f32,
    pub lead_double: f32,
    /// Where fewer rows leave room: share of it above them.
    pub spare: f32,
    /// Rows of a page in one column; of a column where there are two, below a first row and without one.
    pub single: u32,
    pub double: (u32, u32),
    pub double_gap: f32,
    /// Radii of the far end.
    pub radius: f32,
    /// The line below those who go on: extra room for it, height, share of it in full colour.
    pub cut_room: f32,
    pub cut: f32,
    pub cut_full: f32,
    /// The rank's ring: inset from the row's end (px), stroke of the first and of the others.
    pub disc_inset: f32,
    pub disc_stroke: (f32, f32),
    /// Where ranks are hidden: a ring in the row's end, radius and stroke.
    pub bullet: (f32, f32),
    /// Sizes as shares of the row's height: (first row, others).
    pub rank: (f32, f32),
    pub name: (f32, f32),
    pub part: (f32, f32),
    pub total: (f32, f32),
    /// From the ring to the name; from the last figure to the row's end, in one column and in two.
    pub name_gap: f32,
    pub inset: (f32, f32),
    /// Between columns: as designed, and the least.
    pub column_gap: (f32, f32),
    /// Room that a name is given before the columns close up.
    pub name_room: f32,
    /// … and more where a tie is named.
    pub tie_room: f32,
    /// Places gained or lost: room for it, the chevron (share of the row's height), its gap to the figure.
    pub moved: f32,
    pub moved_icon: (f32, f32),
    pub moved_gap: f32,
    /// 更正 beside a row's name: height, padding, gap.
    pub tag: f32,
    pub tag_padding: f32,
    pub tag_gap: f32,
    pub title: Rect,
    /// Heads of the columns: height, and how far above the rows they end.
    pub heads: f32,
    pub heads_gap: f32,
    pub legend: Rect,
    pub legend_gap: f32,
    pub legend_arrow: f32,
    pub legend_line: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TiePlace {
    /// Nearer to the names the bracket never stands.
    pub least_x: f32,
    pub gap: f32,
    pub width: f32,
    pub radius: f32,
    pub stroke: f32,
    pub chip_gap: f32,
    /// What the chip should have.
    pub chip_room: f32,
    pub chip: f32,
    pub chip_padding: f32,
    /// Under the key's cell: height, and its distance from the figure's middle in sizes of the figure.
    pub line: f32,
    pub line_y: f32,
}

/// One shape of the theatre, by the number of parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalShape {
    pub parts: u32,
    /// The first part's plate; the others follow by `pitch`.
    pub plate: Rect,
    pub pitch: Point,
    /// Middle of the sign before the second part, which follows likewise.
    pub plus: Point,
    /// Centres of the score, the sign and the weight (shares of the width).
    pub columns: (f32, f32, f32),
    /// Top and height of the figures' line, and their largest size.
    pub figure: (f32, f32),
    pub most: f32,
    /// Within the plate: the part's label (at its left, or in its middle), 权重 (none without width), the product.
    pub label: Rect,
    pub label_left: bool,
    pub weight: Rect,
    pub product: Rect,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotalPlace {
    pub title: Rect,
    pub team: Rect,
    pub team_disc: f32,
    pub team_stroke: f32,
    /// The number's size, share of the disc.
    pub team_number: f32,
    pub team_gap: f32,
    pub shapes: Vec<TotalShape>,
    /// The weight's size, share of the score's.
    pub weight: f32,
    /// The rule in words, below plates side by side.
    pub rule: Rect,
    pub radius: f32,
    pub sign: f32,
    pub sum_gap: f32,
    pub equals: Point,
    pub result: Point,
    pub result_radius: f32,
    pub result_stroke: f32,
    pub result_gap: f32,
    pub figure_y: f32,
    pub word_y: f32,
    pub note_y: f32,
    pub rank: Rect,
    pub close_px: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvancePlace {
    pub title: Rect,
    pub subtitle: Rect,
    /// Banners hang side by side in the middle of it.
    pub banners: Rect,
    /// (Up to n slots, width, gap).
    pub widths: Vec<(u32, f32, f32)>,
    pub foot: f32,
    /// From the banner's edge to the well, and from there inwards: ring, gap, disc (px of the widest banner).
    pub rim: f32,
    pub ring: f32,
    pub ring_gap: f32,
    /// An unrevealed slot's outline.
    pub outline: f32,
    /// Share of the disc's diameter.
    pub number: f32,
    /// Between disc and name, name and foot; at the name's sides.
    pub name_gap: f32,
    pub name_foot: f32,
    pub name_side: f32,
    /// A single column is kept while its size is this share of what two would have.
    pub one_column: f32,
    /// Pitch of the columns, in sizes.
    pub column: f32,
    pub tag: f32,
    pub tag_padding: f32,
}

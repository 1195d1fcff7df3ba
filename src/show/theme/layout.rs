//! Places, in design px of the class's canvas (look.md §4, §6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AdvancePlace, StandingsPlace, TiePlace, TotalPlace};
use super::{AwardPlace, DrawPlace, LineupPlace};
use crate::show::frame::{Anchor, Point, Rect};

/// The places of one class of output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub canvas: (f32, f32),
    pub grid: Grid,
    /// All text stays within.
    pub safe: Rect,
    /// Room round a plate for its shadow.
    pub bleed: f32,
    /// Between the words and the figure of a mixed line.
    pub run_gap: f32,
    pub shadow_low: Fall,
    pub shadow_high: Fall,
    /// Plate border, px.
    pub border: f32,
    pub edge: Edge,
    /// An overlay's plate under scenes that have none of their own, and how far their words stay from its ends.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
    pub header: HeaderPlace,
    pub card: CardPlace,
    pub ring: RingPlace,
    pub verdict: VerdictPlace,
    pub strip: StripPlace,
    pub slate: SlatePlace,
    pub title: TitlePlace,
    pub risk: RiskPlace,
    pub moment: MomentPlace,
    pub rush: RushPlace,
    pub formula: FormulaPlace,
    pub duel: DuelPlace,
    pub standings: StandingsPlace,
    pub tie: TiePlace,
    pub total: TotalPlace,
    pub advance: AdvancePlace,
    pub badge: BadgePlace,
    pub buzzer: super::BuzzerPlace,
    pub turn: super::TurnPlace,
    pub assignment: super::AssignmentPlace,
    pub withdrawn: super::WithdrawnPlace,
    pub long: super::LongPlace,
    pub slates: super::SlatesLayout,
    pub correction: CorrectionPlace,
    pub mark: MarkPlace,
    pub award: AwardPlace,
    pub draw: DrawPlace,
    pub lineup: LineupPlace,
}

/// What places may be measured in: a unit, and columns between the margins, px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    pub unit: f32,
    pub margin: f32,
    pub columns: u32,
    pub gutter: f32,
}

/// A shadow's fall and blur; its colour is in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fall {
    pub y: f32,
    pub blur: f32,
}

/// The plate under a scene of an overlay: radii of its left and right end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnderPlate {
    pub rect: Rect,
    pub radii: (f32, f32),
}

/// The lit top edge of a plate: height, and where along it full light begins and ends (share of the width).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub height: f32,
    pub from: f32,
    pub to: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeaderPlace {
    pub rect: Rect,
    /// The widest that the round's name may be, px.
    pub name_w: f32,
    /// What of it stands in the first row of a question's card instead; what does so stands in no other scene.
    pub in_card: InCard,
    /// Between the round's name and the rule, and the rule and the sub line.
    pub gap: (f32, f32),
    pub rule: (f32, f32),
    /// The team's number in its ring: diameter, stroke, gap to the name, gap to the player.
    pub disc: f32,
    pub disc_stroke: f32,
    pub team_gap: f32,
    pub player_gap: f32,
}

/// What of the header a card's first row carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum InCard {
    /// The question's kind and value alone: the header stands above the card.
    Nothing,
    /// Kind, value and the round's second line at the left, who is on at the right.
    Team,
    /// Who is on at the left; round, kind and value at the right, in one line of words.
    All,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPlace {
    pub plate: Rect,
    /// A case's plate, which has no options below it.
    pub case_plate: Rect,
    /// Radius of the end without the ring.
    pub radius: f32,
    /// The row of type and value, or of the legal basis.
    pub meta: Rect,
    /// The type's pill: padding at both sides, stroke, gap to the value.
    pub tag_padding: f32,
    pub tag_stroke: f32,
    pub tag_gap: f32,
    pub text: Rect,
    pub case_text: Rect,
    /// A case's facts and the numbered questions below: rule height and gap.
    pub case_rule: f32,
    pub case_gap: f32,
    /// Numbered questions: disc diameter, stroke, indent of the text.
    pub case_disc: f32,
    pub case_disc_stroke: f32,
    pub case_indent: f32,
    /// The value's disc below the ring of a case: centre, radius, stroke, caption's line top.
    pub value: Point,
    pub value_radius: f32,
    pub value_stroke: f32,
    pub value_caption_y: f32,
    /// Page dots: bottom right corner of the row, diameter, pitch.
    pub dots: Point,
    pub dot: f32,
    pub dot_pitch: f32,
    /// The answer plate of fill, short and case after the reveal.
    pub answer: Rect,
    /// Options: left top of the grid, cell, gaps; and the judge's taller cells.
    pub options: Rect,
    pub option_gap: f32,
    pub option_rows: f32,
    /// (up to so many options, columns to try in order): the first in which every option fits, else the last.
    pub option_columns: Vec<(u32, Vec<u32>)>,
    /// A state's word stands beside options of at least this size; smaller ones fill their cells, and its sign tells the
    /// state, px.
    pub words_least: f32,
    pub judge: Rect,
    pub option_radius: f32,
    pub judge_radius: f32,
    /// Letter ring: inset from the left end, diameter, stroke, gap to the text.
    pub letter_inset: f32,
    pub letter: f32,
    pub judge_letter: f32,
    pub letter_stroke: f32,
    pub letter_gap: f32,
    pub option_padding: f32,
    pub selected_border: f32,
    /// Most options that are laid out two by two; more are set in rows of `stack`.
    pub stack_height: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RingPlace {
    pub centre: Point,
    pub radius: f32,
    pub rim: f32,
    pub stroke: f32,
    pub stroke_hot: f32,
    pub stroke_critical: f32,
    pub stroke_locked: f32,
    pub dashes: u16,
    /// Tops of the line boxes of digits and unit, relative to the centre; a small ring says no unit.
    pub digits_y: f32,
    #[serde(default)]
    pub unit_y: Option<f32>,
    /// Seconds: hot and critical from here; hot for clocks longer than `long_s` from `hot_long_s`.
    pub hot_s: u32,
    pub hot_long_s: u32,
    pub long_s: u32,
    pub critical_s: u32,
    /// Tick counts for clocks up to so many seconds.
    pub ticks: Vec<(u32, u16)>,
    /// Digits grow by this much at each urgent second.
    pub pulse: f32,
    pub pulse_critical: f32,
    pub pulse_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictPlace {
    pub stroke: f32,
    /// Gap between the result disc and its ring.
    pub gap: f32,
    /// Line box tops relative to the centre, and the icon's size.
    pub icon: f32,
    pub icon_y: f32,
    pub delta_y: f32,
    /// A small disc has no room for the word: it stands in the card's first row.
    #[serde(default)]
    pub word_y: Option<f32>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StripPlace {
    pub rect: Rect,
    /// Cells side by side in one plate, or one below the other, each on its own.
    pub flow: StripFlow,
    /// A row is no wider than its cells need at this width each; the whole of `rect` without it.
    #[serde(default)]
    pub cell_most: Option<f32>,
    /// Rows of a column: (up to n of them, height, pitch) in px; what the last cannot hold has two columns, then pages.
    #[serde(default)]
    pub rows: Vec<(u32, f32, f32)>,
    /// Between two columns.
    #[serde(default)]
    pub column_gap: f32,
    /// The active pill stands out of the strip by so much.
    pub lift: f32,
    /// … and is wider than its cell by so much at both ends.
    pub widen: f32,
    pub disc: f32,
    pub disc_stroke: f32,
    pub disc_gap: f32,
    pub padding: f32,
    pub padding_right: f32,
    pub separator_inset: f32,
    /// From this many teams on cells are two lines without the number's ring.
    pub narrow_from: u32,
    /// More teams than this are shown page by page, so many or (for long names) fewer to a page.
    pub page_most: u32,
    pub page_least: u32,
    /// The share of a cell's words that its score may take.
    pub score_share: f32,
    /// What a narrow cell does without its number's ring: two lines, or one.
    pub narrow_cell: NarrowCell,
    /// Kept free between the words of two narrow cells.
    pub narrow_gap: f32,
    /// Rather than set a score smaller than this beside its name, cells have two lines.
    pub score_least: f32,
    /// The last page's dot; of a row as wide as its cells need, the dots stand in its end instead, which is this wide
    /// besides them.
    pub page_dots: Point,
    #[serde(default)]
    pub page_room: f32,
    pub narrow_rect: Rect,
    pub narrow_name_y: f32,
    pub narrow_score_y: f32,
    pub chip_height: f32,
    pub chip_padding: f32,
    /// The chip's centre over the active pill's top edge, and along the cell (share of its width).
    pub chip_y: f32,
    pub chip_at: f32,
}

/// How a strip's cells follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum StripFlow {
    Row,
    Column,
}

/// A strip's cell without room for the number's ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum NarrowCell {
    /// The name over the score.
    Stacked,
    /// The name before the score.
    Inline,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlatePlace {
    pub plate: Rect,
    pub radius: f32,
    /// Title and subtitle stand at the left of the body instead of above it.
    pub beside: bool,
    pub title: Rect,
    pub subtitle: Rect,
    pub body: Rect,
    pub bullet: f32,
    pub bullet_gap: f32,
    /// Centre of the page dots, which stand in the plate's middle.
    pub dots_y: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TitlePlace {
    pub series: Rect,
    pub title: Rect,
    pub subtitle: Rect,
    /// The accent rule before the subtitle: width, gap.
    pub rule: (f32, f32),
    pub slogan: Rect,
    /// The sun on an overlay's plate, where no ground has one.
    #[serde(default)]
    pub sun: Option<SunDisc>,
    /// An overlay's plate under it, where it is another than the class's.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
}

/// A sun on a plate: its centre, its radius, and a hairline round it (radius, stroke), px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SunDisc {
    pub centre: Point,
    pub radius: f32,
    pub ring: (f32, f32),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RiskPlace {
    /// An overlay's plate under the scene, where it is not the layout's `plate`.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
    pub title: Rect,
    /// Where in their boxes title and summary stand.
    pub title_at: Anchor,
    pub summary_at: Anchor,
    /// Coins lie on a circle: its centre and radius; (up to n teams, coin radius, step in degrees).
    pub centre: Point,
    pub radius: f32,
    pub coins: Vec<(u32, f32, f32)>,
    /// More teams than the arc holds stand in rows: (up to n teams, rows, coin radius), within `area`.
    pub rows: Vec<(u32, u32, f32)>,
    pub area: Rect,
    /// Between a coin in a row and its name.
    pub row_name_gap: f32,
    pub rim: f32,
    /// The hairline inside a high coin: inset, stroke.
    pub inner_ring: f32,
    pub inner_stroke: f32,
    pub low_inset: f32,
    pub low_stroke: f32,
    pub shut_inset: f32,
    pub shut_stroke: f32,
    /// A choosing team's ring.
    pub dashes: u16,
    pub dash_stroke: f32,
    pub name_gap: f32,
    /// Kept free between two names, and between number and name.
    pub name_between: f32,
    pub number_gap: f32,
    /// Share of the coin's radius.
    pub icon: f32,
    /// Between the parts of the summary: width and height, gap at both sides.
    pub bar: (f32, f32),
    pub bar_gap: f32,
    pub summary: Rect,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MomentPlace {
    /// An overlay's plate under the scene, where it is not the layout's `plate`.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
    pub centre: Point,
    pub radius: f32,
    pub stroke: f32,
    pub rim: f32,
    pub icon: f32,
    pub icon_y: f32,
    pub delta_y: f32,
    pub word_y: f32,
    pub team: Rect,
    pub player: Rect,
    /// Where in their boxes team and player stand.
    pub team_at: Anchor,
    pub label: Rect,
    pub score: Rect,
    pub arrow: f32,
    pub arrow_gap: f32,
    pub number_gap: f32,
    pub reason_padding: f32,
    /// The widest that the reason's pill may be, and where in it the pill stands.
    pub reason: Rect,
    pub reason_at: Anchor,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RushPlace {
    /// Options above the rail.
    pub options: Rect,
    pub rail: Rect,
    pub rail_radius: f32,
    /// Centre line of the tags of corrected pips that stand in one row.
    pub tag_y: f32,
    /// Pips in one row before the count, or in rows above it.
    pub flow: StripFlow,
    /// Pips of a row where there are several.
    #[serde(default)]
    pub columns: u32,
    /// First pip's centre, pitch, radius, and the current one's extra ring.
    pub pip: Point,
    pub pitch: f32,
    pub radius: f32,
    pub current: f32,
    pub stroke: f32,
    /// Share of a pip's radius.
    pub icon: f32,
    /// Between pips and count: its x in a row, its y above a count below.
    pub separator_x: f32,
    pub separator_inset: f32,
    pub count: Rect,
    pub count_gap: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormulaPlace {
    /// An overlay's plate under the scene, where it is not the layout's `plate`.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
    /// Whether each term has a plate of its own; without, they stand on the scene's.
    pub plated: bool,
    pub pip: Point,
    pub pitch: f32,
    /// The row ends here at the latest.
    pub pips_to: f32,
    pub radius: f32,
    pub term: Rect,
    pub term2: Rect,
    pub term_radius: f32,
    /// Columns of the two factors within a term plate (centres), line tops of figure, caption, sum.
    pub columns: (f32, f32),
    pub figure_y: f32,
    pub caption_y: f32,
    pub sum_y: f32,
    pub sign: f32,
    pub plus: Point,
    pub equals: Point,
    pub result: Point,
    pub result_radius: f32,
    pub result_stroke: f32,
    pub result_gap: f32,
    pub result_figure_y: f32,
    pub result_word_y: f32,
    /// Where 四舍五入 is said.
    pub result_note_y: f32,
    pub sum_gap: f32,
    /// The rule in words, where there is room for it.
    #[serde(default)]
    pub rule: Option<Rect>,
    pub close_px: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuelPlace {
    /// An overlay's plate under the scene, where it is not the layout's `plate`.
    #[serde(default)]
    pub plate: Option<UnderPlate>,
    /// The question's plate, where there is room for it.
    #[serde(default)]
    pub question: Option<Rect>,
    pub question_text: Rect,
    pub question_radius: f32,
    pub answer_inset: f32,
    pub answer_disc: f32,
    pub answer_gap: f32,
    /// The right answer's pill, where there is room for it.
    #[serde(default)]
    pub answer: Option<Rect>,
    pub player: Point,
    pub player_radius: f32,
    pub player_stroke: f32,
    pub player_gap: f32,
    pub player_icon: f32,
    pub player_label: Rect,
    /// Where in its box the label stands, and the padding of its pill; without one it is plain words.
    pub player_label_at: Anchor,
    #[serde(default)]
    pub player_label_padding: Option<f32>,
    /// The team's name and its player beside the disc, where no header says them.
    #[serde(default)]
    pub player_team: Option<Rect>,
    #[serde(default)]
    pub player_name: Option<Rect>,
    pub head: Rect,
    /// Seats lie on two circles about one centre: radii of the rows, steps in degrees, seat radius.
    pub centre: Point,
    pub rows: (f32, f32),
    pub steps: (f32, f32),
    pub seat: f32,
    pub seat_icon: f32,
    pub seat_number_y: f32,
    /// Seats and their numbers end above this line.
    pub floor: f32,
    /// Between a row's numbers and the row below.
    pub gap: f32,
    /// Smaller seats carry no number.
    pub seat_least: f32,
    /// Seats of one row before a second one is begun.
    pub row_seats: u32,
    pub dashes: u16,
    /// The dot of a seat that has answered: share of its radius.
    pub dot: f32,
    pub halo: f32,
    pub stroke: f32,
    pub head_gap: f32,
    pub tally: Rect,
    pub formula: Rect,
    /// Whether the sum has a plate of its own; without, it stands on the scene's.
    pub formula_plated: bool,
    /// Whether the sum is one line, each word before its figure; else words stand below their figures.
    pub formula_in_line: bool,
    pub formula_radius: f32,
    /// Centres of the base, the sign, N, the equals sign; line tops of figure and caption.
    pub columns: (f32, f32, f32, f32),
    pub figure_y: f32,
    pub caption_y: f32,
    pub delta: Point,
    pub delta_radius: f32,
    pub delta_stroke: f32,
    pub delta_gap: f32,
    pub sign: f32,
    /// The score's plate; without one it stands on the sum's or the scene's, which then is there from the start.
    #[serde(default)]
    pub score: Option<Rect>,
    pub score_label: Rect,
    /// Whether the label names the team.
    pub score_names: bool,
    pub score_figures: Rect,
    pub arrow: f32,
    pub arrow_gap: f32,
    /// A tally's bar: height, gap between its parts, radius; below it figures and words, and what pays is underlined.
    pub bar_h: f32,
    pub bar_gap: f32,
    pub bar_radius: f32,
    pub share_y: f32,
    pub share_word_y: f32,
    pub underline: f32,
    /// The rail of seats that lock while the player answers, in the strip's place.
    pub rail: Rect,
    /// Words before the seats, or above them.
    pub rail_flow: StripFlow,
    pub rail_radius: f32,
    pub rail_seat: f32,
    pub rail_padding: f32,
    pub rail_gap: f32,
}

/// A badge under the header's right end: its right top corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BadgePlace {
    pub at: Point,
    /// Where a question's card would be covered there: over it.
    #[serde(default)]
    pub card: Option<Point>,
    pub height: f32,
    pub padding: f32,
    pub icon: f32,
    pub gap: f32,
}

/// The rehearsal mark (彩排): a border round the whole picture, and plates that name it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkPlace {
    /// Width of the border, px.
    pub border: f32,
    pub plates: Vec<Rect>,
    /// Of the plates' corners, px; their words stay as far from the ends.
    pub radius: f32,
}

/// 更正 beside what was corrected, and where each graphic has it (centres).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionPlace {
    pub tag_height: f32,
    pub tag_padding: f32,
    /// From a plate's left end, on its top edge.
    pub plate_inset: f32,
    /// In a card's first row instead: the tag's left end, on its centre line.
    #[serde(default)]
    pub card: Option<Point>,
    pub verdict: Point,
    pub moment: Point,
    pub formula: Point,
    pub player: Point,
    /// A duel's N, and its head where there is no N yet.
    pub n: Point,
    pub head: Point,
    /// Old → new in a pill: the line through the old figure, the arrow, the gap between the parts.
    pub strike: f32,
    pub arrow: f32,
    pub gap: f32,
    /// The widest that a ruling's pill may be: anywhere, beside the big disc, over a duel's question.
    pub widest: f32,
    pub widest_moment: f32,
    pub widest_duel: f32,
}

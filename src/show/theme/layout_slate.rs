//! Places of the full-screen cards, the lower third and the clip's slate, in design px of the class's canvas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::{Point, Rect};

/// One field a graphic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlatesLayout {
    pub tag: TagPlace,
    pub rules: RulesPlace,
    pub interlude: InterludePlace,
    pub tabulating: TabulatingPlace,
    pub notary: NotaryPlace,
    pub showcase: ShowcasePlace,
    pub quiz: QuizPlace,
    pub photo: PhotoPlace,
    pub thanks: ThanksPlace,
    pub lower_third: LowerThirdPlace,
    pub media: MediaPlace,
}

/// The outlined pill that names what a card is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPlace {
    pub height: f32,
    pub padding: f32,
    pub stroke: f32,
    /// The widest it may be.
    pub most: f32,
}

/// 赛制说明: the round's name, its figures as tiles, its rules as lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesPlace {
    /// The round's number in its ring, and the stroke.
    pub number: Point,
    pub number_radius: f32,
    pub number_stroke: f32,
    pub name: Rect,
    pub subtitle: Rect,
    /// A pip a round, the last one's centre; diameter, pitch, how many are drawn at most; the words below.
    pub pips: Point,
    pub pip: f32,
    pub pip_pitch: f32,
    pub pips_most: u32,
    pub of: Rect,
    /// Tiles and lines stand in here, as one block in its middle.
    pub area: Rect,
    pub gap: f32,
    pub tile_height: f32,
    pub tile_radius: f32,
    /// Beside the caption, and beside the figures.
    pub tile_padding: f32,
    pub figure_padding: f32,
    /// A tile of words is wider than one of a figure by this factor.
    pub tile_words: f32,
    /// Line boxes of figure and caption from the tile's top.
    pub figure_y: f32,
    pub figure_h: f32,
    pub caption_y: f32,
    /// Between two figures of one tile: a bar, and the gap at both its sides.
    pub bar: (f32, f32),
    pub bar_gap: f32,
    /// Round the lines on their plate.
    pub text_padding: (f32, f32),
}

/// A song between the rounds: title left, the lyric's columns on the curtain at the right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterludePlace {
    pub tag: Point,
    pub title: Rect,
    pub credit: Rect,
    pub credit_gap: f32,
    /// What the hall waits for, said beside a spinner.
    pub status: Rect,
    pub status_spinner: SpinnerPlace,
    pub status_title: Rect,
    pub status_text: Rect,
    /// Columns from right to left: the first one's middle, pitch, how many at once, top and foot.
    pub column: f32,
    pub pitch: f32,
    pub columns: u32,
    pub top: f32,
    pub foot: f32,
    /// Share of a line that a dropped sign inside a column leaves free.
    pub pause: f32,
    /// Hairline between columns: offset from the column's middle, width, top, height.
    pub rule: (f32, f32, f32, f32),
    /// The curtain: where it begins, and from fold to fold.
    pub curtain_x: f32,
    pub curtain_pitch: f32,
}

/// An arc that runs round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpinnerPlace {
    pub centre: Point,
    /// To the outer edge of the stroke.
    pub radius: f32,
    pub stroke: f32,
    /// The dark well reaches beyond the stroke.
    pub rim: f32,
    /// Degrees of the lit arc.
    pub arc: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TabulatingPlace {
    pub spinner: SpinnerPlace,
    pub icon: f32,
    pub title: Rect,
    pub subtitle: Rect,
    pub body: Rect,
}

/// 公证: the text on its plate, the ledger's code beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotaryPlace {
    pub plate: Rect,
    /// The plate where there is no code beside it.
    pub plate_alone: Rect,
    pub radius: f32,
    /// The fine frame inside the plate: inset, stroke.
    pub frame: (f32, f32),
    pub padding: (f32, f32),
    pub title_height: f32,
    pub subtitle_height: f32,
    /// The rule under the head: height, and the gap above and below.
    pub rule: (f32, f32),
    pub code_plate: Rect,
    /// The light square with the code, its radius.
    pub code: Rect,
    pub code_radius: f32,
    /// Modules kept free round the code, and the smallest module, px.
    pub quiet: i32,
    pub module_least: f32,
    pub label: Rect,
    pub hash: Rect,
    pub hash_gap: f32,
    pub note: Rect,
}

/// 风采展示: who shows what, beside the ring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowcasePlace {
    /// Between the tag and the title below it.
    pub tag_gap: f32,
    pub title: Rect,
    pub subtitle: Rect,
    pub rule: (f32, f32),
    pub body: Rect,
    /// The team's pill: left, top, height in `w` × `h` with `w` the widest.
    pub team: Rect,
    pub team_padding: f32,
    pub team_gap: f32,
}

/// 互动问答: what either answer brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuizPlace {
    pub title: Rect,
    pub subtitle: Rect,
    /// Two plates side by side.
    pub offers: Rect,
    pub gap: f32,
    pub radius: f32,
    /// The sign's disc: diameter, inset from the plate's end, icon, gap to the words.
    pub disc: f32,
    pub inset: f32,
    pub icon: f32,
    pub words_gap: f32,
    /// Between the offer's word and its line.
    pub line_gap: f32,
    pub body: Rect,
}

/// 合影留念: a frame, and who is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PhotoPlace {
    pub frame: Rect,
    pub radius: f32,
    pub stroke: f32,
    pub title: Rect,
    pub subtitle: Rect,
    pub names: Rect,
    /// (up to n teams, so many columns).
    pub columns: Vec<(u32, u32)>,
    pub row: (f32, f32),
    pub number_gap: f32,
    pub cell_padding: f32,
    pub dots_y: f32,
}

/// 鸣谢.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ThanksPlace {
    pub title: Rect,
    pub subtitle: Rect,
    /// The accent rule before the names: width, gap.
    pub rule: (f32, f32),
    pub names: Rect,
    pub dots: Point,
    pub foot: Rect,
}

/// The lower third: one plate, in one of two heights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LowerThirdPlace {
    pub x: f32,
    pub height: f32,
    /// Top above the strip, and top in the strip's place.
    pub high: f32,
    pub low: f32,
    /// Whether a scene between questions has room for the former.
    pub high_idle: bool,
    /// Whether the strip makes way for the latter.
    pub over_strip: bool,
    pub least: f32,
    pub most: f32,
    pub radius: f32,
    /// A hairline all round: the plate lies over others of its colour.
    pub border: f32,
    pub padding: f32,
    /// The accent rule: width, height, gap to the words.
    pub rule: (f32, f32),
    pub rule_gap: f32,
    /// Line boxes: title and subtitle from the plate's top, their heights.
    pub title: (f32, f32),
    pub subtitle: (f32, f32),
}

/// A clip's slate: a 16:9 well with what is played in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MediaPlace {
    pub well: Rect,
    pub radius: f32,
    pub border: f32,
    pub disc: f32,
    pub disc_stroke: f32,
    pub icon: f32,
    /// The two bars of a clip that stands: width, height, gap between.
    pub bars: (f32, f32, f32),
    pub title: Rect,
    pub state: Rect,
    pub state_gap: f32,
    pub progress: Rect,
}

//! Places of the awards, the draw and the line-up, in design px of the class's canvas.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::{
    award::AwardPlan,
    frame::{Point, Rect},
};

/// A disc with a ring in it, a hairline and ticks: the award's seal and the draw's reel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SealPlace {
    pub centre: Point,
    /// To the outer edge of the stroke; the well reaches `rim` beyond.
    pub radius: f32,
    pub stroke: f32,
    pub rim: f32,
    pub hair_radius: f32,
    pub hair: f32,
    pub hair_alpha: f32,
    pub ticks: u16,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardPlace {
    pub plan: AwardPlan,
    pub seal: SealPlace,
    /// The award's name in the seal, and what stands above it.
    pub seal_text: Rect,
    pub seal_small: Rect,
    pub event: Rect,
    pub title: Rect,
    pub list: Rect,
    pub column_gap: f32,
    pub pitch: f32,
    pub cell: f32,
    pub radius: f32,
    /// An unranked row's bullet: diameter, stroke; a ranked one's ring: share of the row's height, stroke.
    pub bullet: (f32, f32),
    pub disc: (f32, f32),
    /// Where the words begin after a bullet, share of the row's height: in wide and in narrow columns.
    pub bullet_end: (f32, f32),
    /// Smaller than this, a name has its unit below it.
    pub inline_least: f32,
    /// Kept free above and below two lines together.
    pub air: f32,
    /// Kept free after the ring, at the far end, between name and unit.
    pub text_gap: f32,
    pub padding: f32,
    pub unit_gap: f32,
    /// A group's label: its bar (width, gap).
    pub group_rule: (f32, f32),
    /// The podium: heights of the first and of the other rows, gap.
    pub few: (f32, f32, f32),
    /// A name that would be smaller is set in lines.
    pub few_least: f32,
    pub hero: Rect,
    pub hero_rule: (f32, f32),
    pub pager: Rect,
    pub pager_gap: f32,
    pub bar: Rect,
    /// The centre of the tag 更正, and the room that the title leaves it.
    pub tag: Point,
    pub tag_room: f32,
    /// The centre of the jury's notice, below the seal, and the widest that it may be.
    pub notice: Point,
    pub notice_widest: f32,
}

/// Cells of a grid: how large they may be, and what they keep free.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GridPlace {
    pub columns: u32,
    /// Between columns; least between rows, and its share of the pitch where there is room.
    pub gap: (f32, f32),
    pub gap_share: f32,
    /// Least and largest height of a cell.
    pub height: (f32, f32),
    pub radius: f32,
    /// The ring's diameter: share of the cell's height, and least px; stroke.
    pub disc: f32,
    pub disc_least: f32,
    pub stroke: f32,
    /// Where the name begins, share of the cell's height, and px more.
    pub text_at: f32,
    pub text_gap: f32,
    pub padding: f32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawPlace {
    pub reel: SealPlace,
    /// What is seen of the reel round its centre, a text's box in it, from text to text of words and of figures.
    pub window: (f32, f32),
    pub text: (f32, f32),
    pub pitch: (f32, f32),
    /// The veil over the window's ends.
    pub veil: f32,
    /// How bright the reel runs.
    pub dim: f32,
    pub dashes: u16,
    pub caption: Rect,
    pub event: Rect,
    pub title: Rect,
    pub list: Rect,
    pub grid: GridPlace,
    pub count: Rect,
    /// The question's reel stands alone.
    pub hero: SealPlace,
    pub hero_window: (f32, f32),
    pub hero_text: (f32, f32),
    pub hero_pitch: (f32, f32),
    pub hero_event: Rect,
    pub hero_title: Rect,
    pub hero_caption: Rect,
    pub hero_list: Rect,
    pub empty_alpha: f32,
    /// The centre of the tag 更正.
    pub tag: Point,
    pub hero_tag: Point,
    pub hero_notice: Point,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineupPlace {
    pub event: Rect,
    pub title: Rect,
    pub area: Rect,
    pub grid: GridPlace,
    /// Most teams that have a banner each, and the longest name on it, glyphs.
    pub banners: (u32, u32),
    pub banner: Rect,
    pub banner_width: f32,
    pub banner_gap: f32,
    pub banner_radius: f32,
    /// The number's disc: inset, the ring round it.
    pub banner_inset: f32,
    pub banner_ring: (f32, f32),
    pub banner_padding: f32,
    /// One team: its number, its name, its players.
    pub hero: SealPlace,
    pub hero_number: Rect,
    pub hero_event: Rect,
    pub hero_name: Rect,
    pub hero_list: Rect,
    pub hero_grid: GridPlace,
    pub dots_y: f32,
}

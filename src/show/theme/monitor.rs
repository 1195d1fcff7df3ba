//! The second screen, for the host and the judges: its places, its type, its words. It is read from four metres, so it
//! has no plate, no sky and no motion: what changes cuts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ms, Role, Step};
use crate::show::frame::Rect;

/// The confidence class's picture, from top to bottom. Its ground is the palette's `well`, its colours are the ring's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Monitor {
    /// One line: what the hall sees, the round, the question's number.
    pub head: Rect,
    /// The pill that names what the hall sees is so much lower than the line.
    pub head_inset: f32,
    /// Question and options, or what is on air instead.
    pub text: Rect,
    /// The foot of `text` that a text of several pages leaves to their number.
    pub pager: f32,
    /// Digits of the time left, and the bar below them that runs out.
    pub time: Rect,
    pub bar: Rect,
    /// What is said of the time beside its colour: running out, up, paused.
    pub time_word: Rect,
    /// Who is on: number in its disc and name, then the player.
    pub team: Rect,
    pub player: Rect,
    /// What became of the answer: locked, right, wrong, withdrawn; and a line about it.
    pub state: Rect,
    pub note: Rect,
    /// All teams with their scores.
    pub strip: Rect,
    /// (Up to so many teams, columns, rows), the fewest first; more than the last holds are paged.
    pub strip_shapes: Vec<(u32, u32, u32)>,
    pub strip_gap: f32,
    /// The disc of a team's number, a sign beside a word.
    pub disc: f32,
    pub icon: f32,
    /// Between things beside one another, within a plate, and round its corners.
    pub gap: f32,
    pub padding: f32,
    pub radius: f32,
    /// A table's figures stand no farther from its names.
    pub table_w: f32,
    /// Lines that separate; outlines of plates that hold no result.
    pub rule: f32,
    pub outline: f32,
    /// Of the text's size: the letters' column, between blocks, a plate's reach round a marked one, the options' own
    /// gutter where they stand in two columns.
    pub letter_em: f32,
    pub block_em: f32,
    pub reach_em: f32,
    pub gutter_em: f32,
    /// A page stands as long as it takes to read it aloud at so many characters a minute, and at least so many ms.
    pub read_per_minute: u32,
    pub page_least: Ms,
    pub time1: Role,
    pub time2: Role,
    pub time3: Role,
    pub title: Role,
    pub text_role: Role,
    pub letter: Role,
    pub figure: Role,
    pub label: Role,
    pub name: Role,
    pub number: Role,
    pub word: Role,
    pub line: Role,
    pub score: Role,
}

impl Monitor {
    /// Every role with its name, as the theme file spells it.
    pub const fn roles(&self) -> [(&'static str, &Role); 13] {
        [
            ("time1", &self.time1),
            ("time2", &self.time2),
            ("time3", &self.time3),
            ("title", &self.title),
            ("text_role", &self.text_role),
            ("letter", &self.letter),
            ("figure", &self.figure),
            ("label", &self.label),
            ("name", &self.name),
            ("number", &self.number),
            ("word", &self.word),
            ("line", &self.line),
            ("score", &self.score),
        ]
    }

    /// A letter or a figure as large as the text it stands beside.
    pub fn beside(role: &Role, text: Step) -> Role {
        Role { ladder: vec![text], ..role.clone() }
    }
}

/// The words of the second screen alone. Texts may hold `{}` where a figure goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitorWords {
    /// What the hall sees, named.
    pub nothing: String,
    pub contest: String,
    pub round: String,
    pub turn: String,
    pub question: String,
    pub buzzer: String,
    pub rush: String,
    pub formula: String,
    pub risk: String,
    pub assignment: String,
    pub duel: String,
    pub moment: String,
    pub draw: String,
    pub standings: String,
    pub total: String,
    pub advance: String,
    pub award: String,
    pub media: String,
    pub title: String,
    pub rules: String,
    pub showcase: String,
    pub interlude: String,
    pub tabulating: String,
    pub notary: String,
    pub audience_quiz: String,
    pub photo: String,
    pub message: String,
    pub lineup: String,
    pub thanks: String,
    pub lower_third: String,
    pub ended: String,
    /// Of the clock.
    pub seconds_left: String,
    pub ready: String,
    pub hurry: String,
    pub last: String,
    pub time_up: String,
    pub stopped: String,
    /// Of the answer.
    pub locked: String,
    pub answer: String,
    pub order: String,
    pub seats_in: String,
    /// Where a team's risk value is still its own.
    pub hidden: String,
    /// `第 1 页 / 共 3 页`.
    pub page: String,
}

//! Type: a role for every kind of text, with the ladder it may be fitted down (look.md §3).

use serde::{Deserialize, Serialize};

use crate::show::frame::{Face, Rgba, TextStyle};

/// One rung of a fitting ladder: size and line height in design px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step(pub f32, pub f32);

/// How one kind of text is set. The first step is the designed size, the last the smallest that may be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub face: Face,
    pub weight: u16,
    /// Em, between glyphs.
    #[serde(default)]
    pub tracking: f32,
    pub ladder: Vec<Step>,
}

impl Role {
    /// The style at one step.
    pub fn style(&self, step: Step, colour: Rgba) -> TextStyle {
        TextStyle { face: self.face, size: step.0, weight: self.weight, tracking: self.tracking, colour }
    }

    /// The designed step (a validated ladder is never empty).
    pub fn step(&self) -> Step {
        self.ladder.first().copied().unwrap_or(Step(0.0, 0.0))
    }
}

/// All roles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typography {
    /// Optical centring: texts are moved up by this many em, because both faces sit low in their box.
    pub rise: f32,
    pub round: Role,
    pub sub: Role,
    pub team: Role,
    pub team_number: Role,
    pub player: Role,
    pub tag: Role,
    pub stem: Role,
    pub case_facts: Role,
    pub case_question: Role,
    pub option: Role,
    /// Options that need two lines, or a full row.
    pub option_small: Role,
    pub letter: Role,
    pub judge: Role,
    pub answer: Role,
    pub state: Role,
    pub timer1: Role,
    pub timer2: Role,
    pub timer3: Role,
    pub unit: Role,
    pub verdict: Role,
    pub verdict_word: Role,
    pub strip_name: Role,
    pub strip_number: Role,
    pub strip_score: Role,
    pub chip: Role,
    pub scene_title: Role,
    pub slate_title: Role,
    pub slate_subtitle: Role,
    pub slate_body: Role,
    pub slogan: Role,
    pub hero: Role,
    pub moment: Role,
    pub moment_word: Role,
    pub moment_player: Role,
    pub reason: Role,
    pub moment_score: Role,
    pub moment_before: Role,
    pub caption: Role,
    pub coin: Role,
    pub summary: Role,
    pub summary_figure: Role,
    pub coin_name: Role,
    pub coin_number: Role,
    pub pip: Role,
    pub count: Role,
    pub result: Role,
    pub term: Role,
    pub sum: Role,
    pub duel_text: Role,
    pub duel_answer: Role,
    pub duel_figure: Role,
    pub duel_delta: Role,
    pub duel_score: Role,
    pub duel_before: Role,
    pub head: Role,
    pub seat: Role,
    pub tally: Role,
}

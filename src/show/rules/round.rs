//! One round of a rulebook: who answers how many questions of which kinds, in what time, for which points.

use serde::{Deserialize, Serialize};

use super::Field;
use crate::show::protocol::{
    Points,
    play::{Outcome, QuestionKind},
    roster::Format,
};

/// A round as its rulebook describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundRulebook {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub subtitle: String,
    pub format: Format,
    /// Its number among the rounds; 0 for one that is not counted.
    #[serde(default)]
    pub number: u32,
    #[serde(default)]
    pub kinds: Vec<QuestionKind>,
    #[serde(default)]
    pub questions: Option<Count>,
    /// The document's own total, where it does not follow from `questions`, teams or edges.
    #[serde(default)]
    pub stated_total: Option<u32>,
    pub players: Players,
    /// Who answers, in the document's words.
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub order: Order,
    /// Seconds a question, or the whole of a speed round, may take.
    #[serde(default)]
    pub time_s: Option<u32>,
    /// Values to choose from, each with its own time.
    #[serde(default)]
    pub values: Vec<Value>,
    /// The value that every team took on the day, where that is recorded.
    #[serde(default)]
    pub taken: Option<Points>,
    /// How the chosen values come to be seen.
    #[serde(default)]
    pub reveal: Reveal,
    /// Who names whom, by team number; pairs need not be mutual.
    #[serde(default)]
    pub edges: Vec<Edge>,
    #[serde(default)]
    pub pays: Outcomes,
    #[serde(default)]
    pub formula: Option<Formula>,
    /// False where the host stays silent and the question is read at the desk.
    #[serde(default = "yes")]
    pub read_aloud: bool,
    /// The question comes as a clip.
    #[serde(default)]
    pub video: bool,
    /// Seconds of conferring before the clock starts.
    #[serde(default)]
    pub discussion_s: Option<u32>,
    /// What follows a foul: shown on the foul card.
    #[serde(default)]
    pub foul_note: String,
    /// False where its points decide an order only.
    #[serde(default = "yes")]
    pub counts: bool,
    /// The rules slate's lines (赛制说明).
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub unstated: Vec<Field>,
    #[serde(default)]
    pub notes: Vec<String>,
}

fn yes() -> bool {
    true
}

/// How many questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    PerTeam(u32),
    InTotal(u32),
}

/// Who of a team answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Players {
    /// The player of this number answers the team's first, second … question.
    Numbered(Vec<u32>),
    /// One the team names, who has not played in the rounds of these ids.
    Chosen { not_from: Vec<String> },
    /// One the naming team names.
    Named,
    /// The team together; one of them speaks.
    Team,
}

/// Whose question is next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Order {
    /// Every team its first question, then every team its second.
    #[default]
    TeamsInTurn,
    /// All questions of one team, then the next team.
    TeamByTeam,
}

/// How risk values are revealed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reveal {
    /// Each as soon as it is locked.
    #[default]
    InTurn,
    /// All at once, when all are locked.
    Together,
}

/// A risk value and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    pub points: Points,
    pub time_s: u32,
}

/// One team naming a player of another, by team number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub from: u32,
    pub to: u32,
}

/// What an outcome brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pay {
    /// A signed figure.
    Points(Points),
    /// The question's value.
    Value,
    /// The question's value, lost.
    MinusValue,
}

/// What each outcome brings; the round does not know an outcome that is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcomes {
    #[serde(default)]
    pub right: Option<Pay>,
    #[serde(default)]
    pub wrong: Option<Pay>,
    #[serde(default)]
    pub timeout: Option<Pay>,
    #[serde(default)]
    pub incomplete: Option<Pay>,
    #[serde(default)]
    pub prompted: Option<Pay>,
    #[serde(default)]
    pub foul: Option<Pay>,
}

impl Outcomes {
    /// What `outcome` brings, where the round knows it.
    pub fn of(&self, outcome: Outcome) -> Option<Pay> {
        match outcome {
            Outcome::Correct => self.right,
            Outcome::Wrong => self.wrong,
            Outcome::Timeout => self.timeout,
            Outcome::Incomplete => self.incomplete,
            Outcome::Prompted => self.prompted,
            Outcome::Foul => self.foul,
            Outcome::Void => None,
        }
    }

    /// Every outcome with its name in the file.
    pub fn all(&self) -> [(&'static str, Option<Pay>); 6] {
        [
            ("right", self.right),
            ("wrong", self.wrong),
            ("timeout", self.timeout),
            ("incomplete", self.incomplete),
            ("prompted", self.prompted),
            ("foul", self.foul),
        ]
    }
}

impl Pay {
    /// The signed points, for a question of this value.
    pub fn points(self, value: Points) -> Points {
        match self {
            Self::Points(points) => points,
            Self::Value => value,
            Self::MinusValue => -value,
        }
    }

    /// The figure, where it does not depend on a value.
    pub fn fixed(self) -> Option<Points> {
        match self {
            Self::Points(points) => Some(points),
            Self::Value | Self::MinusValue => None,
        }
    }
}

/// Scores that are more than one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Formula {
    /// Right answers × `right` + whole seconds left × right answers ÷ questions, rounded half up.
    Rush { right: Points },
    /// Right: `right` + N, the challengers who were wrong; else −N, the challengers who were right.
    Duel { right: Points },
}

impl RoundRulebook {
    /// True where the document leaves `field` open.
    pub fn leaves_open(&self, field: Field) -> bool {
        self.unstated.contains(&field)
    }

    /// What a right answer pays: the figure itself, or the fixed part of a formula.
    pub fn right(&self) -> Option<Points> {
        match self.formula {
            Some(Formula::Rush { right } | Formula::Duel { right }) => Some(right),
            None => self.pays.right.and_then(Pay::fixed),
        }
    }

    /// Questions of one team, where that is how they are counted.
    pub fn per_team(&self) -> Option<u32> {
        match self.questions {
            Some(Count::PerTeam(count)) => Some(count),
            _ => None,
        }
    }

    /// Questions that `teams` teams are asked altogether, edges and values counted.
    pub fn needed(&self, teams: u32) -> u32 {
        match (self.format, self.questions) {
            (Format::RiskAssigned, _) => u32::try_from(self.edges.len()).unwrap_or(u32::MAX),
            (_, Some(Count::PerTeam(count))) => count.saturating_mul(teams),
            (_, Some(Count::InTotal(count))) => count,
            (_, None) => 0,
        }
    }
}

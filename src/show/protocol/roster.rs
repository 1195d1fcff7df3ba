//! Who takes part and what is played: show, roster, draw, round and turn events (protocol.md §4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Points, play::QuestionKind};

/// Ids are the scoring system's own; leitai only compares them.
pub type TeamId = String;
pub type PlayerId = String;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Team {
    pub id: TeamId,
    /// 队名, as the hall reads it.
    pub name: String,
    /// A name of at most four Han for narrow places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// The drawn number; the strip's order.
    pub number: u32,
    /// `#RRGGBB`, where a show gives teams colours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Player {
    pub id: PlayerId,
    pub team: TeamId,
    pub number: u32,
    #[serde(default)]
    pub name: String,
}

/// How half points are rounded by the rulebook; the only way in use is 四舍五入.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    #[default]
    HalfUp,
}

/// A round as announced in the show's configuration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoundPlan {
    pub id: String,
    pub name: String,
    pub format: Format,
}

/// `show.configured`: everything that holds for the whole show. Sent again, it replaces the former one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShowConfigured {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub organisers: Vec<String>,
    pub teams: Vec<Team>,
    #[serde(default)]
    pub players: Vec<Player>,
    #[serde(default)]
    pub rounds: Vec<RoundPlan>,
    #[serde(default)]
    pub base_score: Points,
    #[serde(default)]
    pub audience_seats: u32,
    #[serde(default)]
    pub rounding: Rounding,
}

/// `roster.updated`: the lists that are present replace the former ones; scores stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RosterUpdated {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<Team>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub players: Option<Vec<Player>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrawKind {
    TeamNumber,
    Question,
    Representative,
}

/// `draw.opened` (抽签): the reel's pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawOpened {
    pub kind: DrawKind,
    pub pool: Vec<String>,
    #[serde(default)]
    pub title: String,
    /// How many are to be drawn, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slots: Option<u32>,
}

/// `draw.resolved`: `slot` is who or what draws, `value` what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawResolved {
    pub slot: String,
    pub value: String,
}

/// The kind of play; a round's name is data (protocol.md §1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Solo,
    Rush,
    RiskChoice,
    RiskAssigned,
    Duel,
    Buzzer,
    Showcase,
    Written,
    AudienceQuiz,
}

/// What a round pays and asks, as far as the picture needs it; the scoring system computes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoundRules {
    /// Lines for the rules slate (赛制说明).
    #[serde(default)]
    pub text: Vec<String>,
    /// Who answers, in the rulebook's words.
    #[serde(default)]
    pub who: String,
    #[serde(default)]
    pub kinds: Vec<QuestionKind>,
    /// Values to choose from in a risk round.
    #[serde(default)]
    pub values: Vec<Points>,
    /// Points of a wrong answer and of a foul, as signed changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foul: Option<Points>,
    /// Points of a right answer: 10 in `10 + N` and in `correct × 10`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<Points>,
    /// Questions a team answers in this round: the pips of a speed round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<u32>,
    /// µs a question or a speed round lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_us: Option<i64>,
}

/// `round.opened`: `number` of `of` rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoundOpened {
    pub id: String,
    pub name: String,
    /// What the name stands for, read beside it: 热身环节.
    #[serde(default)]
    pub subtitle: String,
    pub format: Format,
    #[serde(default)]
    pub number: u32,
    #[serde(default)]
    pub of: u32,
    #[serde(default)]
    pub rules: RoundRules,
}

/// `round.closed`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RoundClosed {
    #[serde(default)]
    pub id: String,
}

/// `turn.given`: who is on now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TurnGiven {
    pub team: TeamId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player: Option<PlayerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question_no: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}

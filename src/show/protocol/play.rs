//! A question's life: question, media, countdown, answer and buzzer events (protocol.md §4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Points,
    roster::{PlayerId, TeamId},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Single,
    Multi,
    Judge,
    Fill,
    Short,
    Case,
}

/// One choice. A judge question has two (正确, 错误); fill, short and case have none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionOption {
    pub label: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MediaRef {
    pub id: String,
}

/// `question.cued` and `question.shown`. There is no field for a key, on purpose (protocol.md §1.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    pub id: String,
    pub kind: QuestionKind,
    pub stem: String,
    #[serde(default)]
    pub options: Vec<QuestionOption>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaRef>,
}

/// What is asked of the hall now: hear the question, confer, answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// 读题.
    #[default]
    Reading,
    /// 小组讨论.
    Discussion,
    /// 请答题.
    Answering,
}

/// `phase.set`: holds until the next one, or until the question goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PhaseSet {
    pub phase: Phase,
}

/// `question.withdrawn` (本题作废).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionWithdrawn {
    #[serde(default)]
    pub reason: String,
}

/// `media.cued`: a file or address and its hash, checked before air.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MediaCued {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub sha256: String,
    /// What the media slate says until the clip is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// µs, where it is known.
    #[serde(rename = "duration", default, skip_serializing_if = "Option::is_none")]
    pub duration_us: Option<i64>,
}

/// `media.started`: the clip's zero on the server's clock, µs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MediaStarted {
    pub id: String,
    pub at: i64,
}

/// `media.paused` and `media.ended`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MediaId {
    pub id: String,
}

/// `countdown.armed`: length in µs, nothing runs yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountdownArmed {
    pub id: String,
    #[serde(rename = "duration")]
    pub duration_us: i64,
}

/// `countdown.started` and `.resumed`: the end on the server's clock, µs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountdownEnds {
    pub id: String,
    pub ends_at: i64,
}

/// `countdown.paused` and `.stopped`: what was left, µs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountdownRemaining {
    pub id: String,
    #[serde(rename = "remaining")]
    pub remaining_us: i64,
}

/// `countdown.changed`: a new end (while it runs) or a new rest (while it stands), µs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountdownChanged {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<i64>,
    #[serde(rename = "remaining", default, skip_serializing_if = "Option::is_none")]
    pub remaining_us: Option<i64>,
}

/// `countdown.expired`: the server says that time is up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountdownExpired {
    pub id: String,
}

/// `answer.given`: what was picked or said; may come again until it is locked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerGiven {
    pub team: TeamId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player: Option<PlayerId>,
    #[serde(default)]
    pub choice: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// `answer.locked` (回答完毕).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerLocked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Correct,
    Wrong,
    Timeout,
    Incomplete,
    Prompted,
    Foul,
    Void,
}

/// `verdict.given`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VerdictGiven {
    pub team: TeamId,
    pub outcome: Outcome,
    /// Points it will bring or cost, where the scoring system says so already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delta: Option<Points>,
    /// Why, where a verdict is corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// `answer.revealed`: labels for single, multi and judge; the text for the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerRevealed {
    pub key: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

/// `buzzer.armed`, after 请抢答.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuzzerArmed {}

/// `buzzer.hit`: `order` 1 is the winner; µs after the buzzer was armed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuzzerHit {
    pub team: TeamId,
    pub order: u32,
    pub after_us: i64,
}

/// `buzzer.fouled`: µs before the buzzer was armed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuzzerFouled {
    pub team: TeamId,
    pub early_us: i64,
    /// What follows by the rulebook: 本题作废 or the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// `buzzer.closed`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuzzerClosed {}

//! A question on air: what is asked, what was answered, what it was worth, and its clock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Shared, Stamped, Was};
use crate::show::protocol::{
    Points,
    play::{AnswerGiven, AnswerRevealed, Outcome, Question, QuestionWithdrawn, VerdictGiven},
    roster::TeamId,
};

/// The question that was shown last and all that has happened to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ask {
    pub question: Shared<Question>,
    pub since: i64,
    pub seq: u64,
    /// Present from `answer.given` on.
    #[serde(default)]
    pub answer: Option<Answer>,
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// Absent until `answer.revealed`: the key is not here before it may be seen.
    #[serde(default)]
    pub key: Option<Stamped<AnswerRevealed>>,
    #[serde(default)]
    pub withdrawn: Option<Stamped<QuestionWithdrawn>>,
    /// A withdrawal that was taken back: what it had been, and when it no longer was.
    #[serde(default)]
    pub reinstated: Option<Stamped<QuestionWithdrawn>>,
    /// Set once the question itself was corrected on air (a misprint in the stem).
    #[serde(default)]
    pub was: Option<Box<Was<Question>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    pub given: AnswerGiven,
    pub since: i64,
    /// When 回答完毕 was said.
    #[serde(default)]
    pub locked: Option<i64>,
    /// The event that said what was answered.
    #[serde(default)]
    pub seq: u64,
    #[serde(default)]
    pub was: Option<Box<Was<AnswerGiven>>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    pub team: TeamId,
    pub outcome: Outcome,
    pub since: i64,
    pub seq: u64,
    /// From the verdict itself, or from the score change it caused.
    #[serde(default)]
    pub delta: Option<Points>,
    /// The score change that told what it was worth, where the verdict itself did not.
    #[serde(default)]
    pub paid: Option<u64>,
    #[serde(default)]
    pub was: Option<Box<Was<VerdictGiven>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum ClockPhase {
    Armed,
    Running {
        /// µs on the server's clock.
        ends_at: i64,
    },
    Paused {
        remaining_us: i64,
    },
    /// Stopped for good with this rest: the answer is in.
    Stopped {
        remaining_us: i64,
    },
    Expired,
}

/// The countdown. At local zero it holds 0 until the server says `expired`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clock {
    pub id: String,
    pub duration_us: i64,
    #[serde(flatten)]
    pub phase: ClockPhase,
    /// When the present phase (or end) was set, and by which event.
    pub since: i64,
    pub seq: u64,
    /// When it was armed: the ring's entrance.
    #[serde(default)]
    pub armed_at: i64,
    /// The rest that was shown the instant before the present phase: a changed clock departs from there.
    #[serde(default)]
    pub departed_us: Option<i64>,
}

impl Clock {
    /// What is left at `now`, µs, within 0 and… the duration or more (a clock may be extended).
    pub fn remaining_us(&self, now: i64) -> i64 {
        match self.phase {
            ClockPhase::Armed => self.duration_us,
            ClockPhase::Running { ends_at } => ends_at.saturating_sub(now).max(0),
            ClockPhase::Paused { remaining_us } | ClockPhase::Stopped { remaining_us } => remaining_us.max(0),
            ClockPhase::Expired => 0,
        }
    }

    pub const fn is_running(&self) -> bool {
        matches!(self.phase, ClockPhase::Running { .. })
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Buzzer {
    pub armed: Option<i64>,
    pub closed: Option<i64>,
    /// In the feed's order.
    pub hits: Vec<BuzzerPress>,
    pub fouls: Vec<BuzzerPress>,
    pub seq: u64,
}

/// `us`: after (hit) or before (foul) the arming.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BuzzerPress {
    pub team: TeamId,
    pub order: u32,
    pub us: i64,
    pub since: i64,
    pub seq: u64,
    /// A foul's consequence in the rulebook's words.
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub was: Option<Box<Was<Pressed>>>,
}

/// What is said of a press, and may be corrected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pressed {
    pub team: TeamId,
    pub order: u32,
    pub us: i64,
    #[serde(default)]
    pub note: Option<String>,
}

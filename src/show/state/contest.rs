//! The contest round the question: rounds, scores, risk, rush, audience, draw, judging, standings, reveals, slates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Shared, Stamped, Trail, Was};
use crate::show::protocol::{
    Points,
    play::{MediaCued, Outcome},
    roster::{DrawOpened, DrawResolved, PlayerId, RoundOpened, TeamId},
    score::{
        AppealOpened, AppealResolved, AudienceTallied, AwardSet, LowerThirdShown, RiskAssigned, RushFinished,
        SlateShown, StandingsSet,
    },
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Round {
    pub opened: Shared<RoundOpened>,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub closed: Option<i64>,
    #[serde(default)]
    pub was: Option<Box<Was<RoundOpened>>>,
}

/// A team's score, as the feed last said it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    pub trail: Trail<Points>,
    /// The last change.
    pub delta: Points,
    pub reason: String,
    #[serde(default)]
    pub formula: Option<String>,
    /// Set when the last change was a correction (更正) rather than a result.
    pub corrected: bool,
    pub since: i64,
    pub seq: u64,
    /// The score as it stood before the last change, where that was a correction.
    #[serde(default)]
    pub was: Option<Box<Was<Score>>>,
}

impl Score {
    /// The score itself.
    pub fn value(&self) -> Points {
        self.trail.last().map_or(Points::ZERO, |(_, value)| *value)
    }
}

/// A risk offer and who has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskChoice {
    pub values: Vec<Points>,
    pub since: i64,
    pub seq: u64,
    /// Team → locked at.
    #[serde(default)]
    pub locked: Vec<(TeamId, i64)>,
    /// Team → value and when it was revealed.
    #[serde(default)]
    pub revealed: Vec<(TeamId, Stamped<Points>)>,
}

/// 他选: who named whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Edge {
    pub from: TeamId,
    pub to: TeamId,
    #[serde(default)]
    pub player: Option<PlayerId>,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub was: Option<Box<Was<RiskAssigned>>>,
}

/// A speed round of one team (闯关).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RushRun {
    pub team: TeamId,
    pub since: i64,
    pub seq: u64,
    /// Outcome of question i + 1 and when it was known.
    #[serde(default)]
    pub pips: Vec<Option<Stamped<Outcome>>>,
    /// The question being answered, from 1, and since when; 0 before the first and after the last.
    #[serde(default)]
    pub current: (u32, i64),
    #[serde(default)]
    pub finished: Option<Stamped<RushFinished>>,
}

/// The audience's challenge: seats one by one, or a tally.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudienceVote {
    /// Seats drawn one by one; 0 when only a tally is.
    pub seats: u32,
    /// Voters altogether.
    pub size: u32,
    pub since: i64,
    pub seq: u64,
    /// Seat (from 1) → locked at.
    #[serde(default)]
    pub locked: Vec<(u32, i64)>,
    /// How many have answered.
    #[serde(default)]
    pub count: u32,
    #[serde(default)]
    pub tally: Option<Stamped<AudienceTallied>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Draw {
    pub opened: DrawOpened,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub resolved: Vec<Stamped<DrawResolved>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Appeal {
    pub opened: AppealOpened,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub resolved: Option<Stamped<AppealResolved>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Standings {
    pub set: StandingsSet,
    pub since: i64,
    pub seq: u64,
    /// The standings that these replaced: rank moves depart from there.
    #[serde(default)]
    pub before: Option<Box<StandingsSet>>,
    #[serde(default)]
    pub was: Option<Box<Was<StandingsSet>>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Advance {
    pub slots: u32,
    #[serde(default)]
    pub title: String,
    pub since: i64,
    pub seq: u64,
    /// Slot (from 1), team.
    #[serde(default)]
    pub revealed: Vec<(u32, Stamped<TeamId>)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Award {
    pub set: AwardSet,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub page: Option<Stamped<u32>>,
    #[serde(default)]
    pub row: Option<Stamped<u32>>,
    #[serde(default)]
    pub was: Option<Box<Was<AwardSet>>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlateCard {
    pub shown: SlateShown,
    pub since: i64,
    pub seq: u64,
    /// The line of the body that is on now, from 1.
    #[serde(default)]
    pub line: Option<Stamped<u32>>,
    /// The ledger up to and with the event that showed it: what a notary's slate certifies.
    #[serde(default)]
    pub ledger: String,
    #[serde(default)]
    pub was: Option<Box<Was<SlateShown>>>,
}

/// The lower third; once cleared it stays for the time it needs to leave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LowerThird {
    pub shown: LowerThirdShown,
    pub since: i64,
    pub seq: u64,
    #[serde(default)]
    pub cleared: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "phase")]
pub enum MediaPhase {
    Cued,
    /// The clip's zero on the server's clock, µs.
    Playing {
        at: i64,
    },
    /// Position, µs.
    Paused {
        position_us: i64,
    },
    Ended,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Media {
    pub cued: MediaCued,
    #[serde(flatten)]
    pub phase: MediaPhase,
    pub since: i64,
    pub seq: u64,
}

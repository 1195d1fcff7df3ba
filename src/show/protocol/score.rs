//! What it brought: risk, rush, audience, score, judging, standings, reveal, slate and end events (protocol.md §4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Points,
    play::{MediaRef, Outcome},
    roster::{PlayerId, TeamId},
};

/// `risk.offered`: the values to choose from, e.g. 20 and 40.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskOffered {
    pub values: Vec<Points>,
}

/// `risk.locked`: the team has chosen, the value stays hidden.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskLocked {
    pub team: TeamId,
}

/// `risk.revealed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskRevealed {
    pub team: TeamId,
    pub value: Points,
}

/// `risk.assigned` (他选): a directed edge; pairs need not be mutual.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RiskAssigned {
    pub from: TeamId,
    pub to: TeamId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub player: Option<PlayerId>,
}

/// `rush.progressed`: question `index` (from 1) of the speed round is answered, or entered when `outcome` is absent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RushProgressed {
    pub team: TeamId,
    pub index: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// `rush.finished`: `correct` of `of`, whole seconds `remaining`, and the feed's own `score`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RushFinished {
    pub team: TeamId,
    pub correct: u32,
    pub of: u32,
    #[serde(rename = "remaining")]
    pub remaining_s: u32,
    pub score: Points,
}

/// `audience.opened`: 18 seats are numbered, 100 000 voters are a size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudienceOpened {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u32>,
}

/// `audience.locked`: one seat (from 1), or how many have answered so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudienceLocked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatOutcome {
    Right,
    Wrong,
    Absent,
}

/// `audience.tallied`: `n` is the N of `10 + N` or `−N`; `seats[i]` is seat i + 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AudienceTallied {
    pub right: u32,
    pub wrong: u32,
    pub absent: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<Vec<SeatOutcome>>,
    pub n: u32,
}

/// `score.changed`. leitai draws `after` and alarms the operator when `before + delta ≠ after`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreChanged {
    pub team: TeamId,
    pub before: Points,
    pub delta: Points,
    pub after: Points,
    #[serde(default)]
    pub reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
}

/// `score.corrected` (更正); the envelope's `corrects` names the event it mends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreCorrected {
    pub team: TeamId,
    pub before: Points,
    pub after: Points,
    #[serde(default)]
    pub reason: String,
}

/// `appeal.opened` (合议).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppealOpened {
    pub subject_seq: u64,
    pub team: TeamId,
}

/// `appeal.resolved`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AppealResolved {
    pub outcome: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingsRow {
    pub team: TeamId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Points>,
    /// 综合知识笔试: the second tie key, shown where it decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub general_written: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Points>,
    pub total: Points,
    /// Which key decided a tie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie_key: Option<TieBreak>,
}

/// `standings.set`: `ranked: false` is drawn without ranks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StandingsSet {
    pub rows: Vec<StandingsRow>,
    pub ranked: bool,
    /// Above the table: 总成绩, 第一环节后.
    #[serde(default)]
    pub title: String,
    /// How many of the first go on; a line is drawn below them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance: Option<u32>,
}

/// One weighted part of a total: `score` × `percent` ÷ 100.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TotalPart {
    pub label: String,
    pub score: Points,
    pub percent: Points,
}

/// `total.shown`: how one team's total comes about. The sum is the feed's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TotalShown {
    pub team: TeamId,
    pub parts: Vec<TotalPart>,
    pub total: Points,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    Written,
    GeneralWritten,
    Playoff,
}

/// `tiebreak.decided`: the teams in their decided order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TiebreakDecided {
    pub teams: Vec<TeamId>,
    pub by: TieBreak,
}

/// `advance.set` (晋级).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdvanceSet {
    pub slots: u32,
    #[serde(default)]
    pub title: String,
}

/// `advance.revealed`: slot from 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AdvanceRevealed {
    pub slot: u32,
    pub team: TeamId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AwardRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    pub name: String,
    #[serde(default)]
    pub unit: String,
    /// Where the award ranks its winners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

/// `award.set`. Rows come in the order in which they are listed; ranked ones are revealed from the last to the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AwardSet {
    pub id: String,
    pub title: String,
    pub rows: Vec<AwardRow>,
    /// Beside the title: 按姓氏笔画为序.
    #[serde(default)]
    pub note: String,
}

/// `award.stepped`: to a page, or to a row (both from 1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AwardStepped {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlateKind {
    Title,
    Rules,
    Showcase,
    Interlude,
    Tabulating,
    Notary,
    AudienceQuiz,
    Photo,
    Message,
    /// 队伍亮相: teams (and players) of the roster; `subtitle` may hold one team's id.
    Lineup,
    /// 鸣谢 and the end.
    Thanks,
}

/// `slate.shown`: a full-screen card. Lines of `body` are split at `\n`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlateShown {
    pub kind: SlateKind,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaRef>,
}

/// `slate.stepped`: the line of the body that is on now, from 1 (a lyric, a name being read).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlateStepped {
    pub line: u32,
}

/// `lower_third.shown` (人名条): over whatever scene is on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LowerThirdShown {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
}

/// `lower_third.cleared`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LowerThirdCleared {}

/// `slate.cleared`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlateCleared {}

/// `show.ended`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ShowEnded {}

//! The show: what is true now, when each thing became so, and what it was before. Nothing else holds state.
//!
//! `Show` is the fold of the log and the snapshot's `state`, the same type. Every `since` is the `at` of the event
//! that made it so; all motion is a function of `now - since`, so a late renderer is in the right place at once.

mod contest;
mod fact;
mod play;
mod program;
mod shared;
mod trail;

pub use contest::{
    Advance, Appeal, AudienceVote, Award, Draw, Edge, LowerThird, Media, MediaPhase, RiskChoice, Round, RushRun, Score,
    SlateCard, Standings,
};
pub use fact::{Corrected, Fact, Kind};
pub use play::{Answer, Ask, Buzzer, BuzzerPress, Clock, ClockPhase, Pressed, Verdict};
pub use program::{Departed, Program, Scene};
pub use shared::Shared;
pub use trail::Trail;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::protocol::{
    play::{MediaCued, Phase, Question},
    roster::{ShowConfigured, TeamId, TurnGiven},
    score::{TiebreakDecided, TotalShown},
};
use super::told::{Told, Words};

/// What a frame is made of besides time, theme and output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Show {
    pub epoch: String,
    /// The last event folded in; 0 before the first.
    pub seq: u64,
    /// Its `at`.
    pub at: i64,
    /// The ledger: SHA-256 (hex) over the hash before and this event, from the first event on.
    pub ledger: String,
    pub core: Core,
    /// What is on air, and what is still leaving.
    pub program: Program,
    /// Arithmetic that did not add up, oldest first, at most [`Show::ALARMS`]: told to the operator, never mended.
    pub alarms: Vec<Alarm>,
    /// How many alarms there were altogether.
    pub alarm_count: u64,
}

impl Show {
    pub const ALARMS: usize = 100;
}

/// Everything that a scene may draw. A leaving scene keeps the core it left with (see [`Departed`]).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Core {
    pub config: Shared<ShowConfigured>,
    /// A team without an entry stands at the base score.
    pub scores: Shared<BTreeMap<TeamId, Score>>,
    pub round: Option<Round>,
    pub turn: Option<Stamped<TurnGiven>>,
    /// Warmed up, not on air.
    pub cued: Option<Shared<Question>>,
    pub question: Option<Ask>,
    /// In a speed round the question before, as it was asked: the one on air takes its place.
    pub asked: Option<Box<Ask>>,
    /// Reading, conferring, answering: of the question on air.
    pub phase: Option<Stamped<Phase>>,
    pub clock: Option<Clock>,
    pub buzzer: Option<Buzzer>,
    pub risk: Option<RiskChoice>,
    /// Edges of 他选风险, in order.
    pub edges: Shared<Vec<Edge>>,
    pub rush: Option<RushRun>,
    pub audience: Option<AudienceVote>,
    pub draw: Option<Shared<Draw>>,
    pub appeal: Option<Shared<Appeal>>,
    pub standings: Option<Shared<Standings>>,
    /// One team's weighted total, taken apart.
    pub total: Option<Shared<Stamped<TotalShown>>>,
    pub tiebreak: Option<Stamped<TiebreakDecided>>,
    pub advance: Option<Shared<Advance>>,
    pub award: Option<Shared<Award>>,
    pub slate: Option<Shared<SlateCard>>,
    pub lower_third: Option<LowerThird>,
    pub media: Option<Media>,
    /// Warmed up while another clip is still on.
    pub media_cued: Option<MediaCued>,
    pub ended: bool,
}

impl Core {
    /// Teams by their drawn number: the strip's order, which never changes with the score.
    pub fn teams(&self) -> Vec<&super::protocol::roster::Team> {
        let mut teams: Vec<_> = self.config.teams.iter().collect();
        teams.sort_by_key(|team| team.number);
        teams
    }

    pub fn team(&self, id: &str) -> Option<&super::protocol::roster::Team> {
        self.config.teams.iter().find(|team| team.id == id)
    }

    pub fn player(&self, id: &str) -> Option<&super::protocol::roster::Player> {
        self.config.players.iter().find(|player| player.id == id)
    }
}

/// A fact and when it became one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stamped<T> {
    pub value: T,
    #[serde(default)]
    pub since: i64,
    /// The event that said so.
    #[serde(default)]
    pub seq: u64,
    /// Set once it has been corrected: what it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Box<Was<T>>>,
}

/// What a corrected fact was before, and the correction. The fact itself keeps its own `since` and `seq`: a correction
/// is no new entrance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Was<T> {
    pub value: T,
    /// When it was corrected, and by which event.
    pub since: i64,
    pub seq: u64,
    /// In the jury's words; may be empty.
    #[serde(default)]
    pub reason: String,
}

/// Figures of the feed that do not add up. The feed's figure stays on air.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Alarm {
    pub seq: u64,
    pub at: i64,
    /// A sentence: what, where, what was expected.
    pub text: String,
    /// The same as data, for other languages; empty where the sentence is all there is.
    #[serde(default, skip_serializing_if = "Words::is_empty")]
    pub words: Words,
}

impl Told for Alarm {
    fn words(&self) -> Words {
        if self.words.is_empty() { Words::text(self.text.as_str()) } else { self.words.clone() }
    }
}

//! The rulebook: a contest's rules as typed data, from which the rules slates, a simulation and its check are made.
//!
//! Names and numbers of a contest stand in its RON file and nowhere in code. What a document does not state is given a
//! figure for rehearsals and listed in `unstated`; what it states although it does not add up is kept as it stands, and
//! [`Rulebook::check`] says so in a notice.

mod check;
mod check_round;
mod moment;
mod read;
mod remark;
mod round;

#[cfg(test)]
mod tests;

pub use check::{Finding, Level};
pub use moment::{
    Advance, Award, Draw, Exam, Lines, Lineup, Moment, Plate, Pool, Quiz, Selection, Showcase, Slate, Table, Tiebreak,
    Winners,
};
pub use read::RulesError;
pub use remark::Remark;
pub use round::{Count, Edge, Formula, Order, Outcomes, Pay, Players, Reveal, RoundRulebook, Value};

use serde::{Deserialize, Serialize};

use super::protocol::{Points, roster::Rounding, score::TieBreak};

/// A contest's rules, round for round and moment for moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rulebook {
    /// Short and of ASCII: the beginning of a tape's epoch.
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub organisers: Vec<String>,
    #[serde(default)]
    pub slogan: String,
    /// The document that all of this was taken from.
    #[serde(default)]
    pub source: String,
    /// What a team stands at before the first round.
    pub base_score: Points,
    /// Teams of the contest.
    pub teams: u32,
    /// How many of them the document names, where that is another figure.
    #[serde(default)]
    pub teams_named: Option<u32>,
    /// Teams that play on stage in this session, the first ones of the roster; all of them where it is absent.
    #[serde(default)]
    pub on_stage: Option<u32>,
    /// Players of a team on stage.
    pub players: u32,
    /// Challengers with keypads in the hall.
    #[serde(default)]
    pub audience_seats: u32,
    #[serde(default)]
    pub rounding: Rounding,
    /// The written part, where there is one.
    #[serde(default)]
    pub written: Option<Written>,
    /// How written and stage make the total; absent where the total is the stage score alone.
    #[serde(default)]
    pub weights: Option<Weights>,
    /// What decides between equal totals, first key first.
    #[serde(default)]
    pub tie_order: Vec<TieBreak>,
    /// False where the document wants no ranks to be shown.
    pub ranked: bool,
    /// Teams by district, track or kind of unit.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// Figures that the document does not state and that are assumed here for rehearsals.
    #[serde(default)]
    pub unstated: Vec<Field>,
    /// What a reader of the document should know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Everything that happens, in order.
    pub program: Vec<Moment>,
}

/// A closed-book examination.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The best possible score.
    pub full: Points,
    /// Minutes allowed.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// How much of it is general knowledge: the second tie key.
    #[serde(default)]
    pub general_full: Option<Points>,
}

/// Percent of each part in the total. They need not be normalised: the parts are added as they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    pub written: Points,
    pub stage: Points,
}

/// Teams `from` to `to` by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub name: String,
    pub from: u32,
    pub to: u32,
}

/// A figure of the rulebook or of a round that a document may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    BaseScore,
    OnStage,
    Players,
    Written,
    GeneralWritten,
    Weights,
    TieOrder,
    Kinds,
    Questions,
    Time,
    Values,
    Right,
    Wrong,
    Timeout,
    Incomplete,
    Prompted,
    Foul,
    Awards,
    Voters,
}

impl Rulebook {
    /// The question rounds of the programme, in order, a playoff included.
    pub fn rounds(&self) -> impl Iterator<Item = &RoundRulebook> {
        self.program.iter().filter_map(|moment| match moment {
            Moment::Round(round) => Some(round),
            Moment::Tiebreak(tiebreak) => Some(&tiebreak.round),
            _ => None,
        })
    }

    /// The highest number of a round: what "round 2 of 4" is out of.
    pub fn rounds_of(&self) -> u32 {
        self.rounds().map(|round| round.number).max().unwrap_or(0)
    }

    /// Teams on stage in this session.
    pub fn stage_teams(&self) -> u32 {
        self.on_stage.unwrap_or(self.teams)
    }

    /// A team's total of its two parts, to the thousandth, halves upwards; the stage score where nothing is weighted.
    pub fn total(&self, written: Points, stage: Points) -> Points {
        let Some(weights) = self.weights else { return stage };
        let part = |score: Points, percent: Points| i128::from(score.thousandths()) * i128::from(percent.thousandths());
        let sum = part(written, weights.written) + part(stage, weights.stage);
        let unit = 100_000;
        let thousandths = (2 * sum + unit).div_euclid(2 * unit);
        Points::from_thousandths(i64::try_from(thousandths).unwrap_or(i64::MAX))
    }

    /// True where the document leaves `field` open for the whole contest.
    pub fn leaves_open(&self, field: Field) -> bool {
        self.unstated.contains(&field)
    }
}

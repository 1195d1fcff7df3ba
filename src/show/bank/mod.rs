//! What an operator prepares: question banks and rosters, as data. Reading files is another room's work.

mod check;
mod finding;
mod roster;
#[cfg(test)]
mod tests;
mod text;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::protocol::{
    Points,
    play::{MediaRef, Question, QuestionKind, QuestionOption},
    roster::{Player, Team},
};
pub use check::{check, check_glyphs};
pub use finding::{Fault, Field, Finding, Place, Severity};
pub use roster::{check_roster, check_roster_glyphs};

/// Options that a question card can hold: A to L.
pub const OPTIONS: usize = 12;

/// One question with its key. Only a scoring system, a simulation and a check may hold one: the picture never does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BankQuestion {
    pub id: String,
    pub kind: QuestionKind,
    pub stem: String,
    #[serde(default)]
    pub options: Vec<QuestionOption>,
    /// Labels for single, multi and judge; texts for the others.
    pub key: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Law and article, or document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Points>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaRef>,
}

impl BankQuestion {
    /// The question as it may be shown: without its key.
    pub fn question(&self) -> Question {
        Question {
            id: self.id.clone(),
            kind: self.kind,
            stem: self.stem.clone(),
            options: self.options.clone(),
            value: self.value,
            media: self.media.clone(),
        }
    }
}

/// Who takes part: a team file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Roster {
    pub teams: Vec<Team>,
    #[serde(default)]
    pub players: Vec<Player>,
}

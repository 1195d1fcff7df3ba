//! The words of the full-screen cards, the lower third and the clip's slate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Texts may hold `{}` where a figure goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlateWords {
    /// What a card is, on its tag.
    pub rules: String,
    pub interlude: String,
    pub showcase: String,
    /// Which of how many rounds.
    pub rounds_of: String,
    /// Captions of the rules' tiles.
    pub rule_kinds: String,
    pub rule_questions: String,
    /// A question's time, and a whole round's.
    pub rule_each: String,
    pub rule_time: String,
    pub rule_values: String,
    pub rule_right: String,
    pub rule_wrong: String,
    pub rule_foul: String,
    pub unit_questions: String,
    pub unit_seconds: String,
    pub unit_minutes: String,
    pub unit_points: String,
    pub who: String,
    /// Under the ledger's code: what it is, and what to do with it.
    pub ledger: String,
    pub ledger_note: String,
    /// An audience's answer, right and otherwise: either is kind.
    pub gift: String,
    pub souvenir: String,
    pub playing: String,
}

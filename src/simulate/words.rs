//! What a scoring system says in words: reasons of scores, verdicts of a jury. They stand in the locale.

use serde::Deserialize;

use crate::show::protocol::play::Outcome;

/// The words, `{}` being where a figure or a name goes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    right: String,
    wrong: String,
    timeout: String,
    incomplete: String,
    prompted: String,
    pub foul: String,
    pub rush: String,
    pub duel: String,
    pub jury: String,
    pub upheld: String,
    pub upheld_note: String,
    pub denied: String,
    pub denied_note: String,
    pub withdrawn: String,
    pub paused: String,
    pub paused_why: String,
    pub rules: String,
    pub written: String,
    pub stage: String,
    pub elsewhere: String,
    pub exam: String,
    pub video: String,
    pub player_of: String,
    pub unsure: String,
    pub no_player: String,
}

impl Words {
    /// The words of the built-in locale.
    pub fn read() -> Result<Self, String> {
        ron::from_str(include_str!("../../assets/locales/simulate.zh.ron")).map_err(|error| error.to_string())
    }

    /// Why `outcome` brings what it brings.
    pub fn reason(&self, outcome: Outcome) -> &str {
        match outcome {
            Outcome::Correct => &self.right,
            Outcome::Wrong | Outcome::Void => &self.wrong,
            Outcome::Timeout => &self.timeout,
            Outcome::Incomplete => &self.incomplete,
            Outcome::Prompted => &self.prompted,
            Outcome::Foul => &self.foul,
        }
    }
}

/// `text` with its places filled in order.
pub(super) fn fill(text: &str, details: &[&str]) -> String {
    details.iter().fold(text.to_owned(), |text, detail| text.replacen("{}", detail, 1))
}

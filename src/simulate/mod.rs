//! A whole contest by its rulebook, with plausible people: what a scoring system would say, so that an operator can
//! rehearse with the own teams and questions before there is one.
//!
//! Pure and deterministic: the same rulebook, roster, bank and options give the same envelopes, byte for byte. The pace
//! changes when things happen, never what happens.

mod ask;
mod awards;
mod builtin;
mod buzzer;
mod contest;
mod desk;
mod draw;
mod duel;
mod moments;
mod people;
mod results;
mod risk;
mod rush;
mod stock;
mod words;

#[cfg(test)]
mod tests;

pub use builtin::{RULEBOOKS, built_in};

use std::collections::BTreeSet;

use crate::{
    locale::Lang,
    show::{
        bank::{BankQuestion, Roster},
        protocol::Envelope,
        rules::Rulebook,
        tape::{entry_line, header_line},
        told::told,
    },
};

/// How a contest is to be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    pub seed: u64,
    /// Thousandths of the broadcast pace: 4000 is four times quicker.
    pub pace: u32,
    /// With corrections, appeals, withdrawn questions, stopped clocks and misprints.
    pub mishaps: bool,
    /// Of what the scoring system says: reasons, verdicts.
    pub lang: Lang,
}

impl Options {
    /// At broadcast pace, with people who err and a jury that does not.
    pub fn seed(seed: u64) -> Self {
        Self { seed, pace: 1_000, mishaps: false, lang: Lang::Zh }
    }
}

/// Why a contest cannot be simulated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SimulateError {
    #[error("the rulebook is for {needed} teams, the roster has {there}; give a roster of {needed}")]
    Teams { needed: u32, there: usize },
    #[error("team \"{team}\" has {there} players, round \"{round}\" needs {needed}; add players to the roster")]
    Players { team: String, round: String, needed: u32, there: usize },
    #[error(
        "round \"{round}\" needs {needed} questions of kind {kinds}, the banks have {there} left for it; add questions"
    )]
    Questions { round: String, kinds: String, needed: u32, there: usize },
    #[error("question \"{id}\" is given twice; give each bank once, and every question an id of its own")]
    Twice { id: String },
}

told!(SimulateError {
    Teams { needed, there } => "simulate-teams",
    Players { team, round, needed, there } => "simulate-players",
    Questions { round, kinds, needed, there } => "simulate-questions",
    Twice { id } => "simulate-twice",
});

/// The contest from its first event to its last.
///
/// # Errors
/// Where roster or bank do not suffice for the rulebook, naming team or round and what is missing.
pub fn simulate(
    book: &Rulebook,
    roster: &Roster,
    bank: &[BankQuestion],
    options: Options,
) -> Result<Vec<Envelope>, SimulateError> {
    let mut ids = BTreeSet::new();
    if let Some(twice) = bank.iter().find(|question| !ids.insert(question.id.as_str())) {
        return Err(SimulateError::Twice { id: twice.id.clone() });
    }
    contest::Contest::new(book, roster, bank, options)?.run()
}

/// A tape of these events, each received a moment after it was sent.
pub fn tape_text(show: &str, envelopes: &[Envelope]) -> String {
    let mut text = header_line(show, "leitai simulate");
    for envelope in envelopes {
        let delay_us = 900 + i64::try_from(envelope.seq.wrapping_mul(37) % 400).unwrap_or(0);
        text.push('\n');
        text.push_str(&entry_line(envelope.at + delay_us, envelope));
    }
    text.push('\n');
    text
}

//! The questions at hand: each is asked once, kinds in turn, in an order that the seed decides.

use fastrand::Rng;

use super::SimulateError;
use crate::show::{bank::BankQuestion, protocol::play::QuestionKind};

const KINDS: [QuestionKind; 6] = [
    QuestionKind::Single,
    QuestionKind::Multi,
    QuestionKind::Judge,
    QuestionKind::Fill,
    QuestionKind::Short,
    QuestionKind::Case,
];

/// What is left of the bank, by kind.
#[derive(Debug)]
pub(super) struct Stock<'a> {
    piles: [Vec<&'a BankQuestion>; 6],
    /// What a wrong gap is filled with.
    pub gaps: Vec<&'a str>,
}

impl<'a> Stock<'a> {
    pub fn new(bank: &'a [BankQuestion], rng: &mut Rng) -> Self {
        let mut piles = KINDS.map(|kind| bank.iter().filter(|question| question.kind == kind).collect::<Vec<_>>());
        for pile in &mut piles {
            rng.shuffle(pile);
        }
        let gaps = bank.iter().filter(|question| question.kind == QuestionKind::Fill);
        Self { piles, gaps: gaps.filter_map(|question| question.key.first()).map(String::as_str).collect() }
    }

    fn pile(&mut self, kind: QuestionKind) -> Option<&mut Vec<&'a BankQuestion>> {
        let place = KINDS.iter().position(|known| *known == kind)?;
        self.piles.get_mut(place)
    }

    /// `needed` questions of these kinds in turn; where one kind runs out, the others stand in.
    pub fn take(
        &mut self,
        round: &str,
        kinds: &[QuestionKind],
        needed: u32,
    ) -> Result<Vec<&'a BankQuestion>, SimulateError> {
        let there: usize = kinds.iter().map(|kind| self.pile(*kind).map_or(0, |pile| pile.len())).sum();
        let short = || SimulateError::Questions {
            round: round.to_owned(),
            kinds: kinds.iter().map(|kind| name(*kind)).collect::<Vec<_>>().join(", "),
            needed,
            there,
        };
        let mut taken = Vec::new();
        for turn in 0..needed as usize {
            let mut order = kinds.iter().cycle().skip(turn % kinds.len().max(1)).take(kinds.len());
            let one = order.find_map(|kind| self.pile(*kind).and_then(Vec::pop));
            taken.push(one.ok_or_else(short)?);
        }
        Ok(taken)
    }

    /// One more of this kind, if there is one.
    pub fn spare(&mut self, kind: QuestionKind) -> Option<&'a BankQuestion> {
        self.pile(kind).and_then(Vec::pop)
    }
}

/// A kind as a bank's file calls it.
fn name(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => "single",
        QuestionKind::Multi => "multi",
        QuestionKind::Judge => "judge",
        QuestionKind::Fill => "fill",
        QuestionKind::Short => "short",
        QuestionKind::Case => "case",
    }
}

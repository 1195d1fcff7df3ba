//! Plausible people: how good each is, what each answers, how long each thinks. Whole numbers only, so that every
//! machine makes the same contest of the same seed.

use fastrand::Rng;

use crate::show::{
    bank::BankQuestion,
    protocol::{
        Points,
        play::{Outcome, QuestionKind},
        roster::{Player, Team},
    },
};

/// A team and its people.
#[derive(Debug)]
pub(super) struct Side<'a> {
    pub team: &'a Team,
    pub players: Vec<&'a Player>,
    /// Chance of a right answer, thousandths, by player.
    skill: Vec<u32>,
    /// Individual results, by player.
    pub results: Vec<Points>,
    /// The written part and its general knowledge.
    pub written: Points,
    pub general: Points,
    /// A jury's mark that is not scored.
    pub mark: u32,
}

impl<'a> Side<'a> {
    pub fn new(team: &'a Team, players: Vec<&'a Player>, full: Points, general_full: Points, rng: &mut Rng) -> Self {
        let level = rng.u32(600..860);
        let skill: Vec<u32> = players.iter().map(|_| level + rng.u32(0..160) - 80).collect();
        // An individual result is the skill with a day's form, to the hundredth.
        let result = |skill: u32, rng: &mut Rng| {
            let share = i64::from((skill + rng.u32(0..220)).clamp(300, 985));
            Points::from_thousandths(full.thousandths() * share / 1_000 / 10 * 10)
        };
        let results: Vec<Points> = skill.iter().map(|skill| result(*skill, rng)).collect();
        let share = i64::from(level + rng.u32(0..130));
        let written = Points::from_thousandths(full.thousandths() * share / 1_000).rounded_half_up();
        let general = general_full.thousandths() * (share + rng.i64(0..60) - 30) / 1_000;
        let general = Points::from_thousandths(general).rounded_half_up();
        Self { team, players, skill, results, written, general, mark: rng.u32(800..1_000) }
    }

    pub fn player(&self, index: usize) -> Option<&'a Player> {
        self.players.get(index).copied()
    }

    /// How this player does on a question of this kind; only outcomes that `known` has.
    pub fn outcome(
        &self,
        player: usize,
        kind: QuestionKind,
        known: impl Fn(Outcome) -> bool,
        rng: &mut Rng,
    ) -> Outcome {
        let skill = i64::from(self.skill.get(player).copied().unwrap_or(700));
        let ease = match kind {
            QuestionKind::Judge => 80,
            QuestionKind::Single => 40,
            QuestionKind::Multi | QuestionKind::Fill => -90,
            QuestionKind::Short | QuestionKind::Case => -60,
        };
        let (right, roll) = (rng.i64(0..1_000) < skill + ease, rng.u32(0..100));
        if right {
            return Outcome::Correct;
        }
        let partial = !matches!(kind, QuestionKind::Judge | QuestionKind::Single);
        let long = matches!(kind, QuestionKind::Short | QuestionKind::Case);
        let missed = match roll {
            0..16 if !long => Outcome::Timeout,
            0..5 => Outcome::Timeout,
            16..45 if partial => Outcome::Incomplete,
            45..52 => Outcome::Prompted,
            _ => Outcome::Wrong,
        };
        if known(missed) { missed } else { Outcome::Wrong }
    }
}

/// Milliseconds of thought, by kind and within `limit_ms`.
pub(super) fn thinking(kind: QuestionKind, limit_ms: i64, rng: &mut Rng) -> i64 {
    let most = limit_ms - 900;
    let range = match kind {
        QuestionKind::Judge => 1_300..3_600,
        QuestionKind::Single => 1_800..5_000,
        QuestionKind::Multi => 2_600..6_800,
        QuestionKind::Fill => 2_000..5_600,
        QuestionKind::Short => 9_000..20_000,
        QuestionKind::Case => 14_000..30_000,
    };
    rng.i64(range).clamp(600, most.max(600))
}

/// What is picked or said for this outcome.
pub(super) fn said(
    question: &BankQuestion,
    outcome: Outcome,
    gaps: &[&str],
    unsure: &str,
    rng: &mut Rng,
) -> (Vec<String>, Option<String>) {
    let right = matches!(outcome, Outcome::Correct | Outcome::Prompted);
    let written = matches!(question.kind, QuestionKind::Fill | QuestionKind::Short | QuestionKind::Case);
    if written {
        let parts: Vec<&str> = question.key.iter().map(|part| part.trim_end_matches('。')).collect();
        let whole = parts.join("；");
        let text = match (right, question.kind) {
            (true, _) => whole,
            (false, QuestionKind::Fill) if outcome != Outcome::Incomplete => {
                let others: Vec<&str> =
                    gaps.iter().copied().filter(|gap| !question.key.iter().any(|k| k == gap)).collect();
                pick(&others, rng).map_or_else(|| unsure.to_owned(), |other| (*other).to_owned())
            }
            _ => part(&whole).unwrap_or_else(|| unsure.to_owned()),
        };
        return (Vec::new(), Some(text));
    }
    if right {
        return (question.key.clone(), None);
    }
    let labels: Vec<&String> = question.options.iter().map(|option| &option.label).collect();
    let (inside, outside): (Vec<&String>, Vec<&String>) = labels.iter().partition(|label| question.key.contains(label));
    let drop_one = inside.len() > 1 && (outcome == Outcome::Incomplete || outside.is_empty() || rng.bool());
    let choice = if question.kind != QuestionKind::Multi {
        pick(&outside, rng).map(|label| vec![(*label).clone()]).unwrap_or_default()
    } else if drop_one {
        let left_out = rng.usize(0..inside.len());
        question.key.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, label)| label.clone()).collect()
    } else {
        let added = pick(&outside, rng).copied();
        labels.into_iter().filter(|label| question.key.contains(label) || Some(*label) == added).cloned().collect()
    };
    (choice, None)
}

fn pick<'a, T>(list: &'a [T], rng: &mut Rng) -> Option<&'a T> {
    if list.is_empty() { None } else { list.get(rng.usize(0..list.len())) }
}

/// The first part of an answer: what somebody says who knows no more.
fn part(whole: &str) -> Option<String> {
    let end = whole.char_indices().find(|(at, c)| *at > 12 && matches!(c, '，' | '；' | '。')).map(|(at, _)| at)?;
    whole.get(..end).map(str::to_owned)
}

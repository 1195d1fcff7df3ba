//! The rulebook's arithmetic, checked and told to the operator: the feed's figure stays on air, right or wrong.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        Points,
        play::Outcome,
        roster::Format,
        score::{AudienceTallied, RiskRevealed, RushFinished, ScoreChanged, SeatOutcome},
    },
    state::{Show, Verdict},
};

/// What a right answer pays where the round's rules do not say (the 10 of `10 + N` and of `correct × 10`).
const RIGHT: Points = Points::whole(10);

/// Where an expected figure comes from.
enum Why {
    Rush,
    Value(Points),
    /// The sum that was made.
    Duel(String),
}

impl Show {
    pub(super) fn check_team(&mut self, stamp: Stamp, team: &str) {
        if self.core.team(team).is_none() {
            self.alarm(stamp, &Discrepancy::UnknownTeam { team: team.to_owned() });
        }
    }

    pub(super) fn check_before(&mut self, stamp: Stamp, team: &str, before: Points) {
        let known = self.known_score(team);
        if before != known {
            self.alarm(stamp, &Discrepancy::Before { team: team.to_owned(), known, before });
        }
    }

    pub(super) fn check_score(&mut self, stamp: Stamp, data: &ScoreChanged) {
        let ScoreChanged { team, before, delta, after, .. } = data;
        self.check_before(stamp, team, *before);
        let sum = *before + *delta;
        if sum != *after {
            let (team, delta) = (team.clone(), delta.signed());
            self.alarm(stamp, &Discrepancy::Sum { team, before: *before, delta, sum, after: *after });
        }
        if let Some((expected, why)) = self.expected_delta(stamp, team)
            && expected != *delta
        {
            let (team, expected, delta) = (team.clone(), expected.signed(), delta.signed());
            let wrong = match why {
                Why::Rush => Discrepancy::RushDelta { team, expected, delta },
                Why::Value(value) => Discrepancy::ValueDelta { team, expected, value, delta },
                Why::Duel(sum) => Discrepancy::DuelDelta { team, expected, sum, delta },
            };
            self.alarm(stamp, &wrong);
        }
    }

    /// What the rules say this change should be, where they say anything.
    fn expected_delta(&self, stamp: Stamp, team: &str) -> Option<(Points, Why)> {
        let finished = self.core.rush.as_ref().and_then(|run| run.finished.as_ref());
        if let Some(finished) = finished.filter(|f| f.value.team == team && stamp.cause == Some(f.seq)) {
            return Some((finished.value.score, Why::Rush));
        }
        let round = self.core.round.as_ref()?;
        let verdict = self.linked_verdict(stamp, team)?;
        if matches!(verdict.outcome, Outcome::Void | Outcome::Foul) {
            return None;
        }
        let right = verdict.outcome == Outcome::Correct;
        match round.opened.format {
            Format::RiskChoice | Format::RiskAssigned => {
                let value = self.chosen_value(team)?;
                Some((if right { value } else { -value }, Why::Value(value)))
            }
            Format::Duel => {
                let n = self.core.audience.as_ref()?.tally.as_ref()?.value.n;
                let n = Points::whole(i64::from(n));
                let pays = round.opened.rules.right.unwrap_or(RIGHT);
                let sum = if right { format!("{pays} + {n}") } else { format!("0 − {n}") };
                Some((if right { pays + n } else { -n }, Why::Duel(sum)))
            }
            _ => None,
        }
    }

    /// The value the team plays for: the revealed one, else the question's own.
    fn chosen_value(&self, team: &str) -> Option<Points> {
        let revealed = self.core.risk.as_ref().and_then(|risk| {
            let mine = risk.revealed.iter().find(|(revealed, _)| revealed == team);
            mine.map(|(_, value)| value.value)
        });
        revealed.or_else(|| self.core.question.as_ref().and_then(|ask| ask.question.value))
    }

    /// The verdict that a score change follows from: the team's own, and not one of another cause.
    fn linked_verdict(&self, stamp: Stamp, team: &str) -> Option<&Verdict> {
        let ask = self.core.question.as_ref()?;
        let linked = stamp.cause.is_none_or(|cause| cause >= ask.seq);
        ask.verdict.as_ref().filter(|verdict| linked && verdict.team == team)
    }

    pub(super) fn linked_verdict_mut(&mut self, stamp: Stamp, team: &str) -> Option<&mut Verdict> {
        let ask = self.core.question.as_mut()?;
        let linked = stamp.cause.is_none_or(|cause| cause >= ask.seq);
        ask.verdict.as_mut().filter(|verdict| linked && verdict.team == team)
    }

    pub(super) fn check_offer(&mut self, stamp: Stamp, data: &RiskRevealed) {
        let values = self.core.risk.as_ref().map(|risk| risk.values.clone()).unwrap_or_default();
        if !values.contains(&data.value) {
            let offered: Vec<String> = values.iter().map(Points::to_string).collect();
            let (team, value) = (data.team.clone(), data.value);
            let wrong = match offered.join(", ") {
                offered if offered.is_empty() => Discrepancy::NoOffer { team, value },
                offered => Discrepancy::Offer { team, value, offered },
            };
            self.alarm(stamp, &wrong);
        }
    }

    /// `correct × right + remaining × correct ÷ of`, rounded half up; and the pips must say the same `correct`.
    pub(super) fn check_rush(&mut self, stamp: Stamp, data: &RushFinished) {
        let RushFinished { team, correct, of, remaining_s, score } = data;
        if *of == 0 || correct > of {
            self.alarm(stamp, &Discrepancy::RushCount { team: team.clone(), correct: *correct, of: *of });
            return;
        }
        let right = self.core.round.as_ref().and_then(|round| round.opened.rules.right).unwrap_or(RIGHT);
        let expected = rush_score(*correct, *of, *remaining_s, right);
        if expected != Some(*score) {
            let sum = format!("{correct} × {right} + {remaining_s} × {correct} ÷ {of}");
            let (team, score) = (team.clone(), *score);
            let wrong = match expected {
                Some(expected) => Discrepancy::RushScore { team, expected, sum, score },
                None => Discrepancy::RushRange { team, sum, score },
            };
            self.alarm(stamp, &wrong);
        }
        let Some(run) = self.core.rush.as_ref().filter(|run| run.team == *team && run.finished.is_none()) else {
            return;
        };
        let known = run.pips.iter().flatten().count();
        let hits = run.pips.iter().flatten().filter(|pip| pip.value == Outcome::Correct).count();
        if known == *of as usize && hits != *correct as usize {
            self.alarm(stamp, &Discrepancy::Pips { team: team.clone(), hits, correct: *correct });
        }
    }

    pub(super) fn check_tally(&mut self, stamp: Stamp, data: &AudienceTallied) {
        let Some(vote) = &self.core.audience else { return };
        let (seats, size) = (vote.seats, if vote.seats > 0 { vote.seats } else { vote.size });
        let AudienceTallied { right, wrong, absent, .. } = data;
        let sum = u64::from(*right) + u64::from(*wrong) + u64::from(*absent);
        if size > 0 && sum != u64::from(size) {
            let (right, wrong, absent) = (*right, *wrong, *absent);
            self.alarm(stamp, &Discrepancy::Audience { right, wrong, absent, sum, size });
        }
        let Some(list) = &data.seats else { return };
        if seats > 0 && list.len() != seats as usize {
            self.alarm(stamp, &Discrepancy::Seats { listed: list.len(), seats });
        }
        let count = |outcome| list.iter().filter(|seat| **seat == outcome).count();
        let listed = [SeatOutcome::Right, SeatOutcome::Wrong, SeatOutcome::Absent].map(count);
        if listed != [*right as usize, *wrong as usize, *absent as usize] {
            let [seats_right, seats_wrong, seats_absent] = listed;
            let (right, wrong, absent) = (*right, *wrong, *absent);
            let wrong = Discrepancy::SeatFigures { seats_right, seats_wrong, seats_absent, right, wrong, absent };
            self.alarm(stamp, &wrong);
        }
    }

    /// N is the challengers wrong where the player was right, and the challengers right where not.
    pub(super) fn check_duel_n(&mut self, stamp: Stamp) {
        let duel = self.core.round.as_ref().is_some_and(|round| round.opened.format == Format::Duel);
        let verdict = self.core.question.as_ref().and_then(|ask| ask.verdict.as_ref());
        let tally = self.core.audience.as_ref().and_then(|vote| vote.tally.as_ref());
        let (true, Some(verdict), Some(tally)) = (duel, verdict, tally) else { return };
        let (team, n) = (verdict.team.clone(), tally.value.n);
        let (expected, wrong) = match verdict.outcome {
            Outcome::Void | Outcome::Foul => return,
            Outcome::Correct => (tally.value.wrong, Discrepancy::DuelWrong { team, expected: tally.value.wrong, n }),
            _ => (tally.value.right, Discrepancy::DuelRight { team, expected: tally.value.right, n }),
        };
        if n != expected {
            self.alarm(stamp, &wrong);
        }
    }
}

/// Exact, then rounded half up to whole points; `None` where it does not fit a score.
fn rush_score(correct: u32, of: u32, remaining_s: u32, right: Points) -> Option<Points> {
    let (correct, of, remaining) = (i128::from(correct), i128::from(of), i128::from(remaining_s));
    let thousandths_times_of = correct * i128::from(right.thousandths()) * of + remaining * correct * 1_000;
    let unit = of * 1_000;
    let whole = (2 * thousandths_times_of + unit).div_euclid(2 * unit);
    i64::try_from(whole).ok()?.checked_mul(1_000).map(Points::from_thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rush_scores_are_the_rulebooks() {
        assert_eq!(rush_score(8, 10, 20, RIGHT), Some(Points::whole(96)));
        assert_eq!(rush_score(7, 10, 15, RIGHT), Some(Points::whole(81)), "80.5 is rounded half up");
        assert_eq!(rush_score(0, 10, 120, RIGHT), Some(Points::ZERO));
    }
}

//! The speed round: one player at the desk, one clock over all questions, and the formula at its end.

use super::{
    SimulateError,
    contest::Contest,
    people::{said, thinking},
};
use crate::show::{
    protocol::{
        Event, Points,
        play::{AnswerGiven, Outcome, Question},
        score::{RushFinished, RushProgressed},
    },
    rules::RoundRulebook,
};

impl Contest<'_> {
    pub fn rush(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let (count, limit_s) = (round.per_team().unwrap_or(10), round.time_s.unwrap_or(120));
        let right = round.right().unwrap_or(Points::ZERO);
        let stock = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        for (team, questions) in stock.chunks(count.max(1) as usize).enumerate() {
            let player = self.who(round, team, 0);
            self.played(&round.id, team, player);
            self.turn(team, Some(player), None);
            self.desk.wait(1_600);
            self.desk.arm(limit_s);
            self.desk.wait(1_000);
            let id = self.team_id(team);
            // What has gone by on the rulebook's clock, whatever the pace.
            let (mut gone_ms, limit_ms) = (0, i64::from(limit_s) * 1_000);
            let (mut correct, mut expired) = (0, None);
            for (index, question) in (1..).zip(questions) {
                self.desk.say(Event::QuestionShown(Question { ..question.question() }));
                self.desk.say(Event::RushProgressed(RushProgressed { team: id.clone(), index, outcome: None }));
                if index == 1 {
                    self.desk.start();
                }
                let reading = i64::try_from(question.stem.chars().count()).unwrap_or(30) * 55;
                let mut took = (reading.clamp(1_200, 5_000) + thinking(question.kind, 20_000, &mut self.rng)) * 8 / 5;
                let outcome = match self.outcome(round, team, player, question) {
                    Outcome::Correct => Outcome::Correct,
                    _ => Outcome::Wrong,
                };
                if index == count {
                    // The desk stops the clock on a whole second.
                    took += (limit_ms - gone_ms - took).rem_euclid(1_000);
                }
                if gone_ms + took >= limit_ms {
                    expired = Some(self.desk.expire());
                    break;
                }
                gone_ms += took;
                self.desk.tick(took);
                let (choice, text) = said(question, outcome, &self.stock.gaps, &self.words.unsure, &mut self.rng);
                let player = self.player_id(team, player);
                self.desk.say(Event::AnswerGiven(AnswerGiven { team: id.clone(), player, choice, text }));
                let done = RushProgressed { team: id.clone(), index, outcome: Some(outcome) };
                self.desk.say(Event::RushProgressed(done));
                correct += u32::from(outcome == Outcome::Correct);
            }
            let remaining_s =
                if expired.is_some() { 0 } else { u32::try_from((limit_ms - gone_ms) / 1_000).unwrap_or(0) };
            if expired.is_none() {
                self.desk.put(i64::from(remaining_s) * 1_000);
                self.desk.stop(None);
            }
            self.desk.wait(1_200);
            let score = rush_score(correct, count, remaining_s, right);
            let finished = RushFinished { team: id.clone(), correct, of: count, remaining_s, score };
            let finished = self.desk.say(Event::RushFinished(finished));
            self.desk.wait(4_000);
            let reason = self.words.rush.clone();
            let share = Points::from_thousandths(i64::from(correct) * 1_000 / i64::from(count.max(1)));
            let formula = format!("{correct} × {right} + {remaining_s} × {share}");
            self.desk.pay(&id, score, &reason, Some(finished), Some(formula));
            self.desk.wait(3_000);
        }
        Ok(())
    }
}

/// Right answers × `right` + seconds × right answers ÷ questions, halves upwards.
fn rush_score(correct: u32, of: u32, remaining_s: u32, right: Points) -> Points {
    let (correct, of, remaining) = (i64::from(correct), i64::from(of.max(1)), i64::from(remaining_s));
    let (sum, unit) = (correct * right.thousandths() * of + remaining * correct * 1_000, of * 1_000);
    Points::whole((2 * sum + unit).div_euclid(2 * unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rulebook_s_examples() {
        assert_eq!(rush_score(8, 10, 20, Points::whole(10)), Points::whole(96));
        assert_eq!(rush_score(7, 10, 15, Points::whole(10)), Points::whole(81));
    }
}

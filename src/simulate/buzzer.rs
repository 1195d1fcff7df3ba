//! The buzzer: armed after the word, pressed in an order, at times too early; the first one answers.

use super::{SimulateError, ask::Asked, contest::Contest};
use crate::show::{
    bank::BankQuestion,
    protocol::{
        Event, Points,
        play::{AnswerRevealed, BuzzerArmed, BuzzerClosed, BuzzerFouled, BuzzerHit, Outcome, Phase},
    },
    rules::{Players, RoundRulebook},
};

impl<'a> Contest<'a> {
    /// All questions of the round among `teams`.
    pub fn buzzer(&mut self, round: &RoundRulebook, teams: &[usize]) -> Result<(), SimulateError> {
        let questions = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        for question in questions {
            self.buzz(round, teams, question);
        }
        Ok(())
    }

    /// One question from its entrance to its score.
    pub fn buzz(&mut self, round: &RoundRulebook, teams: &[usize], question: &'a BankQuestion) {
        self.cue(question, None);
        self.desk.wait(400);
        let time_s = round.time_s.unwrap_or(10);
        let first = Asked { team: 0, player: 0, question, value: None, time_s };
        let question = self.show(round, first).question;
        let mut willing: Vec<usize> = teams.to_vec();
        self.rng.shuffle(&mut willing);
        if self.rng.u32(0..100) < 9
            && let Some(team) = willing.pop()
        {
            self.foul(round, team);
        }
        let armed = self.desk.say(Event::BuzzerArmed(BuzzerArmed {}));
        let mut after_us = self.rng.i64(180..900) * 1_000;
        let pressing = self.rng.usize(1..=willing.len().clamp(1, 4));
        let nobody = willing.is_empty() || (self.rng.u32(0..100) < 3 && round.counts);
        if nobody {
            self.desk.wait(5_000);
            self.desk.after(armed, Event::BuzzerClosed(BuzzerClosed {}));
            self.desk.wait(900);
            self.reveal(question, armed);
            self.desk.wait(3_000);
            return;
        }
        let mut hit = armed;
        let mut last_us = 0;
        for (order, team) in (1..).zip(willing.iter().take(pressing)) {
            self.desk.at += after_us - last_us;
            last_us = after_us;
            let pressed = BuzzerHit { team: self.team_id(*team), order, after_us };
            let seq = self.desk.after(armed, Event::BuzzerHit(pressed));
            if order == 1 {
                hit = seq;
            }
            after_us += self.rng.i64(24..260) * 1_000;
        }
        self.desk.wait(900);
        self.desk.after(hit, Event::BuzzerClosed(BuzzerClosed {}));
        self.desk.wait(1_600);
        let Some(&team) = willing.first() else { return };
        let player = self.who(round, team, 0);
        self.turn(team, Some(player), None);
        self.desk.wait(1_100);
        let asked = Asked { team, player, question, value: None, time_s };
        let outcome = self.outcome(round, team, player, question);
        self.desk.arm(time_s);
        self.desk.wait(600);
        self.phase(if round.players == Players::Team { Phase::Discussion } else { Phase::Answering });
        self.desk.start();
        let cause = self.answer(asked, outcome);
        self.desk.wait(1_200);
        self.judge(round, asked, outcome, cause);
        self.desk.wait(2_400);
    }

    /// Too early: the foul card, the loss, and the buzzer is armed for the others.
    fn foul(&mut self, round: &RoundRulebook, team: usize) {
        let early_us = self.rng.i64(120..900) * 1_000;
        let note = Some(round.foul_note.clone()).filter(|note| !note.is_empty());
        let id = self.team_id(team);
        let fouled = self.desk.say(Event::BuzzerFouled(BuzzerFouled { team: id.clone(), early_us, note }));
        self.desk.wait(1_800);
        let delta = self.brings(round, Outcome::Foul, None);
        if delta != Points::ZERO {
            let reason = self.words.foul.clone();
            self.desk.pay(&id, delta, &reason, Some(fouled), None);
            self.keep_apart(round, team, delta);
        }
        self.desk.wait(2_800);
    }

    pub fn reveal(&mut self, question: &BankQuestion, cause: u64) {
        let explanation = question.source.clone().or_else(|| question.explanation.clone());
        self.desk.after(cause, Event::AnswerRevealed(AnswerRevealed { key: question.key.clone(), explanation }));
    }
}

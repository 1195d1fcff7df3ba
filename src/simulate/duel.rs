//! The duel: one player against the hall's challengers, all at once; N decides what is won or lost.

use super::{
    SimulateError,
    contest::Contest,
    people::{said, thinking},
};
use crate::show::{
    protocol::{
        Event, Points,
        play::{AnswerGiven, AnswerLocked, AnswerRevealed, Outcome, Phase, Question, VerdictGiven},
        score::{AudienceLocked, AudienceOpened, AudienceTallied, SeatOutcome},
    },
    rules::{Order, RoundRulebook},
};

impl Contest<'_> {
    pub fn duel(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let (count, teams) = (round.per_team().unwrap_or(1) as usize, self.stage());
        let stock = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        let mut turns: Vec<(usize, usize)> =
            (0..count).flat_map(|turn| (0..teams).map(move |team| (turn, team))).collect();
        if round.order == Order::TeamByTeam {
            turns.sort_by_key(|(turn, team)| (*team, *turn));
        }
        let players: Vec<usize> = (0..teams).map(|team| self.who(round, team, 0)).collect();
        for ((turn, team), question) in turns.into_iter().zip(stock) {
            let Some(&player) = players.get(team) else { continue };
            self.played(&round.id, team, player);
            self.cue(question, None);
            let number = u32::try_from(turn).unwrap_or(0) + 1;
            self.turn(team, Some(player), Some((number, u32::try_from(count).unwrap_or(1))));
            self.desk.wait(1_000);
            self.bout(round, team, player, question, number);
        }
        Ok(())
    }

    fn bout(
        &mut self,
        round: &RoundRulebook,
        team: usize,
        player: usize,
        question: &crate::show::bank::BankQuestion,
        number: u32,
    ) {
        let seats = self.book.audience_seats;
        let opened = self.desk.say(Event::AudienceOpened(AudienceOpened { seats: Some(seats), size: None }));
        self.desk.wait(1_600);
        self.desk.say(Event::QuestionShown(Question { ..question.question() }));
        self.phase(Phase::Reading);
        let limit_s = round.time_s.unwrap_or(10);
        self.desk.arm(limit_s);
        self.desk.wait(super::ask::reading(&question.stem, question.kind));
        self.phase(Phase::Answering);
        self.desk.start();
        let id = self.team_id(team);
        let outcome = match self.outcome(round, team, player, question) {
            Outcome::Correct => Outcome::Correct,
            Outcome::Timeout => Outcome::Timeout,
            _ => Outcome::Wrong,
        };
        let think = thinking(question.kind, i64::from(limit_s) * 1_000 - 1_600, &mut self.rng);
        let (choice, text) = said(question, outcome, &self.stock.gaps, &self.words.unsure, &mut self.rng);
        let hall = self.hall(seats);
        // Everybody presses when they have thought: the challengers in the order of their thoughts, the player among them.
        let mut presses: Vec<(i64, Option<u32>)> = Vec::new();
        for (seat, voted) in (1..).zip(&hall) {
            let at = self.rng.i64(900..(i64::from(limit_s) * 720).max(901));
            if *voted != SeatOutcome::Absent {
                presses.push((at, Some(seat)));
            }
        }
        if outcome != Outcome::Timeout {
            presses.push((think, None));
        }
        presses.sort_unstable();
        let (mut now, mut cause) = (0, None);
        for (at, seat) in presses {
            self.desk.tick(at - now);
            now = at;
            if let Some(seat) = seat {
                self.desk.after(opened, Event::AudienceLocked(AudienceLocked { seat: Some(seat), count: None }));
                continue;
            }
            let player = self.player_id(team, player);
            let given = AnswerGiven { team: id.clone(), player, choice: choice.clone(), text: text.clone() };
            self.desk.say(Event::AnswerGiven(given));
            cause = Some(self.desk.say(Event::AnswerLocked(AnswerLocked { team: Some(id.clone()) })));
        }
        let cause = match cause {
            Some(locked) => {
                self.desk.tick(300);
                self.desk.stop(Some(locked))
            }
            None => self.desk.expire(),
        };
        self.desk.wait(1_300);
        let verdict = VerdictGiven { team: id.clone(), outcome, delta: None, reason: None };
        let verdict = self.desk.after(cause, Event::VerdictGiven(verdict));
        self.desk.wait(800);
        let source = question.source.clone().or_else(|| question.explanation.clone());
        let key = AnswerRevealed { key: question.key.clone(), explanation: source };
        self.desk.after(verdict, Event::AnswerRevealed(key));
        self.desk.wait(900);
        let count =
            |wanted: SeatOutcome| u32::try_from(hall.iter().filter(|seat| **seat == wanted).count()).unwrap_or(0);
        let [right, wrong, absent] = [SeatOutcome::Right, SeatOutcome::Wrong, SeatOutcome::Absent].map(count);
        let won = outcome == Outcome::Correct;
        let n = if won { wrong } else { right };
        let tally = AudienceTallied { right, wrong, absent, seats: Some(hall), n };
        self.desk.after(verdict, Event::AudienceTallied(tally));
        self.desk.wait(2_600);
        let pays = round.right().unwrap_or(Points::ZERO);
        let points = Points::whole(i64::from(n));
        let (delta, formula) =
            if won { (pays + points, format!("{pays} + {n}")) } else { (-points, format!("−{n}")) };
        let reason = self.words.duel(number);
        self.desk.pay(&id, delta, &reason, Some(verdict), Some(formula));
        self.desk.wait(3_200);
    }

    /// How the challengers vote: an easy question, or a hard one.
    fn hall(&mut self, seats: u32) -> Vec<SeatOutcome> {
        let ease = self.rng.u32(420..960);
        (0..seats)
            .map(|_| match (self.rng.u32(0..1_000) < 15, self.rng.u32(0..1_000) < ease) {
                (true, _) => SeatOutcome::Absent,
                (_, true) => SeatOutcome::Right,
                (_, false) => SeatOutcome::Wrong,
            })
            .collect()
    }
}

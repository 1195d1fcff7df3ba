//! One question on the card: shown, read, answered under the clock, judged, revealed and paid.

use super::{
    SimulateError,
    contest::Contest,
    people::{said, thinking},
};
use crate::show::{
    bank::BankQuestion,
    protocol::{
        Event, Points,
        play::{
            AnswerGiven, AnswerLocked, AnswerRevealed, Outcome, Phase, PhaseSet, Question, QuestionKind,
            QuestionWithdrawn, VerdictGiven,
        },
        roster::{Format, RoundClosed},
        score::{AppealOpened, AppealResolved},
    },
    rules::{Order, RoundRulebook},
};

/// Who is asked what, for how much and how long.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub team: usize,
    pub player: usize,
    pub question: &'a BankQuestion,
    pub value: Option<Points>,
    pub time_s: u32,
}

impl<'a> Contest<'a> {
    pub fn round(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let opened = self.opened(round);
        self.open(opened);
        match round.format {
            Format::Rush => self.rush(round)?,
            Format::RiskChoice => self.risk_choice(round)?,
            Format::RiskAssigned => self.risk_assigned(round)?,
            Format::Duel => self.duel(round)?,
            Format::Buzzer => {
                let all: Vec<usize> = (0..self.stage()).collect();
                self.buzzer(round, &all)?;
            }
            Format::Solo | Format::Showcase | Format::Written | Format::AudienceQuiz => self.solo(round)?,
        }
        self.close(round);
        Ok(())
    }

    pub fn close(&mut self, round: &RoundRulebook) {
        self.desk.say(Event::RoundClosed(RoundClosed { id: round.id.clone() }));
        self.desk.wait(1_500);
        self.appeals();
    }

    fn solo(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let (count, teams) = (round.per_team().unwrap_or(1), self.stage());
        let questions = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        let mut turns: Vec<(usize, usize)> =
            (0..count as usize).flat_map(|turn| (0..teams).map(move |team| (turn, team))).collect();
        if round.order == Order::TeamByTeam {
            turns.sort_by_key(|(turn, team)| (*team, *turn));
        }
        for ((turn, team), question) in turns.into_iter().zip(questions) {
            let player = self.who(round, team, turn);
            self.played(&round.id, team, player);
            self.cue(question, None);
            let no = u32::try_from(turn).unwrap_or(0) + 1;
            self.turn(team, Some(player), Some((no, count)));
            self.desk.wait(1_200);
            let time_s = round.time_s.unwrap_or(10);
            self.ask(round, Asked { team, player, question, value: None, time_s });
        }
        Ok(())
    }

    pub fn cue(&mut self, question: &BankQuestion, value: Option<Points>) {
        let shown = Question { value: value.or(question.value), ..question.question() };
        self.desk.say(Event::QuestionCued(shown));
    }

    /// From the question's entrance to its score.
    pub fn ask(&mut self, round: &RoundRulebook, asked: Asked<'a>) {
        let asked = self.show(round, asked);
        let outcome = self.outcome(round, asked.team, asked.player, asked.question);
        self.discuss(round);
        self.desk.arm(asked.time_s);
        self.desk.wait(700);
        self.phase(Phase::Answering);
        self.desk.start();
        let cause = self.answer(asked, outcome);
        self.desk.wait(1_300);
        self.judge(round, asked, outcome, cause);
        self.desk.wait(2_600);
    }

    pub fn phase(&mut self, phase: Phase) {
        self.desk.say(Event::PhaseSet(PhaseSet { phase }));
    }

    fn discuss(&mut self, round: &RoundRulebook) {
        if let Some(seconds) = round.discussion_s {
            self.phase(Phase::Discussion);
            self.desk.wait(i64::from(seconds) * 1_000);
        }
    }

    /// Shows and reads the question; a withdrawn one is replaced, a misprint mended on air.
    pub fn show(&mut self, round: &RoundRulebook, asked: Asked<'a>) -> Asked<'a> {
        let mut asked = asked;
        if self.happens(22)
            && let Some(other) = self.stock.spare(asked.question.kind)
        {
            self.put_on(asked);
            self.desk.wait(2_400);
            let reason = self.words.withdrawn.clone();
            self.desk.say(Event::QuestionWithdrawn(QuestionWithdrawn { reason }));
            self.desk.wait(3_600);
            asked.question = other;
        }
        let misprint = self.happens(30);
        let right = Question { value: asked.value.or(asked.question.value), ..asked.question.question() };
        let wrong = misprint.then(|| misprinted(&right.stem)).flatten();
        if let Some(stem) = wrong {
            let shown = self.desk.say(Event::QuestionShown(Question { stem, ..right.clone() }));
            self.phase(Phase::Reading);
            self.desk.wait(2_600);
            self.desk.send(Event::QuestionShown(right), Some(shown), Some(shown));
        } else {
            self.put_on(asked);
        }
        self.phase(Phase::Reading);
        let read = if round.read_aloud { reading(&asked.question.stem, asked.question.kind) } else { 1_200 };
        self.desk.wait(read);
        asked
    }

    fn put_on(&mut self, asked: Asked) {
        let value = asked.value.or(asked.question.value);
        self.desk.say(Event::QuestionShown(Question { value, ..asked.question.question() }));
    }

    /// Thinks, answers and locks, or lets the clock run out. The clock runs already.
    pub fn answer(&mut self, asked: Asked, outcome: Outcome) -> u64 {
        let limit_ms = i64::from(asked.time_s) * 1_000;
        let think = thinking(asked.question.kind, limit_ms, &mut self.rng);
        let (choice, text) = said(asked.question, outcome, &self.stock.gaps, &self.words.unsure, &mut self.rng);
        if self.happens(26) {
            self.desk.tick(think / 3);
            let more = if self.odd.bool() { 5 } else { 0 };
            let (title, why) = (self.words.paused.clone(), self.words.paused_why.clone());
            self.lower_third_on(&title, &why);
            self.desk.pause(3_200, more);
            self.lower_third_off();
        }
        if outcome == Outcome::Timeout {
            return self.desk.expire();
        }
        self.desk.tick(think * 2 / 3);
        let team = self.team_id(asked.team);
        let player = self.player_id(asked.team, asked.player);
        let given = AnswerGiven { team: team.clone(), player, choice, text };
        self.desk.say(Event::AnswerGiven(given));
        self.desk.tick((think / 4).clamp(500, 1_400));
        let locked = self.desk.say(Event::AnswerLocked(AnswerLocked { team: Some(team) }));
        self.desk.stop(Some(locked));
        locked
    }

    /// What `outcome` brings by the round's points.
    pub fn brings(&self, round: &RoundRulebook, outcome: Outcome, value: Option<Points>) -> Points {
        round.pays.of(outcome).map_or(Points::ZERO, |pay| pay.points(value.unwrap_or(Points::ZERO)))
    }

    /// Verdict, key and score; at times the jury corrects the host at once.
    pub fn judge(&mut self, round: &RoundRulebook, asked: Asked, outcome: Outcome, cause: u64) {
        let correct = outcome == Outcome::Correct;
        let amends =
            round.formula.is_none() && matches!(outcome, Outcome::Correct | Outcome::Wrong | Outcome::Incomplete);
        let slip = amends && self.happens(40);
        let first = match (slip, correct) {
            (true, true) => Outcome::Wrong,
            (true, false) => Outcome::Correct,
            (false, _) => outcome,
        };
        let team = self.team_id(asked.team);
        let paid = self.brings(round, first, asked.value);
        let verdict = VerdictGiven { team: team.clone(), outcome: first, delta: Some(paid), reason: None };
        let verdict = self.desk.after(cause, Event::VerdictGiven(verdict));
        self.desk.wait(900);
        let source = asked.question.source.clone().or_else(|| asked.question.explanation.clone());
        let revealed = AnswerRevealed { key: asked.question.key.clone(), explanation: source };
        self.desk.after(verdict, Event::AnswerRevealed(revealed));
        self.desk.wait(if asked.value.is_some() { 2_200 } else { 600 });
        let mut seq = verdict;
        if paid != Points::ZERO {
            let reason = self.reason(first);
            seq = self.desk.pay(&team, paid, &reason, Some(verdict), None);
            self.keep_apart(round, asked.team, paid);
        }
        if slip {
            self.desk.wait(3_400);
            let right = self.brings(round, outcome, asked.value);
            let reason = self.words.jury(self.words.reason(outcome));
            let second = VerdictGiven { team: team.clone(), outcome, delta: Some(right), reason: Some(reason.clone()) };
            let second = self.desk.send(Event::VerdictGiven(second), Some(verdict), Some(verdict));
            self.desk.wait(900);
            if right != paid {
                self.desk.mend(&team, right - paid, &reason, second, seq);
                self.keep_apart(round, asked.team, right - paid);
            }
            self.desk.wait(1_800);
        } else if amends && !correct && round.counts {
            let more = self.brings(round, Outcome::Correct, asked.value) - paid;
            self.disputed.push((verdict, asked.team, more));
        }
        if asked.value.is_some() {
            self.desk.wait(1_400);
        }
    }

    /// Between rounds a team's leader may ask for the jury's common judgement.
    fn appeals(&mut self) {
        let disputed = std::mem::take(&mut self.disputed);
        if disputed.is_empty() || !self.happens(550) {
            return;
        }
        let Some(&(subject_seq, team, more)) = disputed.get(self.odd.usize(0..disputed.len())) else { return };
        let id = self.team_id(team);
        let opened = self.desk.after(subject_seq, Event::AppealOpened(AppealOpened { subject_seq, team: id.clone() }));
        self.desk.wait(6_000);
        let upheld = self.odd.u32(0..10) < 6;
        let right = self.words.reason(Outcome::Correct).to_owned();
        let (outcome, note) = if upheld {
            (self.words.upheld(&right), self.words.upheld_note.clone())
        } else {
            (self.words.denied.clone(), self.words.denied_note.clone())
        };
        let resolved = self.desk.after(opened, Event::AppealResolved(AppealResolved { outcome, note: note.clone() }));
        self.desk.wait(2_000);
        if upheld && more != Points::ZERO {
            self.desk.mend(&id, more, &note, resolved, subject_seq);
        }
        self.desk.wait(4_000);
    }
}

/// Milliseconds the host reads, by the length of the text.
pub(super) fn reading(stem: &str, kind: QuestionKind) -> i64 {
    let length = i64::try_from(stem.chars().count()).unwrap_or(60);
    let most = if kind == QuestionKind::Case { 14_000 } else { 6_500 };
    (length * 90).clamp(2_600, most)
}

/// The stem with one character twice, as a hasty typist leaves it.
fn misprinted(stem: &str) -> Option<String> {
    let middle = stem.chars().count() / 2;
    let (at, c) = stem.char_indices().skip(middle).find(|(_, c)| !c.is_ascii() && c.is_alphabetic())?;
    let end = at + c.len_utf8();
    Some(format!("{}{c}{}", stem.get(..end)?, stem.get(end..)?))
}

//! Slates and what goes with them: line-up, lyrics, lower thirds, examinations, performances, the hall's quiz.

use super::{SimulateError, contest::Contest, people::Side};
use crate::show::{
    protocol::{
        Event, Points,
        play::{Phase, Question},
        roster::{Format, RoundClosed, RoundOpened, RoundRules},
        score::{
            AudienceLocked, AudienceOpened, AudienceTallied, LowerThirdCleared, LowerThirdShown, SlateCleared,
            SlateKind, SlateShown, SlateStepped,
        },
    },
    rules::{Exam, Lines, Lineup, Quiz, Showcase, Slate},
};

impl Contest<'_> {
    fn show_slate(&mut self, kind: SlateKind, title: &str, subtitle: &str, body: String) -> u64 {
        let (title, subtitle) = (title.to_owned(), subtitle.to_owned());
        self.desk.say(Event::SlateShown(SlateShown { kind, title, subtitle, body, media: None }))
    }

    fn clear_slate(&mut self) {
        self.desk.say(Event::SlateCleared(SlateCleared {}));
        self.desk.wait(1_000);
    }

    pub fn slate(&mut self, slate: &Slate) {
        self.show_slate(slate.kind, &slate.title, &slate.subtitle, slate.body.join("\n"));
        self.desk.wait(i64::from(slate.hold_s) * 1_000);
        if slate.kind == SlateKind::Tabulating {
            self.other_sessions();
        }
    }

    /// The teams that played in other sessions get their scores while the judges tabulate.
    fn other_sessions(&mut self) {
        if self.complete {
            return;
        }
        self.complete = true;
        let reason = self.words.elsewhere.clone();
        let scores: Vec<Points> = (0..self.stage()).map(|team| self.desk.score(&self.team_id(team))).collect();
        let low = scores.iter().min().copied().unwrap_or_default();
        let span = scores.iter().max().copied().unwrap_or_default() - low;
        let steps = (span.thousandths() / 10_000).max(1);
        for team in self.stage()..self.sides.len() {
            let score = low + Points::whole(self.rng.i64(0..=steps) * 10);
            let id = self.team_id(team);
            let delta = score - self.desk.score(&id);
            if delta != Points::ZERO {
                self.desk.pay(&id, delta, &reason, None, None);
                self.desk.wait(60);
            }
        }
        self.desk.wait(2_000);
    }

    pub fn lines(&mut self, lines: &Lines) {
        self.show_slate(lines.kind, &lines.title, &lines.subtitle, lines.lines.join("\n"));
        self.desk.wait(2_600);
        for line in (1..).take(lines.lines.len()) {
            self.desk.say(Event::SlateStepped(SlateStepped { line }));
            self.desk.wait(i64::from(lines.line_s) * 1_000);
        }
        self.desk.wait(1_200);
    }

    pub fn lineup(&mut self, lineup: &Lineup) {
        self.show_slate(SlateKind::Lineup, &lineup.title, &lineup.subtitle, String::new());
        self.desk.wait(5_000 + 400 * i64::try_from(self.sides.len()).unwrap_or(8));
        if lineup.each {
            for team in 0..self.sides.len() {
                let id = self.team_id(team);
                self.show_slate(SlateKind::Lineup, &lineup.title, &id, String::new());
                self.desk.wait(3_200);
            }
        }
        self.clear_slate();
    }

    pub fn lower_third_on(&mut self, title: &str, subtitle: &str) {
        let (title, subtitle) = (title.to_owned(), subtitle.to_owned());
        self.desk.say(Event::LowerThirdShown(LowerThirdShown { title, subtitle }));
    }

    pub fn lower_third_off(&mut self) {
        self.desk.say(Event::LowerThirdCleared(LowerThirdCleared {}));
    }

    pub fn lower_third(&mut self, title: &str, subtitle: &str, hold_s: u32) {
        self.lower_third_on(title, subtitle);
        self.desk.wait(i64::from(hold_s) * 1_000);
        self.lower_third_off();
        self.desk.wait(1_200);
    }

    /// A part that is not played on stage: its rules, and where it is the team's score, the result.
    pub fn exam(&mut self, exam: &Exam) {
        let rules = RoundRules {
            text: exam.rules.clone(),
            duration_us: self
                .book
                .written
                .as_ref()
                .and_then(|w| w.minutes)
                .map(|minutes| i64::from(minutes) * 60_000_000),
            ..RoundRules::default()
        };
        let (id, name, subtitle) = (exam.id.clone(), exam.name.clone(), exam.subtitle.clone());
        let (number, of) = (exam.number, if exam.number > 0 { self.book.rounds_of().max(exam.number) } else { 0 });
        self.open(RoundOpened { id: id.clone(), name, subtitle, format: Format::Written, number, of, rules });
        self.desk.wait(1_500);
        if exam.is_score {
            let reason = self.words.exam.clone();
            for team in 0..self.sides.len() {
                let (mean, id) = (self.sides.get(team).map(mean).unwrap_or_default(), self.team_id(team));
                self.desk.pay(&id, mean, &reason, None, None);
                self.desk.wait(60);
            }
        }
        self.desk.wait(1_500);
        self.desk.say(Event::RoundClosed(RoundClosed { id }));
        self.desk.wait(1_000);
    }

    /// Each theme is one team's performance, under a timer or as a clip.
    pub fn showcase(&mut self, showcase: &Showcase) {
        let duration_us = Some(i64::from(showcase.time_s) * 1_000_000);
        let stated = !showcase.unstated.contains(&crate::show::rules::Field::Time);
        let rules = RoundRules {
            text: showcase.rules.clone(),
            duration_us: duration_us.filter(|_| stated),
            ..RoundRules::default()
        };
        let opened = RoundOpened {
            id: showcase.id.clone(),
            name: showcase.name.clone(),
            subtitle: showcase.subtitle.clone(),
            format: Format::Showcase,
            number: showcase.number,
            of: if showcase.number > 0 { self.book.rounds_of() } else { 0 },
            rules,
        };
        self.open(opened);
        for (team, theme) in showcase.themes.iter().enumerate() {
            let team = team % self.stage().max(1);
            self.turn(team, None, None);
            self.desk.wait(1_000);
            self.show_slate(SlateKind::Showcase, theme, &showcase.subtitle, showcase.slogan.clone());
            self.desk.wait(3_500);
            let share = i64::from(self.rng.u32(62..96));
            // A performance is long: the tape holds its beginning and its end.
            let (limit_ms, used_ms) = (i64::from(showcase.time_s) * 1_000, i64::from(showcase.time_s) * 10 * share);
            if showcase.video {
                self.clip(&showcase.id, theme, used_ms.min(24_000));
            } else {
                self.desk.arm(showcase.time_s);
                self.desk.wait(1_000);
                self.desk.start();
                self.desk.tick(9_000);
                self.desk.put(limit_ms - used_ms + 6_000);
                self.desk.tick(6_000);
                self.desk.stop(None);
                self.desk.wait(3_000);
            }
        }
        self.desk.say(Event::RoundClosed(RoundClosed { id: showcase.id.clone() }));
        self.desk.wait(1_200);
    }

    /// The hall answers; nothing is scored.
    pub fn audience_quiz(&mut self, quiz: &Quiz) -> Result<(), SimulateError> {
        let questions = self.stock.take(&quiz.id, &quiz.kinds, quiz.questions)?;
        self.show_slate(SlateKind::AudienceQuiz, &quiz.name, &quiz.subtitle, quiz.rules.join("\n"));
        self.desk.wait(5_000);
        let rules = RoundRules { text: quiz.rules.clone(), kinds: quiz.kinds.clone(), ..RoundRules::default() };
        let (id, name, subtitle) = (quiz.id.clone(), quiz.name.clone(), quiz.subtitle.clone());
        let format = Format::AudienceQuiz;
        self.desk.say(Event::RoundOpened(RoundOpened {
            id: id.clone(),
            name,
            subtitle,
            format,
            number: 0,
            of: 0,
            rules,
        }));
        self.desk.wait(1_000);
        for question in questions {
            self.desk.say(Event::QuestionShown(Question { ..question.question() }));
            self.phase(Phase::Reading);
            self.desk.wait(super::ask::reading(&question.stem, question.kind));
            self.phase(Phase::Answering);
            let opened = AudienceOpened { seats: None, size: Some(quiz.voters) };
            let opened = self.desk.say(Event::AudienceOpened(opened));
            let steps = quiz.voters.clamp(1, 6);
            for step in 1..=steps {
                self.desk.wait(900);
                let count = u32::try_from(u64::from(quiz.voters) * u64::from(step) / u64::from(steps)).ok();
                self.desk.after(opened, Event::AudienceLocked(AudienceLocked { seat: None, count }));
            }
            self.desk.wait(1_200);
            self.reveal(question, opened);
            self.desk.wait(1_500);
            let share = u64::from(self.rng.u32(40..95));
            let right = u32::try_from(u64::from(quiz.voters) * share / 100).unwrap_or(0);
            let tally = AudienceTallied { right, wrong: quiz.voters - right, absent: 0, seats: None, n: 0 };
            self.desk.after(opened, Event::AudienceTallied(tally));
            self.desk.wait(4_000);
        }
        self.desk.say(Event::RoundClosed(RoundClosed { id }));
        self.desk.wait(1_200);
        Ok(())
    }
}

/// The mean of a team's individual results, to the hundredth.
pub(super) fn mean(side: &Side) -> Points {
    mean_of(side.results.iter().copied())
}

/// The mean of these, to the hundredth, halves upwards.
pub(super) fn mean_of(results: impl Iterator<Item = Points>) -> Points {
    let (sum, count) = results.fold((0, 0), |(sum, count), result| (sum + result.thousandths(), count + 1));
    let unit = 10 * i64::max(count, 1);
    Points::from_thousandths((2 * sum + unit).div_euclid(2 * unit) * 10)
}

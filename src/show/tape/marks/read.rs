//! The one pass that finds the marks.

use super::{
    ActMark, CorrectionMark, Marks, MomentMark, Point, ProblemMark, QuestionMark, RoundMark, ScoreMark, SlateMark,
    SpanMark, TurnMark, VerdictMark,
};
use crate::show::{
    protocol::{Envelope, Event, roster::TeamId},
    tape::{Problem, Step, Tape},
    time::SpanUs,
};

/// After this the picture of any event rests, µs.
const SETTLED_US: SpanUs = 4_500_000;
/// Events that follow each other so closely are one moment, µs.
const TOGETHER_US: SpanUs = 200_000;
/// So long before the next moment the picture of the last one rests at the latest, µs.
const BEFORE_US: SpanUs = 40_000;

impl Marks {
    /// Those of a tape. Alarms come of a fold and are handed in.
    pub fn of(tape: &Tape) -> Self {
        let first_at = tape.first_at().unwrap_or_default();
        let mut pass = Pass { marks: Self { first_at, ..Self::default() }, ..Pass::default() };
        let mut lines = Vec::with_capacity(tape.step_count());
        let mut latest = first_at;
        for (index, step) in tape.steps(0, tape.step_count()).enumerate() {
            latest = latest.max(step.at());
            let here = Point { position_us: latest.saturating_sub(first_at), step: index, seq: step.seq() };
            lines.push((step.line(), here));
            match step {
                Step::Event(entry) => pass.event(here, &entry.env),
                Step::Snapshot(_) => pass.moment(here),
                Step::Act(acted) => {
                    pass.moment(here);
                    pass.marks.acts.push(ActMark { n: acted.act.n, from: here });
                }
            }
        }
        pass.end(latest.saturating_sub(first_at));
        let mut marks = pass.marks;
        marks.problems = problems(tape, lines);
        marks
    }
}

/// What is known at a step.
#[derive(Default)]
struct Pass {
    marks: Marks,
    /// A round is open, a question, slate or clip is on: the last of its list.
    round: bool,
    question: bool,
    slate: bool,
    clip: bool,
    /// Questions of the open round.
    asked: u32,
    turn: Option<(TeamId, Option<u32>)>,
}

impl Pass {
    fn event(&mut self, here: Point, env: &Envelope) {
        if seen(&env.event) {
            self.moment(here);
        }
        self.contest(here, env);
        if env.corrects.is_some() || matches!(env.event, Event::ScoreCorrected(_)) {
            self.marks.corrections.push(CorrectionMark { of: env.corrects, event: env.event.name(), from: here });
        }
        if env.corrects.is_some() {
            return;
        }
        match &env.event {
            Event::RoundOpened(it) => {
                self.end_round(here.position_us);
                self.end_slate(here.position_us);
                (self.round, self.asked, self.turn) = (true, 0, None);
                self.marks.rounds.push(RoundMark {
                    id: it.id.clone(),
                    name: it.name.clone(),
                    subtitle: it.subtitle.clone(),
                    format: it.format,
                    from: here,
                    to_us: here.position_us,
                });
            }
            Event::RoundClosed(_) => self.end_round(here.position_us),
            Event::TurnGiven(it) => {
                // Whoever was first at the buzzer is named while the question stays.
                let named = self.turn.as_ref().is_none_or(|(team, _)| *team != it.team);
                if named || it.question_no.is_some() {
                    self.marks.turns.push(TurnMark { team: it.team.clone(), round: self.open_round(), from: here });
                }
                self.turn = Some((it.team.clone(), it.question_no));
                self.end_slate(here.position_us);
            }
            Event::QuestionShown(it) => {
                self.end_question(here.position_us);
                self.end_slate(here.position_us);
                (self.question, self.asked) = (true, self.asked + 1);
                let (team, question_no) = self.turn.clone().unzip();
                self.marks.questions.push(QuestionMark {
                    id: it.id.clone(),
                    kind: it.kind,
                    round: self.open_round(),
                    number: self.asked,
                    team,
                    question_no: question_no.flatten(),
                    from: here,
                    to_us: here.position_us,
                });
            }
            Event::MediaStarted(it) => {
                // Goes on after a pause: it is the same clip.
                if !(self.clip && self.marks.media.last().is_some_and(|clip| clip.id == it.id)) {
                    self.end_clip(here.position_us);
                    self.clip = true;
                    self.marks.media.push(SpanMark { id: it.id.clone(), from: here, to_us: here.position_us });
                }
                self.end_slate(here.position_us);
            }
            Event::MediaEnded(_) => self.end_clip(here.position_us),
            Event::SlateShown(it) => {
                self.end_slate(here.position_us);
                self.slate = true;
                let (kind, title) = (it.kind, it.title.clone());
                self.marks.slates.push(SlateMark { kind, title, from: here, to_us: here.position_us });
            }
            Event::SlateCleared(_)
            | Event::DrawOpened(_)
            | Event::RiskOffered(_)
            | Event::RiskAssigned(_)
            | Event::StandingsSet(_)
            | Event::TotalShown(_)
            | Event::AdvanceSet(_)
            | Event::AwardSet(_)
            | Event::ShowEnded(_) => self.end_slate(here.position_us),
            _ => {}
        }
    }

    /// Verdicts and scores, whether they correct another or not.
    fn contest(&mut self, from: Point, env: &Envelope) {
        let marks = &mut self.marks;
        match &env.event {
            Event::VerdictGiven(it) => {
                let question = marks.questions.len().checked_sub(1).filter(|_| self.question);
                let (team, outcome) = (it.team.clone(), it.outcome);
                marks.verdicts.push(VerdictMark { team, outcome, question, from });
            }
            Event::ScoreChanged(it) => {
                marks.scores.push(ScoreMark { team: it.team.clone(), delta: it.delta, after: it.after, from });
            }
            Event::ScoreCorrected(it) => {
                let delta = it.after - it.before;
                marks.scores.push(ScoreMark { team: it.team.clone(), delta, after: it.after, from });
            }
            _ => {}
        }
    }

    fn moment(&mut self, from: Point) {
        let settled_us = from.position_us.saturating_add(SETTLED_US);
        if let Some(last) = self.marks.moments.last_mut() {
            if from.position_us - last.from.position_us < TOGETHER_US {
                return;
            }
            let before = (from.position_us - BEFORE_US).max(last.from.position_us);
            last.settled_us = last.settled_us.min(before);
        }
        self.marks.moments.push(MomentMark { from, settled_us });
    }

    fn open_round(&self) -> Option<usize> {
        self.marks.rounds.len().checked_sub(1).filter(|_| self.round)
    }

    fn end_round(&mut self, to_us: SpanUs) {
        self.end_question(to_us);
        if let Some(round) = self.marks.rounds.last_mut().filter(|_| self.round) {
            round.to_us = to_us;
        }
        (self.round, self.turn) = (false, None);
    }

    fn end_question(&mut self, to_us: SpanUs) {
        if let Some(question) = self.marks.questions.last_mut().filter(|_| self.question) {
            question.to_us = to_us;
        }
        self.question = false;
    }

    fn end_slate(&mut self, to_us: SpanUs) {
        if let Some(slate) = self.marks.slates.last_mut().filter(|_| self.slate) {
            slate.to_us = to_us;
        }
        self.slate = false;
    }

    fn end_clip(&mut self, to_us: SpanUs) {
        if let Some(clip) = self.marks.media.last_mut().filter(|_| self.clip) {
            clip.to_us = to_us;
        }
        self.clip = false;
    }

    fn end(&mut self, to_us: SpanUs) {
        self.marks.duration_us = to_us;
        self.end_round(to_us);
        self.end_slate(to_us);
        self.end_clip(to_us);
    }
}

/// Whether an event begins a moment of its own.
const fn seen(event: &Event) -> bool {
    !matches!(
        event,
        Event::RosterUpdated(_)
            | Event::QuestionCued(_)
            | Event::MediaCued(_)
            | Event::CountdownArmed(_)
            | Event::AnswerGiven(_)
            | Event::AudienceOpened(_)
            | Event::AudienceLocked(_)
            | Event::BuzzerClosed(_)
            | Event::RoundClosed(_)
    )
}

/// Each problem at the step behind it, which in the file is the next line; behind the last one at the last.
fn problems(tape: &Tape, mut lines: Vec<(usize, Point)>) -> Vec<ProblemMark> {
    if tape.problems.is_empty() {
        return Vec::new();
    }
    lines.sort_unstable_by_key(|(line, _)| *line);
    let mut found: Vec<ProblemMark> = tape
        .problems
        .iter()
        .map(|problem| {
            let line = match problem {
                Problem::Torn { line, .. }
                | Problem::Line { line, .. }
                | Problem::More { line, .. }
                | Problem::Gap { line, .. } => *line,
                Problem::NoHeader { .. } => 1,
            };
            let behind = lines.partition_point(|(known, _)| *known < line);
            let from = lines.get(behind).or(lines.last()).map(|(_, point)| *point).unwrap_or_default();
            ProblemMark { problem: problem.clone(), from }
        })
        .collect();
    found.sort_by_key(|mark| mark.from);
    found
}

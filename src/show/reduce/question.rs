//! A question's life: shown, answered, locked, judged, revealed; and the buzzer and the clips that go with it.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        play::{
            AnswerGiven, AnswerLocked, AnswerRevealed, BuzzerFouled, BuzzerHit, MediaCued, MediaStarted, Question,
            QuestionWithdrawn, VerdictGiven,
        },
        roster::Format,
    },
    state::{Answer, Ask, AudienceVote, Buzzer, BuzzerPress, Media, MediaPhase, Show, Verdict},
};

impl Show {
    pub(super) fn question_shown(&mut self, stamp: Stamp, question: &Question) {
        let (clock, former) = (self.core.clock.clone(), self.core.question.take());
        self.end_question();
        if self.in_rush() {
            self.core.clock = clock;
            let plain = |ask: Ask| Ask { answer: None, verdict: None, key: None, withdrawn: None, was: None, ..ask };
            self.core.asked = former.map(plain).map(Box::new);
            self.enter_pip(stamp);
        }
        if self.core.cued.as_ref().is_some_and(|cued| cued.id == question.id) {
            self.core.cued = None;
        }
        self.core.question = Some(Ask {
            question: question.clone().into(),
            since: stamp.at,
            seq: stamp.seq,
            answer: None,
            verdict: None,
            key: None,
            withdrawn: None,
            reinstated: None,
            was: None,
        });
    }

    /// In a speed round one clock runs over all the questions.
    fn in_rush(&self) -> bool {
        self.core.round.as_ref().is_some_and(|round| round.closed.is_none() && round.opened.format == Format::Rush)
    }

    /// A question shown in a speed round is the next unanswered pip's, whether or not the feed says so too.
    fn enter_pip(&mut self, stamp: Stamp) {
        let Some(team) = self.core.turn.as_ref().map(|turn| turn.value.team.clone()) else { return };
        let run = self.run(stamp, &team);
        if run.current.0 == 0
            && let Some(open) = run.pips.iter().position(Option::is_none)
        {
            run.current = (u32::try_from(open).unwrap_or(0) + 1, stamp.at);
        }
    }

    /// Takes the question off with everything that was about it alone. The audience stays, its answers go.
    pub(super) fn end_question(&mut self) {
        self.core.question = None;
        self.core.asked = None;
        self.core.buzzer = None;
        self.core.phase = None;
        self.drop_clock(true);
        if let Some(vote) = &mut self.core.audience {
            *vote = AudienceVote { locked: Vec::new(), count: 0, tally: None, ..vote.clone() };
        }
    }

    pub(super) fn question_withdrawn(&mut self, stamp: Stamp, data: &QuestionWithdrawn) {
        if let Some(ask) = self.asked(stamp, "question.withdrawn") {
            ask.withdrawn = Some(stamp.on(data.clone()));
        }
    }

    pub(super) fn answer_given(&mut self, stamp: Stamp, data: &AnswerGiven) {
        if let Some(ask) = self.asked(stamp, "answer.given") {
            let locked = ask.answer.as_ref().and_then(|answer| answer.locked);
            ask.answer = Some(Answer { given: data.clone(), since: stamp.at, locked, seq: stamp.seq, was: None });
        }
    }

    pub(super) fn answer_locked(&mut self, stamp: Stamp, data: &AnswerLocked) {
        let turn = self.core.turn.as_ref().map(|turn| turn.value.team.clone());
        if let Some(ask) = self.asked(stamp, "answer.locked") {
            let team = data.team.clone().or(turn).unwrap_or_default();
            let given = AnswerGiven { team, ..AnswerGiven::default() };
            let answer =
                ask.answer.get_or_insert(Answer { given, since: stamp.at, seq: stamp.seq, ..Answer::default() });
            answer.locked.get_or_insert(stamp.at);
        }
    }

    pub(super) fn verdict_given(&mut self, stamp: Stamp, data: &VerdictGiven) {
        self.check_team(stamp, &data.team);
        if let Some(ask) = self.asked(stamp, "verdict.given") {
            ask.verdict = Some(Verdict {
                team: data.team.clone(),
                outcome: data.outcome,
                since: stamp.at,
                seq: stamp.seq,
                delta: data.delta,
                paid: None,
                was: None,
            });
        }
        self.check_duel_n(stamp);
    }

    pub(super) fn answer_revealed(&mut self, stamp: Stamp, data: &AnswerRevealed) {
        if let Some(ask) = self.asked(stamp, "answer.revealed") {
            ask.key = Some(stamp.on(data.clone()));
        }
    }

    fn asked(&mut self, stamp: Stamp, event: &str) -> Option<&mut Ask> {
        if self.core.question.is_none() {
            self.alarm(stamp, &Discrepancy::NoQuestion { event: event.to_owned() });
        }
        self.core.question.as_mut()
    }

    /// Armed anew, earlier hits are void; fouls of the same question stay to be seen.
    pub(super) fn buzzer_armed(&mut self, stamp: Stamp) {
        let fouls = self.core.buzzer.take().map(|buzzer| buzzer.fouls).unwrap_or_default();
        self.core.buzzer =
            Some(Buzzer { armed: Some(stamp.at), closed: None, hits: Vec::new(), fouls, seq: stamp.seq });
    }

    pub(super) fn buzzer_hit(&mut self, stamp: Stamp, data: &BuzzerHit) {
        self.check_team(stamp, &data.team);
        let press = BuzzerPress {
            team: data.team.clone(),
            order: data.order,
            us: data.after_us,
            since: stamp.at,
            seq: stamp.seq,
            note: None,
            was: None,
        };
        self.buzzer(stamp).hits.push(press);
    }

    pub(super) fn buzzer_fouled(&mut self, stamp: Stamp, data: &BuzzerFouled) {
        self.check_team(stamp, &data.team);
        let buzzer = self.buzzer(stamp);
        let order = u32::try_from(buzzer.fouls.len()).unwrap_or(u32::MAX).saturating_add(1);
        let press = BuzzerPress {
            team: data.team.clone(),
            order,
            us: data.early_us,
            since: stamp.at,
            seq: stamp.seq,
            note: data.note.clone(),
            was: None,
        };
        buzzer.fouls.push(press);
    }

    pub(super) fn buzzer_closed(&mut self, stamp: Stamp) {
        self.buzzer(stamp).closed = Some(stamp.at);
    }

    fn buzzer(&mut self, stamp: Stamp) -> &mut Buzzer {
        self.core.buzzer.get_or_insert_with(|| Buzzer { seq: stamp.seq, ..Buzzer::default() })
    }

    /// A clip cued while another is on waits beside it.
    pub(super) fn media_cued(&mut self, stamp: Stamp, data: &MediaCued) {
        let on = |media: &Media| matches!(media.phase, MediaPhase::Playing { .. } | MediaPhase::Paused { .. });
        if self.core.media.as_ref().is_some_and(on) {
            self.core.media_cued = Some(data.clone());
        } else {
            self.core.media =
                Some(Media { cued: data.clone(), phase: MediaPhase::Cued, since: stamp.at, seq: stamp.seq });
        }
    }

    pub(super) fn media_started(&mut self, stamp: Stamp, data: &MediaStarted) {
        if let Some(cued) = self.core.media_cued.take_if(|cued| cued.id == data.id) {
            self.core.media = Some(Media { cued, phase: MediaPhase::Cued, since: stamp.at, seq: stamp.seq });
        }
        self.media_phase(stamp, &data.id, |_| MediaPhase::Playing { at: data.at });
    }

    pub(super) fn media_paused(&mut self, stamp: Stamp, id: &str) {
        self.media_phase(stamp, id, |phase| match phase {
            MediaPhase::Playing { at } => MediaPhase::Paused { position_us: stamp.at.saturating_sub(at).max(0) },
            MediaPhase::Paused { .. } | MediaPhase::Ended => phase,
            MediaPhase::Cued => MediaPhase::Paused { position_us: 0 },
        });
    }

    pub(super) fn media_ended(&mut self, stamp: Stamp, id: &str) {
        self.media_phase(stamp, id, |_| MediaPhase::Ended);
    }

    fn media_phase(&mut self, stamp: Stamp, id: &str, next: impl Fn(MediaPhase) -> MediaPhase) {
        match &mut self.core.media {
            Some(media) if media.cued.id == id => {
                media.phase = next(media.phase);
                media.since = stamp.at;
                media.seq = stamp.seq;
            }
            _ => self.alarm(stamp, &Discrepancy::NotCued { id: id.to_owned() }),
        }
    }
}

//! The fold: one event in, the new truth and what it changed out.
//!
//! [`Show::apply`] is total: whatever the feed says is folded or alarmed, never a panic and never "mended". The facts
//! are folded first (`question`, `clock`, `play`, `score`, `stage`; by `correct` where the event corrects another), then
//! the one table of `scene` decides what is on air, then the difference is told as [`Change`]s.

mod change;
mod check;
mod clock;
mod correct;
mod discrepancy;
mod ledger;
mod play;
mod question;
pub mod scene;
mod score;
mod stage;

#[cfg(test)]
pub(in crate::show) mod tests;

pub use change::{Change, Entry, Shift};

use discrepancy::Discrepancy;

use super::{
    protocol::{Envelope, Event},
    state::{Alarm, Core, Departed, Program, Scene, Show, Stamped},
    told::{Told, Words},
};

/// Who says so and when: what every fold needs of the envelope.
#[derive(Clone, Copy)]
struct Stamp {
    at: i64,
    seq: u64,
    cause: Option<u64>,
    /// The event that it corrects.
    corrects: Option<u64>,
}

impl Stamp {
    fn on<T>(self, value: T) -> Stamped<T> {
        Stamped { value, since: self.at, seq: self.seq, was: None }
    }
}

impl Show {
    /// Folds one event in and says what it changed; a duplicate or older event changes nothing.
    ///
    /// An event of another epoch discards the whole show first: nothing of the old one may be merged.
    pub fn apply(&mut self, envelope: &Envelope) -> Vec<Change> {
        let mut changes = Vec::new();
        if self.epoch != envelope.epoch {
            if self.seq > 0 {
                let shift = Shift { before: self.epoch.clone(), after: envelope.epoch.clone() };
                changes.push(Change::Reset(shift));
            }
            *self = Self { epoch: envelope.epoch.clone(), ..Self::default() };
        }
        if envelope.seq <= self.seq {
            return changes;
        }
        let stamp = Stamp { at: envelope.at, seq: envelope.seq, cause: envelope.cause, corrects: envelope.corrects };
        let alarms = self.alarm_count;
        if self.seq > 0 && stamp.at < self.at {
            self.alarm(stamp, &Discrepancy::Clock { at: stamp.at, last: self.at });
        }
        self.ledger = ledger::next(&self.ledger, envelope);
        self.seq = stamp.seq;
        self.at = self.at.max(stamp.at);
        self.happen(stamp, &envelope.event, alarms, &mut changes);
        changes
    }

    /// Folds in what the desk says itself. The feed's count and ledger do not move by it; facts and pictures do.
    /// `n` is its number, above any seq of the feed.
    pub fn say(&mut self, n: u64, at: i64, corrects: Option<u64>, event: &Event) -> Vec<Change> {
        let stamp = Stamp { at, seq: n, cause: None, corrects };
        let mut changes = Vec::new();
        self.at = self.at.max(at);
        self.happen(stamp, event, self.alarm_count, &mut changes);
        changes
    }

    /// Folds an event's facts, moves the program, and tells what has changed; `alarms` were counted before.
    fn happen(&mut self, stamp: Stamp, event: &Event, alarms: u64, changes: &mut Vec<Change>) {
        let (core, entry) = (self.core.clone(), Entry::of(&self.program));
        match stamp.corrects {
            Some(of) => self.correct(stamp, of, event),
            None => self.fold(stamp, event),
        }
        self.let_go(stamp);
        if stamp.corrects.is_none() {
            self.bring_on(stamp, event, &core);
        }
        change::between(&core, &self.core, changes);
        let after = Entry::of(&self.program);
        if entry != after {
            changes.push(Change::Scene(Shift { before: entry, after }));
        }
        let raised = usize::try_from(self.alarm_count - alarms).unwrap_or(usize::MAX).min(self.alarms.len());
        let first = self.alarms.len() - raised;
        changes.extend(self.alarms.iter().skip(first).cloned().map(Change::Alarm));
    }

    fn fold(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::ShowConfigured(data) => self.core.config = data.clone().into(),
            Event::RosterUpdated(data) => self.roster_updated(data),
            Event::DrawOpened(data) => self.draw_opened(stamp, data),
            Event::DrawResolved(data) => self.draw_resolved(stamp, data),
            Event::RoundOpened(data) => self.round_opened(stamp, data),
            Event::RoundClosed(_) => self.round_closed(stamp),
            Event::TurnGiven(data) => self.turn_given(stamp, data),
            Event::QuestionCued(data) => self.core.cued = Some(data.clone().into()),
            Event::QuestionShown(data) => self.question_shown(stamp, data),
            Event::PhaseSet(data) => self.core.phase = Some(stamp.on(data.phase)),
            Event::QuestionWithdrawn(data) => self.question_withdrawn(stamp, data),
            Event::MediaCued(data) => self.media_cued(stamp, data),
            Event::MediaStarted(data) => self.media_started(stamp, data),
            Event::MediaPaused(data) => self.media_paused(stamp, &data.id),
            Event::MediaEnded(data) => self.media_ended(stamp, &data.id),
            Event::CountdownArmed(data) => self.countdown_armed(stamp, data),
            Event::CountdownStarted(data) | Event::CountdownResumed(data) => self.countdown_runs(stamp, data),
            Event::CountdownPaused(data) => self.countdown_paused(stamp, data),
            Event::CountdownChanged(data) => self.countdown_changed(stamp, data),
            Event::CountdownStopped(data) => self.countdown_stopped(stamp, data),
            Event::CountdownExpired(data) => self.countdown_expired(stamp, &data.id),
            Event::AnswerGiven(data) => self.answer_given(stamp, data),
            Event::AnswerLocked(data) => self.answer_locked(stamp, data),
            Event::VerdictGiven(data) => self.verdict_given(stamp, data),
            Event::AnswerRevealed(data) => self.answer_revealed(stamp, data),
            Event::BuzzerArmed(_) => self.buzzer_armed(stamp),
            Event::BuzzerHit(data) => self.buzzer_hit(stamp, data),
            Event::BuzzerFouled(data) => self.buzzer_fouled(stamp, data),
            Event::BuzzerClosed(_) => self.buzzer_closed(stamp),
            Event::RiskOffered(data) => self.risk_offered(stamp, data),
            Event::RiskLocked(data) => self.risk_locked(stamp, &data.team),
            Event::RiskRevealed(data) => self.risk_revealed(stamp, data),
            Event::RiskAssigned(data) => self.risk_assigned(stamp, data),
            Event::RushProgressed(data) => self.rush_progressed(stamp, data),
            Event::RushFinished(data) => self.rush_finished(stamp, data),
            Event::AudienceOpened(data) => self.audience_opened(stamp, data),
            Event::AudienceLocked(data) => self.audience_locked(stamp, data),
            Event::AudienceTallied(data) => self.audience_tallied(stamp, data),
            Event::ScoreChanged(data) => self.score_changed(stamp, data),
            Event::ScoreCorrected(data) => self.score_corrected(stamp, data),
            Event::AppealOpened(data) => self.appeal_opened(stamp, data),
            Event::AppealResolved(data) => self.appeal_resolved(stamp, data),
            Event::StandingsSet(data) => self.standings_set(stamp, data),
            Event::TotalShown(data) => self.total_shown(stamp, data),
            Event::TiebreakDecided(data) => self.core.tiebreak = Some(stamp.on(data.clone())),
            Event::AdvanceSet(data) => self.advance_set(stamp, data),
            Event::AdvanceRevealed(data) => self.advance_revealed(stamp, data),
            Event::AwardSet(data) => self.award_set(stamp, data),
            Event::AwardStepped(data) => self.award_stepped(stamp, data),
            Event::SlateShown(data) => self.slate_shown(stamp, data),
            Event::SlateStepped(data) => self.slate_stepped(stamp, data.line),
            Event::SlateCleared(_) => self.core.slate = None,
            Event::LowerThirdShown(data) => self.lower_third_shown(stamp, data),
            Event::LowerThirdCleared(_) => self.lower_third_cleared(stamp),
            Event::ShowEnded(_) => self.core.ended = true,
        }
    }

    /// Forgets the scenes that can no longer be seen leaving.
    fn let_go(&mut self, stamp: Stamp) {
        let keep_from = stamp.at.saturating_sub(Program::LEAVING_US);
        self.program.departed.retain(|departed| departed.left_at >= keep_from);
    }

    /// Moves the program as the scene table says, and lets the old scene leave with the facts it had.
    fn bring_on(&mut self, stamp: Stamp, event: &Event, before: &Core) {
        let Some(scene) = scene::entering(event, before, &self.core, self.program.scene) else { return };
        if scene != Scene::Slate {
            self.core.slate = None;
        }
        let left = std::mem::replace(
            &mut self.program,
            Program { scene, since: stamp.at, seq: stamp.seq, departed: Vec::new() },
        );
        self.program.departed = left.departed;
        // What came on at this very instant was never seen: it has nothing to leave with.
        if left.scene != Scene::Ground && left.since != stamp.at {
            let core = before.clone().into();
            let departed = Departed { scene: left.scene, since: left.since, seq: left.seq, left_at: stamp.at, core };
            self.program.departed.push(departed);
        }
        let excess = self.program.departed.len().saturating_sub(Program::LEAVING_MOST);
        self.program.departed.drain(..excess);
    }

    /// Tells the operator that something does not add up; the feed's word stays on air.
    fn alarm(&mut self, stamp: Stamp, what: &Discrepancy) {
        self.alarm_count += 1;
        let text = format!("event {}: {what}", stamp.seq);
        let words = Words::new("alarm").with("seq", stamp.seq).with("what", what.words());
        self.alarms.push(Alarm { seq: stamp.seq, at: stamp.at, text, words });
        let excess = self.alarms.len().saturating_sub(Self::ALARMS);
        self.alarms.drain(..excess);
    }
}

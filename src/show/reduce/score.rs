//! Scores as the feed says them: result, correction, and the verdict that learns what it was worth.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        Points,
        play::VerdictGiven,
        score::{ScoreChanged, ScoreCorrected},
    },
    state::{Fact, Score, Show, Trail, Was},
};

impl Show {
    pub(super) fn score_changed(&mut self, stamp: Stamp, data: &ScoreChanged) {
        self.check_team(stamp, &data.team);
        if let Some(of) = stamp.corrects {
            self.change_mended(stamp, of, data);
            return;
        }
        self.check_score(stamp, data);
        if let Some(verdict) = self.linked_verdict_mut(stamp, &data.team)
            && verdict.delta.is_none()
        {
            verdict.delta = Some(data.delta);
            verdict.paid = Some(stamp.seq);
        }
        let score = self.score(stamp, &data.team);
        score.trail.set(stamp.at, data.after);
        (score.since, score.seq, score.delta, score.corrected) = (stamp.at, stamp.seq, data.delta, false);
        score.reason.clone_from(&data.reason);
        score.formula.clone_from(&data.formula);
        score.was = None;
    }

    pub(super) fn score_corrected(&mut self, stamp: Stamp, data: &ScoreCorrected) {
        self.check_team(stamp, &data.team);
        self.check_before(stamp, &data.team, data.before);
        if let Some(of) = stamp.corrects {
            let by = data.after - data.before;
            self.worth_mended(stamp, of, &data.team, &data.reason, |worth| worth + by);
        }
        self.mend_score(stamp, &data.team, data.after, &data.reason);
    }

    /// A score change that takes the place of a former one: `delta` is what it brings now, `after` where the team stands
    /// now, whatever came between.
    fn change_mended(&mut self, stamp: Stamp, of: u64, data: &ScoreChanged) {
        let former = self.core.scores.get(&data.team).filter(|score| score.seq == of && !score.corrected);
        if let Some(expected) = former.map(|score| score.value() - score.delta + data.delta)
            && expected != data.after
        {
            let (team, after, delta) = (data.team.clone(), data.after, data.delta.signed());
            self.alarm(stamp, &Discrepancy::Mended { team, delta, expected, after });
        }
        self.worth_mended(stamp, of, &data.team, &data.reason, |_| data.delta);
        self.mend_score(stamp, &data.team, data.after, &data.reason);
        if let Some(score) = self.core.scores.get_mut(&data.team) {
            score.formula.clone_from(&data.formula);
        }
    }

    /// The score goes from what it was to what it should have been; that this is no result is told with it.
    fn mend_score(&mut self, stamp: Stamp, team: &str, after: Points, reason: &str) {
        let score = self.score(stamp, team);
        let before = score.value();
        if before == after {
            return;
        }
        let value = Fact::value(score);
        score.was = Some(Box::new(Was { value, since: stamp.at, seq: stamp.seq, reason: reason.to_owned() }));
        score.trail.set(stamp.at, after);
        (score.since, score.seq, score.delta, score.corrected) = (stamp.at, stamp.seq, after - before, true);
        reason.clone_into(&mut score.reason);
        score.formula = None;
    }

    /// A verdict that learned its worth from the score learns its new worth from the correction, too.
    fn worth_mended(&mut self, stamp: Stamp, of: u64, team: &str, reason: &str, mend: impl Fn(Points) -> Points) {
        let last = self.core.scores.get(team).map(|score| score.seq);
        let Some(verdict) = self.core.question.as_mut().and_then(|ask| ask.verdict.as_mut()) else { return };
        let Some(paid) = verdict.paid.filter(|_| verdict.team == team) else { return };
        let chained = last == Some(of) && verdict.was.is_some();
        if !(paid == of || verdict.is_of(of) || chained) {
            return;
        }
        let former = verdict.was.as_ref().and_then(|was| was.value.delta);
        match (verdict.delta, former) {
            (Some(worth), _) => {
                let value = VerdictGiven { delta: Some(mend(worth)), ..verdict.value() };
                verdict.correct(value, stamp.at, stamp.seq, reason);
            }
            // The verdict was corrected before its score: this completes that correction.
            (None, Some(worth)) => verdict.delta = Some(mend(worth)),
            (None, None) => {}
        }
    }

    /// What we know the team to stand at.
    pub(super) fn known_score(&self, team: &str) -> Points {
        self.core.scores.get(team).map_or(self.core.config.base_score, Score::value)
    }

    /// The team's score, which is the base score until it first changes.
    fn score(&mut self, stamp: Stamp, team: &str) -> &mut Score {
        let base = self.core.config.base_score;
        self.core.scores.entry(team.to_owned()).or_insert_with(|| Score {
            trail: Trail::settled(base),
            delta: Points::ZERO,
            reason: String::new(),
            formula: None,
            corrected: false,
            since: stamp.at,
            seq: stamp.seq,
            was: None,
        })
    }
}

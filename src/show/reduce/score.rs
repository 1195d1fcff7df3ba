//! Scores as the feed says them: result, correction, and the verdict that learns what it was worth.

use super::Stamp;
use crate::show::{
    protocol::{
        Points,
        score::{ScoreChanged, ScoreCorrected},
    },
    state::{Score, Show, Trail},
};

impl Show {
    pub(super) fn score_changed(&mut self, stamp: Stamp, data: &ScoreChanged) {
        self.check_team(stamp, &data.team);
        self.check_score(stamp, data);
        if let Some(verdict) = self.linked_verdict_mut(stamp, &data.team)
            && verdict.delta.is_none()
        {
            verdict.delta = Some(data.delta);
        }
        self.set_score(stamp, &data.team, data.after, |score| {
            score.delta = data.delta;
            score.reason.clone_from(&data.reason);
            score.formula.clone_from(&data.formula);
            score.corrected = false;
        });
    }

    pub(super) fn score_corrected(&mut self, stamp: Stamp, data: &ScoreCorrected) {
        self.check_team(stamp, &data.team);
        self.check_before(stamp, &data.team, data.before);
        self.set_score(stamp, &data.team, data.after, |score| {
            score.delta = data.after - data.before;
            score.reason.clone_from(&data.reason);
            score.formula = None;
            score.corrected = true;
        });
    }

    /// What we know the team to stand at.
    pub(super) fn known_score(&self, team: &str) -> Points {
        self.core.scores.get(team).map_or(self.core.config.base_score, Score::value)
    }

    fn set_score(&mut self, stamp: Stamp, team: &str, after: Points, tell: impl FnOnce(&mut Score)) {
        let base = self.core.config.base_score;
        let score = self.core.scores.entry(team.to_owned()).or_insert_with(|| Score {
            trail: Trail::settled(base),
            delta: Points::ZERO,
            reason: String::new(),
            formula: None,
            corrected: false,
            since: stamp.at,
            seq: stamp.seq,
        });
        score.trail.set(stamp.at, after);
        score.since = stamp.at;
        score.seq = stamp.seq;
        tell(score);
    }
}

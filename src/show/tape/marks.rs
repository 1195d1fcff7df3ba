//! What a seek bar shows of a tape, and the places to jump to.
//!
//! One pass over the steps, without folding them: rounds, turns, questions, verdicts, scores, clips, slates, corrections,
//! acts and what is wrong with the tape. What does not add up comes of a fold and is handed in
//! ([`Marks::take_alarms`]), so that a long tape has its marks at once and its alarms when they are ready.

mod jump;
mod read;

#[cfg(test)]
mod tests;

use super::{Problem, edit::Raised};
use crate::show::{
    protocol::{
        Points,
        play::{Outcome, QuestionKind},
        roster::{Format, TeamId},
        score::SlateKind,
    },
    state::Alarm,
    time::{Instant, SpanUs},
};

/// A place on the tape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// From the tape's beginning until the step may be seen, µs.
    pub position_us: SpanUs,
    /// As [`super::Tape::step`] counts.
    pub step: usize,
    /// The feed's last event there.
    pub seq: u64,
}

/// Everything that a seek bar marks, each list in the order of the steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// The instant of position 0, µs on the server's clock.
    pub first_at: Instant,
    /// The last position, µs.
    pub duration_us: SpanUs,
    pub moments: Vec<MomentMark>,
    pub rounds: Vec<RoundMark>,
    pub turns: Vec<TurnMark>,
    pub questions: Vec<QuestionMark>,
    pub verdicts: Vec<VerdictMark>,
    pub scores: Vec<ScoreMark>,
    pub media: Vec<SpanMark>,
    pub slates: Vec<SlateMark>,
    pub corrections: Vec<CorrectionMark>,
    /// Empty until they are handed in.
    pub alarms: Vec<AlarmMark>,
    pub problems: Vec<ProblemMark>,
    pub acts: Vec<ActMark>,
}

/// Where something begins that can be seen or heard; what follows closely is of the same moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MomentMark {
    pub from: Point,
    /// Where its picture rests, µs: not after the next moment.
    pub settled_us: SpanUs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundMark {
    pub id: String,
    pub name: String,
    pub subtitle: String,
    pub format: Format,
    pub from: Point,
    /// Its end: closed, or another round opened, or the tape's end, µs.
    pub to_us: SpanUs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnMark {
    pub team: TeamId,
    /// Index of the round.
    pub round: Option<usize>,
    pub from: Point,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionMark {
    pub id: String,
    pub kind: QuestionKind,
    /// Index of the round.
    pub round: Option<usize>,
    /// The how manieth question of the round, from 1.
    pub number: u32,
    /// The team on turn, and the how manieth question of that team, where the feed counts.
    pub team: Option<TeamId>,
    pub question_no: Option<u32>,
    pub from: Point,
    /// Its end: another question, turn or round, or the tape's end, µs.
    pub to_us: SpanUs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictMark {
    pub team: TeamId,
    pub outcome: Outcome,
    /// Index of the question.
    pub question: Option<usize>,
    pub from: Point,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreMark {
    pub team: TeamId,
    pub delta: Points,
    pub after: Points,
    pub from: Point,
}

/// A clip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpanMark {
    pub id: String,
    pub from: Point,
    /// Ended, or another clip began, or the tape's end, µs.
    pub to_us: SpanUs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlateMark {
    pub kind: SlateKind,
    pub title: String,
    pub from: Point,
    /// Cleared, or another picture came, or the tape's end, µs.
    pub to_us: SpanUs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionMark {
    /// The event that it corrects; none where the feed names none.
    pub of: Option<u64>,
    /// The correction's wire name.
    pub event: &'static str,
    pub from: Point,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AlarmMark {
    pub alarm: Alarm,
    pub from: Point,
}

/// What is wrong with the tape itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemMark {
    pub problem: Problem,
    /// The step behind it.
    pub from: Point,
}

/// What the operator did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActMark {
    /// Its number.
    pub n: u64,
    pub from: Point,
}

impl Marks {
    /// Marks what does not add up; `points` of steps are those of this tape.
    pub fn take_alarms(&mut self, raised: Vec<Raised>) {
        let first_at = self.first_at;
        self.alarms = raised
            .into_iter()
            .map(|Raised { step, alarm }| {
                let position_us = alarm.at.saturating_sub(first_at).clamp(0, self.duration_us);
                AlarmMark { from: Point { position_us, step, seq: alarm.seq }, alarm }
            })
            .collect();
    }
}

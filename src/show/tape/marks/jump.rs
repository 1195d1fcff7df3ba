//! Jumps: from a position to the next or former place of a kind, and to a place by its name.

use super::{Marks, MomentMark, Point, QuestionMark, RoundMark, TurnMark};
use crate::show::time::SpanUs;

impl Marks {
    /// The first moment behind the position.
    pub fn next_moment(&self, position_us: SpanUs) -> Option<&MomentMark> {
        self.moments.get(self.moments.partition_point(|moment| moment.from.position_us <= position_us))
    }

    /// The last moment before the position: at a moment's beginning the one before it.
    pub fn previous_moment(&self, position_us: SpanUs) -> Option<&MomentMark> {
        let before = self.moments.partition_point(|moment| moment.from.position_us < position_us);
        self.moments.get(before.checked_sub(1)?)
    }

    /// The round that was opened last at the position, with its index.
    pub fn round_at(&self, position_us: SpanUs) -> Option<(usize, &RoundMark)> {
        let index = at(&self.rounds, position_us, |round| round.from)?;
        self.rounds.get(index).map(|round| (index, round))
    }

    /// The question that was shown last at the position, with its index.
    pub fn question_at(&self, position_us: SpanUs) -> Option<(usize, &QuestionMark)> {
        let index = at(&self.questions, position_us, |question| question.from)?;
        self.questions.get(index).map(|question| (index, question))
    }

    /// The questions of a round, by its index.
    pub fn questions_of(&self, round: usize) -> &[QuestionMark] {
        let from = self.questions.partition_point(|question| self.before_round(question, round));
        let rest = self.questions.get(from..).unwrap_or_default();
        let count = rest.iter().take_while(|question| question.round == Some(round)).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Question `number` (from 1) of a round.
    pub fn question(&self, round: usize, number: u32) -> Option<&QuestionMark> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.questions_of(round).get(index)
    }

    /// The next time that it is the team's turn.
    pub fn next_turn(&self, team: &str, position_us: SpanUs) -> Option<&TurnMark> {
        let from = self.turns.partition_point(|turn| turn.from.position_us <= position_us);
        self.turns.get(from..)?.iter().find(|turn| turn.team == team)
    }

    /// The last time before the position that it was the team's turn.
    pub fn previous_turn(&self, team: &str, position_us: SpanUs) -> Option<&TurnMark> {
        let to = self.turns.partition_point(|turn| turn.from.position_us < position_us);
        self.turns.get(..to)?.iter().rev().find(|turn| turn.team == team)
    }

    /// The instant of a position, µs on the server's clock.
    pub const fn instant(&self, position_us: SpanUs) -> crate::show::time::Instant {
        self.first_at.saturating_add(position_us)
    }

    /// Whether a question stands before the round of this index: by place, for it may be of no round.
    fn before_round(&self, question: &QuestionMark, round: usize) -> bool {
        self.rounds.get(round).is_none_or(|round| question.from.step < round.from.step)
    }
}

/// The last of a list that begins at or before the position.
fn at<T>(all: &[T], position_us: SpanUs, from: impl Fn(&T) -> Point) -> Option<usize> {
    all.partition_point(|one| from(one).position_us <= position_us).checked_sub(1)
}

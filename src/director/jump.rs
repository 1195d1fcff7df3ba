//! Jumps to what a tape's marks name: moments, rounds, questions, turns.

use super::Director;

/// A beginning that lies so little behind the position is the present one: going back goes to the one before, µs.
const PRESENT_US: i64 = 1_000_000;

impl Director {
    /// Goes to the next (1) or last (−1) moment and pauses there. False where there is none.
    pub fn jump_moment(&mut self, by: i64) -> bool {
        self.pause();
        let Some((position_us, marks)) = self.position_us().zip(self.marks()) else { return false };
        let found = if by > 0 { marks.next_moment(position_us) } else { marks.previous_moment(position_us) };
        let at_us = found.map(|moment| moment.from.position_us);
        self.jump_to(at_us)
    }

    /// Goes to the next or last beginning of a round.
    pub fn jump_round(&mut self, by: i64) -> bool {
        let Some(marks) = self.marks() else { return false };
        let starts: Vec<i64> = marks.rounds.iter().map(|round| round.from.position_us).collect();
        self.jump_among(&starts, by)
    }

    /// Goes to the next or last question.
    pub fn jump_question(&mut self, by: i64) -> bool {
        let Some(marks) = self.marks() else { return false };
        let starts: Vec<i64> = marks.questions.iter().map(|question| question.from.position_us).collect();
        self.jump_among(&starts, by)
    }

    /// Goes to the next or last turn of a team; of any team where none is named.
    pub fn jump_turn(&mut self, team: &str, by: i64) -> bool {
        let Some(marks) = self.marks() else { return false };
        let turns = marks.turns.iter().filter(|turn| team.is_empty() || turn.team == team);
        let starts: Vec<i64> = turns.map(|turn| turn.from.position_us).collect();
        self.jump_among(&starts, by)
    }

    fn position_us(&self) -> Option<i64> {
        Some(self.transport()?.position_us())
    }

    fn jump_among(&mut self, starts: &[i64], by: i64) -> bool {
        let Some(position_us) = self.position_us() else { return false };
        let steps = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX).saturating_sub(1);
        let found = if by > 0 {
            starts.iter().copied().filter(|start| *start > position_us).nth(steps)
        } else {
            starts.iter().rev().copied().filter(|start| *start < position_us - PRESENT_US).nth(steps)
        };
        self.jump_to(found)
    }

    fn jump_to(&mut self, found: Option<i64>) -> bool {
        if let Some(position_us) = found {
            self.seek(position_us);
        }
        found.is_some()
    }
}

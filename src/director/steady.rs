//! Keeping a live show smooth on an old machine: what the frames cost decides what is given up, the outputs are told as
//! data, the operator in words.

use super::{
    Director, ProblemKind, Said,
    ladder::{Ladder, Paced, Step},
};
use crate::show::{frame::Quality, told::Words};

/// Longer than anything that begins on a backdrop is in motion, µs.
const MOTION_US: i64 = 30_000_000;
/// Names the problem, whatever is given up.
const WHAT: &str = "pace";

/// What is given up now.
#[derive(Debug, Default)]
pub(super) struct Steady {
    ladder: Ladder,
    /// Nothing is ever given up.
    is_pinned: bool,
    /// In which span of show time the backdrop stands still, µs; none where its motion is whole.
    still: Option<(i64, i64)>,
}

impl Steady {
    /// Forgets what can no longer be seen: motion from before the span, or a span that has long ended.
    fn settle(&mut self, now_us: i64) {
        let long_ago = |us: i64| now_us.saturating_sub(us) > MOTION_US;
        match self.still {
            Some((_, until_us)) if until_us < i64::MAX && long_ago(until_us) => self.still = None,
            Some((from_us, until_us)) if long_ago(from_us) => self.still = Some((i64::MIN, until_us)),
            _ => {}
        }
    }

    /// The show has jumped: nothing of what moved before is in motion any more.
    pub fn jumped(&mut self) {
        self.still = self.still.filter(|still| still.1 == i64::MAX).map(|still| (i64::MIN, still.1));
    }
}

impl Director {
    /// Gives nothing up, whatever the machine can keep up with.
    pub const fn pin_quality(&mut self) {
        self.steady.is_pinned = true;
    }

    /// What the machine cannot keep up with is given up, and given back when it can again.
    pub fn paced(&mut self, frame: &Paced) {
        if self.steady.is_pinned {
            return;
        }
        self.steady.settle(self.now_us);
        let before = self.steady.ladder.step();
        let Some(step) = self.steady.ladder.see(frame) else { return };
        // What is in motion at this instant goes on as it began.
        let next_us = self.now_us.saturating_add(1);
        match (before, step) {
            (Step::Full, _) => self.steady.still = Some((next_us, i64::MAX)),
            (_, Step::Full) => self.steady.still = self.steady.still.map(|still| (still.0, next_us)),
            _ => {}
        }
        let tenths = |us: i64| format!("{}.{}", us / 1_000, us / 100 % 10);
        let words = |key| Words::new(key).with("took", tenths(frame.took_us)).with("due", tenths(frame.due_us));
        let words = match step {
            Step::Full => words("pace-full"),
            Step::StillBackdrop => words("pace-still-backdrop"),
            Step::HalfRate => words("pace-half-rate"),
            Step::ThirdRate => words("pace-third-rate"),
        };
        self.problems.report(ProblemKind::Pace, Said { what: WHAT.to_owned(), words }, self.now_us);
        if step == Step::Full {
            self.problems.settle_one(ProblemKind::Pace, WHAT, self.now_us);
        }
    }

    /// What is given up now.
    pub const fn step(&self) -> Step {
        self.steady.ladder.step()
    }

    /// The same for the pictures that go on air.
    pub fn quality(&self) -> Quality {
        match self.steady.still {
            Some((from_us, until_us)) => Quality::StillBackdrop { from_us, until_us },
            None => Quality::Full,
        }
    }
}

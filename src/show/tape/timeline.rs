//! Any instant of a tape at once: the state at checkpoints, and the few steps from there.

use std::sync::Arc;

use super::{Step, Tape, edit::Raised};
use crate::show::{desk::Air, state::Show, time::Instant};

/// Steps between two checkpoints: a seek folds fewer than this many.
const STEP: usize = 256;

/// A tape with a state kept every [`STEP`] steps.
#[derive(Clone, Debug)]
pub struct Timeline {
    tape: Arc<Tape>,
    /// When step `i` may be seen: its `at`, and never before one it follows.
    seen_at: Vec<Instant>,
    /// `checkpoints[k]` is the fold of the first `k * STEP` steps.
    checkpoints: Vec<Air>,
    /// What did not add up on the way.
    raised: Vec<Raised>,
}

impl Timeline {
    /// Folds the tape once.
    pub fn new(tape: impl Into<Arc<Tape>>) -> Self {
        Self { tape: tape.into(), seen_at: Vec::new(), checkpoints: Vec::new(), raised: Vec::new() }.folded_from(0)
    }

    /// That of an edited tape: only what stands behind the first difference is folded again.
    pub fn again(&self, tape: impl Into<Arc<Tape>>) -> Self {
        let tape = tape.into();
        let pairs = self.tape.steps(0, usize::MAX).zip(tape.steps(0, usize::MAX));
        let same = pairs.take_while(|(before, now)| before.is_same(now)).count();
        let kept = (same / STEP).min(self.checkpoints.len().saturating_sub(1));
        let from = kept * STEP;
        Self {
            seen_at: self.seen_at.get(..from).unwrap_or_default().to_vec(),
            checkpoints: self.checkpoints.get(..=kept).unwrap_or_default().to_vec(),
            raised: self.raised.iter().filter(|raised| raised.step < from).cloned().collect(),
            tape,
        }
        .folded_from(from)
    }

    /// Folds on; what is known holds for the steps before `from`, which a checkpoint stands at.
    fn folded_from(mut self, from: usize) -> Self {
        let count = self.tape.step_count();
        let mut air = self.checkpoints.pop().unwrap_or_default();
        let mut latest = self.seen_at.last().copied().unwrap_or(Instant::MIN);
        self.seen_at.reserve(count.saturating_sub(from));
        for (index, step) in (from..).zip(self.tape.steps(from, count)) {
            if index % STEP == 0 {
                self.checkpoints.push(air.clone());
            }
            match step {
                Step::Event(entry) => self.raised.extend(Raised::of(index, air.event(&entry.env))),
                step => step.fold(&mut air),
            }
            latest = latest.max(step.at());
            self.seen_at.push(latest);
        }
        self
    }

    pub const fn tape(&self) -> &Arc<Tape> {
        &self.tape
    }

    /// Every alarm that the feed raises, in order.
    pub fn raised(&self) -> &[Raised] {
        &self.raised
    }

    /// How many steps lie at or before `time`.
    pub fn index_at(&self, time: Instant) -> usize {
        self.seen_at.partition_point(|at| *at <= time)
    }

    /// How many steps are folded once `seq` is: earlier logs and, of the last one, `seq` and all before it.
    pub fn index_after_seq(&self, seq: u64) -> usize {
        let from = self.tape.last_from;
        let of_last = self.tape.steps(from, usize::MAX);
        from + of_last.take_while(|step| step.seq() <= seq).count()
    }

    /// What is on air after the first `count` steps, the operator's acts among them.
    pub fn air_after(&self, count: usize) -> Air {
        let count = count.min(self.tape.step_count());
        let step = (count / STEP).min(self.checkpoints.len().saturating_sub(1));
        let mut air = self.checkpoints.get(step).cloned().unwrap_or_default();
        for step in self.tape.steps(step * STEP, count) {
            step.fold(&mut air);
        }
        air
    }

    /// What is on air at `time`: all with `at ≤ time` folded.
    pub fn air_at(&self, time: Instant) -> Air {
        self.air_after(self.index_at(time))
    }

    /// What the feed had said after the first `count` steps.
    pub fn show_after(&self, count: usize) -> Show {
        self.air_after(count).feed().clone()
    }

    /// What the feed had said at `time`.
    pub fn show_at(&self, time: Instant) -> Show {
        self.show_after(self.index_at(time))
    }

    /// The show after event `seq` of the tape's last log.
    pub fn show_at_seq(&self, seq: u64) -> Show {
        self.show_after(self.index_after_seq(seq))
    }

    /// What is due: steps behind `after_seq` (of the last log; 0 for all) up to and with `until`.
    pub fn steps_between(&self, after_seq: u64, until: Instant) -> impl DoubleEndedIterator<Item = Step<'_>> {
        let from = if after_seq == 0 { 0 } else { self.index_after_seq(after_seq) };
        self.tape.steps(from, self.index_at(until))
    }
}

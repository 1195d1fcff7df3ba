//! Any instant of a tape at once: the state at checkpoints, and the few steps from there.

use super::{Step, Tape, edit::Raised};
use crate::show::{desk::Air, state::Show, time::Instant};

/// Steps between two checkpoints: a seek folds fewer than this many.
const STEP: usize = 256;

/// A tape with a state kept every [`STEP`] steps.
#[derive(Clone, Debug)]
pub struct Timeline {
    tape: Tape,
    /// When step `i` may be seen: its `at`, and never before one it follows.
    seen_at: Vec<Instant>,
    /// `checkpoints[k]` is the fold of the first `k * STEP` steps.
    checkpoints: Vec<Air>,
    /// Where the last epoch begins.
    last_epoch: usize,
    /// What did not add up on the way.
    raised: Vec<Raised>,
}

impl Timeline {
    /// Folds the tape once.
    pub fn new(tape: Tape) -> Self {
        let count = tape.step_count();
        let mut air = Air::default();
        let mut checkpoints = Vec::with_capacity(count / STEP + 1);
        let mut seen_at = Vec::with_capacity(count);
        let mut raised = Vec::new();
        let mut latest = Instant::MIN;
        for (index, step) in tape.steps(0, count).enumerate() {
            if index % STEP == 0 {
                checkpoints.push(air.clone());
            }
            match step {
                Step::Event(entry) => raised.extend(Raised::of(index, air.event(&entry.env))),
                step => step.fold(&mut air),
            }
            latest = latest.max(step.at());
            seen_at.push(latest);
        }
        let of_last =
            tape.steps(0, count).rev().take_while(|step| !step.is_feed() || step.epoch() == air.feed().epoch).count();
        Self { tape, seen_at, checkpoints, last_epoch: count - of_last, raised }
    }

    pub const fn tape(&self) -> &Tape {
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

    /// How many steps are folded once `seq` is: earlier epochs and, of the last one, `seq` and all before it.
    pub fn index_after_seq(&self, seq: u64) -> usize {
        let of_last = self.tape.steps(self.last_epoch, usize::MAX);
        self.last_epoch + of_last.take_while(|step| step.seq() <= seq).count()
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

    /// The show after event `seq` of the tape's last epoch.
    pub fn show_at_seq(&self, seq: u64) -> Show {
        self.show_after(self.index_after_seq(seq))
    }

    /// What is due: steps behind `after_seq` (of the last epoch; 0 for all) up to and with `until`.
    pub fn steps_between(&self, after_seq: u64, until: Instant) -> impl DoubleEndedIterator<Item = Step<'_>> {
        let from = if after_seq == 0 { 0 } else { self.index_after_seq(after_seq) };
        self.tape.steps(from, self.index_at(until))
    }
}

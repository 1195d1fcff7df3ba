//! Any instant of a tape at once: the state at checkpoints, and the few events from there.

use super::{Entry, Tape};
use crate::show::{state::Show, time::Instant};

/// Events between two checkpoints: a seek folds fewer than this many.
const STEP: usize = 256;

/// A tape with a state kept every [`STEP`] events.
#[derive(Clone, Debug)]
pub struct Timeline {
    tape: Tape,
    /// When entry `i` may be seen: its `at`, and never before one it follows.
    seen_at: Vec<Instant>,
    /// `checkpoints[k]` is the fold of the first `k * STEP` entries.
    checkpoints: Vec<Show>,
}

impl Timeline {
    /// Folds the tape once.
    pub fn new(tape: Tape) -> Self {
        let mut show = Show::default();
        let mut checkpoints = Vec::with_capacity(tape.entries.len() / STEP + 1);
        let mut seen_at = Vec::with_capacity(tape.entries.len());
        let mut latest = Instant::MIN;
        for (index, entry) in tape.entries.iter().enumerate() {
            if index % STEP == 0 {
                checkpoints.push(show.clone());
            }
            show.apply(&entry.env);
            latest = latest.max(entry.env.at);
            seen_at.push(latest);
        }
        Self { tape, seen_at, checkpoints }
    }

    pub const fn tape(&self) -> &Tape {
        &self.tape
    }

    /// How many events lie at or before `time`.
    pub fn index_at(&self, time: Instant) -> usize {
        self.seen_at.partition_point(|at| *at <= time)
    }

    /// How many events are folded once `seq` is: earlier epochs and, of the last one, `seq` and all before it.
    pub fn index_after_seq(&self, seq: u64) -> usize {
        let entries = &self.tape.entries;
        let epoch = entries.last().map_or("", |entry| entry.env.epoch.as_str());
        let start = entries.partition_point(|entry| entry.env.epoch != epoch);
        start + entries.iter().skip(start).take_while(|entry| entry.env.seq <= seq).count()
    }

    /// The fold of the first `count` events.
    pub fn show_after(&self, count: usize) -> Show {
        let count = count.min(self.tape.entries.len());
        let step = (count / STEP).min(self.checkpoints.len().saturating_sub(1));
        let mut show = self.checkpoints.get(step).cloned().unwrap_or_default();
        for entry in self.slice(step * STEP, count) {
            show.apply(&entry.env);
        }
        show
    }

    /// The show as it stood at `time`: every event with `at ≤ time` folded.
    pub fn show_at(&self, time: Instant) -> Show {
        self.show_after(self.index_at(time))
    }

    /// The show after event `seq` of the tape's last epoch.
    pub fn show_at_seq(&self, seq: u64) -> Show {
        self.show_after(self.index_after_seq(seq))
    }

    /// What is due: events after `after_seq` (of the last epoch; 0 for all) up to and with `until`.
    pub fn entries_between(&self, after_seq: u64, until: Instant) -> &[Entry] {
        let from = if after_seq == 0 { 0 } else { self.index_after_seq(after_seq) };
        self.slice(from, self.index_at(until))
    }

    /// Entries `from..to`, empty where there are none.
    pub fn slice(&self, from: usize, to: usize) -> &[Entry] {
        self.tape.entries.get(from..to.min(self.tape.entries.len())).unwrap_or_default()
    }
}

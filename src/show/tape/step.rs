//! One step of the fold: an event that is added, or a snapshot that replaces.

use super::{Entry, Snapshot, Tape};
use crate::show::{protocol::control::Resume, state::Show, time::Instant};

/// What is folded next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    Event(&'a Entry),
    Snapshot(&'a Snapshot),
}

impl Step<'_> {
    /// Where it stands in the file, from 1.
    pub const fn line(self) -> usize {
        match self {
            Self::Event(entry) => entry.line,
            Self::Snapshot(snapshot) => snapshot.line,
        }
    }

    /// When it became so, µs on the server's clock.
    pub const fn at(self) -> Instant {
        match self {
            Self::Event(entry) => entry.env.at,
            Self::Snapshot(snapshot) => snapshot.at,
        }
    }

    pub fn epoch(&self) -> &str {
        match self {
            Self::Event(entry) => &entry.env.epoch,
            Self::Snapshot(snapshot) => &snapshot.state.epoch,
        }
    }

    /// The last event that is folded after this step.
    pub const fn seq(self) -> u64 {
        match self {
            Self::Event(entry) => entry.env.seq,
            Self::Snapshot(snapshot) => snapshot.at_seq,
        }
    }

    /// Brings the show to where it is after this step.
    pub fn fold(self, show: &mut Show) {
        match self {
            Self::Event(entry) => drop(show.apply(&entry.env)),
            Self::Snapshot(snapshot) => show.clone_from(&snapshot.state),
        }
    }
}

impl Tape {
    /// How many steps the fold has.
    pub const fn step_count(&self) -> usize {
        self.entries.len() + self.snapshots.len()
    }

    /// Step `index` of the fold, from 0.
    pub fn step(&self, index: usize) -> Option<Step<'_>> {
        let before = self.snapshots.partition_point(|snapshot| snapshot.place < index);
        match self.snapshots.get(before).filter(|snapshot| snapshot.place == index) {
            Some(snapshot) => Some(Step::Snapshot(snapshot)),
            None => self.entries.get(index - before).map(Step::Event),
        }
    }

    /// Steps `from..to`, none where there are none.
    pub fn steps(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = Step<'_>> {
        (from..to.min(self.step_count())).filter_map(|index| self.step(index))
    }

    /// Where a feed goes on behind this tape. None where something before is not known: the last epoch has neither its
    /// first event nor a snapshot, or a gap after it. What was skipped is no gap.
    pub fn resume(&self) -> Option<Resume> {
        let last = self.step(self.step_count().checked_sub(1)?)?;
        let mut next = last;
        let mut former = self.steps(0, self.step_count() - 1).rev();
        while let Step::Event(entry) = next
            && entry.env.seq > 1
        {
            let before = former.next().filter(|step| step.epoch() == last.epoch());
            if self.passed(last.epoch(), before.map_or(0, Step::seq)).saturating_add(1) < entry.env.seq {
                return None;
            }
            // Without a former step all before this one was skipped: the epoch is known from its beginning.
            let Some(before) = before else { break };
            next = before;
        }
        Some(Resume { epoch: last.epoch().to_owned(), seq: self.passed(last.epoch(), last.seq()) })
    }
}

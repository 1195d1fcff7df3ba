//! One step of the fold: an event that is added, a snapshot that replaces, or an act of the operator.

use super::{Acted, Entry, Slot, Snapshot, Tape};
use crate::show::{desk::Air, protocol::control::Resume, time::Instant};

/// What is folded next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    Event(&'a Entry),
    Snapshot(&'a Snapshot),
    Act(&'a Acted),
}

impl Step<'_> {
    /// Where it stands in the file, from 1.
    pub const fn line(self) -> usize {
        match self {
            Self::Event(entry) => entry.line,
            Self::Snapshot(snapshot) => snapshot.line,
            Self::Act(acted) => acted.line,
        }
    }

    /// When it became so, µs on the server's clock.
    pub const fn at(self) -> Instant {
        match self {
            Self::Event(entry) => entry.env.at,
            Self::Snapshot(snapshot) => snapshot.at,
            Self::Act(acted) => acted.act.at,
        }
    }

    pub fn epoch(&self) -> &str {
        match self {
            Self::Event(entry) => &entry.env.epoch,
            Self::Snapshot(snapshot) => &snapshot.state.epoch,
            Self::Act(acted) => &acted.act.epoch,
        }
    }

    /// The last event of the feed that is folded after this step.
    pub const fn seq(self) -> u64 {
        match self {
            Self::Event(entry) => entry.env.seq,
            Self::Snapshot(snapshot) => snapshot.at_seq,
            Self::Act(acted) => acted.act.after,
        }
    }

    /// Whether the feed sent it.
    pub const fn is_feed(self) -> bool {
        !matches!(self, Self::Act(_))
    }

    /// Whether it says the same at the same instant, wherever it stands in its file.
    pub fn is_same(&self, other: &Self) -> bool {
        self.at() == other.at()
            && match (self, other) {
                (Self::Event(one), Self::Event(other)) => one.env == other.env,
                (Self::Snapshot(one), Self::Snapshot(other)) => one.at_seq == other.at_seq && one.state == other.state,
                (Self::Act(one), Self::Act(other)) => one.act == other.act,
                _ => false,
            }
    }

    /// Brings what is on air to where it is after this step.
    pub fn fold(self, air: &mut Air) {
        match self {
            Self::Event(entry) => drop(air.event(&entry.env)),
            Self::Snapshot(snapshot) => air.snapshot(&snapshot.state),
            Self::Act(acted) => air.act(&acted.act),
        }
    }
}

impl Tape {
    /// How many steps the fold has.
    pub const fn step_count(&self) -> usize {
        self.order.len()
    }

    /// Step `index` of the fold, from 0.
    pub fn step(&self, index: usize) -> Option<Step<'_>> {
        match *self.order.get(index)? {
            Slot::Event(place) => self.entries.get(place as usize).map(Step::Event),
            Slot::Snapshot(place) => self.snapshots.get(place as usize).map(Step::Snapshot),
            Slot::Act(place) => self.acts.get(place as usize).map(Step::Act),
        }
    }

    /// Steps `from..to`, none where there are none.
    pub fn steps(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = Step<'_>> {
        (from..to.min(self.step_count())).filter_map(|index| self.step(index))
    }

    /// Where a feed goes on behind this tape. None where something before is not known: the last epoch has neither its
    /// first event nor a snapshot, or a gap after it. What was skipped is no gap.
    pub fn resume(&self) -> Option<Resume> {
        let mut former = self.steps(0, self.step_count()).rev().filter(|step| step.is_feed());
        let last = former.next()?;
        let mut next = last;
        while let Step::Event(entry) = next
            && entry.env.seq > 1
        {
            let before = former.next().filter(|step| step.epoch() == last.epoch());
            if self.passed(self.last_run, before.map_or(0, Step::seq)).saturating_add(1) < entry.env.seq {
                return None;
            }
            // Without a former step all before this one was skipped: the epoch is known from its beginning.
            let Some(before) = before else { break };
            next = before;
        }
        Some(Resume { epoch: last.epoch().to_owned(), seq: self.passed(self.last_run, last.seq()) })
    }
}

//! The order in which a tape is folded, whatever the order of its lines; and the gaps that this order leaves.

use std::collections::BTreeMap;

use super::{Item, Problem, Skipped, Slot, Tape};
use crate::show::time::Instant;

/// Where an item stands: run of its epoch, seq, and behind that event snapshots and acts as they were written.
type Rank = (usize, u64, u8, u64);

/// A stretch of one log, whose numbers are its own.
struct Run {
    /// Its place among all runs.
    n: usize,
    /// The line in which it begins, and the seq behind which it does.
    line: usize,
    behind: u64,
    /// The last seq that has been told of it.
    told: u64,
}

/// The runs of each epoch, in the order in which they begin.
#[derive(Default)]
struct Runs {
    of: BTreeMap<String, Vec<Run>>,
    count: usize,
}

impl Item {
    pub(super) fn epoch(&self) -> &str {
        match self {
            Self::Event(entry) => &entry.env.epoch,
            Self::Snapshot(snapshot) => &snapshot.state.epoch,
            Self::Act(acted) => &acted.act.epoch,
        }
    }

    const fn line(&self) -> usize {
        match self {
            Self::Event(entry) => entry.line,
            Self::Snapshot(snapshot) => snapshot.line,
            Self::Act(acted) => acted.line,
        }
    }

    const fn at(&self) -> Instant {
        match self {
            Self::Event(entry) => entry.env.at,
            Self::Snapshot(snapshot) => snapshot.at,
            Self::Act(acted) => acted.act.at,
        }
    }

    /// What it is, in the order in which those of one seq are folded.
    const fn kind(&self) -> (u8, u64) {
        match self {
            Self::Event(_) => (0, 0),
            Self::Snapshot(snapshot) => (1, snapshot.line as u64),
            Self::Act(acted) => (1, acted.line as u64),
        }
    }

    pub(super) const fn seq(&self) -> u64 {
        match self {
            Self::Event(entry) => entry.env.seq,
            Self::Snapshot(snapshot) => snapshot.at_seq,
            Self::Act(acted) => acted.act.after,
        }
    }
}

impl Tape {
    /// Orders what was skipped so that [`Tape::passed`] finds it: by run and seq, without what lies within another.
    fn order_skipped(&mut self, runs: &Runs) {
        for skipped in &mut self.skipped {
            skipped.run = runs.at(&skipped.epoch, skipped.line);
        }
        self.skipped.sort_by(|a, b| (a.run, &a.epoch, a.from, b.to).cmp(&(b.run, &b.epoch, b.from, a.to)));
        let same = |a: &Skipped, b: &Skipped| (a.run, &a.epoch) == (b.run, &b.epoch);
        self.skipped.dedup_by(|later, former| same(later, former) && later.to <= former.to);
    }

    /// The last event of a run that is done with once `seq` is: behind it, all that was skipped.
    pub(super) fn passed(&self, run: usize, mut seq: u64) -> u64 {
        loop {
            let next = (run, seq.saturating_add(1));
            let behind = self.skipped.partition_point(|skipped| (skipped.run, skipped.from) <= next);
            let last = behind.checked_sub(1).and_then(|index| self.skipped.get(index));
            match last.filter(|skipped| skipped.run == run && skipped.to > seq) {
                Some(skipped) => seq = skipped.to,
                None => return seq,
            }
        }
    }

    /// Takes the feed's items in the order in which they are folded, and names the gaps.
    pub(super) fn take(&mut self, items: Vec<Item>) {
        let mut runs = Runs::default();
        let mut ranked: Vec<(Rank, Item)> = items.into_iter().map(|item| (runs.rank(&item), item)).collect();
        self.order_skipped(&runs);
        ranked.sort_by_key(|(rank, _)| *rank);
        // Of two events of one seq the first counts; of two snapshots the last, which replaces the other anyway.
        ranked.dedup_by(|(later, _), (former, _)| later == former && later.2 != 1);
        // A state that does not say when it became so is taken to be of the instant of what follows.
        let mut next_at: Option<Instant> = None;
        for (_, item) in ranked.iter_mut().rev() {
            next_at = Some(match item {
                Item::Event(entry) => entry.env.at,
                Item::Snapshot(snapshot) => {
                    if snapshot.at == 0 {
                        snapshot.at = next_at.unwrap_or(snapshot.rx);
                    }
                    snapshot.at
                }
                Item::Act(acted) => next_at.map_or(acted.act.at, |next| next.min(acted.act.at)),
            });
        }
        let mut former: Option<Rank> = None;
        for (rank, item) in ranked {
            let at = item.at();
            self.bounds = Some(self.bounds.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
            if !matches!(item, Item::Act(_)) && former.is_none_or(|former| former.0 != rank.0) {
                (self.last_run, self.last_from) = (rank.0, self.order.len());
            }
            match item {
                Item::Event(entry) => {
                    let known = self.passed(rank.0, former.map_or(0, |former| former.1));
                    let (from, to) = (known.saturating_add(1), entry.env.seq.saturating_sub(1));
                    if former.is_some_and(|former| former.0 == rank.0) && from <= to {
                        self.problems.push(Problem::Gap { line: entry.line, from, to });
                    }
                    self.order.push(Slot::Event(self.entries.len() as u32));
                    self.entries.push(*entry);
                }
                Item::Snapshot(snapshot) => {
                    self.order.push(Slot::Snapshot(self.snapshots.len() as u32));
                    self.snapshots.push(snapshot);
                }
                Item::Act(acted) => {
                    self.order.push(Slot::Act(self.acts.len() as u32));
                    self.acts.push(*acted);
                    continue;
                }
            }
            former = Some(rank);
        }
    }
}

impl Runs {
    /// Where an item stands, behind those before it in the file. A late event joins its epoch's run. A snapshot begins a
    /// run of its own where it is of another epoch than the last, also where that epoch was there before, and where it is
    /// of an event before those that were told: the log was set back. It replaces all that came until then, and what is
    /// numbered before it belongs to the run before.
    fn rank(&mut self, item: &Item) -> Rank {
        let (kind, n) = item.kind();
        (self.run(item), item.seq(), kind, n)
    }

    fn run(&mut self, item: &Item) -> usize {
        let (seq, count) = (item.seq(), self.count);
        let told = if matches!(item, Item::Act(_)) { 0 } else { seq };
        if let Some(runs) = self.of.get_mut(item.epoch()) {
            let last = runs.len().saturating_sub(1);
            let place = match item {
                Item::Snapshot(_) => runs.last().filter(|run| run.n + 1 == count && run.told <= seq).map(|_| last),
                Item::Event(_) => Some(runs.iter().rposition(|run| run.behind < seq).unwrap_or(0)),
                Item::Act(_) => Some(runs.iter().rposition(|run| run.behind <= seq).unwrap_or(0)),
            };
            if let Some(run) = place.and_then(|place| runs.get_mut(place)) {
                run.told = run.told.max(told);
                return run.n;
            }
        }
        let behind = if matches!(item, Item::Snapshot(_)) { seq } else { 0 };
        let run = Run { n: count, line: item.line(), behind, told };
        self.of.entry(item.epoch().to_owned()).or_default().push(run);
        self.count += 1;
        count
    }

    /// The run that was being told in this line: the last of its epoch that had begun; before the first, that one.
    fn at(&self, epoch: &str, line: usize) -> usize {
        let runs = self.of.get(epoch).map(Vec::as_slice).unwrap_or_default();
        let begun = runs.partition_point(|run| run.line < line);
        runs.get(begun.saturating_sub(1)).map_or(usize::MAX, |run| run.n)
    }
}

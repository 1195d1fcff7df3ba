//! The order in which a tape is folded, whatever the order of its lines; and the gaps that this order leaves.

use std::collections::BTreeMap;

use super::{Item, Problem, Slot, Tape};
use crate::show::time::Instant;

/// Where an item stands: run of its epoch, seq, and behind that event snapshots and acts as they were written.
type Rank = (usize, u64, u8, u64);

impl Item {
    pub(super) fn epoch(&self) -> &str {
        match self {
            Self::Event(entry) => &entry.env.epoch,
            Self::Snapshot(snapshot) => &snapshot.state.epoch,
            Self::Act(acted) => &acted.act.epoch,
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
    /// Orders what was skipped so that [`Tape::passed`] finds it: by epoch and seq, without what lies within another.
    pub(super) fn order_skipped(&mut self) {
        self.skipped.sort_by(|a, b| (&a.epoch, a.from, b.to).cmp(&(&b.epoch, b.from, a.to)));
        self.skipped.dedup_by(|later, former| later.epoch == former.epoch && later.to <= former.to);
    }

    /// The last event that is done with once `seq` is: behind it, all that was skipped.
    pub(super) fn passed(&self, epoch: &str, mut seq: u64) -> u64 {
        loop {
            let next = (epoch, seq.saturating_add(1));
            let behind = self.skipped.partition_point(|skipped| (skipped.epoch.as_str(), skipped.from) <= next);
            let last = behind.checked_sub(1).and_then(|index| self.skipped.get(index));
            match last.filter(|skipped| skipped.epoch == epoch && skipped.to > seq) {
                Some(skipped) => seq = skipped.to,
                None => return seq,
            }
        }
    }

    /// Takes the feed's items in the order in which they are folded, and names the gaps.
    pub(super) fn take(&mut self, items: Vec<Item>) {
        let mut ranked = ranked(items);
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
            match item {
                Item::Event(entry) => {
                    let known = self.passed(&entry.env.epoch, former.map_or(0, |former| former.1));
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

/// Every item with its rank. A late event joins its epoch's run; a snapshot of another epoch than the last begins a run
/// of its own, also where that epoch was there before: it replaces all that came until then, and what is numbered before
/// it belongs to the run before.
fn ranked(items: Vec<Item>) -> Vec<(Rank, Item)> {
    let mut runs = 0;
    // Of each epoch: its runs, and the seq that each begins behind.
    let mut begun: BTreeMap<String, Vec<(usize, u64)>> = BTreeMap::new();
    let rank = |item: Item| {
        let of_epoch = begun.get(item.epoch()).map(Vec::as_slice).unwrap_or_default();
        let seq = item.seq();
        let known = match &item {
            Item::Snapshot(_) => of_epoch.last().filter(|(run, _)| run + 1 == runs),
            Item::Event(_) => of_epoch.iter().rfind(|(_, behind)| *behind < seq).or(of_epoch.first()),
            Item::Act(_) => of_epoch.iter().rfind(|(_, behind)| *behind <= seq).or(of_epoch.first()),
        };
        let run = known.map(|(run, _)| *run).unwrap_or_else(|| {
            let behind = if matches!(item, Item::Snapshot(_)) { seq } else { 0 };
            begun.entry(item.epoch().to_owned()).or_default().push((runs, behind));
            runs += 1;
            runs - 1
        });
        let (kind, n) = item.kind();
        ((run, seq, kind, n), item)
    };
    items.into_iter().map(rank).collect()
}

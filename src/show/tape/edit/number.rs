//! Numbers without gaps behind an edit, and every reference to an event under its new number.

use super::{EditError, Note, Reference, instants::renumber_state, rows::Row};
use crate::show::{
    desk::{Act, SAID_FROM},
    protocol::Event,
    tape::Item,
};

/// Old numbers of one run of an epoch, in their order, with the new ones; none for an event that is gone.
#[derive(Default)]
struct Numbers(Vec<(u64, Option<u64>)>);

impl Numbers {
    /// The new number; none where the event is gone or was never there.
    fn of(&self, old: u64) -> Option<u64> {
        let behind = self.0.partition_point(|(known, _)| *known <= old);
        let Some(before) = behind.checked_sub(1).and_then(|index| self.0.get(index)) else {
            // Before the tape begins nothing is counted anew.
            return Some(old);
        };
        if before.0 == old {
            return before.1;
        }
        // Not on the tape: known by a snapshot where the numbers round it kept their distance.
        let (from, (to, there)) = (before.1?, *self.0.get(behind)?);
        (to - before.0 == there?.checked_sub(from)?).then(|| from + (old - before.0))
    }

    /// The same for what must have a number: that of the last event that is still there.
    fn near(&self, old: u64) -> u64 {
        let behind = self.0.partition_point(|(known, _)| *known <= old);
        let before = self.0.iter().take(behind).rev().find_map(|(_, new)| *new);
        self.of(old).or(before).unwrap_or(old)
    }

    fn moved(&self) -> bool {
        self.0.iter().any(|(old, new)| *new != Some(*old))
    }
}

/// Numbers the rows, takes the dropped ones out and keeps what refers to an event referring to it.
pub(super) fn numbered(mut rows: Vec<Row>, notes: &mut Vec<Note>) -> Result<Vec<Row>, EditError> {
    joins(&rows)?;
    let mut from = 0;
    while let Some(of_run) = rows.get(from..).map(run_length).filter(|length| *length > 0) {
        if let Some(run) = rows.get_mut(from..from + of_run) {
            let numbers = count(run, notes);
            refer(run, &numbers, notes);
        }
        from += of_run;
    }
    rows.retain(|row| !row.gone);
    // Of two snapshots after the same event the last counts.
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        let same = |last: &Row| {
            last.is_snapshot()
                && row.is_snapshot()
                && (last.item.epoch(), last.item.seq()) == (row.item.epoch(), row.item.seq())
        };
        if kept.last().is_some_and(same) {
            kept.pop();
        }
        kept.push(Row { fresh: false, ..row });
    }
    Ok(kept)
}

/// How many rows from the first are of its run: of its epoch, up to a state that sets the log back.
fn run_length(rows: &[Row]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    let mut told = 0;
    let own = |row: &&Row| {
        let set_back = row.is_snapshot() && row.item.seq() < told;
        if !row.fresh && !row.is_act() {
            told = told.max(row.item.seq());
        }
        row.item.epoch() == first.item.epoch() && !set_back
    };
    rows.iter().take_while(own).count()
}

/// Refuses what would make one epoch of two recordings of it: a snapshot begins the second, and its numbers are its own.
fn joins(rows: &[Row]) -> Result<(), EditError> {
    let mut between = None;
    for (former, (step, row)) in rows.iter().zip(rows.iter().enumerate().skip(1)) {
        let other = former.item.epoch() != row.item.epoch();
        if former.gone {
            between = between.or(Some(step - 1));
        } else {
            between = None;
        }
        let Some(first) = between.filter(|_| other && !row.gone) else { continue };
        let before = first.checked_sub(1).and_then(|index| rows.get(index));
        if before.is_some_and(|before| before.item.epoch() == row.item.epoch()) {
            return Err(EditError::Joins { step: first, epoch: row.item.epoch().to_owned() });
        }
    }
    Ok(())
}

/// Gives a run its numbers: from its first one on, without a gap.
fn count(run: &mut [Row], notes: &mut Vec<Note>) -> Numbers {
    let mut numbers = Numbers::default();
    let first = run.iter().find(|row| !row.fresh && !row.is_act()).map(|row| row.item.seq());
    let (mut old, mut new): (Option<u64>, Option<u64>) = (None, None);
    for row in run {
        let own = row.item.seq();
        let next = new.map_or(first.unwrap_or(1).max(1), |new| new + 1);
        match &mut row.item {
            Item::Event(entry) if row.fresh => {
                entry.env.seq = next;
                new = Some(next);
            }
            Item::Event(entry) => {
                if let Some(former) = old.filter(|former| former + 1 < own) {
                    notes.push(Note::Closed { from: former + 1, to: own - 1 });
                }
                old = Some(own);
                if row.gone {
                    numbers.0.push((own, None));
                } else {
                    entry.env.seq = next;
                    numbers.0.push((own, Some(next)));
                    new = Some(next);
                }
            }
            Item::Snapshot(snapshot) => {
                // A state may hold events that the tape does not: it keeps its distance.
                let ahead = own.saturating_sub(old.unwrap_or(own));
                let next = new.map_or(own, |new| new + ahead);
                snapshot.at_seq = next;
                if numbers.0.last().is_none_or(|last| last.0 < own) {
                    numbers.0.push((own, Some(next)));
                }
                (old, new) = (Some(own), Some(next));
            }
            // It stays behind what it stood behind.
            Item::Act(acted) => {
                acted.act.after = new.unwrap_or_else(|| first.map_or(own, |first| own.min(first.saturating_sub(1))));
            }
        }
    }
    numbers
}

/// Puts the new numbers where the old ones stood.
fn refer(run: &mut [Row], numbers: &Numbers, notes: &mut Vec<Note>) {
    let moved = numbers.moved();
    for row in run.iter_mut().filter(|row| !row.gone && (moved || row.fresh)) {
        match &mut row.item {
            Item::Event(entry) => {
                let seq = entry.env.seq;
                let mut dangling = |reference| notes.push(Note::Dangling { seq, reference });
                let mut renewed = |old: Option<u64>, reference| {
                    let new = old.and_then(|old| numbers.of(old));
                    if old.is_some() && new.is_none() {
                        dangling(reference);
                    }
                    new
                };
                entry.env.cause = renewed(entry.env.cause, Reference::Cause);
                entry.env.corrects = renewed(entry.env.corrects, Reference::Corrects);
                if let Event::AppealOpened(appeal) = &mut entry.env.event {
                    let subject = Some(appeal.subject_seq).filter(|seq| *seq > 0);
                    appeal.subject_seq = renewed(subject, Reference::Subject).unwrap_or(0);
                }
            }
            Item::Snapshot(snapshot) => {
                *snapshot.state = renumber_state(&snapshot.state, &|old| numbers.near(old));
                snapshot.state.seq = snapshot.at_seq;
            }
            Item::Act(acted) => match &mut acted.act.act {
                Act::Take { through } => *through = numbers.near(*through),
                Act::Say(said) => {
                    let of_feed = said.corrects.filter(|of| *of < SAID_FROM);
                    if let Some(of) = of_feed {
                        said.corrects = numbers.of(of);
                    }
                    if of_feed.is_some() && said.corrects.is_none() {
                        let seq = SAID_FROM + acted.act.n;
                        notes.push(Note::Dangling { seq, reference: Reference::Corrects });
                    }
                }
                _ => {}
            },
        }
    }
}

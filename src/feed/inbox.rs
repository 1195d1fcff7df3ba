//! The order of the log: duplicates, late frames, gaps, epochs, and the place of what could not be read.
//!
//! Pure: time is handed in. What leaves here is gap-free as far as the server can make it so; where it cannot, the
//! inbox asks again (resume), then for the whole (snapshot), then goes on without what is missing and says so. A log that
//! ends before what came of it was set back: what the server sends from then on counts, as with a new epoch.

use std::collections::BTreeMap;

pub use super::delivery::{Counts, Delivery, Need, Note};
use crate::show::{
    protocol::{
        Envelope,
        control::{Resume, Snapshot, Welcome, WelcomeMode},
    },
    state::Show,
};

/// Events that are held behind a gap, or before the first that can be read. More are not waited with.
const HELD: usize = 4096;
/// Former epochs whose late frames are known as such.
const PAST: usize = 16;

#[derive(Debug)]
enum Slot {
    Event {
        env: Box<Envelope>,
        rx_us: i64,
    },
    /// Refused, and why: its place is taken.
    Refused(String),
}

/// The reading position in the log and what waits behind a gap.
#[derive(Debug, Default)]
pub struct Inbox {
    hold_us: i64,
    epoch: Option<String>,
    /// The last seq that is done with; 0 at the start.
    seq: u64,
    past: Vec<String>,
    held: BTreeMap<u64, Slot>,
    /// When a gap is given up on.
    deadline_us: Option<i64>,
    /// Position at which the log could not be read on, and how often.
    stuck: (u64, u32),
    /// Asked for the whole: the log from its start is no duplicate.
    replay_until: u64,
    awaiting_snapshot: bool,
    /// The show still holds a former epoch, or a log that was set back: the first event of this one discards it.
    outdated: bool,
    /// What was skipped until then: on the tape it stands behind the state with which this log begins.
    early: Vec<Delivery>,
    counts: Counts,
    out: Vec<Delivery>,
    notes: Vec<Note>,
}

impl Inbox {
    /// Holds late frames for `hold_us`; `resume` is what the journal has already.
    pub fn new(hold_us: i64, resume: Option<Resume>) -> Self {
        let (epoch, seq) = resume.map_or((None, 0), |resume| (Some(resume.epoch), resume.seq));
        Self { hold_us, epoch, seq, ..Self::default() }
    }

    /// Where to resume; none before the first epoch is known.
    pub fn position(&self) -> Option<Resume> {
        self.epoch.clone().map(|epoch| Resume { epoch, seq: self.seq })
    }

    /// The last seq that is done with.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Whether this is the epoch that is read.
    pub fn is_in(&self, epoch: &str) -> bool {
        self.epoch.as_deref() == Some(epoch)
    }

    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// When [`Inbox::expire`] wants to be called, on the clock of `now_us`.
    pub const fn deadline_us(&self) -> Option<i64> {
        self.deadline_us
    }

    /// Takes what can go on now.
    pub fn deliveries(&mut self) -> Vec<Delivery> {
        std::mem::take(&mut self.out)
    }

    /// Takes what is to be told.
    pub fn notes(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// A connection was welcomed after asking with (`resumed`) or without a position.
    ///
    /// Where the log ends is the server's to say. Where that is before what came of it, the log was set back, or a number
    /// had gone astray: then all is asked for, and what comes takes the place of all that came.
    pub fn welcome(&mut self, welcome: &Welcome, resumed: bool, now_us: i64) -> Option<Need> {
        self.awaiting_snapshot = welcome.mode == WelcomeMode::Snapshot;
        self.deadline_us = None;
        if !self.is_in(&welcome.epoch) {
            self.enter(&welcome.epoch);
        }
        // What lies beyond the log's end comes again with its tail, if it is of this log at all.
        self.held.retain(|seq, _| *seq <= welcome.head);
        if welcome.head < self.seq {
            if resumed && !self.awaiting_snapshot {
                // The tail behind a position that the log does not have is nothing.
                return Some(Need::Snapshot);
            }
            self.set_back(welcome.head);
        }
        self.replay_until = if resumed { 0 } else { self.seq };
        if !self.held.is_empty() && !self.awaiting_snapshot {
            // The tail begins with what is missing; four times the hold is ample for a server that has it.
            self.deadline_us = Some(now_us + 4 * self.hold_us);
        }
        None
    }

    /// A snapshot. An older one than what is held is ignored: its tail brings nothing new.
    pub fn snapshot(&mut self, snapshot: Snapshot, now_us: i64, rx_us: i64) {
        let Snapshot { at_seq, mut state } = snapshot;
        // A state that leaves out its place in the log has the message's: the next event continues it.
        if state.epoch.is_empty() {
            state.epoch = self.epoch.clone().unwrap_or_default();
        }
        if state.seq == 0 {
            state.seq = at_seq;
        }
        self.awaiting_snapshot = false;
        if self.epoch.as_deref() != Some(state.epoch.as_str()) {
            let epoch = state.epoch.clone();
            self.enter(&epoch);
        }
        if at_seq < self.seq {
            self.settle(now_us);
            return;
        }
        self.seq = at_seq;
        self.outdated = false;
        self.early.clear();
        self.held = self.held.split_off(&(at_seq.saturating_add(1)));
        self.out.push(Delivery::Snapshot { at_seq, show: state, rx_us });
        self.settle(now_us);
    }

    /// An event. `now_us` is the local clock of the deadlines, `rx_us` goes with the event.
    pub fn event(&mut self, env: Box<Envelope>, now_us: i64, rx_us: i64) -> Option<Need> {
        if self.epoch.as_deref() != Some(env.epoch.as_str()) {
            if self.past.contains(&env.epoch) {
                self.counts.stale += 1;
                return None;
            }
            self.enter(&env.epoch);
            if env.seq != 1 {
                return Some(Need::Snapshot);
            }
        }
        let seq = env.seq;
        self.place(seq, Slot::Event { env, rx_us }, now_us)
    }

    /// A message that was refused, with the seq it would have had. Its place in the log is taken.
    pub fn refused(&mut self, epoch: Option<&str>, seq: u64, reason: String, now_us: i64) -> Option<Need> {
        if epoch.is_some_and(|epoch| self.epoch.as_deref() != Some(epoch)) {
            return None;
        }
        self.place(seq, Slot::Refused(reason), now_us)
    }

    /// A message was refused that had no place in the log; it may have been the snapshot that is waited for.
    pub fn unplaced(&mut self, now_us: i64) {
        self.awaiting_snapshot = false;
        self.settle(now_us);
    }

    /// The deadline has come.
    pub fn expire(&mut self, now_us: i64) -> Option<Need> {
        self.deadline_us.filter(|deadline| *deadline <= now_us)?;
        self.deadline_us = None;
        self.awaiting_snapshot = false;
        let first = self.held.keys().next().copied()?;
        let (from, to) = (self.seq + 1, first - 1);
        self.counts.gaps += 1;
        match self.stuck_again() {
            0 => {
                self.notes.push(Note::Gap { from, to });
                Some(Need::Resume)
            }
            1 => Some(Need::Snapshot),
            _ => {
                self.counts.lost += first - from;
                self.notes.push(Note::GapUnfilled { from, to });
                self.skip(to, "never came".to_owned());
                self.settle(now_us);
                None
            }
        }
    }

    /// The connection broke on a message that cannot be read at all, before `head` was reached.
    pub fn broken(&mut self, head: u64, now_us: i64) -> Need {
        match self.stuck_again() {
            0 => Need::Resume,
            1 => Need::Snapshot,
            _ => {
                if self.seq < head {
                    self.skip(self.seq + 1, "its message broke the connection".to_owned());
                    self.counts.lost += 1;
                    self.notes.push(Note::GapUnfilled { from: self.seq, to: self.seq });
                    self.settle(now_us);
                }
                Need::Resume
            }
        }
    }

    /// How often the log has stuck here before.
    fn stuck_again(&mut self) -> u32 {
        if self.stuck.0 != self.seq || self.stuck.1 == 0 {
            self.stuck = (self.seq, 0);
        }
        self.stuck.1 += 1;
        self.stuck.1 - 1
    }

    fn enter(&mut self, epoch: &str) {
        if let Some(former) = self.epoch.replace(epoch.to_owned()) {
            self.notes.push(Note::Epoch { from: former.clone(), to: epoch.to_owned() });
            self.past.retain(|past| past != epoch);
            self.past.push(former);
            if self.past.len() > PAST {
                self.past.remove(0);
            }
            self.outdated = true;
        }
        self.begin();
    }

    /// The log ends before what came of it.
    fn set_back(&mut self, head: u64) {
        self.notes.push(Note::Shorter { from: self.seq, to: head });
        self.outdated = true;
        self.begin();
    }

    /// The log is read from its start.
    fn begin(&mut self) {
        self.seq = 0;
        self.held.clear();
        self.early.clear();
        self.deadline_us = None;
        self.stuck = (0, 0);
        self.replay_until = 0;
    }

    fn place(&mut self, seq: u64, slot: Slot, now_us: i64) -> Option<Need> {
        if seq <= self.seq {
            self.counts.duplicates += u64::from(seq > self.replay_until);
            return None;
        }
        if self.held.insert(seq, slot).is_some() {
            self.counts.duplicates += 1;
        }
        self.settle(now_us);
        if self.held.len() > HELD {
            self.deadline_us = Some(now_us);
            return self.expire(now_us);
        }
        None
    }

    /// Goes on without what comes up to and with `to`.
    fn skip(&mut self, to: u64, reason: String) {
        let (epoch, from) = (self.epoch.clone().unwrap_or_default(), self.seq + 1);
        self.seq = to;
        self.early.push(Delivery::Skipped { epoch, from, to, reason });
        // Not without end: a log may hold nothing that can be read.
        if !self.outdated || self.early.len() > HELD {
            self.out.append(&mut self.early);
        }
    }

    /// Delivers what follows without a gap, and watches the gap that remains.
    fn settle(&mut self, now_us: i64) {
        while let Some(slot) = self.held.remove(&(self.seq + 1)) {
            self.deadline_us = None;
            match slot {
                Slot::Event { env, rx_us } => {
                    self.seq += 1;
                    if std::mem::take(&mut self.outdated) {
                        let show = Box::new(Show { epoch: env.epoch.clone(), ..Show::default() });
                        self.out.push(Delivery::Snapshot { at_seq: 0, show, rx_us });
                        self.out.append(&mut self.early);
                    }
                    self.out.push(Delivery::Event { env, rx_us });
                }
                Slot::Refused(reason) => self.skip(self.seq + 1, reason),
            }
        }
        if self.held.is_empty() {
            self.deadline_us = None;
        } else if self.deadline_us.is_none() && !self.awaiting_snapshot {
            self.deadline_us = Some(now_us + self.hold_us);
        }
    }
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;

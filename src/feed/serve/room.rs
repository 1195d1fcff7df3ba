//! What all peers share: the log so far, the state it folds into, the clock, and word of what is new.
//!
//! There is no queue per peer: each walks the one log at its own pace, so that a slow one costs nobody anything.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use tokio::{sync::watch, time::Instant};
use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::show::{
    protocol::{
        Envelope,
        control::{Control, Resume, Snapshot},
        limits::MESSAGE_BYTES,
    },
    state::Show,
};

/// How far the log is. Peers wait for it to change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::feed) struct Head {
    /// Grows with each epoch.
    pub turn: u64,
    pub seq: u64,
    /// No event will follow.
    pub over: bool,
}

#[derive(Debug, Default)]
struct Log {
    /// Events as they are sent; the last has the head's seq.
    lines: VecDeque<Utf8Bytes>,
    show: Show,
}

/// Where a peer begins.
#[derive(Debug)]
pub(in crate::feed) enum Entry {
    /// Behind this seq of the log.
    Log { seq: u64 },
    /// With the whole; `expired` when it had asked for a part of the log that is not held.
    Whole { whole: Whole, expired: bool },
}

/// A snapshot as it is sent.
#[derive(Debug)]
pub(in crate::feed) struct Whole {
    pub turn: u64,
    pub at_seq: u64,
    pub text: Utf8Bytes,
}

pub(in crate::feed) struct Room {
    log: Mutex<Log>,
    head: watch::Sender<Head>,
    /// Events that are held for those who resume.
    keep: usize,
    since: Instant,
    start_us: i64,
    /// How far the clock has been set on, or back.
    set_us: AtomicI64,
}

impl Room {
    /// A room whose clock shows `start_us` now.
    pub fn new(start_us: i64, keep: usize) -> Self {
        let head = watch::Sender::new(Head::default());
        Self {
            log: Mutex::default(),
            head,
            keep: keep.max(1),
            since: Instant::now(),
            start_us,
            set_us: AtomicI64::new(0),
        }
    }

    /// The server's clock, µs since the Unix epoch: it runs on from the tape's instant at which the room opened.
    pub fn now_us(&self) -> i64 {
        let passed_us = i64::try_from(self.since.elapsed().as_micros()).unwrap_or(i64::MAX / 2);
        self.start_us + passed_us + self.set_us()
    }

    /// How far its clock has been set.
    pub fn set_us(&self) -> i64 {
        self.set_us.load(Ordering::SeqCst)
    }

    /// Sets its clock that much on, or back, altogether.
    pub fn set_clock(&self, by_us: i64) {
        self.set_us.store(by_us, Ordering::SeqCst);
    }

    /// When the clock, had it not been set, shows `at_us`.
    pub fn instant(&self, at_us: i64) -> Instant {
        self.since + std::time::Duration::from_micros(u64::try_from(at_us - self.start_us).unwrap_or(0))
    }

    pub fn watch(&self) -> watch::Receiver<Head> {
        self.head.subscribe()
    }

    /// A new epoch: an empty log and an empty show.
    pub fn open(&self, epoch: &str) {
        let mut log = self.log();
        *log = Log { lines: VecDeque::new(), show: Show { epoch: epoch.to_owned(), ..Show::default() } };
        self.head.send_modify(|head| *head = Head { turn: head.turn + 1, seq: 0, over: false });
    }

    /// The next event.
    pub fn push(&self, env: &Envelope) -> Result<(), serde_json::Error> {
        let line = serde_json::to_string(env)?;
        let mut log = self.log();
        log.lines.push_back(line.into());
        while log.lines.len() > self.keep {
            log.lines.pop_front();
        }
        log.show.apply(env);
        self.head.send_modify(|head| head.seq = env.seq);
        Ok(())
    }

    /// The whole state: the log goes on behind it, and who is not there yet gets it whole.
    pub fn replace(&self, show: &Show) {
        let mut log = self.log();
        *log = Log { lines: VecDeque::new(), show: show.clone() };
        self.head.send_modify(|head| head.seq = show.seq);
    }

    /// The tape is at its end.
    pub fn close(&self) {
        self.head.send_modify(|head| head.over = true);
    }

    /// The epoch, how far it is, and where one who asks for `resume` begins.
    pub fn enter(&self, resume: Option<&Resume>) -> Result<(String, Head, Entry), serde_json::Error> {
        let log = self.log();
        let head = *self.head.borrow();
        let known = resume.filter(|resume| resume.epoch == log.show.epoch);
        let first = head.seq + 1 - log.lines.len() as u64;
        let entry = match known {
            Some(resume) if resume.seq <= head.seq && resume.seq + 1 >= first => Entry::Log { seq: resume.seq },
            _ if head.seq == 0 => Entry::Log { seq: 0 },
            _ => {
                let whole = whole(head.turn, &log)?;
                // A state that is too large for one message is told as the log that made it, while that is held.
                if whole.text.len() > MESSAGE_BYTES && first == 1 {
                    Entry::Log { seq: 0 }
                } else {
                    Entry::Whole { whole, expired: known.is_some() }
                }
            }
        };
        Ok((log.show.epoch.clone(), head, entry))
    }

    /// The whole state now.
    pub fn whole(&self) -> Result<Whole, serde_json::Error> {
        let log = self.log();
        whole(self.head.borrow().turn, &log)
    }

    /// At most `most` lines behind `seq` of this turn. None when they are no longer held.
    pub fn lines(&self, turn: u64, seq: u64, most: usize) -> Option<Vec<Utf8Bytes>> {
        let log = self.log();
        let head = *self.head.borrow();
        let behind = usize::try_from(head.seq.checked_sub(seq)?).ok()?;
        let skip = log.lines.len().checked_sub(behind)?;
        (head.turn == turn).then(|| log.lines.iter().skip(skip).take(most).cloned().collect())
    }

    /// A panic elsewhere leaves a log that is still a log.
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn whole(turn: u64, log: &Log) -> Result<Whole, serde_json::Error> {
    let at_seq = log.show.seq;
    let snapshot = Control::Snapshot(Snapshot { at_seq, state: Box::new(log.show.clone()) });
    Ok(Whole { turn, at_seq, text: serde_json::to_string(&snapshot)?.into() })
}

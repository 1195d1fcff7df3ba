//! What the operator sees of the connection, and the ledger of problems behind it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{clock::ClockStatus, inbox::Counts, problem::FeedProblem};

/// Kinds of problems that are told apart; what comes beyond is counted with the last.
const KINDS: usize = 256;

/// What the connection is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedState {
    #[default]
    Connecting,
    Connected,
    /// Between two tries; the pause was this long when it began.
    Waiting {
        pause: Duration,
    },
    /// The server said `end`: the show is over.
    Ended,
    Stopped,
}

/// A kind of problem, how often it came, and how it looked last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemCount {
    pub last: FeedProblem,
    pub count: u64,
}

/// The connection's figures at one instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedHealth {
    pub state: FeedState,
    /// Without a query: what might be secret is not here.
    pub url: String,
    pub clock: ClockStatus,
    pub epoch: Option<String>,
    /// The last event that was handed on.
    pub seq: u64,
    /// The server's last seq, as far as it has said so.
    pub head: u64,
    pub order: Counts,
    /// Messages that were refused, and among them events of unknown type.
    pub refused: u64,
    pub unknown: u64,
    /// Connections after the first.
    pub reconnects: u64,
    /// Items waiting for the app.
    pub queue_len: usize,
    /// The feed waits for the app to take items.
    pub held_back: bool,
    /// When the last message came, on the feed's clock, µs.
    pub last_message_us: Option<i64>,
    /// In the order of their first appearance.
    pub problems: Vec<ProblemCount>,
}

/// The ledger that the connection writes and the console reads. Locked for a copy, never across a wait.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger(Arc<Mutex<FeedHealth>>);

impl Ledger {
    pub fn new(url: String) -> Self {
        Self(Arc::new(Mutex::new(FeedHealth { url, ..FeedHealth::default() })))
    }

    pub fn read(&self) -> FeedHealth {
        self.with(|health| health.clone())
    }

    /// A panic elsewhere leaves figures, not a broken invariant: they are read on.
    pub fn with<T>(&self, change: impl FnOnce(&mut FeedHealth) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts a problem.
    pub fn note(&self, problem: &FeedProblem) {
        self.with(|health| {
            let kind = problem.kind();
            let full = health.problems.len() >= KINDS;
            let known = health.problems.iter_mut().find(|known| known.last.kind() == kind);
            if let Some(known) = known {
                known.count += 1;
                known.last = problem.clone();
            } else if full {
                if let Some(last) = health.problems.last_mut() {
                    last.count += 1;
                }
            } else {
                health.problems.push(ProblemCount { last: problem.clone(), count: 1 });
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_counted_by_kind() {
        let ledger = Ledger::new("ws://x".to_owned());
        ledger.note(&FeedProblem::Gap { from: 1, to: 2 });
        ledger.note(&FeedProblem::Gap { from: 5, to: 5 });
        ledger.note(&FeedProblem::Binary { bytes: 3 });
        let problems = ledger.read().problems;
        assert_eq!(problems[0], ProblemCount { last: FeedProblem::Gap { from: 5, to: 5 }, count: 2 });
        assert_eq!(problems.len(), 2);
    }
}

//! The last events that reached the show, for the operator's eyes.

use std::collections::VecDeque;

use crate::show::protocol::Envelope;

/// One event as the console lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: i64,
    pub name: &'static str,
}

/// Newest last, at most [`Log::KEPT`].
#[derive(Debug, Default)]
pub struct Log {
    lines: VecDeque<LogLine>,
    total: u64,
}

impl Log {
    pub const KEPT: usize = 500;

    pub(super) fn push(&mut self, env: &Envelope) {
        if self.lines.len() == Self::KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(LogLine { seq: env.seq, at: env.at, name: env.event.name() });
        self.total += 1;
    }

    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &LogLine> {
        self.lines.iter()
    }

    /// How many there were altogether.
    pub const fn total(&self) -> u64 {
        self.total
    }
}

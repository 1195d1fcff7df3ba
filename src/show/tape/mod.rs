//! The tape: a show as it was recorded, line by line, and the way to any instant of it.
//!
//! Newline-delimited JSON: a header, then a line an event, a snapshot or the place of skipped events (protocol.md §5).
//! Reading never gives up on a tape because of a line: what cannot be read is named by its number and left out. Files
//! are `journal`'s business, not this room's.

pub mod edit;
mod line;
pub mod marks;
mod moments;
mod order;
mod step;
mod text;
mod timeline;

#[cfg(test)]
mod snapshot_tests;
#[cfg(test)]
mod tests;

pub use line::{act_line, entry_line, header_line, skipped_line, snapshot_line};
pub use moments::{Moment, moments};
pub use step::Step;
pub use timeline::Timeline;

use serde::{Deserialize, Serialize};

use super::{
    desk::DeskAct,
    limits::FINDINGS,
    protocol::Envelope,
    state::Show,
    time::{Instant, SpanUs},
    told::told,
};

/// The tape format this program writes and reads.
pub const VERSION: u32 = 1;

/// The first line. Further fields are allowed and ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// [`VERSION`].
    pub tape: u32,
    /// What was recorded, as a person names it.
    #[serde(default)]
    pub show: String,
    /// Which program wrote it.
    #[serde(default)]
    pub made_by: String,
}

/// Who sent an event: the scoring system, or the operator at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    Feed,
    Desk,
}

/// One recorded event.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// When it arrived, µs since the Unix epoch.
    pub rx: i64,
    pub env: Envelope,
}

/// One act of the operator.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// When it was written, µs since the Unix epoch.
    pub rx: i64,
    pub act: DeskAct,
}

/// One recorded snapshot: the whole state, which replaces what was folded before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// When it arrived, µs since the Unix epoch.
    pub rx: i64,
    /// Its instant: the state's own `at`; where the state names none, that of what follows, else `rx`.
    pub at: Instant,
    /// The last event that the state holds; 0 for the empty state before an epoch's first event.
    pub at_seq: u64,
    pub state: Box<Show>,
}

/// Events that the feed could not give: refused, of a type unknown then, or never come. The show went on without them,
/// so nothing is missing where they would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Where it stands in the file, from 1.
    pub line: usize,
    /// When that was decided, µs since the Unix epoch.
    pub rx: i64,
    pub epoch: String,
    /// The first seq.
    pub from: u64,
    /// The last seq, not before the first.
    pub to: u64,
    pub reason: String,
    /// The stretch of the log that it is missing in, as `order` counts them.
    run: usize,
}

/// What is folded.
enum Item {
    Event(Box<Entry>),
    Snapshot(Snapshot),
    Act(Box<Acted>),
}

/// Where a step's content is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Event(u32),
    Snapshot(u32),
    Act(u32),
}

/// What a line may hold.
enum Held {
    Item(Item),
    Skipped(Skipped),
}

/// What was read, and what could not be. The fold is that of [`Tape::steps`], not of the events alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tape {
    pub header: Header,
    /// The feed's events: epochs in their order of appearance, each by `seq`, duplicates left out.
    pub entries: Vec<Entry>,
    /// The feed's snapshots, in the same order: each stands behind the event `at_seq` of its epoch.
    pub snapshots: Vec<Snapshot>,
    /// What the feed could not give, by stretch of the log and seq; none lies within another.
    pub skipped: Vec<Skipped>,
    /// The operator's acts, in the order in which they were done.
    pub acts: Vec<Acted>,
    pub problems: Vec<Problem>,
    /// The order of the fold: an act stands behind the event it followed.
    order: Vec<Slot>,
    /// The feed's last stretch of a log, and the step at which it begins.
    last_run: usize,
    last_from: usize,
    /// `at` of the first and of the last of them, not always in their order.
    bounds: Option<(Instant, Instant)>,
}

/// Something on the tape that is not as it should be; the rest of the tape is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error(
        "line {line}: the last line is torn ({bytes} bytes, {reason}); it is ignored, the show up to it is complete"
    )]
    Torn { line: usize, bytes: usize, reason: String },
    #[error("line {line}: skipped: {reason}")]
    Line { line: usize, reason: String },
    #[error("line 1: no header (`{{\"tape\":{VERSION},…}}`): {reason}; the tape is read without one")]
    NoHeader { reason: String },
    #[error("line {line} and on: {count} more lines cannot be read; they are skipped")]
    More { line: usize, count: usize },
    #[error("line {line}: before this, events {from} to {to} are missing; what they changed is unknown")]
    Gap { line: usize, from: u64, to: u64 },
}

told!(Problem {
    Torn { line, bytes, reason } => "tape-torn",
    Line { line, reason } => "tape-line",
    NoHeader { reason } => "tape-no-header",
    More { line, count } => "tape-more",
    Gap { line, from, to } => "tape-gap",
});

/// Why a text is no tape at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TapeError {
    #[error("line 1: tape version {version}, this program reads version {VERSION}; use the program that recorded it")]
    Version { version: u32 },
    #[error(
        "not a tape: line 1 is no header ({reason}) and no line holds an event; a tape starts with {{\"tape\":{VERSION},…}}"
    )]
    NotATape { reason: String },
}

told!(TapeError {
    Version { version } => "tape-version"[own = VERSION],
    NotATape { reason } => "tape-not-a-tape",
});

impl Tape {
    /// Reads a tape.
    ///
    /// # Errors
    /// Only where nothing can be used: another version, or no header and no event. All else is a [`Problem`].
    pub fn parse(text: &str) -> Result<Self, TapeError> {
        Self::parse_bytes(text.as_bytes())
    }

    /// The same from bytes: a line that is not UTF-8 is a bad line like any other.
    ///
    /// # Errors
    /// As [`Tape::parse`].
    pub fn parse_bytes(bytes: &[u8]) -> Result<Self, TapeError> {
        let mut tape = Self::default();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let ended = bytes.ends_with(b"\n");
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        let last = lines.iter().rposition(|line| !blank(line)).unwrap_or(0);
        let (mut no_header, mut more) = (None, (0, 0));
        let mut items = Vec::new();
        for (index, raw) in lines.iter().enumerate() {
            let line = index + 1;
            if blank(raw) && index > 0 {
                continue;
            }
            if index == 0 {
                match line::header(raw)? {
                    Ok(header) => {
                        tape.header = header;
                        continue;
                    }
                    Err(reason) => {
                        no_header = Some(reason.clone());
                        tape.problems.push(Problem::NoHeader { reason });
                    }
                }
            }
            match line::item(line, raw) {
                Ok(Held::Item(item)) => items.push(item),
                Ok(Held::Skipped(skipped)) => tape.skipped.push(skipped),
                Err(reason) if index == last && !ended => {
                    tape.problems.push(Problem::Torn { line, bytes: raw.len(), reason });
                }
                Err(_) if index == 0 => {}
                Err(reason) if tape.problems.len() < FINDINGS => tape.problems.push(Problem::Line { line, reason }),
                Err(_) => more = (if more.1 == 0 { line } else { more.0 }, more.1 + 1),
            }
        }
        if let (line, count @ 1..) = more {
            tape.problems.push(Problem::More { line, count });
        }
        if let Some(reason) = no_header.filter(|_| items.is_empty() && tape.skipped.is_empty()) {
            return Err(TapeError::NotATape { reason });
        }
        tape.take(items);
        Ok(tape)
    }

    /// `at` of the first event or snapshot.
    pub fn first_at(&self) -> Option<Instant> {
        self.bounds.map(|(first, _)| first)
    }

    /// `at` of the last event or snapshot.
    pub fn last_at(&self) -> Option<Instant> {
        self.bounds.map(|(_, last)| last)
    }

    /// From the first event to the last, µs.
    pub fn duration(&self) -> SpanUs {
        self.last_at().zip(self.first_at()).map_or(0, |(last, first)| last.saturating_sub(first))
    }
}

fn blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

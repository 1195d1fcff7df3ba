//! One event that made a score, with all that the operator asks of it.
//!
//! A long evening has thousands of them: what they have in common (the round, a reason, a question) they share.

use std::sync::Arc;

use crate::show::{
    protocol::{Envelope, Event, Points, play::Outcome},
    state::Alarm,
    tape::Lane,
    time::Instant,
};

/// An event as the provenance hears it, of either lane.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    pub lane: Lane,
    /// The feed's seq, or the desk's own number.
    pub seq: u64,
    /// µs on the server's clock.
    pub at: Instant,
    pub cause: Option<u64>,
    pub corrects: Option<u64>,
    pub event: &'a Event,
}

impl<'a> Heard<'a> {
    /// As the feed sent it.
    pub const fn of(envelope: &'a Envelope) -> Self {
        Self {
            lane: Lane::Feed,
            seq: envelope.seq,
            at: envelope.at,
            cause: envelope.cause,
            corrects: envelope.corrects,
            event: &envelope.event,
        }
    }

    /// As the operator entered it; `n` is the number under which the desk says it.
    pub const fn said(n: u64, at: Instant, corrects: Option<u64>, event: &'a Event) -> Self {
        Self { lane: Lane::Desk, seq: n, at, cause: None, corrects, event }
    }
}

/// One change of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: Instant,
    pub lane: Lane,
    /// Told by a whole state and not by an event of its own: only the last change is known, with nothing before it.
    pub snapshot: bool,
    /// The sender's figures.
    pub before: Points,
    /// Where the team stood by what was told before.
    pub stood: Points,
    pub delta: Points,
    pub after: Points,
    pub reason: Arc<str>,
    pub formula: Option<Arc<str>>,
    /// What led to it, nearest first.
    pub causes: Arc<[Chained]>,
    pub whence: Whence,
    /// The event that it corrects.
    pub corrects: Option<u64>,
    /// The event that corrected it.
    pub corrected: Option<Mended>,
    /// Entered at the desk, and no longer on air since the feed's own figures are back.
    pub gone: bool,
    /// What does not add up, as it was told when it came.
    pub alarms: Vec<Alarm>,
}

impl Origin {
    /// Whether its figures follow from each other, from the rules, and from what was told before.
    pub fn adds_up(&self) -> bool {
        let sums = self.before + self.delta == self.after || self.corrects.is_some();
        self.alarms.is_empty() && sums && (self.snapshot || self.corrects.is_some() || self.before == self.stood)
    }
}

/// What was being played.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whence {
    pub round: Option<Arc<Played>>,
    /// The question's id.
    pub question: Option<Arc<str>>,
    /// Its number for this team, from 1, where the feed counts them.
    pub question_no: Option<u32>,
    /// The verdict's event and what it said.
    pub verdict: Option<(u64, Outcome)>,
    /// The value that was at stake.
    pub value: Option<Points>,
    /// The N of `10 + N` and of `−N`.
    pub n: Option<u32>,
}

/// A round by its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    pub id: String,
    pub name: String,
    pub subtitle: String,
}

/// One event in a chain of causes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chained {
    pub seq: u64,
    /// None where it is too long ago to be remembered.
    pub at: Option<Instant>,
    /// The event's wire name; empty where it is not remembered.
    pub event: &'static str,
    /// Of a verdict.
    pub outcome: Option<Outcome>,
    /// What caused it in turn.
    pub cause: Option<u64>,
}

/// By which event, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mended {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: Instant,
}

//! Why an edit is refused, and what the operator should know of one that was made.

use std::fmt;

use crate::show::{
    protocol::ProtocolError,
    time::SpanUs,
    told::{Told, Words, told},
};

/// Why an edit cannot be made; the draft is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("step {step} does not exist, the tape has {count}; choose one of them")]
    NoStep { step: usize, count: usize },
    #[error("step {step} is a snapshot, the whole state; edit the events before or behind it")]
    Snapshot { step: usize },
    #[error("step {step} is no event of the feed; it can be dropped or delayed, not changed")]
    NotAnEvent { step: usize },
    #[error("{hours} hours away; an edit moves by a day at most")]
    Far { hours: i64 },
    #[error("without step {step} two recordings of \"{epoch}\" would run into each other; drop one of them whole")]
    Joins { step: usize, epoch: String },
    #[error("{0}")]
    Event(ProtocolError),
}

told!(EditError {
    NoStep { step, count } => "edit-no-step",
    Snapshot { step } => "edit-snapshot",
    NotAnEvent { step } => "edit-not-an-event",
    Far { hours } => "edit-far",
    Joins { step, epoch } => "edit-joins",
    ; Event
});

/// What an event says of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    Cause,
    Corrects,
    /// The event that an appeal is about.
    Subject,
}

impl Reference {
    /// The field's wire name.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Cause => "cause",
            Self::Corrects => "corrects",
            Self::Subject => "subject_seq",
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.field())
    }
}

/// What an edit did besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Time never goes back, so it was moved by less.
    Clamped { wanted_us: SpanUs, got_us: SpanUs },
    /// Event `seq` (as it is now) spoke of an event that is gone; it no longer does.
    Dangling { seq: u64, reference: Reference },
    /// The event has no such field: it is left out.
    Ignored { field: String },
    /// Events that the original lacks: the numbers close over them.
    Closed { from: u64, to: u64 },
    /// A snapshot replaces the whole state there: the edit has no effect behind that step.
    Replaced { step: usize },
}

impl Told for Note {
    fn words(&self) -> Words {
        match self {
            Self::Clamped { wanted_us, got_us } => Words::new("edit-clamped")
                .with("wanted", wanted_us.saturating_div(1_000))
                .with("got", got_us.saturating_div(1_000)),
            Self::Dangling { seq, reference } => {
                Words::new("edit-dangling").with("seq", seq).with("field", reference.field())
            }
            Self::Ignored { field } => Words::new("edit-ignored").with("field", field),
            Self::Closed { from, to } => Words::new("edit-closed").with("from", from).with("to", to),
            Self::Replaced { step } => Words::new("edit-replaced").with("step", step),
        }
    }
}

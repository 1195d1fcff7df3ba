//! What is worth a mark on the seek bar: rounds, questions, verdicts, and where the figures do not add up.

use crate::{
    director::Transport,
    show::{
        protocol::{Event, play::Outcome},
        tape::Step,
    },
};

/// What is marked.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A round, with its name.
    Round(String),
    Question,
    Verdict(Outcome),
    /// An act of the operator.
    Desk,
    /// A line of the tape that was skipped, or events that are missing before it.
    Problem,
}

/// A place on the tape.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// µs after the tape's first instant.
    pub position_us: i64,
    pub kind: Kind,
}

/// All of a tape, in its order.
pub fn read(tape: &Transport) -> Vec<Mark> {
    let recorded = tape.timeline().tape();
    let mut marks = Vec::new();
    let start_us = tape.start_us();
    let mut last = 0;
    for step in recorded.steps(0, recorded.step_count()) {
        let position_us = step.at().saturating_sub(start_us);
        let kind = match step {
            Step::Event(entry) => {
                // A number that is left out: what it changed is unknown.
                if entry.env.seq > last + 1 && last > 0 {
                    marks.push(Mark { position_us, kind: Kind::Problem });
                }
                last = entry.env.seq;
                match &entry.env.event {
                    Event::RoundOpened(round) => Kind::Round(round.name.clone()),
                    Event::QuestionShown(_) => Kind::Question,
                    Event::VerdictGiven(verdict) => Kind::Verdict(verdict.outcome),
                    _ => continue,
                }
            }
            Step::Act(_) => Kind::Desk,
            Step::Snapshot(snapshot) => {
                last = snapshot.at_seq;
                continue;
            }
        };
        marks.push(Mark { position_us, kind });
    }
    marks
}

//! The sound of a whole tape: what is heard in one go, as it would have been heard live.

use super::{Course, CueTimes, between};
use crate::show::{
    cue::ScheduledCue,
    desk::Air,
    tape::{Step, Timeline},
    time::Instant,
};

/// All cues of a stretch of a tape, and how loud the stems are along it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    pub cues: Vec<ScheduledCue>,
    pub course: Course,
}

impl Programme {
    /// From the tape's beginning to `to`: between two instants at which something happened, the program's facts stand. What
    /// a snapshot brings has been heard before it, or never: it is silent.
    pub fn of(timeline: &Timeline, times: &CueTimes, to: Instant) -> Self {
        let tape = timeline.tape();
        let mut air = Air::default();
        let mut programme = Self::default();
        let mut done = 0;
        while let Some(from) = tape.step(done).map(Step::at).filter(|from| *from < to) {
            let due = timeline.index_at(from).max(done + 1);
            let mut heard = from;
            for step in tape.steps(done, due) {
                step.fold(&mut air);
                if matches!(step, Step::Snapshot(snapshot) if snapshot.at_seq > 0) {
                    heard = from + 1;
                }
            }
            let next = tape.step(due).map_or(to, |next| next.at().min(to));
            programme.cues.extend(between(air.program(), times, heard, next));
            programme.course.add(air.program(), times, from, next);
            done = due;
        }
        programme
    }
}

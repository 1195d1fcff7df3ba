//! The sound of a whole tape: what is heard in one go, as it would have been heard live.

use super::{Course, CueTimes, FilmPlay, between, films};
use crate::show::{
    clip::Clips,
    cue::ScheduledCue,
    desk::Air,
    tape::{Step, Timeline},
    time::Instant,
};

/// All cues of a stretch of a tape, the films that are heard in it, and how loud the stems are along it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    pub cues: Vec<ScheduledCue>,
    pub course: Course,
    /// In order; each from a start or a resume to the pause or the end that followed.
    pub films: Vec<FilmPlay>,
}

impl Programme {
    /// From the tape's beginning to `to`: between two instants at which something happened, the program's facts stand. What
    /// a snapshot brings has been heard before it, or never: it is silent; a film that runs in it is heard from there on.
    pub fn of(timeline: &Timeline, times: &CueTimes, to: Instant) -> Self {
        Self::with(timeline, times, &Clips::default(), to)
    }

    /// The same where it is known which films there are: only one that has a sound makes room for it, while it lasts.
    pub fn with(timeline: &Timeline, times: &CueTimes, clips: &Clips, to: Instant) -> Self {
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
            programme.course.add(air.program(), times, clips, from, next);
            for play in films(air.program(), from, next) {
                super::films::add(&mut programme.films, Some(play));
            }
            done = due;
        }
        programme
    }
}

//! The sounds of the show on air, at the theme's instants.

use super::Director;
use crate::show::{
    cue::ScheduledCue,
    cues::{self, Course, FilmPlay},
    time::Instant,
};

impl Director {
    /// The cues with `from_us ≤ at < to_us` that the show as it stands asks for, in the order they are heard.
    pub fn cues(&self, from_us: Instant, to_us: Instant) -> Vec<ScheduledCue> {
        cues::between(self.air.program(), &self.theme.cue_times(), from_us, to_us)
    }

    /// How loud the stems of the sound are from `from_us` to `to_us`, as the show stands.
    pub fn course(&self, from_us: Instant, to_us: Instant) -> Course {
        let mut course = Course::default();
        course.add(self.air.program(), &self.theme.cue_times(), self.clips(), from_us, to_us);
        course
    }

    /// The films that are heard in [`from_us`, `to_us`), as the show stands.
    pub fn films(&self, from_us: Instant, to_us: Instant) -> Vec<FilmPlay> {
        cues::films(self.air.program(), from_us, to_us)
    }
}

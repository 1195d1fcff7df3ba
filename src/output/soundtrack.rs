//! The sound of a span, mixed offline from the same cues as the live sound: same show, same samples.

use std::path::Path;

use super::{OutputError, Plan};
use crate::{
    director::{Director, Transport},
    show::cues::Programme,
    sound::{Bank, SoundSet, mixer},
};

/// Writes the sound of `plan` as WAV; a cue that began before the span goes on into it.
pub(super) fn write(director: &Director, plan: &Plan, path: &Path) -> Result<(), OutputError> {
    let Some(transport) = director.transport() else { return Ok(()) };
    let (start_us, theme) = (Transport::start_us(transport), director.theme());
    let (from, to) = (start_us + plan.from_us, start_us + plan.to_us);
    let programme = Programme::of(transport.timeline(), &theme.cue_times(), to);
    let sounds = &theme.programme().sounds;
    let (bank, faults) = Bank::render(sounds, &plan.sound_folders);
    for fault in faults {
        tracing::warn!("{fault}");
    }
    let set = SoundSet::themed(sounds);
    let frames = mixer::frames(&programme, from, to, &set, &bank);
    mixer::write_wav(path, frames).map_err(|error| OutputError::write(path, &error))
}

//! The sound of a span, mixed offline from the same cues and films as the live sound: same show, same samples.

use std::path::Path;

use super::{OutputError, Plan};
use crate::{
    director::{Director, Transport},
    show::{
        clip::{ClipKey, ClipSound},
        cues::Programme,
    },
    sound::{
        Bank, Films, SoundSet,
        mixer::{self, Kit},
    },
};

/// Writes the sound of `plan` as WAV; a cue or a film that began before the span goes on into it.
pub(super) fn write(
    director: &Director,
    plan: &Plan,
    films: &dyn Fn(&ClipKey) -> Option<ClipSound>,
    path: &Path,
) -> Result<(), OutputError> {
    let Some(transport) = director.transport() else { return Ok(()) };
    let (start_us, theme) = (Transport::start_us(transport), director.theme());
    let (from, to) = (start_us + plan.from_us, start_us + plan.to_us);
    let programme = Programme::with(transport.timeline(), &theme.cue_times(), director.clips(), to);
    let sounds = &theme.programme().sounds;
    let (bank, faults) = Bank::render(sounds, &plan.sound_folders);
    for fault in faults {
        tracing::warn!("{fault}");
    }
    let heard = programme.films.iter().filter(|play| play.to_us > from);
    let films = Films::measured(heard.map(|play| play.key), films);
    let set = SoundSet::themed(sounds);
    let frames = mixer::frames(&programme, from, to, Kit { sounds: &set, bank: &bank, films: &films });
    mixer::write_wav(path, frames).map_err(|error| OutputError::write(path, &error))
}

//! The cues as samples: a theme's scores and files, rendered once, shared by the engine, the offline mixer and the meters.

use std::path::PathBuf;
use std::sync::Arc;

use super::files::{self, CueFileError};
use super::synth;
use crate::show::cue::{Cue, ScheduledCue};
use crate::show::theme::{CueSound, Sounds};

/// One cue, 48 kHz mono.
#[derive(Clone, Debug, Default)]
struct Rendered {
    /// Never empty in a bank that was rendered.
    variants: Vec<Arc<[f32]>>,
    chokes: bool,
}

/// Every cue of a theme. The default one is silent.
#[derive(Clone, Debug)]
pub struct Bank {
    cues: [Rendered; Cue::COUNT],
    silence: Arc<[f32]>,
}

impl Default for Bank {
    fn default() -> Self {
        Self { cues: std::array::from_fn(|_| Rendered::default()), silence: Arc::from([]) }
    }
}

impl Bank {
    /// Renders every cue of a theme: some hundred milliseconds. `folders` are the theme's own and those of
    /// the themes it extends, nearest first: a file is taken from the first that has it.
    ///
    /// What could not be taken from a file is told; its score sounds instead. A cue without a score is silent.
    pub fn render(sounds: &Sounds, folders: &[PathBuf]) -> (Self, Vec<CueFileError>) {
        let mut faults = Vec::new();
        let mut bank = Self::default();
        bank.cues[Cue::Sync.index()] = Rendered { variants: vec![synth::sync_blip().into()], chokes: false };
        for cue in Cue::themed() {
            if let Some(sound) = sounds.cues.get(cue.name()) {
                bank.cues[cue.index()] = rendered(sounds, cue, sound, folders, &mut faults);
            }
        }
        (bank, faults)
    }

    /// Nothing has been rendered.
    pub fn is_empty(&self) -> bool {
        self.cues.iter().all(|cue| cue.variants.is_empty())
    }

    /// The samples of a cue's first variant; empty where it has none.
    pub fn samples(&self, cue: Cue) -> &Arc<[f32]> {
        self.cues[cue.index()].variants.first().unwrap_or(&self.silence)
    }

    /// The samples of one occurrence: of its variant.
    pub fn samples_of(&self, cue: &ScheduledCue) -> &Arc<[f32]> {
        let variants = &self.cues[cue.cue.index()].variants;
        variants.get(cue.variant as usize % variants.len().max(1)).unwrap_or(&self.silence)
    }

    /// All variants of a cue.
    pub fn variants(&self, cue: Cue) -> &[Arc<[f32]>] {
        &self.cues[cue.index()].variants
    }

    /// Whether a cue cuts off every effect that began before it.
    pub fn chokes(&self, cue: Cue) -> bool {
        self.cues[cue.index()].chokes
    }
}

fn rendered(
    sounds: &Sounds,
    cue: Cue,
    sound: &CueSound,
    folders: &[PathBuf],
    faults: &mut Vec<CueFileError>,
) -> Rendered {
    let chokes = sound.score.as_ref().is_some_and(|score| score.chokes);
    if let Some(file) = &sound.file {
        match files::read(cue, folders, file) {
            Ok(samples) => return Rendered { variants: vec![samples.into()], chokes },
            Err(fault) => faults.push(fault),
        }
    }
    let variants = sound.score.as_ref().map_or_else(Vec::new, |score| synth::render(sounds, score));
    Rendered { variants: variants.into_iter().map(Into::into).collect(), chokes }
}

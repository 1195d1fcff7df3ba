//! The bank of the theme on air, rendered on a thread of its own: a frame never waits for it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crossbeam_channel::{Receiver, bounded};

use super::bank::Bank;
use super::files::CueFileError;
use crate::show::theme::{Score, Sounds, Voice};

/// What decides the samples; gains and instants do not.
#[derive(Clone, PartialEq)]
struct Recipe {
    tonic_hz: f64,
    voices: BTreeMap<String, Voice>,
    cues: BTreeMap<String, (Option<String>, Option<Score>)>,
    folders: Vec<PathBuf>,
}

impl Recipe {
    fn of(sounds: &Sounds, folders: &[PathBuf]) -> Self {
        let cues = sounds.cues.iter().map(|(name, cue)| (name.clone(), (cue.file.clone(), cue.score.clone())));
        Self {
            tonic_hz: sounds.tonic_hz,
            voices: sounds.voices.clone(),
            cues: cues.collect(),
            folders: folders.to_vec(),
        }
    }
}

/// What a rendering brings: the bank, and the files that could not be used.
type Rendered = (Arc<Bank>, Vec<CueFileError>);

/// Looks after the bank of the theme on air.
#[derive(Default)]
pub struct Library {
    taken: Option<Recipe>,
    under_way: Option<Receiver<Rendered>>,
    faults: Vec<CueFileError>,
}

impl Library {
    /// The files that the bank which came last could not use.
    pub fn faults(&self) -> &[CueFileError] {
        &self.faults
    }

    /// To be called once a frame: the bank of these sounds, once, as soon as it is there.
    pub fn poll(&mut self, sounds: &Sounds, folders: &[PathBuf]) -> Option<Arc<Bank>> {
        if let Some(under_way) = &self.under_way {
            let rendered = under_way.try_recv();
            if matches!(rendered, Err(crossbeam_channel::TryRecvError::Empty)) {
                return None;
            }
            self.under_way = None;
            if let Ok((bank, faults)) = rendered {
                for fault in &faults {
                    tracing::warn!("{fault}");
                }
                self.faults = faults;
                return Some(bank);
            }
        }
        let recipe = Recipe::of(sounds, folders);
        if self.taken.as_ref() == Some(&recipe) {
            return None;
        }
        self.taken = Some(recipe);
        self.faults.clear();
        let (sender, receiver) = bounded(1);
        let (wanted, folders) = (sounds.clone(), folders.to_vec());
        let thread = std::thread::Builder::new().name("sound-bank".to_owned()).spawn(move || {
            let (bank, faults) = Bank::render(&wanted, &folders);
            // Nobody listens any more when the program ends.
            let _ = sender.send((Arc::new(bank), faults));
        });
        match thread {
            Ok(_) => self.under_way = Some(receiver),
            Err(error) => tracing::warn!("The cues could not be rendered: the machine has no thread for it ({error})."),
        }
        None
    }
}

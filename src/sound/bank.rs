//! The cues as samples: rendered once, shared by the engine, the offline mixer and the meters.

use std::sync::{Arc, OnceLock};

use super::synth;
use crate::show::cue::Cue;

/// Every cue, 48 kHz mono.
#[derive(Clone, Debug)]
pub struct Bank {
    cues: [Arc<[f32]>; Cue::COUNT],
}

impl Bank {
    /// Renders every cue: some tens of milliseconds.
    pub fn render() -> Self {
        Self { cues: Cue::ALL.map(|cue| synth::recipe(cue).render().into()) }
    }

    /// The one bank of this process, rendered when first asked for.
    pub fn shared() -> Arc<Self> {
        static BANK: OnceLock<Arc<Bank>> = OnceLock::new();
        Arc::clone(BANK.get_or_init(|| Arc::new(Self::render())))
    }

    /// The samples of one cue.
    pub fn samples(&self, cue: Cue) -> &Arc<[f32]> {
        &self.cues[cue.index()]
    }
}

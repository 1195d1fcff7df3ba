//! The faders as a theme sets them; the desk's own come on top.

use super::levels::{CueLevel, SoundSet};
use crate::show::{cue::Cue, theme::Sounds};

impl SoundSet {
    /// Every cue at the theme's gain, and what the theme adds to them all.
    pub fn themed(sounds: &Sounds) -> Self {
        let mut set = Self::default();
        set.set_programme_db(sounds.programme_db);
        set.set_film_db(sounds.film_db);
        for (name, sound) in &sounds.cues {
            if let Some(cue) = Cue::from_name(name).filter(|cue| !cue.is_built_in()) {
                set.set_cue(cue, CueLevel { gain_db: sound.gain_db, muted: sound.mute });
            }
        }
        set
    }
}

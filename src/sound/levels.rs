//! How loud: the desk's master, mute and per-cue trim, on top of what the theme gave each cue.

use serde::{Deserialize, Serialize};

use crate::show::cue::{Cue, ScheduledCue};

/// How loud a programme is to be, LUFS (EBU R 128).
pub const TARGET_LUFS: f64 = -23.0;
/// Furthest that a film is turned down and up to be as loud as the programme, dB.
pub const FILM_DB: (f64, f64) = (-40.0, 12.0);

/// Lowest and highest setting of any fader, dB.
pub const FADER_DB: (f32, f32) = (-60.0, 12.0);

/// What the films' fader is called, beside those of the cues.
pub const FILM: &str = "film";

/// One cue's fader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CueLevel {
    /// Trim, dB; 0 leaves the recipe's own loudness.
    pub gain_db: f32,
    /// Whether the cue is silent.
    pub muted: bool,
}

/// Every fader of the sound.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundSet {
    /// What the theme adds to everything; no fader.
    programme_db: f32,
    master_db: f32,
    muted: bool,
    cues: [CueLevel; Cue::COUNT],
    /// What the theme gives films.
    film_db: f32,
    film: CueLevel,
}

impl SoundSet {
    /// Sets what the theme adds to everything, dB.
    pub fn set_programme_db(&mut self, gain_db: f32) {
        self.programme_db = if gain_db.is_nan() { 0.0 } else { gain_db };
    }

    /// What the theme adds to everything, dB.
    pub fn programme_db(&self) -> f32 {
        self.programme_db
    }

    /// Sets what the theme gives films, dB over the programme's own loudness.
    pub fn set_film_db(&mut self, gain_db: f32) {
        self.film_db = if gain_db.is_nan() { 0.0 } else { gain_db };
    }

    /// What the theme gives films, dB.
    pub fn film_db(&self) -> f32 {
        self.film_db
    }

    /// Sets the films' fader.
    pub fn set_film(&mut self, level: CueLevel) {
        self.film = CueLevel { gain_db: within(level.gain_db), ..level };
    }

    /// The films' fader.
    pub fn film(&self) -> CueLevel {
        self.film
    }

    /// Sets the master fader, dB, held within [`FADER_DB`].
    pub fn set_master_db(&mut self, gain_db: f32) {
        self.master_db = within(gain_db);
    }

    /// Mutes or opens everything.
    pub fn set_muted(&mut self, muted: bool) {
        self.muted = muted;
    }

    /// Sets one cue's fader.
    pub fn set_cue(&mut self, cue: Cue, level: CueLevel) {
        self.cues[cue.index()] = CueLevel { gain_db: within(level.gain_db), ..level };
    }

    /// The master fader, dB.
    pub fn master_db(&self) -> f32 {
        self.master_db
    }

    /// Whether everything is muted.
    pub fn muted(&self) -> bool {
        self.muted
    }

    /// One cue's fader.
    pub fn cue(&self, cue: Cue) -> CueLevel {
        self.cues[cue.index()]
    }

    /// The master as a factor, the theme's share included: 0 when muted.
    pub fn master_gain(&self) -> f32 {
        if self.muted { 0.0 } else { factor(self.programme_db + self.master_db) }
    }

    /// One occurrence's gain as a factor, without the master: 0 when its cue is muted.
    pub fn cue_gain(&self, cue: &ScheduledCue) -> f32 {
        let level = self.cue(cue.cue);
        // What things are measured with is the same in every theme.
        let theme_db = if cue.cue.is_built_in() { self.programme_db } else { 0.0 };
        if level.muted { 0.0 } else { factor(level.gain_db + cue.gain_db - theme_db) }
    }

    /// The gain of a film that measures `lufs` as a factor, without the master: it comes out at [`TARGET_LUFS`] and what
    /// the theme gives films. One that could not be measured is heard as it is.
    pub fn film_gain(&self, lufs: Option<f64>) -> f32 {
        let to_target_db = lufs.map_or(0.0, |lufs| (TARGET_LUFS - lufs).clamp(FILM_DB.0, FILM_DB.1)) as f32;
        let gain_db = to_target_db + self.film_db + self.film.gain_db - self.programme_db;
        if self.film.muted { 0.0 } else { factor(gain_db) }
    }
}

/// A fader setting within its range; what is not a number is 0 dB.
fn within(gain_db: f32) -> f32 {
    if gain_db.is_nan() { 0.0 } else { gain_db.clamp(FADER_DB.0, FADER_DB.1) }
}

/// Decibels to a factor, the same bits on every machine.
fn factor(gain_db: f32) -> f32 {
    libm::powf(10.0, gain_db / 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::cue::CueKey;

    #[test]
    fn a_film_is_as_loud_as_the_programme_whatever_the_theme_adds() {
        let mut set = SoundSet::default();
        let db = |set: &SoundSet, lufs| 20.0 * libm::log10f(set.film_gain(lufs) * set.master_gain());
        assert!((db(&set, Some(-19.5)) - -3.5).abs() < 1e-4);
        set.set_programme_db(2.8);
        assert!((db(&set, Some(-19.5)) - -3.5).abs() < 1e-4);
        set.set_film_db(-1.0);
        assert!((db(&set, Some(-60.0)) - 11.0).abs() < 1e-4, "noise does not come forward");
        assert!((db(&set, None) - -1.0).abs() < 1e-4);
        set.set_film(CueLevel { gain_db: 0.0, muted: true });
        assert_eq!(set.film_gain(None), 0.0);
    }

    #[test]
    fn faders_add_up_and_mutes_win() {
        let mut set = SoundSet::default();
        let cue = ScheduledCue {
            key: CueKey { seq: 1, cue: Cue::Hit, n: 0 },
            cue: Cue::Hit,
            at_us: 0,
            variant: 0,
            gain_db: -3.0,
        };
        set.set_cue(Cue::Hit, CueLevel { gain_db: -3.0, muted: false });
        assert!((set.cue_gain(&cue) - 0.501_187).abs() < 1e-5);
        set.set_cue(Cue::Hit, CueLevel { gain_db: -3.0, muted: true });
        assert_eq!(set.cue_gain(&cue), 0.0);
        set.set_master_db(f32::NAN);
        assert_eq!(set.master_gain(), 1.0);
        set.set_muted(true);
        assert_eq!(set.master_gain(), 0.0);
    }
}

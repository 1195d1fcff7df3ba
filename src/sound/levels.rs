//! How loud: the desk's master, mute and per-cue trim, on top of what the theme gave each cue.

use serde::{Deserialize, Serialize};

use crate::show::cue::{Cue, ScheduledCue};

/// Lowest and highest setting of any fader, dB.
pub const FADER_DB: (f32, f32) = (-60.0, 12.0);

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
        if level.muted { 0.0 } else { factor(level.gain_db + cue.gain_db) }
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

//! How every cue is made: committed recipes, rendered once at start, the same samples on every machine.
//!
//! A recipe renders 48 kHz mono. Its gain sets the loudest 400 ms (EBU R 128 momentary, both loudspeakers playing the
//! same) to the target in the table below, with a true peak of at most −1 dBTP; tests measure both. The targets are
//! chosen against a programme at −23 LUFS: what marks a result stands above it, what repeats stays below it.

mod drum;
mod metal;
pub mod parts;
mod tone;
mod wood;

pub use parts::RATE_HZ;

use crate::show::cue::Cue;

/// Highest true peak a cue or a mix may have, dBTP.
pub const CEILING_DBTP: f64 = -1.0;

/// One cue's recipe.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Renders the cue at the level the recipe happens to have.
    raw: fn() -> Vec<f64>,
    /// Gain that brings it to its target, dB; a test says what it must be when a recipe changes.
    gain_db: f64,
    /// Highest momentary loudness, LUFS.
    pub target_lufs: f64,
}

impl Recipe {
    /// Renders the cue at its level.
    pub fn render(&self) -> Vec<f32> {
        let gain = libm::pow(10.0, self.gain_db / 20.0);
        (self.raw)().into_iter().map(|sample| (sample * gain) as f32).collect()
    }
}

/// The recipe of a cue.
pub const fn recipe(cue: Cue) -> Recipe {
    let (raw, gain_db, target_lufs): (fn() -> Vec<f64>, f64, f64) = match cue {
        Cue::Tick => (wood::tick, -7.88, -28.0),
        Cue::Beep => (tone::beep, -16.11, -23.0),
        Cue::BeepLast => (tone::beep_last, -18.05, -21.0),
        Cue::TimeUp => (metal::gong, -16.67, -18.0),
        Cue::Lock => (wood::lock, -8.99, -26.0),
        Cue::Correct => (metal::correct, -16.50, -19.0),
        Cue::Wrong => (drum::wrong, -11.68, -21.0),
        Cue::Reveal => (drum::reveal, -14.19, -26.0),
        Cue::Hit => (drum::hit, -9.22, -18.0),
        Cue::Flip => (wood::flip, -5.63, -32.0),
        Cue::Count => (wood::count, -10.53, -35.0),
        Cue::Go => (wood::go, -10.16, -24.0),
        Cue::Roll => (drum::roll, -10.03, -24.0),
        Cue::Chime => (metal::chime, -16.91, -24.0),
    };
    Recipe { raw, gain_db, target_lufs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::loudness::{Loudness, measure};

    /// FNV-1a over the bits of the samples.
    fn digest(samples: &[f32]) -> u64 {
        samples
            .iter()
            .flat_map(|sample| sample.to_bits().to_le_bytes())
            .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    fn levels() -> Vec<(Cue, Loudness)> {
        Cue::ALL.into_iter().map(|cue| (cue, measure(cue).expect("every cue can be measured"))).collect()
    }

    #[test]
    fn every_cue_has_its_documented_loudness() {
        let wrong: Vec<String> = levels()
            .into_iter()
            .filter(|(cue, level)| (level.momentary_max_lufs - recipe(*cue).target_lufs).abs() > 0.05)
            .map(|(cue, level)| {
                let recipe = recipe(cue);
                let gain_db = recipe.gain_db + recipe.target_lufs - level.momentary_max_lufs;
                format!("{}: {:.2} LUFS; set its gain to {gain_db:.2} dB", cue.name(), level.momentary_max_lufs)
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn no_cue_peaks_above_the_ceiling() {
        for (cue, level) in levels() {
            let limit = if cue == Cue::Wrong { -6.0 } else { CEILING_DBTP };
            assert!(level.true_peak_dbtp <= limit, "{} peaks at {:.2} dBTP", cue.name(), level.true_peak_dbtp);
        }
    }

    #[test]
    fn a_cue_begins_at_its_first_samples() {
        for (cue, level) in levels() {
            // The reveal swells by design; everything else must be heard at its instant.
            let limit_us = if cue == Cue::Reveal { 150_000 } else { 1_500 };
            assert!(level.onset_us <= limit_us, "{} begins after {} µs", cue.name(), level.onset_us);
        }
    }

    #[test]
    fn every_cue_is_the_same_samples_on_every_machine() {
        let digests: Vec<String> =
            Cue::ALL.into_iter().map(|cue| format!("{} {:016x}", cue.name(), digest(&recipe(cue).render()))).collect();
        assert_eq!(digests, DIGESTS, "a recipe changed: listen to it, then commit the new digests");
    }

    /// FNV-1a of each cue's samples.
    const DIGESTS: [&str; Cue::COUNT] = [
        "tick ee01c7a3b01842cc",
        "beep 9a1eb1475bc4b1a4",
        "beep_last e7c233cee6d60db4",
        "time_up 50b3bd0d36cb928d",
        "lock 32d93069a1884c17",
        "correct 8dbe0f4aecb201d0",
        "wrong 3562e28ea1b32d3f",
        "reveal 1a9746138a36cefc",
        "hit ff5ba59dcb0d1935",
        "flip 6d46d5ba01187d38",
        "count 2633a4bff231170f",
        "go 6ad0a4bd9f3baf31",
        "roll b240a9517d0b1d83",
        "chime eb1ee0007c254111",
    ];
}

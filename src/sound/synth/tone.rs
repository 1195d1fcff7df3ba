//! The held tones: the beeps of the last seconds, clean and round, never a pure piercing sine.

use std::f64::consts::TAU;

use super::parts::{RATE_HZ, release, samples, silence, swell};

/// A held tone: harmonics as (multiple, amplitude), a cosine attack and a cosine release.
fn held(hz: f64, harmonics: &[(f64, f64)], length_ms: f64, attack_ms: f64, release_ms: f64) -> Vec<f64> {
    let mut out = silence(length_ms);
    let attack = samples(attack_ms);
    for (i, sample) in out.iter_mut().enumerate() {
        let turns = hz * i as f64 / f64::from(RATE_HZ);
        let sum: f64 = harmonics.iter().map(|(multiple, amp)| amp * libm::sin(TAU * turns * multiple)).sum();
        *sample = if i < attack { sum * swell(i, attack) } else { sum };
    }
    release(&mut out, release_ms);
    out
}

/// **Beep**: one of the last seconds: A5, 880 Hz, 160 ms, with a little second (0.10) and third harmonic (0.14) so that
/// a hall's loudspeakers place it; attack 3 ms, release 55 ms.
pub fn beep() -> Vec<f64> {
    held(880.0, &[(1.0, 0.80), (2.0, 0.10), (3.0, 0.14)], 160.0, 3.0, 55.0)
}

/// **Beep, last**: the octave above (1760 Hz) for 420 ms, with the 880 Hz of the others kept underneath so that it
/// belongs to them and does not pierce; attack 3 ms, release 220 ms.
pub fn beep_last() -> Vec<f64> {
    held(880.0, &[(1.0, 0.34), (2.0, 0.62), (4.0, 0.07)], 420.0, 3.0, 220.0)
}

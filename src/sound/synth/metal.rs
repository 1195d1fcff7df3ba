//! The ringing family: the gong at zero, the bells of a right answer, the chime of a notice.

use super::parts::{Burst, Partial, release, silence};

/// **Time up**: a gong, final and unhurried. Thirteen inharmonic modes over 98 Hz, each split into a stronger and a weaker
/// one a little apart, so that the tone breathes without ever vanishing, every mode at its own pace (0.5 to 1.9 Hz). The
/// higher modes bloom 20 to 160 ms after the strike as a gong's do, and die first. A soft mallet makes the onset. 3.6 s.
pub fn gong() -> Vec<f64> {
    const MODES: [(f64, f64, f64, f64, f64); 13] = [
        // (multiple of 98 Hz, amplitude, decay ms, bloom ms, beat Hz)
        (1.000, 0.86, 1_900.0, 3.0, 0.52),
        (1.190, 0.28, 1_500.0, 8.0, 0.83),
        (1.506, 0.46, 1_400.0, 5.0, 0.67),
        (2.000, 0.54, 1_300.0, 4.0, 0.94),
        (2.440, 0.36, 1_100.0, 20.0, 1.10),
        (2.870, 0.28, 980.0, 40.0, 0.76),
        (3.510, 0.26, 860.0, 60.0, 1.31),
        (4.230, 0.22, 760.0, 85.0, 1.02),
        (5.120, 0.17, 660.0, 105.0, 1.52),
        (6.480, 0.13, 560.0, 120.0, 1.24),
        (8.210, 0.09, 460.0, 135.0, 1.67),
        (10.90, 0.06, 360.0, 150.0, 1.43),
        (14.30, 0.04, 280.0, 160.0, 1.90),
    ];
    let mut out = silence(3_600.0);
    for (multiple, amp, decay_ms, bloom_ms, beat_hz) in MODES {
        let hz = 98.0 * multiple;
        Partial::struck(hz, amp * 0.72, decay_ms).swelling(bloom_ms).add(&mut out, 0.0);
        Partial::struck(hz + beat_hz, amp * 0.28, decay_ms).swelling(bloom_ms).add(&mut out, 0.0);
    }
    Burst { seed: 51, hz: 420.0, q: 0.7, amp: 1.1, attack_ms: 0.4, decay_ms: 22.0 }.add(&mut out, 0.0);
    Burst { seed: 52, hz: 2_600.0, q: 0.8, amp: 0.25, attack_ms: 0.4, decay_ms: 9.0 }.add(&mut out, 0.0);
    release(&mut out, 900.0);
    out
}

/// One warm bell: the note, its octave, a third mode a little sharp of the twelfth, and a brief high one.
fn bell(out: &mut [f64], at_ms: f64, hz: f64, amp: f64, decay_ms: f64) {
    Partial::struck(hz, amp, decay_ms).swelling(1.2).add(out, at_ms);
    Partial::struck(hz * 0.5, amp * 0.16, decay_ms * 1.2).swelling(6.0).add(out, at_ms);
    Partial::struck(hz * 2.0, amp * 0.34, decay_ms * 0.55).swelling(1.0).add(out, at_ms);
    Partial::struck(hz * 3.01, amp * 0.14, decay_ms * 0.30).add(out, at_ms);
    Partial::struck(hz * 5.40, amp * 0.05, decay_ms * 0.10).add(out, at_ms);
}

/// **Correct**: warm bells going up a C major chord (C5, E5, G5, C6) 75 ms apart, the last one the longest.
pub fn correct() -> Vec<f64> {
    let mut out = silence(1_600.0);
    bell(&mut out, 0.0, 523.25, 0.62, 380.0);
    bell(&mut out, 75.0, 659.26, 0.58, 380.0);
    bell(&mut out, 150.0, 783.99, 0.56, 420.0);
    bell(&mut out, 225.0, 1_046.50, 0.66, 520.0);
    release(&mut out, 400.0);
    out
}

/// **Chime**: a notice that takes no side: an open fifth (D5, A5), neither major nor minor, 90 ms apart.
pub fn chime() -> Vec<f64> {
    let mut out = silence(1_200.0);
    bell(&mut out, 0.0, 587.33, 0.55, 330.0);
    bell(&mut out, 90.0, 880.0, 0.45, 380.0);
    release(&mut out, 350.0);
    out
}

//! How loud a mono sound is through two loudspeakers: the K-weighted mean of its loudest 400 ms (ITU-R BS.1770).
//!
//! A meter of its own, on `libm` alone, because it decides the samples of every cue; tests hold it against `ebur128`.

use super::parts::RATE_HZ;

/// Samples of a step and of a window.
const STEP: usize = RATE_HZ as usize / 100;
const WINDOW: usize = 40;

/// The two filters at 48 kHz, as the recommendation prints them: (b0, b1, b2, a1, a2).
const SHELF: [f64; 5] =
    [1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85, -1.690_659_293_182_41, 0.732_480_774_215_85];
const PASS: [f64; 5] = [1.0, -2.0, 1.0, -1.990_047_454_833_98, 0.990_072_250_366_21];

/// Loudest 400 ms, LUFS; −∞ for silence.
pub fn momentary_max_lufs(mono: &[f64]) -> f64 {
    let (mut shelf, mut pass) = ([0.0; 2], [0.0; 2]);
    let silence = std::iter::repeat_n(&0.0, WINDOW * STEP);
    let mut steps = [0.0_f64; WINDOW];
    let (mut loudest, mut filled, mut energy) = (0.0_f64, 0, 0.0);
    let mut slot = 0;
    for sample in mono.iter().chain(silence) {
        let weighted = biquad(&PASS, &mut pass, biquad(&SHELF, &mut shelf, *sample));
        energy += weighted * weighted;
        filled += 1;
        if filled == STEP {
            steps[slot] = energy;
            slot = (slot + 1) % WINDOW;
            loudest = loudest.max(steps.iter().sum());
            (filled, energy) = (0, 0.0);
        }
    }
    // Twice: both loudspeakers play it.
    -0.691 + 10.0 * libm::log10(2.0 * loudest / (WINDOW * STEP) as f64)
}

fn biquad(c: &[f64; 5], state: &mut [f64; 2], x: f64) -> f64 {
    let y = c[0] * x + state[0];
    state[0] = c[1] * x - c[3] * y + state[1];
    state[1] = c[2] * x - c[4] * y;
    y
}

//! Keeps a mix under the true-peak ceiling: looks 1.5 ms ahead, turns down smoothly, and is deaf to everything quieter.
//!
//! The same limiter runs in the offline mixer and in the live bus. While nothing exceeds the ceiling its output is its
//! input, bit for bit, [`DELAY`] samples later.

use std::collections::VecDeque;
use std::f64::consts::PI;

/// Samples by which the output is behind the input.
pub const DELAY: usize = LOOKAHEAD + HALF;

/// Samples over which the gain comes down before a peak.
const LOOKAHEAD: usize = 72;
/// Half the length of the interpolator that finds peaks between samples.
const HALF: usize = 6;
/// Samples the lowest gain is held, so that every average over the look-ahead covers the peak.
const HOLD: usize = LOOKAHEAD + 2;
/// What peaks are held to: −1.2 dBTP, 0.2 dB under the promise because the interpolator is finite.
const CEILING: f32 = 0.870_964;
/// Below this no interpolated peak can reach the ceiling, and nothing need be interpolated.
const QUIET: f32 = CEILING / 3.0;
/// Time constant of the recovery, samples (80 ms).
const RECOVERY: f64 = 3_840.0;

/// A stereo true-peak limiter; both channels get the same gain.
#[derive(Clone, Debug)]
pub struct Limiter {
    phases: [[f32; 2 * HALF]; 3],
    recent: VecDeque<[f32; 2]>,
    quiet_for: usize,
    lowest: VecDeque<(u64, f64)>,
    gains: VecDeque<f64>,
    sum: f64,
    gain: f64,
    recovery: f64,
    clock: u64,
}

impl Default for Limiter {
    fn default() -> Self {
        // Room for one more than it holds: the audio thread must never allocate.
        let mut recent = VecDeque::with_capacity(DELAY + 1);
        recent.resize(DELAY, [0.0; 2]);
        Self {
            phases: [phase(0.25), phase(0.5), phase(0.75)],
            recent,
            quiet_for: 2 * HALF,
            lowest: VecDeque::with_capacity(HOLD + 1),
            gains: VecDeque::from(vec![1.0; LOOKAHEAD]),
            sum: LOOKAHEAD as f64,
            gain: 1.0,
            recovery: 1.0 - libm::exp(-1.0 / RECOVERY),
            clock: 0,
        }
    }
}

impl Limiter {
    /// Takes one frame and gives the one from [`DELAY`] frames ago, limited.
    pub fn step(&mut self, frame: [f32; 2]) -> [f32; 2] {
        self.recent.push_back(frame);
        let output = self.recent.pop_front().unwrap_or_default();
        let wanted = f64::from((CEILING / self.peak(frame).max(CEILING)).min(1.0));
        let held = self.hold(wanted);
        self.gain = held.min(self.gain + (1.0 - self.gain) * self.recovery);
        if self.gain > 0.999_99 {
            self.gain = 1.0;
        }
        self.sum += self.gain - self.gains.pop_front().unwrap_or(1.0);
        self.gains.push_back(self.gain);
        // Rounding to f32 also wipes out what the running sum may have gathered: unity stays exactly 1.
        let gain = (self.sum / LOOKAHEAD as f64) as f32;
        output.map(|sample| sample * gain)
    }

    /// The true peak around the middle of the interpolator.
    fn peak(&mut self, newest: [f32; 2]) -> f32 {
        let loud = newest[0].abs().max(newest[1].abs()) >= QUIET;
        self.quiet_for = if loud { 0 } else { (self.quiet_for + 1).min(2 * HALF) };
        if self.quiet_for >= 2 * HALF {
            return 0.0;
        }
        let start = self.recent.len() - 2 * HALF;
        let mut peak = 0.0_f32;
        for channel in 0..2 {
            let mut between = [0.0_f32; 3];
            for (tap, frame) in self.recent.range(start..).enumerate() {
                for (sum, phase) in between.iter_mut().zip(&self.phases) {
                    *sum += frame[channel] * phase[tap];
                }
            }
            peak = between.into_iter().map(f32::abs).fold(peak, f32::max);
            peak = peak.max(self.recent[start + HALF - 1][channel].abs());
        }
        peak
    }

    /// The lowest gain wanted in the last [`HOLD`] samples.
    fn hold(&mut self, wanted: f64) -> f64 {
        self.clock += 1;
        while self.lowest.back().is_some_and(|&(_, gain)| gain >= wanted) {
            self.lowest.pop_back();
        }
        self.lowest.push_back((self.clock, wanted));
        while self.lowest.front().is_some_and(|&(at, _)| at + HOLD as u64 <= self.clock) {
            self.lowest.pop_front();
        }
        self.lowest.front().map_or(1.0, |&(_, gain)| gain)
    }
}

/// The interpolator for a point `fraction` of a sample after the middle: a sinc under a Hann window.
fn phase(fraction: f64) -> [f32; 2 * HALF] {
    let mut taps = [0.0_f64; 2 * HALF];
    for (i, tap) in taps.iter_mut().enumerate() {
        let x = i as f64 - (HALF as f64 - 1.0) - fraction;
        let window = libm::cos(PI * x / (2.0 * HALF as f64 + 1.0));
        *tap = libm::sin(PI * x) / (PI * x) * window * window;
    }
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::loudness::measure_stereo;

    fn limited(input: &[[f32; 2]]) -> Vec<[f32; 2]> {
        let mut limiter = Limiter::default();
        let padded = input.iter().copied().chain(std::iter::repeat_n([0.0; 2], DELAY));
        padded.map(|frame| limiter.step(frame)).skip(DELAY).collect()
    }

    #[test]
    fn what_is_quiet_enough_passes_bit_for_bit() {
        let input: Vec<[f32; 2]> =
            (0..9_600).map(|i| [0.8 * libm::sinf(i as f32 * 0.05), 0.5 * libm::sinf(i as f32 * 0.031)]).collect();
        assert_eq!(limited(&input), input);
    }

    #[test]
    fn a_mix_far_too_loud_stays_under_the_ceiling_between_samples_too() {
        // A quarter of the sample rate at 45°: its samples lie 3 dB under its true peak.
        let tone = |i: usize| libm::sinf(std::f32::consts::FRAC_PI_2 * i as f32 + std::f32::consts::FRAC_PI_4);
        let input: Vec<[f32; 2]> = (0..48_000)
            .map(|i| {
                let level = if (9_000..30_000).contains(&i) { 2.5 } else { 0.4 };
                [level * tone(i), level * libm::sinf(i as f32 * 0.013)]
            })
            .collect();
        let level = measure_stereo(&limited(&input)).expect("a tone can be measured");
        assert!(level.true_peak_dbtp <= -1.0, "{:.2} dBTP", level.true_peak_dbtp);
        assert!(level.true_peak_dbtp >= -2.5, "{:.2} dBTP: turned down too far", level.true_peak_dbtp);
    }

    #[test]
    fn a_single_loud_sample_does_not_pass() {
        let mut input = vec![[0.0; 2]; 1_000];
        input[400] = [3.0, -3.0];
        let output = limited(&input);
        assert!(output[400][0].abs() <= 0.8913 && output[400][0].abs() > 0.8, "{:?}", output[400]);
        assert_eq!(output[399], [0.0; 2]);
    }
}

//! People who clap, and air that moves: the sounds that are made of noise alone.

use super::parts::{Filter, Noise, samples, swell};
use crate::show::theme::{Air, Crowd};

/// Adds a sweep of air to `out`: noise through two bands, one after the other so that it does not hiss.
pub fn air(air: &Air, seed: u64, level: f64, out: &mut [f64], at_ms: f64) {
    let start = samples(at_ms).min(out.len());
    let (mut noise, mut first, mut second) = (Noise::new(seed), Filter::default(), Filter::default());
    let (sweep, loudest) = (samples(air.sweep_ms).max(1), samples(air.loudest_ms).max(1));
    let length = samples(air.length_ms).max(loudest + 1);
    let (low_ln, high_ln) = (libm::log(air.from_hz), libm::log(air.to_hz));
    for (i, sample) in out[start..].iter_mut().take(length).enumerate() {
        let along = (i as f64 / sweep as f64).min(1.0);
        let hz = libm::exp(low_ln + (high_ln - low_ln) * along);
        let loud = if i < loudest { swell(i, loudest) } else { swell(length - i, length - loudest) };
        let through = first.pass(noise.draw(), hz, air.q).1;
        *sample += level * air.level * loud * second.pass(through, hz, air.q * 0.8).1;
    }
}

/// Adds a crowd to `out`. Each of them has hands of a pitch, a pace and a distance, and strays from the pace.
pub fn crowd(crowd: &Crowd, seed: u64, level: f64, out: &mut [f64], at_ms: f64) {
    let mut lots = Noise::new(seed);
    let mut lot = |low: f64, high: f64| low + (high - low) * (lots.draw() + 1.0) / 2.0;
    let end_ms = crowd.gather_ms + crowd.stay_ms + crowd.leave_ms;
    for person in 0..crowd.people {
        let hz = libm::exp(lot(libm::log(crowd.low_hz), libm::log(crowd.high_hz)));
        let pace_ms = 1_000.0 / (crowd.pace * lot(0.82, 1.2));
        let near = lot(0.25, 1.0);
        let comes = crowd.gather_ms * lot(0.0, 1.0);
        let goes = end_ms - crowd.leave_ms * lot(0.0, 1.0);
        let mut clap_ms = comes + lot(0.0, pace_ms);
        let mut n = 0_u64;
        while clap_ms < goes {
            // The first and the last claps of one person are softer.
            let warm = ((clap_ms - comes) / 500.0 + 0.35).min(1.0).min((goes - clap_ms) / 400.0 + 0.15);
            let seed = seed ^ (u64::from(person) << 32 | n).wrapping_mul(0x9E37_79B9);
            clap(hz, seed, level * crowd.level * near * warm * lot(0.7, 1.0), out, at_ms + clap_ms);
            clap_ms += pace_ms * lot(0.9, 1.1);
            n += 1;
        }
    }
}

/// Two hands: a click of air, 14 ms of it.
fn clap(hz: f64, seed: u64, level: f64, out: &mut [f64], at_ms: f64) {
    const LENGTH: usize = 1_100;
    let start = samples(at_ms).min(out.len());
    let (mut noise, mut filter) = (Noise::new(seed), Filter::default());
    let tangent = Filter::tangent(hz);
    let fall = libm::exp(-1_000.0 / (5.5 * 48_000.0));
    let mut loud = level;
    for (i, sample) in out[start..].iter_mut().take(LENGTH).enumerate() {
        let ends = if i < 24 {
            swell(i, 24)
        } else if i + 200 > LENGTH {
            swell(LENGTH - i, 200)
        } else {
            1.0
        };
        *sample += loud * ends * filter.pass_with(noise.draw(), tangent, 1.6).1;
        loud *= fall;
    }
}

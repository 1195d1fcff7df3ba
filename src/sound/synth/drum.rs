//! The struck and blown family: wrong, hit, roll and the sweep of a reveal.

use super::parts::{Burst, Drop, Filter, Noise, Partial, release, samples, silence, swell};

/// **Wrong**: a low soft hit, regret and not punishment: a drum falling from 150 to 92 Hz, a muffled minor second
/// (185 and 196 Hz) that beats against itself, felt noise at 260 Hz. No buzzer, peak at most −6 dBFS.
pub fn wrong() -> Vec<f64> {
    let mut out = silence(800.0);
    Drop { from_hz: 150.0, to_hz: 92.0, glide_ms: 45.0, amp: 0.75, decay_ms: 190.0 }.add(&mut out, 0.0);
    Partial::struck(185.0, 0.30, 170.0).swelling(4.0).add(&mut out, 0.0);
    Partial::struck(196.0, 0.30, 170.0).swelling(4.0).add(&mut out, 0.0);
    Partial::struck(370.0, 0.08, 90.0).swelling(4.0).add(&mut out, 0.0);
    Burst { seed: 61, hz: 260.0, q: 0.7, amp: 0.55, attack_ms: 1.0, decay_ms: 28.0 }.add(&mut out, 0.0);
    release(&mut out, 200.0);
    out
}

/// **Hit**: the result stands: a sub falling from 120 to 52 Hz, a body at 208 Hz, and a strike of noise at 1.7 kHz
/// that carries it on small loudspeakers.
pub fn hit() -> Vec<f64> {
    let mut out = silence(1_000.0);
    Drop { from_hz: 120.0, to_hz: 52.0, glide_ms: 38.0, amp: 0.90, decay_ms: 260.0 }.add(&mut out, 0.0);
    Partial::struck(208.0, 0.34, 95.0).swelling(1.0).add(&mut out, 0.0);
    Partial::struck(416.0, 0.12, 60.0).swelling(1.0).add(&mut out, 0.0);
    Burst { seed: 71, hz: 1_700.0, q: 0.6, amp: 0.75, attack_ms: 0.3, decay_ms: 18.0 }.add(&mut out, 0.0);
    Burst { seed: 72, hz: 480.0, q: 0.7, amp: 0.55, attack_ms: 0.5, decay_ms: 60.0 }.add(&mut out, 0.0);
    release(&mut out, 250.0);
    out
}

/// **Roll**: 800 ms of felt sticks, one every 41 ms give or take 4, from a whisper to just under the hit that follows:
/// each stroke a low skin (96 and 143 Hz) and a brush of noise at 1.1 kHz.
pub fn roll() -> Vec<f64> {
    const LENGTH_MS: f64 = 800.0;
    let mut out = silence(LENGTH_MS + 80.0);
    let mut jitter = Noise::new(81);
    let (mut at_ms, mut stroke) = (0.0, 0_u64);
    while at_ms < LENGTH_MS - 10.0 {
        let along = at_ms / LENGTH_MS;
        let amp = (0.16 + 0.84 * along * along) * (1.0 + 0.10 * jitter.draw());
        Partial::struck(96.0, 0.42 * amp, 60.0).swelling(2.0).add(&mut out, at_ms);
        Partial::struck(143.0, 0.26 * amp, 45.0).swelling(2.0).add(&mut out, at_ms);
        Burst { seed: 82 + stroke, hz: 1_100.0, q: 0.7, amp: 0.70 * amp, attack_ms: 0.8, decay_ms: 16.0 }
            .add(&mut out, at_ms);
        at_ms += 41.0 + 4.0 * jitter.draw();
        stroke += 1;
    }
    release(&mut out, 70.0);
    out
}

/// **Reveal**: a breath of air that opens: noise through two bands, one after the other so that it does not hiss, sweeping
/// from 260 Hz to 5.2 kHz in 420 ms, loudest at 300 ms, with a thread of light (E6 and B6) at its top. Its onset is soft by design.
pub fn reveal() -> Vec<f64> {
    const LENGTH_MS: f64 = 760.0;
    const SWEEP_MS: f64 = 420.0;
    const LOUDEST_MS: f64 = 300.0;
    let mut out = silence(LENGTH_MS);
    let (mut noise, mut first, mut second) = (Noise::new(91), Filter::default(), Filter::default());
    let (sweep, loudest, length) = (samples(SWEEP_MS), samples(LOUDEST_MS), samples(LENGTH_MS));
    let (low_ln, high_ln) = (libm::log(260.0), libm::log(5_200.0));
    for (i, sample) in out.iter_mut().enumerate() {
        let along = (i as f64 / sweep as f64).min(1.0);
        let hz = libm::exp(low_ln + (high_ln - low_ln) * along);
        let level = if i < loudest { swell(i, loudest) } else { swell(length - i, length - loudest) };
        let air = first.pass(noise.draw(), hz, 1.4).1;
        *sample = level * second.pass(air, hz, 1.1).1;
    }
    Partial::struck(1_318.5, 0.05, 180.0).swelling(90.0).add(&mut out, 230.0);
    Partial::struck(1_975.5, 0.035, 180.0).swelling(90.0).add(&mut out, 260.0);
    release(&mut out, 120.0);
    out
}

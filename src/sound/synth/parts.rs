//! What every recipe is made of: ringing partials, noise, one filter, attack and release.
//!
//! Sines are turned by complex rotation and everything transcendental goes through `libm`, so the samples are the same
//! bytes on every machine; the standard library's `sin` and `exp` are the platform's and are not.

use std::f64::consts::{FRAC_PI_2, TAU};

/// Sample rate of everything in `sound`, Hz.
pub const RATE_HZ: u32 = 48_000;

/// The sample rate as a number to calculate with.
const RATE: f64 = 48_000.0;

/// Milliseconds to whole samples.
pub fn samples(span_ms: f64) -> usize {
    (span_ms * RATE / 1_000.0).round() as usize
}

/// An empty sound of that length.
pub fn silence(span_ms: f64) -> Vec<f64> {
    vec![0.0; samples(span_ms)]
}

/// One ringing mode: a sine that swells in and dies away exponentially.
#[derive(Clone, Copy, Debug)]
pub struct Partial {
    /// Pitch, Hz.
    pub hz: f64,
    /// Peak amplitude before the decay.
    pub amp: f64,
    /// Time in which it falls to 1/e, ms.
    pub decay_ms: f64,
    /// Time in which it swells in (sine squared), ms; 0 is a strike.
    pub attack_ms: f64,
    /// How long it keeps its level before it dies away, ms from its beginning; 0 is struck.
    pub hold_ms: f64,
}

impl Partial {
    /// Adds the partial to `out` from `at_ms` to its end.
    pub fn add(self, out: &mut [f64], at_ms: f64) {
        let turn = TAU * self.hz / RATE;
        if turn >= TAU / 2.0 {
            return;
        }
        let start = samples(at_ms).min(out.len());
        // Never shorter than what keeps a strike from clicking.
        let attack = samples(self.attack_ms.max(0.3));
        let hold = samples(self.hold_ms);
        let radius = libm::exp(-1_000.0 / (self.decay_ms * RATE));
        let (cos, sin) = (libm::cos(turn), libm::sin(turn));
        let (mut re, mut im) = (self.amp, 0.0);
        for (i, sample) in out[start..].iter_mut().enumerate() {
            let swell = if i < attack { swell(i, attack) } else { 1.0 };
            *sample += im * swell;
            let radius = if i < hold { 1.0 } else { radius };
            (re, im) = ((re * cos - im * sin) * radius, (re * sin + im * cos) * radius);
            if re.abs() + im.abs() < 1e-6 {
                break;
            }
        }
    }
}

/// Sine-squared ramp: 0 at 0, 1 at `length`.
pub fn swell(i: usize, length: usize) -> f64 {
    let sine = libm::sin(FRAC_PI_2 * i as f64 / length as f64);
    sine * sine
}

/// A sine whose pitch glides exponentially from `from_hz` to `to_hz`, as a drum skin's does.
#[derive(Clone, Copy, Debug)]
pub struct Drop {
    /// Pitch at the strike, Hz.
    pub from_hz: f64,
    /// Pitch it settles on, Hz.
    pub to_hz: f64,
    /// Time constant of the glide, ms.
    pub glide_ms: f64,
    /// Amplitude.
    pub amp: f64,
    /// Time in which it falls to 1/e, ms.
    pub decay_ms: f64,
}

impl Drop {
    /// Adds the drum to `out` from `at_ms` on.
    pub fn add(self, out: &mut [f64], at_ms: f64) {
        let start = samples(at_ms).min(out.len());
        let attack = samples(1.5);
        let glide = libm::exp(-1_000.0 / (self.glide_ms * RATE));
        let fall = libm::exp(-1_000.0 / (self.decay_ms * RATE));
        let (mut above_hz, mut amp, mut turns) = (self.from_hz - self.to_hz, self.amp, 0.0);
        for (i, sample) in out[start..].iter_mut().enumerate() {
            let swell = if i < attack { swell(i, attack) } else { 1.0 };
            *sample += amp * swell * libm::sin(TAU * turns);
            turns += (self.to_hz + above_hz) / RATE;
            turns -= turns.floor();
            above_hz *= glide;
            amp *= fall;
            if amp < 1e-6 {
                break;
            }
        }
    }
}

/// White noise from a seed: the same seed is the same noise.
#[derive(Clone, Debug)]
pub struct Noise(u64);

impl Noise {
    /// Noise that starts from `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next value, evenly spread over −1 … 1.
    pub fn draw(&mut self) -> f64 {
        // SplitMix64: no weak first values, whatever the seed.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

/// A state-variable filter (trapezoidal, stable while its pitch moves).
#[derive(Clone, Debug, Default)]
pub struct Filter {
    first: f64,
    second: f64,
}

impl Filter {
    /// One sample through the filter at `hz` with resonance `q`; returns (low pass, band pass).
    pub fn pass(&mut self, input: f64, hz: f64, q: f64) -> (f64, f64) {
        self.pass_with(input, Self::tangent(hz), q)
    }

    /// The tangent of a fixed pitch, for [`Self::pass_with`].
    pub fn tangent(hz: f64) -> f64 {
        libm::tan(TAU / 2.0 * hz / RATE)
    }

    /// As [`Self::pass`], with the tangent of the pitch worked out by the caller once.
    pub fn pass_with(&mut self, input: f64, g: f64, q: f64) -> (f64, f64) {
        let k = 1.0 / q;
        let a1 = 1.0 / (1.0 + g * (g + k));
        let a2 = g * a1;
        let v3 = input - self.second;
        let band = a1 * self.first + a2 * v3;
        let low = self.second + a2 * self.first + g * a2 * v3;
        self.first = 2.0 * band - self.first;
        self.second = 2.0 * low - self.second;
        (low, band * k)
    }
}

/// A burst of filtered noise that dies away: the stick, the brush, the breath of a strike.
#[derive(Clone, Copy, Debug)]
pub struct Burst {
    /// Seed of its noise.
    pub seed: u64,
    /// Centre of the band, Hz.
    pub hz: f64,
    /// Narrowness of the band.
    pub q: f64,
    /// Amplitude.
    pub amp: f64,
    /// Swell, ms.
    pub attack_ms: f64,
    /// Time in which it falls to 1/e, ms.
    pub decay_ms: f64,
}

impl Burst {
    /// Adds the burst to `out` from `at_ms` on.
    pub fn add(self, out: &mut [f64], at_ms: f64) {
        let start = samples(at_ms).min(out.len());
        let attack = samples(self.attack_ms.max(0.2));
        let fall = libm::exp(-1_000.0 / (self.decay_ms.max(0.1) * RATE));
        let tangent = Filter::tangent(self.hz);
        let (mut noise, mut filter, mut amp) = (Noise::new(self.seed), Filter::default(), self.amp);
        for (i, sample) in out[start..].iter_mut().enumerate() {
            let swell = if i < attack { swell(i, attack) } else { 1.0 };
            *sample += amp * swell * filter.pass_with(noise.draw(), tangent, self.q).1;
            if i >= attack {
                amp *= fall;
            }
            if amp < 1e-6 {
                break;
            }
        }
    }
}

/// Takes out what lies below 18 Hz: a skin that falls leaves a little direct current behind.
pub fn centre(out: &mut [f64]) {
    const KEEP: f64 = 1.0 - TAU * 18.0 / RATE;
    let (mut before, mut level) = (0.0, 0.0);
    for sample in out {
        level = *sample - before + KEEP * level;
        before = *sample;
        *sample = level;
    }
}

/// Fades the last `span_ms` of a sound to exact silence.
pub fn release(out: &mut [f64], span_ms: f64) {
    let length = samples(span_ms).min(out.len());
    for (i, sample) in out.iter_mut().rev().take(length).enumerate() {
        *sample *= swell(i, length);
    }
}

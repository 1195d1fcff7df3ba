//! The dry family: tick, lock, flip, count and go, all wood and latch, nothing that rings on under a voice.

use super::parts::{Burst, Partial, release, silence};

/// **Tick**: a small wood block, dry, felt more than heard under a host's voice.
/// Three modes of a struck bar (1.12, 2.46, 3.95 kHz; 10, 6, 3 ms) and 1 ms of stick noise at 2.8 kHz.
pub fn tick() -> Vec<f64> {
    let mut out = silence(90.0);
    Partial::struck(1_120.0, 0.80, 10.0).add(&mut out, 0.0);
    Partial::struck(2_460.0, 0.34, 6.0).add(&mut out, 0.0);
    Partial::struck(3_950.0, 0.12, 3.0).add(&mut out, 0.0);
    Burst { seed: 11, hz: 2_800.0, q: 0.9, amp: 0.30, attack_ms: 0.2, decay_ms: 1.0 }.add(&mut out, 0.0);
    release(&mut out, 20.0);
    out
}

/// **Lock**: a well-made latch falling home: two clicks 52 ms apart, the second lower and final, over a short thump.
/// Modes 1.48 kHz and 640 Hz, then 980 and 410 Hz; thump 165 Hz, 24 ms.
pub fn lock() -> Vec<f64> {
    let mut out = silence(220.0);
    Partial::struck(1_480.0, 0.42, 6.0).add(&mut out, 0.0);
    Partial::struck(640.0, 0.36, 11.0).add(&mut out, 0.0);
    Burst { seed: 21, hz: 3_200.0, q: 0.8, amp: 0.22, attack_ms: 0.2, decay_ms: 1.6 }.add(&mut out, 0.0);
    Partial::struck(980.0, 0.50, 12.0).add(&mut out, 52.0);
    Partial::struck(410.0, 0.55, 20.0).add(&mut out, 52.0);
    Partial::struck(165.0, 0.60, 24.0).swelling(1.5).add(&mut out, 52.0);
    Burst { seed: 22, hz: 2_100.0, q: 0.8, amp: 0.26, attack_ms: 0.2, decay_ms: 2.2 }.add(&mut out, 52.0);
    release(&mut out, 30.0);
    out
}

/// **Flip**: one coin or card turning: a brush of air at 3.4 kHz that falls on a light tap (920 Hz, 7 ms).
pub fn flip() -> Vec<f64> {
    let mut out = silence(90.0);
    Burst { seed: 31, hz: 3_400.0, q: 1.1, amp: 0.55, attack_ms: 2.0, decay_ms: 9.0 }.add(&mut out, 0.0);
    Partial::struck(920.0, 0.40, 7.0).add(&mut out, 3.0);
    Partial::struck(1_870.0, 0.16, 4.0).add(&mut out, 3.0);
    release(&mut out, 20.0);
    out
}

/// **Count**: one step of a number: the smallest sound here, a fingernail on glass (2.05 kHz, 5 ms).
/// It comes up to twelve times a second and must not become a machine gun.
pub fn count() -> Vec<f64> {
    let mut out = silence(50.0);
    Partial::struck(2_050.0, 0.60, 5.0).add(&mut out, 0.0);
    Partial::struck(4_180.0, 0.12, 2.5).add(&mut out, 0.0);
    release(&mut out, 15.0);
    out
}

/// **Go**: the clock starts: the tick's wood with a bright open tone behind it (E6, 1318.5 Hz, and its octave below).
pub fn go() -> Vec<f64> {
    let mut out = silence(320.0);
    Partial::struck(1_318.5, 0.55, 60.0).add(&mut out, 0.0);
    Partial::struck(659.3, 0.40, 75.0).swelling(1.0).add(&mut out, 0.0);
    Partial::struck(2_637.0, 0.10, 30.0).add(&mut out, 0.0);
    Partial::struck(2_460.0, 0.22, 6.0).add(&mut out, 0.0);
    Burst { seed: 41, hz: 2_800.0, q: 0.9, amp: 0.22, attack_ms: 0.2, decay_ms: 1.0 }.add(&mut out, 0.0);
    release(&mut out, 60.0);
    out
}

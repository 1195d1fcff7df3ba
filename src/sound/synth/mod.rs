//! How cues are made: a theme's voices play its scores, the same samples on every machine.
//!
//! A score renders 48 kHz mono and is brought to the loudness that it asks for: its loudest 400 ms (EBU R 128 momentary,
//! both loudspeakers playing the same).

mod crowd;
pub mod parts;
mod weigh;

pub use parts::RATE_HZ;
pub use weigh::momentary_max_lufs;

use crate::show::theme::{Note, Score, Sounds, Strokes, Voice};
use parts::{Burst, Drop, Noise, Partial, centre, release, silence};

/// Highest true peak a cue or a mix may have, dBTP.
pub const CEILING_DBTP: f64 = -1.0;

/// Every variant of a score at its loudness.
pub fn render(sounds: &Sounds, score: &Score) -> Vec<Vec<f32>> {
    let raw: Vec<Vec<f64>> = if score.bars.is_empty() {
        let as_written = [0.0];
        let steps = if score.steps.is_empty() { &as_written[..] } else { &score.steps };
        steps.iter().map(|step| play(sounds, score, &[], *step)).collect()
    } else {
        score.bars.iter().map(|bar| play(sounds, score, bar, 0.0)).collect()
    };
    let levels: Vec<f64> = raw.iter().map(|cue| momentary_max_lufs(cue)).collect();
    // Each tone of a scale is as loud as the others. Bars are music: they keep what lies between them.
    let loudest = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let level = |own: f64| if score.bars.is_empty() { own } else { loudest };
    raw.into_iter().zip(levels).map(|(cue, own)| at_loudness(&cue, level(own), score.lufs)).collect()
}

/// The blip of a whole second: 40 ms of 1 kHz at the trade's line-up level, −18 dBFS. It begins and ends where the wave
/// goes through nought, at full strength from its first sample on, so that its beginning can be measured to the sample.
pub fn sync_blip() -> Vec<f32> {
    const SAMPLES: u32 = RATE_HZ / 25;
    const LINE_UP: f64 = 0.125_892_541_179_416_7;
    let wave = |sample: u32| libm::sin(std::f64::consts::TAU * f64::from(sample % 48) / 48.0);
    (0..SAMPLES).map(|sample| (LINE_UP * wave(sample)) as f32).collect()
}

/// A sound of one loudness brought to another, LUFS.
fn at_loudness(cue: &[f64], is: f64, wanted: f64) -> Vec<f32> {
    // In hundredths of a decibel: what the last bit of a logarithm says makes no difference.
    let gain_db = if is.is_finite() { ((wanted - is) * 100.0).round() / 100.0 } else { 0.0 };
    let gain = libm::pow(10.0, gain_db / 20.0);
    cue.iter().map(|sample| (sample * gain) as f32).collect()
}

/// One variant, at the level that it happens to have.
fn play(sounds: &Sounds, score: &Score, bar: &[Note], step: f64) -> Vec<f64> {
    let mut out = silence(score.length_ms);
    let hz = |note: f64| sounds.tonic_hz * libm::exp2((note + step) / 12.0);
    let mut seed = 0;
    for note in score.notes.iter().chain(bar) {
        let Some(voice) = sounds.voices.get(&note.on) else { continue };
        seed += 1;
        sound(
            voice,
            &Struck { hz: hz(note.note), level: note.level, at_ms: note.at, hold_ms: note.hold, seed },
            &mut out,
        );
    }
    for strokes in &score.strokes {
        let Some(voice) = sounds.voices.get(&strokes.on) else { continue };
        seed = roll(voice, strokes, hz(strokes.note), seed, &mut out);
    }
    centre(&mut out);
    release(&mut out, score.release_ms);
    out
}

/// A note that is being played.
struct Struck {
    hz: f64,
    level: f64,
    at_ms: f64,
    hold_ms: f64,
    /// What its noise is drawn from: no two notes of a score sound alike to the last grain.
    seed: u64,
}

fn sound(voice: &Voice, note: &Struck, out: &mut [f64]) {
    let Struck { hz, level, at_ms, hold_ms, seed } = *note;
    for mode in &voice.modes {
        let partial = Partial { hz: hz * mode.0, amp: level * mode.1, decay_ms: mode.2, attack_ms: mode.3, hold_ms };
        if voice.beat_hz > 0.0 {
            // A stronger and a weaker one a little apart: the tone breathes without ever vanishing.
            Partial { amp: partial.amp * 0.72, ..partial }.add(out, at_ms);
            let beat = voice.beat_hz * (1.0 + 0.37 * libm::sin(mode.0 * 7.0));
            Partial { amp: partial.amp * 0.28, hz: partial.hz + beat, ..partial }.add(out, at_ms);
        } else {
            partial.add(out, at_ms);
        }
    }
    for (n, grain) in (0..).zip(&voice.noise) {
        let seed = seed * 97 + n;
        Burst { seed, hz: grain.0, q: grain.1, amp: level * grain.2, attack_ms: grain.3, decay_ms: grain.4 }
            .add(out, at_ms);
    }
    for skin in &voice.skins {
        Drop { from_hz: hz * skin.0, to_hz: hz, glide_ms: skin.1, amp: level * skin.2, decay_ms: skin.3 }
            .add(out, at_ms);
    }
    if let Some(air) = &voice.air {
        crowd::air(air, seed, level, out, at_ms);
    }
    if let Some(crowd) = &voice.crowd {
        crowd::crowd(crowd, seed, level, out, at_ms);
    }
}

fn roll(voice: &Voice, strokes: &Strokes, hz: f64, mut seed: u64, out: &mut [f64]) -> u64 {
    let mut jitter = Noise::new(81);
    let mut at_ms = strokes.from;
    let (quiet, loud) = strokes.levels;
    while at_ms < strokes.to {
        let along = (at_ms - strokes.from) / (strokes.to - strokes.from);
        let level = (quiet + (loud - quiet) * along * along) * (1.0 + 0.10 * jitter.draw());
        seed += 1;
        sound(voice, &Struck { hz, level, at_ms, hold_ms: 0.0, seed }, out);
        at_ms += strokes.every + strokes.stray * jitter.draw();
    }
    seed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::cue::Cue;
    use crate::show::theme::source::shipped;
    use crate::sound::loudness::measure;
    use crate::sound::{Bank, SoundSet};

    const THEMES: [&str; 3] = ["qingkong", "zhujin", "subai"];

    fn sounds(theme: &str) -> Sounds {
        shipped::theme(theme).programme().sounds.clone()
    }

    /// FNV-1a over the bits of the samples.
    fn digest(bank: &Bank) -> u64 {
        let samples = Cue::themed().flat_map(|cue| bank.variants(cue)).flat_map(|variant| variant.iter());
        samples
            .flat_map(|sample| sample.to_bits().to_le_bytes())
            .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
    }

    #[test]
    fn every_theme_has_every_cue_as_loud_as_its_score_says() {
        for theme in THEMES {
            let (sounds, mut wrong) = (sounds(theme), Vec::new());
            let (bank, faults) = Bank::render(&sounds, &[]);
            assert_eq!(faults, []);
            for cue in Cue::themed() {
                let score = sounds.cues.get(cue.name()).and_then(|cue| cue.score.as_ref()).expect("a score");
                let levels = bank.variants(cue).iter().map(|samples| measure(samples).expect("measured"));
                let loudest = levels.map(|level| level.momentary_max_lufs).fold(f64::MIN, f64::max);
                if (loudest - score.lufs).abs() > 0.1 {
                    wrong.push(format!("{theme} {}: {loudest:.2} LUFS instead of {}", cue.name(), score.lufs));
                }
            }
            assert!(wrong.is_empty(), "{wrong:#?}");
        }
    }

    #[test]
    fn no_cue_clicks_hums_or_peaks() {
        for theme in THEMES {
            let sounds = sounds(theme);
            let (bank, _) = Bank::render(&sounds, &[]);
            let set = SoundSet::themed(&sounds);
            for cue in Cue::themed() {
                let gain = 10.0_f64.powf(f64::from(set.cue(cue).gain_db + set.programme_db()) / 20.0);
                for (n, samples) in bank.variants(cue).iter().enumerate() {
                    let what = format!("{theme} {} {n}", cue.name());
                    let level = measure(samples).expect("measured");
                    let peak_dbtp = level.true_peak_dbtp + 20.0 * gain.log10();
                    let limit = if matches!(cue, Cue::Wrong | Cue::Loss) { -6.0 } else { CEILING_DBTP };
                    assert!(peak_dbtp <= limit, "{what} peaks at {peak_dbtp:.2} dBTP");
                    // What swells by design aside, a cue must be heard at its instant.
                    let swells = matches!(cue, Cue::Reveal | Cue::Sting | Cue::Applause | Cue::Bed);
                    assert!(level.onset_us <= 4_000 || swells, "{what} begins after {} µs", level.onset_us);
                    let rms =
                        (samples.iter().map(|it| f64::from(*it).powi(2)).sum::<f64>() / samples.len() as f64).sqrt();
                    let mean = samples.iter().map(|it| f64::from(*it)).sum::<f64>() / samples.len() as f64;
                    assert!(mean.abs() < rms * 0.03, "{what} has a direct current of {:.1} %", 100.0 * mean / rms);
                    let edge = samples.iter().take(2).chain(samples.iter().rev().take(2));
                    let edge = edge.fold(0.0_f32, |most, it| most.max(it.abs()));
                    assert!(f64::from(edge) < rms * 0.1, "{what} begins or ends with a step of {edge}");
                }
            }
        }
    }

    #[test]
    fn teams_tones_differ_and_a_count_rises() {
        for theme in THEMES {
            let (bank, _) = Bank::render(&sounds(theme), &[]);
            for cue in [Cue::Buzzer, Cue::Count] {
                let tones = bank.variants(cue);
                assert!(tones.len() >= 12, "{theme}: as many as teams fit the strip");
                assert!(tones.windows(2).all(|pair| pair[0] != pair[1]), "{theme}");
            }
        }
    }

    #[test]
    fn the_own_meter_agrees_with_the_reference() {
        for (hz, lufs) in [(1_000.0, -20.0), (100.0, -20.0), (5_000.0, -20.0)] {
            let tone: Vec<f64> =
                (0..48_000).map(|i| 0.1 * libm::sin(std::f64::consts::TAU * hz * f64::from(i) / 48_000.0)).collect();
            let samples: Vec<f32> = tone.iter().map(|sample| *sample as f32).collect();
            let reference = measure(&samples).expect("measured").momentary_max_lufs;
            let own = momentary_max_lufs(&tone);
            assert!((own - reference).abs() < 0.05, "{hz} Hz: {own:.3} and {reference:.3} LUFS, about {lufs}");
        }
        assert_eq!(momentary_max_lufs(&[0.0; 480]), f64::NEG_INFINITY);
    }

    #[test]
    fn every_theme_is_the_same_samples_on_every_machine() {
        let digests = THEMES.map(|theme| format!("{theme} {:016x}", digest(&Bank::render(&sounds(theme), &[]).0)));
        assert_eq!(digests, DIGESTS, "a score changed: listen to it, then commit the new digests");
    }

    /// FNV-1a of each theme's samples.
    const DIGESTS: [&str; 3] = ["qingkong 6cf0d48f6cb1d3a1", "zhujin 9d016e1ec3e02f5f", "subai d31e95f9270b44a5"];
}

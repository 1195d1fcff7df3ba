//! How loud a theme is before anybody hears it: each cue, and the mix of a whole tape (EBU R 128).

use ebur128::{Channel, EbuR128, Mode};

use super::bank::Bank;
use super::films::Films;
use super::levels::SoundSet;
use super::loudness::{Loudness, MeasureError, measure};
use super::mixer::{Kit, Mixer, samples_in};
use super::synth::RATE_HZ;
use crate::show::cue::{Cue, ScheduledCue, Stem};
use crate::show::cues::{Levels, Programme};
use crate::show::theme::Sounds;
use crate::show::time::{Instant, SpanUs, ms};

/// How far a programme may be off its loudness, LU.
pub const TOLERANCE_LU: f64 = 1.0;

/// One cue of a theme, with the theme's gains, before the limiter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CueSurvey {
    pub cue: Cue,
    /// The loudest of its variants.
    pub level: Loudness,
    /// How long it is heard, µs.
    pub length_us: SpanUs,
    /// The theme has it muted.
    pub muted: bool,
}

/// Measures every cue of a theme that makes a sound; one that does not is missing from the list.
///
/// # Errors
/// Where a sound cannot be measured at all.
pub fn survey(sounds: &Sounds, bank: &Bank) -> Result<Vec<CueSurvey>, MeasureError> {
    let set = SoundSet::themed(sounds);
    let mut found = Vec::new();
    for cue in Cue::themed() {
        let gain = libm::powf(10.0, (set.cue(cue).gain_db + set.programme_db()) / 20.0);
        let mut loudest: Option<(Loudness, usize)> = None;
        for samples in bank.variants(cue) {
            let samples: Vec<f32> = samples.iter().map(|sample| sample * gain).collect();
            let level = measure(&samples)?;
            if loudest.is_none_or(|(most, _)| level.momentary_max_lufs > most.momentary_max_lufs) {
                loudest = Some((level, samples.len()));
            }
        }
        if let Some((level, length)) = loudest {
            let length_us = length as i64 * 1_000_000 / i64::from(RATE_HZ);
            found.push(CueSurvey { cue, level, length_us, muted: set.cue(cue).muted });
        }
    }
    Ok(found)
}

/// A programme as `export` writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProgrammeLoudness {
    /// Integrated over the whole of it, LUFS; −∞ where nothing is loud enough to count.
    pub integrated_lufs: f64,
    pub true_peak_dbtp: f64,
    /// How long anything is heard, µs.
    pub sounds_us: SpanUs,
}

/// Measures the mix of a programme's cues from `from_us` on; its films are measured one by one (see [`super::films`]). What is silent is not mixed: the meter would not count it either.
///
/// # Errors
/// Where it cannot be measured at all.
pub fn loudness_of(
    programme: &Programme,
    from_us: Instant,
    sounds: &Sounds,
    bank: &Bank,
) -> Result<ProgrammeLoudness, MeasureError> {
    let set = SoundSet::themed(sounds);
    // Both loudspeakers play the same: one channel that counts twice measures as two and takes half the time.
    let mut meter = EbuR128::new(1, RATE_HZ, Mode::I | Mode::TRUE_PEAK)?;
    meter.set_channel(0, Channel::DualMono)?;
    let mut sounds_us = 0;
    for (from, to, cues) in stretches(programme, from_us, &set, bank) {
        let kit = Kit { sounds: &set, bank, films: &Films::default() };
        let mut mixer = Mixer::new(&cues, &[], &programme.course, from, kit);
        let mut block = [0.0_f32; RATE_HZ as usize / 10];
        for _ in 0..(samples_in(to - from) as usize / block.len()) {
            block.fill_with(|| mixer.step()[0]);
            meter.add_frames_f32(&block)?;
        }
        sounds_us += to - from;
    }
    let true_peak = meter.true_peak(0)?;
    let integrated_lufs = meter.loudness_global()?;
    Ok(ProgrammeLoudness { integrated_lufs, true_peak_dbtp: 20.0 * libm::log10(true_peak), sounds_us })
}

/// Where anything sounds, with room for the meter's and the limiter's memory, on the meter's grid of 100 ms.
fn stretches(
    programme: &Programme,
    from_us: Instant,
    set: &SoundSet,
    bank: &Bank,
) -> Vec<(Instant, Instant, Vec<ScheduledCue>)> {
    const GRID: SpanUs = ms(100);
    const BEFORE: SpanUs = ms(100);
    const AFTER: SpanUs = ms(500);
    let mut found: Vec<(Instant, Instant, Vec<ScheduledCue>)> = Vec::new();
    let heard = |cue: &&ScheduledCue| {
        let silent = |levels: Levels| levels.of(Stem::Bed) == 0.0;
        let gone = cue.cue.stem() == Stem::Bed && silent(programme.course.at(cue.at_us));
        cue.at_us >= from_us && set.cue_gain(cue) > 0.0 && !gone
    };
    let mut cues: Vec<&ScheduledCue> = programme.cues.iter().filter(heard).collect();
    cues.sort_by_key(|cue| (cue.at_us, cue.key));
    for cue in cues {
        let length_us = bank.samples_of(cue).len() as i64 * 1_000_000 / i64::from(RATE_HZ);
        let from = (cue.at_us - from_us - BEFORE).div_euclid(GRID) * GRID + from_us;
        let to = (cue.at_us + length_us - from_us + AFTER).div_euclid(GRID) * GRID + GRID + from_us;
        match found.last_mut() {
            Some((_, end, cues)) if from <= *end => {
                *end = to.max(*end);
                cues.push(*cue);
            }
            _ => found.push((from, to, vec![*cue])),
        }
    }
    found
}

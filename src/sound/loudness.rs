//! What a sound measures: momentary loudness and true peak (EBU R 128), and where it begins.

use ebur128::{EbuR128, Mode};

use super::synth::RATE_HZ;

/// The measure of one cue as it is heard: both loudspeakers play the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loudness {
    /// Loudest 400 ms, LUFS.
    pub momentary_max_lufs: f64,
    /// True peak, dBTP.
    pub true_peak_dbtp: f64,
    /// From the first sample to the first that reaches a tenth of the peak, µs.
    pub onset_us: i64,
}

/// A measurement the meter refused.
#[derive(Debug, thiserror::Error)]
#[error("The loudness of a sound could not be measured: {0}. Its samples may be empty or not finite.")]
pub struct MeasureError(#[from] ebur128::Error);

/// Measures a mono sound.
pub fn measure(samples: &[f32]) -> Result<Loudness, MeasureError> {
    let stereo: Vec<[f32; 2]> = samples.iter().map(|&sample| [sample; 2]).collect();
    measure_stereo(&stereo)
}

/// Measures any 48 kHz stereo sound, with the silence around it that the 400 ms window needs.
pub fn measure_stereo(frames: &[[f32; 2]]) -> Result<Loudness, MeasureError> {
    const STEP: usize = RATE_HZ as usize / 100;
    const WINDOW: usize = STEP * 40;
    let mut meter = EbuR128::new(2, RATE_HZ, Mode::M | Mode::TRUE_PEAK)?;
    let mut padded = vec![0.0_f32; 2 * WINDOW];
    padded.extend(frames.iter().flatten());
    padded.resize(padded.len() + 2 * WINDOW, 0.0);
    let mut momentary_max_lufs = f64::NEG_INFINITY;
    for step in padded.chunks(2 * STEP) {
        meter.add_frames_f32(step)?;
        momentary_max_lufs = momentary_max_lufs.max(meter.loudness_momentary()?);
    }
    let true_peak = meter.true_peak(0)?.max(meter.true_peak(1)?);
    Ok(Loudness {
        momentary_max_lufs,
        true_peak_dbtp: 20.0 * libm::log10(true_peak),
        onset_us: onset(frames).map_or(0, |sample| (sample as i64 * 1_000_000) / i64::from(RATE_HZ)),
    })
}

/// How loud a 48 kHz stereo sound is over its whole length, LUFS; none where nothing in it is loud enough to count.
pub fn integrated_lufs(frames: &[[f32; 2]]) -> Result<Option<f64>, MeasureError> {
    let mut meter = EbuR128::new(2, RATE_HZ, Mode::I)?;
    let mut block = Vec::with_capacity(2 * RATE_HZ as usize);
    for second in frames.chunks(RATE_HZ as usize) {
        block.clear();
        block.extend(second.iter().flatten());
        meter.add_frames_f32(&block)?;
    }
    Ok(Some(meter.loudness_global()?).filter(|lufs| lufs.is_finite()))
}

/// The first sample that reaches a tenth of the sound's own peak, if it makes any sound.
pub fn onset(frames: &[[f32; 2]]) -> Option<usize> {
    let level = |frame: &[f32; 2]| frame[0].abs().max(frame[1].abs());
    let peak = frames.iter().map(level).fold(0.0, f32::max);
    if peak > 0.0 { frames.iter().position(|frame| level(frame) >= peak / 10.0) } else { None }
}

//! A film's sound: decoded whole, 48 kHz stereo from the film's zero on.

use std::{path::Path, process::Command, sync::Arc};

use crossbeam_channel::Receiver;

use super::{
    Limits, MediaError, Tools,
    probe::shortened,
    run::{Cut, input, run},
};
use crate::show::clip::ClipSound;

const RATE_HZ: i64 = 48_000;
/// Two channels of four bytes.
const FRAME_BYTES: usize = 8;

/// Decodes it. A stream that begins later than the pictures is silent until then.
pub fn sound(tools: &Tools, path: &Path, film: &str, limits: &Limits, stop: &Receiver<()>) -> Result<ClipSound, Cut> {
    let mut command = Command::new(&tools.ffmpeg);
    command.args(["-v", "error", "-nostdin"]);
    input(&mut command, path);
    command.args(["-map", "0:a:0", "-vn", "-af", "aresample=48000:async=1:first_pts=0", "-ac", "2", "-ar", "48000"]);
    command.args(["-f", "f32le", "-c:a", "pcm_f32le", "pipe:1"]);
    let most = usize::try_from(limits.length_us / 1_000_000 * RATE_HZ).unwrap_or(usize::MAX);
    let mut frames: Vec<[f32; 2]> = Vec::new();
    let mut rest: Vec<u8> = Vec::new();
    let fault = |reason: String| MediaError::Sound { film: film.to_owned(), reason };
    let ended = run(command, limits.reading, stop, &mut |piece| {
        rest.extend_from_slice(piece);
        let (whole, _) = rest.as_chunks::<FRAME_BYTES>();
        frames.extend(whole.iter().map(|[a, b, c, d, e, f, g, h]| {
            [f32::from_le_bytes([*a, *b, *c, *d]), f32::from_le_bytes([*e, *f, *g, *h])].map(sane)
        }));
        rest.drain(..whole.len() * FRAME_BYTES);
        if frames.len() > most { Err(fault(format!("longer than {} s", limits.length_us / 1_000_000))) } else { Ok(()) }
    });
    let ended = ended.map_err(|cut| match cut {
        Cut::OutOfTime => Cut::Failed(fault(format!("not read within {} s", limits.reading.as_secs()))),
        cut => cut,
    })?;
    if !ended.is_success || frames.is_empty() {
        return Err(Cut::Failed(fault(shortened(&ended.complaint, path))));
    }
    Ok(ClipSound(Arc::from(frames)))
}

/// No loudspeaker is told what is no number.
fn sane(sample: f32) -> f32 {
    if sample.is_finite() { sample.clamp(-4.0, 4.0) } else { 0.0 }
}

//! Reading a film through once: when each of its pictures begins, and whether it is whole.

use std::{path::Path, process::Command};

use crossbeam_channel::Receiver;

use super::{
    Limits, MediaError, Tools,
    error::place,
    film::{ticks_us, time_base},
    probe::{Probed, shortened},
    run::{Cut, input, run},
};

/// Of the duration that the file names so much may be missing at its end, µs: audio is often a little longer.
const MISSING_MOST_US: i64 = 500_000;

/// The pictures of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// µs from the film's zero.
    pub begins_us: Vec<i64>,
    /// Where the last one ends.
    pub length_us: i64,
}

/// What framecrc has told so far.
#[derive(Default)]
struct Heard {
    rest: Vec<u8>,
    base: Option<(i64, i64)>,
    begins_us: Vec<i64>,
    end_us: i64,
}

impl Heard {
    fn take(&mut self, piece: &[u8]) {
        self.rest.extend_from_slice(piece);
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            self.line(&String::from_utf8_lossy(&line));
        }
    }

    /// `#tb 0: 1/12800`, or `0, dts, pts, duration, size, crc`.
    fn line(&mut self, line: &str) {
        if let Some(base) = line.strip_prefix("#tb 0:") {
            self.base = time_base(base);
            return;
        }
        let mut fields = line.split(',').map(|field| field.trim().parse::<i64>().ok());
        let (Some(base), Some(Some(0)), _, Some(Some(pts)), duration) =
            (self.base, fields.next(), fields.next(), fields.next(), fields.next())
        else {
            return;
        };
        let Some(begin) = ticks_us(pts, base) else { return };
        // Two pictures are never in disorder.
        let begin = self.begins_us.last().map_or(begin, |last| begin.max(*last));
        let lasts = duration.flatten().filter(|ticks| *ticks > 0).and_then(|ticks| ticks_us(ticks, base));
        let before = self.begins_us.last().map_or(0, |last| begin - last);
        self.end_us = begin + lasts.unwrap_or(before);
        self.begins_us.push(begin);
    }
}

/// Decodes all of it.
pub fn index(
    tools: &Tools,
    path: &Path,
    film: &str,
    probed: &Probed,
    limits: &Limits,
    stop: &Receiver<()>,
) -> Result<Index, Cut> {
    let mut command = Command::new(&tools.ffmpeg);
    command.args(["-v", "error", "-nostdin", "-copyts", "-start_at_zero"]);
    if let Some(decoder) = &probed.recipe.decoder {
        command.args(["-c:v", decoder]);
    }
    input(&mut command, path);
    command.args(["-map", "0:V:0", "-fps_mode", "passthrough", "-enc_time_base", "-1", "-flush_packets", "1"]);
    command.args(["-f", "framecrc", "pipe:1"]);
    let mut heard = Heard::default();
    let film = || film.to_owned();
    let ended = run(command, limits.reading, stop, &mut |piece| {
        heard.take(piece);
        if heard.begins_us.len() > limits.pictures || heard.end_us > limits.length_us {
            return Err(MediaError::Long { film: film(), seconds: limits.length_us / 1_000_000 });
        }
        Ok(())
    });
    let ended = ended.map_err(|cut| match cut {
        Cut::OutOfTime => Cut::Failed(MediaError::Endless { film: film(), seconds: limits.reading.as_secs() }),
        cut => cut,
    })?;
    let broken = |reason: String| Cut::Failed(MediaError::Broken { film: film(), at: place(heard.end_us), reason });
    if !ended.complaint.is_empty() || !ended.is_success {
        return Err(broken(shortened(&ended.complaint, path)));
    }
    if heard.begins_us.is_empty() {
        return Err(Cut::Failed(MediaError::NoPicture { film: film() }));
    }
    if let Some(duration) = probed.duration_us.filter(|duration| duration - heard.end_us > MISSING_MOST_US) {
        return Err(broken(format!("{} were announced", place(duration))));
    }
    Ok(Index { length_us: if probed.is_image { 0 } else { heard.end_us }, begins_us: heard.begins_us })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_counted_as_they_are_told() {
        let mut heard = Heard::default();
        heard.take(b"#software: Lavf\n#tb 0: 1/1000\n#dimensions 0: 2x2\n0,  0,  0,  40, 16, 0x");
        heard.take(b"01\n0, 40, 40, 40, 16, 0x02\n0, 95, 95,  0, 16, 0x03\n1, 5, 5, 5, 5, 0x0");
        assert_eq!(heard.begins_us, [0, 40_000, 95_000]);
        assert_eq!(heard.end_us, 150_000);
    }
}

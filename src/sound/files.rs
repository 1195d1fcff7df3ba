//! A theme's own sound files: WAV or OGG inside its folder, read whole, bounded, mono at 48 kHz.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::decode::{DecodeError, Decoded, decode};
use super::synth::RATE_HZ;
use crate::bounded;
use crate::show::cue::Cue;
use crate::show::told::{Clause, Told, Words, clause};

/// Largest file, bytes, and longest sound, s.
pub const MOST_BYTES: u64 = crate::show::limits::SOUND_BYTES;
pub const MOST_S: f64 = crate::show::limits::SOUND_S as f64;

/// Why a theme's file is not heard. The theme's score for the cue sounds instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The sound file \"{file}\" of the cue \"{cue}\" is not used: {why}. The built-in sound is heard instead.", cue = cue.name())]
pub struct CueFileError {
    /// The cue that asked for it.
    pub cue: Cue,
    /// As the theme names it.
    pub file: String,
    /// What is wrong and what to do.
    pub why: Clause,
}

impl Told for CueFileError {
    fn words(&self) -> Words {
        Words::new("theme-sound").with("file", &self.file).with("cue", self.cue.name()).with("why", &self.why)
    }
}

/// Reads a file of a theme as 48 kHz mono, from the first of its folders that has it.
///
/// # Errors
/// Where it leads out of the folder, is missing, too large, too long, or is neither WAV nor OGG.
pub fn read(cue: Cue, folders: &[PathBuf], file: &str) -> Result<Vec<f32>, CueFileError> {
    samples(folders, file).map_err(|why| CueFileError { cue, file: file.to_owned(), why })
}

fn samples(folders: &[PathBuf], file: &str) -> Result<Vec<f32>, Clause> {
    let holds = |folder: &&PathBuf| folder.join(file).is_file();
    let no_folder =
        || clause!("theme-sound-no-folder", "a theme inside the program has no folder; copy the theme into one");
    let path = within(folders.iter().find(holds).or(folders.first()).ok_or_else(no_folder)?, file)?;
    let bytes = bounded::read(&path, MOST_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => large(&path),
        _ => unreadable(&error),
    })?;
    let Decoded { rate_hz: rate, samples: mono, length_s } = decode(&bytes, MOST_S).map_err(|error| match error {
        DecodeError::Rate { rate_hz: rate } => {
            clause!("theme-sound-rate", "its sample rate is {rate} Hz; save it with 48000", rate)
        }
        error => {
            let reason = error.to_string();
            clause!("theme-sound-kind", "it is no WAV or OGG sound ({reason}); save it anew as one of them", reason)
        }
    })?;
    if length_s > MOST_S || mono.is_empty() {
        // Up: what is a moment too long is not told to last as long as it may.
        let (seconds, most) = (format!("{:.1}", (length_s * 10.0).ceil() / 10.0), MOST_S);
        return Err(clause!(
            "theme-sound-long",
            "it lasts {seconds} s, must last more than none and at most {most}; cut it",
            seconds,
            most
        ));
    }
    if mono.iter().any(|sample| !sample.is_finite()) {
        return Err(clause!("theme-sound-broken", "it holds samples that are no numbers; save it anew"));
    }
    let mut samples = if rate == RATE_HZ { mono } else { resampled(&mono, f64::from(rate) / f64::from(RATE_HZ)) };
    // A file that is cut off in the middle of a wave must not click.
    let last = samples.len().min(240);
    for (i, sample) in samples.iter_mut().rev().take(last).enumerate() {
        *sample *= i as f32 / last as f32;
    }
    Ok(samples)
}

/// The file's real place: inside the folder also where links lead.
fn within(folder: &Path, file: &str) -> Result<PathBuf, Clause> {
    let outside = || {
        let folder = folder.display().to_string();
        clause!("theme-sound-outside", "it must lie inside the theme's folder {folder}; copy it there", folder)
    };
    if !Path::new(file).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(outside());
    }
    let real = folder.canonicalize().map_err(|error| unreadable(&error))?;
    let path = real.join(file).canonicalize().map_err(|error| unreadable(&error))?;
    if path.starts_with(&real) { Ok(path) } else { Err(outside()) }
}

fn large(path: &Path) -> Clause {
    let (bytes, most) = (path.metadata().map_or(0, |about| about.len()).max(MOST_BYTES + 1), MOST_BYTES);
    clause!(
        "theme-sound-large",
        "it has {bytes} bytes, at most {most} are read; shorten it or save it as OGG",
        bytes,
        most
    )
}

fn unreadable(error: &io::Error) -> Clause {
    let reason = error.to_string();
    clause!("theme-sound-unreadable", "it cannot be read ({reason}); add it, or correct its name", reason)
}

/// Another sample rate by a windowed sinc of 32 taps.
fn resampled(samples: &[f32], step: f64) -> Vec<f32> {
    const HALF: i64 = 16;
    let length = (samples.len() as f64 / step) as usize;
    // Down to 48 kHz nothing above the new half rate may fold back.
    let pass = (1.0 / step).min(1.0);
    (0..length)
        .map(|i| {
            let place = i as f64 * step;
            let middle = place.floor() as i64;
            let taps = (middle - HALF + 1)..=(middle + HALF);
            let sum: f64 = taps
                .filter_map(|tap| {
                    let sample = f64::from(*samples.get(usize::try_from(tap).ok()?)?);
                    let x = place - tap as f64;
                    let window = 0.5 + 0.5 * libm::cos(std::f64::consts::PI * x / HALF as f64);
                    let turn = std::f64::consts::PI * x * pass;
                    let sinc = if turn.abs() < 1e-9 { 1.0 } else { libm::sin(turn) / turn };
                    Some(sample * sinc * window * pass)
                })
                .sum();
            sum as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, process::Command};

    use super::*;
    use crate::sound::mixer::write_wav;

    /// A theme's folder with a tone of 440 Hz.
    fn folder(seconds: f64) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("sounds")).expect("writable");
        let frames = (0..(seconds * 48_000.0) as usize).map(|i| [0.5 * libm::sinf(i as f32 * 0.057_595_9); 2]);
        write_wav(&folder.path().join("sounds/correct.wav"), frames).expect("writable");
        let folders = vec![folder.path().to_owned()];
        (folder, folders)
    }

    #[test]
    fn a_file_of_the_folder_is_read_as_it_is() {
        let (_folder, folders) = folder(0.5);
        let samples = read(Cue::Correct, &folders, "sounds/correct.wav").expect("readable");
        assert_eq!(samples.len(), 24_000);
        assert!((samples[100] - 0.5 * libm::sinf(5.759_59)).abs() < 1e-3 && samples[23_999] == 0.0);
    }

    #[test]
    fn what_cannot_be_used_is_told_with_the_way_out() {
        let (folder, folders) = folder(10.5);
        fs::write(folder.path().join("noise.ogg"), b"no sound at all").expect("writable");
        fs::write(folder.path().join("large.wav"), vec![0; MOST_BYTES as usize + 1]).expect("writable");
        let refused = |file: &str| read(Cue::Correct, &folders, file).expect_err(file).to_string();
        for (file, words) in [
            ("../theme.ron", "must lie inside"),
            ("/etc/hostname", "must lie inside"),
            ("sounds/missing.wav", "add it, or correct its name"),
            ("noise.ogg", "no WAV or OGG"),
            ("large.wav", "at most"),
            ("sounds/correct.wav", "lasts 10.5 s"),
        ] {
            let said = refused(file);
            assert!(
                said.contains(words) && said.contains("\"correct\"") && said.contains("built-in"),
                "{file}: {said}"
            );
        }
        let said = read(Cue::Hit, &[], "a.wav").expect_err("no folder").to_string();
        assert!(said.contains("has no folder"), "{said}");
    }

    /// A pipe that nobody writes to would be waited for, and two minutes in 14 kB would be decoded to their end.
    #[test]
    fn a_file_that_is_none_or_unpacks_without_end_holds_nobody_up() {
        let (folder, folders) = folder(0.1);
        let pipe = folder.path().join("pipe.wav");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
        fs::write(folder.path().join("long.ogg"), include_bytes!("../../tests/hostile/long.ogg")).expect("writable");
        std::os::unix::fs::symlink("pipe.wav", folder.path().join("link.wav")).expect("a link");
        for (file, words) in [
            ("pipe.wav", "no file but"),
            ("link.wav", "no file but"),
            ("sounds", "no file but"),
            ("long.ogg", "cut it"),
        ] {
            let said = read(Cue::Correct, &folders, file).expect_err(file).to_string();
            assert!(said.contains(words) && said.contains("built-in"), "{file}: {said}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_does_not_lead_out_of_the_folder() {
        let (folder, folders) = folder(0.1);
        let (outside, _) = self::folder(0.1);
        std::os::unix::fs::symlink(outside.path().join("sounds/correct.wav"), folder.path().join("link.wav"))
            .expect("a link");
        let said = read(Cue::Correct, &folders, "link.wav").expect_err("outside").to_string();
        assert!(said.contains("must lie inside"), "{said}");
    }

    #[test]
    fn another_rate_keeps_pitch_and_level() {
        let step = 44_100.0 / 48_000.0;
        let tone: Vec<f32> =
            (0..44_100).map(|i| libm::sin(std::f64::consts::TAU * 1_000.0 * f64::from(i) / 44_100.0) as f32).collect();
        let out = resampled(&tone, step);
        assert_eq!(out.len(), 48_000);
        for (i, heard) in out.iter().enumerate().take(2_000).skip(1_000) {
            let wanted = libm::sin(std::f64::consts::TAU * 1_000.0 * i as f64 / 48_000.0) as f32;
            assert!((heard - wanted).abs() < 0.01, "{i}: {heard} instead of {wanted}");
        }
    }
}

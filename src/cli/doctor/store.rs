//! The disk: whether tonight's tape and recordings find room, and are taken as fast as they come.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::Instant,
};

use super::line::{Line, say};
use crate::{
    locale::{self, Lang},
    output::{
        free_bytes, nearest,
        sink::{Written, written},
    },
    routing::Route,
    show::told::Words,
};

/// Written on trial.
const TRIAL_BYTES: usize = 32 << 20;
/// A tape of a contest: ten events a second would be many.
const TAPE_BYTES_S: f64 = 10.0 * 400.0;
/// With less nothing is begun.
const LEAST_BYTES: u64 = 256 << 20;

/// One line for each folder that is written to, tape first; `hours` of a show are to find room. What a disk is to take is
/// what all its folders are to take.
pub(super) fn disks(lang: Lang, tape: &Path, routes: &[Route], hours: f64) -> Vec<Line> {
    let folder = |path: &Path| path.parent().unwrap_or(Path::new("")).to_owned();
    let mut wanted = vec![(folder(tape), TAPE_BYTES_S)];
    for route in routes {
        let Some(Written { path, bytes_s }) = written(route) else { continue };
        let folder = folder(&path);
        match wanted.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, sum)) => *sum += bytes_s,
            None => wanted.push((folder, bytes_s)),
        }
    }
    let sums = by_disk(&wanted, device);
    wanted.iter().zip(sums).map(|((folder, _), bytes_s)| disk(lang, folder, bytes_s, hours)).collect()
}

/// For each folder, what comes to its disk.
fn by_disk(wanted: &[(PathBuf, f64)], device: impl Fn(&Path) -> Option<u64>) -> Vec<f64> {
    let devices: Vec<Option<u64>> = wanted.iter().map(|(folder, _)| device(folder)).collect();
    let all = || devices.iter().zip(wanted);
    let sum = |of: Option<u64>| all().filter(|(known, _)| **known == of).map(|(_, (_, bytes_s))| bytes_s).sum();
    // Of a folder that cannot be looked at nothing is known but its own.
    all().map(|(of, (_, bytes_s))| if of.is_some() { sum(*of) } else { *bytes_s }).collect()
}

/// The disk where a folder is, or is to be made.
fn device(folder: &Path) -> Option<u64> {
    fs::metadata(nearest(folder)).ok().map(|about| about.dev())
}

fn disk(lang: Lang, folder: &Path, bytes_s: f64, hours: f64) -> Line {
    let what = "doctor-disk";
    let name = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let fault = |error: io::Error| {
        Line::fault(what, format!("{}: {error}", name.display()), locale::word(lang, "doctor-disk.mend"))
    };
    let free = match free_bytes(folder) {
        Ok(free) => free,
        Err(error) => return fault(error),
    };
    let gb = |bytes: f64| format!("{:.1}", bytes / 1e9);
    let needs = bytes_s * hours * 3600.0;
    if free < LEAST_BYTES {
        let words = Words::new("doctor-disk-full").with("folder", name).with("free", gb(free as f64));
        return Line::fault(what, say(lang, &words), locale::word(lang, "doctor-disk.room"));
    }
    let speed = match written_s(name) {
        Ok(seconds) => TRIAL_BYTES as f64 / seconds.max(1e-6),
        Err(error) => return fault(error),
    };
    let words = Words::new("doctor-disk-found").with("folder", name).with("free", gb(free as f64));
    let words = words.with("speed", format!("{:.0}", speed / 1e6)).with("rate", format!("{:.1}", bytes_s / 1e6));
    let found = say(lang, &words.with("hours", format!("{hours:.0}")).with("needs", gb(needs)));
    if speed < bytes_s {
        Line::fault(what, found, locale::word(lang, "doctor-disk.slow"))
    } else if speed < 2.0 * bytes_s || (free as f64) < needs {
        Line::attention(what, found, locale::word(lang, "doctor-disk.room"))
    } else {
        Line::ok(what, found)
    }
}

/// How long the disk takes for the trial, until it says that it has it.
fn written_s(folder: &Path) -> io::Result<f64> {
    fs::create_dir_all(folder)?;
    let path = folder.join(format!(".leitai-doctor-{}", std::process::id()));
    let piece: Vec<u8> = (0..1 << 20).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let trial = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let began = Instant::now();
        for _ in 0..TRIAL_BYTES / piece.len() {
            file.write_all(&piece)?;
        }
        file.sync_data()?;
        Ok(began.elapsed().as_secs_f64())
    };
    let took = trial();
    // One that was not made need not go.
    let _gone = fs::remove_file(&path).is_err();
    took
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cli::doctor::line::Verdict,
        routing::{Look, Place, Wire},
        show::rate::Rate,
    };

    #[test]
    fn folders_of_one_disk_share_it() {
        let folders = ["tapes", "a", "b", "elsewhere", "gone", "lost"];
        let wanted: Vec<_> = (1..).map(f64::from).zip(folders).map(|(bytes_s, name)| (name.into(), bytes_s)).collect();
        let device = |path: &Path| match path.to_str() {
            Some("elsewhere") => Some(2),
            Some("gone" | "lost") => None,
            _ => Some(1),
        };
        assert_eq!(by_disk(&wanted, device), [6.0, 6.0, 6.0, 4.0, 5.0, 6.0]);
        let folder = tempfile::tempdir().unwrap();
        let own = super::device(folder.path());
        assert!(own.is_some() && own == super::device(&folder.path().join("not/made/yet")));
        assert_ne!(own, super::device(Path::new("/proc")));
    }

    #[test]
    fn a_disk_is_tried_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let lines = disks(Lang::En, &folder.path().join("show.tape.ndjson"), &[], 3.0);
        assert_eq!((lines.len(), lines[0].verdict), (1, Verdict::Ok), "{lines:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        // What no disk can take in time.
        let line = disk(Lang::En, folder.path(), 1e15, 3.0);
        assert_eq!(line.verdict, Verdict::Fault, "{line:?}");
        let line = disk(Lang::En, Path::new("/proc/no-folder-here"), 1.0, 3.0);
        assert_eq!(line.verdict, Verdict::Fault, "{line:?}");
        assert!(line.todo.is_some());
    }

    #[test]
    fn frames_that_are_written_as_they_are_find_no_room() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("wall");
        let place = Place::Pipe { path: folder.join("wall.rgba"), wire: Wire::Rgba };
        let raster = (7680, 4320);
        let wall = Route { raster, rate: Rate { num: 60, den: 1 }, look: Look::FillAndKey, place, ..Route::default() };
        let lines = disks(Lang::En, &home.path().join("show.tape.ndjson"), &[wall], 3.0);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].found.contains(&folder.display().to_string()), "{lines:?}");
        // 16 GB a second, and it is one disk.
        assert!(lines.iter().all(|line| line.verdict != Verdict::Ok && line.todo.is_some()), "{lines:?}");
    }
}

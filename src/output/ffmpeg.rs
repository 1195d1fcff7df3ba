//! ffmpeg as a child: which version there is, how it is started and heard, and the joining of segments into a film.

use std::{
    fs,
    io::Read,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread::JoinHandle,
};

use super::{FilmFormat, OutputError, encoders::H264};
use crate::show::rate::Rate;

/// How much of ffmpeg's complaints is kept, bytes.
const COMPLAINT: usize = 4096;
/// The same number of threads everywhere: an encoder's output depends on it.
pub(super) const THREADS: &str = "4";

/// The first line of `ffmpeg -version`.
///
/// # Errors
/// When there is none.
pub fn ffmpeg_version() -> Result<String, OutputError> {
    let output = Command::new("ffmpeg")
        .arg("-version")
        .output()
        .map_err(|error| OutputError::NoFfmpeg { reason: error.to_string() })?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// How a film's pictures are made.
#[derive(Clone, Debug)]
pub(super) struct Make {
    pub format: FilmFormat,
    pub encoder: H264,
    pub raster: (u32, u32),
    pub rate: Rate,
}

/// Joins segments, whose names stand in `list` as ffmpeg's concat wants them, with the sound into a film.
pub(super) fn join(path: &Path, make: &Make, list: &Path, sound: &Path) -> Result<(), OutputError> {
    let part = own_part(path);
    let mut command = quiet();
    command
        .args(["-f", "concat", "-safe", "0", "-i"])
        .arg(list)
        .arg("-i")
        .arg(sound)
        .args(["-map", "0:v", "-map", "1:a", "-c:v", "copy"])
        .args(make.format.audio())
        .args(["-threads", THREADS, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"])
        .args(timescale(make))
        .args(make.format.whole())
        .args(["-f", make.format.container()])
        .arg(&part)
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    let mut child = spawn(&mut command)?;
    let complaint = listen(&mut child);
    let status = child.wait().map_err(|error| OutputError::ffmpeg(path, &error))?;
    if !status.success() {
        // Of no use; if removing it fails, it is only in the way.
        let _ = fs::remove_file(&part);
        return Err(said(path, [complaint]));
    }
    fs::rename(&part, path).map_err(|error| OutputError::write(path, &error))
}

/// In which a frame of every rate is a whole number of ticks.
pub(super) fn timescale(make: &Make) -> Vec<String> {
    match make.format {
        FilmFormat::Mp4 | FilmFormat::Mov => vec!["-video_track_timescale".to_owned(), make.rate.num.to_string()],
        FilmFormat::Webm => Vec::new(),
    }
}

pub(super) fn quiet() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]);
    command
}

pub(super) fn spawn(command: &mut Command) -> Result<Child, OutputError> {
    command
        .stderr(Stdio::piped())
        // Ctrl-C in the terminal is for us alone: a child that it ends looks like one that failed.
        .process_group(0)
        .spawn()
        .map_err(|error| OutputError::NoFfmpeg { reason: error.to_string() })
}

/// Hears what the child says until it ends, and keeps the last of it.
pub(super) fn listen(child: &mut Child) -> JoinHandle<String> {
    let stderr = child.stderr.take();
    std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(mut stderr) = stderr {
            // What cannot be read of a complaint is not worth another one.
            let _ = stderr.read_to_end(&mut text);
        }
        text.drain(..text.len().saturating_sub(COMPLAINT));
        String::from_utf8_lossy(&text).trim().to_owned()
    })
}

/// Why ffmpeg ended, in its own words; what the first of several says that says something.
pub(super) fn said(path: &Path, complaints: impl IntoIterator<Item = JoinHandle<String>>) -> OutputError {
    let mut said = complaints.into_iter().filter_map(|complaint| complaint.join().ok());
    let reason = said.find(|said| !said.is_empty());
    let reason = reason.unwrap_or_else(|| "it ended early and said nothing".to_owned());
    OutputError::Ffmpeg { path: path.to_owned(), reason }
}

/// The name that a file has until it is complete: this process's own, since the encoder of one that was killed may
/// still be writing to its.
pub(super) fn own_part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

//! ffmpeg as a child: segments of a film from pictures with their instants, and their joining into one with sound.
//!
//! The same pictures give the same bytes, and a segment knows nothing of those before it: where one is cut short and
//! made again, the film does not differ.

use std::{
    fs,
    io::{Read, Write},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread::JoinHandle,
};

use crossbeam_channel::{Sender, bounded};

use super::{FilmFormat, OutputError, encoders::H264, feed};
use crate::show::rate::Rate;

/// Pictures that wait for the encoder: enough to keep both busy.
const WAITING: usize = 3;
/// How much of ffmpeg's complaints is kept, bytes.
const COMPLAINT: usize = 4096;
/// The same number of threads everywhere: an encoder's output depends on it.
const THREADS: &str = "4";

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

/// A picture and when it begins, µs after the segment.
type Sent = (u64, Arc<[u8]>);

/// A segment in the making. Dropped unfinished, it leaves nothing behind.
pub(super) struct Segment {
    path: PathBuf,
    part: PathBuf,
    child: Child,
    pictures: Option<Sender<Sent>>,
    writer: Option<JoinHandle<std::io::Result<()>>>,
    complaint: Option<JoinHandle<String>>,
    finished: bool,
}

impl Segment {
    pub fn start(path: &Path, make: &Make) -> Result<Self, OutputError> {
        let part = own_part(path);
        let Rate { num, den } = make.rate;
        let mut command = quiet();
        command
            .args(make.encoder.device)
            .args(["-f", "matroska", "-i", "pipe:0", "-an", "-vf"])
            // A picture is converted once and stands until the next: exactly one a frame from the first on.
            .arg(format!("{},fps={num}/{den}:start_time=0", make.format.filter(&make.encoder)))
            .args(make.format.video(&make.encoder))
            .args(["-threads", THREADS, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"])
            .args(timescale(make))
            .args(["-f", make.format.container()])
            .arg(&part)
            .stdin(Stdio::piped());
        let mut child = spawn(&mut command)?;

        let (pictures, waiting) = bounded::<Sent>(WAITING);
        let stdin = child.stdin.take();
        let (raster, frame_ns) = (make.raster, u64::from(den) * 1_000_000_000 / u64::from(num));
        let writer = std::thread::spawn(move || {
            let Some(mut stdin) = stdin else { return Ok(()) };
            stdin.write_all(&feed::header(raster, frame_ns))?;
            waiting.iter().try_for_each(|(at_us, picture)| {
                stdin.write_all(&feed::before(at_us, picture.len()))?;
                stdin.write_all(&picture)
            })
        });
        let complaint = Some(listen(&mut child));
        let (pictures, writer) = (Some(pictures), Some(writer));
        Ok(Self { path: path.to_owned(), part, child, pictures, writer, complaint, finished: false })
    }

    /// The next picture that differs, and the last one of the segment. Waits while the encoder has enough.
    pub fn push(&mut self, at_us: u64, picture: &Arc<[u8]>) -> Result<(), OutputError> {
        let taken = self.pictures.as_ref().is_some_and(|pictures| pictures.send((at_us, Arc::clone(picture))).is_ok());
        if taken { Ok(()) } else { Err(self.failed()) }
    }

    /// No more pictures: waits for ffmpeg and puts the segment in its place.
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.pictures = None;
        let written = self.writer.take().and_then(|writer| writer.join().ok());
        let status = self.child.wait().map_err(|error| OutputError::ffmpeg(&self.path, &error))?;
        if !status.success() || !matches!(written, Some(Ok(()))) {
            return Err(self.failed());
        }
        fs::rename(&self.part, &self.path).map_err(|error| OutputError::write(&self.path, &error))?;
        self.finished = true;
        Ok(())
    }

    /// Why ffmpeg ended, in its own words.
    fn failed(&mut self) -> OutputError {
        self.pictures = None;
        // It has ended by itself or has nothing more to live for.
        let _ = self.child.kill();
        let _ = self.child.wait();
        said(&self.path, self.complaint.take())
    }
}

impl Drop for Segment {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        self.pictures = None;
        // An unfinished segment is of no use; if removing it fails, it is only in the way.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.part);
    }
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
        .stdin(Stdio::null());
    let mut child = spawn(&mut command)?;
    let complaint = listen(&mut child);
    let status = child.wait().map_err(|error| OutputError::ffmpeg(path, &error))?;
    if !status.success() {
        // Of no use; if removing it fails, it is only in the way.
        let _ = fs::remove_file(&part);
        return Err(said(path, Some(complaint)));
    }
    fs::rename(&part, path).map_err(|error| OutputError::write(path, &error))
}

/// In which a frame of every rate is a whole number of ticks.
fn timescale(make: &Make) -> Vec<String> {
    match make.format {
        FilmFormat::Mp4 | FilmFormat::Mov => vec!["-video_track_timescale".to_owned(), make.rate.num.to_string()],
        FilmFormat::Webm => Vec::new(),
    }
}

fn quiet() -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]);
    command
}

fn spawn(command: &mut Command) -> Result<Child, OutputError> {
    command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        // Ctrl-C in the terminal is for us alone: a child that it ends looks like one that failed.
        .process_group(0)
        .spawn()
        .map_err(|error| OutputError::NoFfmpeg { reason: error.to_string() })
}

/// Hears what the child says until it ends, and keeps the last of it.
fn listen(child: &mut Child) -> JoinHandle<String> {
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

fn said(path: &Path, complaint: Option<JoinHandle<String>>) -> OutputError {
    let said = complaint.and_then(|complaint| complaint.join().ok()).unwrap_or_default();
    let reason = if said.is_empty() { "it ended early and said nothing".to_owned() } else { said };
    OutputError::Ffmpeg { path: path.to_owned(), reason }
}

/// The name that a file has until it is complete: this process's own, since the encoder of one that was killed may
/// still be writing to its.
fn own_part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

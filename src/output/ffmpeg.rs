//! ffmpeg as a child that is fed raw pictures: films with sound, the same bytes for the same input.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
    thread::JoinHandle,
};

use crossbeam_channel::{Sender, bounded};

use super::{OutputError, png::part};

/// What kind of film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// H.264 in 4:2:0 and AAC.
    Mp4,
    /// ProRes 4444 with alpha and PCM.
    Mov,
}

/// Pictures that wait for the encoder: enough to keep both busy.
const WAITING: usize = 3;
/// How much of ffmpeg's complaints is kept, bytes.
const COMPLAINT: usize = 4096;

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

/// A film in the making. Dropped unfinished, it leaves nothing behind.
pub(super) struct Film {
    path: PathBuf,
    child: Child,
    pictures: Option<Sender<Arc<[u8]>>>,
    writer: Option<JoinHandle<std::io::Result<()>>>,
    complaint: Option<JoinHandle<String>>,
    finished: bool,
}

impl Film {
    pub fn start(
        path: &Path,
        format: FilmFormat,
        (width, height): (u32, u32),
        (num, den): (u32, u32),
        sound: &Path,
    ) -> Result<Self, OutputError> {
        let mut command = Command::new("ffmpeg");
        command
            .args(["-hide_banner", "-loglevel", "error", "-y"])
            .args(["-f", "rawvideo", "-pix_fmt", "rgba", "-s", &format!("{width}x{height}")])
            .args(["-r", &format!("{num}/{den}"), "-i", "pipe:0", "-i"])
            .arg(sound)
            .args(["-map", "0:v", "-map", "1:a"])
            .args(format.arguments())
            // The same number of threads everywhere: an encoder's output depends on it.
            .args(["-threads", "4", "-map_metadata", "-1"])
            .args(["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"])
            .arg(part(path))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| OutputError::NoFfmpeg { reason: error.to_string() })?;

        let (pictures, waiting) = bounded::<Arc<[u8]>>(WAITING);
        let stdin = child.stdin.take();
        let writer = std::thread::spawn(move || {
            let Some(mut stdin) = stdin else { return Ok(()) };
            waiting.iter().try_for_each(|picture| stdin.write_all(&picture))
        });
        let stderr = child.stderr.take();
        let complaint = std::thread::spawn(move || {
            let mut text = Vec::new();
            if let Some(mut stderr) = stderr {
                // What cannot be read of a complaint is not worth another one.
                let _ = stderr.read_to_end(&mut text);
            }
            text.drain(..text.len().saturating_sub(COMPLAINT));
            String::from_utf8_lossy(&text).trim().to_owned()
        });
        let (pictures, writer, complaint) = (Some(pictures), Some(writer), Some(complaint));
        Ok(Self { path: path.to_owned(), child, pictures, writer, complaint, finished: false })
    }

    /// The next picture. Waits while the encoder has enough.
    pub fn push(&mut self, picture: &Arc<[u8]>) -> Result<(), OutputError> {
        let taken = self.pictures.as_ref().is_some_and(|pictures| pictures.send(Arc::clone(picture)).is_ok());
        if taken { Ok(()) } else { Err(self.failed()) }
    }

    /// No more pictures: waits for ffmpeg and puts the film in its place.
    pub fn finish(mut self) -> Result<(), OutputError> {
        self.pictures = None;
        let written = self.writer.take().and_then(|writer| writer.join().ok());
        let status = self.child.wait().map_err(|error| OutputError::ffmpeg(&self.path, &error))?;
        if !status.success() || !matches!(written, Some(Ok(()))) {
            return Err(self.failed());
        }
        fs::rename(part(&self.path), &self.path).map_err(|error| OutputError::write(&self.path, &error))?;
        self.finished = true;
        Ok(())
    }

    /// Why ffmpeg ended, in its own words.
    fn failed(&mut self) -> OutputError {
        self.pictures = None;
        // It has ended by itself or has nothing more to live for.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let said = self.complaint.take().and_then(|complaint| complaint.join().ok()).unwrap_or_default();
        let reason = if said.is_empty() { "it ended early and said nothing".to_owned() } else { said };
        OutputError::Ffmpeg { path: self.path.clone(), reason }
    }
}

impl Drop for Film {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        self.pictures = None;
        // An unfinished film is of no use; if removing it fails, it is only in the way.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(part(&self.path));
    }
}

impl FilmFormat {
    /// By the file's name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "mp4" => Some(Self::Mp4),
            "mov" => Some(Self::Mov),
            _ => None,
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 => &[
                "-vf",
                "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuv420p",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-crf",
                "16",
                "-g",
                "50",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-c:a",
                "aac",
                "-b:a",
                "256k",
                "-movflags",
                "+faststart",
                "-f",
                "mp4",
            ],
            Self::Mov => &[
                "-vf",
                "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int,format=yuva444p10le",
                "-c:v",
                "prores_ks",
                "-profile:v",
                "4444",
                "-alpha_bits",
                "16",
                "-vendor",
                "apl0",
                "-colorspace",
                "bt709",
                "-color_primaries",
                "bt709",
                "-color_trc",
                "bt709",
                "-color_range",
                "tv",
                "-c:a",
                "pcm_s24le",
                "-f",
                "mov",
            ],
        }
    }
}

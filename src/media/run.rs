//! A tool as a child that is waited for: what it says comes in pieces, its time is bounded, and it dies with who waits.

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, after, bounded, select};

use super::MediaError;

/// Pieces of output that wait to be taken.
const WAITING: usize = 8;
const PIECE: usize = 64 * 1024;
/// How much of a complaint is kept: its beginning, which says what went wrong first.
const COMPLAINT: usize = 2_000;

/// The programs that decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    pub ffmpeg: PathBuf,
    pub ffprobe: PathBuf,
}

impl Default for Tools {
    fn default() -> Self {
        Self { ffmpeg: PathBuf::from("ffmpeg"), ffprobe: PathBuf::from("ffprobe") }
    }
}

/// Containers of the trade. A playlist or a script could lead to other files, or never end.
const FORMATS: &str = "mov,matroska,webm,mpegts,mpeg,avi,mxf,ivf,nut,asf,flv,h264,hevc,m4v,obu,apng,png_pipe,jpeg_pipe,\
                       mjpeg,gif,webp_pipe,tiff_pipe,bmp_pipe";

/// Options that open a file and nothing else, whatever is in it.
pub fn input(command: &mut Command, path: &Path) {
    let mut file = std::ffi::OsString::from("file:");
    file.push(path);
    command.args(["-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-i"]).arg(file);
}

/// How a tool ended.
pub struct Ended {
    pub is_success: bool,
    /// What it said on its error output.
    pub complaint: String,
}

/// Why it was ended.
pub enum Cut {
    OutOfTime,
    /// Who waited is ending.
    Stopped,
    Failed(MediaError),
}

/// Runs it and hands on what it says. Its time is `limit`.
pub fn run(
    mut command: Command,
    limit: Duration,
    stop: &Receiver<()>,
    take: &mut dyn FnMut(&[u8]) -> Result<(), MediaError>,
) -> Result<Ended, Cut> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| Cut::Failed(MediaError::NoFfmpeg { reason: error.to_string() }))?;
    let mut child = Killed(child);
    let (pieces, come) = bounded::<Vec<u8>>(WAITING);
    if let Some(mut stdout) = child.0.stdout.take() {
        thread::spawn(move || {
            let mut piece = vec![0; PIECE];
            while let Ok(count @ 1..) = stdout.read(&mut piece) {
                if pieces.send(piece.get(..count).unwrap_or_default().to_vec()).is_err() {
                    break;
                }
            }
        });
    }
    let stderr = child.0.stderr.take();
    let (complained, complaints) = bounded(1);
    thread::spawn(move || {
        // Nobody listens where it was cut.
        let _ = complained.send(stderr.map(|stderr| complaint(BufReader::new(stderr))).unwrap_or_default());
    });
    let over = after(limit);
    loop {
        select! {
            recv(come) -> piece => match piece {
                Ok(piece) => take(&piece).map_err(Cut::Failed)?,
                Err(_) => break,
            },
            recv(over) -> _ => return Err(Cut::OutOfTime),
            recv(stop) -> _ => return Err(Cut::Stopped),
        }
    }
    // It has said all when it ends.
    let complaint = select! {
        recv(complaints) -> complaint => complaint.unwrap_or_default(),
        recv(over) -> _ => return Err(Cut::OutOfTime),
        recv(stop) -> _ => return Err(Cut::Stopped),
    };
    let read = |error: std::io::Error| Cut::Failed(MediaError::NoFfmpeg { reason: error.to_string() });
    let status = child.0.wait().map_err(read)?;
    Ok(Ended { is_success: status.success(), complaint })
}

/// The first lines, without the names of ffmpeg's parts and their addresses.
fn complaint(stderr: impl BufRead) -> String {
    let mut text = String::new();
    for line in stderr.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        let said = line.trim().rsplit_once("] ").map_or(line.trim(), |(_, said)| said);
        if text.len() < COMPLAINT && !said.is_empty() && !text.contains(said) {
            text.push_str(if text.is_empty() { "" } else { "; " });
            text.push_str(said);
        }
    }
    text
}

/// A child that ends with whoever holds it, also when it stands still.
pub struct Killed(pub Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

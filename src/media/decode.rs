//! A film's decoder: an ffmpeg child whose pictures come one after the other, each known by its own time in the film.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    sync::Arc,
    thread,
};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{
    MediaError, Tools,
    film::{Film, ticks_us, time_base},
    run::{Killed, input},
};
use crate::show::{clip::ClipPicture, time::SpanUs};

/// Pictures that are decoded and wait to be taken.
const WAITING: usize = 1;
/// A seek that landed too late is tried again from so many pictures before, then from four times as many.
const BACK: u32 = 300;
/// Times of pictures that are on their way.
const TIMES: usize = 1_024;

/// How far back to look after a seek from `back` pictures before landed too late; none when that was the beginning.
pub fn further(back: u32, from: u32) -> Option<u32> {
    (back < from).then(|| back.saturating_mul(4).max(BACK))
}

/// Ends its child when it is let go.
pub struct Decoder {
    pictures: Receiver<Arc<ClipPicture>>,
    _child: Killed,
}

impl Decoder {
    /// Begins at picture `from`; looks for it `back` pictures before, where seeking in the file is not exact.
    ///
    /// # Errors
    /// When ffmpeg does not start.
    pub fn start(tools: &Tools, film: &Arc<Film>, from: u32, back: u32) -> Result<Self, MediaError> {
        let first = from.saturating_sub(film.recipe.lead.saturating_add(back));
        let mut command = Command::new(&tools.ffmpeg);
        command.args(["-hide_banner", "-nostats", "-loglevel", "info", "-nostdin", "-copyts", "-start_at_zero"]);
        if let Some(us) = film.seek_us(first) {
            command.args(["-ss", &format!("{us}us")]);
        }
        if let Some(decoder) = &film.recipe.decoder {
            command.args(["-c:v", decoder]);
        }
        input(&mut command, &film.path);
        let filters = format!("{},showinfo=checksum=0", film.recipe.filters);
        command.args(["-map", "0:V:0", "-an", "-sn", "-vf", &filters, "-fps_mode", "passthrough"]);
        command.args(["-pix_fmt", "rgba", "-f", "rawvideo", "pipe:1"]);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| MediaError::NoFfmpeg { reason: error.to_string() })?;
        let mut child = Killed(child);
        let (times, begun) = bounded(TIMES);
        if let Some(stderr) = child.0.stderr.take() {
            thread::spawn(move || listen(BufReader::new(stderr), &times));
        }
        let (taken, pictures) = bounded(WAITING);
        if let Some(stdout) = child.0.stdout.take() {
            let film = Arc::clone(film);
            thread::spawn(move || read(stdout, &film, (first, from), &begun, &taken));
        }
        Ok(Self { pictures, _child: child })
    }

    /// The pictures in their order; it closes when the film or its decoder has ended.
    pub const fn pictures(&self) -> &Receiver<Arc<ClipPicture>> {
        &self.pictures
    }
}

/// Reads each picture's time from what showinfo says, in the order of the pictures.
fn listen(stderr: impl BufRead, times: &Sender<SpanUs>) {
    let mut base = None;
    for line in stderr.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        let Some((_, said)) = line.split_once("_showinfo_") else { continue };
        if let Some((_, config)) = said.split_once("config in time_base:") {
            base = time_base(config.split(',').next().unwrap_or_default());
        } else if let Some((_, pts)) = said.split_once(" pts:") {
            let ticks = pts.split_whitespace().next().and_then(|pts| pts.parse().ok());
            let at = ticks.zip(base).and_then(|(ticks, base)| ticks_us(ticks, base));
            // Without its time a picture cannot be told: i64::MIN is none's.
            if times.send(at.unwrap_or(i64::MIN)).is_err() {
                return;
            }
        }
    }
}

/// Reads pictures until the child ends or nobody takes them.
fn read(
    mut stdout: impl Read,
    film: &Film,
    (first, from): (u32, u32),
    begun: &Receiver<SpanUs>,
    taken: &Sender<Arc<ClipPicture>>,
) {
    let (width, height) = film.clip.raster;
    let mut expected = first;
    loop {
        let mut pixels: Arc<[u8]> = Arc::from(vec![0; film.picture_bytes()]);
        // Nobody else has it yet.
        let Some(buffer) = Arc::get_mut(&mut pixels) else { return };
        if stdout.read_exact(buffer).is_err() {
            return;
        }
        let Ok(at) = begun.recv() else { return };
        let Some(number) = film.number_at(at, expected) else { continue };
        expected = number.saturating_add(1);
        if number >= from && taken.send(Arc::new(ClipPicture { number, width, height, pixels })).is_err() {
            return;
        }
    }
}

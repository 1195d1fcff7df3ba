//! Segments of a film from the pictures that differ: encoded by ffmpeg, each frame there once.
//!
//! The same pictures give the same bytes, and a segment knows nothing of those before it: where one is cut short and
//! made again, the film does not differ. A codec whose pictures lean on none is not asked for the same one twice: what it
//! made of it is repeated.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::Arc,
    thread::JoinHandle,
};

use crossbeam_channel::{Sender, bounded};

use super::{
    FilmFormat, OutputError,
    feed::{self, Coded},
    ffmpeg::{Make, THREADS, listen, own_part, quiet, said, spawn, timescale},
    repeat,
};
use crate::show::rate::Rate;

/// Pictures that wait for the encoder: enough to keep both busy.
const WAITING: usize = 3;
/// Pictures that an encoder may hold, and then some.
const HELD: usize = 256;

/// A picture and when it begins, µs after the segment.
type Sent = (u64, Arc<[u8]>);

/// A segment in the making. Dropped unfinished, it leaves nothing behind.
pub(super) struct Segment {
    path: PathBuf,
    part: PathBuf,
    rate: Rate,
    children: Vec<Child>,
    complaints: Vec<JoinHandle<String>>,
    threads: Vec<JoinHandle<io::Result<()>>>,
    pictures: Option<Sender<Sent>>,
    /// Of a codec whose pictures are repeated: which frame each picture begins with, and at last how many there are.
    begins: Option<Sender<u64>>,
    last: Option<(u64, Arc<[u8]>)>,
    finished: bool,
}

impl Segment {
    pub fn start(path: &Path, make: &Make) -> Result<Self, OutputError> {
        let mut segment = Self {
            path: path.to_owned(),
            part: own_part(path),
            rate: make.rate,
            children: Vec::new(),
            complaints: Vec::new(),
            threads: Vec::new(),
            pictures: None,
            begins: None,
            last: None,
            finished: false,
        };
        if make.format == FilmFormat::Mov {
            segment.repeated(make)?;
        } else {
            segment.whole(make)?;
        }
        Ok(segment)
    }

    /// A picture is converted once and stands until the next; the encoder gets exactly one a frame.
    fn whole(&mut self, make: &Make) -> Result<(), OutputError> {
        let Rate { num, den } = make.rate;
        let mut command = quiet();
        command
            .args(make.encoder.device)
            .args(["-f", "matroska", "-i", "pipe:0", "-an", "-vf"])
            .arg(format!("{},fps={num}/{den}:start_time=0", make.format.filter(&make.encoder)))
            .args(make.format.video(&make.encoder))
            .args(["-threads", THREADS, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"])
            .args(timescale(make))
            .args(["-f", make.format.container()])
            .arg(&self.part)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let mut encoder = spawn(&mut command)?;
        self.feed(&mut encoder, make);
        self.take_on(encoder);
        Ok(())
    }

    /// The encoder gets each picture once; what it makes goes to a second ffmpeg that writes the file, as often as the
    /// picture has frames.
    fn repeated(&mut self, make: &Make) -> Result<(), OutputError> {
        let mut command = quiet();
        command
            .args(["-f", "matroska", "-i", "pipe:0", "-an", "-fps_mode", "passthrough"])
            .args(["-vf", &make.format.filter(&make.encoder)])
            .args(make.format.video(&make.encoder))
            .args(["-threads", THREADS, "-flags:v", "+bitexact", "-f", "rawvideo", "pipe:1"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut encoder = spawn(&mut command)?;
        let mut command = quiet();
        command
            .args(["-f", "matroska", "-i", "pipe:0", "-c", "copy"])
            .args(["-bsf:v", "prores_metadata=color_primaries=bt709:color_trc=bt709:colorspace=bt709"])
            .args(["-map_metadata", "-1", "-fflags", "+bitexact"])
            .args(timescale(make))
            .args(make.format.whole())
            .args(["-f", make.format.container()])
            .arg(&self.part)
            .stdin(Stdio::piped())
            .stdout(Stdio::null());
        let mut writer = spawn(&mut command)?;
        self.feed(&mut encoder, make);
        let (begins, told) = bounded(HELD);
        if let (Some(from), Some(to)) = (encoder.stdout.take(), writer.stdin.take()) {
            let (raster, rate) = (make.raster, make.rate);
            self.threads.push(std::thread::spawn(move || repeat::prores(from, to, &told, raster, rate)));
        }
        self.begins = Some(begins);
        self.take_on(encoder);
        self.take_on(writer);
        Ok(())
    }

    /// Sends the pictures to the encoder.
    fn feed(&mut self, encoder: &mut Child, make: &Make) {
        let (pictures, waiting) = bounded::<Sent>(WAITING);
        let header = feed::header(Coded::Raw, make.raster, feed::frame_ns(make.rate));
        let stdin = encoder.stdin.take();
        self.pictures = Some(pictures);
        self.threads.push(std::thread::spawn(move || {
            let Some(mut stdin) = stdin else { return Ok(()) };
            stdin.write_all(&header)?;
            waiting.iter().try_for_each(|(at_us, picture)| {
                stdin.write_all(&feed::before(at_us, picture.len()))?;
                stdin.write_all(&picture)
            })
        }));
    }

    fn take_on(&mut self, mut child: Child) {
        self.complaints.push(listen(&mut child));
        self.children.push(child);
    }

    /// A picture that differs from the one before, from frame `n` of the segment on; the first one is 0. Waits while the
    /// encoder has enough.
    pub fn push(&mut self, n: u64, picture: &Arc<[u8]>) -> Result<(), OutputError> {
        let begun = self.begins.as_ref().is_none_or(|begins| begins.send(n).is_ok());
        let at_us = u64::try_from(self.rate.after_us(n)).unwrap_or(0);
        let sent = |pictures: &Sender<Sent>| pictures.send((at_us, Arc::clone(picture))).is_ok();
        if !begun || !self.pictures.as_ref().is_some_and(sent) {
            return Err(self.failed());
        }
        self.last = Some((n, Arc::clone(picture)));
        Ok(())
    }

    /// The segment has so many frames: waits for ffmpeg and puts it in its place.
    pub fn finish(mut self, frames: u64) -> Result<(), OutputError> {
        match (self.begins.take(), self.last.take()) {
            (Some(begins), _) if begins.send(frames).is_err() => return Err(self.failed()),
            // The encoder's side repeats what it has until it is told of another one.
            (None, Some((n, picture))) if n + 1 < frames => self.push(frames - 1, &picture)?,
            _ => {}
        }
        self.pictures = None;
        let mut is_well = true;
        for thread in self.threads.drain(..) {
            is_well &= matches!(thread.join(), Ok(Ok(())));
        }
        for child in &mut self.children {
            is_well &= child.wait().map_err(|error| OutputError::ffmpeg(&self.path, &error))?.success();
        }
        if !is_well {
            return Err(self.failed());
        }
        fs::rename(&self.part, &self.path).map_err(|error| OutputError::write(&self.path, &error))?;
        self.finished = true;
        Ok(())
    }

    /// Why ffmpeg ended, in its own words.
    fn failed(&mut self) -> OutputError {
        self.end();
        said(&self.path, self.complaints.drain(..))
    }

    fn end(&mut self) {
        (self.pictures, self.begins) = (None, None);
        for child in &mut self.children {
            // It has ended by itself or has nothing more to live for.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Segment {
    fn drop(&mut self) {
        if !self.finished {
            self.end();
            // An unfinished segment is of no use; if removing it fails, it is only in the way.
            let _ = fs::remove_file(&self.part);
        }
    }
}

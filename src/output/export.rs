//! An export: frame after frame of a tape at exact instants, into a film or a folder; one that was interrupted goes on.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde_json::{Value, json};

use super::{
    FilmFormat, OutputError, Plan,
    encoders::H264,
    ffmpeg::{Make, join},
    parts::{self, Begun, Parts},
    png::write_png,
    segment::Segment,
    shot::Shots,
    soundtrack,
};
use crate::{
    director::{Director, Transport},
    phase::phase,
    routing::Delivery,
    show::frame::{Frame, Output, burn},
    stage::Headless,
};

/// Where an export goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Film(PathBuf, FilmFormat),
    /// `000000.png`, `000001.png`… and `sound.wav`.
    Folder(PathBuf),
}

impl Target {
    /// By the name: `.mp4`, `.mov`, `.webm`, or a folder.
    ///
    /// # Errors
    /// When the name is neither.
    pub fn of(path: &Path) -> Result<Self, OutputError> {
        if let Some(format) = FilmFormat::of(path) {
            return Ok(Self::Film(path.to_owned(), format));
        }
        let is_folder =
            path.is_dir() || path.extension().is_none() || path.as_os_str().to_string_lossy().ends_with('/');
        if is_folder { Ok(Self::Folder(path.to_owned())) } else { Err(OutputError::Kind { path: path.to_owned() }) }
    }
}

/// What is exported.
pub struct Job<'a> {
    pub output: &'a Output,
    pub plan: &'a Plan,
    /// What leaves of the picture; none where it leaves as it is composed.
    pub delivery: Option<&'a Delivery>,
    /// The output's name, where frame number and timecode are burnt in.
    pub burn: Option<&'a str>,
    pub target: &'a Target,
    /// ffmpeg's encoder of `.mp4` films.
    pub encoder: H264,
    /// All that decides the pictures and the sound besides: an export that was interrupted goes on only as the same.
    pub identity: Value,
    /// Whether it is to stop, and be gone on with later.
    pub stop: &'a dyn Fn() -> bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// An unfinished export of something else was there, and is gone.
    Anew,
    /// So many frames are there from before.
    Resumed(u64),
    /// So many frames are done in all.
    Done(u64),
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    pub frames: u64,
    /// Frames of this run that differed from the one before, and so were drawn and sent to the encoder.
    pub drawn: u64,
    /// The frame with which an export that was interrupted went on.
    pub resumed_from: Option<u64>,
}

/// Plays `director`'s tape through the plan and writes every frame.
///
/// # Errors
/// When a frame cannot be drawn or a file not be written, or it is told to stop. What is finished of a film or a folder
/// stays, and the same export goes on from there.
pub fn export(
    director: &mut Director,
    stage: &mut Headless,
    job: &Job,
    progress: &mut dyn FnMut(Progress),
) -> Result<Exported, OutputError> {
    let start_us = director.transport().map_or(0, Transport::start_us);
    let shots = Shots::new(job.delivery.cloned());
    let mut reel = Reel { director, stage, job, start_us, shots, progress, exported: Exported::default(), last: None };
    match job.target {
        Target::Film(path, format) => reel.film(path, *format)?,
        Target::Folder(folder) => reel.folder(folder)?,
    }
    Ok(Exported { frames: job.plan.frames(), ..reel.exported })
}

/// What plays and draws, frame after frame.
struct Reel<'a> {
    director: &'a mut Director,
    stage: &'a mut Headless,
    job: &'a Job<'a>,
    /// The tape's first instant.
    start_us: i64,
    shots: Shots,
    progress: &'a mut dyn FnMut(Progress),
    exported: Exported,
    last: Option<(Arc<Frame>, Arc<[u8]>)>,
}

/// One frame's picture.
struct Shot {
    pixels: Arc<[u8]>,
    /// It differs from the frame before.
    is_new: bool,
}

impl Reel<'_> {
    /// Segments, each an encoder's own work, then all of them with the sound.
    fn film(&mut self, path: &Path, format: FilmFormat) -> Result<(), OutputError> {
        let Job { output, plan, encoder, .. } = self.job;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|error| OutputError::write(folder, &error))?;
        }
        let make = Make { format, encoder: *encoder, raster: self.shots.raster(output.raster), rate: plan.rate };
        let (parts, begun) = Parts::open(path, format.container(), &self.manifest(&format!("{make:?}")))?;
        let first = self.begin(begun, plan.segment_frames());
        soundtrack::write(self.director, plan, &|key| plan.films.get(key).cloned(), &parts.sound())?;
        for n in first..plan.segments() {
            self.segment(&parts.segment(n), &make, n)?;
        }
        let length_us = |n: u64| {
            let frames = plan.segment(n);
            plan.rate.after_us(frames.end) - plan.rate.after_us(frames.start)
        };
        let list = parts.list((0..plan.segments()).map(length_us))?;
        join(path, &make, &list, &parts.sound())?;
        parts.remove()
    }

    fn segment(&mut self, path: &Path, make: &Make, n: u64) -> Result<(), OutputError> {
        let frames = self.job.plan.segment(n);
        let mut segment = Segment::start(path, make)?;
        for frame in frames.clone() {
            let shot = self.shoot(frame)?;
            // The encoder's side repeats what it has.
            if shot.is_new || frame == frames.start {
                let _phase = phase!("hand to the encoder");
                segment.push(frame - frames.start, &shot.pixels)?;
            }
            (self.progress)(Progress::Done(frame + 1));
        }
        segment.finish(frames.end - frames.start)
    }

    fn folder(&mut self, folder: &Path) -> Result<(), OutputError> {
        let Job { output, plan, .. } = self.job;
        let begun = parts::open_folder(folder, &self.manifest("png"))?;
        let first = self.begin(begun, 1);
        soundtrack::write(self.director, plan, &|key| plan.films.get(key).cloned(), &folder.join("sound.wav"))?;
        let mut before: Option<PathBuf> = None;
        for n in first..plan.frames() {
            let shot = self.shoot(n)?;
            let path = parts::picture(folder, n);
            match before.as_deref().filter(|_| !shot.is_new) {
                Some(before) => again(before, &path)?,
                None => write_png(&path, self.shots.raster(output.raster), &shot.pixels)?,
            }
            before = Some(path);
            (self.progress)(Progress::Done(n + 1));
        }
        parts::close_folder(folder)
    }

    /// Says how it begins; gives the first piece that is to be made, of `each` frames.
    fn begin(&mut self, begun: Begun, each: u64) -> u64 {
        let first = match begun {
            Begun::First => return 0,
            Begun::Anew => {
                (self.progress)(Progress::Anew);
                return 0;
            }
            Begun::Resumed(pieces) => pieces,
        };
        let frame = (first * each).min(self.job.plan.frames());
        self.exported.resumed_from = Some(frame);
        (self.progress)(Progress::Resumed(frame));
        first
    }

    /// Plays to frame `n` and draws it, if it differs from the last.
    fn shoot(&mut self, n: u64) -> Result<Shot, OutputError> {
        let Job { output, plan, .. } = self.job;
        if (self.job.stop)() {
            return Err(OutputError::Stopped { done: n, frames: plan.frames() });
        }
        let at_us = plan.position_us(n);
        if self.last.is_none() {
            self.director.seek(at_us);
        } else {
            self.director.play_to(at_us);
        }
        let frame = self.director.frame(output);
        let frame = match self.job.burn {
            Some(name) => burn(&frame, name, plan.rate, self.start_us + at_us),
            None => frame,
        };
        if let Some((_, pixels)) = self.last.as_ref().filter(|(last, _)| Arc::ptr_eq(last, &frame)) {
            return Ok(Shot { pixels: Arc::clone(pixels), is_new: false });
        }
        let pixels = self.shots.take(self.stage, Arc::clone(&frame), at_us)?;
        self.last = Some((frame, Arc::clone(&pixels)));
        self.exported.drawn += 1;
        Ok(Shot { pixels, is_new: true })
    }

    /// All that decides the bytes of a part.
    fn manifest(&self, kind: &str) -> Value {
        let Job { output, plan, identity, delivery, burn, .. } = self.job;
        json!({
            "program": env!("CARGO_PKG_VERSION"),
            "kind": kind,
            "output": output,
            "delivery": delivery.map(|delivery| format!("{delivery:?}")),
            "burn": burn,
            "films": self.director.clips().0.keys().collect::<Vec<_>>(),
            "rate": plan.rate,
            "from_us": plan.from_us,
            "to_us": plan.to_us,
            "segment_frames": plan.segment_frames(),
            "adapter": self.stage.adapter().name,
            "of": identity,
        })
    }
}

/// The picture before once more: another name for the same file.
fn again(before: &Path, path: &Path) -> Result<(), OutputError> {
    if path.exists() {
        fs::remove_file(path).map_err(|error| OutputError::write(path, &error))?;
    }
    // Not every file system has hard links.
    fs::hard_link(before, path)
        .or_else(|_| fs::copy(before, path).map(|_| ()))
        .map_err(|error| OutputError::write(path, &error))
}

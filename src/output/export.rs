//! An export: frame after frame of a tape at exact instants, into a film or a folder.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    FilmFormat, OutputError, Plan,
    ffmpeg::Film,
    png::{part, write_png},
    soundtrack,
};
use crate::{
    director::Director,
    show::frame::{Frame, Output},
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
    /// By the name: `.mp4`, `.mov`, or a folder.
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

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Exported {
    pub frames: u64,
    /// Frames that differed from the one before, and so were drawn and encoded.
    pub drawn: u64,
}

/// Plays `director`'s tape through `plan` and writes every frame. `progress` is told how many are done.
///
/// # Errors
/// When a frame cannot be drawn or a file not be written; a film is then not left behind.
pub fn export(
    director: &mut Director,
    stage: &mut Headless,
    output: &Output,
    plan: &Plan,
    target: &Target,
    progress: &mut dyn FnMut(u64),
) -> Result<Exported, OutputError> {
    let mut sink = Sink::open(director, output, plan, target)?;
    let mut exported = Exported::default();
    let mut last: Option<Arc<Frame>> = None;
    director.seek(plan.from_us);
    for n in 0..plan.frames() {
        let at_us = plan.position_us(n);
        director.play_to(at_us);
        let frame = director.frame(output);
        if last.as_ref().is_none_or(|last| !Arc::ptr_eq(last, &frame)) {
            let pixels =
                stage.draw(Arc::clone(&frame)).map_err(|source| OutputError::Stage { at_ms: at_us / 1000, source })?;
            sink.changed(n, output.raster, pixels)?;
            last = Some(frame);
            exported.drawn += 1;
        } else {
            sink.unchanged(n)?;
        }
        exported.frames += 1;
        progress(exported.frames);
    }
    sink.finish()?;
    Ok(exported)
}

/// Takes the frames in order.
enum Sink {
    Film { film: Film, picture: Arc<[u8]>, sound: Temporary },
    Folder { folder: PathBuf, last: PathBuf },
}

impl Sink {
    fn open(director: &Director, output: &Output, plan: &Plan, target: &Target) -> Result<Self, OutputError> {
        let make = |folder: &Path| fs::create_dir_all(folder).map_err(|error| OutputError::write(folder, &error));
        match target {
            Target::Film(path, format) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    make(folder)?;
                }
                let sound = Temporary(part(&path.with_extension("wav")));
                soundtrack::write(director, plan, &|key| plan.films.get(key).cloned(), &sound.0)?;
                let film = Film::start(path, *format, output.raster, plan.fps, &sound.0)?;
                Ok(Self::Film { film, picture: Arc::from([]), sound })
            }
            Target::Folder(folder) => {
                make(folder)?;
                soundtrack::write(director, plan, &|key| plan.films.get(key).cloned(), &folder.join("sound.wav"))?;
                Ok(Self::Folder { folder: folder.clone(), last: PathBuf::new() })
            }
        }
    }

    fn changed(&mut self, n: u64, raster: (u32, u32), pixels: &[u8]) -> Result<(), OutputError> {
        match self {
            Self::Film { film, picture, .. } => {
                *picture = Arc::from(pixels);
                film.push(picture)
            }
            Self::Folder { folder, last } => {
                *last = folder.join(format!("{n:06}.png"));
                write_png(last, raster, pixels)
            }
        }
    }

    /// The frame before, once more: the same buffer, or another name for the same file.
    fn unchanged(&mut self, n: u64) -> Result<(), OutputError> {
        match self {
            Self::Film { film, picture, .. } => film.push(picture),
            Self::Folder { folder, last } => {
                let path = folder.join(format!("{n:06}.png"));
                if path.exists() {
                    fs::remove_file(&path).map_err(|error| OutputError::write(&path, &error))?;
                }
                // Not every file system has hard links.
                fs::hard_link(&*last, &path)
                    .or_else(|_| fs::copy(&*last, &path).map(|_| ()))
                    .map_err(|error| OutputError::write(&path, &error))
            }
        }
    }

    fn finish(self) -> Result<(), OutputError> {
        match self {
            Self::Film { film, sound, .. } => {
                film.finish()?;
                drop(sound);
                Ok(())
            }
            Self::Folder { .. } => Ok(()),
        }
    }
}

/// A file that is gone when this is.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // Left behind, it is only in the way.
        let _ = fs::remove_file(&self.0);
    }
}

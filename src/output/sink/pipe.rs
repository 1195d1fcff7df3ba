//! Frames as bytes: into a file, a named pipe, or standard output.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    os::{
        fd::AsFd,
        unix::fs::{FileTypeExt, OpenOptionsExt},
    },
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    SinkFault,
    fault::is_full,
    queue::Slot,
    room::{self, fresh},
    writer::Outlet,
    y4m,
};
use crate::{
    routing::{Look, Route, Wire},
    show::rate::Rate,
};

/// `O_NONBLOCK`: opening a pipe that nobody reads from fails with `ENXIO` instead of waiting.
const NONBLOCK: i32 = 0o4000;
const ENXIO: i32 = 6;

/// Standard output, by its name on the command line.
pub const STDOUT: &str = "-";

pub struct Pipe {
    name: String,
    path: PathBuf,
    file: File,
    wire: Wire,
    raster: (u32, u32),
    rate: Rate,
    is_straight: bool,
    begun: bool,
    /// The picture that was converted last, and what came of it.
    converted: Option<Arc<[u8]>>,
    bytes: Vec<u8>,
}

impl Pipe {
    /// Nothing is written over: a file that holds something stays, and another one is begun beside it.
    pub fn open(route: &Route, raster: (u32, u32), path: &Path, wire: Wire) -> Result<Box<dyn Outlet>, SinkFault> {
        let name = route.name.clone();
        let path = &if is_file(path) { fresh(path) } else { path.to_owned() };
        let file = open(path).map_err(|error| match error.raw_os_error() {
            Some(ENXIO) => SinkFault::NoReader { name: name.clone(), path: path.to_owned() },
            _ => SinkFault::Open { name: name.clone(), path: path.to_owned(), reason: error.to_string() },
        })?;
        Ok(Box::new(Self {
            name,
            path: path.to_owned(),
            file,
            wire,
            raster,
            rate: route.rate,
            is_straight: route.look == Look::Straight,
            begun: false,
            converted: None,
            bytes: Vec::new(),
        }))
    }
}

/// Whether a file is there, or one would be made.
pub fn is_file(path: &Path) -> bool {
    path.as_os_str() != STDOUT && path.metadata().map_or(true, |metadata| metadata.is_file())
}

pub fn is_named_pipe(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.file_type().is_fifo())
}

fn open(path: &Path) -> io::Result<File> {
    if path.as_os_str() == STDOUT {
        return io::stdout().as_fd().try_clone_to_owned().map(File::from);
    }
    if !is_named_pipe(path) {
        return File::create(path);
    }
    let writes = |flags| OpenOptions::new().write(true).custom_flags(flags).open(path);
    // Once somebody reads, a second opening does not wait; its writes do, as they are to.
    let reader = writes(NONBLOCK)?;
    let file = writes(0);
    drop(reader);
    file
}

impl Drop for Pipe {
    fn drop(&mut self) {
        room::release(&self.path);
    }
}

impl Outlet for Pipe {
    fn write(&mut self, slot: &Slot) -> io::Result<()> {
        match self.wire {
            Wire::Rgba => self.file.write_all(&slot.pixels),
            Wire::Y4m => {
                if !std::mem::replace(&mut self.begun, true) {
                    self.file.write_all(y4m::header(self.raster, self.rate).as_bytes())?;
                }
                if self.converted.as_ref().is_none_or(|last| !Arc::ptr_eq(last, &slot.pixels)) {
                    y4m::frame(&slot.pixels, self.is_straight, &mut self.bytes);
                    self.converted = Some(Arc::clone(&slot.pixels));
                }
                self.file.write_all(&self.bytes)
            }
        }
    }

    fn finish(mut self: Box<Self>) -> Result<(), SinkFault> {
        self.file.flush().map_err(|error| self.failed(error))
    }

    fn failed(self: Box<Self>, error: io::Error) -> SinkFault {
        let (name, path) = (self.name.clone(), self.path.clone());
        if is_full("", Some(&error)) {
            return SinkFault::Full { name, free: room::free(&path), to: path.display().to_string() };
        }
        SinkFault::Gone { name, path, reason: error.to_string() }
    }

    fn facts(&self) -> (Option<u32>, Option<PathBuf>) {
        (None, Some(self.path.clone()))
    }
}

//! Shared memory: the newest frame in a file of `/dev/shm`, with a header that tells readers when it is whole.
//!
//! The layout, all little endian; the pixels begin at byte 4096 (the header's length at byte 12 says so):
//!
//! | byte | type | what |
//! |---|---|---|
//! | 0 | 8 bytes | `LEITAI` and two zeros |
//! | 8 | u32 | version of this layout: 1 |
//! | 12 | u32 | where the pixels begin |
//! | 16, 20 | u32 | width, height, px |
//! | 24 | u32 | bytes from row to row |
//! | 28 | 4 bytes | format: `RGBA`, 8 bit each |
//! | 32, 36 | u32 | frames a second: numerator, denominator |
//! | 40 | u64 | sequence: odd while something is being written, then 2 more than before |
//! | 48 | u64 | the frame's number |
//! | 56 | i64 | the show's time of the frame, µs since the Unix epoch |
//! | 64 | u64 | how many different pictures there have been |
//! | 72 | u32 | 1 while the program writes, 0 once it has ended: open the file anew then |
//! | 76 | u32 | colours: 0 straight, 1 multiplied by alpha, 2 opaque |
//!
//! A reader takes the sequence, copies header and pixels, and takes the sequence again: the frame is whole if both are
//! the same even number. An unchanged picture gets a new number; its pixels are not written again.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::{SinkFault, queue::Slot, writer::Outlet};
use crate::{
    routing::{Look, Route},
    show::frame::Class,
};

const FOLDER: &str = "/dev/shm";
const MAGIC: [u8; 8] = *b"LEITAI\0\0";
const VERSION: u32 = 1;
/// A page, so that the pixels can be mapped by themselves.
const HEADER: u32 = 4096;
const SEQUENCE: u64 = 40;
const FRAME: u64 = 48;
const LIVE: u64 = 72;

/// Where the memory of this name lies.
pub fn path(memory: &str) -> PathBuf {
    Path::new(FOLDER).join(format!("leitai-{memory}"))
}

pub struct Memory {
    name: String,
    path: PathBuf,
    file: File,
    sequence: u64,
    pictures: u64,
}

impl Memory {
    pub fn open(route: &Route, raster: (u32, u32), memory: &str) -> Result<Box<dyn Outlet>, SinkFault> {
        let name = route.name.clone();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if memory.is_empty() || !memory.chars().all(plain) {
            return Err(SinkFault::Name { name, memory: memory.to_owned() });
        }
        let path = path(memory);
        let file = create(&path, route, raster);
        let file = file.map_err(|error| SinkFault::Open {
            name: name.clone(),
            path: path.clone(),
            reason: error.to_string(),
        })?;
        Ok(Box::new(Self { name, path, file, sequence: 0, pictures: 0 }))
    }

    fn put(&mut self, slot: &Slot) -> io::Result<()> {
        self.file.write_all_at(&(self.sequence + 1).to_le_bytes(), SEQUENCE)?;
        if !slot.repeats || self.pictures == 0 {
            self.file.write_all_at(&slot.pixels, u64::from(HEADER))?;
            self.pictures += 1;
        }
        let mut fields = [0; 24];
        fields[..8].copy_from_slice(&slot.n.to_le_bytes());
        fields[8..16].copy_from_slice(&slot.show_us.to_le_bytes());
        fields[16..].copy_from_slice(&self.pictures.to_le_bytes());
        self.file.write_all_at(&fields, FRAME)?;
        self.sequence += 2;
        self.file.write_all_at(&self.sequence.to_le_bytes(), SEQUENCE)
    }
}

/// Made beside and put in its place when it is whole: no reader finds a header that is none.
fn create(path: &Path, route: &Route, (width, height): (u32, u32)) -> io::Result<File> {
    let beside = path.with_extension("new");
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o644).open(&beside)?;
    let colours: u32 = match (route.look, route.class) {
        (Look::Straight, Class::Stream) => 0,
        (Look::Premultiplied | Look::FillAndKey, _) => 1,
        _ => 2,
    };
    let mut header = [0; HEADER as usize];
    header[..8].copy_from_slice(&MAGIC);
    let fields =
        [VERSION, HEADER, width, height, width * 4, u32::from_le_bytes(*b"RGBA"), route.rate.num, route.rate.den];
    for (bytes, field) in header[8..40].chunks_exact_mut(4).zip(fields) {
        bytes.copy_from_slice(&field.to_le_bytes());
    }
    header[72..76].copy_from_slice(&1_u32.to_le_bytes());
    header[76..80].copy_from_slice(&colours.to_le_bytes());
    // Nothing has been written yet: readers wait.
    header[40] = 1;
    file.write_all_at(&header, 0)?;
    file.set_len(u64::from(HEADER) + u64::from(width) * u64::from(height) * 4)?;
    if let Ok(before) = OpenOptions::new().write(true).open(path) {
        // Whoever reads from it learns that another one has come.
        before.write_all_at(&0_u32.to_le_bytes(), LIVE)?;
    }
    fs::rename(&beside, path)?;
    Ok(file)
}

impl Outlet for Memory {
    fn write(&mut self, slot: &Slot) -> io::Result<()> {
        self.put(slot)
    }

    fn finish(self: Box<Self>) -> Result<(), SinkFault> {
        Ok(())
    }

    fn failed(self: Box<Self>, error: io::Error) -> SinkFault {
        SinkFault::Gone { name: self.name.clone(), path: self.path.clone(), reason: error.to_string() }
    }

    fn facts(&self) -> (Option<u32>, Option<PathBuf>) {
        (None, Some(self.path.clone()))
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // Readers that have it open see that it is over; the next ones do not find it, unless another one has taken its
        // place meanwhile. If that fails, it stays behind.
        let _ = self.file.write_all_at(&0_u32.to_le_bytes(), LIVE);
        let which = |metadata: io::Result<fs::Metadata>| metadata.ok().map(|metadata| metadata.ino());
        if which(self.file.metadata()) == which(self.path.metadata()) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

//! A disk in memory: it fills up, tears lines, and loses what a power cut took.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::journal::{Disk, Medium, Opened};

/// What was written so long ago is safe from a power cut: so often the tape is synced at least.
pub const SYNCED: Duration = Duration::from_millis(100);

#[derive(Debug)]
struct State {
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// Bytes that still find room.
    room: usize,
    /// Whether what is torn can be taken back.
    cuts: bool,
    /// When the files were how long, for the power cut.
    written: Vec<(Instant, PathBuf, usize)>,
}

/// The disk; clones are the same one.
#[derive(Clone, Debug)]
pub struct SimDisk(Arc<Mutex<State>>);

impl SimDisk {
    pub fn new() -> Self {
        let state = State { files: BTreeMap::new(), room: usize::MAX, cuts: true, written: vec![] };
        Self(Arc::new(Mutex::new(state)))
    }

    /// From now on so many bytes find room.
    pub fn set_room(&self, bytes: usize, cuts: bool) {
        let mut state = self.state();
        (state.room, state.cuts) = (bytes, cuts);
    }

    /// The power is cut: of what was written in the last [`SYNCED`], as much is left as the dice have it.
    pub fn cut_power(&self, dice: &mut fastrand::Rng) {
        let mut state = self.state();
        let safe = Instant::now().checked_sub(SYNCED);
        let State { files, written, .. } = &mut *state;
        for (path, file) in files {
            let kept = |(at, which, len): &(Instant, PathBuf, usize)| {
                (which == path && safe.is_some_and(|safe| *at <= safe)).then_some(*len)
            };
            let safe_len = written.iter().filter_map(kept).next_back().unwrap_or(0).min(file.len());
            file.truncate(dice.usize(safe_len..=file.len()));
        }
        written.clear();
        let now = Instant::now();
        let all: Vec<_> = state.files.iter().map(|(path, file)| (now, path.clone(), file.len())).collect();
        // What is left after a power cut is on the disk.
        state.written.extend(all.into_iter().map(|(at, path, len)| (at - SYNCED, path, len)));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk for SimDisk {
    fn exists(&self, path: &Path) -> bool {
        self.state().files.contains_key(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.state().files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn create(&self, path: &Path) -> io::Result<Arc<dyn Medium>> {
        let mut state = self.state();
        if state.files.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if state.room == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        state.files.insert(path.to_owned(), vec![]);
        Ok(Arc::new(SimFile { disk: self.clone(), path: path.to_owned() }))
    }

    fn open(&self, path: &Path) -> io::Result<Opened> {
        let bytes = self.read(path)?;
        let medium = Arc::new(SimFile { disk: self.clone(), path: path.to_owned() });
        Ok(Opened { medium, len: bytes.len() as u64, torn: bytes.last().is_some_and(|last| *last != b'\n') })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.state().files.remove(path).map(drop).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

#[derive(Debug)]
struct SimFile {
    disk: SimDisk,
    path: PathBuf,
}

impl SimFile {
    fn change(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let mut state = self.disk.state();
        let file = state.files.get_mut(&self.path).unwrap();
        change(file);
        let len = file.len();
        state.written.push((Instant::now(), self.path.clone(), len));
    }
}

impl Medium for SimFile {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let fits = {
            let mut state = self.disk.state();
            let fits = bytes.len().min(state.room);
            state.room -= if state.room == usize::MAX { 0 } else { fits };
            fits
        };
        self.change(|file| file.extend_from_slice(&bytes[..fits]));
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn cut(&self, len: u64) -> io::Result<()> {
        if !self.disk.state().cuts {
            return Err(io::ErrorKind::Other.into());
        }
        self.change(|file| file.truncate(usize::try_from(len).unwrap()));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

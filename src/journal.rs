//! The tape on disk: written as the show goes, synced in the background, read back after a power cut.
//!
//! A line is one write, so a reader sees whole lines; a thread syncs what was written as soon as the disk lets it,
//! because a sync may take longer than a frame and must not hold one up. What a failed write left is taken back.

mod disk;

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::JoinHandle,
};

use crate::show::{
    tape::{Tape, TapeError, header_line},
    told::told,
};

#[cfg(test)]
pub(crate) use disk::Opened;
#[cfg(test)]
pub(crate) use disk::small;
pub(crate) use disk::{Disk, Files, Medium};

/// What can go wrong with a tape on disk.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("{}: a tape is there already and is never overwritten; choose another name or move it away", path.display())]
    Exists { path: PathBuf },
    #[error("{}: the tape cannot be opened for writing ({source}); check the folder and its permissions", path.display())]
    Open { path: PathBuf, source: io::Error },
    #[error("{}: the tape cannot be written ({source}); the show goes on, and what is missing is written when there is room", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{}: the disk does not confirm what was written ({source}); a power cut may lose it", path.display())]
    Sync { path: PathBuf, source: io::Error },
    #[error("{}: the tape cannot be read ({source})", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    Tape { path: PathBuf, source: TapeError },
}

told!(JournalError {
    Exists { path } => "journal-exists",
    Open { path, source } => "journal-open",
    Write { path, source } => "journal-write",
    Sync { path, source } => "journal-sync",
    Read { path, source } => "journal-read",
    Tape { path, source } => "journal-tape",
});

/// A tape that is being recorded.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    medium: Arc<dyn Medium>,
    /// Bytes of whole lines; none once a torn line could not be taken back.
    whole: Option<u64>,
    /// A torn line stands at the end.
    torn: bool,
    /// Wakes the syncing thread; one token is enough, a sync covers all that was written before it.
    wake: Option<SyncSender<()>>,
    syncer: Option<JoinHandle<()>>,
    fault: Arc<Mutex<Option<io::Error>>>,
}

impl Journal {
    /// A new tape with its header, in a folder that is made where it is missing.
    ///
    /// # Errors
    /// `Exists` where there is a file already, `Open` or `Write` where it cannot be made.
    pub fn create(path: &Path, show: &str, made_by: &str) -> Result<Self, JournalError> {
        Self::create_on(&Files, path, show, made_by)
    }

    pub(crate) fn create_on(disk: &dyn Disk, path: &Path, show: &str, made_by: &str) -> Result<Self, JournalError> {
        let medium = disk.create(path).map_err(|source| {
            let path = path.to_owned();
            match source.kind() {
                io::ErrorKind::AlreadyExists => JournalError::Exists { path },
                _ => JournalError::Open { path, source },
            }
        })?;
        let header = header_line(show, made_by) + "\n";
        if let Err(source) = medium.append(header.as_bytes()) {
            // A tape without a header is none, and would be in the way of the next try.
            if let Err(stays) = disk.remove(path) {
                tracing::warn!("{}: {stays}", path.display());
            }
            return Err(JournalError::Write { path: path.to_owned(), source });
        }
        let journal = Self::on(path, medium, header.len() as u64)?;
        // The thread waits for nothing else yet: there is room for one wish.
        let _awake = journal.wake.as_ref().map(|wake| wake.try_send(()));
        Ok(journal)
    }

    /// Goes on with a tape after a restart; a torn last line is closed with the next one, so that it costs itself only.
    ///
    /// # Errors
    /// `Open` where it cannot be opened for writing.
    pub fn resume(path: &Path) -> Result<Self, JournalError> {
        Self::resume_on(&Files, path)
    }

    pub(crate) fn resume_on(disk: &dyn Disk, path: &Path) -> Result<Self, JournalError> {
        let opened = disk.open(path).map_err(|source| JournalError::Open { path: path.to_owned(), source })?;
        let mut journal = Self::on(path, opened.medium, opened.len)?;
        // Nothing is written yet: a disk that is full now is no reason not to begin the show.
        journal.torn = opened.torn;
        Ok(journal)
    }

    /// On a medium that is open and holds `len` bytes, for appending.
    pub(crate) fn on(path: &Path, medium: Arc<dyn Medium>, len: u64) -> Result<Self, JournalError> {
        let open = |source| JournalError::Open { path: path.to_owned(), source };
        let fault = Arc::new(Mutex::new(None));
        let (wake, woken) = sync_channel(1);
        let (synced, told) = (Arc::clone(&medium), Arc::clone(&fault));
        let thread = std::thread::Builder::new().name("journal".to_owned());
        let syncer = thread.spawn(move || sync_when_woken(&*synced, &woken, &told)).map_err(open)?;
        let (wake, syncer) = (Some(wake), Some(syncer));
        Ok(Self { path: path.to_owned(), medium, whole: Some(len), torn: false, wake, syncer, fault })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes one line: an event, an act, a whole state, or the place of events that the feed could not give.
    ///
    /// # Errors
    /// `Write` where this line did not get through, `Sync` where it did and the disk refused to keep it or an earlier one.
    pub fn append_line(&mut self, line: &str) -> Result<(), JournalError> {
        // What is torn is closed with a line end, so that it costs itself only.
        let line = if self.torn { format!("\n{line}\n") } else { format!("{line}\n") };
        if let Err(source) = self.medium.append(line.as_bytes()) {
            self.whole = self.whole.filter(|len| self.medium.cut(*len).is_ok());
            self.torn |= self.whole.is_none();
            return Err(JournalError::Write { path: self.path.clone(), source });
        }
        self.torn = false;
        self.whole = self.whole.map(|len| len.saturating_add(line.len() as u64));
        if let Some(Err(TrySendError::Disconnected(()))) = self.wake.as_ref().map(|wake| wake.try_send(())) {
            // The syncing thread has gone: do its work here, once a line.
            let synced = self.medium.sync();
            synced.map_err(|source| JournalError::Sync { path: self.path.clone(), source })?;
        }
        let fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner).take();
        fault.map_or(Ok(()), |source| Err(JournalError::Sync { path: self.path.clone(), source }))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(syncer) = self.syncer.take()
            && syncer.join().is_err()
        {
            // Nobody is left to tell; the last sync is tried here.
            self.medium.sync().ok();
        }
    }
}

/// Syncs after every wake, and once more when the journal is closed.
fn sync_when_woken(medium: &dyn Medium, woken: &Receiver<()>, fault: &Mutex<Option<io::Error>>) {
    loop {
        let open = woken.recv().is_ok();
        if let Err(error) = medium.sync() {
            *fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        if !open {
            return;
        }
    }
}

/// Reads a tape from disk; what is wrong inside it is in [`Tape::problems`].
///
/// # Errors
/// `Read` where there is no such file, `Tape` where it is no tape at all.
pub fn load(path: &Path) -> Result<Tape, JournalError> {
    load_from(&Files, path)
}

pub(crate) fn load_from(disk: &dyn Disk, path: &Path) -> Result<Tape, JournalError> {
    let bytes = disk.read(path).map_err(|source| JournalError::Read { path: path.to_owned(), source })?;
    Tape::parse_bytes(&bytes).map_err(|source| JournalError::Tape { path: path.to_owned(), source })
}

/// Takes away a tape that was cut off within its header: it holds nothing, and is in the way of a new one.
pub(crate) fn clear_stillborn(disk: &dyn Disk, path: &Path) -> Result<(), JournalError> {
    // Who ends with a whole line has a header. What cannot be gone on with is told of when that is tried.
    if !disk.open(path).is_ok_and(|opened| opened.len == 0 || opened.torn) {
        return Ok(());
    }
    let read = |source| JournalError::Read { path: path.to_owned(), source };
    let bytes = disk.read(path).map_err(read)?;
    let begun = bytes.is_empty() || bytes.starts_with(b"{\"tape\":") && !bytes.contains(&b'\n');
    if begun { disk.remove(path).map_err(read) } else { Ok(()) }
}

/// Writes a whole tape as a new file: all of it, or nothing.
///
/// # Errors
/// `Exists` where there is a file already, `Open` or `Write` where it cannot be made.
pub fn save(path: &Path, text: &str) -> Result<(), JournalError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|source| {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::AlreadyExists => JournalError::Exists { path },
            _ => JournalError::Open { path, source },
        }
    })?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
    written.map_err(|source| {
        // Half a tape under its name would be taken for a whole one.
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!("{}: {error}", path.display());
        }
        JournalError::Write { path: path.to_owned(), source }
    })
}

#[cfg(test)]
mod tests;

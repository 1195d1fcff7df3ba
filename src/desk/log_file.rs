//! The log on disk: files that are bounded in size and in number, the oldest go first; a full disk is tried again until
//! there is room.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime},
};

use super::log_queue::{AGAIN, Ending, Outlet, Paper, note, start};
use crate::show::{
    limits::{LOG_FILE_BYTES, LOG_FILES},
    told::{Told, Words},
};

/// What the names of all log files begin and end with.
const NAME: (&str, &str) = ("leitai-", ".log");

/// How much of the log is kept, of all runs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLimits {
    pub file_bytes: u64,
    pub files: usize,
}

impl Default for LogLimits {
    fn default() -> Self {
        Self { file_bytes: LOG_FILE_BYTES, files: LOG_FILES }
    }
}

/// Why the log is not on the disk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: the log cannot be written ({reason}); make room or name another folder with --log, the show goes on without it", path.display())]
pub struct LogFault {
    pub path: PathBuf,
    pub reason: String,
}

impl Told for LogFault {
    fn words(&self) -> Words {
        Words::new("log-unwritten").with("path", &self.path).with("reason", &self.reason)
    }
}

/// How the log on disk fares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogStatus {
    /// This run's files that are still there, oldest first.
    pub files: Vec<PathBuf>,
    /// Bytes that this run has written.
    pub bytes: u64,
    /// Lines that are in no file.
    pub dropped: u64,
    /// Why nothing is written right now.
    pub fault: Option<LogFault>,
}

static STATUS: Mutex<LogStatus> = Mutex::new(LogStatus { files: Vec::new(), bytes: 0, dropped: 0, fault: None });

/// How this program's log on disk fares.
pub fn log_status() -> LogStatus {
    STATUS.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Where the log of shows is kept unless another place is named: beside what else the program remembers of this user.
pub fn log_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "leitai")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).join("log"))
}

/// The log to files in `folder`, whose names say `stamp` and this process.
pub fn log_to_disk(folder: &Path, stamp: &str, limits: LogLimits) -> (Outlet, Ending) {
    let stem = format!("{}{stamp}-{}", NAME.0, std::process::id());
    start("log", Files { tell: true, ..Files::new(folder, stem, limits) })
}

/// The files of one run.
struct Files {
    folder: PathBuf,
    stem: String,
    limits: LogLimits,
    open: Option<Open>,
    number: u32,
    refused: Option<Instant>,
    /// Whether the program is told how they fare.
    tell: bool,
}

struct Open {
    file: File,
    path: PathBuf,
    /// Bytes of whole lines.
    whole: u64,
}

impl Files {
    fn new(folder: &Path, stem: String, limits: LogLimits) -> Self {
        Self { folder: folder.to_owned(), stem, limits, open: None, number: 0, refused: None, tell: false }
    }

    fn told(&self, change: impl FnOnce(&mut LogStatus)) {
        if self.tell {
            change(&mut STATUS.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// The file that takes so many more bytes: the present one, or a new one where that is full.
    fn file(&mut self, more: u64) -> io::Result<&mut Open> {
        if self.open.as_ref().is_some_and(|open| open.whole > 0 && open.whole + more > self.limits.file_bytes) {
            self.open = None;
        }
        if self.open.is_none() {
            DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
            let path = self.folder.join(format!("{}-{:03}{}", self.stem, self.number + 1, NAME.1));
            let file = OpenOptions::new().append(true).create_new(true).mode(0o600).open(&path)?;
            self.number += 1;
            self.told(|status| status.files.push(path.clone()));
            self.remove_oldest(&path);
            self.open = Some(Open { file, path, whole: 0 });
        }
        self.open.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Of all runs' files, so that there are no more than are kept; never the one that is being written.
    fn remove_oldest(&self, present: &Path) {
        let is_log = |path: &Path| {
            path.file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|name| name.starts_with(NAME.0) && name.ends_with(NAME.1))
        };
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let dated = |path: PathBuf| {
            let written = fs::metadata(&path).and_then(|about| about.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
            (written, path)
        };
        let mut files: Vec<_> = files.filter(|path| path != present && is_log(path)).map(dated).collect();
        files.sort();
        for (_, path) in files.iter().rev().skip(self.limits.files.saturating_sub(1)) {
            // Another run may have been faster.
            let _gone = fs::remove_file(path).is_err();
            self.told(|status| status.files.retain(|known| known != path));
        }
    }

    fn put(&mut self, missing: u64, lines: &[u8]) -> io::Result<()> {
        let text = [note(missing).as_bytes(), lines].concat();
        let open = self.file(text.len() as u64)?;
        let written = open.file.write_all(&text);
        if written.is_ok() {
            open.whole += text.len() as u64;
        } else if open.file.set_len(open.whole).is_err() {
            // Half a line stays in a file that is closed; the next begins with whole ones.
            self.open = None;
        }
        written
    }
}

impl Paper for Files {
    fn write(&mut self, lines: &[u8], missing: u64) -> bool {
        if self.refused.is_some_and(|at| at.elapsed() < AGAIN) {
            return false;
        }
        let done = self.put(missing, lines);
        let path = self.open.as_ref().map_or_else(|| self.folder.clone(), |open| open.path.clone());
        match done {
            Ok(()) => {
                self.refused = None;
                self.told(|status| {
                    status.bytes += lines.len() as u64;
                    status.fault = None;
                });
                true
            }
            Err(error) => {
                self.refused = Some(Instant::now());
                self.told(|status| status.fault = Some(LogFault { path, reason: error.to_string() }));
                false
            }
        }
    }

    fn lost(&mut self, lines: u64) {
        self.told(|status| status.dropped += lines);
    }
}

#[cfg(test)]
#[path = "log_file_tests.rs"]
mod tests;

//! The tape of a live session: its lines in their order, also where the disk takes none for a while.
//!
//! A line that cannot be written waits, and all behind it wait with it: when the disk has room again the tape goes on as if
//! nothing had been. Only where more waits than is kept, a whole state and the desk's acts behind it stand for it.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::time::Instant;

use super::stamp::file_name;
use crate::{
    journal::{Disk, Journal, JournalError},
    show::limits::UNWRITTEN_BYTES,
};

/// Where sessions are recorded unless another place is named.
const FOLDER: &str = "tapes";
pub(super) const MADE_BY: &str = concat!("leitai/", env!("CARGO_PKG_VERSION"));
/// So long a frame writes what has waited; the rest is written with the next one.
const WRITE_MOST: Duration = Duration::from_millis(8);
/// A disk that takes nothing is tried again so often, also where nothing happens.
const AGAIN: Duration = Duration::from_secs(1);

/// A line of the tape.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    /// The number of the desk's act that it holds, where it holds one.
    pub act: Option<u64>,
}

/// Where lines go.
#[derive(Debug)]
pub(super) enum Record {
    /// The name needs the epoch, which the first line brings.
    Waiting(Option<PathBuf>),
    On(Journal),
    /// It cannot be written; the operator knows.
    Off,
}

#[derive(Debug)]
pub(super) struct Recorder {
    disk: Arc<dyn Disk>,
    record: Record,
    /// What the tape is of, as the first line said.
    epoch: Option<String>,
    lines: VecDeque<Line>,
    /// Of the lines that wait.
    bytes: usize,
    /// More waited than is kept, and is gone.
    gave_up: bool,
    /// The desk's last act on the tape.
    last_act: u64,
    /// When the disk took nothing last.
    refused: Option<Instant>,
    most_bytes: usize,
}

impl Recorder {
    /// `last_act`: the desk's last act on a tape that is gone on with.
    pub fn new(disk: Arc<dyn Disk>, record: Record, last_act: u64) -> Self {
        Self {
            disk,
            record,
            epoch: None,
            lines: VecDeque::new(),
            bytes: 0,
            gave_up: false,
            last_act,
            refused: None,
            most_bytes: UNWRITTEN_BYTES,
        }
    }

    /// Where it is recorded, once it is.
    pub fn path(&self) -> Option<&Path> {
        match &self.record {
            Record::On(journal) => Some(journal.path()),
            Record::Waiting(_) | Record::Off => None,
        }
    }

    /// Where it is, or is to be, recorded; none where nobody has named the tape and no line has come.
    pub fn place(&self) -> Option<&Path> {
        match &self.record {
            Record::On(journal) => Some(journal.path()),
            Record::Waiting(named) => named.as_deref(),
            Record::Off => None,
        }
    }

    /// Whether nothing is recorded, and nothing will be.
    pub const fn is_off(&self) -> bool {
        matches!(self.record, Record::Off)
    }

    /// Whether something is missing on the tape.
    pub fn is_behind(&self) -> bool {
        self.gave_up || !self.lines.is_empty()
    }

    /// Whether what is missing is to be tried now, without another line.
    pub fn is_due(&self) -> bool {
        self.is_behind() && self.refused.is_none_or(|at| at.elapsed() >= AGAIN)
    }

    /// Writes a line behind all that waits. `whole` gives the lines that stand for all until now where too much waited, for
    /// a tape whose last act has the number that it is given; none where that cannot be said yet. `rx_us` as on the tape.
    ///
    /// # Errors
    /// Where it waits, or may not be safe on the disk.
    pub fn put(
        &mut self,
        epoch: &str,
        rx_us: i64,
        line: Line,
        whole: impl FnOnce(u64) -> Option<Vec<Line>>,
    ) -> Result<(), JournalError> {
        if self.is_off() {
            return Ok(());
        }
        self.stand_for(whole);
        self.keep(line);
        let epoch = self.epoch.get_or_insert_with(|| epoch.to_owned()).clone();
        if let Record::Waiting(named) = &mut self.record {
            named.get_or_insert_with(|| Path::new(FOLDER).join(file_name(&epoch, rx_us)));
        }
        self.write(WRITE_MOST)
    }

    /// Writes what waits, a frame's worth of it. `whole` as in [`Recorder::put`].
    ///
    /// # Errors
    /// As there.
    pub fn go_on(&mut self, whole: impl FnOnce(u64) -> Option<Vec<Line>>) -> Result<(), JournalError> {
        self.stand_for(whole);
        self.write(WRITE_MOST)
    }

    fn stand_for(&mut self, whole: impl FnOnce(u64) -> Option<Vec<Line>>) {
        if !self.gave_up {
            return;
        }
        if let Some(lines) = whole(self.last_act) {
            self.gave_up = false;
            lines.into_iter().for_each(|line| self.keep(line));
        }
    }

    fn keep(&mut self, line: Line) {
        // What stands for the lines that are gone will stand for this one, too.
        if self.gave_up {
            return;
        }
        // A single line is kept, however long: nothing shorter could stand for it.
        if !self.lines.is_empty() && self.bytes + line.text.len() > self.most_bytes {
            (self.gave_up, self.bytes) = (true, 0);
            self.lines.clear();
            return;
        }
        self.bytes += line.text.len();
        self.lines.push_back(line);
    }

    fn write(&mut self, most: Duration) -> Result<(), JournalError> {
        let done = self.begin().and_then(|()| self.append(most));
        self.refused = done.is_err().then(Instant::now);
        done
    }

    /// Makes the tape where there is none yet.
    fn begin(&mut self) -> Result<(), JournalError> {
        let (Record::Waiting(Some(path)), Some(epoch)) = (&self.record, &self.epoch) else { return Ok(()) };
        match Journal::create_on(&*self.disk, path, epoch, MADE_BY) {
            Ok(journal) => self.record = Record::On(journal),
            Err(error) => {
                // What is there is never overwritten, and will not go away.
                if matches!(error, JournalError::Exists { .. }) {
                    self.record = Record::Off;
                    self.lines = VecDeque::new();
                    (self.gave_up, self.bytes) = (false, 0);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn append(&mut self, most: Duration) -> Result<(), JournalError> {
        let Record::On(journal) = &mut self.record else { return Ok(()) };
        let begun = Instant::now();
        let mut unsafe_yet = Ok(());
        while let Some(line) = self.lines.front() {
            match journal.append_line(&line.text) {
                Ok(()) => {}
                // It stands on the tape; whether the disk has it is another matter.
                Err(error @ JournalError::Sync { .. }) => unsafe_yet = Err(error),
                Err(error) => return Err(error),
            }
            self.last_act = line.act.unwrap_or(self.last_act);
            self.bytes -= line.text.len();
            self.lines.pop_front();
            if begun.elapsed() > most {
                break;
            }
        }
        unsafe_yet
    }
}

/// All that waits is written at the end, however long it takes.
impl Drop for Recorder {
    fn drop(&mut self) {
        if self.is_behind() {
            let done = self.write(Duration::MAX);
            if let Err(error) = done {
                tracing::error!("{error} ({} lines are missing)", self.lines.len());
            }
        }
    }
}

#[cfg(test)]
#[path = "recorder_tests.rs"]
mod tests;

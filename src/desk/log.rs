//! The last lines of the program's log, kept for whoever has to find out what happened.

use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use tracing_subscriber::fmt::MakeWriter;

use crate::show::limits::LOG_LINE_BYTES;

/// Lines that are kept.
const KEPT: usize = 20_000;

static LINES: Mutex<VecDeque<Arc<str>>> = Mutex::new(VecDeque::new());

/// Where a log is written that is only remembered: to be given to the program's subscriber once.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogKeeper;

/// The lines so far, oldest first.
pub fn log_lines() -> Vec<Arc<str>> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

impl<'a> MakeWriter<'a> for LogKeeper {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line(Vec::new())
    }
}

/// One event of the log, written as a whole when it is complete.
#[derive(Debug)]
pub struct Line(Vec<u8>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = LOG_LINE_BYTES.saturating_sub(self.0.len()).min(bytes.len());
        self.0.extend_from_slice(&bytes[..room]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let text = String::from_utf8_lossy(&self.0);
        let line = text.trim_end();
        if line.is_empty() {
            return;
        }
        let mut lines = LINES.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= KEPT {
            lines.pop_front();
        }
        lines.push_back(line.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_kept_whole_and_no_more_of_them() {
        for n in 0..KEPT + 10 {
            writeln!(LogKeeper.make_writer(), "kept {n}").unwrap();
        }
        let mut long = LogKeeper.make_writer();
        write!(long, "{}", "x".repeat(LOG_LINE_BYTES)).unwrap();
        write!(long, "{}", "y".repeat(LOG_LINE_BYTES)).unwrap();
        drop(long);
        let lines = log_lines();
        assert_eq!(lines.len(), KEPT);
        assert!(lines.iter().any(|line| **line == *format!("kept {}", KEPT + 9)));
        assert!(!lines.iter().any(|line| **line == *"kept 0"));
        assert!(lines.iter().all(|line| line.len() <= LOG_LINE_BYTES));
    }
}

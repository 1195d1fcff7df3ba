//! Where the program's log is handed over: nobody who says a line waits for the disk or the terminal that takes it.
//!
//! Lines go through a bounded queue to a thread of their own. What finds no room there (a disk that hangs, a terminal
//! that was stopped) is dropped and counted, and the count stands where the lines are missing.

use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use tracing_subscriber::fmt::MakeWriter;

use crate::show::limits::LOG_LINE_BYTES;

/// Lines that wait for their writer.
const WAITING: usize = 4096;
/// Written at once, where so much has come together.
const BATCH_BYTES: usize = 64 << 10;
/// Between two tries of a paper that takes nothing.
pub(super) const AGAIN: Duration = Duration::from_secs(1);
/// So long the end of the program waits for a writer that hangs.
const PATIENCE: Duration = Duration::from_secs(1);

enum Item {
    Line(Vec<u8>),
    /// All before it is to be written; the answer says that it was.
    End(Sender<()>),
}

/// Where the program's subscriber writes: a line is handed over when it is complete.
#[derive(Clone)]
pub struct Outlet {
    items: Sender<Item>,
    dropped: Arc<AtomicU64>,
}

/// A line on its way.
pub struct Parcel {
    bytes: Vec<u8>,
    to: Outlet,
}

/// Ends a writer: what has been said until then is written, if it takes no longer than a second.
pub struct Ending(Sender<Item>);

/// Takes lines, on the writer's thread.
pub(super) trait Paper: Send {
    /// Writes whole lines; `missing` of those before them are lost. False where these are lost, too.
    fn write(&mut self, lines: &[u8], missing: u64) -> bool;

    /// So many more lines are nowhere.
    fn lost(&mut self, _lines: u64) {}
}

/// The log to standard error.
pub fn log_to_terminal() -> (Outlet, Ending) {
    start("log out", Terminal)
}

/// A writer on a thread of its own.
pub(super) fn start(name: &str, paper: impl Paper + 'static) -> (Outlet, Ending) {
    let (items, waiting) = bounded(WAITING);
    let dropped = Arc::new(AtomicU64::new(0));
    let lost = Arc::clone(&dropped);
    // Without a thread nobody reads: every line is dropped, and nobody waits.
    let _none = thread::Builder::new().name(name.to_owned()).spawn(move || write_all(paper, &waiting, &lost)).is_err();
    (Outlet { items: items.clone(), dropped }, Ending(items))
}

fn write_all(mut paper: impl Paper, waiting: &Receiver<Item>, dropped: &AtomicU64) {
    let (mut batch, mut missing) = (Vec::new(), 0);
    loop {
        // Whose lines are missing says so as soon as there is room, also where nobody says another one.
        let patience = if missing > 0 { AGAIN } else { Duration::MAX };
        let mut next = match waiting.recv_timeout(patience) {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let (mut ended, mut lines) = (Vec::new(), 0);
        while let Some(item) = next {
            match item {
                Item::Line(line) => {
                    batch.extend_from_slice(&line);
                    lines += 1;
                }
                Item::End(done) => ended.push(done),
            }
            next = (batch.len() < BATCH_BYTES).then(|| waiting.try_recv().ok()).flatten();
        }
        let fresh = dropped.swap(0, Ordering::Relaxed);
        if fresh > 0 {
            paper.lost(fresh);
        }
        if !batch.is_empty() {
            if paper.write(&batch, missing) {
                missing = 0;
            } else {
                paper.lost(lines);
                missing += lines;
            }
            batch.clear();
        }
        // What found no room came after what had found it.
        missing += fresh;
        if missing > 0 && paper.write(b"", missing) {
            missing = 0;
        }
        // Who waited no longer needs no answer.
        for done in ended {
            let _gone = done.send(()).is_err();
        }
    }
}

/// What is said where lines are missing.
pub(super) fn note(missing: u64) -> String {
    if missing == 0 { String::new() } else { format!("… {missing} lines are missing here\n") }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let (done, wait) = bounded(1);
        if self.0.send_timeout(Item::End(done), PATIENCE).is_ok() {
            // A writer that hangs has had its time.
            let _late = wait.recv_timeout(PATIENCE).is_err();
        }
    }
}

impl<'a> MakeWriter<'a> for Outlet {
    type Writer = Parcel;

    fn make_writer(&'a self) -> Parcel {
        Parcel { bytes: Vec::new(), to: self.clone() }
    }
}

impl Write for Parcel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = LOG_LINE_BYTES.saturating_sub(self.bytes.len()).min(bytes.len());
        self.bytes.extend_from_slice(&bytes[..room]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Parcel {
    fn drop(&mut self) {
        let mut line = std::mem::take(&mut self.bytes);
        if line.is_empty() {
            return;
        }
        if line.last() != Some(&b'\n') {
            line.push(b'\n');
        }
        if self.to.items.try_send(Item::Line(line)).is_err() {
            self.to.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

struct Terminal;

impl Paper for Terminal {
    fn write(&mut self, lines: &[u8], missing: u64) -> bool {
        let mut out = io::stderr().lock();
        out.write_all(note(missing).as_bytes()).and_then(|()| out.write_all(lines)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Takes nothing until it is let go.
    struct Slow {
        go: Receiver<()>,
        begun: Sender<()>,
        said: Arc<Mutex<String>>,
    }

    impl Paper for Slow {
        fn write(&mut self, lines: &[u8], missing: u64) -> bool {
            self.begun.send(()).unwrap();
            self.go.recv().unwrap();
            *self.said.lock().unwrap() += &(note(missing) + &String::from_utf8_lossy(lines));
            true
        }
    }

    #[test]
    fn a_disk_that_hangs_holds_nobody_up_and_what_it_missed_is_counted() {
        let ((begun, has_begun), (go, let_go)) = (bounded(100), bounded(100));
        let said = Arc::new(Mutex::new(String::new()));
        let (outlet, ending) = start("slow", Slow { go: let_go, begun, said: Arc::clone(&said) });
        writeln!(outlet.make_writer(), "first").unwrap();
        has_begun.recv().unwrap();
        // The writer hangs in its first line: so many find room, and the rest comes back at once.
        for n in 0..WAITING + 7 {
            writeln!(outlet.make_writer(), "{n}").unwrap();
        }
        (0..50).for_each(|_| go.send(()).unwrap());
        drop(ending);
        let said = said.lock().unwrap();
        assert!(said.starts_with("first\n0\n1\n") && said.ends_with("… 7 lines are missing here\n"), "{}", &said[..80]);
        assert_eq!(said.lines().count(), WAITING + 2);
    }

    #[test]
    fn a_line_is_whole_or_cut_at_its_end() {
        let said = Arc::new(Mutex::new(String::new()));
        let ((begun, _held), (go, let_go)) = (bounded(100), bounded(100));
        (0..50).for_each(|_| go.send(()).unwrap());
        let (outlet, ending) = start("cut", Slow { go: let_go, begun, said: Arc::clone(&said) });
        write!(outlet.make_writer(), "{}", "长".repeat(LOG_LINE_BYTES)).unwrap();
        writeln!(outlet.make_writer(), "next").unwrap();
        drop(ending);
        let said = said.lock().unwrap();
        assert_eq!(said.lines().count(), 2);
        assert_eq!(said.lines().last(), Some("next"));
    }
}

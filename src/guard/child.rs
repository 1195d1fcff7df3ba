//! The show as the parent's child: begun with a line between the two, heard, killed.

use std::{
    io::{self, BufRead, BufReader, Write},
    os::{fd::OwnedFd, unix::net::UnixStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::{CHILD, Order, Past, Saying, parent::DYING};

/// A killed child that the system does not let go is left behind after so long.
const REAPING: Duration = Duration::from_secs(2);
/// Sayings that wait for the parent.
const WAITING: usize = 256;
/// Nobody waits longer to be told what happened before.
const GREETING: Duration = Duration::from_secs(2);

/// A child that runs.
pub(super) struct Life {
    pub child: Child,
    line: UnixStream,
    pub sayings: Receiver<Saying>,
}

impl Life {
    /// Begins it and tells it what was before. One that cannot be told is killed; should the system not let it go it is
    /// `left`.
    ///
    /// # Errors
    /// Where the program cannot be started or told.
    pub fn start(mut command: Command, past: &Past, left: &mut Vec<Child>) -> io::Result<Self> {
        let (line, theirs) = UnixStream::pair()?;
        line.set_write_timeout(Some(GREETING))?;
        command.env(CHILD, "1").stdin(Stdio::from(OwnedFd::from(theirs)));
        let child = command.spawn()?;
        // The parent's copy of the child's end: without it the line closes when the child is gone.
        drop(command);
        let (said, sayings) = bounded(WAITING);
        let mut life = Self { child, line, sayings };
        let told = life.say(&Order::Begin(past.clone())).and_then(|()| {
            let reader = BufReader::new(life.line.try_clone()?);
            thread::Builder::new().name("guard".to_owned()).spawn(move || listen(reader, &said)).map(drop)
        });
        if let Err(error) = told {
            left.extend(life.kill().err());
            return Err(error);
        }
        Ok(life)
    }

    pub fn say(&mut self, order: &Order) -> io::Result<()> {
        let mut line = serde_json::to_string(order)?;
        line.push('\n');
        self.line.write_all(line.as_bytes())
    }

    /// Kills it, and gives back the one that the system does not let go.
    pub fn kill(mut self) -> Result<(), Child> {
        let deadline = Instant::now() + REAPING;
        // One that has ended by itself needs no killing.
        let _ = self.child.kill();
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return Ok(());
            }
            thread::park_timeout(DYING);
        }
        tracing::error!("process {} does not end although it was killed; it is left behind", self.child.id());
        Err(self.child)
    }
}

/// Ends with the line.
fn listen(reader: BufReader<UnixStream>, said: &Sender<Saying>) {
    for line in reader.lines() {
        let Ok(line) = line else { return };
        match serde_json::from_str(&line) {
            Ok(saying) => {
                if said.send(saying).is_err() {
                    return;
                }
            }
            Err(error) => tracing::debug!("the show said something else: {error}"),
        }
    }
}

//! The line between the two: texts in order, each way, through bounded queues. The frame never waits for it.

use tokio::sync::mpsc::{Receiver, Sender, channel, error::TryRecvError};

/// One message has at most so many bytes: the whole of a show with ten thousand teams is far below.
pub const LINE_BYTES: usize = 64 << 20;
/// Messages that wait; whoever is so far behind is cut off, and begins again with what is missing.
const QUEUE: usize = 4096;

/// The program's end.
#[derive(Debug)]
pub struct Line {
    inbox: Receiver<String>,
    outbox: Sender<String>,
    /// Where the other one is, as it may be shown.
    pub peer: String,
    /// Whether this machine dialled.
    pub dialled: bool,
    is_over: bool,
}

/// The socket's end: what is received goes into `inbox`, what comes out of `outbox` is sent. The line is over when either
/// is dropped.
#[derive(Debug)]
pub struct Ends {
    pub inbox: Sender<String>,
    pub outbox: Receiver<String>,
}

/// A line to the machine at `peer`.
pub fn line(peer: String, dialled: bool) -> (Line, Ends) {
    let (received, inbox) = channel(QUEUE);
    let (outbox, sent) = channel(QUEUE);
    (Line { inbox, outbox, peer, dialled, is_over: false }, Ends { inbox: received, outbox: sent })
}

impl Line {
    /// The next text that has come.
    pub fn take(&mut self) -> Option<String> {
        match self.inbox.try_recv() {
            Ok(text) => Some(text),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.is_over = true;
                None
            }
        }
    }

    /// Sends a text. A line that cannot take it is over.
    pub fn send(&mut self, text: String) {
        self.is_over |= self.outbox.try_send(text).is_err();
    }

    /// Whether the connection has ended.
    pub const fn is_over(&self) -> bool {
        self.is_over
    }
}

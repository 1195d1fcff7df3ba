//! The line to the sound device: opens it on a thread of its own, notices when it dies, opens it again.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::align::Alignment;
use super::output::{Opener, Output, OutputError};
use super::status::AudioStatus;

/// A clock that has stood still for this long belongs to a dead device.
const STANDSTILL: Duration = Duration::from_secs(2);
/// First and longest wait before a device that once played is tried again.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// What an opening brings.
type Opened = Result<Box<dyn Output>, OutputError>;

/// Where the line stands.
enum State {
    Opening(Receiver<Opened>),
    Open {
        output: Box<dyn Output>,
        alignment: Alignment,
        /// Since the first look at the open device.
        progress_at: Option<Instant>,
    },
    Down {
        retry_at: Option<Instant>,
    },
}

/// The line to one device.
pub(super) struct Link {
    opener: Opener,
    state: State,
    status: AudioStatus,
    wait: Duration,
    has_played: bool,
    reopened: u64,
}

impl Link {
    /// Begins to open the device.
    pub(super) fn open(opener: Opener) -> Self {
        let mut link = Self {
            opener,
            state: State::Down { retry_at: None },
            status: AudioStatus::Opening,
            wait: RETRY.0,
            has_played: false,
            reopened: 0,
        };
        link.reopen();
        link
    }

    /// Whether there is sound.
    pub(super) fn status(&self) -> &AudioStatus {
        &self.status
    }

    /// Times the device was opened again.
    pub(super) fn reopened(&self) -> u64 {
        self.reopened
    }

    /// The open device and its alignment.
    pub(super) fn output(&mut self) -> Option<(&mut dyn Output, &Alignment)> {
        match &mut self.state {
            State::Open { output, alignment, .. } => Some((output.as_mut(), alignment)),
            State::Opening(_) | State::Down { .. } => None,
        }
    }

    /// Opens the device again, whatever state it is in.
    pub(super) fn reopen(&mut self) {
        let old = std::mem::replace(&mut self.state, State::Down { retry_at: None });
        let opener = self.opener.clone();
        let (sender, receiver) = bounded(1);
        let thread = std::thread::Builder::new().name("sound-open".to_owned()).spawn(move || {
            // A dying device may take its time to close: not in a frame.
            drop(old);
            // Nobody listens any more when the engine has gone: then the output is closed again right here.
            let _ = sender.send(opener());
        });
        self.status = AudioStatus::Opening;
        self.state = State::Opening(receiver);
        if let Err(error) = thread {
            self.fail(OutputError::NoThread { reason: error.to_string() }, Instant::now());
        }
    }

    /// There was a device before this program was started again: it is looked for as one that was lost.
    pub(super) fn insist(&mut self) {
        self.has_played = true;
        if let State::Down { retry_at } = &mut self.state {
            retry_at.get_or_insert_with(Instant::now);
        }
    }

    /// Looks at the device once a frame. Says `true` when what was scheduled on it is lost.
    pub(super) fn poll(&mut self, now: Instant) -> bool {
        match &mut self.state {
            State::Opening(receiver) => match receiver.try_recv() {
                Ok(opened) => self.opened(opened, now),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => self.fail(vanished(), now),
            },
            State::Open { output, alignment, progress_at } => {
                if output.position().is_some_and(|position| alignment.take(position)) {
                    *progress_at = Some(now);
                    self.has_played = true;
                    self.wait = RETRY.0;
                }
                let fault = output.fault();
                let stands = now.saturating_duration_since(*progress_at.get_or_insert(now)) > STANDSTILL;
                if fault.is_some() || stands {
                    let why = fault.unwrap_or_else(|| "its clock stands still".to_owned());
                    tracing::warn!(
                        "The sound device stopped ({why}). It is opened again; cues until then are not heard."
                    );
                    self.reopened += 1;
                    self.reopen();
                    return true;
                }
            }
            State::Down { retry_at } => {
                if retry_at.is_some_and(|at| now >= at) {
                    self.reopened += 1;
                    self.reopen();
                }
            }
        }
        false
    }

    /// Waits for the opening to end, at most `patience`. For tools and tests; never in a frame.
    pub(super) fn settle(&mut self, patience: Duration) {
        if let State::Opening(receiver) = &self.state
            && let Ok(opened) = receiver.recv_timeout(patience)
        {
            self.opened(opened, Instant::now());
        }
    }

    /// Takes what the opening brought.
    fn opened(&mut self, opened: Opened, now: Instant) {
        match opened {
            Ok(output) => {
                tracing::debug!(device = output.device(), rate_hz = output.rate_hz(), "sound runs");
                self.status = AudioStatus::Running { device: output.device().to_owned(), rate_hz: output.rate_hz() };
                self.state = State::Open { output, alignment: Alignment::default(), progress_at: None };
            }
            Err(error) => self.fail(error, now),
        }
    }

    /// Goes on without sound. A device that once played is tried again, ever more rarely; one that never was there is
    /// not, because every try makes the audio library complain on the terminal.
    fn fail(&mut self, why: OutputError, now: Instant) {
        let retry_at = self.has_played.then(|| now + self.wait);
        self.wait = (self.wait * 2).min(RETRY.1);
        tracing::warn!("{why}");
        self.status = AudioStatus::Silent { why };
        self.state = State::Down { retry_at };
    }
}

/// The opening thread ended without an answer.
fn vanished() -> OutputError {
    OutputError::Panicked { reason: "the opening thread ended without an answer".to_owned() }
}

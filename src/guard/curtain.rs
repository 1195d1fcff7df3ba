//! The curtain: a window of the parent's below each output that fills a display, with that output's last picture for its
//! ground. While the show is started again nobody sees a desktop.
//!
//! The X server itself copies the picture from window to ground, a few times a second while something moves; nothing is
//! sent to and fro. The window takes no input, has no decoration and is not known to window managers. Where a compositing
//! manager runs, which would lay it over everything, it is opened only while the show is away.

use std::{thread, time::Duration};

use crossbeam_channel::{Sender, bounded};

use super::stagehand::Stagehand;

/// A last copy is not waited for longer.
const LAST: Duration = Duration::from_millis(150);
const ASKS: usize = 64;

/// What the stagehand is asked for.
pub(super) enum Ask {
    Screens(Vec<u32>),
    Drawn,
    Keep(Sender<()>),
    Raise,
    Open,
}

/// The curtains of all displays; all of it happens on a thread of its own, an X server that hangs holds nobody up.
#[derive(Default)]
pub struct Curtain {
    asks: Option<Sender<Ask>>,
}

impl Curtain {
    /// These windows fill displays and show pictures: curtains lie below them from now on.
    pub fn screens(&mut self, windows: Vec<u32>) {
        let known = self.asks.as_ref().map(|asks| asks.try_send(Ask::Screens(windows.clone())));
        if !matches!(known, Some(Ok(()))) {
            self.begin(windows);
        }
    }

    /// Something was drawn.
    pub fn drawn(&self) {
        self.ask(Ask::Drawn);
    }

    /// Keeps what the windows show now.
    pub fn keep(&self) {
        let (done, kept) = bounded(1);
        self.ask(Ask::Keep(done));
        // What cannot be had in time is as it was.
        let _ = kept.recv_timeout(LAST);
    }

    /// The windows are about to go, or gone.
    pub fn raise(&self) {
        self.ask(Ask::Raise);
    }

    /// The show is over.
    pub fn open(&self) {
        self.ask(Ask::Open);
    }

    fn ask(&self, ask: Ask) {
        if let Some(asks) = &self.asks {
            // Without a thread there is no curtain.
            let _ = asks.try_send(ask);
        }
    }

    fn begin(&mut self, windows: Vec<u32>) {
        if windows.is_empty() {
            return;
        }
        let (asks, asked) = bounded(ASKS);
        let first = asks.try_send(Ask::Screens(windows));
        let work = move || {
            if let Err(error) = Stagehand::connect().and_then(|mut hand| hand.work(&asked)) {
                tracing::debug!("no curtain: {error}");
            }
        };
        let begun = thread::Builder::new().name("curtain".to_owned()).spawn(work);
        self.asks = (begun.is_ok() && first.is_ok()).then_some(asks);
    }
}

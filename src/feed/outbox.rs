//! The way to the app: items in order, never dropped, and the figures that go with them.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::{
    health::{FeedState, Ledger},
    inbox::{Delivery, Inbox, Note},
    now::FeedClock,
    problem::FeedProblem,
    telling::Telling,
};
use crate::show::{
    protocol::{Envelope, Event},
    state::{Clock, Show},
};

/// What the app receives. `rx_us`: arrival on the feed's clock ([`FeedClock::now_us`]), µs.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedItem {
    /// The next event of the log.
    Event { env: Box<Envelope>, rx_us: i64 },
    /// The whole state after `at_seq`: it replaces what was. An empty one precedes the log of a new epoch, and one that was
    /// set back within its epoch.
    Snapshot { at_seq: u64, show: Box<Show>, rx_us: i64 },
    /// A problem of this kind (a name, the same each time) has come `count` more times; this is the last of them.
    /// Told at once, but at most once a second while the connection's state stays the same.
    Problem { problem: FeedProblem, kind: String, count: u64 },
    /// Events `from` to `to` were refused or never came: the show goes on without them.
    Skipped { epoch: String, from: u64, to: u64, reason: String, rx_us: i64 },
    /// The connection's state has changed.
    Status(FeedState),
}

/// Items on their way to the app.
pub(super) struct Outbox {
    items: mpsc::Sender<FeedItem>,
    pending: VecDeque<FeedItem>,
    telling: Telling,
    pub ledger: Ledger,
    pub clock: FeedClock,
}

impl Outbox {
    pub fn new(items: mpsc::Sender<FeedItem>, ledger: Ledger, clock: FeedClock) -> Self {
        Self { items, pending: VecDeque::new(), telling: Telling::default(), ledger, clock }
    }

    /// While anything waits here, nothing more is to be read.
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Hands one item on when there is room. Cancelling loses nothing. False when the app has gone.
    pub async fn pass(&mut self) -> bool {
        let Ok(permit) = self.items.reserve().await else { return false };
        if let Some(item) = self.pending.pop_front() {
            permit.send(item);
        }
        true
    }

    /// Hands everything on. False when the app has gone.
    pub async fn flush(&mut self) -> bool {
        while self.is_waiting() {
            if !self.pass().await {
                return false;
            }
        }
        true
    }

    pub fn status(&mut self, state: FeedState) {
        let changed = self.ledger.with(|health| std::mem::replace(&mut health.state, state) != state);
        if changed {
            if matches!(state, FeedState::Connected | FeedState::Ended) {
                // What came before must not seem to have come after.
                self.pending.extend(self.telling.all());
            }
            self.pending.push_back(FeedItem::Status(state));
        }
    }

    pub fn problem(&mut self, problem: FeedProblem) {
        self.ledger.note(&problem);
        self.telling.note(problem);
        self.tell();
    }

    /// Tells what is due of the problems. To be called now and then: the last ones of a flood wait for it.
    pub fn tell(&mut self) {
        let (items, lines) = self.telling.due(self.clock.monotonic_us());
        self.pending.extend(items);
        for line in lines {
            tracing::warn!("{line}");
        }
    }

    /// Takes over what the inbox has ready. True when an epoch began, or its log was set back.
    pub fn collect(&mut self, inbox: &mut Inbox) -> bool {
        let mut began = false;
        for note in inbox.notes() {
            if matches!(note, Note::Epoch { .. } | Note::Shorter { .. }) {
                // A log that begins anew may run on a new clock.
                self.clock.restart();
                began = true;
            }
            self.problem(match note {
                Note::Gap { from, to } => FeedProblem::Gap { from, to },
                Note::GapUnfilled { from, to } => FeedProblem::GapUnfilled { from, to },
                Note::Epoch { from, to } => FeedProblem::Epoch { from, to },
                Note::Shorter { from, to } => FeedProblem::Shorter { from, to },
            });
        }
        for delivery in inbox.deliveries() {
            if matches!(delivery, Delivery::Snapshot { .. }) {
                self.pending.extend(self.telling.all());
            }
            self.pending.push_back(match delivery {
                Delivery::Event { env, rx_us } => {
                    self.follow_countdown(&env.event);
                    FeedItem::Event { env, rx_us }
                }
                Delivery::Snapshot { at_seq, show, rx_us } => {
                    self.clock.set_countdown_running(show.core.clock.as_ref().is_some_and(Clock::is_running));
                    FeedItem::Snapshot { at_seq, show, rx_us }
                }
                Delivery::Skipped { epoch, from, to, reason } => {
                    FeedItem::Skipped { epoch, from, to, reason, rx_us: self.clock.now_us() }
                }
            });
        }
        let position = inbox.position();
        self.ledger.with(|health| {
            health.seq = inbox.seq();
            health.head = health.head.max(health.seq);
            health.epoch = position.map(|position| position.epoch);
            health.order = inbox.counts();
        });
        began
    }

    /// The clock takes no step under a running countdown.
    fn follow_countdown(&self, event: &Event) {
        match event {
            Event::CountdownStarted(_) | Event::CountdownResumed(_) => self.clock.set_countdown_running(true),
            Event::CountdownArmed(_)
            | Event::CountdownPaused(_)
            | Event::CountdownStopped(_)
            | Event::CountdownExpired(_)
            | Event::ShowEnded(_) => self.clock.set_countdown_running(false),
            _ => {}
        }
    }
}

//! A feed with the simplest app there is: it folds what comes.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use leitai::{
    feed::{Feed, FeedHandle, FeedItem, FeedOptions, FeedProblem, FeedState, Timing},
    show::state::Show,
};

/// No promise here takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What has come so far.
pub struct Probe {
    pub feed: FeedHandle,
    pub show: Show,
    /// Seqs of the events, in their order.
    pub seqs: Vec<u64>,
    /// `at_seq` of the snapshots.
    pub snapshots: Vec<u64>,
    pub problems: Vec<FeedProblem>,
    pub states: Vec<FeedState>,
}

/// A feed's options with times that a test can wait for.
pub fn options(url: &str) -> FeedOptions {
    let timing = Timing {
        gap_hold: Duration::from_millis(60),
        backoff: (Duration::from_millis(10), Duration::from_millis(100)),
        ..Timing::default()
    };
    FeedOptions { timing, ..FeedOptions::new(url) }
}

impl Probe {
    pub fn start(options: FeedOptions) -> Self {
        let feed = Feed::start(options).expect("a feed");
        let show = Show::default();
        Self { feed, show, seqs: vec![], snapshots: vec![], problems: vec![], states: vec![] }
    }

    pub fn to(url: &str) -> Self {
        Self::start(options(url))
    }

    /// Takes items until `done`, which must come true within [`PATIENCE`] of each.
    pub fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        while !done(self) {
            let item = self.feed.inbox.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!("waited in vain for {what}; seq {}, {:#?}", self.show.seq, self.feed.health())
            });
            self.take(item);
        }
    }

    /// Until this event is folded.
    pub fn until_seq(&mut self, seq: u64) {
        self.until(&format!("event {seq}"), |probe| probe.show.seq >= seq);
    }

    /// Until a problem says this.
    pub fn until_told(&mut self, part: &str) {
        self.until(part, |probe| probe.has_told(part));
    }

    pub fn has_told(&self, part: &str) -> bool {
        self.problems.iter().any(|problem| problem.to_string().contains(part))
    }

    fn take(&mut self, item: FeedItem) {
        match item {
            FeedItem::Event { env, .. } => {
                self.seqs.push(env.seq);
                self.show.apply(&env);
            }
            FeedItem::Snapshot { at_seq, show, .. } => {
                self.snapshots.push(at_seq);
                self.show = *show;
            }
            FeedItem::Problem(problem) => {
                assert!(!problem.zh().is_empty());
                self.problems.push(problem);
            }
            FeedItem::Skipped { .. } => {}
            FeedItem::Status(state) => self.states.push(state),
        }
    }
}

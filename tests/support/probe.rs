//! A feed with the simplest app there is: it folds what comes.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

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
    /// The first item of each kind of problem.
    pub problems: Vec<FeedProblem>,
    /// How often the items say each kind came, and how many items there were.
    pub told: BTreeMap<String, (u64, usize)>,
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
        Self { feed, show, seqs: vec![], snapshots: vec![], problems: vec![], told: BTreeMap::new(), states: vec![] }
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

    /// Takes what comes within this time.
    pub fn wait(&mut self, within: Duration) {
        let until = Instant::now() + within;
        while let Ok(item) = self.feed.inbox.recv_deadline(until) {
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
            FeedItem::Problem { problem, kind, count } => {
                assert!(!leitai::locale::tell(leitai::locale::Lang::Zh, &problem).is_empty());
                let told = self.told.entry(kind).or_insert_with(|| {
                    self.problems.push(problem);
                    (0, 0)
                });
                *told = (told.0 + count, told.1 + 1);
            }
            FeedItem::Skipped { .. } => {}
            FeedItem::Status(state) => self.states.push(state),
        }
    }
}

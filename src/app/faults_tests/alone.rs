//! One process of the renderer on a scoring system, without a schedule: a test says what happens.

use std::{path::Path, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    disk::SimDisk,
    world::{START_US, Stage},
};
use crate::{
    app::session::{Ground, LiveSession},
    director::{Director, ProblemKind},
    feed::{
        FeedOptions,
        simulated::{Hall, Simulated},
    },
};

pub const TAPE: &str = "show.tape.ndjson";
/// The program takes what has come so often.
const FRAME: Duration = Duration::from_millis(20);
/// No promise here takes longer, in simulated time.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Alone {
    pub session: LiveSession,
    pub director: Director,
    feed: Simulated,
}

impl Alone {
    pub fn start(stage: &Stage, hall: &Hall, disk: &SimDisk) -> Self {
        let mut director = Director::live(Arc::clone(stage.theme()), Arc::clone(stage.set()) as _);
        let mut feed = None;
        let ground = Ground {
            disk: Arc::new(disk.clone()),
            wall_us: START_US,
            connect: |options| {
                let (handle, simulated) = Simulated::start(hall, options, 1)?;
                feed = Some(simulated);
                Ok(handle)
            },
        };
        let options = FeedOptions::new("ws://hall");
        let session = LiveSession::start_on(ground, options, Some(Path::new(TAPE)), &mut director).unwrap();
        Self { session, director, feed: feed.unwrap() }
    }

    /// Takes what comes, frame by frame, until `done`.
    pub async fn until(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        loop {
            self.session.receive(&mut self.director);
            if done(self) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "waited in vain for {what}: {:#?}", self.session.feed.health());
            sleep(FRAME).await;
        }
    }

    /// The feed's last event that is on air.
    pub fn seq(&self) -> u64 {
        self.director.air().feed().seq
    }

    /// How often the feed has told a problem of this kind.
    pub fn told(&self, kind: &str) -> u64 {
        self.feed.told.lock().unwrap().get(kind).map_or(0, |told| told.0)
    }

    /// What is wrong now, as the operator sees it.
    pub fn present(&self) -> Vec<ProblemKind> {
        self.director.problems.present().map(|problem| problem.kind).collect()
    }
}

/// Runs a story in simulated time.
pub fn run(story: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, story);
}

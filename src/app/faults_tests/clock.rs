//! The picture's time against the server's: under jitter, and over a stall of this machine.

use std::{path::Path, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    asked,
    disk::SimDisk,
    world::{START_US, Stage},
};
use crate::{
    app::session::{Ground, LiveSession},
    director::Director,
    feed::{
        FeedOptions,
        serve::{Fault, FaultPlan},
        simulated::{Hall, Simulated},
    },
};

const FRAME: Duration = Duration::from_millis(20);
/// So wrong the clock may be, µs; and the countdown by a frame more.
const CLOCK_US: u64 = 10_000;
const STALL: Duration = Duration::from_secs(2);

/// The worst error of the clock and of the frames behind a stall, µs, in a minute on a network that delays each message
/// by up to a tenth of a second.
async fn worst(stage: &Stage, seed: u64) -> (u64, u64) {
    let hall = Hall::new(START_US, "e", usize::MAX, seed);
    let jitter = Fault::Delay { most: Duration::from_millis(100), lasts: Duration::from_secs(100) };
    let plan = FaultPlan::new(vec![(Duration::ZERO, jitter)]);
    let live = async {
        let mut director = Director::live(Arc::clone(stage.theme()), Arc::clone(stage.set()) as _);
        let mut feed = None;
        let ground = Ground {
            disk: Arc::new(SimDisk::new()),
            wall_us: START_US,
            connect: |options| {
                let (handle, simulated) = Simulated::start(&hall, options, seed)?;
                feed = Some(simulated);
                Ok(handle)
            },
        };
        let options = FeedOptions::new("ws://hall");
        let mut session = LiveSession::start_on(ground, options, Some(Path::new("t")), &mut director).unwrap();
        let (began, mut clock_us, mut frame_us) = (Instant::now(), 0, 0);
        let mut dice = fastrand::Rng::with_seed(seed);
        while began.elapsed() < Duration::from_secs(60) {
            let stalls = dice.u32(0..200) == 0;
            sleep(if stalls { STALL } else { FRAME }).await;
            // One reading of the clock for each frame, as the app takes it.
            session.receive(&mut director);
            if began.elapsed() > Duration::from_secs(12) {
                clock_us = clock_us.max(session.feed.clock().now_us().abs_diff(hall.now_us()));
                if stalls {
                    frame_us = frame_us.max(director.now_us().abs_diff(hall.now_us()));
                }
            }
        }
        (clock_us, frame_us)
    };
    tokio::select! {
        worst = live => worst,
        () = hall.fail(&plan) => panic!("the jitter ended"),
    }
}

#[test]
fn under_jitter_the_clock_is_right_and_after_a_stall_the_next_frame_is() {
    let stage = Stage::new();
    let seeds = asked("LEITAI_SEEDS").unwrap_or(1_000) / 50;
    let (mut clock_us, mut frame_us) = (0, 0);
    for seed in 0..seeds.max(1) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let worst = tokio::task::LocalSet::new().block_on(&runtime, worst(&stage, seed));
        (clock_us, frame_us) = (clock_us.max(worst.0), frame_us.max(worst.1));
    }
    println!("{seeds} minutes: clock {clock_us} \u{b5}s, first frame behind a stall {frame_us} \u{b5}s wrong at most");
    assert!(clock_us <= CLOCK_US, "{clock_us} \u{b5}s");
    assert!(frame_us > 0 && frame_us <= CLOCK_US + FRAME.as_micros() as u64, "{frame_us} \u{b5}s");
}

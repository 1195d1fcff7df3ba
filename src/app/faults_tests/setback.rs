//! A scoring system that is loaded anew and keeps the name of its epoch: its log ends before what is on air.

use std::{path::Path, time::Duration};

use tokio::time::sleep;

use super::{
    alone::{Alone, TAPE, run},
    disk::SimDisk,
    schedule::script,
    world::{START_US, Stage},
};
use crate::{
    feed::{
        serve::{Fault, FaultPlan},
        simulated::Hall,
    },
    journal,
    show::{
        protocol::{Envelope, control::Resume},
        state::Show,
    },
};

const EPOCH: &str = "e";

fn say(hall: &Hall, show: &mut Show, events: &[Envelope]) {
    for env in events {
        show.apply(&hall.say(env, EPOCH, hall.now_us()));
    }
}

/// So many events of its new log are said before the connection is back.
async fn story(stage: &Stage, before: usize) {
    let (hall, disk, script) = (Hall::new(START_US, EPOCH, usize::MAX, 1), SimDisk::new(), script(0));
    let mut on = Alone::start(stage, &hall, &disk);
    say(&hall, &mut Show::default(), &script[..40]);
    on.until("the first log", |on| on.seq() == 40).await;
    // The machine that it is loaded on has another clock.
    let cut = FaultPlan::new(vec![
        (Duration::ZERO, Fault::Cut { lasts: Duration::from_millis(300) }),
        (Duration::from_millis(50), Fault::Clock { by_ms: -138_000 }),
    ]);
    let mut show = Show::default();
    let anew = async {
        sleep(Duration::from_millis(100)).await;
        hall.open(EPOCH);
        // The hall's own clock is moved when it is read.
        assert!(hall.now_us() < START_US, "it has another clock");
        say(&hall, &mut show, &script[..before]);
    };
    tokio::join!(hall.fail(&cut), anew);
    on.until("word of it", |on| on.told("shorter") > 0).await;
    say(&hall, &mut show, &script[before..5]);
    on.until("the second log", |on| on.seq() == 5).await;
    assert_eq!(on.director.air().feed(), &show);
    on.until("its clock", |on| (on.director.now_us() - hall.now_us()).abs() < 20_000).await;
    let health = on.session.feed.health();
    assert_eq!((health.seq, health.head, health.order.duplicates, on.told("shorter")), (5, 5, 0, 1));
    drop(on);

    // The recording is what was on air, and the next process goes on from there.
    let tape = journal::load_from(&disk, Path::new(TAPE)).unwrap();
    let resume = Resume { epoch: EPOCH.to_owned(), seq: 5 };
    assert_eq!((tape.problems.as_slice(), tape.resume()), (&[][..], Some(resume)));
    let mut on = Alone::start(stage, &hall, &disk);
    assert_eq!(on.director.air().feed(), &show, "before the feed is there");
    say(&hall, &mut show, &script[5..6]);
    on.until("the next event", |on| on.seq() == 6).await;
    assert_eq!(on.director.air().feed(), &show);
    assert_eq!(on.told("shorter"), 0);
}

#[test]
fn a_log_that_is_set_back_within_its_epoch_is_on_air_and_on_the_tape() {
    let stage = Stage::new();
    for before in [0, 3] {
        run(story(&stage, before));
    }
}

//! What the operator must be told of a fault that comes alone.

use std::time::Duration;

use tokio::time::sleep;

use super::{
    alone::{Alone, run},
    disk::SimDisk,
    world::{START_US, Stage},
};
use crate::{
    director::ProblemKind,
    feed::{
        FeedItem, FeedProblem, FeedState,
        serve::{Fault, FaultPlan, Junk},
        simulated::{Hall, Told},
    },
    show::protocol::control::ErrorCode,
};

/// A fault that came alone is told by its name, and nothing else is.
pub fn named(fault: Fault, told: &Told) {
    let ten = Duration::from_millis(10_500);
    let told = told.lock().unwrap();
    let kinds: Vec<&str> = told.keys().map(String::as_str).collect();
    let expected: &[&str] = match fault {
        Fault::Cut { .. } => &["lost"],
        Fault::Hush { lasts } | Fault::Stall { lasts } if lasts > ten => &["silent"],
        Fault::Junk(Junk::Torn) => &["not JSON"],
        // By whatever is missing first.
        Fault::Junk(Junk::Unknown) => &[""],
        Fault::Junk(Junk::Binary) => &["binary"],
        Fault::Junk(Junk::NotUtf8) => &["unreadable"],
        Fault::Junk(Junk::Reserved) => &["lost"],
        Fault::Junk(Junk::Large) => &["too large"],
        Fault::Reset => &["epoch"],
        _ => &[],
    };
    for name in expected {
        assert!(kinds.iter().any(|kind| kind.contains(name)), "{fault} is not named in {kinds:?}");
    }
    if fault == Fault::Junk(Junk::Pong) {
        assert!(kinds.iter().all(|kind| kind.contains("pong")), "{fault} is told as {kinds:?}");
    }
    let quiet = matches!(fault, Fault::Double { .. } | Fault::Flood { .. } | Fault::Delay { .. });
    assert!(!quiet || kinds.is_empty(), "{fault} is nothing to tell, yet {kinds:?} is told");
    assert!(kinds.len() <= 3, "{fault} is told as {kinds:?}");
}

/// A clock that is set takes a quarter of a minute to be believed: longer than a schedule goes on behind its last fault.
#[test]
fn a_server_clock_that_was_set_is_told() {
    let stage = Stage::new();
    for by_ms in [3_600_000, -3_600_000] {
        run(async {
            let hall = Hall::new(START_US, "e", usize::MAX, 1);
            let mut on = Alone::start(&stage, &hall, &SimDisk::new());
            on.until("the server's clock", |on| on.session.feed.clock().status().rtt_us.is_some()).await;
            sleep(Duration::from_secs(2)).await;
            hall.fail(&FaultPlan::new(vec![(Duration::ZERO, Fault::Clock { by_ms })])).await;
            let before_us = START_US + 2_000_000;
            assert!(hall.now_us().abs_diff(before_us) > 3_000_000_000, "the hall's clock is another when it is asked");
            on.until("word of it", |on| on.told("clock set") > 0).await;
            assert!(on.present().contains(&ProblemKind::Clock), "{by_ms} ms: {:?}", on.present());
        });
    }
}

#[test]
fn a_complaint_behind_the_welcome_is_no_lost_connection() {
    let stage = Stage::new();
    run(async {
        let mut on = Alone::start(&stage, &Hall::new(START_US, "e", usize::MAX, 1), &SimDisk::new());
        let complaint = |fatal| {
            let problem = FeedProblem::Server { code: ErrorCode::Malformed, message: "what?".to_owned(), fatal };
            FeedItem::Problem { kind: problem.kind(), problem, count: 1 }
        };
        on.session.take(FeedItem::Status(FeedState::Connected), &mut on.director);
        on.session.take(complaint(false), &mut on.director);
        assert_eq!(on.present(), [ProblemKind::FeedRefused], "a lost one would stay until it is found again");
        on.session.take(complaint(true), &mut on.director);
        assert!(on.present().contains(&ProblemKind::FeedLost));
    });
}

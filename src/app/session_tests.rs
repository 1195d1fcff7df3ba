//! Promises of a live session: its recording folds to what was live, and goes on from there.

use std::{sync::Arc, time::Duration};

use serde_json::json;

use super::*;
use crate::{
    feed::serve::{ServeHandle, ServeOptions, serve},
    journal::load,
    show::{
        protocol::{Envelope, control::Resume},
        state::Show,
        tape::{Step, Tape, entry_line, header_line, snapshot_line},
    },
    themes,
    typeset::Typesetter,
};

const START_US: i64 = 1_763_690_400_000_000;

fn log(epoch: &str, count: u64) -> Vec<Envelope> {
    let event = |seq: u64| {
        let (name, data) = match seq % 3 {
            0 => ("slate.shown", json!({"kind": "message", "title": format!("第 {seq} 页")})),
            1 => ("score.changed", json!({"team": "a", "before": 2, "delta": 10, "after": 10 * seq})),
            _ => ("turn.given", json!({"team": "a", "question_no": seq})),
        };
        let at = START_US + 1_000 * seq as i64;
        Envelope::from_value(json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": name, "data": data}))
    };
    (1..=count).map(|seq| event(seq).unwrap()).collect()
}

fn fold(events: &[Envelope]) -> Show {
    let mut show = Show::default();
    for env in events {
        show.apply(env);
    }
    show
}

/// Serves a tape with the whole state after the first `from` of these events and then the rest, all of it past.
fn serving(events: &[Envelope], from: usize) -> ServeHandle {
    let (before, after) = events.split_at(from);
    let mut text = header_line("试播", "test");
    if from > 0 {
        text += &format!("\n{}", snapshot_line(0, from as u64, &fold(before)));
    }
    for env in after {
        text += &format!("\n{}", entry_line(0, Lane::Feed, env));
    }
    let tape = Tape::parse(&text).unwrap();
    serve(ServeOptions { from_us: 1_000_000_000, ..ServeOptions::tape(&tape, "127.0.0.1:0".parse().unwrap()) }).unwrap()
}

fn director() -> Director {
    Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()))
}

/// Goes on with the recording on this feed until it ends; the show before, and after.
fn live(server: &ServeHandle, tape: &Path) -> (Show, Show) {
    let mut director = director();
    let options = FeedOptions::new(&format!("ws://{}", server.addr));
    let mut session = LiveSession::start(options, Some(tape), &mut director).unwrap();
    let before = director.show().clone();
    loop {
        let item = session.feed.inbox.recv_timeout(Duration::from_secs(20)).unwrap();
        let ended = item == FeedItem::Status(FeedState::Ended);
        session.take(item, &mut director);
        if ended {
            break;
        }
    }
    (before, director.show().clone())
}

/// What is on the tape, and what it folds into.
fn recorded(tape: &Path) -> (Tape, Show) {
    let tape = load(tape).unwrap();
    assert_eq!(tape.problems, []);
    (tape.clone(), Timeline::new(tape).show_after(usize::MAX))
}

#[test]
fn a_session_that_begins_with_a_snapshot_is_recorded_whole_and_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    let events = log("e", 40);

    let (before, after) = live(&serving(&events[..30], 20), &path);
    assert_eq!((before, &after), (Show::default(), &fold(&events[..30])));
    let (tape, show) = recorded(&path);
    assert_eq!(show, after, "the recording folds to what was live");
    assert_eq!((tape.step(0).map(Step::seq), tape.snapshots.len()), (Some(tape.snapshots[0].at_seq), 1));
    assert_eq!(tape.resume(), Some(Resume { epoch: "e".to_owned(), seq: 30 }));

    // It goes on where it was: the picture is there before the feed, and no state is sent again.
    let (before, after) = live(&serving(&events, 0), &path);
    assert_eq!((before, &after), (fold(&events[..30]), &fold(&events)));
    let (tape, show) = recorded(&path);
    assert_eq!((show, tape.snapshots.len()), (after, 1));

    // The scoring system was loaded anew while nobody listened.
    let anew = log("f", 5);
    let (before, after) = live(&serving(&anew, 0), &path);
    assert_eq!((before, &after), (fold(&events), &fold(&anew)));
    let (tape, show) = recorded(&path);
    assert_eq!(show, after);
    assert_eq!(tape.resume(), Some(Resume { epoch: "f".to_owned(), seq: 5 }));
}

#[test]
fn a_recording_is_named_by_its_epoch_and_its_instant() {
    assert_eq!(file_name("2025/烟台 1", 1_763_690_401_250_000), "2025_烟台_1-20251121-020001.tape.ndjson");
    assert_eq!(date(0), (1970, 1, 1));
    assert_eq!(date(11_016), (2000, 2, 29));
}

#[test]
fn an_outage_comes_alive_again_and_lost_events_stay_until_a_whole_state() {
    let folder = tempfile::tempdir().unwrap();
    let server = serving(&log("e", 1), 0);
    let mut director = director();
    let options = FeedOptions::new(&format!("ws://{}", server.addr));
    let mut session = LiveSession::start(options, Some(&folder.path().join("t.ndjson")), &mut director).unwrap();
    let told = |problem: FeedProblem, count| FeedItem::Problem { kind: problem.kind(), problem, count };
    let present = |director: &Director| -> Vec<(ProblemKind, u64)> {
        director.problems.present().map(|problem| (problem.kind, problem.count)).collect()
    };
    for outage in 1..=2 {
        session.take(told(FeedProblem::Lost { reason: format!("cut {outage}") }, 1), &mut director);
        session.take(told(FeedProblem::Gap { from: outage, to: outage }, 1), &mut director);
        assert!(present(&director).contains(&(ProblemKind::FeedLost, outage)));
        assert!(present(&director).contains(&(ProblemKind::FeedGap, outage)));
        session.take(told(FeedProblem::GapUnfilled { from: outage, to: outage }, 1), &mut director);
        session.take(FeedItem::Status(FeedState::Connected), &mut director);
        assert_eq!(present(&director), [(ProblemKind::FeedMissing, outage)]);
    }
    let last = director.problems.present().next().unwrap();
    assert!(last.said.en.contains("events 2 to 2 never came"), "{last:?}");
    session.take(FeedItem::Snapshot { at_seq: 0, show: Box::default(), rx_us: 0 }, &mut director);
    assert_eq!(present(&director), []);
    session.take(told(FeedProblem::Binary { bytes: 1 }, 1), &mut director);
    session.take(told(FeedProblem::Binary { bytes: 2 }, 999), &mut director);
    assert_eq!(present(&director), [(ProblemKind::FeedRefused, 1000)]);
}

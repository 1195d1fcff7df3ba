//! Bad input from the feed: the picture stays, one clear message, counted, and nothing later is lost.

use std::{path::Path, sync::Arc, time::Duration};

use leitai::{
    app::LiveSession,
    director::Director,
    feed::{FeedItem, FeedProblem},
    show::{
        protocol::{Envelope, ProtocolError, control::Resume, limits::MESSAGE_BYTES},
        state::Show,
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{
    chaos::{Act, Chaos, tail},
    log::{fold, fold_without, line, log},
    probe::{Probe, options},
};

const EPOCH: &str = "2025-11-21-yantai";
const COUNT: u64 = 60;

#[test]
fn two_mebibytes_are_refused_and_the_connection_stays() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        let large = line(&sent[19]).replacen('}', &format!(r#","filler":"{}"}}"#, "x".repeat(2 * MESSAGE_BYTES)), 1);
        acts[20] = Act::Text(large);
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold_without(&events, 20), "nothing later is lost");
    assert!(probe.has_told("at most 1048576 are allowed"), "{:?}", probe.problems);
    let health = probe.feed.health();
    assert_eq!((health.refused, health.reconnects, health.order.gaps), (1, 0, 0));
}

#[test]
fn what_is_no_utf8_breaks_the_connection_and_loses_nothing() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        let mut acts = tail(&sent, hello);
        if number == 0 {
            acts.insert(20, Act::Raw(b"{\"type\":\"\xff\xfe\"}".to_vec()));
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert!(probe.has_told("UTF-8"), "{:?}", probe.problems);
    let health = probe.feed.health();
    assert_eq!((health.refused, health.reconnects), (1, 1));
}

#[test]
fn an_event_that_never_is_utf8_is_passed() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        for act in &mut acts {
            if matches!(act, Act::Text(text) if text.contains(r#""seq":20,"#)) {
                *act = Act::Raw(b"\xff".to_vec());
            }
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold_without(&events, 20));
    assert!(probe.has_told("events 20 to 20 never came"));
}

#[test]
fn a_torn_event_is_skipped_in_its_place() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        let whole = line(&sent[19]);
        acts[20] = Act::Text(whole[..whole.len() - 30].to_owned());
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold_without(&events, 20));
    assert!(probe.has_told("not a JSON object"));
    let health = probe.feed.health();
    assert_eq!((health.refused, health.reconnects, health.order.gaps), (1, 0, 0));
}

#[test]
fn a_torn_event_without_its_seq_is_asked_for_again() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        let mut acts = tail(&sent, hello);
        if number == 0 {
            acts[20] = Act::Text(r#"{"v":1,"epo"#.to_owned());
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.feed.health().refused, 1);
}

#[test]
fn unknown_and_malformed_events_are_counted_and_named_once() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        for seq in [20, 30, 40] {
            let unknown = line(&sent[seq - 1]).replace(sent[seq - 1].event.name(), "laser.fired");
            acts[seq] = Act::Text(unknown);
        }
        acts[50] = Act::Text(line(&sent[49]).replace(r#""delta":10"#, r#""delta":"ten""#));
        acts.push(Act::Binary(vec![0; 10]));
        acts.push(Act::Text("[]".to_owned()));
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_told("bare value");
    let rest: Vec<Envelope> = events.iter().filter(|env| ![20, 30, 40, 50].contains(&env.seq)).cloned().collect();
    assert_eq!(probe.show, fold(&rest));
    assert!(probe.has_told("event 20 skipped: unknown type \"laser.fired\""), "{:?}", probe.problems);
    assert!(probe.has_told("event 50 (score.changed) refused: field `delta`"), "{:?}", probe.problems);
    assert!(probe.has_told("binary message of 10 bytes"));
    assert_eq!(probe.problems.len(), 4, "{:?}", probe.problems);
    let health = probe.feed.health();
    assert_eq!((health.unknown, health.refused, health.reconnects), (3, 6, 0));
    let unknown = health.problems.iter().find(|known| known.count == 3).unwrap();
    assert!(matches!(&unknown.last, FeedProblem::Message(ProtocolError::UnknownType { seq: 40, .. })));
}

/// A live session on this tape until `done` is on air; the show before the feed brought anything, and after.
fn live(url: &str, tape: &Path, done: u64) -> (Show, Show) {
    let mut director = Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()));
    let mut session = LiveSession::start(options(url), Some(tape), &mut director).unwrap();
    let before = director.show().clone();
    while director.show().seq < done {
        let item = session.feed.inbox.recv_timeout(Duration::from_secs(20)).unwrap();
        assert!(!matches!(item, FeedItem::Snapshot { .. }), "{item:?}");
        session.take(item, &mut director);
    }
    (before, director.show().clone())
}

#[test]
fn a_skipped_event_costs_a_restart_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let tape = folder.path().join("show.tape.ndjson");
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |connection, hello| {
        let mut acts = tail(&sent, hello);
        if connection == 0 {
            acts[30] = Act::Text(line(&sent[29]).replacen(sent[29].event.name(), "laser.fired", 1));
            acts.truncate(COUNT as usize - 9);
        }
        acts
    });
    let last = COUNT - 10;
    let (_, shown) = live(&chaos.url(), &tape, last);
    assert_eq!(shown, fold_without(&events[..last as usize], 30));
    assert_eq!(chaos.hellos.recv().unwrap().resume, None);

    // Nobody is there: what was on air is on air.
    let (before, _) = live("ws://127.0.0.1:1", &tape, last);
    assert_eq!(before, shown);

    let (before, after) = live(&chaos.url(), &tape, COUNT);
    assert_eq!((before, after), (shown, fold_without(&events, 30)));
    let resume = Resume { epoch: EPOCH.to_owned(), seq: last };
    assert_eq!(chaos.hellos.recv().unwrap().resume, Some(resume));
    let recorded = leitai::journal::load(&tape).unwrap();
    assert_eq!((recorded.problems.as_slice(), recorded.skipped.len()), (&[][..], 1));
    assert!(recorded.skipped[0].reason.contains("laser.fired"), "{:?}", recorded.skipped);
}

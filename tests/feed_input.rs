//! Bad input from the feed: the picture stays, one clear message, counted, and nothing later is lost.

use leitai::{
    feed::FeedProblem,
    show::protocol::{Envelope, ProtocolError, limits::MESSAGE_BYTES},
};

use crate::support::{
    chaos::{Act, Chaos, tail},
    log::{fold, fold_without, line, log},
    probe::Probe,
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

//! The feed on a hostile network: whatever happens, the show is the fold of the log, and the operator is told once.

use std::time::Duration;

use leitai::{
    feed::{Feed, FeedError, FeedOptions, FeedState},
    show::{
        protocol::{
            Envelope,
            control::{Control, ErrorCode, ErrorMessage, Resume, Snapshot, WelcomeMode},
        },
        state::Show,
    },
};

use crate::support::{
    chaos::{Act, Chaos, tail},
    log::{fold, fold_without, log},
    probe::{Probe, options},
};

const EPOCH: &str = "2025-11-21-yantai";
const COUNT: u64 = 60;

#[test]
fn ten_cuts_leave_the_whole_log() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        let mut acts = tail(&sent, hello);
        if number < 10 {
            acts.truncate(1 + 4);
            acts.push(Act::Cut);
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.seqs, (1..=COUNT).collect::<Vec<_>>(), "every event once, in order");
    let health = probe.feed.health();
    assert_eq!((health.reconnects, health.order.gaps, health.order.lost), (10, 0, 0));
    let asked: Vec<_> = chaos.hellos.try_iter().map(|hello| hello.resume.map(|resume| resume.seq)).collect();
    assert_eq!(asked[0], None);
    assert!(asked[1..].is_sorted() && asked.len() == 11, "{asked:?}");
    assert_eq!(probe.problems.len(), 1, "one kind: {:?}", probe.problems);
    assert_eq!(probe.told["lost"], (10, 10), "each told as it came");
    assert_eq!(health.problems[0].count, 10, "and counted");
}

#[test]
fn a_flood_of_bad_messages_is_counted_and_blocks_nothing() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        let last = acts.split_off(acts.len() - 1);
        acts.extend((0..1000).map(|_| Act::Binary(vec![0; 10])));
        acts.extend(last);
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    probe.until("the whole count", |probe| probe.told["binary"].0 == 1000);
    assert!(probe.told["binary"].1 < 20, "{:?}", probe.told);
    assert_eq!(probe.feed.health().refused, 1000);
}

#[test]
fn duplicates_and_late_frames_change_nothing() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| {
        let mut acts = tail(&sent, hello);
        acts.truncate(1);
        for group in sent.chunks(5) {
            acts.extend(group.iter().rev().map(Act::event));
            acts.push(Act::event(&group[0]));
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.seqs, (1..=COUNT).collect::<Vec<_>>());
    let health = probe.feed.health();
    // The last group's duplicate may still be on its way.
    assert!((COUNT / 5 - 1..=COUNT / 5).contains(&health.order.duplicates), "{}", health.order.duplicates);
    assert_eq!((health.reconnects, health.order.gaps, probe.problems.len()), (0, 0, 0));
}

#[test]
fn a_gap_is_asked_for_and_filled() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        let mut acts = tail(&sent, hello);
        if number == 0 {
            acts.remove(20);
        }
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.feed.health().order.gaps, 1);
    assert!(probe.has_told("events 20 to 20 did not come in time"));
    let resume = chaos.hellos.iter().nth(1).unwrap().resume;
    assert_eq!(resume, Some(Resume { epoch: EPOCH.to_owned(), seq: 19 }));
}

#[test]
fn a_gap_that_is_never_filled_costs_only_itself() {
    let events = log(EPOCH, COUNT);
    let sent: Vec<Envelope> = events.iter().filter(|env| env.seq != 20).cloned().collect();
    let chaos = Chaos::start(move |_, hello| tail(&sent, hello));
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(19);
    assert_eq!(probe.show, fold(&events[..19]), "the picture stays");
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold_without(&events, 20), "nothing later is lost");
    assert!(probe.has_told("events 20 to 20 never came"));
    assert_eq!(probe.feed.health().order.lost, 1);
    let asked: Vec<_> = chaos.hellos.try_iter().map(|hello| hello.resume.is_some()).collect();
    assert_eq!(asked, [false, true, false], "first the tail, then the whole");
}

#[test]
fn a_gap_that_only_a_snapshot_can_close_is_closed_by_it() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        if number > 0 && hello.resume.is_none() {
            let state = Box::new(fold(&sent[..50]));
            let mut acts = vec![
                Act::welcome(EPOCH, COUNT, WelcomeMode::Snapshot),
                Act::control(&Control::Snapshot(Snapshot { at_seq: 50, state })),
            ];
            acts.extend(sent[50..].iter().map(Act::event));
            return acts;
        }
        tail(&sent.iter().filter(|env| env.seq != 20).cloned().collect::<Vec<_>>(), hello)
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!((probe.snapshots.as_slice(), probe.feed.health().order.lost), (&[50][..], 0));
}

#[test]
fn a_half_open_connection_is_left() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |number, hello| {
        let mut acts = tail(&sent, hello);
        if number == 0 {
            acts.truncate(10);
            acts.push(Act::Hush);
        }
        acts
    });
    let mut options = options(&chaos.url());
    options.timing.dead_after = Duration::from_millis(200);
    let mut probe = Probe::start(options);
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert!(probe.has_told("silent for 200 ms"));
}

#[test]
fn a_live_but_quiet_server_is_kept() {
    let events = log(EPOCH, 3);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| tail(&sent, hello));
    let mut options = options(&chaos.url());
    options.timing.dead_after = Duration::from_millis(200);
    options.timing.ping_every = Duration::from_millis(50);
    let mut probe = Probe::start(options);
    probe.until_seq(3);
    // Five times the time after which silence would have ended it.
    assert!(probe.feed.inbox.recv_timeout(Duration::from_secs(1)).is_err(), "nothing happens");
    assert_eq!(probe.feed.health().reconnects, 0);
}

#[test]
fn a_new_epoch_discards_what_came_before() {
    let (old, new) = (log(EPOCH, 30), log("2025-11-21-again", 40));
    let (first, second) = (old.clone(), new.clone());
    let chaos = Chaos::start(move |_, hello| {
        // In the middle of a connection, with a late frame of the former epoch behind it.
        let mut acts = tail(&first, hello);
        acts.extend(second[..10].iter().map(Act::event));
        acts.push(Act::event(&first[29]));
        acts.extend(second[10..].iter().map(Act::event));
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until("the new epoch's end", |probe| probe.show.epoch == new[0].epoch && probe.show.seq == 40);
    assert_eq!(probe.show, fold(&new), "nothing of the old one is merged");
    assert_eq!(probe.snapshots, [0], "an empty show stands between");
    assert!(probe.has_told("the scoring system was reset"));
    assert_eq!(probe.feed.health().order.stale, 1);
}

#[test]
fn a_new_epoch_behind_a_reconnect_comes_as_a_snapshot() {
    let (old, new) = (log(EPOCH, 30), log("2025-11-21-again", 40));
    let (first, second) = (old.clone(), new.clone());
    let chaos = Chaos::start(move |number, hello| {
        if number == 0 {
            let mut acts = tail(&first, hello);
            acts.push(Act::Cut);
            return acts;
        }
        let state = Box::new(fold(&second[..35]));
        let mut acts = vec![
            Act::welcome(&second[0].epoch, 40, WelcomeMode::Snapshot),
            Act::control(&Control::Snapshot(Snapshot { at_seq: 35, state })),
        ];
        acts.extend(second[35..].iter().map(Act::event));
        acts
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until("the new epoch's end", |probe| probe.show.epoch == new[0].epoch && probe.show.seq == 40);
    assert_eq!(probe.show, fold(&new));
    assert_eq!(probe.snapshots, [35]);
}

#[test]
fn a_full_inbox_holds_the_server_back_and_drops_nothing() {
    let count = 3_000;
    let events = log(EPOCH, count);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| tail(&sent, hello));
    let (woken, wakes) = crossbeam_channel::unbounded();
    let mut options = options(&chaos.url());
    options.capacity = 8;
    options.timing.dead_after = Duration::from_millis(200);
    options.timing.ping_every = Duration::from_millis(50);
    options.on_item = Some(Box::new(move || woken.send(()).unwrap()));
    let mut probe = Probe::start(options);
    wakes.recv_timeout(Duration::from_secs(10)).unwrap();
    // Longer than a silence may last: an app that stalls is no reason to lose the connection.
    let woken = || wakes.recv_timeout(Duration::from_millis(600));
    let more = std::iter::from_fn(|| woken().ok()).count();
    assert!(more <= 8, "the inbox is bounded: woken for its eight places at most, and once to make room ({more})");
    assert!(probe.feed.health().held_back);
    probe.until_seq(count);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.seqs.len() as u64, count);
    assert_eq!(probe.feed.health().reconnects, 0);
}

#[test]
fn a_journal_is_resumed_behind_its_last_event() {
    let events = log(EPOCH, COUNT);
    let sent = events.clone();
    let chaos = Chaos::start(move |_, hello| tail(&sent, hello));
    let mut options = options(&chaos.url());
    options.resume = Some(Resume { epoch: EPOCH.to_owned(), seq: 40 });
    let mut probe = Probe::start(options);
    probe.show = fold(&events[..40]);
    probe.until_seq(COUNT);
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.seqs[0], 41);
}

#[test]
fn what_the_server_complains_of_is_told() {
    let chaos = Chaos::start(move |_, _| {
        let error = |code, fatal| {
            let message = "not today".to_owned();
            Act::control(&Control::Error(ErrorMessage { code, message, fatal, seq: None }))
        };
        vec![error(ErrorCode::Malformed, false), error(ErrorCode::BadVersion, true)]
    });
    let mut probe = Probe::to(&chaos.url());
    probe.until("two complaints", |probe| probe.problems.len() == 2);
    probe.until("the wait", |probe| matches!(probe.states.last(), Some(FeedState::Waiting { .. })));
    assert!(probe.has_told("not today"));
}

#[test]
fn another_server_s_subprotocol_is_named() {
    let chaos = Chaos::start_as("chat", |_, _| vec![]);
    let mut probe = Probe::to(&chaos.url());
    probe.until_told("does not speak leitai.v1+json");
    assert_eq!(probe.show, Show::default());
}

#[test]
fn nobody_there_is_told_and_tried_again() {
    let chaos = Chaos::start(|_, _| vec![]);
    let url = chaos.url();
    drop(chaos);
    let mut probe = Probe::to(&url);
    probe.until("three tries", |probe| {
        probe.states.iter().filter(|state| matches!(state, FeedState::Waiting { .. })).count() >= 3
    });
    assert_eq!(probe.problems.len(), 1, "one kind");
    assert!(probe.has_told("cannot be reached"));
    probe.feed.stop();
    assert_eq!(probe.feed.health().state, FeedState::Stopped);
}

#[test]
fn an_address_that_cannot_work_is_refused_at_once() {
    let refused = |url: &str| Feed::start(FeedOptions::new(url)).err();
    assert!(matches!(refused("http://localhost"), Some(FeedError::Address { .. })));
    assert!(matches!(refused("ws://me:secret@localhost"), Some(FeedError::SecretInAddress)));
}

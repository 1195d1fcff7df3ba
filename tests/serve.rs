//! The reference server: resume, snapshots, pace, tokens, turns; and that nobody waits for anybody.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use leitai::{
    feed::{
        FeedState, Token,
        serve::{ServeError, ServeHandle, ServeOptions, Served, serve},
    },
    show::{
        protocol::{Envelope, Event, control::Resume, roster::Player},
        state::ClockPhase,
    },
};

use crate::support::{
    log::{START_US, STEP_US, fold, log},
    probe::{Probe, options},
};

const EPOCH: &str = "2025-11-21-yantai";
const COUNT: u64 = 40;
/// All of the log has happened when the server starts.
const PAST_US: i64 = 3_600_000_000;

fn serving(events: &[Envelope], change: impl FnOnce(&mut ServeOptions)) -> ServeHandle {
    let mut options = ServeOptions::new(events.to_vec(), "127.0.0.1:0".parse().unwrap());
    change(&mut options);
    serve(options).unwrap()
}

fn url(server: &ServeHandle) -> String {
    format!("ws://{}", server.addr)
}

fn resume(seq: u64) -> Option<Resume> {
    Some(Resume { epoch: EPOCH.to_owned(), seq })
}

#[test]
fn a_live_tape_arrives_whole_and_on_its_own_clock() {
    let events = log(EPOCH, COUNT);
    let began = Instant::now();
    let server = serving(&events, |_| {});
    let mut probe = Probe::to(&url(&server));
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&events));
    let length = Duration::from_micros((COUNT - 1) * STEP_US as u64);
    assert!(began.elapsed() >= length, "not before its time: {:?}", began.elapsed());
    assert!(server.is_over());
    // Both clocks began at the tape's first instant when the server did.
    let clock = probe.feed.clock();
    let apart = clock.now_us() - (START_US + began.elapsed().as_micros() as i64);
    assert!(apart.abs() < 500_000, "{apart} µs apart");
    let status = clock.status();
    assert!(status.error_bound_us.unwrap() < 100_000, "{status:?}");
    assert!(probe.problems.is_empty(), "{:?}", probe.problems);
}

#[test]
fn a_late_client_gets_a_snapshot_and_the_same_show() {
    let events = log(EPOCH, COUNT);
    let server = serving(&events, |options| options.from_us = PAST_US);
    let mut probe = Probe::to(&url(&server));
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&events));
    assert!(probe.snapshots.len() <= 1 && probe.seqs.len() + probe.snapshots.len() > 0);
}

#[test]
fn a_log_that_begins_or_goes_on_with_a_snapshot_is_served_from_there() {
    let events = log(EPOCH, COUNT);
    let part = |from: usize, to: usize| events[from..to].iter().map(|env| Served::Event(Box::new(env.clone())));
    let whole = |seq: usize| Served::Snapshot(Box::new(fold(&events[..seq])));
    let mut served = vec![whole(10)];
    served.extend(part(10, 15));
    served.push(whole(30));
    served.extend(part(30, 40));
    let server = serving(&[], |options| options.log = served);
    let mut probe = Probe::to(&url(&server));
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&events));
    assert!(!probe.snapshots.is_empty() && !probe.seqs.contains(&10) && !probe.seqs.contains(&16), "{:?}", probe.seqs);
    assert!(probe.problems.is_empty(), "{:?}", probe.problems);
}

#[test]
fn a_known_position_is_resumed_and_an_unknown_one_made_good() {
    let events = log(EPOCH, COUNT);
    let server = serving(&events, |options| {
        options.from_us = PAST_US;
        options.keep = 10;
    });
    // Once one has seen the end, the log is complete for the others.
    Probe::to(&url(&server)).until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    for (seq, told) in [(COUNT - 10, false), (COUNT - 11, true), (COUNT + 1, true)] {
        let mut options = options(&url(&server));
        options.resume = resume(seq);
        let mut probe = Probe::start(options);
        probe.show = fold(&events[..seq.min(COUNT) as usize]);
        probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
        assert_eq!(probe.has_told("SeqExpired"), told, "resume {seq}: {:?}", probe.problems);
        assert_eq!(probe.show.core, fold(&events).core, "resume {seq}");
    }
}

#[test]
fn a_token_is_asked_for_before_the_upgrade_and_never_shown() {
    let events = log(EPOCH, COUNT);
    let server = serving(&events, |options| {
        options.from_us = PAST_US;
        options.token = Some(Token::new("open sesame\n"));
    });
    for token in [None, Some(Token::new("hunter2"))] {
        let mut options = options(&url(&server));
        options.token = token;
        let mut probe = Probe::start(options);
        probe.until_told("refuses the token");
        let shown = format!("{:?} {:?}", probe.problems, probe.feed.health());
        assert!(!shown.contains("hunter2") && !shown.contains("sesame"));
    }
    let mut options = options(&url(&server));
    options.token = Some(Token::new("open sesame"));
    let mut probe = Probe::start(options);
    probe.until_seq(COUNT);

    let mut plain = TcpStream::connect(server.addr).unwrap();
    let request = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    plain.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    plain.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[test]
fn turns_are_epochs_of_their_own() {
    let events = log(EPOCH, 3);
    let server = serving(&events, |options| options.repeat = true);
    let mut probe = Probe::to(&url(&server));
    probe.until("the second turn", |probe| probe.show.epoch == format!("{EPOCH}#2") && probe.show.seq == 3);
    assert!(probe.has_told("the scoring system was reset"));
    assert!(probe.show.at > START_US + 3 * STEP_US, "the clock runs on");
    assert_eq!(probe.show.core.config, fold(&events).core.config);
}

#[test]
fn at_speed_the_countdown_agrees_with_the_clock() {
    let events = log(EPOCH, 5);
    let server = serving(&events, |options| options.speed = 10.0);
    let mut probe = Probe::to(&url(&server));
    probe.until_seq(5);
    let clock = probe.show.core.clock.as_ref().unwrap();
    let ClockPhase::Running { ends_at } = clock.phase else { panic!("{clock:?}") };
    let Event::CountdownStarted(started) = &events[4].event else { panic!() };
    assert_eq!(ends_at, START_US + (started.ends_at - START_US) / 10);
    assert_eq!(clock.duration_us, 3_000_000);
}

#[test]
fn a_large_show_goes_out_in_fragments() {
    // About 400 and 900 KiB: beyond a frame; and a state beyond a message, which is told as its log.
    for players in [5_000, 9_900] {
        let mut events = log(EPOCH, 30);
        let Event::ShowConfigured(config) = &mut events[0].event else { panic!() };
        config.players = (0..players)
            .map(|number| Player {
                id: format!("p{number}"),
                team: "a".to_owned(),
                number,
                name: "欧阳娜娜选手".to_owned(),
            })
            .collect();
        let server = serving(&events, |options| options.from_us = PAST_US);
        for _ in 0..2 {
            let mut probe = Probe::to(&url(&server));
            probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
            assert_eq!(probe.show, fold(&events));
            assert!(probe.problems.is_empty(), "{:?}", probe.problems);
        }
    }
}

#[test]
fn a_client_that_does_not_read_holds_nobody_up() {
    let events = log(EPOCH, 20_000);
    let server = serving(&events, |options| options.from_us = PAST_US);
    let mut stuck = options(&url(&server));
    stuck.capacity = 1;
    stuck.resume = resume(0);
    let stuck = Probe::start(stuck);
    let mut probes: Vec<Probe> = (0..3).map(|_| Probe::to(&url(&server))).collect();
    for probe in &mut probes {
        probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
        assert_eq!(probe.show.seq, 20_000);
    }
    assert!(stuck.seqs.is_empty());
}

#[test]
fn what_cannot_be_served_is_said() {
    let listen = "127.0.0.1:0".parse().unwrap();
    assert!(matches!(serve(ServeOptions::new(vec![], listen)), Err(ServeError::Empty)));
    for speed in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let options = ServeOptions { speed, ..ServeOptions::new(log(EPOCH, 1), listen) };
        assert!(matches!(serve(options), Err(ServeError::Speed(_))));
    }
    let whole = || vec![Served::Snapshot(Box::new(fold(&log(EPOCH, 3))))];
    for (speed, repeat) in [(2.0, false), (1.0, true)] {
        let options = ServeOptions { speed, repeat, log: whole(), ..ServeOptions::new(vec![], listen) };
        assert!(matches!(serve(options), Err(ServeError::Snapshot { seq: 3 })));
    }
    let server = serving(&log(EPOCH, 1), |_| {});
    let taken = serve(ServeOptions::new(log(EPOCH, 1), server.addr));
    assert!(taken.err().unwrap().to_string().contains("--listen"));
}

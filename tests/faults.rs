//! The promises of a bad network, over real sockets: cuts, half-open peers, floods. (Seeded schedules of all faults run
//! in simulated time, beside the code.)
//!
//! `LEITAI_CUTS=200` makes so many cuts, of up to a quarter of an hour; `LEITAI_FLOOD_S=60` floods for so long.

use std::{
    net::TcpListener,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use leitai::{
    app::LiveSession,
    director::Director,
    feed::{
        FeedOptions, FeedState,
        serve::{Fault, FaultPlan, Junk, ServeHandle, ServeOptions, serve},
    },
    show::{
        frame::Output,
        protocol::Envelope,
        state::{ClockPhase, Score, Show},
        tape::Timeline,
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{
    frames::{Heard, Wire, frame},
    log::{START_US, fold, log},
    probe::Probe,
};

const EPOCH: &str = "2025-11-21-yantai";
/// The programme's.
const SLOT: Duration = Duration::from_millis(20);
/// Cuts that are made at the same time.
const AT_ONCE: u64 = 48;
/// The right picture is back so soon after the server.
const BACK: Duration = Duration::from_secs(2);

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a whole number"))
}

fn director() -> Director {
    Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()))
}

/// So many events, one a `step`.
fn paced(count: u64, step: Duration) -> Vec<Envelope> {
    let mut events = log(EPOCH, count);
    for (n, env) in (0..).zip(&mut events) {
        env.at = START_US + n * step.as_micros() as i64;
    }
    events
}

/// Says the events at their pace, with these faults.
fn failing(events: &[Envelope], faults: Vec<(Duration, Fault)>) -> ServeHandle {
    let options = ServeOptions::new(events.to_vec(), "127.0.0.1:0".parse().unwrap());
    serve(ServeOptions { faults: Some(FaultPlan::new(faults)), ..options }).unwrap()
}

/// One cut; how long after it all that had been said meanwhile was on air.
fn cut(lasts: Duration) -> Duration {
    let at = Duration::from_secs(1);
    let step = (lasts / 200).max(Duration::from_millis(20));
    let said = (at + lasts).div_duration_f64(step) as u64;
    let events = paced(said + 10_000_u64.min(20_000 / step.as_millis() as u64), step);
    let server = failing(&events, vec![(at, Fault::Cut { lasts })]);
    let began = Instant::now();
    // The times of a show, not of a test.
    let mut probe = Probe::start(FeedOptions::new(&format!("ws://{}", server.addr)));
    let back = began + at + lasts;
    probe.wait(back - began);
    while probe.show.seq < said {
        probe.wait(Duration::from_millis(5));
        assert!(back.elapsed() < 10 * BACK, "a cut of {lasts:?} is not healed: {:#?}", probe.feed.health());
    }
    let healed = back.elapsed();
    assert_eq!(probe.show, fold(&events[..probe.show.seq as usize]));
    probe.until_told("the connection was lost");
    healed
}

#[test]
fn after_a_cut_the_right_picture_is_back_within_two_seconds() {
    let count = asked("LEITAI_CUTS");
    // From a millisecond on, evenly by the length's logarithm.
    let (count, most_s) = count.map_or((16, 2.0_f64), |count| (count, 900.0));
    let lasts = |n: u64| Duration::from_secs_f64(0.001 * (most_s / 0.001).powf(n as f64 / (count - 1) as f64));
    // Many at once, the longest first: together they take hardly longer than the longest.
    let (left, healed) = (Mutex::new(0..count), Mutex::new(vec![]));
    thread::scope(|scope| {
        for _ in 0..count.min(AT_ONCE) {
            scope.spawn(|| {
                loop {
                    let Some(n) = left.lock().unwrap().next_back() else { return };
                    let one = cut(lasts(n));
                    healed.lock().unwrap().push(one);
                }
            });
        }
    });
    let healed = healed.into_inner().unwrap();
    assert_eq!(healed.len() as u64, count);
    let worst = healed.iter().max().unwrap();
    println!("{count} cuts of 1 ms to {most_s} s: healed within {worst:?}");
    assert!(*worst <= BACK, "{healed:?}");
}

#[test]
fn a_half_open_peer_is_found_within_ten_seconds_and_the_output_keeps_moving() {
    let step = Duration::from_millis(200);
    let events = paced(200, step);
    // Behind the fifth event, which starts a countdown.
    let at = step * 9 / 2;
    // Longer than it takes to find it; whoever comes anew is heard.
    let server = failing(&events, vec![(at, Fault::Hush { lasts: Duration::from_secs(30) })]);
    let folder = tempfile::tempdir().unwrap();
    let mut director = director();
    let options = FeedOptions::new(&format!("ws://{}", server.addr));
    let began = Instant::now();
    let mut session = LiveSession::start(options, Some(&folder.path().join("t.ndjson")), &mut director).unwrap();
    let (mut last_us, mut stood, mut slots) = (0, 0, 0);
    let output = Output::tv(640, 360);
    let mut frames = vec![];
    let found = loop {
        session.receive(&mut director);
        if began.elapsed() > at + step {
            slots += 1;
            stood += u64::from(director.now_us() <= last_us);
            if slots % 25 == 0 {
                frames.push(director.frame(&output));
            }
        }
        last_us = director.now_us();
        if session.feed.health().state != FeedState::Connected && began.elapsed() > at {
            break began.elapsed() - at;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{:#?}", session.feed.health());
        thread::sleep(SLOT);
    };
    println!("found after {:.2} s; {slots} slots, time stood in {stood} of them", found.as_secs_f64());
    assert!(found <= Duration::from_secs(10), "{found:?}");
    assert_eq!(stood, 0, "the picture's time goes on");
    let clock = director.show().core.clock.as_ref().map(|clock| &clock.phase);
    assert!(matches!(clock, Some(ClockPhase::Running { .. })), "{clock:?}");
    assert!(frames.len() > 4 && frames.windows(2).all(|pair| pair[0] != pair[1]), "the countdown runs");
    let (head, lost) = (began.elapsed().div_duration_f64(step) as u64, Instant::now());
    while director.show().seq < head {
        session.receive(&mut director);
        assert!(lost.elapsed() < BACK, "{:#?}", session.feed.health());
        thread::sleep(SLOT);
    }
    assert_eq!(director.show(), &fold(&events[..director.show().seq as usize]));
    let silent = session.feed.health().problems.iter().any(|problem| problem.last.to_string().contains("silent"));
    assert!(silent, "{:#?}", session.feed.health());
}

/// An event of the flood: scores that go up and down, turns, slates.
fn flooding(seq: u64) -> String {
    let (name, data) = match seq % 4 {
        0 => ("turn.given", r#"{"team":"a","question_no":1}"#.to_owned()),
        1 => ("slate.shown", format!(r#"{{"kind":"message","title":"第 {} 条"}}"#, seq % 97)),
        2 => ("slate.cleared", "{}".to_owned()),
        _ if seq % 8 == 3 => ("score.changed", r#"{"team":"a","before":0,"delta":10,"after":10}"#.to_owned()),
        _ => ("score.changed", r#"{"team":"a","before":10,"delta":-10,"after":0}"#.to_owned()),
    };
    let at = START_US + seq as i64 * 20;
    format!(r#"{{"v":1,"epoch":"{EPOCH}","seq":{seq},"at":{at},"type":"{name}","data":{data}}}"#)
}

/// Says so many messages a second for so long, as fast as it is heard; how many it said, and how long that took.
fn flood(listener: &TcpListener, per_s: u64, lasts: Duration) -> (u64, Duration) {
    let mut wire = Wire::accept(listener);
    assert!(matches!(wire.hear(), Heard::Text(_)));
    let total = per_s * lasts.as_secs();
    wire.text(&format!(
        r#"{{"type":"welcome","protocol":1,"epoch":"{EPOCH}","head":{total},"mode":"resume","server_time":{START_US}}}"#
    ));
    let began = Instant::now();
    let mut said = 0;
    while said < total {
        let due = total.min((began.elapsed().as_secs_f64() * per_s as f64) as u64 + 1);
        let mut bytes = vec![];
        for seq in said + 1..=due.min(said + 5_000) {
            bytes.extend(frame(true, 0, 1, flooding(seq).as_bytes()));
            said = seq;
        }
        wire.send(&bytes);
        thread::sleep(Duration::from_millis(2));
    }
    let took = began.elapsed();
    while !matches!(wire.hear(), Heard::Gone | Heard::Close(_)) {}
    (total, took)
}

fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn a_flood_keeps_the_frames_schedule_and_the_last_state() {
    let asked = asked("LEITAI_FLOOD_S");
    let lasts = Duration::from_secs(asked.unwrap_or(2));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || flood(&listener, 50_000, lasts));
    let folder = tempfile::tempdir().unwrap();
    let tape = folder.path().join("t.ndjson");
    let (mut director, output) = (director(), Output::tv(1280, 720));
    let before = resident_bytes();
    let mut session = LiveSession::start(FeedOptions::new(&url), Some(&tape), &mut director).unwrap();
    let total = 50_000 * lasts.as_secs();
    let began = Instant::now();
    let (mut next, mut slots, mut missed, mut longest, mut most_bytes) = (began, 0_u64, 0_u64, Duration::ZERO, before);
    while director.show().seq < total {
        let slot = Instant::now();
        session.receive(&mut director);
        let took = slot.elapsed();
        let _frame = director.frame(&output);
        longest = longest.max(took);
        slots += 1;
        assert!(session.feed.health().queue_len <= 1024);
        if slots.is_multiple_of(25) {
            most_bytes = most_bytes.max(resident_bytes());
        }
        next += SLOT;
        let now = Instant::now();
        if now > next {
            let late = now.duration_since(next).as_millis() / SLOT.as_millis();
            missed += late as u64;
            next += SLOT * late as u32;
        } else {
            thread::sleep(next - now);
        }
        assert!(began.elapsed() < lasts * 20 + Duration::from_secs(60), "{:#?}", session.feed.health());
    }
    let took = began.elapsed();
    let grown = most_bytes.saturating_sub(before);
    println!(
        "{total} events in {:.1} s: {slots} slots taken, {missed} missed, the longest receive {longest:?}, {} MB more",
        took.as_secs_f64(),
        grown / 1_000_000
    );
    let mut expected = Show::default();
    for seq in 1..=total {
        expected.apply(&Envelope::from_value(serde_json::from_str(&flooding(seq)).unwrap()).unwrap());
    }
    assert_eq!(director.show().ledger, expected.ledger);
    assert_eq!(director.show(), &expected, "the last state is right");
    assert!(longest < Duration::from_secs(1), "no frame waits for the flood: {longest:?}");
    assert!(took < SLOT * 5 * slots as u32, "{slots} frames in {took:?}");
    if asked.is_some() {
        // While it was caught up with, a frame may have taken the time of three.
        assert!(slots > missed, "{slots} slots taken, {missed} missed");
        // Alone in its process: beside the log of the last hundred thousand events nothing grows.
        assert!(grown < 512_000_000, "{grown} bytes more");
    }
    drop(session);
    server.join().unwrap();
    if asked.is_none() {
        let recorded = leitai::journal::load(&tape).unwrap();
        assert_eq!(&Timeline::new(recorded).show_after(usize::MAX), &expected);
    }
}

#[test]
fn a_server_that_fails_as_planned_is_borne() {
    let events = paced(300, Duration::from_millis(10));
    let ms = Duration::from_millis;
    let faults = vec![
        (ms(200), Fault::Drop { events: 2 }),
        (ms(600), Fault::Double { events: 3 }),
        (ms(700), Fault::Junk(Junk::NotUtf8)),
        (ms(900), Fault::Cut { lasts: ms(100) }),
        (ms(1_200), Fault::Slow { bytes_per_s: 50, lasts: ms(300) }),
        (ms(1_600), Fault::Reverse { events: 4 }),
        (ms(1_800), Fault::Reset),
    ];
    let server = failing(&events, faults);
    let mut probe = Probe::to(&format!("ws://{}", server.addr));
    let again = format!("{EPOCH}#2");
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!((&probe.show.epoch, probe.show.seq), (&again, 300));
    // What was said anew was said at another time.
    let scores = |show: &Show| {
        let of = |(team, score): (&String, &Score)| (team.clone(), score.seq, score.delta);
        show.core.scores.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(scores(&probe.show), scores(&fold(&events)));
    for part in ["did not come in time", "broke the connection", "was lost", "was reset"] {
        assert!(probe.has_told(part), "{part}: {:?}", probe.problems);
    }
    assert_eq!(probe.feed.health().order.lost, 0, "nothing is lost");
    assert!(probe.told.values().all(|(_, items)| *items < 20), "{:?}", probe.told);
}

#[test]
fn a_plan_that_is_none_is_named_by_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.txt");
    std::fs::write(&path, "1s cut 2s # a cable\n3s melt\n").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    let arguments = ["--lang", "en", "serve", "demo", "--listen", "127.0.0.1:0", "--faults", path.to_str().unwrap()];
    let output = command.args(arguments).env_remove("RUST_LOG").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("line 2") && said.contains("\"3s melt\""), "{said}");
}

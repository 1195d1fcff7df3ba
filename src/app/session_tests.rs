//! Promises of a live session: its recording folds to what was live, and goes on from there.

use std::{
    fs,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::json;

use super::{
    super::{
        recorder::MADE_BY,
        stamp::{date, file_name},
    },
    *,
};
use crate::{
    feed::serve::{ServeHandle, ServeOptions, serve},
    journal::{load, small::SmallDisk},
    show::{
        desk::Say,
        protocol::{Envelope, control::Resume},
        state::Show,
        tape::{Problem, Step, Tape, entry_line, header_line, snapshot_line},
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
        text += &format!("\n{}", entry_line(0, env));
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

/// A session on this tape whose server is not there.
fn alone(tape: &Path, director: &mut Director) -> LiveSession {
    LiveSession::start(FeedOptions::new("ws://127.0.0.1:1"), Some(tape), director).unwrap()
}

fn item(env: &Envelope) -> FeedItem {
    FeedItem::Event { env: Box::new(env.clone()), rx_us: env.at }
}

/// A tape on a disk of little room.
fn on(path: &Path, disk: &Arc<SmallDisk>) -> Recorder {
    let journal = Journal::on(path, disk.clone(), disk.len()).unwrap();
    Recorder::new(Arc::new(Files), Record::On(journal), 0)
}

fn journal_problems(director: &Director) -> usize {
    director.problems.present().filter(|problem| problem.kind == ProblemKind::Journal).count()
}

#[test]
fn a_tape_with_a_gap_is_on_air_until_the_log_has_come_so_far() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    let events = log("e", 20);
    let lines = |kept: &[usize]| {
        let lines = kept.iter().map(|index| entry_line(0, &events[*index])).collect::<Vec<_>>();
        format!("{}\n{}\n", header_line("试播", "test"), lines.join("\n"))
    };
    fs::write(&path, lines(&[0, 1, 2, 5, 6])).unwrap();
    let mut director = director();
    let mut session = alone(&path, &mut director);
    let shown = Timeline::new(load(&path).unwrap()).show_after(usize::MAX);
    assert_eq!((director.show(), shown.seq), (&shown, 7));
    for env in &events[..6] {
        session.take(item(env), &mut director);
        assert_eq!(director.show(), &shown, "nothing goes off air");
    }
    for env in &events[6..] {
        session.take(item(env), &mut director);
        assert_eq!(director.show(), &fold(&events[..env.seq as usize]));
    }
    let (tape, show) = recorded(&path);
    assert_eq!((show, tape.resume()), (fold(&events), Some(Resume { epoch: "e".to_owned(), seq: 20 })));
}

#[test]
fn a_tape_goes_on_whole_when_the_disk_has_room_again() {
    for cuts in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("show.tape.ndjson");
        let events = log("e", 30);
        let mut director = director();
        drop(Journal::create(&path, "e", MADE_BY).unwrap());
        let mut session = alone(&path, &mut director);
        let disk = SmallDisk::at(&path);
        session.recorder = on(&path, &disk);
        for env in &events {
            match env.seq {
                11 => {
                    disk.cuts.store(cuts, Ordering::SeqCst);
                    disk.room.store(30, Ordering::SeqCst);
                }
                // Room for an event, but not for what is missing.
                15 => disk.room.store(250, Ordering::SeqCst),
                20 => disk.room.store(usize::MAX, Ordering::SeqCst),
                _ => {}
            }
            session.take(item(env), &mut director);
            assert_eq!(journal_problems(&director), usize::from((11..20).contains(&env.seq)), "event {}", env.seq);
        }
        let tape = load(&path).unwrap();
        let torn = tape.problems.iter().all(|problem| matches!(problem, Problem::Line { .. }));
        assert!(torn && tape.problems.is_empty() == cuts, "{:?}", tape.problems);
        assert_eq!(tape.resume(), Some(Resume { epoch: "e".to_owned(), seq: 30 }));
        assert_eq!((tape.entries.len(), tape.snapshots.len()), (30, 0), "nothing is lost");
        assert_eq!(&Timeline::new(tape).show_after(usize::MAX), director.show());
    }
}

#[test]
fn a_tape_is_mended_without_waiting_for_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    let mut director = director();
    drop(Journal::create(&path, "e", MADE_BY).unwrap());
    let mut session = alone(&path, &mut director);
    let disk = SmallDisk::at(&path);
    session.recorder = on(&path, &disk);
    for env in &log("e", 5) {
        let room = if env.seq < 4 { usize::MAX } else { 0 };
        disk.room.store(room, Ordering::SeqCst);
        session.take(item(env), &mut director);
    }
    session.pass(&mut director);
    assert_eq!(journal_problems(&director), 1);
    disk.room.store(usize::MAX, Ordering::SeqCst);
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while journal_problems(&director) > 0 && std::time::Instant::now() < deadline {
        session.pass(&mut director);
        std::thread::yield_now();
    }
    assert_eq!(journal_problems(&director), 0);
    assert_eq!(&recorded(&path).1, director.show());
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
    assert!(last.sentence(crate::locale::Lang::En).contains("events 2 to 2 never came"), "{last:?}");
    session.take(FeedItem::Snapshot { at_seq: 0, show: Box::default(), rx_us: 0 }, &mut director);
    assert_eq!(present(&director), []);
    session.take(told(FeedProblem::Binary { bytes: 1 }, 1), &mut director);
    session.take(told(FeedProblem::Binary { bytes: 2 }, 999), &mut director);
    assert_eq!(present(&director), [(ProblemKind::FeedRefused, 1000)]);
}

/// A session on a tape on which the desk has said something, and whose server is there and goes on.
fn after_the_desk_has_spoken(folder: &Path) -> (ServeHandle, Director, LiveSession) {
    let mut events = log("e", 4);
    // The last one is far off: until then the line stands.
    events[3].at += 3_600_000_000;
    let path = folder.join("said.ndjson");
    let mut before = director();
    let mut session = alone(&path, &mut before);
    events[..3].iter().for_each(|env| session.take(item(env), &mut before));
    let data = json!({"kind": "judge", "name": "郑", "title": ""});
    session.act(Act::Say(Say::parse("lower_third.shown", data, None).unwrap()), &mut before).unwrap();
    drop(session);
    let text = events.iter().fold(header_line("试播", "test"), |text, env| text + "\n" + &entry_line(0, env));
    let at = "127.0.0.1:0".parse().unwrap();
    let server =
        serve(ServeOptions { from_us: 1_000_000, ..ServeOptions::tape(&Tape::parse(&text).unwrap(), at) }).unwrap();
    let mut director = director();
    let options = FeedOptions::new(&format!("ws://{}", server.addr));
    let session = LiveSession::start(options, Some(&path), &mut director).unwrap();
    assert_eq!(director.air().desk.said, 1);
    (server, director, session)
}

/// Frames until the feed has said all that it has.
fn until_it_is_back(session: &mut LiveSession, director: &mut Director) {
    let begun = std::time::Instant::now();
    loop {
        session.receive(director);
        let health = session.feed.health();
        if health.state == FeedState::Connected && health.head > 0 && health.seq >= health.head {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{health:#?}");
        std::thread::park_timeout(Duration::from_millis(5));
    }
    session.receive(director);
}

#[test]
fn what_the_desk_has_said_stays_through_a_restart_unless_the_feed_was_away() {
    for (is_away, said) in [(None, 0), (Some(true), 0), (Some(false), 1)] {
        let folder = tempfile::tempdir().unwrap();
        let (_server, mut director, mut session) = after_the_desk_has_spoken(folder.path());
        session.go_on_from(None, is_away);
        until_it_is_back(&mut session, &mut director);
        assert_eq!(director.air().desk.said, said, "{is_away:?}");
        assert!(!session.is_away());
    }
}

#[test]
fn a_spare_whose_feed_was_away_for_a_moment_keeps_what_the_desk_says_when_it_takes_over() {
    let folder = tempfile::tempdir().unwrap();
    let (_server, mut director, mut session) = after_the_desk_has_spoken(folder.path());
    director.stand_by(true);
    until_it_is_back(&mut session, &mut director);
    director.stand_by(false);
    session.receive(&mut director);
    assert_eq!(director.air().desk.said, 1);
}

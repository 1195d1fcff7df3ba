//! Promise: an evening at the desk, with real keys. A tape is rehearsed, looped, edited and saved; the show goes live, is
//! held and taken, loses its feed in the middle of a countdown, is run from the desk, gets its feed back, is black and
//! back. The tape of that evening replays to the pictures that were on air.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use leitai::show::desk::Act;
use leitai::show::tape::{Tape, Timeline};
use serde_json::{Value, json};

use crate::support::desk::Desk;
use crate::support::hall::Running;
use crate::support::screen::{Screen, Window, outliers, until};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
const TAPE: &str = include_str!("../assets/shows/zhongwei-demo.tape.ndjson");
const SIZE: &str = "960x540";
/// Steps of a channel that are no difference, and the part of the pixels that may differ more.
const TOLERANCE: u8 = 8;
const OUTLIERS: f64 = 0.002;
/// A question is on air and its countdown runs from here on for ten seconds.
const QUESTION: &str = "00:39";

fn number(state: &Value, pointer: &str) -> i64 {
    state.pointer(pointer).and_then(Value::as_i64).unwrap_or_else(|| panic!("{pointer} in {state:#}"))
}

fn text<'a>(state: &'a Value, pointer: &str) -> &'a str {
    state.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

fn is(state: &Value, pointer: &str) -> bool {
    state.pointer(pointer).is_some_and(|value| !value.is_null() && *value != json!(false))
}

/// The still of a tape as the command line draws it, at µs after its first instant.
fn still(tape: &Path, at_us: i64) -> image::RgbImage {
    let path = tape.with_extension(format!("{at_us}.png"));
    let mut command = Command::new(LEITAI);
    command.args(["--lang", "en", "still"]).arg(tape).args(["--at", &format!("{}ms", at_us / 1_000)]);
    let done = command.args(["--size", SIZE, "-o"]).arg(&path).output().expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    image::open(&path).expect("a picture").to_rgb8()
}

/// A picture that stands: two looks, one after another, show the same.
fn standing(screen: &Screen, window: &Window) -> image::RgbImage {
    let mut last = screen.picture(window);
    until("a picture that stands", || {
        let now = screen.picture(window);
        let same = last.is_some() && last == now;
        last = now;
        if same { last.take() } else { None }
    })
}

#[test]
fn a_tape_is_rehearsed_looped_edited_and_saved() {
    let home = tempfile::tempdir().unwrap();
    let original = home.path().join("show.tape.ndjson");
    fs::write(&original, TAPE).unwrap();
    let screen = Screen::open("2600x1100");
    let mut desk = Desk::open(
        &screen,
        home.path(),
        "rehearsal",
        &["rehearse", original.to_str().unwrap(), "--paused", "--full-quality", "--size", SIZE],
    );
    let program = desk.window(&screen, "program");
    let timeline = Timeline::new(Tape::parse(TAPE).unwrap());
    let tape = timeline.tape();
    let first = tape.first_at().unwrap();

    // The hall cannot miss that this is a rehearsal: the picture's rim is not the show's.
    let state = desk.until("a rehearsal", |state| is(state, "/transport"));
    assert!(is(&state, "/rehearsal_mark"), "{state:#}");
    let marked = standing(&screen, &program);
    let plain = still(&original, 0);
    assert!(marked.get_pixel(480, 1) != plain.get_pixel(480, 1), "the mark is at the top edge");

    // Events, one by one, by key; and back.
    let at = |step: usize| tape.step(step).unwrap().at() - first;
    let here = |state: &Value| number(state, "/transport/position_us");
    let rounded = |us: i64| us / 100_000 * 100_000;
    for step in 1..=3 {
        screen.press(&program, "Right");
        desk.until("the next event", |state| here(state) == rounded(at(step)));
    }
    screen.press(&program, "Left");
    desk.until("the event before", |state| here(state) == rounded(at(2)));

    // The next question, by key.
    screen.press(&program, "Next");
    let state = desk.until("a question", |state| is(state, "/on_air/question"));
    let question = here(&state);
    assert!(question > at(3));

    // A range is marked by keys and looped at speed: it is left at its end only to begin again.
    screen.press(&program, "bracketleft");
    let from = number(&desk.until("mark A", |state| is(state, "/transport/bookmark_a_us")), "/transport/bookmark_a_us");
    for _ in 0..4 {
        screen.press(&program, "Right");
    }
    screen.press(&program, "bracketright");
    let to = number(&desk.until("mark B", |state| is(state, "/transport/bookmark_b_us")), "/transport/bookmark_b_us");
    assert!(to > from);
    desk.command(&json!({"command": "loop", "from_us": from, "to_us": to}));
    desk.command(&json!({"command": "rate", "rate": 8.0}));
    screen.press(&program, "space");
    let (mut last, mut rounds) = (from, 0);
    until("two rounds of the loop", || {
        let now = here(&desk.state());
        assert!((rounded(from)..=to).contains(&now), "{from} ≤ {now} ≤ {to}");
        rounds += u32::from(now < last);
        last = now;
        (rounds >= 2).then_some(())
    });
    screen.press(&program, "space");
    desk.command(&json!({"command": "loop", "from_us": null, "to_us": null}));
    desk.command(&json!({"command": "seek", "position_us": question + 2_000_000}));

    // Edited: the original is never written, what would not add up is told, and a key takes it back.
    let before = desk.until("the question again", |state| is(state, "/on_air/question"));
    desk.command(&json!({"command": "insert", "event": "slate.shown", "data": {"kind": "message", "title": "插播"}}));
    let edited = desk.until("the slate", |state| text(state, "/on_air/scene") == "slate");
    assert_eq!(number(&edited, "/transport/unsaved"), 1);
    screen.press(&program, "ctrl+z");
    desk.until("the question without the slate", |state| state["on_air"] == before["on_air"]);
    screen.press(&program, "ctrl+y");
    desk.until("the slate again", |state| text(state, "/on_air/scene") == "slate");
    let saved = home.path().join("edited.tape.ndjson");
    desk.command(&json!({"command": "save_as", "path": "edited.tape.ndjson"}));
    desk.refused(&json!({"command": "save_as", "path": "show.tape.ndjson"}));
    desk.refused(&json!({"command": "save_as", "path": home.path().join("elsewhere.tape.ndjson")}));
    assert_eq!(fs::read_to_string(&original).unwrap(), TAPE, "the original is as it was");
    let new = Tape::parse(&fs::read_to_string(&saved).unwrap()).unwrap();
    assert_eq!((new.problems.len(), new.entries.len()), (0, tape.entries.len() + 1));
    assert_eq!(number(&desk.state(), "/transport/unsaved"), 0);
    desk.end();
}

/// The reference feed of the embedded show from an instant on, at a port of its own.
fn feed(tape: &Path, port: u16, from: &str) -> Running {
    let mut command = Command::new(LEITAI);
    command.args(["serve"]).arg(tape).args(["--listen", &format!("127.0.0.1:{port}"), "--from", from]);
    let mut server = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it serves");
    let mut said = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.starts_with("ws://"), "{said}");
    Running(server)
}

/// What was on air at an instant that the tape knows, µs after its first.
struct Seen {
    at_us: i64,
    picture: image::RgbImage,
    what: &'static str,
}

#[test]
fn an_evening_loses_its_feed_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let show = home.path().join("show.tape.ndjson");
    fs::write(&show, TAPE).unwrap();
    let recording: PathBuf = home.path().join("evening.tape.ndjson");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let screen = Screen::open("2600x1100");
    let server = feed(&show, port, QUESTION);
    let url = format!("ws://127.0.0.1:{port}");
    let mut desk = Desk::open(
        &screen,
        home.path(),
        "evening",
        &["live", &url, "--tape", recording.to_str().unwrap(), "--full-quality", "--size", SIZE],
    );
    let program = desk.window(&screen, "program");
    let mut seen: Vec<Seen> = Vec::new();
    let first = Tape::parse(TAPE).unwrap().first_at().unwrap();
    let look = |desk: &Desk, what: &'static str| {
        let picture = standing(&screen, &program);
        // Told down to the tenth of a second: the next tenth is surely behind what was asked for last.
        let told_us = number(&desk.state(), "/now_us");
        let state = desk.until("the next tenth", |state| number(state, "/now_us") > told_us);
        Seen { at_us: number(&state, "/now_us") - first, picture, what }
    };

    // In the middle of a countdown the feed dies: time goes on.
    let running = |state: &Value| text(state, "/countdown/phase") == "running";
    let state = desk.until("a countdown of the feed", running);
    assert!(!is(&state, "/rehearsal_mark"), "no rehearsal");
    desk.refused(&json!({"command": "rehearsal_mark", "on": true}));
    drop(server);
    desk.until("the loss", |state| text(state, "/feed/state") == "waiting");
    let left = number(&desk.state(), "/countdown/remaining_us");
    desk.until("time going on", |state| number(state, "/countdown/remaining_us") < left);
    assert!(!desk.state()["problems"].as_array().unwrap().is_empty(), "the operator is told");

    // Two questions from the desk, each with its clock, its verdict and its score.
    let teams = desk.state()["scores"].as_array().unwrap().clone();
    let team = text(&teams[0], "/team").to_owned();
    let mut score = teams[0]["score"].as_f64().unwrap() as i64;
    for (number_, outcome, delta) in [(1, "correct", 10), (2, "wrong", -5)] {
        let say = |event: &str, data: Value| desk.command(&json!({"command": "say", "event": event, "data": data}));
        say("turn.given", json!({"team": team, "question_no": number_}));
        say(
            "question.shown",
            json!({"id": format!("desk-{number_}"), "kind": "judge", "stem": "社会保险费由用人单位和职工共同缴纳。",
                   "options": [{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]}),
        );
        let now = number(&desk.state(), "/now_us");
        say("countdown.armed", json!({"id": "desk", "duration": 20_000_000}));
        say("countdown.started", json!({"id": "desk", "ends_at": now + 20_000_000}));
        desk.until("the desk's countdown", |state| text(state, "/countdown/id") == "desk" && running(state));
        screen.press(&program, "ctrl+d");
        desk.until("the clock stopped by its key", |state| text(state, "/countdown/phase") == "stopped");
        say("verdict.given", json!({"team": team, "outcome": outcome, "delta": delta}));
        say("answer.revealed", json!({"key": ["A"]}));
        let data = json!({"team": team, "before": score, "after": score + delta, "reason": "操作台代记"});
        say("score.corrected", data);
        score += delta;
    }
    let state = desk.state();
    assert_eq!(state["scores"][0]["score"].as_f64(), Some(score as f64), "{state:#}");
    assert!(number(&state, "/said") >= 14);
    desk.command(&json!({"command": "say", "event": "slate.shown",
                         "data": {"kind": "message", "title": "请稍候", "subtitle": "比赛马上继续"}}));
    desk.until("the message", |state| text(state, "/on_air/scene") == "slate");
    seen.push(look(&desk, "a message of the desk's"));

    // Black, what goes on beneath is not seen; and back.
    screen.press(&program, "b");
    desk.until("black", |state| text(state, "/curtain") == "black");
    seen.push(look(&desk, "black"));
    assert!(seen.last().unwrap().picture.pixels().all(|pixel| pixel.0 == [0, 0, 0]), "black is black");
    screen.press(&program, "b");
    desk.until("no longer black", |state| !is(state, "/curtain"));

    // The feed comes back and wins; what stood otherwise is told.
    let since = number(&desk.state(), "/now_us") - first;
    let _server = feed(&show, port, &format!("{}ms", since / 1_000 + 500));
    let state =
        desk.until("the feed's word", |state| text(state, "/feed/state") == "connected" && number(state, "/said") == 0);
    let told = |state: &Value, words: &str| {
        let problems = state["problems"].as_array().unwrap();
        problems.iter().any(|problem| text(problem, "/sentence").contains(words))
    };
    assert!(told(&state, "Feed is back"), "{state:#}");

    // Held: the program stands, the feed goes on, a take lets the next of it on air.
    screen.press(&program, "h");
    let state = desk.until("held", |state| is(state, "/hold"));
    let held = number(&state, "/on_air/seq");
    let state = desk.until("events that wait", |state| number(state, "/hold/queued") >= 3);
    assert_eq!(number(&state, "/on_air/seq"), held, "nothing of it is on air");
    screen.press(&program, "t");
    desk.until("a take", |state| number(state, "/on_air/seq") > held);
    screen.press(&program, "h");
    desk.until("following again", |state| !is(state, "/hold"));

    // A score is corrected at the desk, the picture frozen and let go.
    let state = desk.state();
    let now = state["scores"][0]["score"].as_f64().unwrap() as i64;
    let data = json!({"team": team, "before": now, "after": now + 5, "reason": "裁判更正"});
    desk.command(&json!({"command": "say", "event": "score.corrected", "data": data}));
    desk.until("the correction", |state| state["scores"][0]["score"].as_f64() == Some(now as f64 + 5.0));
    screen.press(&program, "f");
    desk.until("frozen", |state| is(state, "/frozen"));
    seen.push(look(&desk, "frozen"));
    screen.press(&program, "f");
    desk.until("thawed", |state| !is(state, "/frozen"));
    screen.press(&program, "l");
    desk.until("the logo", |state| text(state, "/curtain") == "logo");
    seen.push(look(&desk, "the logo"));
    desk.end();

    // The tape holds the evening: every act, and the same pictures.
    let tape = Tape::parse(&fs::read_to_string(&recording).unwrap()).unwrap();
    let first_recorded = tape.first_at().unwrap();
    let acts: Vec<&Act> = tape.acts.iter().map(|acted| &acted.act.act).collect();
    let count = |wanted: fn(&Act) -> bool| acts.iter().filter(|act| wanted(act)).count();
    assert_eq!(count(|act| matches!(act, Act::Hold)), 1);
    assert_eq!(count(|act| matches!(act, Act::Take { .. })), 1);
    assert_eq!(count(|act| matches!(act, Act::Follow)), 1);
    assert_eq!(count(|act| matches!(act, Act::Reconcile)), 1);
    assert_eq!(count(|act| matches!(act, Act::Curtain { .. })), 3);
    for seen in &seen {
        let still = still(&recording, seen.at_us + first - first_recorded);
        let differs = outliers(&still, &seen.picture, TOLERANCE);
        assert!(differs <= OUTLIERS, "{}: {:.2} % of the pixels differ", seen.what, differs * 100.0);
    }
}

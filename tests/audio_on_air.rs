//! Promise: the program in its window, at play on a tape, is heard through the real sound device: every second of the
//! countdown lies within 15 ms of its instant on the tape's clock.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crossbeam_channel::Receiver;
use serde_json::json;

use crate::support::hall::{Recording, Running, in_hall, recorder, require, route, sound_server, wall_us};
use crate::support::screen::{Screen, until};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
/// The tape's first instant; its clock's own zero means nothing to the ear.
const ZERO_US: i64 = 1_760_000_000_000_000;
/// The countdown starts and ends so long after the tape's first instant.
const STARTS_US: i64 = 4_000_000;
const ENDS_US: i64 = 12_000_000;
/// How far an onset may lie from its instant.
const TOLERANCE_MS: f64 = 15.0;
/// Takes before the promise counts as broken, as for the sound device alone: a machine whose cores are all taken lets a
/// device run dry.
const TAKES: usize = 3;
const DAY_US: i64 = 86_400_000_000;

/// How many seconds are heard: those the theme ticks or beeps through that begin after the start.
fn seconds() -> i64 {
    let theme = leitai::themes::built_in().expect("the built-in theme");
    let sounds = &theme.programme().sounds;
    let running = (ENDS_US - STARTS_US) / 1_000_000 - 1;
    i64::from(sounds.tick_from_s.max(sounds.beep_from_s)).min(running)
}

fn tape() -> String {
    let events = [
        (0, "show.configured", json!({"title": "t", "teams": [{"id": "a", "name": "A", "number": 1}]})),
        (1_000_000, "countdown.armed", json!({"id": "c", "duration": ENDS_US - STARTS_US})),
        (STARTS_US, "countdown.started", json!({"id": "c", "ends_at": ZERO_US + ENDS_US})),
        (ENDS_US + 500_000, "countdown.expired", json!({"id": "c"})),
    ];
    let mut text = "{\"tape\":1}\n".to_owned();
    for (seq, (at, name, data)) in (1..).zip(events) {
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": ZERO_US + at, "type": name, "data": data});
        text.push_str(&format!("{}\n", json!({"rx": ZERO_US + at, "lane": "feed", "env": env})));
    }
    text
}

/// The wall clock at the tape's first instant, µs: the program's log says when it stood where. The log's time has no
/// date; the day is taken from `about_us`.
fn zero_us(log: &str, about_us: i64) -> Option<i64> {
    let line = log.lines().find(|line| line.contains("transport") && line.contains("playing=true"))?;
    let time = line.split_once('T')?.1.split_once('Z')?.0;
    let mut parts = time.split([':', '.']).map(str::parse::<i64>);
    let mut part = || parts.next()?.ok();
    let (hours, minutes, seconds, us) = (part()?, part()?, part()?, part()?);
    let of_day = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + us;
    let position = line.split("position_us=").nth(1)?.split(' ').next()?.parse::<i64>().ok()?;
    let day = (about_us - of_day + DAY_US / 2).div_euclid(DAY_US) * DAY_US;
    Some(day + of_day - position)
}

#[test]
fn the_countdown_on_air_is_heard_at_its_instants() {
    require("pulseaudio");
    require("parec");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    route(home);
    fs::write(home.join("clock.tape.ndjson"), tape()).expect("writable");
    let screen = Screen::open("640x480");
    let _server = sound_server(home);
    let (_recorder, arrivals) = recorder(home);
    let mut recording = Recording::default();
    recording.reach(&arrivals, 0);

    let mut takes = Vec::new();
    while takes.len() < TAKES {
        let errors_ms = take(&screen, home, &arrivals, &mut recording);
        println!("onset minus instant, ms: {errors_ms:.2?}");
        let heard = errors_ms.len() as i64 == seconds();
        if heard && errors_ms.iter().all(|error_ms| error_ms.abs() <= TOLERANCE_MS) {
            return;
        }
        takes.push(errors_ms);
    }
    panic!("no take had all {} seconds within {TOLERANCE_MS} ms of their instants: {takes:.1?}", seconds());
}

/// Plays the tape and compares what was recorded; onset minus instant of each second that was heard, ms.
fn take(screen: &Screen, home: &Path, arrivals: &Receiver<(i64, Vec<f32>)>, recording: &mut Recording) -> Vec<f64> {
    let path = home.join("log");
    let log = fs::File::create(&path).expect("writable");
    let mut command = screen.command("nice");
    command.args(["-n", "-15", LEITAI, "--lang", "en", "rehearse"]).arg(home.join("clock.tape.ndjson"));
    command
        .args(["--no-console", "--no-control", "--size", "320x180"])
        .env("RUST_LOG", "warn,leitai=debug")
        .env("NO_COLOR", "1");
    let running = in_hall(&mut command, home).stdout(Stdio::null()).stderr(log).spawn().expect("the program starts");
    let _running = Running(running);
    let zero_us = until("the tape at play", || {
        let log = fs::read_to_string(&path).ok()?;
        zero_us(&log, wall_us())
    });
    recording.reach(arrivals, zero_us + ENDS_US + 300_000);
    let onsets = recording.onsets_us(0.03);
    let due = |second: i64| zero_us + ENDS_US - second * 1_000_000;
    let nearest = |at: i64| onsets.iter().map(|onset| onset - at).min_by_key(|error| error.abs());
    let errors = (1..=seconds()).rev().filter_map(|second| nearest(due(second)));
    errors.filter(|error| error.abs() < 400_000).map(|error| error as f64 / 1e3).collect()
}

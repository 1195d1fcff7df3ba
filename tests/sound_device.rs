//! Promise: through a real sound device, ticks are heard within 15 ms of their instants.
//!
//! The device is PulseAudio's null sink, which keeps time like a card's and can be recorded. A copy of this test binary
//! plays, in a process of its own because the sound library takes its device from the environment.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use leitai::show::cue::{Cue, CueKey, ScheduledCue};
use leitai::sound::device::default_opener;
use leitai::sound::{AudioStatus, Engine, Moment};

use crate::sound::bank;
use crate::support::hall::{Recording, in_hall, recorder, require, route, sound_server, urgent, wall_us};

const TICKS: u32 = 8;
const SPACING_US: i64 = 400_000;
/// How far an onset may lie from its instant.
const TOLERANCE_MS: f64 = 15.0;
/// Times the ticks are played before the promise counts as broken: on a machine whose cores are all taken for a moment a
/// sound device runs dry, which is no fault of ours; what is ours shows in every take.
const TAKES: usize = 3;
/// Names the file into which the playing copy writes the instants of its ticks; its absence says: not a copy.
const CHILD: &str = "LEITAI_SOUND_DEVICE_CHILD";

/// This test binary again, running only `test`, in the hall's environment.
fn copy(test: &str, home: &Path, report: &Path) -> Command {
    let module = module_path!().split_once("::").map_or("", |(_, module)| module);
    let mut command = urgent(std::env::current_exe().expect("the test binary has a path"));
    command.args(["--exact", "--ignored", "--nocapture", &format!("{module}::{test}")]).env(CHILD, report);
    in_hall(&mut command, home);
    command
}

#[test]
fn ticks_through_a_real_device_are_heard_at_their_instants() {
    require("pulseaudio");
    require("parec");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    route(home);
    let _server = sound_server(home);
    let (_recorder, arrivals) = recorder(home);
    let mut recording = Recording::default();
    recording.reach(&arrivals, 0);

    let mut takes = Vec::new();
    while takes.len() < TAKES {
        let errors_ms = take(home, &arrivals, &mut recording);
        println!("onset minus instant, ms: {errors_ms:.2?}");
        if errors_ms.len() == TICKS as usize && errors_ms.iter().all(|error_ms| error_ms.abs() <= TOLERANCE_MS) {
            return;
        }
        takes.push(errors_ms);
    }
    panic!("no take had all {TICKS} ticks within {TOLERANCE_MS} ms of their instants: {takes:.1?}");
}

/// Has the copy play its ticks and compares what was recorded; onset minus instant for each onset, ms.
fn take(home: &Path, arrivals: &Receiver<(i64, Vec<f32>)>, recording: &mut Recording) -> Vec<f64> {
    let report = home.join("ticks");
    let player = copy("the_playing_copy", home, &report).output().expect("the copy runs");
    assert!(player.status.success(), "{}", String::from_utf8_lossy(&player.stdout));
    let report = fs::read_to_string(&report).expect("the copy reports its instants");
    let instants: Vec<i64> = report.lines().map(|line| line.parse().expect("an instant")).collect();
    let (first_us, last_us) = (instants[0], instants[instants.len() - 1]);
    recording.reach(arrivals, last_us + 300_000);
    let mut onsets = recording.onsets_us(0.1);
    onsets.retain(|onset| *onset > first_us - SPACING_US / 2);
    onsets.iter().zip(&instants).map(|(onset, at)| (onset - at) as f64 / 1e3).collect()
}

#[test]
fn without_a_sound_system_the_show_goes_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (home, empty) = (folder.path(), folder.path().join("alsa.conf"));
    fs::write(&empty, "").expect("writable");
    let report = home.join("status");
    let player =
        copy("the_silent_copy", home, &report).env("ALSA_CONFIG_PATH", &empty).output().expect("the copy runs");
    assert!(player.status.success(), "{}", String::from_utf8_lossy(&player.stdout));
    let why = fs::read_to_string(&report).expect("the copy reports its status");
    assert!(why.starts_with("No sound: "), "{why}");
}

/// Opens the default device where there is none and reports what the engine says.
#[test]
#[ignore = "run by the test above, in a process whose environment has no sound system"]
fn the_silent_copy() {
    let Some(report) = std::env::var_os(CHILD) else { return };
    let mut engine = Engine::new(bank(), default_opener());
    engine.settle(Duration::from_secs(10));
    engine.update(&[], Moment::now(wall_us()));
    let AudioStatus::Silent { why } = engine.status() else { panic!("{:?}", engine.status()) };
    fs::write(report, why.to_string()).expect("the report can be written");
}

/// Plays ticks on the default device and reports when each is due.
#[test]
#[ignore = "run by the test above, in a process whose environment names the null sink"]
fn the_playing_copy() {
    let Some(report) = std::env::var_os(CHILD) else { return };
    let mut engine = Engine::new(bank(), default_opener());
    let status = engine.settle(Duration::from_secs(10)).clone();
    assert!(matches!(status, AudioStatus::Running { .. }), "{status:?}");
    println!("{status:?}");
    let first_us = wall_us() + 800_000;
    let ticks: Vec<ScheduledCue> = (0..TICKS)
        .map(|n| ScheduledCue {
            key: CueKey { seq: 1, cue: Cue::Tick, n },
            cue: Cue::Tick,
            at_us: first_us + SPACING_US * i64::from(n),
            variant: 0,
            gain_db: 6.0,
        })
        .collect();
    let deadline = Instant::now() + Duration::from_secs(12);
    while engine.counts().played < u64::from(TICKS) {
        assert!(Instant::now() < deadline, "{:?}", engine.counts());
        let show_us = wall_us();
        let inside = |tick: &&ScheduledCue| tick.at_us >= show_us - 250_000 && tick.at_us < show_us + 2_500_000;
        let wanted: Vec<ScheduledCue> = ticks.iter().filter(inside).copied().collect();
        engine.update(&wanted, Moment::now(show_us));
        // A frame of the app.
        std::thread::park_timeout(Duration::from_millis(16));
    }
    let lines: Vec<String> = ticks.iter().map(|tick| tick.at_us.to_string()).collect();
    fs::write(report, lines.join("\n")).expect("the report can be written");
    // The last tick is rendered; it must also leave the device's buffer.
    let until = Instant::now() + Duration::from_millis(400);
    while Instant::now() < until {
        engine.update(&[], Moment::now(wall_us()));
        std::thread::park_timeout(Duration::from_millis(16));
    }
    println!("{:?}", engine.counts());
}

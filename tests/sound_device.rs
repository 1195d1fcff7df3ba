//! Promise: through a real sound device, ticks are heard within 15 ms of their instants.
//!
//! The device is PulseAudio's null sink, which keeps time like a card's and can be recorded. A copy of this test binary
//! plays, in a process of its own because the sound library takes its device from the environment.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, bounded};
use leitai::show::cue::{Cue, CueKey, ScheduledCue};
use leitai::sound::device::default_opener;
use leitai::sound::{AudioStatus, Bank, Engine, Moment};

const RATE: f64 = 48_000.0;
const TICKS: u32 = 8;
const SPACING_US: i64 = 400_000;
/// How far an onset may lie from its instant.
const TOLERANCE_MS: f64 = 15.0;
/// Times the ticks are played before the promise counts as broken: on a machine whose cores are all taken for a moment a
/// sound device runs dry, which is no fault of ours; what is ours shows in every take.
const TAKES: usize = 3;
/// How far ahead of the sink the recorder is: the monitor hands out samples this much before the sink plays them.
const RECORDER_LATENCY_MS: i64 = 5;
/// Names the file into which the playing copy writes the instants of its ticks; its absence says: not a copy.
const CHILD: &str = "LEITAI_SOUND_DEVICE_CHILD";

#[expect(
    clippy::disallowed_methods,
    reason = "the player and the recorder are two processes: they share only the wall clock"
)]
fn wall_us() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is set").as_micros() as i64
}

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Fails where the sound server is not installed: skipping would hide that the promise was not tested.
fn require(program: &str) {
    if let Err(error) = Command::new(program).arg("--version").stdin(Stdio::null()).output() {
        panic!(
            "{program} cannot be run ({error}): install the packages pulseaudio, pulseaudio-utils and libasound2-plugins"
        );
    }
}

fn start(command: &mut Command) -> Running {
    Running(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().expect("nice is part of every system"))
}

/// A program that other tests' work must not delay: what is tested is our timing, not the scheduler's. Without the right
/// to it `nice` says so and runs the program all the same.
fn urgent(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("nice");
    command.args(["-n", "-15"]).arg(program);
    command
}

/// A private PulseAudio whose only sink is silent and keeps time.
fn sound_server(home: &Path) -> Running {
    let mut command = urgent("pulseaudio");
    command.args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1"]);
    command.args(["--load=module-null-sink sink_name=hall rate=48000", "--load=module-native-protocol-unix"]);
    let server = start(in_hall(&mut command, home).stdout(Stdio::null()));
    let deadline = Instant::now() + Duration::from_secs(10);
    while UnixStream::connect(home.join("pulse/native")).is_err() {
        assert!(Instant::now() < deadline, "PulseAudio did not open its socket within 10 s");
        std::thread::park_timeout(Duration::from_millis(10));
    }
    server
}

fn in_hall<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    let server = format!("unix:{}", home.join("pulse/native").display());
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("PULSE_SERVER", server).env_remove("ALSA_CONFIG_PATH")
}

/// What has been recorded so far.
#[derive(Default)]
struct Recording {
    samples: Vec<f32>,
    /// Wall clock at which the sink played the first sample, µs: the least that any arrival allows.
    began_us: Option<i64>,
}

impl Recording {
    /// Takes what has arrived until the recording reaches `until_us`.
    fn reach(&mut self, arrivals: &Receiver<(i64, Vec<f32>)>, until_us: i64) {
        while self.began_us.is_none_or(|began| began + (self.samples.len() as f64 / RATE * 1e6) as i64 <= until_us) {
            let arrived = arrivals.recv_timeout(Duration::from_secs(10));
            let (at_us, samples) = arrived.expect("the recording goes on arriving");
            self.samples.extend(samples);
            let began = at_us + RECORDER_LATENCY_MS * 1_000 - (self.samples.len() as f64 / RATE * 1e6) as i64;
            self.began_us = Some(self.began_us.map_or(began, |least| least.min(began)));
        }
    }

    /// Wall clock instants at which something sounds after 100 ms of silence, µs.
    fn onsets_us(&self) -> Vec<i64> {
        let peak = self.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let mut silent_for = 0;
        let mut onsets = Vec::new();
        for (index, sample) in self.samples.iter().enumerate() {
            if sample.abs() < peak / 10.0 {
                silent_for += 1;
                continue;
            }
            if silent_for > 4_800 {
                onsets.push(self.began_us.unwrap_or(0) + (index as f64 / RATE * 1e6) as i64);
            }
            silent_for = 0;
        }
        onsets
    }
}

/// Records the hall, as 48 kHz mono, on a thread that stamps every arrival.
fn recorder(home: &Path) -> (Running, Receiver<(i64, Vec<f32>)>) {
    let mut command = urgent("parec");
    command.args(["-d", "hall.monitor", "--raw", "--format=float32le", "--rate=48000", "--channels=1"]);
    command.arg(format!("--latency-msec={RECORDER_LATENCY_MS}"));
    let mut running = start(in_hall(&mut command, home).stdout(Stdio::piped()));
    let mut pipe = running.0.stdout.take().expect("the recorder's output is piped");
    let (sender, receiver) = bounded(10_000);
    std::thread::spawn(move || {
        let (mut buffer, mut rest) = (vec![0_u8; 65_536], Vec::new());
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            let at_us = wall_us();
            rest.extend_from_slice(&buffer[..length]);
            let whole = rest.len() / 4 * 4;
            let samples = rest.drain(..whole).collect::<Vec<u8>>();
            let samples =
                samples.chunks_exact(4).map(|bytes| f32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
            if sender.send((at_us, samples.collect())).is_err() {
                break;
            }
        }
    });
    (running, receiver)
}

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
    fs::write(home.join(".asoundrc"), "pcm.!default { type pulse }\nctl.!default { type pulse }\n").expect("writable");
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
    let mut onsets = recording.onsets_us();
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
    let mut engine = Engine::new(Bank::shared(), default_opener());
    engine.settle(Duration::from_secs(10));
    engine.update(&[], Moment::now(wall_us()));
    let AudioStatus::Silent { why } = engine.status() else { panic!("{:?}", engine.status()) };
    fs::write(report, why).expect("the report can be written");
}

/// Plays ticks on the default device and reports when each is due.
#[test]
#[ignore = "run by the test above, in a process whose environment names the null sink"]
fn the_playing_copy() {
    let Some(report) = std::env::var_os(CHILD) else { return };
    let mut engine = Engine::new(Bank::shared(), default_opener());
    let status = engine.settle(Duration::from_secs(10)).clone();
    assert!(matches!(status, AudioStatus::Running { .. }), "{status:?}");
    println!("{status:?}");
    let first_us = wall_us() + 800_000;
    let ticks: Vec<ScheduledCue> = (0..TICKS)
        .map(|n| ScheduledCue {
            key: CueKey { seq: 1, cue: Cue::Tick, n },
            cue: Cue::Tick,
            at_us: first_us + SPACING_US * i64::from(n),
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

//! A hall to listen in: a private PulseAudio whose only sink is silent and keeps time, and a recorder at it.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crossbeam_channel::{Receiver, bounded};

pub const RATE: f64 = 48_000.0;
/// How far ahead of the sink the recorder is: the monitor hands out samples this much before the sink plays them.
const RECORDER_LATENCY_MS: i64 = 5;

#[expect(
    clippy::disallowed_methods,
    reason = "the player and the recorder are two processes: they share only the wall clock"
)]
pub fn wall_us() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is set").as_micros() as i64
}

/// A process that ends with its test.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Fails where the sound server is not installed: skipping would hide that the promise was not tested.
pub fn require(program: &str) {
    if let Err(error) = Command::new(program).arg("--version").stdin(Stdio::null()).output() {
        panic!(
            "{program} cannot be run ({error}): install the packages pulseaudio, pulseaudio-utils and libasound2-plugins"
        );
    }
}

pub fn start(command: &mut Command) -> Running {
    Running(command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().expect("nice is part of every system"))
}

/// A program that other tests' work must not delay: what is tested is our timing, not the scheduler's. Without the right
/// to it `nice` says so and runs the program all the same.
pub fn urgent(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("nice");
    command.args(["-n", "-15"]).arg(program);
    command
}

/// A private PulseAudio whose only sink is silent and keeps time.
pub fn sound_server(home: &Path) -> Running {
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

pub fn in_hall<'a>(command: &'a mut Command, home: &Path) -> &'a mut Command {
    let server = format!("unix:{}", home.join("pulse/native").display());
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("PULSE_SERVER", server).env_remove("ALSA_CONFIG_PATH")
}

/// What has been recorded so far.
#[derive(Default)]
pub struct Recording {
    samples: Vec<f32>,
    /// Wall clock at which the sink played the first sample, µs: the least that any arrival allows.
    began_us: Option<i64>,
}

impl Recording {
    /// Takes what has arrived until the recording reaches `until_us`.
    pub fn reach(&mut self, arrivals: &Receiver<(i64, Vec<f32>)>, until_us: i64) {
        while self.began_us.is_none_or(|began| began + (self.samples.len() as f64 / RATE * 1e6) as i64 <= until_us) {
            let arrived = arrivals.recv_timeout(Duration::from_secs(10));
            let (at_us, samples) = arrived.expect("the recording goes on arriving");
            self.samples.extend(samples);
            let began = at_us + RECORDER_LATENCY_MS * 1_000 - (self.samples.len() as f64 / RATE * 1e6) as i64;
            self.began_us = Some(self.began_us.map_or(began, |least| least.min(began)));
        }
    }

    /// Wall clock instants at which something sounds after 100 ms of silence, µs; silence is below
    /// `threshold` of the peak.
    pub fn onsets_us(&self, threshold: f32) -> Vec<i64> {
        let peak = self.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let mut silent_for = 0;
        let mut onsets = Vec::new();
        for (index, sample) in self.samples.iter().enumerate() {
            if sample.abs() < peak * threshold {
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
pub fn recorder(home: &Path) -> (Running, Receiver<(i64, Vec<f32>)>) {
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

/// Has ALSA play into the hall.
pub fn route(home: &Path) {
    std::fs::write(home.join(".asoundrc"), "pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        .expect("writable");
}

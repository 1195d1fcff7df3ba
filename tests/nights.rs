//! Promise: a long night changes nothing. A full disk costs what could not be written and not the show; the log is kept in
//! files that are bounded; a clock that is set, or a summer that ends, is not seen on air.
//!
//! The long form is `make soak`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use leitai::{
    feed::serve::{ServeHandle, ServeOptions, serve},
    show::{protocol::Envelope, tape::Tape},
};
use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "a-token-for-the-night-4c1d";
const PATIENCE: Duration = Duration::from_secs(60);
const START_US: i64 = 1_763_690_400_000_000;
/// Between two events of the feed, µs.
const STEP_US: i64 = 50_000;
/// More than any of these nights takes.
const EVENTS: u64 = 4000;
/// The countdown that runs through all of it, µs.
const COUNTDOWN_US: i64 = 3_600_000_000;

/// A night's feed: a countdown of an hour, and scores twenty times a second.
fn night() -> Vec<Envelope> {
    let event = |seq: u64| {
        let at = START_US + (seq as i64 - 1) * STEP_US;
        let before = seq.saturating_sub(4) * 10;
        let (name, data) = match seq {
            1 => ("show.configured", json!({"title": "长夜", "teams": [{"id": "a", "name": "黄山", "number": 1}]})),
            2 => ("countdown.armed", json!({"id": "c", "duration": COUNTDOWN_US})),
            3 => ("countdown.started", json!({"id": "c", "ends_at": at + COUNTDOWN_US})),
            _ => ("score.changed", json!({"team": "a", "before": before, "delta": 10, "after": before + 10})),
        };
        json!({"v": 1, "epoch": "night", "seq": seq, "at": at, "type": name, "data": data})
    };
    (1..=EVENTS).map(|seq| Envelope::from_value(event(seq)).unwrap()).collect()
}

/// A session on air without windows, looked at through its remote control; ended with the test.
struct Night {
    child: Child,
    addr: SocketAddr,
    folder: TempDir,
    _feed: ServeHandle,
}

impl Night {
    /// `shell` begins the program, whose command line is `"$@"`, in the test's own folder.
    fn begin(shell: &str, flags: &[&str], env: &[(&str, String)]) -> Self {
        let feed = serve(ServeOptions::new(night(), "127.0.0.1:0".parse().unwrap())).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let token = folder.path().join("token");
        fs::write(&token, TOKEN).unwrap();
        fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
        // A port that was free a moment ago.
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        fs::create_dir(folder.path().join("disk")).unwrap();
        let mut command = if shell.is_empty() {
            Command::new(env!("CARGO_BIN_EXE_leitai"))
        } else {
            let mut command = Command::new("unshare");
            // Whoever is no superuser is one in a room of their own.
            if !is_root() {
                command.args(["--user", "--map-root-user"]);
            }
            command.args(["--mount", "bash", "-c", shell, "night", env!("CARGO_BIN_EXE_leitai")]);
            command
        };
        let child = command
            .args(["--lang", "en", "--log", "disk/log", "live", &format!("ws://{}", feed.addr), "--headless"])
            .args(["--tape", "disk/show.tape.ndjson", "--control", &addr.to_string()])
            .args(["--control-token-file", "token"])
            .args(flags)
            .envs(env.iter().map(|(name, value)| (*name, value.as_str())))
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Self { child, addr, folder, _feed: feed }
    }

    /// A file as the session sees it.
    fn path(&self, name: &str) -> PathBuf {
        let own = self.folder.path().join(name);
        Path::new(&format!("/proc/{}/root", self.child.id())).join(own.strip_prefix("/").unwrap())
    }

    /// The state of the desk; none before it can be asked.
    fn state(&self) -> Option<Value> {
        let mut stream = TcpStream::connect(self.addr).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let ask = format!(
            "GET /v1/state HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\r\n",
            self.addr
        );
        stream.write_all(ask.as_bytes()).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (_, body) = answer.split_once("\r\n\r\n")?;
        serde_json::from_str(body).ok()
    }

    /// The state as soon as it is so.
    fn until(&mut self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(state) = self.state().filter(|state| is(state)) {
                return state;
            }
            assert_eq!(self.child.try_wait().unwrap(), None, "{what}: the program has ended");
            assert!(Instant::now() < deadline, "{what}: {:#}", self.state().unwrap_or_default());
            std::thread::park_timeout(Duration::from_millis(20));
        }
    }

    /// Asks it to end, and gives its exit code.
    fn end(&mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Night {
    fn drop(&mut self) {
        // It may have ended already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

fn seq(state: &Value) -> u64 {
    state["on_air"]["seq"].as_u64().unwrap_or(0)
}

/// The problem whose sentence begins so, and whether it is over.
fn problem<'a>(state: &'a Value, begins: &str) -> Option<&'a Value> {
    let all = state["problems"].as_array()?;
    all.iter().find(|problem| problem["sentence"].as_str().is_some_and(|said| said.starts_with(begins)))
}

fn is_over(state: &Value, begins: &str) -> bool {
    problem(state, begins).is_some_and(|problem| problem["over"] == true)
}

#[test]
fn a_full_disk_is_told_once_and_the_show_goes_on_and_is_recorded_again() {
    // The disk is the session's own: as large as half a minute of a busy night.
    let shell = "mount -t tmpfs -o size=1m none disk && exec \"$@\"";
    let mut night = Night::begin(shell, &[], &[("RUST_LOG", "error,leitai=debug".to_owned())]);
    let begun = night.until("it begins", |state| seq(state) > 10);
    assert!(problem(&begun, "Recording").is_none(), "{begun:#}");
    let low = night.until("a disk of a MiB is told before it is full", |state| problem(state, "Disk").is_some());
    assert!(low["machine"]["room"]["free_bytes"].as_u64().unwrap() < 1 << 20, "{low:#}");

    let filler = night.path("disk/filler");
    let fill = || {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&filler).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
        // The last bytes, too.
        while file.write_all(&[0]).is_ok() {}
    };
    fill();
    let deadline = Instant::now() + PATIENCE;
    let full = loop {
        // What the program takes back of a torn line is room again.
        fill();
        let state = night.state().unwrap();
        if problem(&state, "Recording").is_some_and(|problem| problem["over"] == false) {
            break state;
        }
        assert!(Instant::now() < deadline, "{state:#}");
    };
    let told = problem(&full, "Recording").unwrap();
    assert!(told["sentence"].as_str().unwrap().contains("No space left"), "{told}");
    assert!(told["advice"].as_str().unwrap().len() > 20, "{told}");
    let at = seq(&full);
    let later = night.until("the show goes on", |state| seq(state) > at + 20);
    let sentences = |state: &Value| {
        let all = state["problems"].as_array().unwrap();
        all.iter().filter(|one| one["sentence"].as_str().unwrap().starts_with("Recording")).count()
    };
    assert_eq!(sentences(&later), 1, "told once: {later:#}");

    fs::remove_file(&filler).unwrap();
    let back = night.until("it is recorded again", |state| is_over(state, "Recording"));
    let at = seq(&back);
    night.until("and goes on being", |state| seq(state) > at + 20);
    let tape = night.path("disk/show.tape.ndjson");
    let recorded = Tape::parse(&fs::read_to_string(&tape).unwrap()).unwrap();
    // What could not be written stands in a whole state; behind it the events go on without a gap.
    let last = recorded.entries.last().unwrap().env.seq;
    assert!(last > at, "{last} > {at}");
    assert!(recorded.problems.is_empty(), "whole lines only: {:?}", recorded.problems);
    assert_eq!(night.end(), Some(0));
}

#[test]
fn the_log_is_in_a_file_of_this_users_alone_and_ends_with_the_program() {
    let mut night = Night::begin("", &[], &[]);
    night.until("it begins", |state| state["machine"]["log_bytes"].as_u64() > Some(0));
    assert_eq!(night.end(), Some(0));
    let files: Vec<PathBuf> =
        fs::read_dir(night.folder.path().join("disk/log")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let text = fs::read_to_string(&files[0]).unwrap();
    assert!(text.contains("Remote control: ") && text.ends_with('\n'), "{text}");
    assert!(!text.contains(TOKEN) && !text.contains('\u{1b}'), "{text}");
    assert_eq!(fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_wall_clock_that_is_set_and_a_summer_that_ends_move_no_countdown() {
    let all = fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let library = all.map(|path| path.join("faketime/libfaketimeMT.so.1")).find(|path| path.exists());
    let library = library.expect("the package libfaketime is installed");
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("clock");
    // Some seconds before the clocks go back in Berlin.
    fs::write(&set, "@2025-10-26 02:59:57").unwrap();
    let mut night = Night::begin(
        "",
        &[],
        &[
            ("LD_PRELOAD", library.display().to_string()),
            ("FAKETIME_TIMESTAMP_FILE", set.display().to_string()),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
            ("TZ", "Europe/Berlin".to_owned()),
        ],
    );
    let running = |state: &Value| state["countdown"]["phase"] == "running";
    night.until("the countdown runs", running);
    let left_us = |state: &Value| state["countdown"]["remaining_us"].as_i64().unwrap();
    let (mut begun, mut first_us) = (Instant::now(), left_us(&night.state().unwrap()));
    let mut most_us = 0;
    for step in ["@2025-10-26 02:59:57", "+3600", "-3600", "+86400 x1", "-7d", "+0"] {
        fs::write(&set, step).unwrap();
        let until = Instant::now() + Duration::from_millis(1500);
        while Instant::now() < until {
            let asked = Instant::now();
            let now_us = left_us(&night.state().unwrap());
            let passed_us = i64::try_from(begun.elapsed().as_micros()).unwrap();
            let waited_us = i64::try_from(asked.elapsed().as_micros()).unwrap();
            // Told to the tenth of a second, asked over a socket of a busy machine; a step would be of minutes.
            let off_us = (first_us - now_us - passed_us).abs() - waited_us;
            most_us = most_us.max(off_us);
            std::thread::park_timeout(Duration::from_millis(50));
        }
        (begun, first_us) = (Instant::now(), left_us(&night.state().unwrap()));
    }
    assert!(most_us < 1_500_000, "the countdown moved by {most_us} µs");
    println!("wall clock set six times: the countdown was off by {} ms at most", most_us / 1000);
    // That the clock was set is seen where it may be seen: in the log's own times.
    assert_eq!(night.end(), Some(0));
    let log = fs::read_dir(night.folder.path().join("disk/log")).unwrap().next().unwrap().unwrap().path();
    let log = fs::read_to_string(log).unwrap();
    assert!(log.contains("2025-10-2"), "the clock was not set: {log}");
}

#[test]
fn an_export_on_a_full_disk_says_so_and_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("disk")).unwrap();
    let export = "\"$0\" --lang en export demo --size 160x90 --fps 5 --to 0:04 -o disk/x.mp4";
    let shell = format!(
        "mount -t tmpfs -o size=400k none disk && {export}; echo \"first $?\"; \
         mount -o remount,size=16m disk && {export}; echo \"then $?\"; ls disk"
    );
    let mut command = Command::new("unshare");
    if !is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    let output = command
        .args(["--mount", "bash", "-c", &shell, env!("CARGO_BIN_EXE_leitai")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("first 1") && said.contains("then 0"), "{said}\n{told}");
    assert!(told.contains("No space left") && told.contains("has room"), "{told}");
    // What was begun is gone, the film is there.
    assert!(said.trim_end().ends_with("x.mp4") && !said.contains("x.mp4.parts"), "{said}");
}

#[test]
fn a_disk_that_is_full_from_the_start_is_recorded_to_once_there_is_room() {
    let shell = "mount -t tmpfs -o size=1m none disk; head -c 2m /dev/zero > disk/filler 2>/dev/null; exec \"$@\"";
    let mut night = Night::begin(shell, &[], &[]);
    // The log is looked at once a second.
    night.until("tape and log are told", |state| {
        problem(state, "Recording").is_some() && problem(state, "Log").is_some() && seq(state) > 10
    });
    fs::remove_file(night.path("disk/filler")).unwrap();
    let back = night.until("it is recorded", |state| is_over(state, "Recording"));
    let at = seq(&back);
    night.until("the log is written again", |state| is_over(state, "Log"));
    night.until("and goes on being", |state| seq(state) > at + 20);
    let recorded = Tape::parse(&fs::read_to_string(night.path("disk/show.tape.ndjson")).unwrap()).unwrap();
    assert!(recorded.entries.last().unwrap().env.seq > at && recorded.problems.is_empty(), "{:?}", recorded.problems);
    let log = fs::read_dir(night.path("disk/log")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(log).unwrap().starts_with("… "), "what is missing of the log is told in it");
    assert_eq!(night.end(), Some(0));
}

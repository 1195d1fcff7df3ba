//! A live show under its guard, on a screen of the test's own: whose process is whose, what is on air, and what was told.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use image::RgbImage;
use leitai::feed::serve::{ServeHandle, ServeOptions, serve};
use leitai::show::protocol::Envelope;
use serde_json::{Value, json};

use super::hall::Running;
use super::log::START_US;
use super::screen::{Screen, Window, outliers, until, until_or};

/// From one fact to the next, µs.
pub const FACT_US: i64 = 50_000;
/// Steps of a channel that are no difference, and the part of the pixels that may differ more.
pub const TOLERANCE: u8 = 8;
const OUTLIERS: f64 = 0.001;

/// A show whose picture stands while facts flow: a slate on air, and a score that changes twenty times a second.
pub fn standing(facts: u64) -> Vec<Envelope> {
    let teams = json!([{"id": "a", "name": "黄山", "number": 1}, {"id": "b", "name": "泰山", "number": 2}]);
    let event = |seq: u64| match seq {
        1 => ("show.configured", json!({"title": "社保知识竞赛", "teams": teams})),
        2 => ("slate.shown", json!({"kind": "message", "title": "请稍候", "subtitle": "比赛马上继续"})),
        _ => {
            let before = (seq - 3) * 10;
            ("score.changed", json!({"team": "a", "before": before, "delta": 10, "after": before + 10}))
        }
    };
    let env = |seq: u64| {
        let ((name, data), at) = (event(seq), START_US + (seq as i64 - 1) * FACT_US);
        json!({"v": 1, "epoch": "guard", "seq": seq, "at": at, "type": name, "data": data})
    };
    (1..=facts).map(|seq| Envelope::from_value(env(seq)).expect("well formed")).collect()
}

/// Serves them, the first two seconds being over.
pub fn feed(events: Vec<Envelope>, listen: &str) -> ServeHandle {
    let mut options = ServeOptions::new(events, listen.parse().expect("an address"));
    options.from_us = 2_000_000;
    serve(options).expect("it serves")
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound").port()
}

/// Loud, and in no picture of the program's.
pub const DESKTOP: [u8; 3] = [255, 0, 255];

/// The show on air.
pub struct Air {
    pub parent: Running,
    pub tape: PathBuf,
    /// From the start of the parent to the first picture.
    pub start: Duration,
    addr: String,
    log: PathBuf,
    rough: PathBuf,
}

impl Air {
    /// Starts it with these words of the command line besides, and waits for the program's first picture.
    pub fn begin(screen: &Screen, home: &Path, url: &str, words: &[&str]) -> Self {
        let silence = home.join("alsa.conf");
        fs::write(&silence, "").expect("writable");
        let (tape, log, rough) = (home.join("tape.ndjson"), home.join("log"), home.join("rough"));
        let addr = format!("127.0.0.1:{}", free_port());
        screen.command("xsetroot").args(["-solid", "#FF00FF"]).status().expect("xsetroot is installed");
        let mut command = screen.command(env!("CARGO_BIN_EXE_leitai"));
        command.args(["--lang", "en", "live", url, "--full-quality", "--control", &addr, "--tape"]).arg(&tape);
        command.args(words).current_dir(home).env("RUST_LOG", "warn,leitai=debug").env("NO_COLOR", "1");
        command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("ALSA_CONFIG_PATH", silence);
        command.env("LEITAI_ROUGH_HANDLING", &rough);
        let to = fs::File::create(&log).expect("writable");
        let begun = Instant::now();
        let parent = Running(command.stdout(Stdio::null()).stderr(to).spawn().expect("the program starts"));
        let start = Duration::ZERO;
        let mut air = Self { parent, tape, start, addr, log, rough };
        air.pictures_after(0);
        air.start = begun.elapsed();
        air
    }

    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    pub fn child(&self) -> Option<u32> {
        child_of(self.parent.0.id())
    }

    /// How many first pictures there have been.
    pub fn pictures(&self) -> usize {
        self.said().matches("start: the first picture").count()
    }

    /// Waits until there have been more first pictures than before.
    pub fn pictures_after(&self, before: usize) {
        let said = || self.said();
        until_often("a first picture", said, || (self.pictures() > before).then_some(()));
    }

    /// Something breaks in the show now: only builds for tests have this.
    pub fn break_now(&self, what: &str) {
        let aside = self.rough.with_extension("new");
        fs::write(&aside, what).and_then(|()| fs::rename(&aside, &self.rough)).expect("writable");
    }

    fn ask(&self, head: &str, body: &str) -> Option<Value> {
        let token = self.said();
        let (_, token) = token.split_once("its token lies in ")?;
        let token = fs::read_to_string(token.lines().next()?).ok()?;
        let mut stream = TcpStream::connect(&self.addr).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
        let (addr, token, length) = (&self.addr, token.trim(), body.len());
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .ok()?;
        let mut said = String::new();
        stream.read_to_string(&mut said).ok()?;
        let body = said.starts_with("HTTP/1.1 200").then(|| said.split_once("\r\n\r\n"))??.1;
        let json = body.find('{').zip(body.rfind('}')).and_then(|(from, to)| body.get(from..=to));
        json.and_then(|json| serde_json::from_str(json).ok()).or(Some(Value::Null))
    }

    /// What the desk knows now; nothing while the show is away.
    pub fn state(&self) -> Option<Value> {
        self.ask("GET /v1/state", "")
    }

    pub fn command(&self, command: &Value) {
        until(&format!("{command} done"), || self.ask("POST /v1/command", &command.to_string()));
    }

    /// Waits until the desk knows what is wanted.
    pub fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        until_or(what, || self.said(), || self.state().filter(|state| wanted(state)))
    }

    /// The sentences of the operator's problem list.
    pub fn problems(&self) -> Vec<String> {
        let state = until("the state", || self.state());
        let text = |problem: &Value| problem["sentence"].as_str().unwrap_or_default().to_owned();
        state["problems"].as_array().map(|all| all.iter().map(text).collect()).unwrap_or_default()
    }

    /// The last event on the tape.
    pub fn recorded(&self) -> u64 {
        let text = fs::read_to_string(&self.tape).unwrap_or_default();
        let seq = |line: &str| serde_json::from_str::<Value>(line).ok()?.pointer("/env/seq")?.as_u64();
        text.lines().rev().find_map(seq).unwrap_or(0)
    }

    /// Does something to the show and waits until its picture is back in a window of another process, or of the same one.
    /// How long that took.
    pub fn back_after(&self, screen: &Screen, picture: &RgbImage, restarts: bool, deed: impl FnOnce(u32)) -> Duration {
        let (child, before) = (until("the child", || self.child()), self.pictures());
        let begun = Instant::now();
        deed(child);
        if restarts {
            self.pictures_after(before);
            let other = self.child();
            assert!(other.is_some_and(|other| other != child), "{other:?} after {child}. {}", self.said());
        }
        let said = || self.said();
        until_often("the picture", said, || shows(screen, picture).then_some(()));
        begun.elapsed()
    }

    /// Ends it as a system does.
    pub fn end(&mut self) {
        signal(self.parent.0.id(), "TERM");
        let status = until_or(
            "the end",
            || fs::read_to_string(&self.log).unwrap_or_default(),
            || self.parent.0.try_wait().expect("it is ours"),
        );
        assert!(status.success(), "{status:?}: {}", self.said());
    }
}

/// The child of a process, where it has one.
pub fn child_of(parent: u32) -> Option<u32> {
    let ids = fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let is_child = |id: &u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
        // A process that has ended and waits for its parent is none.
        fields.next() != Some("Z") && fields.next() == Some(&parent.to_string())
    };
    ids.filter(|id| *id != parent).find(is_child)
}

/// Whether a process runs.
pub fn runs(id: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().next()).is_some_and(|state| state != "Z")
}

pub fn signal(id: u32, name: &str) {
    let done = Command::new("kill").args([format!("-{name}"), id.to_string()]).status();
    assert!(done.expect("kill is part of every system").success(), "{name} {id}");
}

/// Whether the program's window shows this.
fn shows(screen: &Screen, picture: &RgbImage) -> bool {
    let shot = screen.window("program").and_then(|window| screen.picture(&window));
    shot.is_some_and(|shot| is_same(&shot, picture))
}

pub fn is_same(a: &RgbImage, b: &RgbImage) -> bool {
    outliers(a, b, TOLERANCE) <= OUTLIERS
}

/// What the whole screen shows, whatever windows there are.
pub fn whole(screen: &Screen) -> RgbImage {
    let root = Window { id: "root".to_owned(), title: String::new() };
    until("the screen", || screen.picture(&root))
}

/// The program's picture when it stands: two looks show the same, and it is no desktop and not black.
pub fn settled(screen: &Screen) -> RgbImage {
    let window = until("the program's window", || screen.window("program"));
    let mut last = None;
    until("a picture that stands", || {
        let now = screen.picture(&window);
        let same = now.as_ref().is_some_and(is_picture) && last == now;
        last = now;
        if same { last.take() } else { None }
    })
}

fn is_picture(shot: &RgbImage) -> bool {
    let first = shot.get_pixel(0, 0);
    shot.pixels().all(|pixel| pixel.0 != DESKTOP) && shot.pixels().any(|pixel| pixel != first)
}

/// Looks a hundred times a second, for times that are to be measured.
pub fn until_often<T>(what: &str, why: impl Fn() -> String, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "within 90 s not seen: {what}. {}", why());
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

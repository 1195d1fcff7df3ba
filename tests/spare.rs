//! Promise: a second machine shows what the first one shows and what its desk does, both are told of the first
//! difference, and it takes over by a key, or by itself when the first one dies; nobody ever runs two desks unknowingly.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use leitai::{
    feed::serve::{ServeHandle, ServeOptions, serve},
    journal,
    show::tape::Tape,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "a-token-that-both-machines-have-51c7";
/// No promise here takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at a state.
const LOOK: Duration = Duration::from_millis(15);

fn feed() -> ServeHandle {
    let tape = Tape::parse(include_str!("../assets/shows/zhongwei-demo.tape.ndjson")).unwrap();
    let mut options = ServeOptions::tape(&tape, "127.0.0.1:0".parse().unwrap());
    options.from_us = 40_000_000;
    serve(options).unwrap()
}

/// One of the two, headless, in a folder of its own.
struct Machine {
    child: Child,
    addr: SocketAddr,
    folder: TempDir,
}

impl Machine {
    fn start(feed: &ServeHandle, flags: &[&str]) -> Self {
        Self::start_at(feed, "127.0.0.1:0", TempDir::new().unwrap(), flags)
    }

    fn start_at(feed: &ServeHandle, control: &str, folder: TempDir, flags: &[&str]) -> Self {
        let token = folder.path().join("token");
        fs::write(&token, TOKEN).unwrap();
        fs::set_permissions(&token, fs::Permissions::from_mode(0o600)).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_leitai"))
            .args(["--lang", "en"])
            .args(flags.iter().take_while(|flag| **flag != "live"))
            .args(["live", &format!("ws://{}", feed.addr), "--headless", "--for", "600s", "--control", control])
            .args(["--tape", "show.tape.ndjson", "--control-token-file"])
            .arg(&token)
            .args(flags.iter().skip_while(|flag| **flag != "live").skip(1))
            .args(flags.contains(&"--spare-of").then_some("--spare-token-file"))
            .args(flags.contains(&"--spare-of").then_some(token.as_os_str()))
            .env("RUST_LOG", "warn,leitai=info")
            .env("NO_COLOR", "1")
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let addr = loop {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "the log ended: {said}");
            assert!(!line.contains(TOKEN), "a token in the log");
            if let Some((_, rest)) = line.split_once("Remote control: ") {
                break rest.split([';', '\n', ' ']).next().unwrap().parse().unwrap();
            }
            said += &line;
        };
        // Nobody waits for the reader of the log.
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                println!("{addr}: {line}");
            }
        });
        Self { child, addr, folder }
    }

    fn ask(&self, head: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(self.addr).unwrap();
        let (addr, length) = (self.addr, body.len());
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {TOKEN}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        let status = said.get(9..12).and_then(|code| code.parse().ok()).unwrap();
        let body = said.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    fn state(&self) -> Value {
        self.ask("GET /v1/state", "").1
    }

    fn verb(&self, verb: &str, fields: &Value) -> u16 {
        self.ask(&format!("POST /v1/{verb}"), &fields.to_string()).0
    }

    /// Gives a command that is done.
    fn does(&self, verb: &str, fields: &Value) {
        let (status, said) = self.ask(&format!("POST /v1/{verb}"), &fields.to_string());
        assert_eq!(status, 200, "{verb}: {said}");
    }

    /// Waits until the state is as wanted; how long that took.
    fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Duration {
        let begun = Instant::now();
        loop {
            let state = self.state();
            if wanted(&state) {
                return begun.elapsed();
            }
            assert!(begun.elapsed() < PATIENCE, "waited in vain for {what}: {state:#}");
            thread::park_timeout(LOOK);
        }
    }

    fn until_role(&self, role: &str) -> Duration {
        self.until(role, |state| state["spare"]["role"] == role && !state["spare"]["peer"].is_null())
    }

    fn until_equal(&self) -> Duration {
        self.until("equal pictures", |state| state["spare"]["equal"] == true && !state["spare"]["peer"].is_null())
    }

    /// A problem that is present and says this.
    fn until_told(&self, part: &str) -> Duration {
        self.until(part, |state| problems(state).iter().any(|told| told.contains(part)))
    }

    fn acts(&self) -> Vec<u64> {
        let tape = journal::load(&self.folder.path().join("show.tape.ndjson")).unwrap();
        tape.acts.iter().map(|acted| acted.act.n).collect()
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

fn problems(state: &Value) -> Vec<String> {
    let all = state["problems"].as_array().cloned().unwrap_or_default();
    all.iter().filter(|told| told["over"] == false).map(|told| told["sentence"].to_string()).collect()
}

impl Drop for Machine {
    fn drop(&mut self) {
        if self.child.try_wait().unwrap().is_none() {
            self.kill();
        }
    }
}

/// A wire between the two that can be pulled out.
struct Wire {
    addr: SocketAddr,
    is_in: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (is_in, open) = (Arc::new(AtomicBool::new(true)), Arc::new(Mutex::new(Vec::new())));
        let (plugged, held) = (Arc::clone(&is_in), Arc::clone(&open));
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(target) else { continue };
                if !plugged.load(Ordering::SeqCst) {
                    continue;
                }
                for (mut from, mut to) in
                    [(&near, &far), (&far, &near)].map(|(a, b)| (a.try_clone().unwrap(), b.try_clone().unwrap()))
                {
                    held.lock().unwrap().push(from.try_clone().unwrap());
                    thread::spawn(move || {
                        let _ended = std::io::copy(&mut from, &mut to);
                        let _gone = to.shutdown(std::net::Shutdown::Both);
                    });
                }
            }
        });
        Self { addr, is_in, open }
    }

    fn pull(&self) {
        self.is_in.store(false, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _gone = stream.shutdown(std::net::Shutdown::Both);
        }
    }

    fn plug(&self) {
        self.is_in.store(true, Ordering::SeqCst);
    }
}

fn url(addr: SocketAddr) -> String {
    format!("ws://{addr}")
}

fn said(name: &str) -> Value {
    json!({"event": "lower_third.shown", "data": {"kind": "judge", "name": name, "title": ""}})
}

#[test]
fn what_the_first_desk_does_is_on_the_second_machine_also_when_it_comes_late_and_over_a_cut() {
    let feed = feed();
    let main = Machine::start(&feed, &["live"]);
    main.until("the feed", |state| state["feed"]["state"] == "connected");
    main.does("black", &json!({"on": true}));
    main.does("hold", &json!({}));
    main.does("play", &said("陈"));

    let wire = Wire::to(main.addr);
    let spare = Machine::start(&feed, &["live", "--spare-of", &url(wire.addr)]);
    spare.until_role("spare");
    spare.until("the acts from before it was there", |state| {
        state["curtain"] == "black" && !state["hold"].is_null() && state["said"] == 1
    });
    spare.until_equal();
    main.until_equal();
    assert_eq!(main.state()["spare"]["role"], "main");
    assert_eq!(spare.state()["audio"]["muted"], true, "a spare is silent");

    main.does("black", &json!({"on": false}));
    let after = spare.until("the next act", |state| state["curtain"].is_null());
    println!("an act of the main desk is on the spare after {} ms", after.as_millis());
    assert_eq!(spare.verb("black", &json!({"on": true})), 409, "its own desk is locked");

    wire.pull();
    main.does("logo", &json!({"on": true}));
    wire.plug();
    spare.until("the act behind the cut", |state| state["curtain"] == "logo");
    main.until_role("main");
    spare.until_equal();
    main.does("follow", &json!({}));
    spare.until("the end of the hold", |state| state["hold"].is_null());
    spare.until_equal();
    assert_eq!(main.acts(), [1, 2, 3, 4, 5, 6]);
    assert_eq!(spare.acts(), main.acts(), "no act is missing on the spare's tape, none is there twice");
}

#[test]
fn a_spare_with_another_theme_is_told_on_both_machines() {
    let feed = feed();
    let main = Machine::start(&feed, &["live"]);
    main.until("the feed", |state| state["feed"]["state"] == "connected");
    let begun = Instant::now();
    let spare = Machine::start(&feed, &["--theme", "subai", "live", "--spare-of", &url(main.addr)]);
    spare.until_role("spare");
    let met = begun.elapsed();
    spare.until("the difference", |state| state["spare"]["equal"] == false);
    spare.until_told("is not the same on both machines: the theme");
    let here = begun.elapsed() - met;
    main.until_told("is not the same on both machines: the theme");
    let there = begun.elapsed() - met;
    println!(
        "a difference is told after {} ms on the spare, {} ms on the main machine",
        here.as_millis(),
        there.as_millis()
    );
    assert_eq!(main.state()["spare"]["output"], "program");
}

#[test]
fn the_spare_takes_over_when_the_first_is_killed_and_the_first_stands_back_when_it_returns() {
    let feed = feed();
    let mut main = Machine::start(&feed, &["live"]);
    main.until("the feed", |state| state["feed"]["state"] == "connected");
    let spare = Machine::start(&feed, &["live", "--spare-of", &url(main.addr)]);
    spare.until_equal();
    main.does("black", &json!({"on": true}));
    spare.until("the act", |state| state["curtain"] == "black");

    main.kill();
    let took = spare.until("the take-over", |state| state["spare"]["role"] == "main");
    println!("the main machine killed: the spare has taken over after {} ms", took.as_millis());
    let state = spare.state();
    assert_eq!((&state["curtain"], &state["audio"]["muted"]), (&json!("black"), &json!(false)), "{state:#}");
    spare.until_told("took over by itself");
    spare.does("black", &json!({"on": false}));
    assert_eq!(spare.acts(), [1, 2], "what its desk does is on its own tape");

    let folder = std::mem::replace(&mut main.folder, TempDir::new().unwrap());
    let back = Machine::start_at(&feed, &main.addr.to_string(), folder, &["live"]);
    back.until_role("spare");
    spare.until_role("main");
    back.until_told("the spare took over while this machine was away");
    back.until("what the other desk did", |state| state["curtain"].is_null());
    assert_eq!(back.verb("black", &json!({"on": true})), 409, "never two desks");
    back.until_equal();

    back.does("takeover", &json!({}));
    spare.until_role("spare");
    spare.until_told("took over by its key");
    back.does("black", &json!({"on": true}));
    spare.until("the desk that was taken back", |state| state["curtain"] == "black");
    assert_eq!(back.verb("takeover", &json!({})), 409, "it is the main one already");
}

#[test]
fn a_spare_without_its_main_machine_says_so_and_takes_over_by_key_alone() {
    let feed = feed();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let spare = Machine::start(&feed, &["live", "--spare-of", &url(nobody)]);
    spare.until_told("cannot be reached");
    assert_eq!(
        spare.state()["spare"],
        json!({"role": "spare", "peer": null, "equal": null, "since_us": null, "output": null, "lag_us": null})
    );
    spare.does("takeover", &json!({}));
    spare.does("black", &json!({"on": true}));
    let tape = spare.folder.path().join("show.tape.ndjson");
    assert!(Path::new(&tape).exists());
}

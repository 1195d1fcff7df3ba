//! Feeds served by strangers: Python's `websockets` and Node's `ws` drive the same show as the tape does.
//!
//! `make peers` installs both libraries into the folder that LEITAI_PEERS names.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use leitai::{
    feed::FeedState,
    show::{
        protocol::Envelope,
        tape::{Tape, entry_line, header_line},
    },
};
use tempfile::TempDir;

use crate::support::{
    log::{fold, log},
    probe::{Probe, options},
};

const COUNT: u64 = 120;

/// The folder with both libraries.
fn folder() -> PathBuf {
    let folder = std::env::var_os("LEITAI_PEERS").map(PathBuf::from);
    folder.filter(|folder| folder.is_dir()).expect(
        "LEITAI_PEERS must name the folder with the feed servers' libraries; \
         run `make peers` once and then `make test`, which sets it",
    )
}

/// A server of another maker, ended with the test.
pub struct Peer {
    child: Child,
    pub port: u16,
    _tape: TempDir,
}

impl Peer {
    /// Writes the events to a tape and has it served.
    pub fn start(mut command: Command, events: &[Envelope], flags: &[&str]) -> Self {
        let tape = TempDir::new().unwrap();
        let path = tape.path().join("show.tape.ndjson");
        let mut text = header_line("peers", "leitai's tests") + "\n";
        for env in events {
            text += &entry_line(env.at, env);
            text.push('\n');
        }
        assert_eq!(Tape::parse(&text).unwrap().entries.len(), events.len());
        fs::write(&path, text).unwrap();
        command.arg(&path).args(flags).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the peer starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let port = said.trim().strip_prefix("listening ").and_then(|port| port.parse().ok());
        Self { child, port: port.unwrap_or_else(|| panic!("the peer said {said:?}; see above")), _tape: tape }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.child.kill().expect("the peer runs until it is ended");
        self.child.wait().expect("it ends");
    }
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(name)
}

pub fn python() -> Command {
    python_of("serve_tape.py")
}

/// A script of ours in the interpreter that has the libraries.
pub fn python_of(name: &str) -> Command {
    let mut command = Command::new(folder().join("venv/bin/python"));
    command.arg(script(name));
    command
}

pub fn node() -> Command {
    let mut command = Command::new("node");
    command.env("LEITAI_PEERS", folder()).arg(script("serve_tape.mjs"));
    command
}

/// The peer's feed arrives as the tape's own fold.
fn drives_the_same_show(command: Command, flags: &[&str]) -> Probe {
    let events = log("2025-11-21-peers", COUNT);
    let peer = Peer::start(command, &events, flags);
    let mut probe = Probe::to(&format!("ws://127.0.0.1:{}", peer.port));
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&events));
    assert_eq!(probe.seqs, (1..=COUNT).collect::<Vec<_>>(), "every event once, in order");
    probe
}

#[test]
fn python_drives_the_same_show() {
    let probe = drives_the_same_show(python(), &[]);
    assert!(probe.problems.is_empty(), "{:?}", probe.problems);
}

#[test]
fn node_drives_the_same_show() {
    let probe = drives_the_same_show(node(), &[]);
    assert!(probe.problems.is_empty(), "{:?}", probe.problems);
}

#[test]
fn their_pace_and_their_clock_are_followed() {
    for command in [python(), node()] {
        let probe = drives_the_same_show(command, &["--speed", "2"]);
        let status = probe.feed.clock().status();
        assert!(status.error_bound_us.is_some_and(|bound| bound < 200_000), "{status:?}");
    }
}

#[test]
fn ten_cuts_duplicates_and_disorder_leave_the_same_show() {
    for command in [python(), node()] {
        let probe = drives_the_same_show(command, &["--cut", "10", "--duplicate", "--reorder"]);
        let health = probe.feed.health();
        assert_eq!((health.reconnects, health.order.lost), (10, 0));
        assert!(health.order.duplicates > 0);
        assert_eq!(probe.problems.len(), 1, "one kind: {:?}", probe.problems);
    }
}

#[test]
fn a_private_authority_is_trusted_when_it_is_named() {
    let events = log("2025-11-21-peers", COUNT);
    let dir = TempDir::new().unwrap();
    let (cert, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .arg("-out")
        .arg(&cert)
        .arg("-keyout")
        .arg(&key)
        .stderr(Stdio::null())
        .status()
        .expect("openssl runs");
    assert!(made.success());
    let flags = ["--cert", cert.to_str().unwrap(), "--key", key.to_str().unwrap()];
    let peer = Peer::start(python(), &events, &flags);
    let url = format!("wss://127.0.0.1:{}", peer.port);

    let mut trusting = options(&url);
    trusting.ca = Some(cert.clone());
    let mut probe = Probe::start(trusting);
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&events));

    let mut wary = Probe::to(&url);
    wary.until_told("certificate");
    assert!(wary.seqs.is_empty());
}

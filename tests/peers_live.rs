//! `leitai live` on a stranger's feed ends with the state and the still that the tape gives without any feed.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fs, path::Path, process::Command};

use leitai::show::{protocol::Envelope, tape::Tape};
use serde_json::Value;
use tempfile::TempDir;

use crate::peers::{Peer, node, python};

const SIZE: &str = "640x360";

fn leitai(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_leitai")).args(["--lang", "en"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn name(folder: &Path, file: &str) -> String {
    folder.join(file).to_str().unwrap().to_owned()
}

/// State and still of a live session on this peer's feed.
fn live(command: Command, events: &[Envelope], flags: &[&str]) -> (Value, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let file = |file| name(folder.path(), file);
    let peer = Peer::start(command, events, flags);
    let (url, tape, state, still) =
        (format!("ws://127.0.0.1:{}", peer.port), file("t.ndjson"), file("s.json"), file("s.png"));
    leitai(&[
        "live",
        &url,
        "--headless",
        "--tape",
        &tape,
        "--state-out",
        &state,
        "--still-out",
        &still,
        "--size",
        SIZE,
    ]);
    let recorded = Tape::parse(&fs::read_to_string(&tape).unwrap()).unwrap();
    assert_eq!(recorded.entries.len(), events.len(), "everything received is recorded, once");
    (serde_json::from_slice(&fs::read(&state).unwrap()).unwrap(), fs::read(&still).unwrap())
}

#[test]
fn strangers_feeds_give_the_state_and_the_still_that_the_tape_gives() {
    let text = include_str!("../assets/shows/zhongwei-demo.tape.ndjson");
    let events: Vec<Envelope> = Tape::parse(text).unwrap().entries.into_iter().map(|entry| entry.env).collect();
    let folder = TempDir::new().unwrap();
    let (direct_still, at) = (name(folder.path(), "direct.png"), "05:41.5");
    leitai(&["still", "demo", "--at", at, "--size", SIZE, "-o", &direct_still]);
    let output = Command::new(env!("CARGO_BIN_EXE_leitai")).args(["state", "demo"]).output().unwrap();
    let direct: Value = serde_json::from_slice(&output.stdout).unwrap();
    let still = fs::read(&direct_still).unwrap();

    for (command, flags) in [
        (python(), &[][..]),
        (node(), &[]),
        (python(), &["--cut", "10", "--duplicate", "--reorder"]),
        (node(), &["--cut", "10"]),
    ] {
        let told = format!("{command:?} {flags:?}");
        let (state, picture) = live(command, &events, flags);
        assert_eq!(state, direct, "{told}");
        assert!(picture == still, "{told}: another picture than the tape's");
    }
}

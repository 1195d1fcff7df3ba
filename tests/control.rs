//! Promise: whoever has the token has the console's commands and the state; nobody else changes anything, and each is
//! told why. The engineer's bundle holds what happened and no secret.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read},
    net::{SocketAddr, UdpSocket},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
    time::Duration,
};

use leitai::{
    feed::{
        Token,
        serve::{ServeHandle, ServeOptions, serve},
    },
    show::tape::Tape,
};
use rosc::{OscMessage, OscPacket, OscType, decoder, encoder};
use tempfile::TempDir;

use crate::peers;

const SECRET: &str = "a-token-that-nobody-else-has-7d2f";
const FEED_SECRET: &str = "another-one-for-the-feed-9b1c";
const PATIENCE: Duration = Duration::from_secs(20);

/// A headless session on the embedded show's feed, with remote control; ended with the test.
struct Desk {
    child: Child,
    log: BufReader<ChildStderr>,
    folder: TempDir,
    _feed: ServeHandle,
}

impl Desk {
    fn open(flags: &[&str]) -> Self {
        let tape = Tape::parse(include_str!("../assets/shows/zhongwei-demo.tape.ndjson")).unwrap();
        let mut options = ServeOptions::tape(&tape, "127.0.0.1:0".parse().unwrap());
        options.token = Some(Token::new(FEED_SECRET));
        options.from_us = 60_000_000;
        let feed = serve(options).unwrap();
        let folder = TempDir::new().unwrap();
        let secret = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            path
        };
        let (own, feeds) = (secret("own", SECRET), secret("feeds", FEED_SECRET));
        let mut child = Command::new(env!("CARGO_BIN_EXE_leitai"))
            .args(["--lang", "en", "live", &format!("ws://{}", feed.addr), "--headless", "--for", "120s"])
            .args(["--token-file".as_ref(), feeds.as_os_str(), "--control-token-file".as_ref(), own.as_os_str()])
            .args(flags)
            .env("RUST_LOG", "trace")
            .current_dir(folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log, folder, _feed: feed }
    }

    /// The address that a line of the log names after `told`.
    fn address(&mut self, told: &str) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "the log ended: {all}");
            assert!(!line.contains(SECRET) && !line.contains(FEED_SECRET), "a token in the log");
            if let Some((_, rest)) = line.split_once(told) {
                return rest.split([';', '\n', ' ']).next().unwrap().to_owned();
            }
            all += &line;
        }
    }

    /// Reads the log on to its end, so that nobody waits for its reader.
    fn listen_on(&mut self) -> std::thread::JoinHandle<String> {
        let mut child_log = std::mem::replace(&mut self.log, BufReader::new(no_log()));
        std::thread::spawn(move || {
            let mut all = String::new();
            child_log.read_to_string(&mut all).unwrap();
            all
        })
    }
}

/// A log that says nothing.
fn no_log() -> ChildStderr {
    let mut child = Command::new("true").stderr(Stdio::piped()).spawn().unwrap();
    child.wait().unwrap();
    child.stderr.take().unwrap()
}

impl Drop for Desk {
    fn drop(&mut self) {
        if self.child.try_wait().unwrap().is_none() {
            self.child.kill().unwrap();
            self.child.wait().unwrap();
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn a_stranger_with_the_token_runs_the_desk_and_without_it_nothing() {
    let mut desk = Desk::open(&["--control", "127.0.0.1:0"]);
    let addr = desk.address("Remote control: ");
    let log = desk.listen_on();
    let mut python = peers::python_of("remote_desk.py");
    let said = python.args([addr.as_str(), SECRET]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    println!("{}", String::from_utf8_lossy(&said.stdout));
    assert!(desk.child.wait().unwrap().success(), "asked to end, it ended well");
    let log = log.join().unwrap();
    assert!(!log.contains(SECRET) && !log.contains(FEED_SECRET), "a token in the log");

    let bundles = files(&desk.folder.path().join("incidents"));
    assert_eq!(bundles.len(), 1, "{bundles:?}");
    assert!(log.contains(bundles[0].file_name().unwrap().to_str().unwrap()), "the operator is told where it is");
    let mut zip = zip::ZipArchive::new(File::open(&bundles[0]).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    for part in ["state.json", "problems.json", "settings.json", "versions.json", "log.txt", "tape.ndjson"] {
        assert!(names.iter().any(|name| name == part), "{part} in {names:?}");
    }
    for name in &names {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        assert!(!text.contains(SECRET) && !text.contains(FEED_SECRET), "a token in {name}");
        if name == "tape.ndjson" {
            let tape = Tape::parse(&text).unwrap();
            assert!(tape.step_count() > 20, "the tape so far, the desk's acts with it");
        }
        if name == "log.txt" {
            assert!(text.contains("evil.example"), "{text}");
        }
    }
}

/// Sends a button's message.
fn press(socket: &UdpSocket, to: &str, addr: &str, args: Vec<OscType>) {
    let bytes = encoder::encode(&OscPacket::Message(OscMessage { addr: addr.to_owned(), args })).unwrap();
    socket.send_to(&bytes, to).unwrap();
}

/// Listens until this is told.
fn heard(socket: &UdpSocket, wanted: impl Fn(&OscMessage) -> bool) -> OscMessage {
    let mut buffer = [0; 8192];
    loop {
        let (length, _) = socket.recv_from(&mut buffer).expect("told in time");
        if let (_, OscPacket::Message(message)) = decoder::decode_udp(&buffer[..length]).unwrap()
            && wanted(&message)
        {
            return message;
        }
    }
}

#[test]
fn osc_buttons_reach_the_desk_and_its_lamps_light() {
    let lamps = UdpSocket::bind("127.0.0.1:0").unwrap();
    let buttons = UdpSocket::bind("127.0.0.1:0").unwrap();
    lamps.set_read_timeout(Some(PATIENCE)).unwrap();
    buttons.set_read_timeout(Some(PATIENCE)).unwrap();
    let to = lamps.local_addr().unwrap().to_string();
    let mut desk = Desk::open(&["--osc", "0", "--osc-to", &to]);
    let addr = desk.address("OSC is heard at ");
    let _log = desk.listen_on();
    assert!(addr.parse::<SocketAddr>().unwrap().ip().is_loopback());
    let lamp = |name: &str, value: i32| {
        let addr = format!("/leitai/state/{name}");
        heard(&lamps, |message| message.addr == addr && message.args == [OscType::Int(value)]);
    };
    for (name, state) in [("black", "black"), ("hold", "hold"), ("freeze", "freeze"), ("logo", "logo")] {
        for on in [1, 0] {
            press(&buttons, &addr, &format!("/leitai/{name}"), vec![OscType::Int(on)]);
            lamp(state, on);
        }
    }
    heard(&lamps, |message| message.addr == "/leitai/state/remaining");
    press(&buttons, &addr, "/leitai/take", vec![]);
    let refused = heard(&buttons, |message| message.addr == "/leitai/refused");
    assert_eq!(refused.args[0], OscType::String("refused".to_owned()), "{refused:?}");
    buttons.send_to(b"/rubbish", &addr).unwrap();
    let refused = heard(&buttons, |message| message.addr == "/leitai/refused");
    assert!(matches!(&refused.args[0], OscType::String(code) if code == "osc" || code == "no_route"), "{refused:?}");
    press(&buttons, &addr, "/leitai/command", vec![r#"{"command":"quit"}"#.into()]);
    let refused = heard(&buttons, |message| message.addr == "/leitai/refused");
    assert_eq!(refused.args[0], OscType::String("osc".to_owned()), "who shows no token ends nothing: {refused:?}");
    assert!(Command::new("kill").args(["-TERM", &desk.child.id().to_string()]).status().unwrap().success());
    assert!(desk.child.wait().unwrap().success());
}

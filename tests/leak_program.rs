//! Promise: the program itself tells nobody a key before its time: no reply and no lamp of remote control, no line of the
//! log at any level, no trace, no bundle but for the tape in it, no window's title, no frame and no sample of an export.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::Read,
    net::{SocketAddr, TcpStream, UdpSocket},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use leitai::{show::protocol::Envelope, simulate};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{
    Message,
    client::IntoClientRequest,
    http::{HeaderValue, header::AUTHORIZATION},
};

use crate::support::{
    hall::Running,
    http::ask_as,
    screen::{Screen, until},
    steered::Steered,
};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
const OPERATE: &str = "the-operator's-own-token-4c1d";
const VIEW: &str = "a-token-to-look-with-88aa";
const START_US: i64 = 1_763_690_400_000_000;
/// The key and the explanation of the question, by the show; in nothing else.
const KEYS: [[&str; 2]; 2] = [["密钥甲", "机要乙其一"], ["藏锋丁", "机要乙其二"]];
/// The answer is told by this event, so many µs after the first.
const REVEALED_SEQ: usize = 5;
const REVEALED_US: i64 = 6_000_000;
const PATIENCE: Duration = Duration::from_secs(90);

/// One question, its answer, and what comes after it.
fn show(n: usize) -> Vec<Envelope> {
    let [key, explanation] = KEYS[n];
    let teams = json!([{"id": "t1", "name": "黄山", "number": 1}, {"id": "t2", "name": "泰山", "number": 2}]);
    let events = [
        (0, "show.configured", json!({"title": "练兵比武大赛", "teams": teams})),
        (100_000, "round.opened", json!({"id": "r", "name": "个人必答", "format": "solo"})),
        (1_000_000, "question.shown", json!({"id": "secret", "kind": "fill", "stem": "试用期最长几个月？"})),
        (3_000_000, "answer.given", json!({"team": "t1", "text": "六个月"})),
        (REVEALED_US, "answer.revealed", json!({"key": [key], "explanation": explanation})),
        (8_000_000, "turn.given", json!({"team": "t2"})),
        (9_000_000, "slate.shown", json!({"kind": "interlude", "title": "请稍候"})),
    ];
    let envelope = |(n, (at, name, data)): (usize, (i64, &str, Value))| {
        Envelope::from_value(json!({
            "v": 1, "epoch": "leak", "seq": n + 1, "at": START_US + at, "type": name, "data": data, "cause": null,
            "corrects": null
        }))
        .unwrap()
    };
    events.into_iter().enumerate().map(envelope).collect()
}

/// What must not be found, and where it was looked for.
fn is_silent(text: &str, of: &str) {
    for secret in KEYS.concat() {
        if let Some(at) = text.find(secret) {
            let from = (0..=at.saturating_sub(200)).rev().find(|from| text.is_char_boundary(*from)).unwrap_or(0);
            panic!("the key is told by {of}: …{}", &text[from..at + secret.len()]);
        }
    }
}

fn secret_file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// Waits for the line of a log that names an address after `told`.
fn address(log: &Path, told: &str) -> SocketAddr {
    let begun = Instant::now();
    loop {
        let text = fs::read_to_string(log).unwrap_or_default();
        if let Some((_, rest)) = text.split_once(told)
            && let Some((addr, _)) = rest.split_once([';', '\n', ' '])
        {
            return addr.parse().unwrap();
        }
        assert!(begun.elapsed() < PATIENCE, "{told} is not in the log: {text}");
        thread::park_timeout(Duration::from_millis(20));
    }
}

/// The first message of the WebSocket to who has this token.
fn greeted(addr: SocketAddr, token: &str) -> String {
    let mut request = format!("ws://{addr}/v1/ws").into_client_request().unwrap();
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}")).unwrap());
    let line = TcpStream::connect(addr).unwrap();
    line.set_read_timeout(Some(PATIENCE)).unwrap();
    let (mut socket, _) = tokio_tungstenite::tungstenite::client(request, line).unwrap();
    loop {
        if let Message::Text(text) = socket.read().unwrap() {
            return text.to_string();
        }
    }
}

/// The operator holds the program, and the scoring system tells the answer: it has come, is recorded, and is on no wire.
#[test]
fn a_held_answer_is_told_to_nobody() {
    let folder = tempfile::TempDir::new().unwrap();
    let home = folder.path();
    let (own, view) = (secret_file(home, "own", OPERATE), secret_file(home, "view", VIEW));
    let feed = Steered::open(show(0), REVEALED_SEQ - 1);
    let lamps = UdpSocket::bind("127.0.0.1:0").unwrap();
    lamps.set_read_timeout(Some(Duration::from_millis(50))).unwrap();
    let log = home.join("log");
    let mut session = Running(
        Command::new(LEITAI)
            .args(["--lang", "en", "--trace", "trace.json", "live", &format!("ws://{}", feed.addr), "--headless"])
            .args(["--for", "300s", "--tape", "show.tape.ndjson", "--control", "127.0.0.1:0", "--osc", "0", "--osc-to"])
            .arg(lamps.local_addr().unwrap().to_string())
            .args([
                "--control-token-file".as_ref(),
                own.as_os_str(),
                "--control-view-token-file".as_ref(),
                view.as_os_str(),
            ])
            .env("RUST_LOG", "trace,tungstenite::protocol=trace")
            .env("HOME", home)
            .current_dir(home)
            .stdout(fs::File::create(home.join("stdout")).unwrap())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap(),
    );
    let addr = address(&log, "Remote control: ");
    let state = |token: &str| ask_as(addr, token, "GET", "/v1/state", "").body;
    until("the question on air", || (state(VIEW)["on_air"]["question"] == "secret").then_some(()));
    assert_eq!(ask_as(addr, OPERATE, "POST", "/v1/hold", "").status, 200);
    feed.go_on();
    until("the whole feed", || (state(OPERATE)["feed"]["seq"] == 7).then_some(()));
    assert_eq!(state(OPERATE)["hold"]["queued"], 3);

    for token in [OPERATE, VIEW] {
        is_silent(&state(token).to_string(), "the state");
        is_silent(&ask_as(addr, token, "GET", "/v1/schema", "").body.to_string(), "the schema");
        is_silent(&greeted(addr, token), "the WebSocket");
        for (path, body) in [
            ("/v1/load", r#"{"event":"answer.revealed","data":{}}"#),
            ("/v1/update", r#"{"data":{"key":[]}}"#),
            ("/v1/command", r#"{"command":"undo"}"#),
            ("/v1/next", ""),
        ] {
            is_silent(&ask_as(addr, token, "POST", path, body).body.to_string(), path);
        }
    }
    let mut datagram = [0; 8192];
    let mut heard = 0;
    until("the lamps", || {
        while let Ok(length) = lamps.recv(&mut datagram) {
            is_silent(&String::from_utf8_lossy(&datagram[..length]), "OSC");
            heard += 1;
        }
        (heard > 10).then_some(())
    });
    let bundled = ask_as(addr, OPERATE, "POST", "/v1/command", r#"{"command":"incident"}"#);
    assert_eq!(bundled.status, 200, "{}", bundled.body);
    for name in ["cmdline", "environ"] {
        let text = fs::read(format!("/proc/{}/{name}", session.0.id())).unwrap();
        is_silent(&String::from_utf8_lossy(&text), name);
    }
    assert_eq!(ask_as(addr, OPERATE, "POST", "/v1/command", r#"{"command":"quit"}"#).status, 200);
    assert!(session.0.wait().unwrap().success());

    // It had come, and it is where everything is that was received; nowhere else.
    let tape = fs::read_to_string(home.join("show.tape.ndjson")).unwrap();
    assert!(tape.contains(KEYS[0][0]) && tape.contains(KEYS[0][1]));
    let mut looked = 0;
    for entry in walk(home) {
        let name = entry.strip_prefix(home).unwrap().display().to_string();
        if name.ends_with(".zip") {
            let mut zip = zip::ZipArchive::new(fs::File::open(&entry).unwrap()).unwrap();
            for part in 0..zip.len() {
                let mut file = zip.by_index(part).unwrap();
                let name = file.name().unwrap().into_owned();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                if name != "tape.ndjson" {
                    is_silent(&String::from_utf8_lossy(&bytes), &format!("{name} of the bundle"));
                    looked += 1;
                }
            }
        } else if name != "show.tape.ndjson" {
            is_silent(&String::from_utf8_lossy(&fs::read(&entry).unwrap()), &name);
            looked += 1;
        }
    }
    assert!(looked > 8, "log, trace, standard output and the bundle's parts: {looked}");
}

/// All files below a folder.
fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}

fn tape(home: &Path, n: usize) -> PathBuf {
    let path = home.join(format!("{n}.tape.ndjson"));
    fs::write(&path, simulate::tape_text("leak", &show(n))).unwrap();
    path
}

/// A rehearsal knows its whole tape; what other programs of the machine can read of its windows does not.
#[test]
fn no_window_s_title_knows_the_key() {
    let folder = tempfile::TempDir::new().unwrap();
    let home = folder.path();
    let screen = Screen::open("1600x900");
    let (silence, log) = (home.join("alsa.conf"), home.join("log"));
    fs::write(&silence, "").unwrap();
    let own = secret_file(home, "own", OPERATE);
    let mut command = screen.command(LEITAI);
    command.args(["--lang", "en", "rehearse"]).arg(tape(home, 0));
    command.args(["--at", "4s", "--paused", "--size", "640x360", "--host", "--host-size", "320x180"]);
    command.args(["--control", "127.0.0.1:0", "--control-token-file"]).arg(&own);
    command.current_dir(home).env("HOME", home).env("XDG_RUNTIME_DIR", home).env("ALSA_CONFIG_PATH", silence);
    command.env("RUST_LOG", "warn,leitai=trace").env("NO_COLOR", "1").stdout(Stdio::null());
    let mut running = Running(command.stderr(fs::File::create(&log).unwrap()).spawn().unwrap());
    let ids = until("three windows", || {
        assert!(running.0.try_wait().unwrap().is_none(), "{}", fs::read_to_string(&log).unwrap());
        let windows = screen.windows();
        (windows.iter().filter(|window| window.title.contains("leitai")).count() >= 3).then_some(windows)
    });
    for window in &ids {
        let said = screen.command("xprop").args(["-id", &window.id]).output().unwrap();
        is_silent(&String::from_utf8_lossy(&said.stdout), "the properties of a window");
        is_silent(&window.title, "a title");
    }
    let addr = address(&log, "Remote control: ");
    until("the question", || {
        let state = ask_as(addr, OPERATE, "GET", "/v1/state", "").body;
        is_silent(&state.to_string(), "the state of a rehearsal");
        (state["on_air"]["question"] == "secret").then_some(())
    });
    ask_as(addr, OPERATE, "POST", "/v1/command", r#"{"command":"quit"}"#);
    running.0.wait().unwrap();
    is_silent(&fs::read_to_string(&log).unwrap(), "the log of a rehearsal");
}

/// A film is made ahead and in pieces; up to the answer two of them with two answers are the same to the byte.
#[test]
fn an_export_is_the_same_until_the_answer() {
    let folder = tempfile::TempDir::new().unwrap();
    const FPS: usize = 5;
    let [a, b] = [0, 1].map(|n| {
        let frames = folder.path().join(format!("frames{n}"));
        let done = Command::new(LEITAI)
            .args(["--lang", "en", "export"])
            .arg(tape(folder.path(), n))
            .args(["--size", "320x180", "--fps", &FPS.to_string(), "--to", "8500ms", "-o"])
            .arg(format!("{}/", frames.display()))
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        frames
    });
    let picture = |folder: &Path, n: usize| fs::read(folder.join(format!("{n:06}.png"))).unwrap();
    let revealed = REVEALED_US as usize * FPS / 1_000_000;
    for n in 0..revealed {
        assert!(picture(&a, n) == picture(&b, n), "frame {n} of {revealed} before the answer");
    }
    assert!((revealed..revealed + 2 * FPS).any(|n| picture(&a, n) != picture(&b, n)), "the answer is seen at last");
    let [a, b] = [a, b].map(|folder| fs::read(folder.join("sound.wav")).unwrap());
    // 24 bit, stereo, 48 kHz, behind a short header.
    let until = (REVEALED_US as usize / 1_000) * 48 * 6;
    assert!(a.len() > until && a[..until] == b[..until], "the sound before the answer");
}

//! Promise: a token comes out of a file that nobody else can read, and goes into the one header that carries it: it is in
//! no log at any level, no trace, no bundle, no tape, no list of processes and no refusal. And no code is unsafe.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use leitai::feed::{
    Token, may_be_logged,
    serve::{ServeHandle, ServeOptions, serve},
};
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::{
    accept, client,
    client::IntoClientRequest,
    http::{HeaderValue, header::AUTHORIZATION},
};
use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::support::{
    base64,
    hall::Running,
    http::{ask, ask_as},
    log::log,
    screen::until,
};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
const FEED: &str = "the-feed's-own-token-5e0f";
const OPERATE: &str = "the-operator's-own-token-4c1d";
const VIEW: &str = "a-token-to-look-with-88aa";
const GUESS: &str = "a-guess-that-is-nobody's-77";
const SECRETS: [&str; 3] = [FEED, OPERATE, VIEW];

fn file(folder: &Path, name: &str, text: &str, mode: u32) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

fn feed() -> ServeHandle {
    let mut options = ServeOptions::new(log("2025-11-21-secrets", 60), "127.0.0.1:0".parse().unwrap());
    options.token = Some(Token::new(FEED));
    serve(options).unwrap()
}

/// The secret that is in there as text, whatever it is, or as the base 64 that headers are at times printed in. Half of one
/// is as good as one.
fn told_in(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    SECRETS.into_iter().find(|secret| {
        let half = &secret[..secret.len() / 2 + 4];
        text.contains(half) || base64::anywhere(half).iter().any(|signs| text.contains(signs.as_str()))
    })
}

fn is_silent(bytes: &[u8], of: &str) {
    assert!(told_in(bytes).is_none(), "a token is told by {of}");
}

#[test]
fn a_token_that_is_told_would_be_seen() {
    for secret in SECRETS {
        for before in ["", "Bearer ", "anna:", "x"] {
            let said = format!("{before}{secret}");
            let printed = format!("Basic {}==", base64::encoded(said.as_bytes()));
            assert_eq!((told_in(said.as_bytes()), told_in(printed.as_bytes())), (Some(secret), Some(secret)), "{said}");
        }
    }
    assert_eq!(told_in(base64::encoded(GUESS.repeat(9).as_bytes()).as_bytes()), None);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn address(log: &Path) -> SocketAddr {
    let begun = Instant::now();
    loop {
        let text = fs::read_to_string(log).unwrap_or_default();
        let told = text.split_once("Remote control: ").and_then(|(_, rest)| rest.split_once(';'));
        if let Some((addr, _)) = told {
            return addr.parse().unwrap();
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "no address in the log: {text}");
        thread::park_timeout(Duration::from_millis(20));
    }
}

/// An evening with everything on that writes: nothing of it holds a token.
#[test]
fn nothing_that_is_written_holds_a_token() {
    let folder = TempDir::new().unwrap();
    let home = folder.path();
    let feed = feed();
    let keys = TempDir::new().unwrap();
    let secret = |name: &str, text: &str| file(keys.path(), name, &format!("{text}\n"), 0o600);
    let (feeds, own, view) = (secret("feeds", FEED), secret("own", OPERATE), secret("view", VIEW));
    let told = home.join("log");
    // Each wish for more is one that has shown a token somewhere: the handshake, the headers, the frames.
    let all =
        "trace,tungstenite::handshake::client=trace,tungstenite::protocol=trace,hyper::proto::h1=trace,axum=trace";
    let mut session = Running(
        Command::new(LEITAI)
            .args(["--lang", "en", "--trace", "trace.json", "live", &format!("ws://{}", feed.addr), "--headless"])
            .args(["--for", "300s", "--tape", "t.ndjson", "--state-out", "state.json", "--json"])
            .args(["--control", "127.0.0.1:0", "--token-file"])
            .arg(&feeds)
            .args([
                "--control-token-file".as_ref(),
                own.as_os_str(),
                "--control-view-token-file".as_ref(),
                view.as_os_str(),
            ])
            .env("RUST_LOG", all)
            .env("RUST_BACKTRACE", "full")
            .env("HOME", home)
            .current_dir(home)
            .stdout(fs::File::create(home.join("stdout")).unwrap())
            .stderr(fs::File::create(&told).unwrap())
            .spawn()
            .unwrap(),
    );
    let addr = address(&told);
    until("the feed", || {
        let state = ask_as(addr, VIEW, "GET", "/v1/state", "");
        is_silent(state.body.to_string().as_bytes(), "the state");
        (state.body["feed"]["seq"].as_u64() >= Some(10)).then_some(())
    });
    // Tokens where they must not be, wrong ones, and right ones in the wrong place.
    for (path, headers) in [
        (format!("/v1/state?token={OPERATE}"), vec![("Authorization", format!("Bearer {OPERATE}"))]),
        ("/v1/state".to_owned(), vec![("Authorization", format!("Basic {OPERATE}"))]),
        ("/v1/state".to_owned(), vec![("Authorization", format!("Bearer {GUESS}"))]),
        (
            "/v1/state".to_owned(),
            vec![("Authorization", format!("Bearer {OPERATE}")), ("Origin", "http://evil.example".to_owned())],
        ),
    ] {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = ask(addr, "GET", &path, &headers, "");
        assert!(refused.status >= 400, "{refused:?}");
        is_silent(format!("{refused:?}").as_bytes(), "a refusal");
        assert!(!format!("{refused:?}").contains(GUESS), "what was guessed is not repeated");
    }
    for part in ["cmdline", "environ"] {
        let of = format!("/proc/{}/{part}", session.0.id());
        is_silent(&fs::read(&of).unwrap(), &of);
    }
    let bundled = ask_as(addr, OPERATE, "POST", "/v1/command", r#"{"command":"incident"}"#);
    assert_eq!(bundled.status, 200, "{}", bundled.body);
    assert_eq!(ask_as(addr, OPERATE, "POST", "/v1/command", r#"{"command":"quit"}"#).status, 200);
    assert!(session.0.wait().unwrap().success());
    let (mut looked, mut parts) = (0, 0);
    for path in walk(home) {
        let bytes = fs::read(&path).unwrap();
        is_silent(&bytes, &path.display().to_string());
        looked += 1;
        if path.extension().is_some_and(|kind| kind == "zip") {
            let mut zip = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
            for part in 0..zip.len() {
                let mut file = zip.by_index(part).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                is_silent(&bytes, &file.name().unwrap());
                parts += 1;
            }
        }
    }
    assert!(looked >= 6 && parts >= 6, "log, trace, tape, state, standard output, bundle: {looked}, {parts}");
}

#[derive(Clone, Default)]
struct Page(Arc<Mutex<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a log that is asked for everything holds of a handshake with a token.
fn logged(filtered: bool) -> String {
    let page = Page::default();
    let writer = page.clone();
    let said = fmt::layer().with_writer(move || writer.clone()).with_ansi(false);
    let wire = filter_fn(move |told| !filtered || may_be_logged(told));
    let listening = tracing_subscriber::registry().with(EnvFilter::new("trace")).with(wire).with(said).set_default();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut request = format!("ws://{}/feed", listener.local_addr().unwrap()).into_client_request().unwrap();
    request.headers_mut().insert(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {FEED}")).unwrap());
    let line = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let server = thread::spawn(move || accept(listener.accept().unwrap().0).is_ok());
    assert!(client(request, line).is_ok() && server.join().unwrap());
    drop(listening);
    let bytes = page.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// The transport does print tokens; what the program lets it say has none.
#[test]
fn a_transport_that_would_print_the_token_is_not_let() {
    assert!(logged(false).contains(FEED), "this test would not see a token in a log");
    assert!(!logged(true).contains(FEED));
}

fn refused(args: &[&str]) -> (Output, String) {
    let output = Command::new(LEITAI).args(args).output().unwrap();
    let said = [&output.stdout[..], &output.stderr[..]].concat();
    is_silent(&said, "a refusal");
    let said = String::from_utf8(said).unwrap();
    (output, said)
}

#[test]
fn files_that_others_can_read_are_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let open = file(folder.path(), "open", OPERATE, 0o644);
    let open = open.to_str().unwrap();
    let live = ["live", "ws://127.0.0.1:9", "--headless", "--for", "1s"];
    let control = ["--control", "127.0.0.1:0"];
    for args in [
        [&live[..], &["--token-file", open]].concat(),
        [&live[..], &control[..], &["--control-token-file", open]].concat(),
        [&live[..], &control[..], &["--control-view-token-file", open]].concat(),
        vec!["serve", "demo", "--listen", "127.0.0.1:0", "--token-file", open],
    ] {
        for (lang, word) in [("en", "run: chmod 600"), ("zh", "请执行：chmod 600")] {
            let (output, said) = refused(&[&["--lang", lang][..], &args[..]].concat());
            assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
            assert!(said.contains(word) && said.contains(open), "{args:?}: {said}");
        }
    }
}

/// A command line is in the list of processes, and addresses are in logs.
#[test]
fn no_token_is_taken_from_a_command_line_or_an_address() {
    for args in [
        ["live", "ws://127.0.0.1:9", "--token", FEED],
        ["live", "ws://127.0.0.1:9", "--control-token", OPERATE],
        ["serve", "demo", "--token", FEED],
    ] {
        let output = Command::new(LEITAI).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
    for url in [format!("wss://anna:{FEED}@host/feed"), format!("wss://host/feed?token={FEED}")] {
        let (output, said) = refused(&["--lang", "en", "live", &url, "--headless", "--for", "1s"]);
        assert!(output.status.code() == Some(1) && said.contains("--token-file"), "{said}");
    }
}

/// The lint stands for all targets of the package; this says that nobody has taken it off, and names who may.
#[test]
fn no_code_is_unsafe_but_what_is_named_here() {
    const MAY: [(&str, &str); 1] = [("benches/engine/allocations.rs", "an allocator that counts is one")];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let lints = manifest.split_once("[lints.rust]").unwrap().1;
    assert!(lints.trim_start().starts_with("unsafe_code = \"deny\""), "the package denies it");
    // Spelled so that this file is none of them.
    let lint = ["unsafe", "_code"].concat();
    let word = ["un", "safe"].concat();
    let mut found = Vec::new();
    for path in ["src", "tests", "benches"].into_iter().flat_map(|folder| walk(&root.join(folder))) {
        if path.extension().is_none_or(|kind| kind != "rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let uses = |line: &str| {
            let excepts = line.contains("#") && line.contains(&lint);
            excepts
                || ["{", "fn ", "impl ", "extern ", "trait "]
                    .iter()
                    .any(|what| line.contains(&format!("{word} {what}")))
        };
        if text.lines().filter(is_code).any(uses) {
            found.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
        }
    }
    found.sort();
    assert_eq!(found, MAY.map(|(path, _)| path), "unsafe code has to be named here, with its reason");
}

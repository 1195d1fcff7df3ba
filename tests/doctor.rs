//! Promise: before the doors open one page says what is fit for the show, and what to do about the rest.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread::{self, JoinHandle},
};

use leitai::{
    feed::{
        Token,
        serve::{ServeHandle, ServeOptions, serve},
    },
    show::tape::Tape,
};
use serde_json::{Value, json};
use tempfile::TempDir;

const TOKEN: &str = "tonights-token-5a7e";
const OWN: &str = "this-machines-own-token-31b0";

struct Hall {
    folder: TempDir,
    feed: ServeHandle,
}

impl Hall {
    fn open() -> Self {
        let tape = Tape::parse(include_str!("../assets/shows/zhongwei-demo.tape.ndjson")).unwrap();
        let mut options = ServeOptions::tape(&tape, "127.0.0.1:0".parse().unwrap());
        options.token = Some(Token::new(TOKEN));
        options.from_us = 60_000_000;
        let hall = Self { folder: TempDir::new().unwrap(), feed: serve(options).unwrap() };
        hall.secret("token", TOKEN, 0o600);
        hall.secret("wrong", "nobody-knows-this-one", 0o644);
        hall.secret("view", "who-may-only-look-20f6", 0o600);
        fs::write(
            hall.folder.path().join("outputs.ron"),
            "(outputs: [(name: \"wall\", class: wall, raster: (320, 90), rate: \"50\", \
             place: display(connector: \"HDMI-9\"))])\n",
        )
        .unwrap();
        hall
    }

    fn secret(&self, name: &str, text: &str, mode: u32) {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Where this user's own token of remote control lies, once it is made.
    fn own_token(&self) -> PathBuf {
        self.folder.path().join("state/leitai/control.token")
    }

    fn doctor(&self, lang: &str, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_leitai"))
            .args(["--lang", lang, "--class", "tv", "doctor", "--show", "--feed"])
            .arg(format!("ws://{}", self.feed.addr))
            .args(["--tape", "show.tape.ndjson"])
            .args(args)
            .current_dir(self.folder.path())
            .env("XDG_STATE_HOME", self.folder.path().join("state"))
            .env_remove("DISPLAY")
            .output()
            .unwrap()
    }
}

/// Another machine's remote control, for one question: where it is, and how it was asked.
fn other(state: &Value) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (addr, body) = (listener.local_addr().unwrap(), state.to_string());
    let asked = thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        let lines = BufReader::new(line.try_clone().unwrap()).lines().map(Result::unwrap);
        let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        write!(line, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        head.join("\n")
    });
    (addr, asked)
}

/// The lines of one kind.
fn of<'a>(lines: &'a Value, what: &str) -> Vec<&'a Value> {
    lines.as_array().unwrap().iter().filter(|line| line["what"] == what).collect()
}

#[test]
fn a_page_names_what_is_fit_and_what_to_do_about_the_rest() {
    let hall = Hall::open();
    let output = hall.doctor("en", &["--token-file", "token", "--control-view-token-file", "view", "--json"]);
    let lines: Value = serde_json::from_slice(&output.stdout).unwrap();
    let [feed] = of(&lines, "doctor-feed").try_into().unwrap();
    assert_eq!(feed["verdict"], "ok", "{feed}");
    assert!(feed["found"].as_str().unwrap().contains("protocol 1"), "{feed}");
    let [clock] = of(&lines, "doctor-clock").try_into().unwrap();
    assert!(clock["found"].as_str().unwrap().contains(" ms"), "{clock}");
    for ok in ["doctor-token", "doctor-disk", "doctor-fonts"] {
        assert!(
            of(&lines, ok).iter().all(|line| line["verdict"] == "ok") && !of(&lines, ok).is_empty(),
            "{ok}: {lines:#}"
        );
    }
    assert_eq!(of(&lines, "doctor-rate").len(), 1);
    for line in lines.as_array().unwrap().iter().filter(|line| line["verdict"] != "ok") {
        assert!(line["todo"].as_str().is_some_and(|todo| todo.len() > 10), "{line}");
    }
    let faults = lines.as_array().unwrap().iter().filter(|line| line["verdict"] == "fault").count();
    assert_eq!(output.status.code(), Some(if faults == 0 { 0 } else { 3 }), "{lines:#}");
    assert!(!Path::new(&hall.folder.path().join("show.tape.ndjson")).exists(), "it only looks");
    assert!(!hall.own_token().exists(), "and makes no token");
}

/// Where no file is named, `live` opens its remote control and the other machine's with this user's own token.
#[test]
fn this_machines_own_token_is_looked_at_and_opens_the_spare() {
    let hall = Hall::open();
    hall.secret("state/leitai/control.token", OWN, 0o600);
    assert!(hall.own_token().is_file());
    let (addr, asked) = other(&json!({
        "mode": "live", "name": "", "theme": "qingkong", "feed": { "state": "connected", "seq": 90_210 },
    }));
    let addr = addr.to_string();
    let output = hall.doctor("en", &["--token-file", "token", "--control", "127.0.0.1:0", "--spare", &addr, "--json"]);
    let lines: Value = serde_json::from_slice(&output.stdout).unwrap();
    let own = hall.own_token().display().to_string();
    assert!(of(&lines, "doctor-token").iter().any(|line| line["found"] == own.as_str()), "{lines:#}");
    let [door] = of(&lines, "doctor-control").try_into().unwrap();
    assert_eq!(door["verdict"], "ok", "{door}");
    let [spare] = of(&lines, "doctor-spare").try_into().unwrap();
    assert!(spare["found"].as_str().unwrap().contains("event 90210"), "{spare}");
    let asked = asked.join().unwrap();
    assert!(asked.contains(&format!("Authorization: Bearer {OWN}")), "it was sent");
    assert!(!String::from_utf8_lossy(&output.stdout).contains(OWN));
}

#[test]
fn what_is_at_fault_is_told_in_the_operators_language_and_ends_with_three() {
    let hall = Hall::open();
    hall.secret("short", "too-short", 0o600);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let door = taken.local_addr().unwrap().to_string();
    let args =
        ["--token-file", "wrong", "--outputs", "outputs.ron", "--spare", "127.0.0.1:1", "--questions", "gone.xlsx"];
    let control = ["--control", &door, "--control-token-file", "token", "--control-view-token-file", "short"];
    let output = hall.doctor("zh", &[&args[..], &control[..]].concat());
    assert_eq!(output.status.code(), Some(3));
    let page = String::from_utf8(output.stdout).unwrap();
    // Wherever the line is broken.
    let unbroken: String = page.split_whitespace().collect();
    assert!(unbroken.contains(&door) && unbroken.contains("此端口已被别的程序占用"), "{page}");
    assert!(unbroken.contains("只有9个字符"), "the viewers' token could be guessed: {page}");
    for said in ["故障", "HDMI-9", "chmod 600", "--token-file", "备机", "gone.xlsx", "请在开场前处理故障"]
    {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("nobody-knows") && !page.contains(TOKEN), "{page}");
    // One column for all that was found, however wide its signs are.
    let wide = |text: &str| text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let begins: std::collections::BTreeSet<usize> = page
        .lines()
        .filter(|line| ["正常", "注意", "故障"].iter().any(|verdict| line.starts_with(verdict)))
        .filter_map(|line| {
            let (_, rest) = line.split_once("  ")?;
            let name = rest.split_once("  ")?.0;
            let found = rest.trim_start_matches(name).trim_start();
            Some(wide(line) - wide(found))
        })
        .collect();
    assert_eq!(begins.len(), 1, "{page}");
}

//! A desk with a person before it: the program on a screen of the test's own, its keys, its remote control and its log.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::hall::Running;
use super::screen::{Screen, Window, until, until_or};

/// The program in its windows, with its own home.
pub struct Desk {
    pub running: Running,
    addr: String,
    token: String,
}

impl Desk {
    /// Starts it with these words of the command line; `name` tells its log from others in the same home.
    pub fn open(screen: &Screen, home: &Path, name: &str, args: &[&str]) -> Self {
        let silence = home.join("alsa.conf");
        fs::write(&silence, "").expect("writable");
        let log = home.join(format!("{name}.log"));
        let mut command = screen.command(env!("CARGO_BIN_EXE_leitai"));
        command.args(["--lang", "en"]).args(args).args(["--control", "127.0.0.1:0"]).current_dir(home);
        command.env("RUST_LOG", "warn,leitai=debug").env("NO_COLOR", "1");
        command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("ALSA_CONFIG_PATH", silence);
        let to = fs::File::create(&log).expect("writable");
        let mut running = Running(command.stdout(Stdio::null()).stderr(to).spawn().expect("the program starts"));
        let said = || fs::read_to_string(&log).unwrap_or_default();
        let (addr, file) = until_or("the address of remote control", said, || {
            let ended = running.0.try_wait().expect("it is ours");
            assert!(ended.is_none(), "it ended, {ended:?}: {}", said());
            let log = said();
            let (_, rest) = log.split_once("Remote control: ")?;
            let (addr, rest) = rest.split_once("; its token lies in ")?;
            Some((addr.to_owned(), rest.lines().next()?.to_owned()))
        });
        let token = fs::read_to_string(file).expect("the token").trim().to_owned();
        Self { running, addr, token }
    }

    fn ask(&self, head: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.addr).expect("it listens");
        let (addr, token, length) = (&self.addr, &self.token, body.len());
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("sent");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("answered");
        let status = said.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0);
        let body = said.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let json = body.find('{').zip(body.rfind('}')).and_then(|(from, to)| body.get(from..=to));
        (status, json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or(Value::Null))
    }

    /// What the desk knows now.
    pub fn state(&self) -> Value {
        let (status, state) = self.ask("GET /v1/state", "");
        assert_eq!(status, 200, "{state}");
        state
    }

    /// Gives a command and waits until it is done.
    pub fn command(&self, command: &Value) {
        let (status, said) = self.ask("POST /v1/command", &command.to_string());
        assert_eq!(status, 200, "{command}: {said}");
    }

    /// Gives a command that is refused, and says how.
    pub fn refused(&self, command: &Value) -> Value {
        let (status, said) = self.ask("POST /v1/command", &command.to_string());
        assert_eq!(status, 409, "{command}: {said}");
        said
    }

    /// Waits until the state is as wanted, and gives it.
    pub fn until(&self, what: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let last = std::cell::RefCell::new(Value::Null);
        let why = || format!("{:#}", last.borrow());
        until_or(what, why, || {
            let state = self.state();
            let is = wanted(&state).then(|| state.clone());
            *last.borrow_mut() = state;
            is
        })
    }

    pub fn window(&self, screen: &Screen, title: &str) -> Window {
        until(&format!("the window \"{title}\""), || screen.window(title))
    }

    /// Ends it as a system does, and waits for the end.
    pub fn end(&mut self) {
        let asked = std::process::Command::new("kill").args(["-TERM", &self.running.0.id().to_string()]).status();
        assert!(asked.expect("kill is part of every system").success());
        let status = until("the end of the program", || self.running.0.try_wait().expect("it is ours"));
        assert!(status.success(), "{status:?}");
    }
}

//! Promise: a viewer's token shows the state and carries out nothing, whichever the door; who guesses tokens waits
//! longer and longer; and no page of a stranger's, however it names itself, comes in over HTTP or WebSocket.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, unbounded};
use leitai::{
    control::{Control, ControlOptions, OscOptions, Tokens},
    desk::{Command, ProblemState, State},
    director::Said,
    feed::Token,
    locale::{self, Lang},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{
    Error, Message, WebSocket, client,
    client::IntoClientRequest,
    http::{HeaderName, HeaderValue},
};

use crate::support::http::{Reply, ask, ask_as};

const OPERATE: &str = "the-operator's-own-token-4c1d";
const VIEW: &str = "a-token-to-look-with-88aa";
/// What a problem quotes, and what a viewer must not read.
const QUOTED: &str = "密钥甲乙丙";

/// A desk with two tokens, whose orders are done by a thread that notes them.
struct Desk {
    addr: SocketAddr,
    done: crossbeam_channel::Receiver<Command>,
    /// What the operator was told of clients that were turned away.
    told: Arc<Mutex<Vec<Said>>>,
    stop: Option<crossbeam_channel::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Desk {
    fn open() -> Self {
        let tokens = Tokens { operate: Token::new(OPERATE), view: Some(Token::new(VIEW)) };
        let http = Some(("127.0.0.1:0".parse().unwrap(), tokens));
        let control =
            Control::start(ControlOptions { http, osc: OscOptions::default(), wake: Box::new(|| {}) }).unwrap();
        let addr = control.addr.unwrap();
        let ((note, done), (stop, stopped)) = (unbounded(), unbounded::<()>());
        let told = Arc::<Mutex<Vec<Said>>>::default();
        let telling = Arc::clone(&told);
        let thread = std::thread::spawn(move || {
            let problem = ProblemState { sentence: QUOTED.to_owned(), advice: "look".to_owned(), ..Default::default() };
            let mut state = State { name: "show".to_owned(), problems: vec![problem], ..State::default() };
            state.tape = Some("/home/somebody/tapes/x".to_owned());
            control.publish(&state);
            while matches!(stopped.try_recv(), Err(crossbeam_channel::TryRecvError::Empty)) {
                telling.lock().unwrap().extend(control.reports().into_iter().map(|(said, _)| said));
                match control.orders.recv_timeout(Duration::from_millis(20)) {
                    Ok(order) => {
                        note.send(order.command.clone()).unwrap();
                        order.answer(Ok(()));
                        control.publish(&state);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        });
        Self { addr, done, told, stop: Some(stop), thread: Some(thread) }
    }

    /// Waits until the operator was told of such a refusal.
    fn until_told(&self, code: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.told.lock().unwrap().iter().any(|said| said.what.starts_with(code)) {
            assert!(Instant::now() < deadline, "not told of {code}: {:?}", self.told);
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    fn ask(&self, token: &str, method: &str, path: &str, body: &str) -> Reply {
        ask_as(self.addr, token, method, path, body)
    }

    /// A WebSocket with these headers, or the status that it was refused with.
    fn socket(&self, headers: &[(&str, &str)]) -> Result<WebSocket<TcpStream>, u16> {
        let mut request = format!("ws://{}/v1/ws", self.addr).into_client_request().unwrap();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
        }
        let line = TcpStream::connect(self.addr).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        match client(request, line) {
            Ok((socket, _)) => Ok(socket),
            Err(error) => match error {
                tokio_tungstenite::tungstenite::HandshakeError::Failure(Error::Http(refusal)) => {
                    Err(refusal.status().as_u16())
                }
                other => panic!("{other}"),
            },
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.stop = None;
        self.thread.take().map(std::thread::JoinHandle::join).unwrap().unwrap();
    }
}

/// The next message that is wanted.
fn until(socket: &mut WebSocket<TcpStream>, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        if let Message::Text(text) = socket.read().unwrap() {
            let said = serde_json::from_str(&text).unwrap();
            if wanted(&said) {
                return said;
            }
        }
    }
}

fn is_state(said: &Value) -> bool {
    said["type"] == "state"
}

#[test]
fn a_viewer_sees_the_state_and_moves_nothing() {
    let desk = Desk::open();
    for path in ["/v1/state", "/v1/schema"] {
        assert_eq!(desk.ask(VIEW, "GET", path, "").status, 200, "{path}");
    }
    let seen = desk.ask(VIEW, "GET", "/v1/state", "");
    assert_eq!((&seen.body["name"], &seen.body["problems"][0]["advice"]), (&json!("show"), &json!("look")));
    assert!(!seen.body.to_string().contains(QUOTED) && seen.body["tape"].is_null(), "{}", seen.body);
    assert!(desk.ask(OPERATE, "GET", "/v1/state", "").body.to_string().contains(QUOTED), "the operator reads it");
    for (path, body) in [
        ("/v1/command", r#"{"command":"black","on":true}"#),
        ("/v1/command", "{rubbish"),
        ("/v1/take", ""),
        ("/v1/hold", ""),
        ("/v1/play", r#"{"event":"answer.revealed","data":{"key":["A"]}}"#),
        ("/v1/tape/play", ""),
    ] {
        let refused = desk.ask(VIEW, "POST", path, body);
        assert_eq!((refused.status, refused.code()), (403, "view_only"), "{path} {body}");
        for said in [&refused.body["error"], &refused.body["error"]["zh"]] {
            assert!(said["message"].as_str().unwrap().len() > 10 && said["do"].as_str().unwrap().len() > 10, "{said}");
        }
    }
    let mut socket = desk.socket(&[("Authorization", &format!("Bearer {VIEW}"))]).unwrap();
    // The first one may be from before the show had begun.
    let said = until(&mut socket, |said| is_state(said) && said["state"]["name"] == "show");
    assert!(!said.to_string().contains(QUOTED), "{said}");
    for message in [r#"{"id":7,"command":"black","on":true}"#, r#"{"id":7,"verb":"take"}"#] {
        socket.send(Message::text(message)).unwrap();
        let answer = until(&mut socket, |said| said["id"] == 7);
        assert_eq!((&answer["ok"], &answer["error"]["code"]), (&json!(false), &json!("view_only")));
    }
    // The same where the token is the first message.
    let mut socket = desk.socket(&[]).unwrap();
    socket.send(Message::text(json!({"token": VIEW}).to_string())).unwrap();
    until(&mut socket, is_state);
    socket.send(Message::text(r#"{"id":8,"verb":"hold"}"#)).unwrap();
    assert_eq!(until(&mut socket, |said| said["id"] == 8)["error"]["code"], "view_only");
    assert!(desk.done.is_empty(), "{:?}", desk.done.try_iter().collect::<Vec<_>>());
    // And the operator's does act.
    assert_eq!(desk.ask(OPERATE, "POST", "/v1/hold", "").status, 200);
    assert_eq!(desk.done.try_iter().collect::<Vec<_>>(), [Command::Hold { on: Some(true) }]);
}

#[test]
fn who_guesses_waits_and_who_is_in_goes_on() {
    let desk = Desk::open();
    let mut inside = desk.socket(&[("Authorization", &format!("Bearer {OPERATE}"))]).unwrap();
    until(&mut inside, is_state);
    // Yesterday's token, again and again, is no guess.
    for _ in 0..40 {
        assert_eq!(desk.ask("yesterday's token", "GET", "/v1/state", "").code(), "wrong_token");
    }
    assert_eq!(desk.ask(OPERATE, "GET", "/v1/state", "").status, 200);
    let mut refused = desk.ask("geraten-0", "GET", "/v1/state", "");
    for n in 0..20 {
        refused = desk.ask(&format!("geraten-{n}"), "GET", "/v1/state", "");
        if refused.code() != "wrong_token" {
            break;
        }
    }
    assert_eq!((refused.status, refused.code()), (429, "guessing"), "{}", refused.head);
    assert!(refused.head.to_ascii_lowercase().contains("retry-after: "), "{}", refused.head);
    // Over WebSocket, too: whichever the door, a guess is a guess.
    assert_eq!(desk.socket(&[("Authorization", "Bearer geraten-0")]).unwrap_err(), 429);
    let mut stranger = desk.socket(&[]).unwrap();
    stranger.send(Message::text(r#"{"token":"geraten-0"}"#)).unwrap();
    assert_eq!(until(&mut stranger, |_| true)["error"]["code"], "guessing");
    inside.send(Message::text(r#"{"id":1,"verb":"hold"}"#)).unwrap();
    assert_eq!(until(&mut inside, |said| said["id"] == 1)["ok"], true, "who is in goes on");
    // And what was told of it names no token.
    let operator = locale::find(Lang::Zh, "control-guessing.do").unwrap();
    assert!(operator.contains("请稍候"), "{operator}");
    desk.until_told("guessing");
    desk.until_told("wrong_token");
    for said in desk.told.lock().unwrap().iter() {
        let spoken = [Lang::Zh, Lang::En].map(|lang| locale::say(lang, &said.words));
        let all = format!("{said:?} {spoken:?}");
        for secret in ["geraten-", "yesterday's token", OPERATE, VIEW] {
            assert!(!all.contains(secret), "{all}");
        }
    }
}

#[test]
fn no_page_of_a_stranger_s_comes_in_by_any_door() {
    let desk = Desk::open();
    let bearer = format!("Bearer {OPERATE}");
    let own = format!("http://{}", desk.addr);
    let rebound = format!("evil.example:{}", desk.addr.port());
    for (headers, code) in [
        (vec![("Origin", "https://evil.example")], "origin"),
        (vec![("Origin", "null")], "origin"),
        (vec![("Origin", "http://localhost:3000")], "origin"),
        // A name that a stranger had point here: the page's origin and the host agree, and are not ours.
        (vec![("Host", rebound.as_str()), ("Origin", "http://evil.example")], "host"),
        (vec![("Host", "")], "host"),
    ] {
        let headers: Vec<(&str, &str)> = headers.into_iter().chain([("Authorization", bearer.as_str())]).collect();
        let refused = ask(desk.addr, "POST", "/v1/black", &headers, "{}");
        assert_eq!((refused.status, refused.code()), (403, code), "{headers:?}");
        assert!(!refused.head.to_ascii_lowercase().contains("access-control"), "{}", refused.head);
        if headers.iter().all(|(name, value)| *name != "Host" || !value.is_empty()) {
            assert_eq!(desk.socket(&headers).unwrap_err(), 403, "{headers:?}");
        }
    }
    assert!(desk.socket(&[("Origin", &own), ("Authorization", &bearer)]).is_ok());
    assert!(desk.done.is_empty());
}

#[test]
fn who_leaves_the_network_is_no_problem_and_who_says_too_much_is() {
    let desk = Desk::open();
    let bearer = format!("Bearer {OPERATE}");
    let mut inside: Vec<_> = (0..16).map(|_| desk.socket(&[("Authorization", &bearer)]).unwrap()).collect();
    inside.iter_mut().for_each(|socket| drop(until(socket, is_state)));
    assert_eq!(desk.socket(&[("Authorization", &bearer)]).unwrap_err(), 429, "all places are taken");
    // No good-bye: the line is just gone. Their places are free again once that was seen.
    drop(inside);
    let deadline = Instant::now() + Duration::from_secs(60);
    let mut back = Vec::new();
    while back.len() < 16 {
        assert!(Instant::now() < deadline, "{} of 16 places are free", back.len());
        match desk.socket(&[("Authorization", &bearer)]) {
            Ok(socket) => back.push(socket),
            Err(_) => std::thread::park_timeout(Duration::from_millis(20)),
        }
    }
    // The head of a frame of 64 MiB.
    let socket = &mut back[0];
    until(socket, is_state);
    let mut head = vec![0x81, 0xff];
    head.extend((64_u64 << 20).to_be_bytes());
    head.extend([0; 4]);
    socket.get_mut().write_all(&head).unwrap();
    assert_eq!(until(socket, |said| said["type"] == "answer")["error"]["code"], "too_large");
    desk.until_told("too_large");
    let told = desk.told.lock().unwrap();
    let large = told.iter().filter(|said| said.what.starts_with("too_large")).count();
    assert_eq!(large, 1, "{told:?}");
    assert!(
        told.iter().all(|said| said.what.starts_with("too_large") || said.what.starts_with("too_many")),
        "{told:?}"
    );
}

/// Many requests on one connection, each of them of these first lines; how many were answered with which status.
fn hammer(addr: SocketAddr, token: &str, asked: &str, times: usize) -> Vec<u16> {
    let mut line = TcpStream::connect(addr).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let one = |more| {
        format!("{asked} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\n{more}Content-Length: 0\r\n\r\n")
    };
    let mut reader = line.try_clone().unwrap();
    let all = one("").repeat(times - 1) + &one("Connection: close\r\n");
    // What is answered is read meanwhile: neither end waits for the other.
    let reading = std::thread::spawn(move || {
        let mut said = Vec::new();
        reader.read_to_end(&mut said).unwrap();
        String::from_utf8(said).unwrap()
    });
    line.write_all(all.as_bytes()).unwrap();
    let said = reading.join().unwrap();
    said.split("HTTP/1.1 ").skip(1).map(|answer| answer[..3].parse().unwrap()).collect()
}

#[test]
fn who_asks_too_often_waits_and_keeps_no_button_waiting() {
    let desk = Desk::open();
    for (token, asked) in [(OPERATE, "GET /v1/state"), (VIEW, "GET /v1/schema"), (VIEW, "POST /v1/hold")] {
        let begun = Instant::now();
        let answers = hammer(desk.addr, token, asked, 2_000);
        let allowed = answers.iter().filter(|status| **status != 429).count();
        let most = 200.0 * (1.0 + begun.elapsed().as_secs_f64());
        assert_eq!(answers.len(), 2_000, "{asked}");
        assert!(allowed as f64 <= most, "{asked}: {allowed} of 2000 were answered, {most:.0} may be");
        let held = desk.ask(OPERATE, "POST", "/v1/hold", "");
        assert_eq!(held.status, 200, "{asked} keeps nobody from the buttons: {}", held.body);
    }
    desk.until_told("too_fast");
}

//! Promise: over `wss://` the feed speaks to nobody but the server that was meant. A certificate that is not in order is
//! told in a sentence, nothing is sent to who shows it, and no address ever becomes `ws://`.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use leitai::{
    feed::{FeedState, Token},
    locale::{self, Lang},
    show::protocol::{
        Envelope, SUBPROTOCOL,
        control::{ClientMessage, Control, parse_client_text},
    },
};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tempfile::TempDir;
use tokio_tungstenite::tungstenite::{
    Message, accept_hdr,
    handshake::server::{ErrorResponse, Request, Response},
    http::{HeaderValue, header::AUTHORIZATION, header::SEC_WEBSOCKET_PROTOCOL},
};

use crate::support::{
    chaos::{Act, tail},
    log::{fold, log},
    probe::{Probe, options},
};

const COUNT: u64 = 30;
const SECRET: &str = "hunter2-hunter2-hunter2";
/// From the days of the test's clocks, long past, to long after.
const EVER: (&str, &str) = ("20200101000000Z", "20990101000000Z");

/// A venue's authority, in a folder of its own.
struct Authority {
    folder: TempDir,
}

fn openssl(folder: &Path, args: &[&str]) {
    let made = Command::new("openssl").args(args).current_dir(folder).stderr(Stdio::piped()).output();
    let made = made.expect("openssl runs: install the package openssl");
    assert!(made.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&made.stderr));
}

const NEW_KEY: [&str; 5] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

impl Authority {
    fn new(name: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let subject = format!("/CN={name}");
        let mut args = vec!["req", "-x509", "-days", "3650", "-subj", &subject, "-out", "ca.pem", "-keyout", "ca.key"];
        args.extend(NEW_KEY);
        openssl(folder.path(), &args);
        fs::write(
            folder.path().join("ca.cnf"),
            "[ca]\ndefault_ca = venue\n[venue]\ndatabase = index\nnew_certs_dir = .\nserial = serial\n\
             default_md = sha256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n",
        )
        .unwrap();
        fs::write(folder.path().join("index"), "").unwrap();
        fs::write(folder.path().join("serial"), "01\n").unwrap();
        Self { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A server's certificate for these names, valid from and to.
    fn issue(&self, names: &str, (from, to): (&str, &str)) -> ServerConfig {
        let folder = self.folder.path();
        let mut request = vec!["req", "-subj", "/CN=scores", "-out", "request.pem", "-keyout", "server.key"];
        request.extend(NEW_KEY);
        openssl(folder, &request);
        fs::write(folder.join("names"), format!("basicConstraints=critical,CA:FALSE\nsubjectAltName={names}\n"))
            .unwrap();
        let sign = ["ca", "-config", "ca.cnf", "-batch", "-notext", "-cert", "ca.pem", "-keyfile", "ca.key"];
        let what =
            ["-in", "request.pem", "-out", "server.pem", "-startdate", from, "-enddate", to, "-extfile", "names"];
        openssl(folder, &[&sign[..], &what[..]].concat());
        server(&folder.join("server.pem"), &folder.join("server.key"))
    }
}

/// A certificate that nobody issued but itself.
fn self_signed() -> ServerConfig {
    let folder = TempDir::new().unwrap();
    let mut args =
        vec!["req", "-x509", "-days", "2", "-subj", "/CN=localhost", "-out", "own.pem", "-keyout", "own.key"];
    args.extend(NEW_KEY);
    args.extend(["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"]);
    openssl(folder.path(), &args);
    server(&folder.path().join("own.pem"), &folder.path().join("own.key"))
}

fn server(certificate: &Path, key: &Path) -> ServerConfig {
    let chain = CertificateDer::pem_file_iter(certificate).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap()
}

/// What a server behind TLS does with who comes in.
#[derive(Clone)]
enum Turn {
    /// An honest feed.
    Feed(Arc<Vec<Envelope>>),
    /// "Look there instead".
    Redirect(String),
}

/// What came to a door.
#[derive(Clone, Debug, Default, PartialEq)]
struct Seen {
    /// The first byte of the connection: 0x16 begins TLS, 'G' an HTTP request in clear.
    first: u8,
    /// What was said as authorization, once the secret line stood.
    said: Option<String>,
}

/// A door that keeps a list of who came.
struct Door {
    addr: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Door {
    /// None for a door that knows no TLS: it takes what comes, and answers nothing.
    fn open(tls: Option<ServerConfig>, turn: Turn) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (seen, stopped) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (list, stop, tls) = (Arc::clone(&seen), Arc::clone(&stopped), tls.map(Arc::new));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let (list, tls, turn) = (Arc::clone(&list), tls.clone(), turn.clone());
                thread::spawn(move || {
                    let _left = welcome(stream.unwrap(), tls, &turn, &list);
                });
            }
        });
        Self { addr, seen, stopped, thread: Some(thread) }
    }

    fn url(&self) -> String {
        format!("wss://{}/feed", self.addr)
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _woken = TcpStream::connect(self.addr);
        self.thread.take().map(JoinHandle::join).unwrap().unwrap();
    }
}

/// None when the client has gone.
fn welcome(stream: TcpStream, tls: Option<Arc<ServerConfig>>, turn: &Turn, list: &Mutex<Vec<Seen>>) -> Option<()> {
    let mut first = [0];
    stream.peek(&mut first).ok().filter(|length| *length == 1)?;
    let place = {
        let mut list = list.lock().unwrap();
        list.push(Seen { first: first[0], said: None });
        list.len() - 1
    };
    let Some(tls) = tls else {
        let mut all = Vec::new();
        (&stream).read_to_end(&mut all).ok()?;
        return None;
    };
    let mut line = StreamOwned::new(ServerConnection::new(tls).ok()?, stream);
    let events = match turn {
        Turn::Feed(events) => events,
        Turn::Redirect(to) => {
            let mut request = [0; 4096];
            let length = line.read(&mut request).ok()?;
            list.lock().unwrap()[place].said = Some(String::from_utf8_lossy(&request[..length]).into_owned());
            write!(line, "HTTP/1.1 301 Moved Permanently\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").ok()?;
            return line.flush().ok();
        }
    };
    let choose = |request: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        let said =
            request.headers().get(AUTHORIZATION).map(|said| String::from_utf8_lossy(said.as_bytes()).into_owned());
        list.lock().unwrap()[place].said = said;
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
        Ok(response)
    };
    let mut socket = accept_hdr(line, choose).ok()?;
    let ClientMessage::Hello(hello) = parse_client_text(socket.read().ok()?.to_text().ok()?).ok()? else { return None };
    for act in tail(events, &hello) {
        let Act::Text(text) = act else { continue };
        socket.send(Message::text(text)).ok()?;
    }
    socket.send(Message::text(serde_json::to_string(&Control::End).unwrap())).ok()?;
    while socket.read().is_ok() {}
    Some(())
}

fn feed() -> Turn {
    Turn::Feed(Arc::new(log("2025-11-21-tls", COUNT)))
}

/// A feed that brings a token, on its way to this door.
fn probe(door: &Door, root: &Path) -> Probe {
    let mut options = options(&door.url());
    options.ca = Some(root.to_owned());
    options.token = Some(Token::new(SECRET));
    Probe::start(options)
}

/// Turned down with these sentences, again and again, and told nothing.
fn is_told_nothing(door: &Door, root: &Path, english: &str, chinese: &str) {
    let mut probe = probe(door, root);
    probe.until_told(english);
    probe.until("three tries", |probe| {
        probe.states.iter().filter(|state| matches!(state, FeedState::Waiting { .. })).count() >= 3
    });
    let problem = probe.problems.iter().find(|problem| problem.to_string().contains(english)).unwrap();
    let zh = locale::tell(Lang::Zh, problem);
    assert!(zh.contains(chinese), "{zh}");
    assert_eq!(probe.problems.len(), 1, "one kind: {:?}", probe.problems);
    assert!(!format!("{:?} {zh}", probe.problems).contains("hunter2"));
    assert!(probe.seqs.is_empty(), "nothing of it is believed");
    probe.feed.stop();
    let seen = door.seen();
    assert!(seen.len() >= 3, "{seen:?}");
    assert!(seen.iter().all(|seen| *seen == Seen { first: 0x16, said: None }), "{seen:?}");
}

#[test]
fn a_private_authority_s_server_is_trusted_and_given_the_token() {
    let venue = Authority::new("venue");
    let door = Door::open(Some(venue.issue("IP:127.0.0.1", EVER)), feed());
    let mut probe = probe(&door, &venue.root());
    probe.until("the end", |probe| probe.states.last() == Some(&FeedState::Ended));
    assert_eq!(probe.show, fold(&log("2025-11-21-tls", COUNT)));
    assert!(probe.problems.is_empty(), "{:?}", probe.problems);
    assert_eq!(door.seen(), [Seen { first: 0x16, said: Some(format!("Bearer {SECRET}")) }]);
}

#[test]
fn certificates_that_are_not_in_order_are_told_and_told_nothing() {
    let (venue, stranger) = (Authority::new("venue"), Authority::new("stranger"));
    let here = "IP:127.0.0.1";
    for (certificate, english, chinese) in [
        (venue.issue(here, ("20200101000000Z", "20200201000000Z")), "has expired", "已过期"),
        (venue.issue(here, ("20980101000000Z", "20990101000000Z")), "is not valid yet", "尚未生效"),
        (venue.issue("DNS:scores.example,IP:10.0.0.7", EVER), "is another host's", "属于另一台主机"),
        (stranger.issue(here, EVER), "comes from nobody who is trusted here", "不是由本机信任的机构签发"),
        (self_signed(), "comes from nobody who is trusted here", "不是由本机信任的机构签发"),
    ] {
        let door = Door::open(Some(certificate), feed());
        is_told_nothing(&door, &venue.root(), english, chinese);
    }
}

#[test]
fn a_door_without_tls_is_never_spoken_to_in_clear() {
    let venue = Authority::new("venue");
    let door = Door::open(None, feed());
    let mut options = options(&door.url());
    options.ca = Some(venue.root());
    options.token = Some(Token::new(SECRET));
    options.timing.connect_within = std::time::Duration::from_millis(200);
    let mut probe = Probe::start(options);
    probe.until("three tries", |probe| {
        probe.states.iter().filter(|state| matches!(state, FeedState::Waiting { .. })).count() >= 3
    });
    assert!(probe.has_told("cannot be reached"));
    probe.feed.stop();
    assert!(door.seen().iter().all(|seen| seen.first == 0x16), "{:?}", door.seen());
}

#[test]
fn no_redirection_is_followed() {
    let venue = Authority::new("venue");
    let trap = Door::open(None, feed());
    let to = format!("ws://{}/feed", trap.addr);
    let door = Door::open(Some(venue.issue("IP:127.0.0.1", EVER)), Turn::Redirect(to));
    let mut probe = probe(&door, &venue.root());
    probe.until_told("answers HTTP 301");
    probe.until("another try", |_| door.seen().iter().filter(|seen| seen.said.is_some()).count() >= 2);
    probe.feed.stop();
    assert_eq!(trap.seen(), [], "nobody came");
}

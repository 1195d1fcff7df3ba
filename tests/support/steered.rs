//! A scoring system that is steered: it sends what it may, and the rest when a test says so.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use leitai::show::protocol::{
    Envelope, SUBPROTOCOL, VERSION,
    control::{ClientMessage, Control, Pong, Welcome, WelcomeMode, parse_client_text},
};
use tokio_tungstenite::tungstenite::{
    Error, Message, WebSocket, accept_hdr,
    handshake::server::{ErrorResponse, Request, Response},
    http::{HeaderValue, header::SEC_WEBSOCKET_PROTOCOL},
};

/// The running server.
pub struct Steered {
    pub addr: SocketAddr,
    on: Option<Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Steered {
    /// Sends the events before `first`, and the rest once it may.
    pub fn open(events: Vec<Envelope>, first: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (on, may) = bounded::<()>(1);
        let thread = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let _gone = serve(stream, &events, first, &may);
        });
        Self { addr, on: Some(on), thread: Some(thread) }
    }

    /// Sends the rest.
    pub fn go_on(&self) {
        self.on.as_ref().unwrap().send(()).unwrap();
    }
}

impl Drop for Steered {
    fn drop(&mut self) {
        self.on = None;
        let _woken = TcpStream::connect(self.addr);
        self.thread.take().map(thread::JoinHandle::join).unwrap().unwrap();
    }
}

/// None when the client has gone.
fn serve(stream: TcpStream, events: &[Envelope], first: usize, may: &Receiver<()>) -> Option<()> {
    let choose = |_: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
        Ok(response)
    };
    let mut socket = accept_hdr(stream, choose).ok()?;
    socket.read().ok()?;
    let (begun, start_us) = (Instant::now(), events[0].at);
    let now = || start_us + begun.elapsed().as_micros() as i64;
    let say = |socket: &mut WebSocket<TcpStream>, control: &Control| {
        socket.send(Message::text(serde_json::to_string(control).unwrap())).ok()
    };
    let (epoch, head) = (events[0].epoch.clone(), events.len() as u64);
    let mode = WelcomeMode::Resume;
    say(&mut socket, &Control::Welcome(Welcome { protocol: VERSION, epoch, head, mode, server_time: now() }))?;
    let tell = |socket: &mut WebSocket<TcpStream>, events: &[Envelope]| {
        events.iter().try_for_each(|env| socket.send(Message::text(serde_json::to_string(env).unwrap())).ok())
    };
    tell(&mut socket, &events[..first])?;
    socket.get_ref().set_read_timeout(Some(Duration::from_millis(20))).ok()?;
    let mut rest = Some(&events[first..]);
    loop {
        match socket.read() {
            Ok(message) => {
                if let Ok(ClientMessage::Ping(ping)) = parse_client_text(message.to_text().unwrap_or("")) {
                    let pong = Pong { id: ping.id, t0: ping.t0, t1: now(), t2: now() };
                    say(&mut socket, &Control::Pong(pong))?;
                }
            }
            Err(Error::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
        if may.try_recv().is_ok() {
            tell(&mut socket, rest.take().unwrap_or_default())?;
        }
    }
}

//! A server that does what no server should: it follows a script, connection by connection.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use leitai::show::protocol::{
    Envelope, SUBPROTOCOL, VERSION,
    control::{ClientMessage, Control, Hello, Pong, Welcome, WelcomeMode, parse_client_text},
};
use tokio_tungstenite::tungstenite::{
    Message, WebSocket, accept_hdr,
    handshake::server::{ErrorResponse, Request, Response},
    http::{HeaderValue, header::SEC_WEBSOCKET_PROTOCOL},
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::log::{START_US, line};

/// What the server does next.
pub enum Act {
    /// Sends a text message.
    Text(String),
    /// Sends a text frame of any bytes.
    Raw(Vec<u8>),
    /// Sends a binary message.
    Binary(Vec<u8>),
    /// Lets the connection fall without a word.
    Cut,
    /// Says and hears nothing more, with the connection open.
    Hush,
}

impl Act {
    pub fn event(env: &Envelope) -> Self {
        Self::Text(line(env))
    }

    pub fn control(control: &Control) -> Self {
        Self::Text(serde_json::to_string(control).expect("a control message is JSON"))
    }

    pub fn welcome(epoch: &str, head: u64, mode: WelcomeMode) -> Self {
        let welcome = Welcome { protocol: VERSION, epoch: epoch.to_owned(), head, mode, server_time: START_US };
        Self::control(&Control::Welcome(welcome))
    }
}

/// The tail that an honest server would send.
pub fn tail(events: &[Envelope], hello: &Hello) -> Vec<Act> {
    let seq = hello.resume.as_ref().map_or(0, |resume| resume.seq);
    let epoch = &events[0].epoch;
    let mut acts = vec![Act::welcome(epoch, events.len() as u64, WelcomeMode::Resume)];
    acts.extend(events.iter().filter(|env| env.seq > seq).map(Act::event));
    acts
}

/// The running server.
pub struct Chaos {
    pub addr: SocketAddr,
    /// Every greeting, in order.
    pub hellos: Receiver<Hello>,
    stopped: Arc<AtomicBool>,
    hush: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Chaos {
    /// `turn` is asked with the number of the connection, from 0, and its greeting. After its acts the server answers
    /// pings and is otherwise silent.
    pub fn start(turn: impl Fn(usize, &Hello) -> Vec<Act> + Send + Sync + 'static) -> Self {
        Self::start_as(SUBPROTOCOL, turn)
    }

    /// The same, answering with another subprotocol.
    pub fn start_as(
        subprotocol: &'static str,
        turn: impl Fn(usize, &Hello) -> Vec<Act> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("an address");
        let (greeted, hellos) = unbounded();
        let (hush, hushed) = bounded::<()>(0);
        let stopped = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopped);
        let turn = Arc::new(turn);
        let thread = thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if flag.load(Ordering::SeqCst) {
                    return;
                }
                let (turn, greeted, hushed) = (Arc::clone(&turn), greeted.clone(), hushed.clone());
                thread::spawn(move || {
                    let stream = stream.expect("a connection");
                    let _left = serve(stream, subprotocol, number, &*turn, &greeted, &hushed);
                });
            }
        });
        Self { addr, hellos, stopped, hush: Some(hush), thread: Some(thread) }
    }

    pub fn url(&self) -> String {
        format!("ws://{}", self.addr)
    }
}

impl Drop for Chaos {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        self.hush = None;
        let _woken = TcpStream::connect(self.addr);
        self.thread.take().map(JoinHandle::join).unwrap().expect("the server did not panic");
    }
}

/// None when the client has gone.
fn serve(
    stream: TcpStream,
    subprotocol: &'static str,
    number: usize,
    turn: &(impl Fn(usize, &Hello) -> Vec<Act> + ?Sized),
    greeted: &Sender<Hello>,
    hushed: &Receiver<()>,
) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let choose = |_: &Request, mut response: Response| -> Result<Response, ErrorResponse> {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(subprotocol));
        Ok(response)
    };
    let mut socket = accept_hdr(stream, choose).ok()?;
    let ClientMessage::Hello(hello) = parse_client_text(socket.read().ok()?.to_text().ok()?).ok()? else {
        return None;
    };
    let acts = turn(number, &hello);
    greeted.send(hello).ok()?;
    for act in acts {
        match act {
            Act::Text(text) => socket.send(Message::text(text)).ok()?,
            Act::Binary(bytes) => socket.send(Message::binary(bytes)).ok()?,
            Act::Raw(bytes) => {
                socket.send(Message::Frame(Frame::message(bytes, OpCode::Data(Data::Text), true))).ok()?;
            }
            Act::Cut => return Some(()),
            Act::Hush => return hushed.recv().ok(),
        }
    }
    answer(&mut socket)
}

/// Pings, until the client goes.
fn answer(socket: &mut WebSocket<TcpStream>) -> Option<()> {
    let since = Instant::now();
    loop {
        let message = socket.read().ok()?;
        if let Ok(ClientMessage::Ping(ping)) = parse_client_text(message.to_text().unwrap_or("")) {
            let now = START_US + since.elapsed().as_micros() as i64;
            let pong = Control::Pong(Pong { id: ping.id, t0: ping.t0, t1: now, t2: now });
            socket.send(Message::text(serde_json::to_string(&pong).ok()?)).ok()?;
        }
    }
}

//! One client of the reference server: handshake, hello, then its walk along the log.

use std::{sync::Arc, time::Duration};

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async_with_config,
    tungstenite::{
        Message, Utf8Bytes,
        handshake::server::{ErrorResponse, Request, Response},
        http::{
            HeaderValue, StatusCode,
            header::{AUTHORIZATION, SEC_WEBSOCKET_PROTOCOL},
        },
        protocol::{
            WebSocketConfig,
            frame::{
                Frame,
                coding::{Data, OpCode},
            },
        },
    },
};

use super::{
    super::token::Token,
    faults::{Junk, Mangler, Said},
    room::{Entry, Head, Room},
    told,
};
use crate::show::protocol::{
    ProtocolError, SUBPROTOCOL, VERSION,
    control::{ClientMessage, Control, ErrorCode, ErrorMessage, Hello, Pong, Welcome, WelcomeMode, parse_client_text},
    limits::{FRAME_BYTES, MESSAGE_BYTES},
};

/// Handshake, hello and every send have so long; so has a peer's silence.
const PATIENCE: Duration = Duration::from_secs(10);
const FAREWELL: Duration = Duration::from_secs(1);
const PING_EVERY: Duration = Duration::from_secs(5);
/// Lines that are sent before the peer is listened to again.
const BATCH: usize = 64;

/// Why a peer is gone; nobody needs to know more.
struct Gone;

/// Serves one connection to its end.
pub(super) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    room: Arc<Room>,
    token: Option<Token>,
    stop: watch::Receiver<bool>,
    mangler: Option<Mangler>,
) {
    let config =
        WebSocketConfig::default().max_message_size(Some(2 * MESSAGE_BYTES)).max_frame_size(Some(2 * MESSAGE_BYTES));
    let check = |request: &Request, response: Response| admit(request, response, token.as_ref());
    let Ok(Ok(socket)) = timeout(PATIENCE, accept_hdr_async_with_config(stream, check, Some(config))).await else {
        return;
    };
    let heard = Instant::now();
    let mut peer = Peer { socket, head: room.watch(), room, stop, turn: 0, seq: 0, heard, mangler };
    if peer.run().await.is_ok() {
        peer.farewell().await;
    }
}

/// Token and subprotocol, before the upgrade.
fn admit(request: &Request, mut response: Response, token: Option<&Token>) -> Result<Response, ErrorResponse> {
    let refuse = |status: StatusCode, text: &str| {
        let mut refusal = ErrorResponse::new(Some(text.to_owned()));
        *refusal.status_mut() = status;
        Err(refusal)
    };
    if let Some(token) = token {
        let said = request.headers().get(AUTHORIZATION).map_or(&b""[..], HeaderValue::as_bytes);
        if !said.strip_prefix(b"Bearer ").is_some_and(|said| token.is(said)) {
            return refuse(StatusCode::UNAUTHORIZED, "a bearer token is needed");
        }
    }
    let mut offered = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    if !offered.any(|list| list.split(',').any(|name| name.trim() == SUBPROTOCOL)) {
        return refuse(StatusCode::BAD_REQUEST, "subprotocol leitai.v1+json is needed");
    }
    response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(SUBPROTOCOL));
    Ok(response)
}

struct Peer<S> {
    socket: WebSocketStream<S>,
    room: Arc<Room>,
    head: watch::Receiver<Head>,
    stop: watch::Receiver<bool>,
    turn: u64,
    seq: u64,
    heard: Instant,
    /// Where it fails as planned.
    mangler: Option<Mangler>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Peer<S> {
    async fn run(&mut self) -> Result<(), Gone> {
        let hello = self.hello().await?;
        self.welcome(&hello).await?;
        let mut next_ping = Instant::now() + PING_EVERY;
        let mut stop = self.stop.clone();
        loop {
            let head = *self.head.borrow_and_update();
            let behind = head.turn != self.turn || head.seq > self.seq;
            if !behind && head.over {
                return self.say(&Control::End).await;
            }
            tokio::select! {
                biased;
                () = told(&mut stop) => return Ok(()),
                message = self.socket.next() => self.message(message).await?,
                () = sleep_until(next_ping) => {
                    if self.heard.elapsed() > PATIENCE {
                        return Err(Gone);
                    }
                    next_ping = Instant::now() + PING_EVERY;
                    self.send(Message::Ping(Default::default())).await?;
                }
                () = std::future::ready(()), if behind => self.advance().await?,
                (times, line) = flood(self.mangler.as_mut()), if !behind => self.repeat(times, line).await?,
                changed = self.head.changed(), if !behind => changed.map_err(|_closed| Gone)?,
            }
        }
    }

    async fn hello(&mut self) -> Result<Hello, Gone> {
        let hello = match timeout(PATIENCE, self.socket.next()).await {
            Ok(Some(Ok(Message::Text(text)))) => match parse_client_text(&text) {
                Ok(ClientMessage::Hello(hello)) => hello,
                Ok(ClientMessage::Ping(_)) => {
                    return self.refuse(ErrorCode::Malformed, "the first message must be `hello`").await;
                }
                Err(error) => return self.refuse(code(&error), &error.to_string()).await,
            },
            Ok(Some(Ok(_other))) => {
                return self.refuse(ErrorCode::Malformed, "the first message must be `hello`, as text").await;
            }
            _ => return Err(Gone),
        };
        if hello.protocol != VERSION {
            let text = format!("protocol {} is not spoken here, only {VERSION}", hello.protocol);
            return self.refuse(ErrorCode::BadVersion, &text).await;
        }
        Ok(hello)
    }

    async fn welcome(&mut self, hello: &Hello) -> Result<(), Gone> {
        let (epoch, head, entry) = self.room.enter(hello.resume.as_ref()).map_err(|_never| Gone)?;
        self.turn = head.turn;
        if let (Entry::Whole { expired: true, .. }, Some(resume)) = (&entry, &hello.resume) {
            let text = format!("events behind {} are not held; a snapshot follows", resume.seq);
            self.complain(ErrorCode::SeqExpired, &text, false, Some(resume.seq)).await?;
        }
        let mode = if matches!(entry, Entry::Log { .. }) { WelcomeMode::Resume } else { WelcomeMode::Snapshot };
        let server_time = self.room.now_us();
        self.say(&Control::Welcome(Welcome { protocol: VERSION, epoch, head: head.seq, mode, server_time })).await?;
        match entry {
            Entry::Log { seq } => self.seq = seq,
            Entry::Whole { whole, .. } => {
                self.seq = whole.at_seq;
                self.text(whole.text).await?;
            }
        }
        Ok(())
    }

    /// The next lines of the log; a snapshot where the log has gone on without this peer.
    async fn advance(&mut self) -> Result<(), Gone> {
        if let Some(lines) = self.room.lines(self.turn, self.seq, BATCH) {
            for line in lines {
                self.seq += 1;
                self.event(line).await?;
            }
        } else {
            let whole = self.room.whole().map_err(|_never| Gone)?;
            self.turn = whole.turn;
            self.seq = whole.at_seq;
            self.text(whole.text).await?;
        }
        Ok(())
    }

    /// An event, or what the faults make of it.
    async fn event(&mut self, line: Utf8Bytes) -> Result<(), Gone> {
        let Some(mangler) = &mut self.mangler else { return self.text(line).await };
        for said in mangler.event(line) {
            match said {
                Said::Line(line) => self.text(line).await?,
                Said::Junk(junk) => self.junk(junk).await?,
            }
        }
        Ok(())
    }

    async fn repeat(&mut self, times: u64, line: Option<Utf8Bytes>) -> Result<(), Gone> {
        let Some(line) = line else { return Ok(()) };
        for _ in 0..times {
            self.text(line.clone()).await?;
        }
        Ok(())
    }

    async fn junk(&mut self, junk: Junk) -> Result<(), Gone> {
        let frame = |bytes: &[u8], kind| Message::Frame(Frame::message(bytes.to_vec(), OpCode::Data(kind), true));
        let pong = Pong { id: u64::MAX, t0: 0, t1: 0, t2: 0 };
        match junk {
            Junk::Torn => self.text(r#"{"v":1,"epo"#.into()).await,
            Junk::Unknown => self.text(r#"{"type":"laser.fired"}"#.into()).await,
            Junk::Binary => self.send(Message::binary(vec![0; 10])).await,
            Junk::NotUtf8 => self.send(frame(b"{\"type\":\"\xff\"}", Data::Text)).await,
            Junk::Reserved => self.send(frame(b"?", Data::Reserved(3))).await,
            Junk::Large => self.text("x".repeat(MESSAGE_BYTES + 1).into()).await,
            Junk::Pong => self.say(&Control::Pong(pong)).await,
        }
    }

    async fn message(
        &mut self,
        message: Option<Result<Message, tokio_tungstenite::tungstenite::Error>>,
    ) -> Result<(), Gone> {
        let t1 = self.room.now_us();
        self.heard = Instant::now();
        match message {
            Some(Ok(Message::Text(text))) => match parse_client_text(&text) {
                Ok(ClientMessage::Ping(ping)) => {
                    let t2 = self.room.now_us();
                    self.say(&Control::Pong(Pong { id: ping.id, t0: ping.t0, t1, t2 })).await
                }
                Ok(ClientMessage::Hello(_)) => {
                    self.complain(ErrorCode::Malformed, "`hello` was said already", false, None).await
                }
                Err(error) => self.complain(code(&error), &error.to_string(), false, None).await,
            },
            Some(Ok(Message::Binary(_))) => self.complain(ErrorCode::Malformed, "messages are text", false, None).await,
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Gone),
        }
    }

    async fn refuse<T>(&mut self, code: ErrorCode, text: &str) -> Result<T, Gone> {
        self.complain(code, text, true, None).await?;
        self.farewell().await;
        Err(Gone)
    }

    /// Closes, and hears the peer out: closing on what is unread would take back what was said last.
    async fn farewell(&mut self) {
        let farewell = async {
            if self.socket.close(None).await.is_ok() {
                while let Some(Ok(_)) = self.socket.next().await {}
            }
        };
        let _gone = timeout(FAREWELL, farewell).await.is_err();
    }

    async fn complain(&mut self, code: ErrorCode, text: &str, fatal: bool, seq: Option<u64>) -> Result<(), Gone> {
        self.say(&Control::Error(ErrorMessage { code, message: text.to_owned(), fatal, seq })).await
    }

    async fn say(&mut self, control: &Control) -> Result<(), Gone> {
        let text = serde_json::to_string(control).map_err(|_never| Gone)?;
        self.text(text.into()).await
    }

    /// A message beyond the frame limit goes out in fragments.
    async fn text(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        if text.len() <= FRAME_BYTES {
            return self.send(Message::Text(text)).await;
        }
        let chunks = text.as_bytes().chunks(FRAME_BYTES);
        let last = chunks.len() - 1;
        for (n, chunk) in chunks.enumerate() {
            let kind = if n == 0 { Data::Text } else { Data::Continue };
            self.send(Message::Frame(Frame::message(chunk.to_vec(), OpCode::Data(kind), n == last))).await?;
        }
        Ok(())
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(PATIENCE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Gone),
        }
    }
}

/// Never where nothing fails.
async fn flood(mangler: Option<&mut Mangler>) -> (u64, Option<Utf8Bytes>) {
    match mangler {
        Some(mangler) => mangler.flood().await,
        None => std::future::pending().await,
    }
}

const fn code(error: &ProtocolError) -> ErrorCode {
    match error {
        ProtocolError::TooLarge { .. } => ErrorCode::TooLarge,
        _ => ErrorCode::Malformed,
    }
}

//! One connection from hello to its end: what comes in goes through the inbox to the app, pings go out.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::watch,
    time::{Instant, sleep_until, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message, Utf8Bytes,
        error::ProtocolError as Broken,
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::{
    health::FeedState,
    inbox::{Inbox, Need},
    options::Timing,
    outbox::Outbox,
    pings::Pings,
    problem::FeedProblem,
};
use crate::show::protocol::{
    Envelope, ProtocolError, VERSION,
    control::{
        ClientMessage, Control, ErrorMessage, Hello, Ping, Pong, Resume, ServerMessage, Welcome, parse_server_text,
    },
    peek,
};

/// Characters that are kept of the reason why an event was refused.
const REASON_CHARS: usize = 240;

/// How a connection ended.
#[derive(Debug)]
pub(super) enum Finish {
    /// Told to stop, or the app has gone.
    Stopped,
    /// The show is over.
    Ended,
    /// Connect again; `Need::Snapshot` asks for the whole.
    Again(Need),
    /// Trying again at once is of no use.
    Refused,
}

pub(super) struct Session<'a, S> {
    pub socket: WebSocketStream<S>,
    pub inbox: &'a mut Inbox,
    pub outbox: &'a mut Outbox,
    pub timing: Timing,
    welcomed: bool,
    resumed: bool,
    pings: Pings,
    heard: Instant,
    head: u64,
    /// Why the peer is left, where RFC 6455 has a code for it.
    fault: Option<CloseCode>,
}

impl<'a, S: AsyncRead + AsyncWrite + Unpin> Session<'a, S> {
    pub fn new(socket: WebSocketStream<S>, inbox: &'a mut Inbox, outbox: &'a mut Outbox, timing: Timing) -> Self {
        let now = Instant::now();
        Self {
            socket,
            inbox,
            outbox,
            timing,
            welcomed: false,
            resumed: false,
            pings: Pings::new(timing),
            heard: now,
            head: 0,
            fault: None,
        }
    }

    /// Runs until the connection ends, is to be ended, or `stop` says so.
    pub async fn run(mut self, resume: Option<Resume>, stop: &mut watch::Receiver<bool>) -> Finish {
        self.resumed = resume.is_some();
        let hello = Hello {
            protocol: VERSION,
            client: concat!("leitai/", env!("CARGO_PKG_VERSION")).to_owned(),
            role: "output".to_owned(),
            resume,
        };
        if let Err(finish) = self.say(&ClientMessage::Hello(hello)).await {
            return finish;
        }
        loop {
            let waiting = self.outbox.is_waiting();
            let (gap, silence) = (self.gap_at(), self.heard + self.patience());
            let step = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => Err(Finish::Stopped),
                () = sleep_until(self.pings.next()), if self.welcomed => self.ping().await,
                there = self.outbox.pass(), if waiting => {
                    // Silence is counted only while something could be heard.
                    self.heard = Instant::now();
                    if there { Ok(()) } else { Err(Finish::Stopped) }
                }
                () = sleep_until(gap.unwrap_or(silence)), if gap.is_some() && !waiting => self.gap(),
                message = self.socket.next(), if !waiting => {
                    self.heard = Instant::now();
                    self.message(message)
                }
                () = sleep_until(silence), if !waiting => Err(self.silent()),
            };
            // The pings see to it that this comes round.
            self.outbox.tell();
            if let Err(finish) = step {
                // A farewell, not a wait: the peer may be gone.
                let why = self.fault.map(|code| CloseFrame { code, reason: Utf8Bytes::default() });
                let farewell = async {
                    // A peer that closed first is answered: the answer lies ready.
                    if self.socket.close(why).await.is_err() && self.socket.flush().await.is_err() {
                        tracing::debug!("the server had gone before it could be told good-bye");
                    }
                };
                let _gone = timeout(Duration::from_millis(50), farewell).await.is_err();
                return finish;
            }
        }
    }

    fn patience(&self) -> Duration {
        if self.welcomed { self.timing.dead_after } else { self.timing.connect_within }
    }

    fn gap_at(&self) -> Option<Instant> {
        let left_us = self.inbox.deadline_us()?.saturating_sub(self.outbox.clock.monotonic_us());
        Some(Instant::now() + Duration::from_micros(u64::try_from(left_us).unwrap_or(0)))
    }

    async fn say(&mut self, message: &ClientMessage) -> Result<(), Finish> {
        let text = serde_json::to_string(message).map_err(|error| self.lost(error.to_string()))?;
        self.send(Message::text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Finish> {
        match timeout(self.timing.dead_after, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.lost(error.to_string())),
            Err(_late) => Err(self.silent()),
        }
    }

    async fn ping(&mut self) -> Result<(), Finish> {
        let id = self.pings.ping(self.outbox.clock.is_jittery());
        let ping = Ping { id, t0: self.outbox.clock.monotonic_us() };
        self.say(&ClientMessage::Ping(ping)).await?;
        if !self.pings.is_burst() {
            // A peer that knows no `ping` message still answers the transport's own.
            self.send(Message::Ping(Default::default())).await?;
        }
        Ok(())
    }

    fn message(&mut self, message: Option<Result<Message, Error>>) -> Result<(), Finish> {
        match message {
            Some(Ok(Message::Text(text))) => self.text(&text),
            Some(Ok(Message::Binary(bytes))) => {
                self.refuse(FeedProblem::Binary { bytes: bytes.len() });
                Ok(())
            }
            Some(Ok(Message::Close(Some(CloseFrame { code, reason })))) => {
                Err(self.gone(FeedProblem::ClosedWith { code: code.into(), said: reason.to_string() }))
            }
            Some(Ok(Message::Close(None))) | None => Err(self.gone(FeedProblem::Closed)),
            Some(Err(Error::Protocol(Broken::ResetWithoutClosingHandshake))) => Err(self.gone(FeedProblem::BrokenOff)),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(()),
            Some(Err(error @ (Error::Utf8(_) | Error::Capacity(_)))) => {
                let too_large = matches!(error, Error::Capacity(_));
                self.fault = Some(if too_large { CloseCode::Size } else { CloseCode::Invalid });
                self.refuse(FeedProblem::Unreadable { reason: error.to_string() });
                let need = self.inbox.broken(self.head, self.outbox.clock.monotonic_us());
                self.outbox.collect(self.inbox);
                Err(Finish::Again(need))
            }
            Some(Err(error)) => {
                self.fault = matches!(error, Error::Protocol(_)).then_some(CloseCode::Protocol);
                Err(self.lost(error.to_string()))
            }
        }
    }

    fn text(&mut self, text: &Utf8Bytes) -> Result<(), Finish> {
        let t3 = self.outbox.clock.monotonic_us();
        let rx_us = self.outbox.clock.now_us();
        self.outbox.ledger.with(|health| health.last_message_us = Some(rx_us));
        let need = match parse_server_text(text) {
            Ok(ServerMessage::Control(Control::Welcome(welcome))) => return self.welcome(&welcome, t3),
            Ok(ServerMessage::Control(Control::Error(error))) => return self.complaint(error),
            Ok(ServerMessage::Control(Control::Pong(pong))) => {
                self.pong(pong, t3);
                return Ok(());
            }
            Ok(ServerMessage::Control(Control::End)) => Err(Finish::Ended),
            _ if !self.welcomed => {
                self.outbox.problem(FeedProblem::NoWelcome { said: instead(text) });
                return Err(Finish::Refused);
            }
            Ok(ServerMessage::Control(Control::Snapshot(snapshot))) => {
                self.inbox.snapshot(snapshot, t3, rx_us);
                Ok(None)
            }
            Ok(ServerMessage::Event(env)) => Ok(self.event(env, t3, rx_us)),
            Err(error) => Ok(self.malformed(error, text, t3)),
        };
        self.collect();
        need?.map_or(Ok(()), |need| Err(Finish::Again(need)))
    }

    fn event(&mut self, env: Box<Envelope>, t3: i64, rx_us: i64) -> Option<Need> {
        // A late frame of a former epoch says nothing of how far this one is.
        if self.inbox.is_in(&env.epoch) {
            self.set_head(self.head.max(env.seq));
        }
        self.inbox.event(env, t3, rx_us)
    }

    /// Refused, named, counted; its place in the log is taken where it can be read.
    fn malformed(&mut self, error: ProtocolError, text: &str, t3: i64) -> Option<Need> {
        let place = peek(text);
        let seq = place.seq.or_else(|| error.seq());
        if matches!(error, ProtocolError::UnknownType { .. }) {
            self.outbox.ledger.with(|health| health.unknown += 1);
        }
        let reason = error.to_string().chars().take(REASON_CHARS).collect();
        self.refuse(FeedProblem::Message(error));
        let Some(seq) = seq else {
            self.inbox.unplaced(t3);
            return None;
        };
        self.inbox.refused(place.epoch.as_deref(), seq, reason, t3)
    }

    fn refuse(&mut self, problem: FeedProblem) {
        self.outbox.ledger.with(|health| health.refused += 1);
        self.outbox.problem(problem);
    }

    fn welcome(&mut self, welcome: &Welcome, t3: i64) -> Result<(), Finish> {
        if welcome.protocol != VERSION {
            self.outbox.problem(FeedProblem::Version { server: welcome.protocol });
            return Err(Finish::Refused);
        }
        let need = self.inbox.welcome(welcome, self.resumed, t3);
        self.collect();
        self.set_head(welcome.head);
        if let Some(need) = need {
            // Not connected: what is on air is not what this server goes on from.
            return Err(Finish::Again(need));
        }
        self.outbox.clock.provisional(welcome.server_time);
        self.welcomed = true;
        self.outbox.status(FeedState::Connected);
        Ok(())
    }

    fn complaint(&mut self, error: ErrorMessage) -> Result<(), Finish> {
        let ErrorMessage { code, message, fatal, .. } = error;
        self.outbox.problem(FeedProblem::Server { code, message, fatal });
        if fatal { Err(Finish::Refused) } else { Ok(()) }
    }

    fn pong(&mut self, pong: Pong, t3: i64) {
        // An answer to nothing that was asked on this connection would poison the clock.
        if self.pings.has_sent(pong.id) && pong.t0 <= t3 {
            if let Some(by_us) = self.outbox.clock.sample(pong.t0, pong.t1, pong.t2, t3) {
                self.outbox.problem(FeedProblem::ClockSet { by_ms: by_us / 1000 });
            }
            let clock = self.outbox.clock.status();
            self.outbox.ledger.with(|health| health.clock = clock);
        }
    }

    fn gap(&mut self) -> Result<(), Finish> {
        let need = self.inbox.expire(self.outbox.clock.monotonic_us());
        self.collect();
        need.map_or(Ok(()), |need| Err(Finish::Again(need)))
    }

    fn set_head(&mut self, head: u64) {
        self.head = head;
        self.outbox.ledger.with(|health| health.head = head);
    }

    /// A new epoch has a log of its own, and may run on a new clock: that is asked at once.
    fn collect(&mut self) {
        if self.outbox.collect(self.inbox) {
            self.set_head(self.inbox.seq());
            self.pings.again();
        }
    }

    fn lost(&mut self, reason: String) -> Finish {
        self.gone(FeedProblem::Lost { reason })
    }

    fn gone(&mut self, problem: FeedProblem) -> Finish {
        self.outbox.problem(problem);
        Finish::Again(Need::Resume)
    }

    fn silent(&mut self) -> Finish {
        let silent_ms = u64::try_from(self.patience().as_millis()).unwrap_or(u64::MAX);
        self.outbox.problem(FeedProblem::Silent { silent_ms });
        Finish::Again(Need::Resume)
    }
}

/// What was said in the place of a welcome: of an answer only that it is one, for it may not be on air yet.
fn instead(text: &str) -> String {
    let answer = "answer.revealed";
    if text.contains(answer) { answer.to_owned() } else { text.chars().take(80).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_the_place_of_a_welcome_is_not_quoted() {
        assert_eq!(instead(r#"{"type":"answer.revealed","data":{"key":["B"]}}"#), "answer.revealed");
        assert_eq!(instead("HTTP/1.1 404"), "HTTP/1.1 404");
    }
}

//! A WebSocket client: the state is pushed to it, its commands are answered one by one.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code},
    response::Response,
};
use futures_util::stream::{FuturesUnordered, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    sync::OwnedSemaphorePermit,
    time::{Instant, interval, timeout},
};

use super::{
    gate::Shown,
    pace::{COMMANDS, Pace},
    role::Role,
    strangers,
    switchboard::{CLIENTS, Switchboard, stopped},
    turned::Turned,
    verbs::{self, MESSAGE_BYTES},
};

/// A client without the header says its token within so long.
const TOKEN_WITHIN: Duration = Duration::from_secs(5);
const PING_EVERY: Duration = Duration::from_secs(10);
/// A client that does not take what is sent to it for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);
/// Commands of one client that wait for their answer.
const PENDING: usize = 64;
/// What is too large is still read, and told so; what is beyond this ends the connection.
const READ_BYTES: usize = 16 * MESSAGE_BYTES;

/// Why a client is gone; nobody needs to know more.
struct Gone;

#[derive(Deserialize)]
struct Greeting {
    token: String,
}

/// Takes a client in; who has shown no token yet must say it first thing.
pub(super) fn open(
    board: &Arc<Switchboard>,
    upgrade: WebSocketUpgrade,
    shown: Shown,
    who: IpAddr,
) -> Result<Response, Turned> {
    let upgrade = upgrade.max_message_size(READ_BYTES).max_frame_size(READ_BYTES);
    let place = match shown {
        Shown::Nothing => board.strangers.enter(who).map(Place::Stranger),
        Shown::Token(role) => {
            Arc::clone(&board.clients).try_acquire_owned().ok().map(|place| Place::Client(role, place))
        }
    };
    let place = place.ok_or(Turned::TooMany { most: CLIENTS })?;
    let board = Arc::clone(board);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let mut client = Client { socket, pace: Pace::new(COMMANDS, Instant::now()), board, who };
        let _gone = client.serve(place).await.is_err();
    }))
}

/// Whether a message was larger than is read at all. The type of that error belongs to the server's own WebSocket library,
/// which is not handed on: its first words are what there is.
fn is_too_large(error: &axum::Error) -> bool {
    error.to_string().starts_with("Space limit exceeded")
}

/// Where a client stands, as long as it is there.
enum Place {
    Stranger(strangers::Place),
    Client(Role, OwnedSemaphorePermit),
}

struct Client {
    socket: WebSocket,
    pace: Pace,
    board: Arc<Switchboard>,
    who: IpAddr,
}

impl Client {
    async fn serve(&mut self, place: Place) -> Result<(), Gone> {
        let (role, _place) = match place {
            Place::Client(role, place) => (role, place),
            Place::Stranger(_place) => {
                let role = match self.greeting().await? {
                    Ok(role) => role,
                    Err(turned) => return self.dismiss(turned).await,
                };
                match Arc::clone(&self.board.clients).try_acquire_owned() {
                    Ok(place) => (role, place),
                    Err(_) => return self.dismiss(Turned::TooMany { most: CLIENTS }).await,
                }
            }
        };
        self.attend(role).await
    }

    /// The token as the first message.
    async fn greeting(&mut self) -> Result<Result<Role, Turned>, Gone> {
        let said = timeout(TOKEN_WITHIN, async {
            loop {
                match self.socket.recv().await {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => return other,
                }
            }
        });
        let text = match said.await {
            Err(_) => return Ok(Err(Turned::Late { seconds: TOKEN_WITHIN.as_secs() })),
            Ok(Some(Ok(Message::Text(text)))) => text,
            Ok(Some(Ok(Message::Binary(_)))) => return Ok(Err(Turned::NotText)),
            Ok(_) => return Err(Gone),
        };
        if text.len() > MESSAGE_BYTES {
            return Ok(Err(Turned::TooLarge { most: MESSAGE_BYTES }));
        }
        Ok(match (serde_json::from_str::<Greeting>(&text), &self.board.gate) {
            (Ok(greeting), Some(gate)) => gate.admit(self.who, greeting.token.trim().as_bytes()),
            _ => Err(Turned::NoToken),
        })
    }

    /// State out, commands in, until one of both has gone.
    async fn attend(&mut self, role: Role) -> Result<(), Gone> {
        let mut told = if role == Role::View { self.board.told_viewers.clone() } else { self.board.told.clone() };
        told.mark_changed();
        let stop = stopped(self.board.stop.clone());
        tokio::pin!(stop);
        let mut pings = interval(PING_EVERY);
        let mut pending = FuturesUnordered::new();
        loop {
            tokio::select! {
                biased;
                () = &mut stop => {
                    let away = CloseFrame { code: close_code::AWAY, reason: Utf8Bytes::from_static("leitai ends") };
                    return self.send(Message::Close(Some(away))).await;
                }
                Some((id, outcome)) = pending.next() => self.answer(id, outcome).await?,
                heard = self.socket.recv() => {
                    let (id, command) = match heard {
                        None | Some(Ok(Message::Close(_))) => return Err(Gone),
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                        Some(Err(error)) if is_too_large(&error) => {
                            // Where the next message begins cannot be told any more.
                            return self.dismiss(Turned::TooLarge { most: MESSAGE_BYTES }).await;
                        }
                        // Whoever leaves the network says no good-bye: that is no fault, and nobody is there to be told.
                        Some(Err(_)) => return Err(Gone),
                        Some(Ok(Message::Binary(_))) => (Value::Null, Err(Turned::NotText)),
                        Some(Ok(Message::Text(text))) => verbs::message(text.as_bytes()),
                    };
                    let given = if !self.pace.allows(Instant::now()) {
                        Err(Turned::TooFast { most: COMMANDS })
                    } else if pending.len() >= PENDING {
                        Err(Turned::Busy)
                    } else if role == Role::View {
                        Err(Turned::ViewOnly)
                    } else {
                        command.and_then(|command| self.board.give(command))
                    };
                    match given {
                        Ok(answered) => pending.push(async move { (id, Switchboard::answer(answered).await) }),
                        Err(turned) => self.answer(id, Err(turned)).await?,
                    }
                }
                changed = told.changed() => {
                    if changed.is_err() {
                        return Err(Gone);
                    }
                    let push = told.borrow_and_update().clone();
                    if !push.is_empty() {
                        self.send(Message::Text(push)).await?;
                    }
                }
                _ = pings.tick() => self.send(Message::Ping(Vec::new().into())).await?,
            }
        }
    }

    async fn answer(&mut self, id: Value, outcome: Result<(), Turned>) -> Result<(), Gone> {
        let said = match outcome {
            Ok(()) => json!({"type": "answer", "id": id, "ok": true}),
            Err(turned) => {
                let turned = self.board.turned(turned, self.who);
                json!({"type": "answer", "id": id, "ok": false, "error": turned.body()})
            }
        };
        self.send(Message::Text(said.to_string().into())).await
    }

    /// Says why, and ends the connection.
    async fn dismiss(&mut self, turned: Turned) -> Result<(), Gone> {
        let code = 4000 + turned.status();
        let reason = Utf8Bytes::from_static(turned.code());
        self.answer(Value::Null, Err(turned)).await?;
        self.send(Message::Close(Some(CloseFrame { code, reason }))).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(PATIENCE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Gone),
        }
    }
}

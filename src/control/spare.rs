//! The spare's door: a second machine that follows this one's desk comes in by remote control, with its token.

use std::{net::IpAddr, sync::Arc, time::Duration};

use axum::{
    extract::ws::{Message, WebSocket, WebSocketUpgrade},
    response::Response,
};
use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::time::timeout;

use super::{
    gate::Shown,
    role::Role,
    switchboard::{CLIENTS, Switchboard, stopped},
    turned::Turned,
};
use crate::spare::{Ends, LINE_BYTES, Line, line};

/// Where it is.
pub(super) const PATH: &str = "/v1/spare";
/// A machine that does not take what is sent to it for so long is gone.
const PATIENCE: Duration = Duration::from_secs(2);
/// Lines that wait for the program's next frame.
const CALLS: usize = 8;

/// The way from the door to the program.
pub(super) struct Calls {
    give: Sender<Line>,
    pub take: Receiver<Line>,
}

impl Default for Calls {
    fn default() -> Self {
        let (give, take) = bounded(CALLS);
        Self { give, take }
    }
}

/// Takes a machine in. It has shown its token as a header: it is a program, it can.
pub(super) fn open(
    board: &Arc<Switchboard>,
    upgrade: WebSocketUpgrade,
    shown: Shown,
    who: IpAddr,
) -> Result<Response, Turned> {
    match shown {
        Shown::Token(Role::Operate) => {}
        Shown::Token(Role::View) => return Err(Turned::ViewOnly),
        Shown::Nothing => return Err(Turned::NoToken),
    }
    let place = Arc::clone(&board.clients).try_acquire_owned().map_err(|_| Turned::TooMany { most: CLIENTS })?;
    let (line, ends) = line(who.to_string(), false);
    board.calls.give.try_send(line).map_err(|_| Turned::Busy)?;
    let board = Arc::clone(board);
    let upgrade = upgrade.max_message_size(LINE_BYTES).max_frame_size(LINE_BYTES);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let _place = place;
        (board.wake)();
        carry(socket, ends, &board).await;
    }))
}

/// Texts in and out until either end has gone.
async fn carry(mut socket: WebSocket, ends: Ends, board: &Switchboard) {
    let Ends { inbox, mut outbox } = ends;
    let stop = stopped(board.stop.clone());
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(text))) => {
                    if inbox.send(text.as_str().to_owned()).await.is_err() {
                        break;
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            },
            said = outbox.recv() => {
                let Some(text) = said else { break };
                if !matches!(timeout(PATIENCE, socket.send(Message::Text(text.into()))).await, Ok(Ok(()))) {
                    break;
                }
            }
        }
    }
}

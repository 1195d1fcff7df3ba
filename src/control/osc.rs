//! OSC over UDP: addresses in as verbs, the state out as it changes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use indexmap::IndexMap;
use rosc::{OscMessage, OscPacket, OscType, encoder};
use serde_json::json;
use tokio::{
    net::UdpSocket,
    sync::watch,
    time::{Instant, interval},
};

use super::{
    datagram::{MESSAGE_BYTES, ROOT, commands},
    options::OscOptions,
    pace::COMMANDS,
    switchboard::Switchboard,
    turned::Turned,
};
use crate::{desk::State, show::desk::Curtain};

const STATE: &str = "/leitai/state/";
/// UDP may lose what was sent: all of it again, so often.
const REPEAT: Duration = Duration::from_secs(2);

/// The socket for both ways, on this machine alone unless others are named.
pub(super) fn bind(options: &OscOptions) -> std::io::Result<std::net::UdpSocket> {
    let here = options.from.is_empty() && options.to.is_none_or(|to| to.ip().is_loopback());
    let ip = if here { Ipv4Addr::LOCALHOST } else { Ipv4Addr::UNSPECIFIED };
    let socket = std::net::UdpSocket::bind((ip, options.port.unwrap_or(0)))?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

/// Listens and tells until the program ends.
pub(super) async fn run(
    socket: UdpSocket,
    options: OscOptions,
    board: Arc<Switchboard>,
    mut states: watch::Receiver<Arc<State>>,
) {
    let socket = Arc::new(socket);
    let mut buffer = vec![0; MESSAGE_BYTES + 1];
    let mut repeat = interval(REPEAT);
    let mut told: IndexMap<&'static str, OscType> = IndexMap::new();
    let mut heard = states.clone();
    heard.mark_changed();
    loop {
        tokio::select! {
            received = socket.recv_from(&mut buffer), if options.port.is_some() => {
                // An error here is the last datagram's of ours that nobody took.
                let Ok((length, from)) = received else { continue };
                hear(&socket, &options, &board, from, &buffer[..length]);
            }
            changed = heard.changed(), if options.to.is_some() => {
                if changed.is_err() {
                    return;
                }
                let facts = facts(&heard.borrow_and_update());
                let news: Vec<_> = facts.iter().filter(|(name, value)| told.get(*name) != Some(value)).map(|(name, value)| (*name, value.clone())).collect();
                tell(&socket, options.to, &news).await;
                told = facts;
            }
            _ = repeat.tick(), if options.to.is_some() => {
                told = facts(&states.borrow_and_update());
                let all: Vec<_> = told.iter().map(|(name, value)| (*name, value.clone())).collect();
                tell(&socket, options.to, &all).await;
            }
        }
    }
}

fn hear(socket: &Arc<UdpSocket>, options: &OscOptions, board: &Arc<Switchboard>, from: SocketAddr, bytes: &[u8]) {
    let who = from.ip();
    if !is_known(options, who) {
        // Nothing is answered: the address may be somebody else's.
        board.turned(Turned::Sender, who);
        return;
    }
    for command in commands(bytes).unwrap_or_else(|turned| vec![Err(turned)]) {
        let given = match command {
            _ if !board.paces.allow(who, Instant::now()) => Err(Turned::TooFast { most: COMMANDS }),
            Ok(None) => continue,
            Ok(Some(command)) => board.give(command),
            Err(turned) => Err(turned),
        };
        let (socket, board) = (Arc::clone(socket), Arc::clone(board));
        // The next message does not wait for this one's answer.
        tokio::spawn(async move {
            let outcome = match given {
                Ok(answered) => Switchboard::answer(answered).await,
                Err(turned) => Err(turned),
            };
            if let Err(turned) = outcome {
                let said = [turned.code().to_owned(), turned.to_string()].map(OscType::String).to_vec();
                board.turned(turned, who);
                send(&socket, from, OscMessage { addr: format!("{ROOT}refused"), args: said }).await;
            }
        });
    }
}

fn is_known(options: &OscOptions, who: IpAddr) -> bool {
    who.is_loopback() || options.from.contains(&who)
}

/// What is told of the state.
fn facts(state: &State) -> IndexMap<&'static str, OscType> {
    let int = |value: usize| OscType::Int(i32::try_from(value).unwrap_or(i32::MAX));
    let text = |text: &Option<String>| OscType::String(text.clone().unwrap_or_default());
    let open = state.problems.iter().filter(|problem| !problem.over && !problem.acknowledged).count();
    let scene = json!(state.on_air.scene).as_str().unwrap_or_default().to_owned();
    let remaining_us = state.countdown.as_ref().map_or(0, |clock| clock.remaining_us);
    IndexMap::from([
        ("scene", OscType::String(scene)),
        ("round", OscType::String(state.on_air.round.clone())),
        ("question", text(&state.on_air.question)),
        ("team", text(&state.on_air.team)),
        ("remaining", OscType::Float(remaining_us as f32 / 1e6)),
        ("running", OscType::Bool(state.countdown.as_ref().is_some_and(|clock| clock.phase == "running"))),
        ("hold", OscType::Bool(state.hold.is_some())),
        ("queued", int(state.hold.as_ref().map_or(0, |hold| hold.queued))),
        ("black", OscType::Bool(state.curtain == Some(Curtain::Black))),
        ("logo", OscType::Bool(state.curtain == Some(Curtain::Logo))),
        ("freeze", OscType::Bool(state.frozen)),
        ("mute", OscType::Bool(state.audio.muted)),
        ("loaded", text(&state.loaded)),
        ("problems", int(open)),
    ])
}

async fn tell(socket: &UdpSocket, to: Option<SocketAddr>, facts: &[(&'static str, OscType)]) {
    let Some(to) = to else { return };
    for (name, value) in facts {
        // A button lights by a number: 1 and 0 are understood where true and false are not.
        let value = match value {
            OscType::Bool(on) => OscType::Int(i32::from(*on)),
            other => other.clone(),
        };
        send(socket, to, OscMessage { addr: format!("{STATE}{name}"), args: vec![value] }).await;
    }
}

async fn send(socket: &UdpSocket, to: SocketAddr, message: OscMessage) {
    let sent = match encoder::encode(&OscPacket::Message(message)) {
        Ok(bytes) => socket.send_to(&bytes, to).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(reason) = sent {
        tracing::debug!("an OSC message could not be sent to {to}: {reason}");
    }
}

//! A renderer that comes late: a whole log from a server at line rate, until the last event's picture is read back. And
//! what the same messages cost a loop that only reads them.

use std::{
    collections::BTreeMap,
    fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args as Arguments;
use futures_util::{SinkExt, StreamExt};
use leitai::{
    app::LiveSession,
    director::Director,
    feed::{FeedItem, FeedOptions, FeedState},
    show::{
        frame::{Class, Output},
        protocol::{
            SUBPROTOCOL,
            control::{Control, ServerMessage, parse_server_text},
        },
    },
    stage::Headless,
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

use super::{Fault, cost::Meter};

/// A frame at 50 Hz.
const FRAME: Duration = Duration::from_millis(20);
/// Nothing takes longer.
const WITHIN: Duration = Duration::from_secs(300);

#[derive(Arguments)]
pub struct Args {
    /// The server.
    pub url: String,
    /// The last event.
    #[arg(long)]
    pub last: u64,
    /// Where the session is recorded; must not exist.
    #[arg(long)]
    pub record: PathBuf,
    #[arg(long, default_value_t = 1920)]
    pub width: u32,
    #[arg(long, default_value_t = 1080)]
    pub height: u32,
    /// Draws nothing before the last picture.
    #[arg(long)]
    pub blind: bool,
}

#[derive(Arguments)]
pub struct BareArgs {
    /// The server.
    pub url: String,
    /// The last event.
    #[arg(long)]
    pub last: u64,
    /// Parses each message as the feed does.
    #[arg(long)]
    pub json: bool,
}

/// What `leitai live` does, without its windows: the feed's threads, the recording, the director, the picture at 50 Hz.
pub fn run(args: &Args) -> Result<Value, Fault> {
    let theme = themes::load("qingkong")?.theme;
    let mut director = Director::live(theme, Arc::new(Typesetter::new()));
    let output = Output::of(Class::Tv, (args.width, args.height));
    let mut stage = Headless::new(output.raster)?;
    stage.draw(director.frame(&output))?;
    let begun = Instant::now();
    let mut session = LiveSession::start(FeedOptions::new(&args.url), Some(&args.record), &mut director)?;
    // Shaders, fonts and the connection belong to the start.
    loop {
        match session.feed.inbox.recv_timeout(WITHIN)? {
            FeedItem::Status(FeedState::Connected) => break,
            item => session.take(item, &mut director),
        }
    }
    let meter = Meter::start();
    let (mut frames, mut due, mut longest) = (0_u64, Instant::now(), Duration::ZERO);
    let mut shown = Instant::now();
    while director.air().feed().seq < args.last {
        if begun.elapsed() > WITHIN {
            return Err(format!("no more than event {} came", director.air().feed().seq).into());
        }
        if let Ok(item) = session.feed.inbox.recv_timeout(due.saturating_duration_since(Instant::now())) {
            session.take(item, &mut director);
        }
        session.receive(&mut director);
        if due <= Instant::now() && !args.blind {
            stage.draw(director.frame(&output))?;
            frames += 1;
            longest = longest.max(shown.elapsed());
            shown = Instant::now();
            due = shown + FRAME;
        }
    }
    let folded_s = meter.wall_s();
    let pixels = stage.draw(director.frame(&output))?;
    let (wall_s, cpu_s) = (meter.wall_s(), meter.cpu_s());
    let picture = hex(&Sha256::digest(pixels));
    let health = session.feed.health();
    let feed = director.air().feed();
    if health.order.lost > 0 || health.refused > 0 || feed.alarm_count > 0 {
        return Err(
            format!("lost {}, refused {}, alarms {}", health.order.lost, health.refused, feed.alarm_count).into()
        );
    }
    drop(session);
    let scores: BTreeMap<_, _> = feed.core.scores.iter().map(|(team, score)| (team, score.value())).collect();
    let recorded = fs::metadata(&args.record)?.len();
    Ok(json!({
        "events": args.last, "wall_s": wall_s, "folded_s": folded_s, "cpu_s": cpu_s, "frames": frames,
        "longest_frame_ms": longest.as_secs_f64() * 1e3, "recorded_bytes": recorded, "ledger": feed.ledger,
        "picture": picture, "scores": scores,
    }))
}

/// The floor: a socket, and nothing behind it.
pub fn bare(args: &BareArgs) -> Result<Value, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut request = args.url.as_str().into_client_request()?;
        request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(SUBPROTOCOL));
        let (mut socket, _) = connect_async(request).await?;
        let hello = json!({"type": "hello", "protocol": 1, "client": "bare", "role": "output", "resume": null});
        socket.send(Message::text(hello.to_string())).await?;
        let mut meter = Meter::start();
        let (mut messages, mut bytes, mut seq) = (0_u64, 0_u64, 0_u64);
        while let Some(message) = socket.next().await {
            let Message::Text(text) = message? else { continue };
            if messages == 0 {
                // The welcome.
                meter = Meter::start();
            }
            messages += 1;
            bytes += text.len() as u64;
            if args.json {
                match parse_server_text(&text)? {
                    ServerMessage::Event(envelope) => seq = envelope.seq,
                    ServerMessage::Control(Control::Welcome(_)) => {}
                    ServerMessage::Control(other) => return Err(format!("the server said {other:?}").into()),
                }
            } else {
                seq = messages - 1;
            }
            if seq == args.last {
                break;
            }
        }
        if seq != args.last {
            return Err(format!("no more than event {seq} came").into());
        }
        Ok(json!({"messages": messages, "bytes": bytes, "wall_s": meter.wall_s(), "cpu_s": meter.cpu_s()}))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Whatever a scoring system may send: parsed, put in order, folded, held and taken by the desk, and drawn as frames.

use std::sync::{Arc, OnceLock};

use leitai::{
    feed::{Delivery, Inbox},
    show::{
        clip::Clips,
        cues,
        desk::{Air, DeskAct, differences},
        frame::{Class, Output, Part, TextStyle, Typeset, compose, spaced},
        limits::MESSAGE_BYTES,
        protocol::{
            ProtocolError,
            control::{Control, ServerMessage, parse_client_text, parse_server_text},
            peek,
        },
        state::Show,
        tape::{Tape, entry_line, snapshot_line},
        theme::Theme,
        time::Instant,
    },
    themes,
};

/// Half a second between two messages.
const STEP_US: i64 = 500_000;
/// Frames are made after so many messages, and after the last.
const FRAMES_EVERY: usize = 6;

/// Type of fixed advances, many times as fast as a shaper.
pub struct Plain;

impl Typeset for Plain {
    fn width(&self, text: &str, style: &TextStyle) -> f32 {
        spaced(text).chars().map(|c| style.size * if c.is_ascii() { 0.55 } else { 1.0 }).sum()
    }

    fn lines(&self, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
        let (mut lines, mut line, mut used) = (vec![], String::new(), 0.0);
        for c in spaced(text).chars() {
            let by = style.size * if c.is_ascii() { 0.55 } else { 1.0 };
            if c == '\n' || (used + by > width && !line.is_empty()) {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if c != '\n' {
                line.push(c);
                used += by;
            }
        }
        lines.push(line);
        lines
    }
}

pub fn theme() -> &'static Theme {
    static THEME: OnceLock<Arc<Theme>> = OnceLock::new();
    THEME.get_or_init(|| themes::built_in().expect("the carried theme is good"))
}

/// Every class's picture of a show; nothing in it may be no number or without end.
pub fn pictures(show: &Show, now: Instant) {
    for class in Class::ALL {
        let (w, h) = class.canvas();
        let output = Output::of(class, (w as u32 / 2, h as u32 / 2));
        let frame = compose(show, theme(), &output, &Plain, Clips::none(), now);
        assert!(frame.layers.len() < 4_096, "{} layers", frame.layers.len());
        for layer in &frame.layers {
            let at = layer.placement;
            let numbers = [at.x, at.y, at.scale.0, at.scale.1, at.opacity, layer.content.size.0, layer.content.size.1];
            assert!(numbers.iter().all(|number| number.is_finite()), "{:?} {numbers:?}", layer.key);
            assert!(layer.content.parts.len() < 65_536, "{:?}", layer.key);
            for part in &layer.content.parts {
                if let Part::Text { at, line, text, style, .. } = part {
                    assert!(at.x.is_finite() && at.y.is_finite() && line.is_finite() && style.size.is_finite());
                    assert_eq!(spaced(text), text.as_str(), "drawn as it is set");
                }
            }
        }
    }
}

/// Each line is a message; one of an act is the operator's.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut inbox = Inbox::new(250_000, None);
    let mut air = Air::default();
    let mut now_us = 0;
    for (number, line) in text.lines().take(64).enumerate() {
        now_us += STEP_US;
        if let Ok(act) = serde_json::from_str::<DeskAct>(line)
            && act.at.unsigned_abs() < 1 << 53
            && act.n < 1 << 40
        {
            air.act(&act);
            continue;
        }
        let _greeting = parse_client_text(line).map_err(|error| error.to_string());
        match parse_server_text(line) {
            Ok(ServerMessage::Control(Control::Welcome(welcome))) => {
                inbox.welcome(&welcome, number.is_multiple_of(2), now_us);
            }
            Ok(ServerMessage::Control(Control::Snapshot(snapshot))) => {
                // What was taken once can be written down and taken again.
                let again = snapshot_line(0, snapshot.at_seq, &snapshot.state);
                assert!(Tape::parse(&again).is_ok(), "{again}");
                inbox.snapshot(snapshot, now_us, now_us);
            }
            Ok(ServerMessage::Control(_)) => {}
            Ok(ServerMessage::Event(env)) => {
                let again = entry_line(0, &env);
                assert!(Tape::parse(&again).is_ok(), "{again}");
                inbox.event(env, now_us, now_us);
            }
            Err(error) => refused(&mut inbox, &error, line, now_us),
        }
        inbox.expire(now_us);
        for delivery in inbox.deliveries() {
            match delivery {
                Delivery::Event { env, .. } => drop(air.event(&env)),
                Delivery::Snapshot { show, .. } => air.snapshot(&show),
                Delivery::Skipped { .. } => {}
            }
        }
        if number % FRAMES_EVERY == FRAMES_EVERY - 1 {
            seen(&air);
        }
    }
    seen(&air);
    // The whole state is taken by another renderer as it is.
    let show = air.feed();
    let message = serde_json::json!({"type": "snapshot", "at_seq": show.seq, "state": show}).to_string();
    if message.len() <= MESSAGE_BYTES {
        let taken = parse_server_text(&message);
        assert!(taken.is_ok(), "{taken:?} of {message}");
    }
}

fn refused(inbox: &mut Inbox, error: &ProtocolError, line: &str, now_us: i64) {
    let said = error.to_string();
    assert!(!said.is_empty() && said.len() < 4_096, "{} bytes of reason", said.len());
    let place = peek(line);
    match place.seq.or_else(|| error.seq()) {
        Some(seq) => {
            let _need = inbox.refused(place.epoch.as_deref(), seq, said, now_us);
        }
        None => inbox.unplaced(now_us),
    }
}

/// On every output, just now, a little later, and long after; and what is heard between.
fn seen(air: &Air) {
    let at = air.program().at;
    for now in [at, at + 333_333, at + 60_000_000] {
        let (show, now) = air.seen(now);
        pictures(show, now);
        let _cues = cues::between(show, &theme().cue_times(), now - 50_000, now);
    }
    let _off: Vec<_> = air.cleared().collect();
    let _apart = differences(air.program(), air.feed());
}

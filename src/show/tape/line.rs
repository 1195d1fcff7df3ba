//! One line of a tape, read and written.

use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::Value;

use super::{Acted, Entry, Header, Held, Item, Lane, Skipped, Snapshot, TapeError, VERSION};
use crate::show::{
    desk::{DeskAct, SAID_FROM},
    limits::{TAPE_LINE_BYTES, TEXT_BYTES},
    protocol::{
        Envelope, Plain,
        limits::{Misfit, check_instant, check_show},
        short,
    },
    state::Show,
};

/// The line as it is written: field order is the file's order.
#[derive(Serialize)]
struct Written<'a> {
    rx: i64,
    lane: Lane,
    env: &'a Envelope,
}

#[derive(Serialize)]
struct WrittenAct<'a> {
    rx: i64,
    lane: Lane,
    act: &'a DeskAct,
}

#[derive(Serialize)]
struct WrittenSnapshot<'a> {
    rx: i64,
    lane: Lane,
    snapshot: Whole<&'a Show>,
}

#[derive(Serialize)]
struct WrittenSkip<'a> {
    rx: i64,
    lane: Lane,
    skipped: Skip<&'a str>,
}

/// The place of events without their content; `to` is left out where it is `seq`.
#[derive(Serialize, Deserialize)]
struct Skip<S> {
    epoch: S,
    seq: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<u64>,
    #[serde(default)]
    reason: S,
}

/// A snapshot as the feed sends it: the state after event `at_seq`.
#[derive(Serialize, Deserialize)]
struct Whole<S> {
    at_seq: u64,
    state: S,
}

#[derive(Deserialize)]
struct Read {
    rx: i64,
    lane: Lane,
    env: Option<Value>,
    snapshot: Option<Whole<Box<Show>>>,
    skipped: Option<Skip<String>>,
    act: Option<DeskAct>,
}

/// An event's line as nearly all are; what else a line may hold must not be there.
#[derive(Deserialize)]
struct ReadEvent<'a> {
    rx: i64,
    lane: Lane,
    #[serde(borrow)]
    env: Plain<'a>,
    snapshot: Option<IgnoredAny>,
    skipped: Option<IgnoredAny>,
    act: Option<IgnoredAny>,
}

/// The event that a line holds; none where it holds anything else, or anything is wrong with it.
fn event(line: usize, text: &str) -> Option<Entry> {
    let ReadEvent { rx, lane: Lane::Feed, env, snapshot: None, skipped: None, act: None } =
        serde_json::from_str(text).ok()?
    else {
        return None;
    };
    check_instant("rx", rx).ok()?;
    Some(Entry { line, rx, env: env.envelope()? })
}

/// The header line, without its line end.
pub fn header_line(show: &str, made_by: &str) -> String {
    let header = Header { tape: VERSION, show: show.to_owned(), made_by: made_by.to_owned() };
    serde_json::to_string(&header).unwrap_or_default()
}

/// An event's line, without its line end. `rx`: arrival, µs since the Unix epoch.
pub fn entry_line(rx: i64, env: &Envelope) -> String {
    serde_json::to_string(&Written { rx, lane: Lane::Feed, env }).unwrap_or_default()
}

/// An act's line, without its line end. `rx`: when it is written, µs since the Unix epoch.
pub fn act_line(rx: i64, act: &DeskAct) -> String {
    serde_json::to_string(&WrittenAct { rx, lane: Lane::Desk, act }).unwrap_or_default()
}

/// A snapshot's line, without its line end. `rx`: arrival, µs since the Unix epoch.
pub fn snapshot_line(rx: i64, at_seq: u64, state: &Show) -> String {
    let written = WrittenSnapshot { rx, lane: Lane::Feed, snapshot: Whole { at_seq, state } };
    serde_json::to_string(&written).unwrap_or_default()
}

/// The line of events `from` to `to` that the show goes on without, without its line end. `rx`: when that was decided,
/// µs since the Unix epoch.
pub fn skipped_line(rx: i64, epoch: &str, from: u64, to: u64, reason: &str) -> String {
    let skipped = Skip { epoch, seq: from, to: Some(to).filter(|to| *to != from), reason };
    serde_json::to_string(&WrittenSkip { rx, lane: Lane::Feed, skipped }).unwrap_or_default()
}

/// The header, or why this line is none.
pub(super) fn header(raw: &[u8]) -> Result<Result<Header, String>, TapeError> {
    match serde_json::from_slice::<Header>(raw) {
        Ok(header) if header.tape == VERSION => Ok(Ok(header)),
        Ok(header) => Err(TapeError::Version { version: header.tape }),
        Err(error) => Ok(Err(told(&error))),
    }
}

/// What a line holds, or why it holds nothing.
pub(super) fn item(line: usize, raw: &[u8]) -> Result<Held, String> {
    if raw.len() > TAPE_LINE_BYTES {
        return Err(format!("it has {} bytes, at most {TAPE_LINE_BYTES} are read", raw.len()));
    }
    let text = std::str::from_utf8(raw).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    if let Some(entry) = event(line, text) {
        return Ok(Held::Item(Item::Event(Box::new(entry))));
    }
    let mut json = serde_json::Deserializer::from_str(text);
    let read: Read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| format!("field `{}`: {}", short(&error.path().to_string()), told(error.inner())))?;
    json.end().map_err(|error| told(&error))?;
    let Read { rx, lane, .. } = read;
    let refused = |misfit: Misfit| format!("field `{}`: {}", misfit.field, misfit.reason);
    check_instant("rx", rx).map_err(refused)?;
    match (lane, read.env, read.snapshot, read.skipped, read.act) {
        (Lane::Feed, Some(env), None, None, None) => {
            let env = Envelope::from_value(env).map_err(|error| error.to_string())?;
            Ok(Held::Item(Item::Event(Box::new(Entry { line, rx, env }))))
        }
        (Lane::Feed, None, Some(Whole { at_seq, state }), None, None) => {
            check_show(&state).map_err(refused)?;
            if at_seq >= SAID_FROM {
                return Err(format!("field `snapshot.at_seq`: events are numbered below {SAID_FROM}"));
            }
            Ok(Held::Item(Item::Snapshot(Snapshot { line, rx, at: state.at, at_seq, state })))
        }
        (Lane::Feed, None, None, Some(Skip { epoch, seq, to, reason }), None) => {
            let to = to.unwrap_or(seq);
            if seq == 0 || to < seq || to >= SAID_FROM {
                return Err(format!(
                    "field `skipped`: events {seq} to {to} are none; `seq` is from 1, `to` not before it and below 2^52"
                ));
            }
            Ok(Held::Skipped(Skipped { line, rx, epoch, from: seq, to, reason, run: 0 }))
        }
        (Lane::Desk, None, None, None, Some(act)) => {
            check_instant("act.at", act.at).map_err(refused)?;
            if act.n >= SAID_FROM || act.after >= SAID_FROM || act.epoch.len() > TEXT_BYTES {
                return Err("field `act`: acts and events are numbered below 2^52".to_owned());
            }
            Ok(Held::Item(Item::Act(Box::new(Acted { line, rx, act }))))
        }
        (_, None, None, None, None) => {
            Err("field `env`: missing; a line holds an event `env`, a `snapshot`, what was `skipped` or an `act`"
                .to_owned())
        }
        (Lane::Desk, ..) => Err("field `lane`: the desk's lane holds an `act`; events, snapshots and what was \
                                 skipped are the feed's"
            .to_owned()),
        (Lane::Feed, None, None, None, Some(_)) => {
            Err("field `lane`: an act is the operator's, so its lane is `desk`".to_owned())
        }
        _ => Err("holds more than one of `env`, `snapshot`, `skipped` and `act`; write each as a line".to_owned()),
    }
}

/// serde_json counts lines in what it is given, which is always one: only the column says something.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or_default();
    format!("{} (column {})", short(cause), error.column())
}

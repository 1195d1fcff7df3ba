//! One line of a tape, read and written.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Entry, Header, Item, Lane, Snapshot, TapeError, VERSION};
use crate::show::{protocol::Envelope, state::Show};

/// The line as it is written: field order is the file's order.
#[derive(Serialize)]
struct Written<'a> {
    rx: i64,
    lane: Lane,
    env: &'a Envelope,
}

#[derive(Serialize)]
struct WrittenSnapshot<'a> {
    rx: i64,
    lane: Lane,
    snapshot: Whole<&'a Show>,
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
}

/// The header line, without its line end.
pub fn header_line(show: &str, made_by: &str) -> String {
    let header = Header { tape: VERSION, show: show.to_owned(), made_by: made_by.to_owned() };
    serde_json::to_string(&header).unwrap_or_default()
}

/// An event's line, without its line end. `rx`: arrival, µs since the Unix epoch.
pub fn entry_line(rx: i64, lane: Lane, env: &Envelope) -> String {
    serde_json::to_string(&Written { rx, lane, env }).unwrap_or_default()
}

/// A snapshot's line, without its line end. `rx`: arrival, µs since the Unix epoch.
pub fn snapshot_line(rx: i64, at_seq: u64, state: &Show) -> String {
    let written = WrittenSnapshot { rx, lane: Lane::Feed, snapshot: Whole { at_seq, state } };
    serde_json::to_string(&written).unwrap_or_default()
}

/// The header, or why this line is none.
pub(super) fn header(raw: &[u8]) -> Result<Result<Header, String>, TapeError> {
    match serde_json::from_slice::<Header>(raw) {
        Ok(header) if header.tape == VERSION => Ok(Ok(header)),
        Ok(header) => Err(TapeError::Version { version: header.tape }),
        Err(error) => Ok(Err(told(&error))),
    }
}

/// The event or the snapshot of a line, or why there is neither.
pub(super) fn item(line: usize, raw: &[u8]) -> Result<Item, String> {
    let text = std::str::from_utf8(raw).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let read: Read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| format!("field `{}`: {}", error.path(), told(error.inner())))?;
    json.end().map_err(|error| told(&error))?;
    let Read { rx, lane, .. } = read;
    match (read.env, read.snapshot) {
        (Some(env), None) => {
            let env = Envelope::from_value(env).map_err(|error| error.to_string())?;
            Ok(Item::Event(Box::new(Entry { line, rx, lane, env })))
        }
        (None, Some(Whole { at_seq, state })) if lane == Lane::Feed => {
            Ok(Item::Snapshot(Snapshot { line, rx, at: state.at, at_seq, state, place: 0 }))
        }
        (None, Some(_)) => Err("field `lane`: a snapshot is the feed's, so its lane is `feed`".to_owned()),
        (None, None) => Err("field `env`: missing; a line holds an event `env` or a `snapshot`".to_owned()),
        (Some(_), Some(_)) => Err("holds an `env` and a `snapshot`; write them as two lines".to_owned()),
    }
}

/// serde_json counts lines in what it is given, which is always one: only the column says something.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or_default();
    format!("{cause} (column {})", error.column())
}

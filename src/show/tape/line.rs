//! One line of a tape, read and written.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Entry, Header, Lane, TapeError, VERSION};
use crate::show::protocol::Envelope;

/// The line as it is written: field order is the file's order.
#[derive(Serialize)]
struct Written<'a> {
    rx: i64,
    lane: Lane,
    env: &'a Envelope,
}

#[derive(Deserialize)]
struct Read {
    rx: i64,
    lane: Lane,
    env: Value,
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

/// The header, or why this line is none.
pub(super) fn header(raw: &[u8]) -> Result<Result<Header, String>, TapeError> {
    match serde_json::from_slice::<Header>(raw) {
        Ok(header) if header.tape == VERSION => Ok(Ok(header)),
        Ok(header) => Err(TapeError::Version { version: header.tape }),
        Err(error) => Ok(Err(told(&error))),
    }
}

/// The event of a line, or why there is none.
pub(super) fn entry(line: usize, raw: &[u8]) -> Result<Entry, String> {
    let text = std::str::from_utf8(raw).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    let mut json = serde_json::Deserializer::from_str(text);
    let read: Read = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| format!("field `{}`: {}", error.path(), told(error.inner())))?;
    json.end().map_err(|error| told(&error))?;
    let env = Envelope::from_value(read.env).map_err(|error| error.to_string())?;
    Ok(Entry { line, rx: read.rx, lane: read.lane, env })
}

/// serde_json counts lines in what it is given, which is always one: only the column says something.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let cause = text.split(" at line ").next().unwrap_or_default();
    format!("{cause} (column {})", error.column())
}

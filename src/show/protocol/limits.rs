//! The protocol's limits, in one place (protocol.md §2).

use serde_json::Value;

use super::{Event, ProtocolError};

/// A WebSocket frame, bytes.
pub const FRAME_BYTES: usize = 256 * 1024;
/// A whole message, bytes.
pub const MESSAGE_BYTES: usize = 1024 * 1024;
/// A text field, bytes of UTF-8: room for a case of 2 200 Han and more.
pub const TEXT_BYTES: usize = 8 * 1024;
/// Seats that are drawn one by one; more than that is a tally.
pub const SEATS: u32 = 200;
/// Pips of a speed round, slots of an advance: what a picture can number.
pub const SLOTS: u32 = 100;
/// Entries of any list (teams, players, award rows).
pub const LIST: usize = 10_000;
/// A countdown, µs: a day.
pub const DURATION_US: i64 = 24 * 3600 * 1_000_000;

/// Every string within [`TEXT_BYTES`], every list within [`LIST`].
pub(super) fn check(seq: u64, event: &str, data: &Value) -> Result<(), ProtocolError> {
    if within(data) {
        return Ok(());
    }
    let fault = |field: &str, reason: String| ProtocolError::Field {
        seq,
        event: event.to_owned(),
        field: field.to_owned(),
        reason,
    };
    walk(data, "", &mut |path, value| match value {
        Value::String(text) if text.len() > TEXT_BYTES => {
            Err(fault(path, format!("{} bytes of text, at most {TEXT_BYTES} are allowed", text.len())))
        }
        Value::Array(list) if list.len() > LIST => {
            Err(fault(path, format!("{} entries, at most {LIST} are allowed", list.len())))
        }
        _ => Ok(()),
    })
}

/// The same without the way to what is too large, which nearly nothing is.
fn within(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= TEXT_BYTES,
        Value::Array(list) => list.len() <= LIST && list.iter().all(within),
        Value::Object(map) => map.values().all(within),
        _ => true,
    }
}

fn walk(
    value: &Value,
    path: &str,
    visit: &mut impl FnMut(&str, &Value) -> Result<(), ProtocolError>,
) -> Result<(), ProtocolError> {
    visit(path, value)?;
    match value {
        Value::Array(list) => list.iter().enumerate().try_for_each(|(i, v)| walk(v, &format!("{path}[{i}]"), visit)),
        Value::Object(map) => map.iter().try_for_each(|(k, v)| {
            let deeper = if path.is_empty() { k.clone() } else { format!("{path}.{k}") };
            walk(v, &deeper, visit)
        }),
        _ => Ok(()),
    }
}

/// Figures that the types allow but no show can mean.
pub(super) fn check_values(seq: u64, event: &Event) -> Result<(), ProtocolError> {
    let fault = |field: &str, reason: String| {
        Err(ProtocolError::Field { seq, event: event.name().to_owned(), field: field.to_owned(), reason })
    };
    match event {
        Event::CountdownArmed(c) if !(1..=DURATION_US).contains(&c.duration_us) => {
            fault("duration", format!("{} µs, must lie within 1 and {DURATION_US}", c.duration_us))
        }
        Event::CountdownPaused(c) | Event::CountdownStopped(c) if !(0..=DURATION_US).contains(&c.remaining_us) => {
            fault("remaining", format!("{} µs, must lie within 0 and {DURATION_US}", c.remaining_us))
        }
        Event::CountdownChanged(c) if c.ends_at.is_none() && c.remaining_us.is_none() => {
            fault("ends_at", "one of `ends_at` and `remaining` must be given".to_owned())
        }
        Event::AudienceOpened(a) if a.seats.is_some_and(|seats| seats == 0 || seats > SEATS) => {
            fault("seats", format!("between 1 and {SEATS} seats are drawn one by one; send more voters as `size`"))
        }
        Event::AudienceOpened(a) if a.seats.is_none() && a.size.is_none() => {
            fault("seats", "one of `seats` and `size` must be given".to_owned())
        }
        Event::RushProgressed(r) if !(1..=SLOTS).contains(&r.index) => {
            fault("index", format!("question {}, must lie within 1 and {SLOTS}", r.index))
        }
        Event::RushFinished(r) if r.of == 0 || r.of > SLOTS => {
            fault("of", format!("{} questions, must lie within 1 and {SLOTS}", r.of))
        }
        Event::AdvanceSet(a) if a.slots > SLOTS => {
            fault("slots", format!("{} slots, at most {SLOTS} are allowed", a.slots))
        }
        Event::AdvanceRevealed(a) if !(1..=SLOTS).contains(&a.slot) => {
            fault("slot", format!("slot {}, must lie within 1 and {SLOTS}", a.slot))
        }
        Event::RoundOpened(r) if r.rules.questions.is_some_and(|questions| questions > SLOTS) => {
            fault("rules.questions", format!("at most {SLOTS} questions are allowed"))
        }
        _ => Ok(()),
    }
}

//! Instants and numbers within events and states: what moves with an event that is moved or numbered anew.

use serde_json::Value;

use crate::show::{
    protocol::Event,
    state::Show,
    time::{Instant, SpanUs},
};

/// Moves what the event itself says of an instant on the server's clock.
pub(super) fn shift_event(event: &mut Event, by_us: SpanUs) {
    match event {
        Event::CountdownStarted(it) | Event::CountdownResumed(it) => move_by(&mut it.ends_at, by_us),
        Event::CountdownChanged(it) => {
            if let Some(ends_at) = &mut it.ends_at {
                move_by(ends_at, by_us);
            }
        }
        Event::MediaStarted(it) => move_by(&mut it.at, by_us),
        _ => {}
    }
}

fn move_by(at: &mut Instant, by_us: SpanUs) {
    *at = at.saturating_add(by_us);
}

/// Fields of a state that hold an instant.
const INSTANTS: [&str; 9] = ["at", "since", "ends_at", "armed_at", "armed", "closed", "cleared", "left_at", "locked"];
/// Fields that name an event.
const NUMBERS: [&str; 3] = ["seq", "paid", "subject_seq"];
/// Before this an instant says "ever since": it moves with nothing.
const EVER: i64 = i64::MIN / 8;

/// The state as it would be had everything happened `by_us` later. A state that does not say when it became so says so
/// still.
pub(super) fn shift_state(state: &Show, by_us: SpanUs) -> Show {
    let silent = state.at == 0;
    let moved = |at: i64| if at > EVER { at.saturating_add(by_us) } else { at };
    let mut shifted = rewritten(state, &mut |path, value| {
        let Some(at) = value.as_i64() else { return };
        let parent = path.len().checked_sub(2).and_then(|last| path.get(last)).copied().unwrap_or_default();
        let own = path.last().copied().unwrap_or_default();
        // Pairs: [team, at] of who has locked, [at, value] of a trail, [question, since] of a speed round.
        let in_pair = match own {
            "1" => path.iter().rev().nth(2) == Some(&"locked") || (parent == "current" && at != 0),
            "0" => path.iter().rev().nth(2) == Some(&"steps"),
            _ => false,
        };
        if in_pair || INSTANTS.contains(&own) {
            *value = moved(at).into();
        }
    });
    if silent {
        shifted.at = 0;
    }
    shifted
}

/// The state with every event's number changed.
pub(super) fn renumber_state(state: &Show, new: &dyn Fn(u64) -> u64) -> Show {
    rewritten(state, &mut |path, value| {
        if let Some(seq) = value.as_u64().filter(|seq| *seq > 0)
            && path.last().is_some_and(|own| NUMBERS.contains(own))
        {
            *value = new(seq).into();
        }
    })
}

/// Every number of the state in the hands of `change`, with the names that lead to it.
fn rewritten(state: &Show, change: &mut dyn FnMut(&[&str], &mut Value)) -> Show {
    let Ok(mut value) = serde_json::to_value(state) else { return state.clone() };
    walk(&mut value, &mut Vec::new(), change);
    serde_json::from_value(value).unwrap_or_else(|_| state.clone())
}

fn walk<'a>(value: &'a mut Value, path: &mut Vec<&'a str>, change: &mut dyn FnMut(&[&str], &mut Value)) {
    match value {
        Value::Number(_) => change(path, value),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                // What an alarm said it said: its sentence names the event as it was then.
                if name != "words" {
                    path.push(name);
                    walk(value, path, change);
                    path.pop();
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                path.push(["0", "1"].get(index).copied().unwrap_or("_"));
                walk(value, path, change);
                path.pop();
            }
        }
        _ => {}
    }
}

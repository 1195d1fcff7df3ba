//! The protocol's limits, in one place (protocol.md §2).

use serde_json::Value;

use super::{
    Event, ProtocolError,
    error::{quiet, short},
};
pub use crate::show::limits::{DURATION_US, FRAME_BYTES, LIST, MESSAGE_BYTES, SEATS, SLOTS, TEXT_BYTES};
use crate::show::{
    desk::SAID_FROM,
    limits::WHOLE,
    state::{Core, Program, Show, Trail},
};

/// What does not fit, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::show) struct Misfit {
    pub field: String,
    pub reason: String,
}

impl Misfit {
    fn new(field: &str, reason: String) -> Self {
        Self { field: short(field), reason }
    }

    pub(super) fn of_event(self, seq: u64, event: &str) -> ProtocolError {
        ProtocolError::Field { seq, event: short(event), field: self.field, reason: quiet(event, self.reason) }
    }
}

/// Every string within [`TEXT_BYTES`], every list and object within [`LIST`], every whole number within [`WHOLE`].
pub(super) fn check(seq: u64, event: &str, data: &Value) -> Result<(), ProtocolError> {
    check_value(data).map_err(|misfit| misfit.of_event(seq, event))
}

/// The same of any value.
pub(super) fn check_value(value: &Value) -> Result<(), Misfit> {
    if within(value) { Ok(()) } else { walk(value, "", &mut fits) }
}

fn fits(path: &str, value: &Value) -> Result<(), Misfit> {
    let fault = |reason| Err(Misfit::new(path, reason));
    match value {
        Value::String(text) if text.len() > TEXT_BYTES => {
            fault(format!("{} bytes of text, at most {TEXT_BYTES} are allowed", text.len()))
        }
        Value::Array(list) if list.len() > LIST => fault(format!("{} entries, at most {LIST} are allowed", list.len())),
        Value::Object(map) if map.len() > LIST || map.keys().any(|key| key.len() > TEXT_BYTES) => {
            fault(format!("{} members or one with a long name, at most {LIST} are allowed", map.len()))
        }
        Value::Number(number) if !is_whole_within(number) => {
            fault(format!("invalid value: {number}, expected one within ±2^53"))
        }
        _ => Ok(()),
    }
}

/// Fractions pass: the types that take them have limits of their own.
fn is_whole_within(number: &serde_json::Number) -> bool {
    match number.as_i64() {
        Some(whole) => whole.unsigned_abs() <= WHOLE,
        None => !number.is_u64(),
    }
}

/// The same without the way to what is too large, which nearly nothing is.
fn within(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= TEXT_BYTES,
        Value::Array(list) => list.len() <= LIST && list.iter().all(within),
        Value::Object(map) => {
            map.len() <= LIST && map.iter().all(|(key, value)| key.len() <= TEXT_BYTES && within(value))
        }
        Value::Number(number) => is_whole_within(number),
        _ => true,
    }
}

fn walk(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value) -> Result<(), Misfit>) -> Result<(), Misfit> {
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

/// What an envelope says round its event. The desk numbers its own events from [`SAID_FROM`].
pub(super) fn check_envelope(epoch: &str, seq: u64, at: i64, linked: [Option<u64>; 2]) -> Result<(), Misfit> {
    if epoch.len() > TEXT_BYTES {
        return Err(Misfit::new("epoch", format!("{} bytes, at most {TEXT_BYTES} are allowed", epoch.len())));
    }
    if seq >= SAID_FROM || linked.into_iter().flatten().any(|seq| seq > WHOLE) {
        return Err(Misfit::new("seq", format!("events are numbered below {SAID_FROM}")));
    }
    check_instant("at", at)
}

/// An instant: so far from the limits of its type that no sum or difference of instants can pass them.
pub(in crate::show) fn check_instant(field: &str, at: i64) -> Result<(), Misfit> {
    if at.unsigned_abs() <= WHOLE { Ok(()) } else { Err(Misfit::new(field, format!("{at} µs lies beyond ±2^53"))) }
}

/// A whole state, as a snapshot brings it: what no log within the limits can fold into is refused.
pub(in crate::show) fn check_show(show: &Show) -> Result<(), Misfit> {
    let value = serde_json::to_value(show).map_err(|error| Misfit::new("state", error.to_string()))?;
    walk(&value, "state", &mut |path, value| match value {
        // A sentence may quote several fields, and what was so since ever has an instant of its own.
        Value::String(_) if path.starts_with("state.alarms") => Ok(()),
        Value::Number(number) if number.as_i64() == Some(Trail::<()>::EVER) => Ok(()),
        _ => fits(path, value),
    })?;
    let fault = |field: &str, reason: String| Err(Misfit::new(field, reason));
    if show.seq >= SAID_FROM {
        return fault("state.seq", format!("events are numbered below {SAID_FROM}"));
    }
    if show.alarms.len() > Show::ALARMS {
        return fault("state.alarms", format!("at most {} are kept", Show::ALARMS));
    }
    if show.program.departed.len() > Program::LEAVING_MOST {
        return fault("state.program.departed", format!("at most {} can leave at once", Program::LEAVING_MOST));
    }
    check_core(&show.core)?;
    show.program.departed.iter().try_for_each(|gone| check_core(&gone.core))
}

/// What events are asked is asked of the facts that they made.
fn check_core(core: &Core) -> Result<(), Misfit> {
    let made = |event: Event| match check_values(0, &event) {
        Err(ProtocolError::Field { event, field, reason, .. }) => {
            Err(Misfit::new(&format!("state ({event}) {field}"), reason))
        }
        _ => Ok(()),
    };
    if let Some(round) = &core.round {
        made(Event::RoundOpened((*round.opened).clone()))?;
        round.was.iter().try_for_each(|was| made(Event::RoundOpened(was.value.clone())))?;
    }
    let fault = |field: &str, reason: String| Err(Misfit::new(field, reason));
    if let Some(clock) = &core.clock {
        use crate::show::state::ClockPhase::{Paused, Stopped};
        let rest = match clock.phase {
            Paused { remaining_us } | Stopped { remaining_us } => remaining_us,
            _ => 0,
        };
        if !(0..=DURATION_US).contains(&clock.duration_us) || !(0..=DURATION_US).contains(&rest) {
            return fault("state.core.clock", format!("must lie within 0 and {DURATION_US} µs"));
        }
    }
    if let Some(run) = &core.rush {
        let of = run.finished.as_ref().map_or(1, |finished| finished.value.of);
        if run.pips.len() > SLOTS as usize || run.current.0 > SLOTS || !(1..=SLOTS).contains(&of) {
            return fault("state.core.rush", format!("at most {SLOTS} questions are allowed"));
        }
    }
    if core.audience.as_ref().is_some_and(|vote| vote.seats > SEATS) {
        return fault("state.core.audience.seats", format!("at most {SEATS} seats are drawn one by one"));
    }
    if let Some(advance) = &core.advance {
        let beyond = |(slot, _): &(u32, _)| !(1..=SLOTS).contains(slot);
        if advance.slots > SLOTS || advance.revealed.iter().any(beyond) {
            return fault("state.core.advance", format!("slots lie within 1 and {SLOTS}"));
        }
    }
    Ok(())
}

/// A countdown that ends more than a day after its event `at` counts nothing down.
pub(super) fn check_end(seq: u64, at: i64, event: &Event) -> Result<(), ProtocolError> {
    let ends_at = match event {
        Event::CountdownStarted(c) | Event::CountdownResumed(c) => Some(c.ends_at),
        Event::CountdownChanged(c) => c.ends_at,
        _ => None,
    };
    if ends_at.is_none_or(|ends_at| ends_at.saturating_sub(at) <= DURATION_US) {
        return Ok(());
    }
    let (event, field) = (event.name().to_owned(), "ends_at".to_owned());
    let reason = format!("it lies more than {DURATION_US} µs after the event's `at`");
    Err(ProtocolError::Field { seq, event, field, reason })
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
        Event::CountdownChanged(c) if c.remaining_us.is_some_and(|rest| !(0..=DURATION_US).contains(&rest)) => {
            fault("remaining", format!("must lie within 0 and {DURATION_US} µs"))
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

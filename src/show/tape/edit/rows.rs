//! A tape taken apart into rows, one edit made on them, and put together again.

use serde_json::{Value, json};

use super::{
    Edit, EditError, Note, Place,
    instants::{shift_event, shift_state},
    number,
};
use crate::show::{
    desk::Act,
    protocol::{Envelope, VERSION, limits},
    tape::{Entry, Header, Item, Step, Tape},
    time::{Instant, SpanUs},
};

/// One step on its way from one tape to the next.
pub(super) struct Row {
    pub item: Item,
    /// The step of the original that it is; none for one that was put in.
    pub origin: Option<usize>,
    /// Put in by this edit: its number is still to be given.
    pub fresh: bool,
    /// Dropped by this edit: it is there until all is numbered.
    pub gone: bool,
}

/// The epoch of an event that is put into an empty tape.
const EPOCH: &str = "rehearsal";

impl Row {
    pub const fn of(item: Item, origin: Option<usize>) -> Self {
        Self { item, origin, fresh: false, gone: false }
    }

    pub const fn is_snapshot(&self) -> bool {
        matches!(self.item, Item::Snapshot(_))
    }

    /// Whether the operator did it.
    pub const fn is_act(&self) -> bool {
        matches!(self.item, Item::Act(_))
    }

    pub const fn at(&self) -> Instant {
        match &self.item {
            Item::Event(entry) => entry.env.at,
            Item::Snapshot(snapshot) => snapshot.at,
            Item::Act(acted) => acted.act.at,
        }
    }

    const fn rx(&self) -> i64 {
        match &self.item {
            Item::Event(entry) => entry.rx,
            Item::Snapshot(snapshot) => snapshot.rx,
            Item::Act(acted) => acted.rx,
        }
    }

    /// Moves it with all that it says of instants.
    fn shift(&mut self, by_us: SpanUs) {
        match &mut self.item {
            Item::Event(entry) => {
                entry.env.at = entry.env.at.saturating_add(by_us);
                entry.rx = entry.rx.saturating_add(by_us);
                shift_event(&mut entry.env.event, by_us);
            }
            Item::Snapshot(snapshot) => {
                *snapshot.state = shift_state(&snapshot.state, by_us);
                snapshot.at = snapshot.at.saturating_add(by_us);
                snapshot.rx = snapshot.rx.saturating_add(by_us);
            }
            Item::Act(acted) => {
                acted.act.at = acted.act.at.saturating_add(by_us);
                acted.rx = acted.rx.saturating_add(by_us);
                if let Act::Say(said) = &mut acted.act.act {
                    shift_event(&mut said.event, by_us);
                }
            }
        }
    }
}

/// The steps of a tape, each with the step of the original that it is.
pub(super) fn taken_apart(tape: &Tape, origins: &[Option<usize>]) -> Vec<Row> {
    let steps = tape.steps(0, tape.step_count()).zip(origins);
    steps.map(|(step, origin)| Row::of(item(step), *origin)).collect()
}

fn item(step: Step<'_>) -> Item {
    match step {
        Step::Event(entry) => Item::Event(Box::new(entry.clone())),
        Step::Snapshot(snapshot) => Item::Snapshot(snapshot.clone()),
        Step::Act(acted) => Item::Act(Box::new(acted.clone())),
    }
}

/// The tape of these rows, which are numbered; and which step of the original each of its steps is.
pub(super) fn put_together(rows: Vec<Row>, header: Header) -> (Tape, Vec<Option<usize>>) {
    let mut tape = Tape { header, ..Tape::default() };
    let origins = rows.iter().map(|row| row.origin).collect();
    let items = rows.into_iter().enumerate().map(|(index, row)| {
        // Behind the header, a line a step.
        let line = index + 2;
        match row.item {
            Item::Event(mut entry) => {
                entry.line = line;
                Item::Event(entry)
            }
            Item::Snapshot(mut snapshot) => {
                // What a state does not say of its instant is taken from what follows it now.
                (snapshot.line, snapshot.at) = (line, snapshot.state.at);
                Item::Snapshot(snapshot)
            }
            Item::Act(mut acted) => {
                acted.line = line;
                Item::Act(acted)
            }
        }
    });
    tape.take(items.collect());
    (tape, origins)
}

/// Makes one edit. The rows are numbered afterwards.
pub(super) fn edited(mut rows: Vec<Row>, edit: &Edit) -> Result<(Vec<Row>, Vec<Note>), EditError> {
    let mut notes = Vec::new();
    let touched = match edit {
        Edit::Insert { place, event, data, cause, corrects } => {
            let (index, at) = placed(&rows, *place, &mut notes)?;
            let said = Said { event, data, cause: *cause, corrects: *corrects };
            let row = inserted(&rows, index, at, said, &mut notes)?;
            rows.insert(index, row);
            Some(index)
        }
        Edit::Drop { step } => {
            let row = there(&mut rows, *step)?;
            if row.is_snapshot() {
                return Err(EditError::Snapshot { step: *step });
            }
            row.gone = true;
            Some(*step)
        }
        Edit::Delay { step, by_us, following } => {
            delay(&mut rows, *step, *by_us, *following, &mut notes)?;
            None
        }
        Edit::Change { step, data } => {
            change(there(&mut rows, *step)?, *step, data, &mut notes)?;
            Some(*step)
        }
    };
    let rows = number::numbered(rows, &mut notes)?;
    let covered = touched.and_then(|touched| {
        let behind = rows.iter().enumerate().skip(touched);
        behind.skip_while(|(_, row)| !row.is_snapshot()).map(|(step, _)| step).next()
    });
    notes.extend(covered.map(|step| Note::Replaced { step }));
    Ok((rows, notes))
}

fn there(rows: &mut [Row], step: usize) -> Result<&mut Row, EditError> {
    let count = rows.len();
    rows.get_mut(step).ok_or(EditError::NoStep { step, count })
}

/// When the feed's next word of the same epoch comes among `rows`; the clock of another epoch is another.
fn neighbour<'a>(rows: impl Iterator<Item = &'a Row>, epoch: &str) -> Option<Instant> {
    let mut feed = rows.filter(|row| !row.is_act());
    feed.next().filter(|row| row.item.epoch() == epoch).map(Row::at)
}

/// Where a new event goes, and when it comes.
fn placed(rows: &[Row], place: Place, notes: &mut Vec<Note>) -> Result<(usize, Instant), EditError> {
    match place {
        Place::Behind { step, after_us } => {
            let former = rows.get(step).ok_or(EditError::NoStep { step, count: rows.len() })?;
            near(after_us)?;
            let next =
                neighbour(rows.iter().skip(step + 1), former.item.epoch()).unwrap_or(Instant::MAX).max(former.at());
            let at = former.at().saturating_add(after_us).clamp(former.at(), next);
            clamped(after_us, at.saturating_sub(former.at()), notes);
            // What the operator did by then stays where it is.
            let done = rows.iter().skip(step + 1).take_while(|row| row.is_act() && row.at() <= at).count();
            Ok((step + 1 + done, at))
        }
        Place::At(at) => {
            let (first, last) = (rows.iter().map(Row::at).min(), rows.iter().map(Row::at).max());
            if let (Some(first), Some(last)) = (first, last) {
                near(at.saturating_sub(first).min(0))?;
                near(at.saturating_sub(last).max(0))?;
            }
            let mut latest = Instant::MIN;
            let behind = rows.iter().take_while(|row| {
                latest = latest.max(row.at());
                latest <= at
            });
            Ok((behind.count(), at))
        }
    }
}

fn near(by_us: SpanUs) -> Result<(), EditError> {
    let far = by_us.unsigned_abs() > limits::DURATION_US.unsigned_abs();
    if far { Err(EditError::Far { hours: by_us / 3_600_000_000 }) } else { Ok(()) }
}

fn clamped(wanted_us: SpanUs, got_us: SpanUs, notes: &mut Vec<Note>) {
    if wanted_us != got_us {
        notes.push(Note::Clamped { wanted_us, got_us });
    }
}

/// What is said by an event that is put in.
struct Said<'a> {
    event: &'a str,
    data: &'a Value,
    cause: Option<u64>,
    corrects: Option<u64>,
}

fn inserted(rows: &[Row], index: usize, at: Instant, said: Said<'_>, notes: &mut Vec<Note>) -> Result<Row, EditError> {
    let beside = index.checked_sub(1).and_then(|former| rows.get(former)).or_else(|| rows.get(index));
    let epoch = beside.map(|row| row.item.epoch()).filter(|epoch| !epoch.is_empty()).unwrap_or(EPOCH);
    let late = beside.map_or(0, |row| row.rx().saturating_sub(row.at()));
    let seq = beside.map_or(1, |row| row.item.seq().saturating_add(1));
    let env = heard(epoch, seq, at, said, notes)?;
    let entry = Entry { line: 0, rx: at.saturating_add(late), env };
    Ok(Row { item: Item::Event(Box::new(entry)), origin: None, fresh: true, gone: false })
}

/// The event as the feed would have sent it, checked as that is.
fn heard(epoch: &str, seq: u64, at: Instant, said: Said<'_>, notes: &mut Vec<Note>) -> Result<Envelope, EditError> {
    let Said { event, data, cause, corrects } = said;
    let wire = json!({
        "v": VERSION, "epoch": epoch, "seq": seq, "at": at, "type": event, "data": data,
        "cause": cause, "corrects": corrects,
    });
    let env = Envelope::from_value(wire).map_err(EditError::Event)?;
    let understood = serde_json::to_value(&env).ok();
    let understood = understood.as_ref().and_then(|wire| wire.get("data")).and_then(Value::as_object);
    for (field, value) in data.as_object().into_iter().flatten() {
        if !value.is_null() && understood.is_some_and(|known| !known.contains_key(field)) {
            notes.push(Note::Ignored { field: field.clone() });
        }
    }
    Ok(env)
}

fn change(row: &mut Row, step: usize, data: &Value, notes: &mut Vec<Note>) -> Result<(), EditError> {
    match &mut row.item {
        Item::Event(entry) => {
            let (event, cause, corrects) = (entry.env.event.name(), entry.env.cause, entry.env.corrects);
            let said = Said { event, data, cause, corrects };
            entry.env = heard(&entry.env.epoch, entry.env.seq, entry.env.at, said, notes)?;
            Ok(())
        }
        Item::Snapshot(_) => Err(EditError::Snapshot { step }),
        Item::Act(_) => Err(EditError::NotAnEvent { step }),
    }
}

/// Moves a step between its neighbours, or with all behind it. Never before the one it follows.
fn delay(
    rows: &mut Vec<Row>,
    step: usize,
    by_us: SpanUs,
    following: bool,
    notes: &mut Vec<Note>,
) -> Result<(), EditError> {
    near(by_us)?;
    let count = rows.len();
    let row = rows.get(step).ok_or(EditError::NoStep { step, count })?;
    if row.is_act() && !following {
        delay_act(rows, step, by_us, notes);
        return Ok(());
    }
    let (at, epoch) = (row.at(), row.item.epoch());
    let former = neighbour(rows.iter().take(step).rev(), epoch).unwrap_or(Instant::MIN);
    let next = neighbour(rows.iter().skip(step + 1), epoch).filter(|_| !following).unwrap_or(Instant::MAX);
    let by = between(at, by_us, former, next);
    clamped(by_us, by, notes);
    let last = if following { count } else { step + 1 };
    rows.get_mut(step..last).into_iter().flatten().for_each(|row| row.shift(by));
    Ok(())
}

/// So far may something at `at` move that may not come before `former` nor after `next`. Where the original itself goes
/// back, nothing is moved the wrong way.
fn between(at: Instant, by_us: SpanUs, former: Instant, next: Instant) -> SpanUs {
    let wanted = at.saturating_add(by_us);
    match by_us {
        1.. => wanted.min(next.max(at)).saturating_sub(at),
        _ => wanted.max(former.min(at)).saturating_sub(at),
    }
}

/// Moves what the operator did to where it belongs by then: behind all the feed had said, but past no other act and out
/// of no recording.
fn delay_act(rows: &mut Vec<Row>, step: usize, by_us: SpanUs, notes: &mut Vec<Note>) {
    let Some(row) = rows.get(step) else { return };
    let (at, epoch) = (row.at(), row.item.epoch().to_owned());
    let own = |row: &&Row| !row.is_act() && row.item.epoch() == epoch;
    let before = rows.iter().take(step).rev().take_while(own).count();
    let behind = rows.iter().skip(step + 1).take_while(own).count();
    let act = |index: Option<usize>| index.and_then(|index| rows.get(index)).filter(|row| row.is_act()).map(Row::at);
    let former = act(step.checked_sub(before + 1)).unwrap_or(Instant::MIN);
    let next = act(Some(step + behind + 1)).unwrap_or(Instant::MAX);
    let by = between(at, by_us, former, next);
    clamped(by_us, by, notes);
    let mut row = rows.remove(step);
    row.shift(by);
    let (first, last) = (step - before, step + behind);
    let said = rows.get(first..last).unwrap_or_default().iter().take_while(|other| other.at() <= row.at()).count();
    rows.insert(first + said, row);
}

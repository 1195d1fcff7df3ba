//! A tape made ready to be sent: gap-free, and its instants on the server's clock.
//!
//! At speed 1 the server's clock *is* the tape's clock, so `at` and every end of a countdown agree with it and nothing
//! is rewritten. At another speed the server's clock still runs at the world's pace (an output slews its clock by at
//! most 5 % and could never follow a faster one); instead the tape's instants and the countdowns' spans are scaled by
//! 1 / speed onto it. Facts stay what they were: a buzzer's µs, a rule's text, the seconds in a formula.

use std::collections::BTreeMap;

use super::{ServeError, Served};
use crate::show::protocol::{Envelope, Event};

/// The log of one epoch.
#[derive(Debug)]
pub(super) struct Part {
    pub epoch: String,
    pub steps: Vec<Served>,
}

impl Served {
    pub(super) fn epoch(&self) -> &str {
        match self {
            Self::Event(env) => &env.epoch,
            Self::Snapshot(show) => &show.epoch,
        }
    }

    pub(super) fn at(&self) -> i64 {
        match self {
            Self::Event(env) => env.at,
            Self::Snapshot(show) => show.at,
        }
    }

    /// A snapshot stands behind the event that it holds last.
    fn place(&self) -> (u64, bool) {
        match self {
            Self::Event(env) => (env.seq, false),
            Self::Snapshot(show) => (show.seq, true),
        }
    }
}

/// All epochs of a tape in their order.
#[derive(Debug)]
pub(super) struct Script {
    pub parts: Vec<Part>,
    /// The first and the last `at`, µs.
    pub start_us: i64,
    pub end_us: i64,
}

impl Script {
    /// Orders by seq, drops duplicates, and numbers without gaps where the tape has lost events. An empty snapshot only
    /// says that an epoch begins, which every epoch does.
    pub fn new(log: Vec<Served>) -> Result<Self, ServeError> {
        let mut parts: Vec<Part> = Vec::new();
        for step in log.into_iter().filter(|step| step.place() != (0, true)) {
            match parts.iter_mut().find(|part| part.epoch == step.epoch()) {
                Some(part) => part.steps.push(step),
                None => parts.push(Part { epoch: step.epoch().to_owned(), steps: vec![step] }),
            }
        }
        for part in &mut parts {
            part.steps.sort_by_key(Served::place);
            part.steps.dedup_by(|later, former| later.place() == former.place() && !later.place().1);
            renumber(&mut part.steps);
        }
        let all = || parts.iter().flat_map(|part| part.steps.iter().map(Served::at));
        let (start_us, end_us) = all().min().zip(all().max()).ok_or(ServeError::Empty)?;
        Ok(Self { parts, start_us, end_us })
    }

    /// The event behind which the first snapshot stands.
    pub fn first_snapshot(&self) -> Option<u64> {
        let mut places = self.parts.iter().flat_map(|part| part.steps.iter().map(Served::place));
        places.find(|(_, is_snapshot)| *is_snapshot).map(|(seq, _)| seq)
    }
}

/// Seq 1, 2, 3…, behind a snapshot on from its own, with what points at them pointing on.
fn renumber(steps: &mut [Served]) {
    let mut next = 1;
    let mut places = BTreeMap::new();
    for step in steps.iter() {
        match step {
            Served::Event(env) => {
                places.insert(env.seq, next);
            }
            Served::Snapshot(show) => next = show.seq,
        }
        next += 1;
    }
    if places.iter().all(|(from, to)| from == to) {
        return;
    }
    for step in steps {
        let Served::Event(env) = step else { continue };
        let moved = |seq: u64| places.get(&seq).copied();
        env.seq = moved(env.seq).unwrap_or(env.seq);
        env.cause = env.cause.and_then(moved);
        env.corrects = env.corrects.and_then(moved);
        if let Event::AppealOpened(appeal) = &mut env.event {
            appeal.subject_seq = moved(appeal.subject_seq).unwrap_or(0);
        }
    }
}

/// From the tape's instants to the server's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// This instant of the tape …
    pub tape_us: i64,
    /// … is this instant of the server.
    pub server_us: i64,
    pub speed: f64,
}

impl Scale {
    pub fn instant(&self, tape_us: i64) -> i64 {
        self.server_us + self.span(tape_us - self.tape_us)
    }

    /// Whole microseconds; exact at speed 1.
    pub fn span(&self, span_us: i64) -> i64 {
        if self.speed == 1.0 { span_us } else { (span_us as f64 / self.speed).round() as i64 }
    }

    /// The event as it is sent.
    pub fn rewrite(&self, env: &Envelope, epoch: &str) -> Envelope {
        let mut env = env.clone();
        env.epoch = epoch.to_owned();
        env.at = self.instant(env.at);
        match &mut env.event {
            Event::CountdownArmed(data) => data.duration_us = self.span(data.duration_us).max(1),
            Event::CountdownStarted(data) | Event::CountdownResumed(data) => data.ends_at = self.instant(data.ends_at),
            Event::CountdownPaused(data) | Event::CountdownStopped(data) => {
                data.remaining_us = self.span(data.remaining_us);
            }
            Event::CountdownChanged(data) => {
                data.ends_at = data.ends_at.map(|ends_at| self.instant(ends_at));
                data.remaining_us = data.remaining_us.map(|remaining_us| self.span(remaining_us));
            }
            Event::MediaStarted(data) => data.at = self.instant(data.at),
            _ => {}
        }
        env
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::protocol::{
        play::{CountdownArmed, CountdownEnds},
        score::SlateCleared,
    };
    use crate::show::state::Show;

    fn env(epoch: &str, seq: u64, at: i64, event: Event) -> Envelope {
        Envelope { epoch: epoch.to_owned(), seq, at, event, cause: seq.checked_sub(1), corrects: None }
    }

    fn cleared(epoch: &str, seq: u64) -> Envelope {
        env(epoch, seq, 1_000 * seq as i64, Event::SlateCleared(SlateCleared {}))
    }

    fn served(epoch: &str, seq: u64) -> Served {
        Served::Event(Box::new(cleared(epoch, seq)))
    }

    fn seqs(part: &Part) -> Vec<(u64, Option<u64>)> {
        let seq = |step: &Served| match step {
            Served::Event(env) => (env.seq, env.cause),
            Served::Snapshot(show) => (show.seq, None),
        };
        part.steps.iter().map(seq).collect()
    }

    #[test]
    fn behind_a_snapshot_its_numbers_go_on() {
        let whole = |seq| {
            Served::Snapshot(Box::new(Show { epoch: "e".to_owned(), seq, at: 1_000 * seq as i64, ..Show::default() }))
        };
        let script = Script::new(vec![whole(0), whole(5), served("e", 6), served("e", 7)]).unwrap();
        assert_eq!(seqs(&script.parts[0]), [(5, None), (6, Some(5)), (7, Some(6))]);
        assert_eq!((script.start_us, script.first_snapshot()), (5_000, Some(5)));
        let script = Script::new(vec![served("e", 1), served("e", 3), whole(9), served("e", 10)]).unwrap();
        assert_eq!(seqs(&script.parts[0]).iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [1, 2, 9, 10]);
    }

    #[test]
    fn a_tape_with_losses_is_numbered_anew() {
        let log = [("e", 1), ("e", 4), ("e", 3), ("e", 4), ("f", 1)].map(|(epoch, seq)| served(epoch, seq));
        let script = Script::new(log.to_vec()).unwrap();
        assert_eq!(seqs(&script.parts[0]), [(1, None), (2, None), (3, Some(2))]);
        assert_eq!((script.parts[1].epoch.as_str(), script.end_us), ("f", 4_000));
        assert!(matches!(Script::new(Vec::new()), Err(ServeError::Empty)));
    }

    #[test]
    fn speed_one_changes_nothing() {
        let start = env("e", 2, 5_000, Event::CountdownStarted(CountdownEnds { id: "c".to_owned(), ends_at: 35_000 }));
        let scale = Scale { tape_us: 1_000, server_us: 1_000, speed: 1.0 };
        assert_eq!(scale.rewrite(&start, "e"), start);
    }

    #[test]
    fn at_speed_a_countdown_still_ends_where_it_says() {
        let scale = Scale { tape_us: 1_000_000, server_us: 9_000_000, speed: 4.0 };
        let armed = Event::CountdownArmed(CountdownArmed { id: "c".to_owned(), duration_us: 30_000_000 });
        let Event::CountdownArmed(armed) = scale.rewrite(&env("e", 1, 1_000_000, armed), "e").event else { panic!() };
        assert_eq!(armed.duration_us, 7_500_000);
        let started = Event::CountdownStarted(CountdownEnds { id: "c".to_owned(), ends_at: 32_000_000 });
        let sent = scale.rewrite(&env("e", 2, 2_000_000, started), "e#2");
        let Event::CountdownStarted(started) = &sent.event else { panic!() };
        assert_eq!(started.ends_at - sent.at, armed.duration_us);
        assert_eq!((sent.at, sent.epoch.as_str()), (9_250_000, "e#2"));
    }
}

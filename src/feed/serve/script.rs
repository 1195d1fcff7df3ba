//! A tape made ready to be sent: gap-free, and its instants on the server's clock.
//!
//! At speed 1 the server's clock *is* the tape's clock, so `at` and every end of a countdown agree with it and nothing
//! is rewritten. At another speed the server's clock still runs at the world's pace (an output slews its clock by at
//! most 5 % and could never follow a faster one); instead the tape's instants and the countdowns' spans are scaled by
//! 1 / speed onto it. Facts stay what they were: a buzzer's µs, a rule's text, the seconds in a formula.

use std::collections::BTreeMap;

use super::ServeError;
use crate::show::protocol::{Envelope, Event};

/// The log of one epoch.
#[derive(Debug)]
pub(super) struct Part {
    pub epoch: String,
    pub events: Vec<Envelope>,
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
    /// Orders by seq, drops duplicates, and numbers without gaps where the tape has lost events.
    pub fn new(events: Vec<Envelope>) -> Result<Self, ServeError> {
        let mut parts: Vec<Part> = Vec::new();
        for env in events {
            match parts.iter_mut().find(|part| part.epoch == env.epoch) {
                Some(part) => part.events.push(env),
                None => parts.push(Part { epoch: env.epoch.clone(), events: vec![env] }),
            }
        }
        for part in &mut parts {
            part.events.sort_by_key(|env| env.seq);
            part.events.dedup_by_key(|env| env.seq);
            renumber(&mut part.events);
        }
        let all = || parts.iter().flat_map(|part| part.events.iter().map(|env| env.at));
        let (start_us, end_us) = all().min().zip(all().max()).ok_or(ServeError::Empty)?;
        Ok(Self { parts, start_us, end_us })
    }
}

/// Seq 1, 2, 3…, with what points at them pointing on.
fn renumber(events: &mut [Envelope]) {
    let places: BTreeMap<u64, u64> = events.iter().map(|env| env.seq).zip(1..).collect();
    if places.iter().all(|(from, to)| from == to) {
        return;
    }
    for env in events {
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

    fn env(epoch: &str, seq: u64, at: i64, event: Event) -> Envelope {
        Envelope { epoch: epoch.to_owned(), seq, at, event, cause: seq.checked_sub(1), corrects: None }
    }

    fn cleared(epoch: &str, seq: u64) -> Envelope {
        env(epoch, seq, 1_000 * seq as i64, Event::SlateCleared(SlateCleared {}))
    }

    #[test]
    fn a_tape_with_losses_is_numbered_anew() {
        let script =
            Script::new(vec![cleared("e", 1), cleared("e", 4), cleared("e", 3), cleared("e", 4), cleared("f", 1)])
                .unwrap();
        let seqs = |part: &Part| part.events.iter().map(|env| (env.seq, env.cause)).collect::<Vec<_>>();
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

//! The scoring system's desk: numbers events, keeps the show's time, the clock and the scores.

use crate::show::protocol::{
    Envelope, Event, Points,
    play::{CountdownArmed, CountdownChanged, CountdownEnds, CountdownExpired, CountdownRemaining},
    score::{ScoreChanged, ScoreCorrected},
};

/// The first event's instant, µs since the Unix epoch: fixed, so that the same contest is the same tape.
const START_US: i64 = 1_763_690_400_000_000;
const MS: i64 = 1_000;
const SECOND: i64 = 1_000_000;

/// Numbers what is said, one envelope after another.
#[derive(Debug)]
pub(super) struct Desk {
    epoch: String,
    pub at: i64,
    /// Thousandths of the broadcast pace.
    pace: i64,
    pub envelopes: Vec<Envelope>,
    base: Points,
    /// By team id, in the order in which teams first scored.
    scores: Vec<(String, Points)>,
    clocks: u32,
    clock: Clock,
}

/// The clock on air.
#[derive(Clone, Debug, Default)]
struct Clock {
    id: String,
    duration_us: i64,
    ends_at: i64,
}

impl Desk {
    pub fn new(epoch: String, pace: u32, base: Points) -> Self {
        let clock = Clock::default();
        let pace = i64::from(pace.max(1));
        Self { epoch, at: START_US, pace, envelopes: Vec::new(), base, scores: Vec::new(), clocks: 0, clock }
    }

    /// Time between events, ms of broadcast pace.
    pub fn wait(&mut self, ms: i64) {
        self.at += ms * MS * 1_000 / self.pace;
    }

    /// Time under a running clock, ms: never stretched, so that a slow pace does not run a clock out.
    pub fn tick(&mut self, ms: i64) {
        self.at += self.ticked(ms);
    }

    fn ticked(&self, ms: i64) -> i64 {
        ms * MS * 1_000 / self.pace.max(1_000)
    }

    pub fn say(&mut self, event: Event) -> u64 {
        self.send(event, None, None)
    }

    pub fn after(&mut self, cause: u64, event: Event) -> u64 {
        self.send(event, Some(cause), None)
    }

    pub fn send(&mut self, event: Event, cause: Option<u64>, corrects: Option<u64>) -> u64 {
        let seq = self.envelopes.len() as u64 + 1;
        self.envelopes.push(Envelope { epoch: self.epoch.clone(), seq, at: self.at, event, cause, corrects });
        seq
    }

    pub fn arm(&mut self, seconds: u32) {
        self.clocks += 1;
        let duration_us = i64::from(seconds) * SECOND;
        self.clock = Clock { id: format!("c{}", self.clocks), duration_us, ends_at: 0 };
        self.say(Event::CountdownArmed(CountdownArmed { id: self.clock.id.clone(), duration_us }));
    }

    pub fn start(&mut self) -> u64 {
        self.clock.ends_at = self.at + self.clock.duration_us;
        self.say(Event::CountdownStarted(CountdownEnds { id: self.clock.id.clone(), ends_at: self.clock.ends_at }))
    }

    /// Stops it where it is, or where the rulebook's own seconds say it is.
    pub fn stop(&mut self, cause: Option<u64>) -> u64 {
        let remaining_us = (self.clock.ends_at - self.at).max(0);
        let stopped = CountdownRemaining { id: self.clock.id.clone(), remaining_us };
        self.send(Event::CountdownStopped(stopped), cause, None)
    }

    /// Stands for `ms`, then goes on; `more` seconds are added meanwhile.
    pub fn pause(&mut self, ms: i64, more: u32) {
        let id = self.clock.id.clone();
        let mut remaining_us = (self.clock.ends_at - self.at).max(0);
        self.say(Event::CountdownPaused(CountdownRemaining { id: id.clone(), remaining_us }));
        self.wait(ms);
        if more > 0 {
            remaining_us += i64::from(more) * SECOND;
            let changed = CountdownChanged { id: id.clone(), ends_at: None, remaining_us: Some(remaining_us) };
            self.say(Event::CountdownChanged(changed));
            self.wait(1_200);
        }
        self.clock.ends_at = self.at + remaining_us;
        self.say(Event::CountdownResumed(CountdownEnds { id, ends_at: self.clock.ends_at }));
    }

    /// Sets what is left, ms: at another pace than the broadcast's the clock is put where it would be.
    pub fn put(&mut self, remaining_ms: i64) {
        let ends_at = self.at + remaining_ms * MS;
        if ends_at != self.clock.ends_at {
            self.clock.ends_at = ends_at;
            let changed = CountdownChanged { id: self.clock.id.clone(), ends_at: Some(ends_at), remaining_us: None };
            self.say(Event::CountdownChanged(changed));
        }
    }

    /// Runs it out. At a quicker pace it is put near its end first.
    pub fn expire(&mut self) -> u64 {
        if self.pace > 1_000 {
            let quick = self.ticked(4_000) / MS;
            if self.clock.ends_at - self.at > quick * MS {
                self.put(quick);
            }
        }
        self.at = self.at.max(self.clock.ends_at);
        self.say(Event::CountdownExpired(CountdownExpired { id: self.clock.id.clone() }))
    }

    pub fn score(&self, team: &str) -> Points {
        self.scores.iter().find(|(id, _)| id == team).map_or(self.base, |(_, score)| *score)
    }

    fn set(&mut self, team: &str, after: Points) {
        match self.scores.iter_mut().find(|(id, _)| id == team) {
            Some((_, score)) => *score = after,
            None => self.scores.push((team.to_owned(), after)),
        }
    }

    pub fn pay(&mut self, team: &str, delta: Points, reason: &str, cause: Option<u64>, formula: Option<String>) -> u64 {
        let before = self.score(team);
        let after = before + delta;
        self.set(team, after);
        let (team, reason) = (team.to_owned(), reason.to_owned());
        self.send(Event::ScoreChanged(ScoreChanged { team, before, delta, after, reason, formula }), cause, None)
    }

    /// Mends a score by `delta`.
    pub fn mend(&mut self, team: &str, delta: Points, reason: &str, cause: u64, corrects: u64) {
        let before = self.score(team);
        let after = before + delta;
        self.set(team, after);
        let (team, reason) = (team.to_owned(), reason.to_owned());
        self.send(Event::ScoreCorrected(ScoreCorrected { team, before, after, reason }), Some(cause), Some(corrects));
    }
}

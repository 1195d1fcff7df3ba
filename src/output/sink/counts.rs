//! What a sink has done and how it fares: counted from its opening, never reset.

use std::{
    collections::VecDeque,
    path::PathBuf,
    time::{Duration, Instant},
};

use serde::Serialize;

use super::SinkFault;

/// Latencies are told of the last few seconds.
const WINDOW: Duration = Duration::from_secs(5);
/// Of so many frames at most.
const MOST: usize = 512;

/// How it fares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SinkState {
    /// Nothing has been handed in yet, or it is being opened.
    #[default]
    Opening,
    Running,
    /// A frame has not been taken for that long, ms.
    Stalled {
        for_ms: u64,
    },
    /// It ended, and is about to be opened again.
    Restarting,
    /// It cannot be opened; it is tried again and again.
    Failed,
    /// As it was asked to be.
    Closed,
}

/// All slots that have passed are written, skipped or waiting.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SinkCounts {
    pub state: SinkState,
    /// Frames that were taken whole, repeated ones included.
    pub written: u64,
    /// Those of them that showed the same picture as the one before.
    pub repeated: u64,
    /// Slots that repeated a picture because the next one, a different one, came after their time.
    pub late: u64,
    /// Pictures that no slot showed: the writer was too far behind.
    pub dropped: u64,
    /// Slots that were never written: there was nothing to take them.
    pub skipped: u64,
    pub waiting: u64,
    /// Times that it ended or stalled, and was opened again.
    pub restarts: u64,
    pub latency: Latency,
    /// The encoder's process.
    pub pid: Option<u32>,
    /// What is being written, where that is a file.
    pub file: Option<PathBuf>,
    /// Why it last ended or could not be opened; none once it has run again for a while.
    #[serde(serialize_with = "sentence")]
    pub why: Option<SinkFault>,
}

fn sentence<S: serde::Serializer>(why: &Option<SinkFault>, serializer: S) -> Result<S::Ok, S::Error> {
    why.as_ref().map(ToString::to_string).serialize(serializer)
}

/// From a slot's beginning until its frame was taken whole, µs; of the last five seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Latency {
    pub p50_us: u64,
    pub max_us: u64,
    /// Frames taken a second, tenths.
    pub fps_tenths: u32,
}

/// The last frames' latencies.
#[derive(Debug, Default)]
pub struct Latencies(VecDeque<(Instant, u64)>);

impl Latencies {
    pub fn note(&mut self, done: Instant, latency: Duration) {
        while self.0.len() >= MOST || self.0.front().is_some_and(|(at, _)| done.duration_since(*at) > WINDOW) {
            self.0.pop_front();
        }
        self.0.push_back((done, u64::try_from(latency.as_micros()).unwrap_or(u64::MAX)));
    }

    pub fn figures(&self) -> Latency {
        let mut all: Vec<u64> = self.0.iter().map(|(_, us)| *us).collect();
        let middle = all.len() / 2;
        let p50_us = if all.is_empty() { 0 } else { *all.select_nth_unstable(middle).1 };
        Latency { p50_us, max_us: all.iter().copied().max().unwrap_or(0), fps_tenths: self.fps_tenths() }
    }

    fn fps_tenths(&self) -> u32 {
        let (Some((first, _)), Some((last, _))) = (self.0.front(), self.0.back()) else { return 0 };
        let span_us = last.duration_since(*first).as_micros();
        let frames = self.0.len() as u128 - 1;
        u32::try_from((frames * 10_000_000 + span_us / 2).checked_div(span_us).unwrap_or(0)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latencies_are_those_of_the_last_seconds() {
        let (mut latencies, begun) = (Latencies::default(), Instant::now());
        assert_eq!(latencies.figures(), Latency::default());
        latencies.note(begun, Duration::from_secs(1));
        for n in 1..=100 {
            latencies.note(begun + Duration::from_millis(5_900 + n), Duration::from_micros(n));
        }
        assert_eq!(latencies.figures(), Latency { p50_us: 51, max_us: 100, fps_tenths: 10_000 });
    }
}

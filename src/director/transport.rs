//! A tape's transport: position, speed, play and pause, and which events have passed.

use crate::show::{
    desk::Air,
    tape::{Step, Timeline},
};

/// Where a tape stands. Positions are µs after the tape's first instant.
#[derive(Debug)]
pub struct Transport {
    timeline: Timeline,
    position_us: i64,
    /// What the integer position leaves over, µs below 1.
    rest_us: f64,
    rate: f64,
    pub playing: bool,
    /// From there to there again and again.
    pub(super) range_us: Option<(i64, i64)>,
    /// Remembered positions, A and B.
    pub(super) bookmarks_us: [Option<i64>; 2],
    /// How many steps of the tape have been folded in.
    passed: usize,
}

impl Transport {
    /// Slowest and fastest, times real speed.
    pub const RATES: (f64, f64) = (0.1, 16.0);
    /// Those on offer.
    pub const SPEEDS: [f64; 7] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];
    /// The picture goes on for this long after the last event, so that its motions end.
    pub const TAIL_US: i64 = 5_000_000;

    pub fn new(timeline: Timeline) -> Self {
        Self {
            timeline,
            position_us: 0,
            rest_us: 0.0,
            rate: 1.0,
            playing: false,
            range_us: None,
            bookmarks_us: [None; 2],
            passed: 0,
        }
    }

    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    pub const fn position_us(&self) -> i64 {
        self.position_us
    }

    /// From the first event to the end of what the last one sets in motion.
    pub fn duration_us(&self) -> i64 {
        self.timeline.tape().duration().saturating_add(Self::TAIL_US)
    }

    /// The tape's first instant, µs on its own clock: position 0.
    pub fn start_us(&self) -> i64 {
        self.timeline.tape().first_at().unwrap_or(0)
    }

    /// How many steps of the tape (events, snapshots and the operator's acts) have been folded in.
    pub const fn passed(&self) -> usize {
        self.passed
    }

    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// The range that is looped.
    pub const fn range_us(&self) -> Option<(i64, i64)> {
        self.range_us
    }

    /// The remembered positions, A and B.
    pub const fn bookmarks_us(&self) -> [Option<i64>; 2] {
        self.bookmarks_us
    }

    /// The instant of the picture, µs on the tape's clock.
    pub fn now_us(&self) -> i64 {
        self.start_us() + self.position_us
    }

    /// Another tape at the same position, as far as it goes.
    pub(super) fn replace(&mut self, timeline: Timeline) -> Air {
        self.timeline = timeline;
        self.seek(self.position_us)
    }

    pub(super) fn set_rate(&mut self, rate: f64) {
        self.rate = rate.clamp(Self::RATES.0, Self::RATES.1);
    }

    /// Where the tape stands after so much real time; where it stands now unless at play. Play ends at the end.
    pub(super) fn position_after(&mut self, real_elapsed_us: i64) -> i64 {
        if !self.playing {
            return self.position_us;
        }
        let elapsed = self.rest_us + real_elapsed_us.max(0) as f64 * self.rate;
        self.rest_us = elapsed.fract();
        let position_us = self.position_us + elapsed as i64;
        self.playing = position_us < self.duration_us();
        position_us
    }

    /// Moves on to a position and gives the steps that have been reached on the way.
    pub(super) fn play_to(&mut self, position_us: i64) -> impl Iterator<Item = Step<'_>> {
        let before = self.passed;
        self.position_us = position_us.clamp(self.position_us, self.duration_us().max(self.position_us));
        self.passed = self.timeline.index_at(self.now_us()).max(before);
        self.timeline.tape().steps(before, self.passed)
    }

    /// What is on air at a position, which becomes the transport's.
    pub(super) fn seek(&mut self, position_us: i64) -> Air {
        self.position_us = position_us.clamp(0, self.duration_us());
        self.rest_us = 0.0;
        self.passed = self.timeline.index_at(self.now_us());
        self.timeline.air_after(self.passed)
    }

    /// What is on air after `by` more (or fewer) events, paused there. A snapshot counts as one.
    pub(super) fn step(&mut self, by: i64) -> Air {
        let tape = self.timeline.tape();
        let wanted = usize::try_from((self.passed as i64).saturating_add(by)).unwrap_or(0);
        self.passed = wanted.clamp(tape.step_count().min(1), tape.step_count());
        self.playing = false;
        self.rest_us = 0.0;
        let at = self.passed.checked_sub(1).and_then(|last| tape.step(last)).map(Step::at);
        self.position_us = at.map_or(0, |at| at - self.start_us());
        self.timeline.air_after(self.passed)
    }
}

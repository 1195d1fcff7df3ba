//! The server's clock as this machine knows it: four-timestamp samples, slewed, never backwards (protocol.md §3).
//!
//! Pure: it is fed with samples and asked with the local *monotonic* clock, so a wall clock that jumps here is not
//! even seen. What is followed, and how:
//! - Every sample bounds the offset from both sides, for no message comes before it was sent. The offset is the middle of
//!   what all samples of the last [`WINDOW_US`] leave: the quickest way there and the quickest way back count, each
//!   from another sample where need be. Older bounds are loosened by what two quartzes may drift apart.
//! - The first sample is taken at once. From then on the shown clock moves toward the estimate by at most
//!   [`SLEW_PERCENT`] of the time that passes, in either direction: it never stands, never runs backwards.
//! - A difference of more than [`STEP_US`] is not drift: the server's own clock was set. It is believed after
//!   [`STEP_SAMPLES`] samples that agree. While a countdown runs it is left alone altogether. With none running, a
//!   step forward is taken at once; a step back is slewed (a server that numbers events in time order never makes
//!   one; a new epoch, which discards all instants that came before it, is the way to set a server back).

use std::collections::VecDeque;

/// Samples count for so long, µs, and at most so many of them.
pub const WINDOW_US: i64 = 300_000_000;
pub const WINDOW: usize = 256;
/// A first sample that leaves more open than this is not relied on yet, µs, unless so many are no better.
const ROUGH_US: i64 = 100_000;
const ROUGH_SAMPLES: usize = 8;
/// What the two clocks may drift apart, parts per million.
const DRIFT_PPM: i64 = 60;
/// Round trips that differ by more are no quiet network: more samples are wanted, µs.
const JITTER_US: i64 = 10_000;
/// Round trips that are looked at for that.
const RECENT: usize = 8;
/// The most that the shown clock may gain or lose, in percent of the time that passes.
pub const SLEW_PERCENT: i64 = 5;
/// A difference beyond this is a clock that was set, µs.
pub const STEP_US: i64 = 1_000_000;
/// Samples that must agree before a set clock is believed.
pub const STEP_SAMPLES: usize = 3;

/// One exchange, reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sample {
    offset_us: i64,
    rtt_us: i64,
    /// When it was taken, on the local monotonic clock.
    at_us: i64,
}

impl Sample {
    /// Between which the offset lies at `now_us`.
    fn bounds_us(&self, now_us: i64) -> (i64, i64) {
        let loose_us = self.rtt_us / 2 + (now_us - self.at_us).max(0) / 1_000 * DRIFT_PPM / 1_000;
        (self.offset_us - loose_us, self.offset_us + loose_us)
    }
}

/// What the operator is told about the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockStatus {
    /// Server clock less local monotonic clock, as it is shown now, µs.
    pub offset_us: i64,
    /// The shortest round trip of the samples in use, µs; absent before the first.
    pub rtt_us: Option<i64>,
    /// Half of what all samples together leave open, and whatever is still being slewed off, µs.
    pub error_bound_us: Option<i64>,
    /// What is still to be slewed off, µs, signed.
    pub slewing_us: i64,
    /// The server's clock was set by this much, which is not followed (yet), µs.
    pub step_us: Option<i64>,
}

/// Server time from local monotonic time. See the module's text for the rules.
#[derive(Clone, Debug, Default)]
pub struct ClockSync {
    window: VecDeque<Sample>,
    /// Consecutive samples that lie a step away.
    apart: VecDeque<Sample>,
    best: Option<Sample>,
    /// Half of what the samples leave open.
    bound_us: i64,
    /// From here the shown offset moves toward `target_us`.
    since_us: i64,
    offset_us: i64,
    target_us: i64,
    /// A first estimate without a round trip, or with a very long one, stands until there is a better one.
    provisional: bool,
    /// Rough samples so far that were not asked for together, and when the last of them was answered.
    rough: usize,
    answered_us: Option<i64>,
    fresh: bool,
    countdown_running: bool,
}

impl ClockSync {
    /// Nothing is known: the local clock is shown as it is.
    pub fn new() -> Self {
        Self { fresh: true, ..Self::default() }
    }

    /// Server time, µs. Never decreases as `monotonic_us` grows, except over [`Self::restart`] and the first sync.
    pub fn now(&self, monotonic_us: i64) -> i64 {
        monotonic_us + self.offset_at(monotonic_us)
    }

    /// Whether anything is known of the server's clock.
    pub const fn is_set(&self) -> bool {
        !self.fresh
    }

    /// Whether a sample has been taken.
    pub const fn is_synced(&self) -> bool {
        !self.fresh && !self.provisional
    }

    /// `welcome.server_time`: better than nothing until the first sample.
    pub fn provisional(&mut self, server_time_us: i64, monotonic_us: i64) {
        if self.fresh {
            self.jump(server_time_us.saturating_sub(monotonic_us), monotonic_us);
            self.fresh = false;
            self.provisional = true;
        }
    }

    /// While a countdown runs no step is taken, whatever the samples say.
    pub const fn set_countdown_running(&mut self, running: bool) {
        self.countdown_running = running;
    }

    /// A new epoch: every instant before it is void, the next sample is taken at once.
    pub fn restart(&mut self) {
        self.window.clear();
        self.apart.clear();
        self.best = None;
        self.fresh = true;
        self.provisional = false;
        (self.rough, self.answered_us) = (0, None);
        self.countdown_running = false;
    }

    /// One exchange: sent at `t0` and answered at `t3` on the local monotonic clock, received at `t1` and answered
    /// at `t2` on the server's, all µs. Returns the step that was taken, if one was. Impossible samples are ignored.
    pub fn sample(&mut self, t0: i64, t1: i64, t2: i64, t3: i64) -> Option<i64> {
        let (local_us, server_us) = (t3.checked_sub(t0)?, t2.checked_sub(t1)?);
        let rtt_us = local_us.checked_sub(server_us)?;
        if local_us < 0 || server_us < 0 || rtt_us < 0 {
            return None;
        }
        let offset_us = t1.checked_sub(t0)?.checked_add(t2.checked_sub(t3)?)? / 2;
        let sample = Sample { offset_us, rtt_us, at_us: t3 };
        if !self.is_synced() {
            self.fresh = false;
            // Those that waited together on a way that was shut say the same thing, and say it once.
            if self.answered_us.is_none_or(|answered_us| t0 >= answered_us) {
                self.rough += 1;
                self.answered_us = Some(t3);
            }
            self.window.push_back(sample);
            self.choose(t3);
            self.jump(self.target_us, t3);
            // What may be so far out is better than nothing, and gives way at once to what is better than it.
            self.provisional = self.bound_us > ROUGH_US && self.rough < ROUGH_SAMPLES;
            return None;
        }
        let known_us = STEP_US.saturating_add(self.bound_us).saturating_add(rtt_us / 2);
        if offset_us.abs_diff(self.target_us) > known_us.unsigned_abs() {
            return self.apart(sample, t3);
        }
        self.apart.clear();
        self.window.push_back(sample);
        while self.window.len() > WINDOW || self.window.front().is_some_and(|first| t3 - first.at_us > WINDOW_US) {
            self.window.pop_front();
        }
        self.choose(t3);
        None
    }

    /// Whether the network delays so unevenly that more samples are wanted.
    pub fn is_jittery(&self) -> bool {
        let recent = || self.window.iter().rev().take(RECENT).map(|sample| sample.rtt_us);
        recent().max().zip(recent().min()).is_some_and(|(most, least)| most - least > JITTER_US)
    }

    /// The figures for the operator.
    pub fn status(&self, monotonic_us: i64) -> ClockStatus {
        let offset_us = self.offset_at(monotonic_us);
        let slewing_us = self.target_us - offset_us;
        ClockStatus {
            offset_us,
            rtt_us: self.best.map(|best| best.rtt_us),
            error_bound_us: self.best.map(|_| self.bound_us + slewing_us.abs()),
            slewing_us,
            step_us: self.apart.back().map(|sample| sample.offset_us - self.target_us),
        }
    }

    fn offset_at(&self, monotonic_us: i64) -> i64 {
        let passed_us = (monotonic_us - self.since_us).max(0);
        let most_us = passed_us / 100 * SLEW_PERCENT + passed_us % 100 * SLEW_PERCENT / 100;
        self.offset_us + (self.target_us - self.offset_us).clamp(-most_us, most_us)
    }

    fn jump(&mut self, offset_us: i64, monotonic_us: i64) {
        self.since_us = monotonic_us;
        self.offset_us = offset_us;
        self.target_us = offset_us;
    }

    fn slew(&mut self, target_us: i64, monotonic_us: i64) {
        self.offset_us = self.offset_at(monotonic_us);
        self.since_us = self.since_us.max(monotonic_us);
        self.target_us = target_us;
    }

    /// The middle of what the samples leave open.
    fn choose(&mut self, monotonic_us: i64) {
        let (mut least_us, mut most_us, mut fitting) = (i64::MIN, i64::MAX, 0);
        // The newest first: where an older one says otherwise a clock was moved in between, and it counts no more.
        for sample in self.window.iter().rev() {
            let (from_us, to_us) = sample.bounds_us(monotonic_us);
            if from_us > most_us || to_us < least_us {
                break;
            }
            (least_us, most_us) = (least_us.max(from_us), most_us.min(to_us));
            fitting += 1;
        }
        if fitting == 0 {
            return;
        }
        self.window.drain(..self.window.len() - fitting);
        self.best = self.window.iter().rev().min_by_key(|sample| sample.rtt_us).copied();
        self.bound_us = (most_us - least_us) / 2;
        self.slew(least_us + self.bound_us, monotonic_us);
    }

    fn apart(&mut self, sample: Sample, monotonic_us: i64) -> Option<i64> {
        if self.apart.back().is_some_and(|last| last.offset_us.abs_diff(sample.offset_us) > STEP_US.unsigned_abs()) {
            self.apart.clear();
        }
        self.apart.push_back(sample);
        while self.apart.len() > WINDOW {
            self.apart.pop_front();
        }
        if self.apart.len() < STEP_SAMPLES || self.countdown_running {
            return None;
        }
        self.window = std::mem::take(&mut self.apart);
        self.choose(monotonic_us);
        let by_us = self.target_us - self.offset_us;
        if by_us > 0 {
            self.jump(self.target_us, monotonic_us);
        }
        Some(by_us)
    }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;

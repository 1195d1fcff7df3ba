//! The server's clock as this machine knows it: four-timestamp samples, slewed, never backwards (protocol.md §3).
//!
//! Pure: it is fed with samples and asked with the local *monotonic* clock, so a wall clock that jumps here is not
//! even seen. What is followed, and how:
//! - The offset comes from the sample with the lowest round trip among the last [`WINDOW`].
//! - The first sample is taken at once. From then on the shown clock moves toward the estimate by at most
//!   [`SLEW_PERCENT`] of the time that passes, in either direction: it never stands, never runs backwards.
//! - A difference of more than [`STEP_US`] is not drift: the server's own clock was set. It is believed after
//!   [`STEP_SAMPLES`] samples that agree. While a countdown runs it is left alone altogether. With none running, a
//!   step forward is taken at once; a step back is slewed (a server that numbers events in time order never makes
//!   one; a new epoch, which discards all instants that came before it, is the way to set a server back).

use std::collections::VecDeque;

/// Samples the best is chosen from.
pub const WINDOW: usize = 8;
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
}

/// What the operator is told about the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockStatus {
    /// Server clock less local monotonic clock, as it is shown now, µs.
    pub offset_us: i64,
    /// Round trip of the sample in use, µs; absent before the first.
    pub rtt_us: Option<i64>,
    /// Half that round trip, and whatever is still being slewed off, µs.
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
    /// From here the shown offset moves toward `target_us`.
    since_us: i64,
    offset_us: i64,
    target_us: i64,
    /// A first estimate without a round trip stands until the first sample.
    provisional: bool,
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
        let sample = Sample { offset_us, rtt_us };
        if self.fresh || self.provisional {
            self.fresh = false;
            self.provisional = false;
            self.window.push_back(sample);
            self.best = Some(sample);
            self.jump(offset_us, t3);
            return None;
        }
        if offset_us.abs_diff(self.target_us) > STEP_US.unsigned_abs().saturating_add(rtt_us.unsigned_abs() / 2) {
            return self.apart(sample, t3);
        }
        self.apart.clear();
        self.window.push_back(sample);
        while self.window.len() > WINDOW {
            self.window.pop_front();
        }
        self.choose(t3);
        None
    }

    /// The figures for the operator.
    pub fn status(&self, monotonic_us: i64) -> ClockStatus {
        let offset_us = self.offset_at(monotonic_us);
        let slewing_us = self.target_us - offset_us;
        ClockStatus {
            offset_us,
            rtt_us: self.best.map(|best| best.rtt_us),
            error_bound_us: self.best.map(|best| best.rtt_us / 2 + slewing_us.abs()),
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

    /// The lowest round trip leads; of equals the newest.
    fn choose(&mut self, monotonic_us: i64) {
        if let Some(best) = self.window.iter().rev().min_by_key(|sample| sample.rtt_us).copied() {
            self.best = Some(best);
            self.slew(best.offset_us, monotonic_us);
        }
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

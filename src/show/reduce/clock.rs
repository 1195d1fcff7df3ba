//! The countdown's life: armed, running, paused, changed, stopped, expired.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::play::{CountdownArmed, CountdownChanged, CountdownEnds, CountdownRemaining},
    state::{Clock, ClockPhase, Show},
};

impl Show {
    pub(super) fn countdown_armed(&mut self, stamp: Stamp, data: &CountdownArmed) {
        self.core.clock = Some(Clock {
            id: data.id.clone(),
            duration_us: data.duration_us,
            phase: ClockPhase::Armed,
            since: stamp.at,
            seq: stamp.seq,
            armed_at: stamp.at,
            departed_us: None,
        });
    }

    /// `started` and `resumed`: the end is absolute, so nothing else is needed to run.
    pub(super) fn countdown_runs(&mut self, stamp: Stamp, data: &CountdownEnds) {
        let rest = data.ends_at.saturating_sub(stamp.at).max(0);
        self.adopt(stamp, &data.id, rest);
        self.set_phase(stamp, ClockPhase::Running { ends_at: data.ends_at });
    }

    pub(super) fn countdown_paused(&mut self, stamp: Stamp, data: &CountdownRemaining) {
        if self.known_or_first(stamp, &data.id, data.remaining_us) {
            self.set_phase(stamp, ClockPhase::Paused { remaining_us: data.remaining_us });
        }
    }

    pub(super) fn countdown_stopped(&mut self, stamp: Stamp, data: &CountdownRemaining) {
        if self.known_or_first(stamp, &data.id, data.remaining_us) {
            self.set_phase(stamp, ClockPhase::Stopped { remaining_us: data.remaining_us });
        }
    }

    pub(super) fn countdown_expired(&mut self, stamp: Stamp, id: &str) {
        if self.known_or_first(stamp, id, 0) {
            self.set_phase(stamp, ClockPhase::Expired);
        }
    }

    /// A new end makes it run, a new rest keeps it as it is: running from now, armed with another length, or standing.
    pub(super) fn countdown_changed(&mut self, stamp: Stamp, data: &CountdownChanged) {
        let rest =
            data.remaining_us.or_else(|| data.ends_at.map(|end| end.saturating_sub(stamp.at))).unwrap_or(0).max(0);
        if !self.known_or_first(stamp, &data.id, rest) {
            return;
        }
        let Some(clock) = &mut self.core.clock else { return };
        let phase = match (data.ends_at, clock.phase) {
            (Some(ends_at), _) => ClockPhase::Running { ends_at },
            (None, ClockPhase::Running { .. }) => ClockPhase::Running { ends_at: stamp.at.saturating_add(rest) },
            (None, ClockPhase::Armed) => {
                if clock.duration_us != rest {
                    (clock.duration_us, clock.since, clock.seq) = (rest, stamp.at, stamp.seq);
                }
                ClockPhase::Armed
            }
            (None, ClockPhase::Stopped { .. }) => ClockPhase::Stopped { remaining_us: rest },
            (None, ClockPhase::Paused { .. } | ClockPhase::Expired) => ClockPhase::Paused { remaining_us: rest },
        };
        self.set_phase(stamp, phase);
    }

    /// Drops the clock of what is over, unless it runs: a running clock is the feed's to end.
    pub(super) fn drop_clock(&mut self, keep_armed: bool) {
        let keep = |clock: &Clock| clock.is_running() || (keep_armed && clock.phase == ClockPhase::Armed);
        self.core.clock = self.core.clock.take().filter(keep);
    }

    /// True where the event speaks of the clock on air, or of the first one we hear of; else it is told and skipped,
    /// because a late word about an old clock must not touch the one that runs now.
    fn known_or_first(&mut self, stamp: Stamp, id: &str, rest: i64) -> bool {
        match &self.core.clock {
            Some(clock) if clock.id != id => {
                let other = Discrepancy::OtherClock { id: id.to_owned(), on_air: clock.id.clone() };
                self.alarm(stamp, &other);
                false
            }
            _ => {
                self.adopt(stamp, id, rest);
                true
            }
        }
    }

    /// Makes a clock of what is known where the feed never armed it.
    fn adopt(&mut self, stamp: Stamp, id: &str, duration_us: i64) {
        if self.core.clock.as_ref().is_some_and(|clock| clock.id == id) {
            return;
        }
        self.alarm(stamp, &Discrepancy::NotArmed { id: id.to_owned() });
        let clock = CountdownArmed { id: id.to_owned(), duration_us };
        self.countdown_armed(stamp, &clock);
    }

    /// The same phase said again is no news: its sounds are the ones already under way.
    fn set_phase(&mut self, stamp: Stamp, phase: ClockPhase) {
        if let Some(clock) = self.core.clock.as_mut().filter(|clock| clock.phase != phase) {
            clock.departed_us = Some(clock.remaining_us(stamp.at));
            clock.phase = phase;
            clock.since = stamp.at;
            clock.seq = stamp.seq;
        }
    }
}

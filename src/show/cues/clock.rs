//! The countdown: go, one tick a second towards the end, beeps in the last ones, and the gong.

use super::{CueTimes, Fact, Sheet};
use crate::show::{
    cue::Cue,
    state::{Clock, ClockPhase, Show},
    time::{Instant, SECOND_US},
};

/// A clock that ticks longer than this says nothing any more.
const MOST_S: u32 = 3_600;

pub(super) fn cues(show: &Show, times: &CueTimes, sheet: &mut Sheet) {
    let Some(clock) = &show.core.clock else { return };
    let fact = Fact { seq: clock.seq, since: clock.since };
    match clock.phase {
        ClockPhase::Running { ends_at } => {
            if clock.departed_us == Some(clock.duration_us) {
                sheet.now(fact, Cue::Go);
            }
            seconds(clock, ends_at, times, sheet);
        }
        ClockPhase::Expired => sheet.now(fact, Cue::TimeUp),
        ClockPhase::Armed | ClockPhase::Paused { .. } | ClockPhase::Stopped { .. } => {}
    }
}

/// Second `n` sounds when exactly `n` s are left: at the digit's own frame. What lay at or before the instant the clock
/// set off was heard then, or not at all: a pause repeats nothing.
fn seconds(clock: &Clock, ends_at: Instant, times: &CueTimes, sheet: &mut Sheet) {
    for n in 1..=times.tick_from_s.max(times.beep_from_s).min(MOST_S) {
        let before_end = i64::from(n) * SECOND_US;
        let at = ends_at.saturating_sub(before_end);
        if at <= clock.since || at < sheet.from {
            break;
        }
        let cue = match n {
            1 if times.beep_from_s > 0 => Cue::BeepLast,
            n if n <= times.beep_from_s => Cue::Beep,
            _ => Cue::Tick,
        };
        sheet.put(Fact { seq: clock.seq, since: at }, cue, n, 0, 0.0);
    }
}

//! A score that counts.

use super::{CueTimes, Fact, Sheet};
use crate::show::{
    cue::Cue,
    protocol::Points,
    state::{Score, Show},
    time::ms,
};

pub(super) fn cues(show: &Show, times: &CueTimes, sheet: &mut Sheet) {
    for score in show.core.scores.values() {
        let fact = Fact { seq: score.seq, since: score.since };
        // A correction is told by the notice that goes with the scene.
        if !score.corrected {
            count(score, fact, times, sheet);
        }
    }
}

/// At most one tick a point and one every `count_gap_ms`. What does not add up, and decimals, are cut
/// to, as the picture does.
fn count(score: &Score, fact: Fact, times: &CueTimes, sheet: &mut Sheet) {
    let before = score.trail.steps().iter().rev().nth(1).map(|(_, value)| *value);
    let whole = score.value().is_whole() && score.delta.is_whole();
    if !whole || before.is_none_or(|before| before + score.delta != score.value()) {
        return;
    }
    let points = (score.delta.thousandths() / Points::whole(1).thousandths()).unsigned_abs();
    let lasts_ms = match points {
        0..=20 => times.count_short_ms,
        21..=100 => times.count_middle_ms,
        _ => times.count_long_ms,
    };
    let room = u64::try_from(lasts_ms / times.count_gap_ms.max(1)).unwrap_or(0);
    let steps = u32::try_from(points.min(room)).unwrap_or(u32::MAX);
    for n in 1..=steps {
        let offset = ms(times.count_delay_ms) + ms(lasts_ms) * i64::from(n) / i64::from(steps);
        sheet.vary(fact, Cue::Count, n, n - 1, offset, times.count_gain_db);
    }
}

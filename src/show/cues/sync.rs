//! The blip of the moving test card: one at each whole second of show time, where its mark stands in the middle.

use crate::show::{
    cue::{Cue, CueKey, ScheduledCue},
    time::{Instant, SECOND_US},
};

/// The blips with `from ≤ at < to`. Their `seq` is the second.
pub fn sync_blips(from: Instant, to: Instant) -> Vec<ScheduledCue> {
    let first = from.saturating_add(SECOND_US - 1).div_euclid(SECOND_US);
    let seconds = (first..).take_while(|second| second.saturating_mul(SECOND_US) < to);
    let blip = |second: i64| {
        let key = CueKey { seq: second.unsigned_abs(), cue: Cue::Sync, n: u32::from(second < 0) };
        ScheduledCue { key, cue: Cue::Sync, at_us: second.saturating_mul(SECOND_US), variant: 0, gain_db: 0.0 }
    };
    seconds.map(blip).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_whole_second_blips_once() {
        let at = |from, to| sync_blips(from, to).iter().map(|cue| cue.at_us).collect::<Vec<_>>();
        assert_eq!(at(-1_500_000, 1_000_001), [-1_000_000, 0, 1_000_000]);
        assert_eq!(at(1_000_000, 2_000_000), [1_000_000]);
        assert!(at(1_000_001, 1_999_999).is_empty());
        let pieces: Vec<_> = (0..50).flat_map(|n| sync_blips(n * 100_000, (n + 1) * 100_000)).collect();
        assert_eq!(pieces, sync_blips(0, 5_000_000));
    }
}

//! When the sounds fall, read from the motion they belong to: picture and sound keep the same instants.

use super::{Look, Theme};
use crate::show::cues::CueTimes;

impl Theme {
    /// The instants of the programme's cues: all outputs share one sound.
    pub fn cue_times(&self) -> CueTimes {
        self.programme().cue_times()
    }
}

impl Look {
    /// The instants of the cues. Gains per cue are in [`super::Sounds::cues`].
    pub fn cue_times(&self) -> CueTimes {
        let (motion, sounds) = (&self.motion, &self.sounds);
        let [_correct, terms @ .., close, result, _chip, _count] = &motion.formula;
        CueTimes {
            tick_from_s: sounds.tick_from_s,
            beep_from_s: sounds.beep_from_s,
            flip_first_ms: motion.seats_delay.0,
            flip_step_ms: motion.seat_stagger.0,
            duel_hit_ms: motion.duel_result.0,
            coin_hold_ms: motion.coin_hold.0,
            coin_stagger_ms: motion.coin_stagger.0,
            risk_hit_ms: motion.coin_shut.0,
            moment_hit_ms: 0,
            assignment_hit_ms: motion.move_in.0,
            formula_terms_ms: terms.iter().map(|at| at.0).collect(),
            formula_sweep_ms: close.0,
            formula_hit_ms: result.0,
            count_delay_ms: motion.count_delay.0,
            count_short_ms: motion.count.0.0,
            count_middle_ms: motion.count.1.0,
            count_long_ms: motion.count.2.0,
            count_gap_ms: sounds.count_gap.0,
            chime_gap_ms: sounds.chime_gap.0,
            award: self.layout.award.plan.clone(),
            draw_land_ms: motion.reel_land.0,
            entrance_gain_db: sounds.entrance_gain_db,
            flip_gain_db: 0.0,
            count_gain_db: 0.0,
        }
    }
}

//! When the sounds fall, read from the motion they belong to: picture and sound keep the same instants.

use super::{Look, Theme};
use crate::show::cues::{CueTimes, RowTimes, TotalTimes};

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
            roll_ms: sounds.roll.0,
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
            handover_ms: motion.handover.0,
            standings: RowTimes {
                single: self.layout.standings.single,
                double: self.layout.standings.double,
                stagger_ms: motion.stagger.0,
                ranked_stagger_ms: motion.row_stagger.0,
                first_hold_ms: motion.row_first_hold.0,
                page_ms: motion.page.0,
            },
            total: TotalTimes {
                delay_ms: motion.tab.total_delay.0,
                pitch_ms: motion.tab.total_pitch.0,
                close_ms: motion.tab.total_part.1.0 + motion.tab.total_close.0,
                result_ms: motion.tab.total_result.0,
            },
            applause: sounds.applause,
            bed: sounds.bed.clone(),
            duck: sounds.duck,
            award: self.layout.award.plan.clone(),
            draw_land_ms: motion.reel_land.0,
            entrance_gain_db: sounds.entrance_gain_db,
            flip_gain_db: 0.0,
            count_gain_db: 0.0,
        }
    }
}

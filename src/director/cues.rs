//! The sounds of the show on air, with the theme's instants and gains.

use super::Director;
use crate::show::{
    cue::ScheduledCue,
    cues::{CueTimes, between},
    theme::Theme,
    time::Instant,
};

/// The shortest distance of two count ticks: 12 a second.
const COUNT_GAP_MS: i64 = 84;

impl Director {
    /// The cues with `from_us ≤ at < to_us` that the show as it stands asks for, in the order they are heard.
    pub fn cues(&self, from_us: Instant, to_us: Instant) -> Vec<ScheduledCue> {
        let theme = &self.theme;
        let mut cues = between(&self.show, &times(theme), from_us, to_us);
        cues.retain_mut(|cue| {
            let Some(sound) = theme.sounds.cues.get(cue.cue.name()) else { return true };
            cue.gain_db += sound.gain_db;
            !sound.mute
        });
        cues
    }
}

/// The theme's spans as the cues need them: sound and picture keep the same instants.
fn times(theme: &Theme) -> CueTimes {
    let (motion, sounds) = (&theme.motion, &theme.sounds);
    let formula = |index: usize| motion.formula[index].0;
    CueTimes {
        tick_from_s: sounds.tick_from_s,
        beep_from_s: sounds.beep_from_s,
        flip_first_ms: motion.seats_delay.0,
        flip_step_ms: motion.seat_stagger.0,
        duel_hit_ms: motion.duel_result.0,
        risk_hit_ms: motion.coin_shut.0 + motion.coin_open.0,
        moment_hit_ms: 0,
        assignment_hit_ms: motion.move_in.0,
        formula_terms_ms: (0..6).map(formula).collect(),
        formula_sweep_ms: formula(6),
        formula_hit_ms: formula(7),
        count_delay_ms: motion.count_delay.0,
        count_short_ms: motion.count.0.0,
        count_middle_ms: motion.count.1.0,
        count_long_ms: motion.count.2.0,
        count_gap_ms: COUNT_GAP_MS,
        // What a cue weighs is the theme's gain for it alone.
        entrance_gain_db: 0.0,
        flip_gain_db: 0.0,
        count_gain_db: 0.0,
    }
}

//! Reduced motion: the same tokens with everything at rest but cross-fades, the ring's sweep and its digits.

use super::{BeatMotion, Motion, Ms, TabMotion};

const NONE: Ms = Ms(0);

impl Motion {
    /// The variant for those whom motion troubles: nothing travels, scales or comes one after another; what changes
    /// cross-fades in the theme's `swap`; figures are cut and underlined. What is told, and when, stays as it is.
    pub fn reduced(&self) -> Self {
        let fade = self.swap;
        Self {
            reduced: true,
            fade_in: fade,
            fade_out: fade,
            ring_out_delay: NONE,
            ring_out_scale: 1.0,
            move_in: NONE,
            travel_px: 0.0,
            stagger: NONE,
            option_in: fade,
            option_delay: NONE,
            ground: fade,
            ring_draw: NONE,
            ring_draw_delay: NONE,
            freeze: fade,
            disc_from: 1.0,
            dim: fade,
            lock: fade,
            chip_in: fade,
            chip_travel_px: 0.0,
            cell: fade,
            coin_stagger: NONE,
            coin_shut: NONE,
            coin_open: fade,
            moment_from: 1.0,
            moment_in: fade,
            moment_stroke: NONE,
            pip: fade,
            pip_slide: NONE,
            formula_close: NONE,
            formula_count: NONE,
            n_count: (self.n_count.1, self.n_count.1),
            seat_stagger: NONE,
            seat_flip: fade,
            badge: fade,
            row_stagger: NONE,
            sun_rise: fade,
            sun_travel_px: 0.0,
            title_stagger: NONE,
            buzz_lit: fade,
            buzz_breath_depth: 0.0,
            foul_drop: NONE,
            foul_drop_px: 0.0,
            edge_line: NONE,
            lyric: fade,
            lower_third_in: fade,
            lower_third_out: fade,
            corrected_swap: fade,
            reel_land: NONE,
            reel_speed: 0.0,
            reel_stagger: NONE,
            tab: TabMotion {
                row_in: fade,
                tie_bracket: fade,
                tie_cells: fade,
                tie_chip: fade,
                tie_settle: fade,
                row_move: fade,
                mend: fade,
                banner_delay: fade,
                banner: NONE,
                banner_disc_from: 1.0,
                ..self.tab.clone()
            },
            beat: BeatMotion {
                arcs: fade,
                ground_loss: fade,
                wave: NONE,
                start: NONE,
                start_px: 0.0,
                urgent: fade,
                padlock_from: 1.0,
                next: fade,
                ..self.beat.clone()
            },
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::show::theme::source;

    #[test]
    fn what_is_told_stays_where_it_is() {
        let theme = source::shipped::theme("qingkong");
        let (full, reduced) = (&theme.tv.motion, theme.tv.motion.reduced());
        assert!(reduced.reduced && !full.reduced);
        assert_eq!((reduced.formula, reduced.coin_hold, reduced.page), (full.formula, full.coin_hold, full.page));
        assert_eq!((reduced.travel_px, reduced.disc_from, reduced.stagger.0), (0.0, 1.0, 0));
        assert_eq!(reduced.reduced(), reduced, "reduced once is reduced");
    }
}

//! The sounds that a stretch of time asks for, read from the state: the ear's counterpart of a frame.
//!
//! Nothing is remembered between two calls. A cue exists because a fact of the show says that something becomes so at
//! an instant; a fact that is older than the stretch asks for nothing, so a seek, a snapshot or a late start is silent
//! about the past. Only the scene on air sounds, never one that is leaving. A clock sounds only while it runs, because
//! only then is the instant of each second certain.

mod clock;
mod course;
mod films;
mod programme;
mod scene;
mod score;
mod sync;
mod table;

#[cfg(test)]
mod tests;

pub use course::{Course, GRID_US, Levels};
pub use films::{FilmPlay, films};
pub use programme::Programme;
pub use sync::sync_blips;
pub use table::{RowTimes, TotalTimes};

use super::{
    award::AwardPlan,
    cue::{Cue, CueKey, ScheduledCue},
    state::{Scene, Show},
    theme::{ApplauseTimes, Bed, Ducks},
    time::{Instant, SpanUs, ms},
};

/// When the package's sounds fall, relative to the facts they belong to. The theme fills it beside its motion, so that
/// sound and picture keep the same instants. Offsets in ms, gains in dB.
#[derive(Clone, Debug, PartialEq)]
pub struct CueTimes {
    /// A running clock ticks through its last `tick_from_s` seconds…
    pub tick_from_s: u32,
    /// …and beeps through its last `beep_from_s`.
    pub beep_from_s: u32,
    /// First seat of the wall, and the step from seat to seat.
    pub flip_first_ms: i64,
    pub flip_step_ms: i64,
    /// The duel's result, after the tally.
    pub duel_hit_ms: i64,
    /// Coins revealed together hold so long, then turn one after another; one alone turns at once.
    pub coin_hold_ms: i64,
    pub coin_stagger_ms: i64,
    /// How long the roll is that ends in a landing.
    pub roll_ms: i64,
    /// The last team's value lies open, after its coin began to turn.
    pub risk_hit_ms: i64,
    /// The big gain or loss, after it comes on.
    pub moment_hit_ms: i64,
    /// Named: the line has reached the other team.
    pub assignment_hit_ms: i64,
    /// The speed formula's terms, its sweep and its result.
    pub formula_terms_ms: Vec<i64>,
    pub formula_sweep_ms: i64,
    pub formula_hit_ms: i64,
    /// A score starts to count so long after its change…
    pub count_delay_ms: i64,
    /// …and does so for this long: up to 20 points, up to 100, more.
    pub count_short_ms: i64,
    pub count_middle_ms: i64,
    pub count_long_ms: i64,
    /// The shortest distance of two count ticks.
    pub count_gap_ms: i64,
    /// Notices nearer to one another than this are one.
    pub chime_gap_ms: i64,
    /// A scene that takes over from another enters so much later.
    pub handover_ms: i64,
    pub standings: RowTimes,
    pub total: TotalTimes,
    pub applause: ApplauseTimes,
    pub bed: Bed,
    pub duck: Ducks,
    /// How award lists are paged and paced.
    pub award: AwardPlan,
    /// The draw's reel lands, after its result is known.
    pub draw_land_ms: i64,
    /// A card, slate or table coming on.
    pub entrance_gain_db: f32,
    pub flip_gain_db: f32,
    pub count_gain_db: f32,
}

/// When the scene on air begins to enter: one that takes over from another lets it begin to leave first.
fn enters(show: &Show, times: &CueTimes) -> Fact {
    let program = &show.program;
    let took_over = program.departed.iter().any(|gone| gone.left_at == program.since && gone.scene != Scene::Ground);
    let since = program.since.saturating_add(if took_over { ms(times.handover_ms) } else { 0 });
    Fact { seq: program.seq, since }
}

/// The cues with `from ≤ at < to`, in the order they are heard. Keys are unique within a show.
pub fn between(show: &Show, times: &CueTimes, from: Instant, to: Instant) -> Vec<ScheduledCue> {
    let mut sheet = Sheet { from, to, cues: Vec::new() };
    clock::cues(show, times, &mut sheet);
    scene::cues(show, times, &mut sheet);
    score::cues(show, times, &mut sheet);
    sheet.cues.sort_by_key(|cue| (cue.at_us, cue.key));
    sheet.cues
}

/// The cue sheet being written: keeps what lies in its stretch of time.
struct Sheet {
    from: Instant,
    to: Instant,
    cues: Vec<ScheduledCue>,
}

/// The fact a cue belongs to: its event and its instant.
#[derive(Clone, Copy)]
struct Fact {
    seq: u64,
    since: Instant,
}

impl Sheet {
    fn put(&mut self, fact: Fact, cue: Cue, n: u32, offset_us: SpanUs, gain_db: f32) {
        self.vary(fact, cue, n, 0, offset_us, gain_db);
    }

    /// As one of the cue's variants.
    fn vary(&mut self, fact: Fact, cue: Cue, n: u32, variant: u32, offset_us: SpanUs, gain_db: f32) {
        let at_us = fact.since.saturating_add(offset_us);
        if (self.from..self.to).contains(&at_us) {
            let key = CueKey { seq: fact.seq, cue, n };
            self.cues.push(ScheduledCue { key, cue, at_us, variant, gain_db });
        }
    }

    /// One at the fact's own instant, at the recipe's loudness.
    fn now(&mut self, fact: Fact, cue: Cue) {
        self.put(fact, cue, 0, 0, 0.0);
    }

    fn later(&mut self, fact: Fact, cue: Cue, offset_ms: i64) {
        self.put(fact, cue, 0, ms(offset_ms), 0.0);
    }
}

//! How loud the stems are: what makes room for what, as a function of the show and the instant, like the cues.

use super::{CueTimes, films::Stretch};
use crate::show::{
    clip::Clips,
    cue::Stem,
    state::{Scene, Show},
    theme::Duck,
    time::{Instant, SpanUs, ms},
};

/// A course is read at multiples of this; between two readings gains go straight. A fact that comes as a surprise is
/// therefore a ramp of this length and never a click.
pub const GRID_US: SpanUs = ms(10);
/// At this and below nothing is heard.
const SILENT_DB: f32 = -60.0;

/// Gains of the stems that are not the clock's, as factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    pub effects: f32,
    pub bed: f32,
}

impl Levels {
    /// Nothing makes room for anything.
    pub const OPEN: Self = Self { effects: 1.0, bed: 1.0 };

    /// The way from these to others, straight; `along` is 0 … 1.
    pub fn towards(self, other: Self, along: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * along;
        Self { effects: mix(self.effects, other.effects), bed: mix(self.bed, other.bed) }
    }

    pub const fn of(self, stem: Stem) -> f32 {
        match stem {
            Stem::Clock => 1.0,
            Stem::Effects => self.effects,
            Stem::Bed => self.bed,
        }
    }
}

/// Gains over a stretch of time: points between which they go straight, and outside which they stay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course(Vec<(Instant, Levels)>);

impl Course {
    /// The points, in order.
    pub fn points(&self) -> &[(Instant, Levels)] {
        &self.0
    }

    /// The gains at an instant.
    pub fn at(&self, now: Instant) -> Levels {
        let next = self.0.partition_point(|(at, _)| *at <= now);
        match (next.checked_sub(1).and_then(|before| self.0.get(before)), self.0.get(next)) {
            (None, None) => Levels::OPEN,
            (Some((_, only)), None) | (None, Some((_, only))) => *only,
            (Some((from, a)), Some((to, b))) => a.towards(*b, (now - from) as f32 / (to - from) as f32),
        }
    }

    /// Adds what the show as it stands says of [`from`, `to`), after what was added before. `clips` are the films that
    /// are known: one without a sound makes no room, and none longer than it lasts.
    pub fn add(&mut self, show: &Show, times: &CueTimes, clips: &Clips, from: Instant, to: Instant) {
        let reins = reins(show, times, clips);
        let grid = |at: Instant| at.div_euclid(GRID_US).saturating_mul(GRID_US);
        let mut at = if grid(from) < from { grid(from) + GRID_US } else { from };
        let last = grid(to - 1);
        if at > last {
            return;
        }
        while at < last {
            self.push(at, level(&reins, at));
            // Where nothing moves there is nothing to read until something does.
            let moving = reins.iter().any(|rein| rein.moves(at));
            let next = reins.iter().flat_map(Rein::bends).filter(|bend| *bend > at).min();
            let skip = next.map_or(last, |next| grid(next).min(last));
            at = if moving || skip <= at { at + GRID_US } else { skip };
        }
        // What holds at the end is said: the next fact may begin with a jump, and that is to be short.
        self.push(last, level(&reins, last));
    }

    /// Keeps what was said of the time before `at` and takes what `later` says from there on, as if both had been added
    /// one after the other.
    pub fn go_on(&mut self, later: &Self, at: Instant) {
        if self.0.is_empty() {
            self.0.clone_from(&later.0);
            return;
        }
        let next = at.saturating_add(GRID_US - 1).div_euclid(GRID_US).saturating_mul(GRID_US);
        let last = next - GRID_US;
        let held = self.at(last);
        self.0.truncate(self.0.partition_point(|(point, _)| *point < last));
        self.push(last, held);
        self.push(next, later.at(next));
        for (point, levels) in later.0.iter().filter(|(point, _)| *point > next) {
            self.push(*point, *levels);
        }
    }

    /// Forgets what only says how loud it was before `at`.
    pub fn forget(&mut self, at: Instant) {
        // One of them still says how loud it was where the rest begins.
        let old = self.0.partition_point(|(point, _)| *point < at).saturating_sub(1);
        self.0.drain(..old);
    }

    /// Of equal gains in a row only the first and the last are kept.
    fn push(&mut self, at: Instant, levels: Levels) {
        if let [.., (_, before), last] = self.0.as_mut_slice()
            && *before == last.1
            && last.1 == levels
        {
            last.0 = at;
            return;
        }
        self.0.push((at, levels));
    }
}

/// One reason to be quieter: which stems, from when, until when (a clip on air has no end yet), and how.
struct Rein {
    effects: bool,
    from: Instant,
    until: Option<Instant>,
    attack_us: SpanUs,
    release_us: SpanUs,
    db: f32,
}

impl Rein {
    fn held(duck: &Duck, effects: bool, from: Instant, until: Option<Instant>) -> Self {
        Self { effects, from, until, attack_us: duck.attack.us(), release_us: duck.release.us(), db: duck.db }
    }

    fn of(duck: &Duck, from: Instant) -> Self {
        Self::held(duck, false, from, Some(from.saturating_add(duck.hold.us())))
    }

    fn db_at(&self, now: Instant) -> f32 {
        let share = |since: Instant, span_us: SpanUs| match now.saturating_sub(since) {
            passed if passed < 0 => 0.0,
            passed if passed >= span_us => 1.0,
            passed => passed as f32 / span_us as f32,
        };
        let up = self.until.map_or(0.0, |until| share(until, self.release_us));
        self.db * share(self.from, self.attack_us) * (1.0 - up)
    }

    fn moves(&self, now: Instant) -> bool {
        let within = |from: Instant, span_us: SpanUs| {
            (from.saturating_sub(GRID_US)..=from.saturating_add(span_us).saturating_add(GRID_US)).contains(&now)
        };
        within(self.from, self.attack_us) || self.until.is_some_and(|until| within(until, self.release_us))
    }

    fn bends(&self) -> impl Iterator<Item = Instant> + use<> {
        [Some(self.from), self.until].into_iter().flatten()
    }
}

/// The deepest of all reasons holds: two do not add up.
fn level(reins: &[Rein], now: Instant) -> Levels {
    let (mut effects, mut bed) = (0.0_f32, 0.0_f32);
    for rein in reins {
        let db = rein.db_at(now);
        bed = bed.min(db);
        if rein.effects {
            effects = effects.min(db);
        }
    }
    Levels { effects: factor(effects), bed: factor(bed) }
}

fn reins(show: &Show, times: &CueTimes, clips: &Clips) -> Vec<Rein> {
    let (core, program, duck) = (&show.core, &show.program, &times.duck);
    let mut reins = Vec::new();
    let gone = program.departed.iter().filter(|gone| gone.scene == Scene::Media);
    let gone = gone.filter_map(|gone| Stretch::of(&gone.core, Some(gone.left_at)));
    let on = (program.scene == Scene::Media).then(|| Stretch::of(core, None)).flatten();
    for clip in gone.chain(on) {
        // A clip that has run out makes room by itself.
        if let Some(until) = clip.heard_until(clips) {
            reins.push(Rein::held(&duck.media, true, clip.from, until));
        }
    }
    if let Some(verdict) = core.question.as_ref().and_then(|ask| ask.verdict.as_ref()) {
        reins.push(Rein::of(&duck.verdict, verdict.since));
    }
    if program.scene == Scene::Moment && super::scene::lost(core) {
        reins.push(Rein::of(&duck.loss, program.since));
    }
    if !super::scene::has_bed(show, times) {
        // The last bar rings out under the scene that took over, and stays out.
        let beds = program.departed.iter().filter(|gone| super::scene::is_bed(gone.scene, &gone.core, times));
        let from = beds.map(|gone| gone.left_at).max().unwrap_or(Instant::MIN / 4);
        let attack_us = ms(times.bed.fade_out.0);
        reins.push(Rein { effects: false, from, until: None, attack_us, release_us: 0, db: SILENT_DB });
    }
    reins
}

/// Decibels to a factor. In steps of a thousandth of a decibel it is the same on every machine.
fn factor(db: f32) -> f32 {
    if db <= SILENT_DB { 0.0 } else { ((10.0_f64.powf(f64::from(db) / 20.0) * 1e6).round() / 1e6) as f32 }
}

//! When a silent child counts as hung, and when the next one is started: plain figures, no clock of their own.

use std::time::Duration;

use super::Beat;

/// So long a child may take until its first beat.
const STARTING: Duration = Duration::from_secs(30);
/// So long one may take to end when it was asked to: recordings and films are finished.
const ENDING: Duration = Duration::from_secs(30);
/// … and when it cannot go on.
const FAILING: Duration = Duration::from_secs(2);
/// A child that has shown its picture for so long has started well.
const WELL: Duration = Duration::from_secs(1);
/// The pauses between starts that fail, first and longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));
/// More hangs than this in [`RECENT`] say that the machine is slow: a watchdog that bites a slow machine makes it slower.
const HANGS: usize = 3;
const RECENT: Duration = Duration::from_secs(60);
/// The patience is doubled so often at most.
const DOUBLINGS: u32 = 4;
/// It is halved again each time that a child has shown its picture for so long.
const CALM: Duration = Duration::from_secs(600);

/// Watches one child.
#[derive(Debug)]
pub struct Watch {
    patience: Duration,
    times: u32,
    silent: Duration,
    shown: Duration,
    has_shown: bool,
    ends: bool,
}

impl Watch {
    /// `times`: by how much more patient than the child asks for.
    pub const fn new(times: u32) -> Self {
        let patience = STARTING.saturating_mul(times);
        Self { patience, times, silent: Duration::ZERO, shown: Duration::ZERO, has_shown: false, ends: false }
    }

    pub fn beat(&mut self, beat: &Beat) {
        if !self.ends {
            self.silent = Duration::ZERO;
            self.patience = Duration::from_millis(beat.patience_ms) * self.times;
            self.has_shown |= beat.shown;
        }
    }

    /// It ends: by itself, or because it was asked to.
    pub fn ends(&mut self, fails: bool) {
        if !self.ends {
            self.ends = true;
            self.silent = Duration::ZERO;
            self.patience = if fails { FAILING } else { ENDING };
        }
    }

    /// Lets time pass, as far as the parent was awake to hear a beat.
    pub fn pass(&mut self, awake: Duration) {
        self.silent += awake;
        if self.has_shown {
            let before = calm(self.shown);
            self.shown += awake;
            if calm(self.shown) > before {
                self.times = (self.times / 2).max(1);
            }
        }
    }

    /// How long nothing was heard, when that is too long.
    pub fn hung(&self) -> Option<Duration> {
        (self.silent > self.patience).then_some(self.silent)
    }

    /// Whether there has been a picture.
    pub const fn has_shown(&self) -> bool {
        self.has_shown
    }

    /// For how long there has been one.
    pub const fn shown(&self) -> Duration {
        self.shown
    }
}

/// How often the patience was halved meanwhile.
fn calm(shown: Duration) -> u32 {
    u32::try_from(shown.as_secs() / CALM.as_secs()).unwrap_or(u32::MAX)
}

/// When to start again.
#[derive(Debug, Default)]
pub struct Plan {
    failed: u32,
    /// When children hung, since the parent's start.
    hangs: Vec<Duration>,
    doublings: u32,
}

impl Plan {
    /// A child is gone that has `shown` its picture for so long. So long is to be waited before the next one.
    pub fn gone(&mut self, shown: Duration) -> Duration {
        self.doublings = self.doublings.saturating_sub(calm(shown));
        self.failed = if shown >= WELL { 0 } else { self.failed.saturating_add(1) };
        match self.failed {
            // What died once is started at once.
            0 | 1 => Duration::ZERO,
            failed => PAUSES.0.saturating_mul(1 << (failed - 2).min(16)).min(PAUSES.1),
        }
    }

    /// One hung, at this time since the parent's start.
    pub fn hung(&mut self, at: Duration) {
        self.hangs.retain(|hang| at.saturating_sub(*hang) < RECENT);
        self.hangs.push(at);
        if self.hangs.len() > HANGS {
            self.hangs.clear();
            self.doublings = (self.doublings + 1).min(DOUBLINGS);
        }
    }

    /// One did not come as far as a picture: a tape that long, or a disk that slow. The next one has twice the time.
    pub fn hung_at_the_start(&mut self) {
        self.doublings = (self.doublings + 1).min(DOUBLINGS);
    }

    /// How many of the last starts failed.
    pub const fn failed(&self) -> u32 {
        self.failed
    }

    /// By how much more patient to be than the child asks for.
    pub const fn times(&self) -> u32 {
        1 << self.doublings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TICK: Duration = Duration::from_millis(50);

    fn beat(patience_ms: u64, shown: bool) -> Beat {
        Beat { patience_ms, shown, ..Beat::default() }
    }

    /// Silence until it counts as hung.
    fn found(watch: &mut Watch) -> Duration {
        (0..10_000)
            .find_map(|_| {
                watch.pass(TICK);
                watch.hung()
            })
            .unwrap()
    }

    #[test]
    fn a_silent_child_is_found_within_its_patience() {
        let mut watch = Watch::new(1);
        assert!(found(&mut watch) > Duration::from_secs(29), "starting takes its time");
        let mut watch = Watch::new(1);
        for _ in 0..100 {
            watch.beat(&beat(700, true));
            watch.pass(TICK);
            assert_eq!(watch.hung(), None);
        }
        assert!(watch.has_shown() && watch.shown() >= WELL);
        watch.beat(&beat(700, true));
        assert!(found(&mut watch) < Duration::from_millis(800));
        let mut slow = Watch::new(4);
        slow.beat(&beat(700, true));
        assert!(found(&mut slow) > Duration::from_millis(2_700), "a slow machine is given more time");
    }

    #[test]
    fn what_ends_is_not_hung_but_not_for_ever() {
        let mut watch = Watch::new(1);
        watch.beat(&beat(700, true));
        watch.ends(false);
        // What the loop said last comes after it.
        watch.beat(&beat(700, true));
        assert!(found(&mut watch) > Duration::from_secs(29));
        let mut watch = Watch::new(1);
        watch.ends(true);
        assert!(found(&mut watch) < Duration::from_secs(3));
        assert!(watch.shown() < WELL);
    }

    #[test]
    fn a_start_that_fails_is_tried_again_for_ever_with_growing_pauses() {
        let mut plan = Plan::default();
        assert_eq!(plan.gone(WELL), Duration::ZERO);
        let pauses: Vec<u128> = (0..9).map(|_| plan.gone(Duration::ZERO).as_millis()).collect();
        assert_eq!(pauses, [0, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
        (0..100).for_each(|_| assert!(plan.gone(Duration::ZERO) <= PAUSES.1));
        assert_eq!(plan.failed(), 109);
        assert_eq!((plan.gone(WELL), plan.failed()), (Duration::ZERO, 0));
    }

    #[test]
    fn a_machine_on_which_children_hang_and_hang_is_given_more_time() {
        let mut plan = Plan::default();
        // Now and then is no pattern.
        (0..20).for_each(|minute| plan.hung(Duration::from_secs(40 * minute)));
        assert_eq!(plan.times(), 1);
        (0..100).for_each(|second| plan.hung(Duration::from_secs(10_000 + second)));
        assert_eq!(plan.times(), 16);
    }

    #[test]
    fn a_machine_that_has_been_calm_for_long_is_watched_as_closely_as_before() {
        let mut plan = Plan::default();
        (0..3).for_each(|_| plan.hung_at_the_start());
        let mut watch = Watch::new(plan.times());
        let mut after = |minutes: u32| {
            for _ in 0..minutes * 60 {
                watch.beat(&beat(700, true));
                watch.pass(Duration::from_secs(1));
            }
            watch.beat(&beat(700, true));
            watch.patience
        };
        let found = [9, 2, 10, 10, 30].map(|minutes| after(minutes).as_millis());
        assert_eq!(found, [5_600, 2_800, 1_400, 700, 700]);
        plan.gone(Duration::from_secs(1_300));
        assert_eq!(plan.times(), 2, "for the next one, too");
        plan.gone(Duration::from_secs(36_000));
        assert_eq!(plan.times(), 1);
    }

    #[test]
    fn who_did_not_come_as_far_as_a_picture_has_twice_the_time() {
        let mut plan = Plan::default();
        let patient = |plan: &Plan| {
            let mut watch = Watch::new(plan.times());
            while watch.hung().is_none() {
                watch.pass(TICK);
            }
            watch.hung().unwrap_or_default()
        };
        let first = patient(&plan);
        plan.hung_at_the_start();
        assert!(patient(&plan) >= first * 2 - TICK * 2, "{:?}", patient(&plan));
        (0..100).for_each(|_| plan.hung_at_the_start());
        assert!(patient(&plan) < first * 17, "not for ever");
    }
}

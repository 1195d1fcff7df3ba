//! What a machine that cannot keep the rate gives up, and when it has it back: decided by how long frames take.
//!
//! The backdrop's motion goes first, then every other frame, then two of three; the clock never. One step at a time, after
//! many frames of the last few were late; back after a calm while, and after a longer one where the last return did not
//! last.

use schemars::JsonSchema;
use serde::Serialize;

/// What is given up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing.
    #[default]
    Full,
    /// The backdrop changes at once instead of dissolving and travelling.
    StillBackdrop,
    /// That, and a frame is made for every other one of the rate.
    HalfRate,
    /// That, and for every third one.
    ThirdRate,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Full, Self::StillBackdrop, Self::HalfRate, Self::ThirdRate];

    /// One frame is made in so many of the rate.
    pub const fn every(self) -> u32 {
        match self {
            Self::Full | Self::StillBackdrop => 1,
            Self::HalfRate => 2,
            Self::ThirdRate => 3,
        }
    }

    fn down(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    fn up(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }
}

/// One frame, as the machine saw it.
#[derive(Clone, Copy, Debug)]
pub struct Paced {
    /// When it began, µs of a clock that never goes back.
    pub at_us: i64,
    /// From its beginning to that of the next one, µs.
    pub took_us: i64,
    /// What of that was work, µs; none where the screen's own pace hides it.
    pub worked_us: Option<i64>,
    /// How long a frame of the full rate may take, µs.
    pub due_us: i64,
    /// Whether something on air moved: else nobody waited for the next one.
    pub moves: bool,
}

/// Frames that are judged together.
const WINDOW: u32 = 50;
/// So many of them late: too many.
const LATE: u32 = 25;
/// Frames that tell whether there is room again, and so many of them may be without.
const CALM_WINDOW: u32 = 100;
const TIGHT: u32 = 5;
/// A frame is late when it took so much of its time, in hundredths: a timer is never exact.
const LATE_FROM: i64 = 130;
/// There is room for more when the work takes no more than so many hundredths of the time that it would then have.
const ROOM: i64 = 70;
/// What has changed is given so long to show its effect, µs.
const DWELL_US: i64 = 3_000_000;
/// A calm while, µs; twice as long each time that what came back did not stay for `LASTING_US`, up to `LONGEST_US`.
const CALM_US: i64 = 10_000_000;
const LASTING_US: i64 = 60_000_000;
const LONGEST_US: i64 = 640_000_000;

/// Where the machine stands.
#[derive(Debug)]
pub struct Ladder {
    step: Step,
    /// Since when, and how long a calm it takes to go up; µs.
    since_us: i64,
    calm_us: i64,
    /// When something was last given back.
    up_us: Option<i64>,
    /// The last moving frames, one bit each, the latest lowest: late ones, and those that left no room.
    late: u128,
    tight: u128,
    seen: u32,
}

impl Default for Ladder {
    fn default() -> Self {
        Self { step: Step::Full, since_us: i64::MIN, calm_us: CALM_US, up_us: None, late: 0, tight: 0, seen: 0 }
    }
}

impl Ladder {
    pub const fn step(&self) -> Step {
        self.step
    }

    /// Takes one frame into account; gives the new step where that changes it.
    pub fn see(&mut self, frame: &Paced) -> Option<Step> {
        if !frame.moves {
            return None;
        }
        let share = |us: i64, due_us: i64| us.saturating_mul(100) / due_us.max(1);
        let given_us = frame.due_us.saturating_mul(i64::from(self.step.every()));
        let is_late = share(frame.took_us, given_us) > LATE_FROM;
        let then_us = frame.due_us.saturating_mul(i64::from(self.step.up().unwrap_or_default().every()));
        let is_tight = is_late || frame.worked_us.is_some_and(|us| share(us, then_us) > ROOM);
        self.late = self.late << 1 | u128::from(is_late);
        self.tight = self.tight << 1 | u128::from(is_tight);
        self.seen = self.seen.saturating_add(1);
        let of = |bits: u128, last: u32| (bits & ((1 << last) - 1)).count_ones();
        let for_us = frame.at_us.saturating_sub(self.since_us);
        if of(self.late, WINDOW) >= LATE && for_us >= DWELL_US {
            let lower = self.step.down()?;
            let lasted = self.up_us.is_none_or(|up_us| frame.at_us.saturating_sub(up_us) >= LASTING_US);
            self.calm_us = if lasted { CALM_US } else { self.calm_us.saturating_mul(2).min(LONGEST_US) };
            self.up_us = None;
            return Some(self.go(lower, frame.at_us));
        }
        if self.seen >= CALM_WINDOW && of(self.tight, CALM_WINDOW) <= TIGHT && for_us >= self.calm_us {
            let higher = self.step.up()?;
            self.up_us = Some(frame.at_us);
            return Some(self.go(higher, frame.at_us));
        }
        None
    }

    fn go(&mut self, step: Step, at_us: i64) -> Step {
        (self.step, self.since_us) = (step, at_us);
        (self.late, self.tight, self.seen) = (0, 0, 0);
        step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE_US: i64 = 20_000;

    /// A machine: what a frame's work takes at each step.
    struct Machine {
        ladder: Ladder,
        at_us: i64,
        /// (instant, step) of every change.
        changes: Vec<(i64, Step)>,
    }

    impl Machine {
        fn new() -> Self {
            Self { ladder: Ladder::default(), at_us: 0, changes: Vec::new() }
        }

        fn step(&self) -> Step {
            self.ladder.step()
        }

        /// Runs for `seconds`, everything in motion; `work_us` says what the work takes.
        fn run(&mut self, seconds: i64, mut work_us: impl FnMut(Step, i64) -> i64) -> &mut Self {
            let until_us = self.at_us + seconds * 1_000_000;
            let mut n = 0;
            while self.at_us < until_us {
                let worked_us = work_us(self.step(), n);
                let took_us = worked_us.max(DUE_US * i64::from(self.step().every()));
                self.see(took_us, Some(worked_us), true);
                n += 1;
            }
            self
        }

        fn see(&mut self, took_us: i64, worked_us: Option<i64>, moves: bool) {
            let frame = Paced { at_us: self.at_us, took_us, worked_us, due_us: DUE_US, moves };
            let change = self.ladder.see(&frame);
            self.changes.extend(change.map(|step| (self.at_us, step)));
            self.at_us += took_us;
        }
    }

    #[test]
    fn what_is_given_up_first_is_the_backdrops_motion_and_only_as_much_as_need_be() {
        let mut machine = Machine::new();
        machine.run(60, |step, _| if step == Step::Full { 35_000 } else { 19_000 });
        assert_eq!(machine.step(), Step::StillBackdrop, "{:?}", machine.changes);
        let mut slow = Machine::new();
        slow.run(60, |_, _| 35_000);
        assert_eq!(
            slow.changes.iter().map(|change| change.1).collect::<Vec<_>>(),
            [Step::StillBackdrop, Step::HalfRate]
        );
        let mut slower = Machine::new();
        slower.run(60, |_, _| 90_000);
        assert_eq!(slower.step(), Step::ThirdRate, "and there it ends: {:?}", slower.changes);
        assert_eq!(slower.changes.len(), 3);
        assert!(slower.changes.windows(2).all(|pair| pair[1].0 - pair[0].0 >= DWELL_US), "{:?}", slower.changes);
    }

    #[test]
    fn a_hitch_a_pause_and_a_frame_late_now_and_then_change_nothing() {
        let mut machine = Machine::new();
        machine.run(30, |_, n| if n % 40 < 12 { 60_000 } else { 9_000 });
        machine.run(30, |_, n| if n % 3 == 0 { 28_000 } else { 9_000 });
        for _ in 0..500 {
            machine.see(100_000, Some(1_000), false);
        }
        assert_eq!(machine.changes, []);
    }

    #[test]
    fn what_was_given_up_comes_back_step_by_step_after_a_calm_while() {
        let mut machine = Machine::new();
        machine.run(20, |_, _| 35_000);
        assert_eq!(machine.step(), Step::HalfRate);
        let from_us = machine.at_us;
        machine.run(60, |_, _| 8_000);
        assert_eq!(machine.step(), Step::Full);
        let back: Vec<_> = machine.changes.iter().filter(|change| change.0 >= from_us).collect();
        assert_eq!(back.iter().map(|change| change.1).collect::<Vec<_>>(), [Step::StillBackdrop, Step::Full]);
        // Without room it does not come back, although no frame is late.
        let mut tight = Machine::new();
        tight.run(20, |_, _| 35_000);
        tight.run(600, |_, _| 17_000);
        assert_eq!(tight.step(), Step::HalfRate, "{:?}", tight.changes);
    }

    #[test]
    fn nothing_flaps() {
        // Fast enough without the backdrop's motion, far too slow with it: trying again becomes rare.
        let mut machine = Machine::new();
        machine.run(3600, |step, _| if step == Step::Full { 40_000 } else { 6_000 });
        let tried: Vec<i64> =
            machine.changes.iter().filter(|change| change.1 == Step::Full).map(|change| change.0).collect();
        assert!((4..=11).contains(&tried.len()), "{tried:?}");
        assert!(tried.windows(3).take(4).all(|three| three[2] - three[1] > three[1] - three[0]), "{tried:?}");
    }

    #[test]
    fn where_the_screen_paces_frames_late_ones_alone_tell() {
        let mut machine = Machine::new();
        for n in 0..400 {
            machine.see(if n % 4 == 0 { DUE_US } else { 2 * DUE_US }, None, true);
        }
        assert_eq!(machine.step(), Step::HalfRate, "{:?}", machine.changes);
        for _ in 0..2_000 {
            let every = i64::from(machine.step().every());
            machine.see(DUE_US * every, None, true);
        }
        assert_eq!(machine.step(), Step::Full, "{:?}", machine.changes);
    }
}

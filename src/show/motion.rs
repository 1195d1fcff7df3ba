//! Motion as functions of absolute time: curves and ramps, nothing that remembers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A CSS cubic-bezier timing curve (x1, y1, x2, y2), the way designers write it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Curve(pub f32, pub f32, pub f32, pub f32);

impl Curve {
    pub const LINEAR: Self = Self(0.0, 0.0, 1.0, 1.0);

    /// Progress for a share `t` of the time, both clamped to start at 0 and end at 1; may overshoot between.
    pub fn at(self, t: f32) -> f32 {
        if t <= 0.0 {
            return 0.0;
        }
        if t >= 1.0 {
            return 1.0;
        }
        let x = f64::from(t);
        let (mut low, mut high) = (0.0_f64, 1.0_f64);
        // Bisection: 24 halvings are finer than a pixel, and the same on every machine.
        for _ in 0..24 {
            let middle = (low + high) / 2.0;
            if bezier(f64::from(self.0), f64::from(self.2), middle) < x { low = middle } else { high = middle }
        }
        bezier(f64::from(self.1), f64::from(self.3), (low + high) / 2.0) as f32
    }

    /// Progress `now` for a motion that began at `since` and lasts `duration_us`.
    pub fn progress(self, now: i64, since: i64, duration_us: i64) -> f32 {
        self.at(share(now, since, duration_us))
    }
}

fn bezier(p1: f64, p2: f64, s: f64) -> f64 {
    let r = 1.0 - s;
    3.0 * r * r * s * p1 + 3.0 * r * s * s * p2 + s * s * s
}

/// The share of a span that has passed, 0 to 1. What takes no time is done at its instant.
pub fn share(now: i64, since: i64, duration_us: i64) -> f32 {
    if duration_us <= 0 {
        f32::from(u8::from(now >= since))
    } else if now <= since {
        0.0
    } else if now.saturating_sub(since) >= duration_us {
        1.0
    } else {
        ((now - since) as f64 / duration_us as f64) as f32
    }
}

/// `from` at 0, `to` at 1.
pub fn lerp(from: f32, to: f32, t: f32) -> f32 {
    from + (to - from) * t
}

/// How much is seen of each of several things that came one after another over one place, each dissolving over what was
/// there: what came last, and what of the others it does not cover yet. `came` are their own shares, oldest first; the
/// oldest is whole. The sum is 1.
pub fn weights(came: &[f32]) -> Vec<f32> {
    let mut free = 1.0;
    let mut seen: Vec<f32> = came
        .iter()
        .enumerate()
        .rev()
        .map(|(i, &came)| {
            let taken = if i == 0 { free } else { free * came.clamp(0.0, 1.0) };
            free -= taken;
            taken
        })
        .collect();
    seen.reverse();
    seen
}

/// A value that is 0 or 1 by turns and walks between them at a steady pace: it departs from where it is when it is
/// turned round. `turns` are (instant, target), oldest first; before the first it is the opposite of its target.
pub fn walk(now: i64, turns: impl IntoIterator<Item = (i64, bool)>, duration_us: i64) -> f32 {
    let mut value: Option<(i64, f32, bool)> = None;
    for (at, target) in turns {
        if at > now {
            break;
        }
        value = Some(match value {
            None => (at, if target { 0.0 } else { 1.0 }, target),
            Some((since, from, to)) => (at, toward(from, to, at - since, duration_us), target),
        });
    }
    value.map_or(0.0, |(since, from, to)| toward(from, to, now - since, duration_us))
}

fn toward(from: f32, target: bool, elapsed_us: i64, duration_us: i64) -> f32 {
    let step = share(elapsed_us, 0, duration_us);
    if target { (from + step).min(1.0) } else { (from - step).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_starts_and_ends_where_it_says() {
        let out = Curve(0.16, 1.0, 0.3, 1.0);
        assert_eq!(out.at(0.0), 0.0);
        assert_eq!(out.at(1.0), 1.0);
        assert!(out.at(0.5) > 0.9);
        assert!((Curve::LINEAR.at(0.3) - 0.3).abs() < 1e-4);
    }

    #[test]
    fn what_takes_no_time_is_done_at_its_instant() {
        assert_eq!((share(9, 10, 0), share(10, 10, 0), share(10, 10, 5), share(11, 10, 1)), (0.0, 1.0, 0.0, 1.0));
    }

    #[test]
    fn what_dissolves_over_one_another_covers_once() {
        assert_eq!(weights(&[0.0, 0.5, 0.5]), [0.25, 0.25, 0.5]);
        assert_eq!(weights(&[0.3]), [1.0]);
        assert_eq!(weights(&[0.0, 1.0]), [0.0, 1.0]);
    }

    #[test]
    fn a_walk_that_is_turned_round_departs_from_where_it_is() {
        let turns = [(0, true), (50, false)];
        assert_eq!(walk(25, turns, 100), 0.25);
        assert_eq!(walk(50, turns, 100), 0.5);
        assert_eq!(walk(75, turns, 100), 0.25);
        assert_eq!(walk(200, turns, 100), 0.0);
    }
}

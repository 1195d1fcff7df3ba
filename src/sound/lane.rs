//! The gain of a stem on its way to the audio thread: points on the output's clock between which it goes straight.

use std::sync::Mutex;

/// One stem's gain over the next seconds.
#[derive(Debug, Default)]
pub struct Lane(Mutex<Vec<(f64, f32)>>);

impl Lane {
    /// Replaces the points, (seconds on the output's clock, gain as a factor), in order. Without any the stem is open.
    pub fn set(&self, mut points: Vec<(f64, f32)>) {
        if let Ok(mut lane) = self.0.lock() {
            std::mem::swap(&mut *lane, &mut points);
        }
        // What was replaced is freed here, after the lock and never on the audio thread.
    }

    /// The gain at a place on the clock; `None` while the points are being replaced: the audio thread never waits.
    pub fn at(&self, clock_s: f64) -> Option<f32> {
        let lane = self.0.try_lock().ok()?;
        let next = lane.partition_point(|(at, _)| *at <= clock_s);
        Some(match (next.checked_sub(1).and_then(|before| lane.get(before)), lane.get(next)) {
            (None, None) => 1.0,
            (Some((_, only)), None) | (None, Some((_, only))) => *only,
            (Some((from, a)), Some((to, b))) => a + (b - a) * ((clock_s - from) / (to - from)) as f32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_goes_straight_from_point_to_point() {
        let lane = Lane::default();
        assert_eq!(lane.at(3.0), Some(1.0));
        lane.set(vec![(1.0, 1.0), (2.0, 0.5)]);
        assert_eq!([0.0, 1.5, 9.0].map(|at| lane.at(at)), [Some(1.0), Some(0.75), Some(0.5)]);
        let held = lane.0.lock();
        assert_eq!(lane.at(1.5), None);
        drop(held);
    }
}

//! What each frame costs this machine: measured from its beginning until all of it is drawn, told to the director, who
//! decides what the machine can keep up with.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Duration, Instant},
};

use bevy::{prelude::*, window::Monitor};

use super::{air::OnAir, clock::Clock, pace, sinks::Sinks, vitals::Vitals};
use crate::director::{Director, Paced};

/// Of a screen whose own rate nobody knows: so slow may it be.
const UNKNOWN: Duration = Duration::from_millis(42);

/// When the last frame was done: both worlds of the renderer hold it, one at a time.
#[derive(Resource, Clone)]
pub struct Effort {
    began: Instant,
    /// µs after `began`.
    done_us: Arc<AtomicI64>,
}

impl Default for Effort {
    fn default() -> Self {
        Self { began: Instant::now(), done_us: Arc::default() }
    }
}

impl Effort {
    fn now_us(&self) -> i64 {
        i64::try_from(self.began.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}

/// All of the frame is drawn: in the renderer's world.
pub fn done(effort: Res<Effort>) {
    effort.done_us.store(effort.now_us(), Ordering::Relaxed);
}

/// A frame begins: the one before is told.
pub fn measure(
    effort: Res<Effort>,
    on_air: Res<OnAir>,
    sinks: Res<Sinks>,
    clock: Res<Clock>,
    monitors: Query<&Monitor>,
    mut director: ResMut<Director>,
    mut vitals: ResMut<Vitals>,
    mut last_us: Local<Option<i64>>,
) {
    let now_us = effort.now_us();
    let Some(at_us) = last_us.replace(now_us) else { return };
    if !on_air.moves || !clock.runs {
        return;
    }
    // A processor that draws is busy for as long as it works; a card's time is hidden behind the screen's pace.
    let in_software = on_air.in_software == Some(true);
    let due = match sinks.lock().written.pace() {
        Some(pace) => pace,
        None if in_software => pace::RUNNING,
        None => slowest(monitors.iter()),
    };
    let due_us = i64::try_from(due.as_micros()).unwrap_or(i64::MAX);
    // What the frame cost: waiting for the screen costs nothing.
    vitals.frame(effort.done_us.load(Ordering::Relaxed) - at_us, due_us);
    director.paced(&Paced {
        at_us,
        took_us: now_us - at_us,
        worked_us: in_software.then(|| effort.done_us.load(Ordering::Relaxed) - at_us),
        due_us,
        moves: true,
    });
}

/// A frame of the slowest screen: windows on it hold up all.
fn slowest<'a>(monitors: impl Iterator<Item = &'a Monitor>) -> Duration {
    let rates = monitors.map(|monitor| monitor.refresh_rate_millihertz.filter(|rate| *rate > 0));
    let frame = |rate: Option<u32>| rate.map_or(UNKNOWN, |rate| Duration::from_secs_f64(1e3 / f64::from(rate)));
    rates.map(frame).max().unwrap_or(UNKNOWN)
}

//! How often a frame is made: for the slots of what is written; without such, at the screen's pace while the picture moves, at a slow one while it stands.

use std::time::{Duration, Instant};

use bevy::{
    prelude::*,
    winit::{UpdateMode, WinitSettings},
};

use super::{air::OnAir, clock::Clock, sinks::Sinks};
use crate::{
    director::Director,
    stage::{Link, OutputId, Outputs},
};

/// While time runs: a frame at 60 Hz finds out whether something moves.
pub(super) const RUNNING: Duration = Duration::from_micros(16_666);
/// While nothing can move: a look for an edited theme and for what the device says.
const STILL: Duration = Duration::from_millis(100);
/// A frame is timed from before its clock was read: so much later it surely falls into the slot that it is for.
const WITHIN: Duration = Duration::from_millis(1);
/// How often the log hears what the stage has done.
const TELLING: Duration = Duration::from_millis(500);

/// When something was last done that is not done in every update.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Throttle(Option<Instant>);

impl Throttle {
    /// Whether it is due, `every` so often; then it counts as done at `now`.
    pub fn due(&mut self, now: Instant, every: Duration) -> bool {
        let due = self.0.is_none_or(|at| now.saturating_duration_since(at) >= every);
        if due {
            self.0 = Some(now);
        }
        due
    }
}

/// Tells the log when the first picture was there.
pub fn tell_first(link: Res<Link>, mut told: Local<bool>) {
    if !*told && link.counters_of(OutputId::PROGRAM).composites > 0 {
        *told = true;
        tracing::debug!("start: the first picture");
    }
}

/// Tells the log what has been drawn since the start: with nothing changing the figures stand.
pub fn tell(link: Res<Link>, outputs: Res<Outputs>, clock: Res<Clock>, mut told: Local<Throttle>) {
    if !tracing::enabled!(tracing::Level::DEBUG) || !told.due(clock.at, TELLING) {
        return;
    }
    let (counters, program) = (link.counters(), link.counters_of(OutputId::PROGRAM));
    tracing::debug!(
        layers_drawn = counters.layers_drawn,
        composites = counters.composites,
        readbacks = counters.readbacks,
        program_composites = program.composites,
        ahead = outputs.ahead(),
        "stage"
    );
}

/// Sets the pace of the next frames. Input, feed items and signals come at once in any case.
pub fn set(
    director: Res<Director>,
    on_air: Res<OnAir>,
    sinks: Res<Sinks>,
    clock: Res<Clock>,
    mut settings: ResMut<WinitSettings>,
) {
    let runs = director.transport().is_none_or(|transport| transport.playing);
    // A machine that cannot keep the rate makes fewer frames, each of them right.
    let every = director.step().every();
    let mode = if let Some(next) = sinks.lock().written.next(clock.at, every) {
        // What is written has a rate of its own: a frame is made when its next slot begins, and none between.
        UpdateMode::reactive_low_power(next + WITHIN)
    } else if on_air.moves && on_air.in_software == Some(false) && every == 1 {
        // The screen's own clock paces what moves: no timer beats against it.
        UpdateMode::Continuous
    } else {
        UpdateMode::reactive_low_power(if runs || on_air.moves { RUNNING * every } else { STILL })
    };
    if settings.focused_mode != mode || settings.unfocused_mode != mode {
        settings.focused_mode = mode;
        settings.unfocused_mode = mode;
    }
}

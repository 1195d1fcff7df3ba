//! The programme's sound for the outputs that are written: what the hall hears, in step with the frames.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    air::Sound,
    clock::Clock,
    routed::Routed,
    sinks::{Sinks, Written},
};
use crate::{
    director::Director,
    output::sink::SAMPLE_RATE,
    show::cues::sync_blips,
    sound::{Bank, Films, GRACE_US, Moment, SoundSet, Tap},
};

/// What is heard may be asked for this far beyond what is rendered, µs.
const AHEAD_US: i64 = 100_000;

/// The tap, and how far it has been drawn.
#[derive(Resource, Default)]
pub struct Tapped {
    tap: Tap,
    /// The next sample since slot 0, and the show's time and pace there; none before the first frame.
    at: Option<(u64, i64, f64)>,
    horizon: Option<u64>,
}

impl Tapped {
    pub fn set_bank(&mut self, bank: Arc<Bank>) {
        self.tap.set_bank(bank);
    }

    pub fn set_films(&mut self, films: Arc<Films>) {
        self.tap.set_films(films);
    }

    /// What lies between the frame before and this one, which was taken at `at`: all of its events are known by now.
    /// `levels` are the desk's faders, `rate` the show's seconds in a second, `synced` whether the sync card is on.
    pub fn advance(
        &mut self,
        written: &Written,
        director: &Director,
        at: std::time::Instant,
        levels: &SoundSet,
        rate: f64,
        synced: bool,
    ) {
        let now_us = director.now_us();
        let here = sample_at(written.since_us(at));
        let before = self.at.replace((here, now_us, rate));
        let (Some((from, show_us, before_rate)), true) = (before, written.wants_sound()) else { return };
        let jumped = self.horizon.replace(director.horizon()).is_some_and(|horizon| horizon != director.horizon());
        if jumped {
            if director.transport().is_some() { self.tap.reset(now_us) } else { self.tap.resync(now_us) }
        }
        self.tap.set_theme(levels);
        let (from_us, to_us) = (show_us.saturating_sub(GRACE_US), now_us.max(show_us).saturating_add(AHEAD_US));
        let mut wanted = director.cues(from_us, to_us);
        if synced {
            wanted.extend(sync_blips(from_us, to_us));
        }
        let (course, plays) = (director.course(from_us, to_us), director.films(from_us, to_us));
        let moment = Moment { show_us, at, rate: before_rate };
        let Ok(frames) = usize::try_from(here.saturating_sub(from)) else { return };
        let samples = self.tap.advance(&wanted, &course, &plays, moment, frames);
        // The limiter looks ahead: what it gives now belongs that much earlier.
        let late = Tap::LATE_FRAMES as u64;
        match from.checked_sub(late) {
            Some(from) => written.sound(from, samples),
            None => written.sound(0, samples.get((late - from) as usize..).unwrap_or_default()),
        }
    }
}

fn sample_at(at_us: i64) -> u64 {
    at_us.unsigned_abs() * u64::from(SAMPLE_RATE) / 1_000_000
}

/// In the app: after the hall's own sound.
pub fn draw(
    sinks: Res<Sinks>,
    mut tapped: ResMut<Tapped>,
    director: Res<Director>,
    clock: Res<Clock>,
    sound: Res<Sound>,
    routed: Res<Routed>,
) {
    if clock.runs {
        let rate = super::air::rate(&director);
        tapped.advance(&sinks.lock().written, &director, clock.at, sound.0.levels(), rate, routed.beeps_aside());
    }
}

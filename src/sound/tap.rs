//! The programme's sound as a continuous stream of samples, for encoders and recordings.
//!
//! The tap has no device and no clock of its own: it is asked for so many frames from a moment of the show on, and gives
//! exactly so many, silence while the show stands still. What sounds is what the live engine is given: the same cues,
//! course and films, each on its exact sample; a cue may come and go until that is rendered, and one that comes late
//! begins at once. Asked for a tape in order at its own pace it gives what the offline mixer gives, sample for sample,
//! [`Tap::LATE_FRAMES`] later.
//!
//! An event is known only when it has happened. Who asks for the span that has just passed, not for the one that is to
//! come, hears every cue on its sample; who asks for the one to come, at the next call.

use std::sync::Arc;

use super::align::Moment;
use super::bank::Bank;
use super::engine::{GRACE_US, sounds_at};
use super::films::Films;
use super::heard::Heard;
use super::levels::SoundSet;
use super::limiter::{DELAY, Limiter};
use super::mixer::{Lanes, samples_in};
use super::placed::{Placed, PlacedFilm};
use super::synth::RATE_HZ;
use crate::show::clip::ClipKey;
use crate::show::cue::ScheduledCue;
use crate::show::cues::{Course, FilmPlay, Levels};
use crate::show::time::{Instant, SpanUs, ms};

/// A show that is further from where the stream stands has jumped; what is nearer is followed.
const JUMP_US: SpanUs = ms(100);
/// What is nearer than this is rounding.
const ROUNDING_US: SpanUs = 30;
/// The part of the way to the show's time that one call goes: an app's frames come when they can.
const FOLLOW: SpanUs = 32;
/// A film this far from its place is put there anew, samples: 5 ms.
const ASTRAY: i64 = 240;
/// Points of the course that lie further back are forgotten, µs.
const PAST_US: SpanUs = ms(1_000);
/// Part of the way to a new master gain that one sample goes, as on the device's bus.
const GLIDE: f32 = 0.005;

/// The relation of show time to the stream's own samples.
#[derive(Clone, Copy, Debug)]
struct Line {
    show_us: Instant,
    position: i64,
    rate: f64,
}

impl Line {
    /// Where an instant lies.
    fn place(&self, at: Instant) -> i64 {
        // What has no end lies far beyond any show, and is not to overflow.
        const FAR_US: i64 = i64::MAX / 1_000;
        let span = at.saturating_sub(self.show_us).clamp(-FAR_US, FAR_US);
        let span = if self.rate == 1.0 { span } else { (span as f64 / self.rate) as i64 };
        self.position + samples_in(span)
    }

    /// The instant of a place.
    fn at(&self, position: i64) -> Instant {
        let span_us = (position - self.position) as f64 * 1e6 / f64::from(RATE_HZ) * self.rate;
        self.show_us.saturating_add(span_us.round() as i64)
    }
}

/// A film that is being heard.
#[derive(Debug)]
struct Running {
    key: ClipKey,
    zero_us: Instant,
    film: PlacedFilm,
}

/// The programme's sound as a stream.
#[derive(Debug)]
pub struct Tap {
    bank: Arc<Bank>,
    sounds: SoundSet,
    films: Arc<Films>,
    line: Option<Line>,
    /// Samples rendered so far.
    position: i64,
    sounding: Vec<Placed>,
    running: Vec<Running>,
    course: Course,
    heard: Heard,
    /// Everything at or before this instant counts as heard, µs.
    floor_us: Instant,
    master: f32,
    limiter: Limiter,
    out: Vec<[f32; 2]>,
}

impl Default for Tap {
    fn default() -> Self {
        Self::new()
    }
}

impl Tap {
    /// How far the stream is behind the instants that it is asked for, frames: 1.6 ms, in which the limiter looks ahead.
    pub const LATE_FRAMES: usize = DELAY;

    pub fn new() -> Self {
        let sounds = SoundSet::default();
        Self {
            bank: Arc::default(),
            master: sounds.master_gain(),
            sounds,
            films: Arc::default(),
            line: None,
            position: 0,
            sounding: Vec::new(),
            running: Vec::new(),
            course: Course::default(),
            heard: Heard::default(),
            floor_us: Instant::MIN,
            limiter: Limiter::default(),
            out: Vec::new(),
        }
    }

    /// Takes a theme's cues; what sounds rings out.
    pub fn set_bank(&mut self, bank: Arc<Bank>) {
        self.bank = bank;
    }

    /// Takes gains: a theme's own ([`SoundSet::themed`]), or those of the live engine, whose faders a stream then
    /// follows. What sounds keeps its own; the master glides.
    pub fn set_theme(&mut self, sounds: &SoundSet) {
        if self.line.is_none() {
            self.master = sounds.master_gain();
        }
        self.sounds = sounds.clone();
    }

    /// Takes the films that can be heard.
    pub fn set_films(&mut self, films: Arc<Films>) {
        self.films = films;
    }

    /// After a seek: everything at or before `show_us` counts as heard, all else may be heard again, nothing rings on.
    pub fn reset(&mut self, show_us: Instant) {
        let position = self.position;
        self.sounding.iter_mut().for_each(|cue| cue.end_at(position));
        self.end_films(position);
        self.forget(show_us);
        self.line = None;
        self.course = Course::default();
    }

    /// After a snapshot or a reconnect on air: everything at or before `show_us` counts as heard, even under new keys; what
    /// sounds rings on.
    pub fn resync(&mut self, show_us: Instant) {
        self.forget(show_us);
    }

    fn forget(&mut self, show_us: Instant) {
        self.heard.clear();
        self.floor_us = show_us;
    }

    /// The next `frames` frames. The first of them belongs to `moment.show_us` (when that was, `moment.at`, does not
    /// matter here); `wanted`, `course` and `plays` are those of [that − [`GRACE_US`], at least that + the frames).
    pub fn advance(
        &mut self,
        wanted: &[ScheduledCue],
        course: &Course,
        plays: &[FilmPlay],
        moment: Moment,
        frames: usize,
    ) -> &[[f32; 2]] {
        let line = self.follow(&moment);
        let end = self.position.saturating_add(i64::try_from(frames).unwrap_or(i64::MAX));
        let runs = sounds_at(moment.rate);
        if runs {
            self.take_course(course, moment.show_us);
        }
        self.take_cues(wanted, &line, &moment, end);
        let films_run = runs && line.rate == 1.0;
        self.take_films(if films_run { plays } else { &[] }, &line, end);
        let mut lanes = Lanes::placed(self.course.points(), |at| line.place(at));
        self.out.clear();
        for _ in 0..frames {
            let frame = self.step(&mut lanes);
            self.out.push(frame);
        }
        &self.out
    }

    /// Where the show stands on the stream: it is followed gently, so that nothing is heard of an app's uneven frames.
    fn follow(&mut self, moment: &Moment) -> Line {
        let rate = if sounds_at(moment.rate) { moment.rate } else { 1.0 };
        let here = Line { show_us: moment.show_us, position: self.position, rate };
        let line = match self.line {
            Some(mut line) if line.rate == rate && sounds_at(moment.rate) => {
                let off_us = moment.show_us.saturating_sub(line.at(self.position));
                if off_us.abs() >= JUMP_US {
                    here
                } else {
                    if off_us.abs() > ROUNDING_US {
                        line.show_us += off_us / FOLLOW;
                    }
                    line
                }
            }
            _ => here,
        };
        // While it stands still the stream goes on: where it then is, is found anew.
        self.line = sounds_at(moment.rate).then_some(line);
        line
    }

    /// Keeps what has been said of the past and takes what is said of the rest.
    fn take_course(&mut self, course: &Course, show_us: Instant) {
        self.course.go_on(course, show_us);
        self.course.forget(show_us.saturating_sub(PAST_US));
    }

    /// Lets begin what begins before `end`.
    fn take_cues(&mut self, wanted: &[ScheduledCue], line: &Line, moment: &Moment, end: i64) {
        let runs = sounds_at(moment.rate);
        let mut wanted: Vec<&ScheduledCue> = wanted.iter().collect();
        wanted.sort_by_key(|cue| (cue.at_us, cue.key));
        for cue in wanted {
            let (place, late_us) = (line.place(cue.at_us), moment.show_us - cue.at_us);
            let done = self.heard.contains(&cue.key) || cue.at_us <= self.floor_us;
            // Passed without a sound, it must not burst out when the show goes on.
            let is_void = if runs { late_us > GRACE_US } else { late_us >= 0 };
            let begins = runs && place < end && !self.bank.is_empty();
            if done || !(is_void || begins) {
                continue;
            }
            self.heard.remember(cue.key);
            if !is_void {
                let start = place.max(self.position);
                Placed::cut_by(&mut self.sounding, cue, start, &self.sounds, &self.bank);
                self.sounding.push(Placed::new(cue, start, &self.sounds, &self.bank));
            }
        }
    }

    /// Begins, goes on with and ends films, so that they are what is wanted until `end`.
    fn take_films(&mut self, plays: &[FilmPlay], line: &Line, end: i64) {
        let position = self.position;
        for running in &mut self.running {
            let play = plays.iter().find(|play| (play.key, play.zero_us) == (running.key, running.zero_us));
            let in_step = |zero_us| (line.place(zero_us) - running.film.zero).abs() <= ASTRAY;
            match play {
                Some(play) if in_step(play.zero_us) && running.film.end >= position => {
                    // A few samples that the line has been moved by are no reason to fade.
                    let until = line.place(play.to_us);
                    running.film.end = if until >= end { i64::MAX } else { until.max(position) };
                }
                _ => running.film.end = running.film.end.min(position),
            }
        }
        for play in plays {
            let runs = |running: &Running| {
                (running.key, running.zero_us) == (play.key, play.zero_us) && running.film.end > position
            };
            if self.running.iter().any(runs) {
                continue;
            }
            let Some(sound) = self.films.get(&play.key) else { continue };
            let mut film = PlacedFilm::new(play, |at| line.place(at), sound, &self.sounds);
            film.start = film.start.max(position);
            if film.start < film.end.min(end) {
                film.end = if film.end >= end { i64::MAX } else { film.end };
                self.running.push(Running { key: play.key, zero_us: play.zero_us, film });
            }
        }
    }

    fn end_films(&mut self, position: i64) {
        for running in &mut self.running {
            running.film.end = running.film.end.min(position);
        }
    }

    /// Adds up one frame, as the offline mixer does.
    fn step(&mut self, lanes: &mut Lanes) -> [f32; 2] {
        let position = self.position;
        let levels = if self.sounding.is_empty() { Levels::OPEN } else { lanes.at(position) };
        let mut sum = 0.0_f32;
        self.sounding.retain(|cue| {
            let sample = cue.at(position, levels);
            sum += sample.unwrap_or(0.0);
            sample.is_some()
        });
        let mut both = [sum; 2];
        self.running.retain(|running| {
            let frame = running.film.at(position);
            let [left, right] = frame.unwrap_or_default();
            both = [both[0] + left, both[1] + right];
            frame.is_some()
        });
        self.position += 1;
        let rest = self.sounds.master_gain() - self.master;
        self.master = if rest.abs() < 1e-5 { self.master + rest } else { self.master + rest * GLIDE };
        self.limiter.step(both.map(|sample| sample * self.master))
    }
}

#[cfg(test)]
mod tests;

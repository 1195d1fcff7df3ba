//! Sounds in their places on a line of samples: what the offline mixer and the tap add up, in the same way.

use std::sync::Arc;

use super::bank::Bank;
use super::films::FilmSound;
use super::levels::SoundSet;
use super::mixer::samples_in;
use crate::show::cue::{ScheduledCue, Stem};
use crate::show::cues::{FilmPlay, Levels};
use crate::show::time::Instant;

/// Samples over which a cue that is cut off dies away: 10 ms.
const CUT: i64 = 480;
/// Samples over which a film comes and goes where it is cut: 5 ms. Its own beginning and end are its maker's.
pub(super) const EDGE: i64 = 240;
/// No cue is longer, samples: what began earlier need not be cut off.
const LONGEST: i64 = 20 * super::synth::RATE_HZ as i64;

/// One cue.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) start: i64,
    samples: Arc<[f32]>,
    gain: f32,
    stem: Stem,
    /// Where another cue cuts it off.
    cut: i64,
}

impl Placed {
    pub(super) fn new(cue: &ScheduledCue, start: i64, sounds: &SoundSet, bank: &Bank) -> Self {
        let (samples, gain) = (Arc::clone(bank.samples_of(cue)), sounds.cue_gain(cue));
        Self { start, samples, gain, stem: cue.cue.stem(), cut: i64::MAX }
    }

    /// Cuts off the effects that began before `cue`, where it does that.
    pub(super) fn cut_by(earlier: &mut [Self], cue: &ScheduledCue, start: i64, sounds: &SoundSet, bank: &Bank) {
        if !bank.chokes(cue.cue) || sounds.cue_gain(cue) <= 0.0 {
            return;
        }
        let effects = earlier.iter_mut().rev().filter(|before| before.stem == Stem::Effects);
        for before in effects.take_while(|before| start - before.start < LONGEST) {
            before.cut = before.cut.min(if before.start < start { start } else { i64::MAX });
        }
    }

    /// Lets it die away from a place on.
    pub(super) fn end_at(&mut self, position: i64) {
        self.cut = self.cut.min(position);
    }

    /// What it adds at a place; none when it is over.
    pub(super) fn at(&self, position: i64, levels: Levels) -> Option<f32> {
        if position < self.start {
            return Some(0.0);
        }
        let sample = usize::try_from(position - self.start).ok().and_then(|at| self.samples.get(at));
        let fade = if position <= self.cut { 1.0 } else { 1.0 - (position - self.cut) as f32 / CUT as f32 };
        sample.filter(|_| fade > 0.0).map(|sample| sample * self.gain * levels.of(self.stem) * fade)
    }
}

/// One playing of a film.
#[derive(Clone, Debug)]
pub(super) struct PlacedFilm {
    /// Where the film's own first sample lies.
    pub(super) zero: i64,
    /// It is heard from here…
    pub(super) start: i64,
    /// …and dies away from here on.
    pub(super) end: i64,
    frames: Arc<[[f32; 2]]>,
    gain: f32,
}

impl PlacedFilm {
    pub(super) fn new(play: &FilmPlay, place: impl Fn(Instant) -> i64, film: &FilmSound, sounds: &SoundSet) -> Self {
        Self {
            zero: place(play.zero_us),
            start: place(play.from_us),
            end: place(play.to_us),
            frames: Arc::clone(&film.frames),
            gain: sounds.film_gain(film.lufs),
        }
    }

    /// The place after its last sample.
    pub(super) fn over(&self) -> i64 {
        let out = self.zero.saturating_add(i64::try_from(self.frames.len()).unwrap_or(i64::MAX));
        self.end.saturating_add(EDGE).min(out)
    }

    /// What it adds at a place; none when it is over.
    pub(super) fn at(&self, position: i64) -> Option<[f32; 2]> {
        if position >= self.over() {
            return None;
        }
        let Ok(index) = usize::try_from(position - self.zero) else { return Some([0.0; 2]) };
        if position < self.start {
            return Some([0.0; 2]);
        }
        // From its own first sample on it is not faded in: nothing was cut there.
        let along = |from: i64| (position - from) as f32 / EDGE as f32;
        let rise = if self.start > self.zero { along(self.start).min(1.0) } else { 1.0 };
        let fall = if position <= self.end { 1.0 } else { (1.0 - along(self.end)).max(0.0) };
        let gain = self.gain * rise * fall;
        self.frames.get(index).map(|frame| frame.map(|sample| sample * gain))
    }
}

/// Where a span of show time lies on a line of samples that begins at `from_us` and runs at the show's own pace.
pub(super) fn from(from_us: Instant) -> impl Fn(Instant) -> i64 + Copy {
    // What has no end lies far beyond any show, and is not to overflow.
    const FAR_US: i64 = i64::MAX / 1_000;
    move |at| samples_in(at.saturating_sub(from_us).clamp(-FAR_US, FAR_US))
}

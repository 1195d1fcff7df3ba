//! The live engine: keeps what the device will play equal to what the show wants to be heard.
//!
//! Each frame the app hands in every cue the state implies between a little ago and a little ahead. New ones are
//! scheduled at their exact place on the device's clock, changed ones are moved, ones no longer wanted are withdrawn,
//! and a key that has been heard is never heard again. So a pause, a correction or a stalled frame needs no special case.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::align::Moment;
use super::bank::Bank;
use super::films::Films;
use super::heard::Heard;
use super::lane::Lane;
use super::levels::{CueLevel, SoundSet};
use super::link::Link;
use super::output::Opener;
use super::reels::Reels;
use super::status::{AudioStatus, SoundCounts};
use super::synth::RATE_HZ;
use super::voice::{Voice, VoiceState};
use crate::show::cue::{Cue, CueKey, ScheduledCue, Stem};
use crate::show::cues::{Course, FilmPlay};
use crate::show::time::{Instant, SpanUs, ms};

/// How far ahead the app should ask for cues: longer than any stall of a frame the sound is to survive, µs.
pub const LOOKAHEAD_US: SpanUs = ms(2_500);
/// How late a cue may be and still be played, at once, µs.
pub const GRACE_US: SpanUs = ms(250);
/// A scheduled cue is moved when its place on the device's clock is off by more than this, s.
const DRIFT_S: f64 = 0.000_5;
/// Fastest rehearsal that still sounds; beyond it cues would only be clutter.
const FASTEST: f64 = 4.0;
/// What the meter looks at, µs.
const METER_US: SpanUs = ms(20);

/// A cue handed to the device.
struct Scheduled {
    cue: ScheduledCue,
    samples: Arc<[f32]>,
    voice: Voice,
    late: bool,
}

/// The live engine.
pub struct Engine {
    bank: Arc<Bank>,
    link: Link,
    levels: SoundSet,
    course: Course,
    effects: Arc<Lane>,
    bed: Arc<Lane>,
    scheduled: BTreeMap<CueKey, Scheduled>,
    sounding: Vec<Scheduled>,
    plays: Vec<FilmPlay>,
    reels: Reels,
    heard: Heard,
    /// Everything at or before this instant counts as heard, µs.
    floor_us: Instant,
    counts: SoundCounts,
}

impl Engine {
    /// An engine that opens its device through `opener`, meanwhile silent.
    pub fn new(bank: Arc<Bank>, opener: Opener) -> Self {
        Self {
            bank,
            link: Link::open(opener),
            levels: SoundSet::default(),
            course: Course::default(),
            effects: Arc::default(),
            bed: Arc::default(),
            scheduled: BTreeMap::new(),
            sounding: Vec::new(),
            plays: Vec::new(),
            reels: Reels::default(),
            heard: Heard::default(),
            floor_us: Instant::MIN,
            counts: SoundCounts::default(),
        }
    }

    /// Takes another theme's bank: what is scheduled is scheduled anew, what sounds rings out.
    pub fn set_bank(&mut self, bank: Arc<Bank>) {
        self.bank = bank;
        self.scheduled.retain(|_, entry| !entry.voice.cancel());
    }

    /// Takes a theme's gains; the desk's master and mute stay.
    pub fn set_theme(&mut self, set: &SoundSet) {
        self.levels.set_programme_db(set.programme_db());
        self.levels.set_film_db(set.film_db());
        for cue in Cue::themed() {
            self.levels.set_cue(cue, set.cue(cue));
        }
    }

    /// Takes how loud the stems are over the stretch that the next [`Self::update`] is about.
    pub fn set_course(&mut self, course: Course) {
        self.course = course;
    }

    /// Takes the films that can be heard.
    pub fn set_films(&mut self, films: Arc<Films>) {
        self.reels.set_films(films);
    }

    /// Takes which films are heard in the stretch that the next [`Self::update`] is about.
    pub fn set_plays(&mut self, plays: Vec<FilmPlay>) {
        self.plays = plays;
    }

    /// Makes the device's future equal to `wanted`: every cue in [now − [`GRACE_US`], now + [`LOOKAHEAD_US`]).
    pub fn update(&mut self, wanted: &[ScheduledCue], moment: Moment) {
        if self.link.poll(moment.at) {
            self.scheduled.clear();
            self.sounding.clear();
            self.reels.clear();
        }
        if let Some((output, _)) = self.link.output() {
            output.set_master(self.levels.master_gain());
        }
        self.settle_begun();
        self.set_lanes(&moment);
        self.reels.update(&self.plays, &moment, &self.levels, self.link.output());
        for entry in &self.sounding {
            entry.voice.set_gain(self.levels.cue_gain(&entry.cue));
        }
        let wanted: BTreeMap<CueKey, &ScheduledCue> = wanted.iter().map(|cue| (cue.key, cue)).collect();
        self.withdraw(&wanted, moment);
        let mut by_instant: Vec<&ScheduledCue> = wanted.into_values().collect();
        by_instant.sort_by_key(|cue| (cue.at_us, cue.key));
        for cue in by_instant {
            self.place(cue, moment);
        }
        self.cut();
        self.sounding.retain(|entry| entry.voice.state() != VoiceState::Over);
    }

    /// After a seek: everything at or before `show_us` counts as heard, all else may be heard again, nothing rings on.
    pub fn reset(&mut self, show_us: Instant) {
        for entry in std::mem::take(&mut self.scheduled).into_values() {
            self.counts.cancelled += u64::from(entry.voice.state() == VoiceState::Waiting);
            entry.voice.silence();
        }
        for entry in self.sounding.drain(..) {
            entry.voice.silence();
        }
        self.reels.silence();
        self.heard.clear();
        self.floor_us = show_us;
    }

    /// After a snapshot or a reconnect on air: everything at or before `show_us` counts as heard, even under new keys.
    /// What sounds rings on: the hall must not hear that a line was cut.
    pub fn resync(&mut self, show_us: Instant) {
        self.settle_begun();
        self.heard.clear();
        // Rendered but still on its way through the device: it must not be scheduled a second time.
        let begun: Vec<CueKey> =
            self.sounding.iter().filter(|entry| entry.cue.at_us > show_us).map(|entry| entry.cue.key).collect();
        for key in begun {
            self.heard.remember(key);
        }
        self.floor_us = show_us;
    }

    /// Opens the device again: the operator's button after a sound card was plugged in.
    pub fn reopen(&mut self) {
        self.scheduled.clear();
        self.sounding.clear();
        self.reels.clear();
        self.link.reopen();
    }

    /// There was a device before the program was started again: where it is not there now, it is tried again by itself.
    pub fn insist(&mut self) {
        self.link.insist();
    }

    /// Waits until the device is open or refused, at most `patience`. For tools and tests; never in a frame.
    pub fn settle(&mut self, patience: Duration) -> &AudioStatus {
        self.link.settle(patience);
        self.link.status()
    }

    /// Whether there is sound, and if not, why.
    pub fn status(&self) -> &AudioStatus {
        self.link.status()
    }

    /// What has been counted since the start.
    pub fn counts(&self) -> SoundCounts {
        SoundCounts { reopened: self.link.reopened(), resynced: self.reels.resynced(), ..self.counts }
    }

    /// The faders.
    pub fn levels(&self) -> &SoundSet {
        &self.levels
    }

    /// Sets the master fader, dB.
    pub fn set_master_db(&mut self, gain_db: f32) {
        self.levels.set_master_db(gain_db);
    }

    /// Mutes or opens everything.
    pub fn set_muted(&mut self, muted: bool) {
        self.levels.set_muted(muted);
    }

    /// Sets one cue's fader.
    pub fn set_cue(&mut self, cue: Cue, level: CueLevel) {
        self.levels.set_cue(cue, level);
    }

    /// Sets the films' fader.
    pub fn set_film(&mut self, level: CueLevel) {
        self.levels.set_film(level);
    }

    /// The level of what is being heard at `show_us`, dBFS (peak of the last 20 ms); −∞ in silence.
    pub fn level_dbfs(&self, show_us: Instant) -> f32 {
        let samples_in = |span_us: SpanUs| usize::try_from(span_us * i64::from(RATE_HZ) / 1_000_000).unwrap_or(0);
        let levels = self.course.at(show_us);
        let sum: f32 = self
            .sounding
            .iter()
            .map(|entry| {
                let samples = &entry.samples;
                let until = samples_in(show_us - entry.cue.at_us).min(samples.len());
                let from = samples_in(show_us - METER_US - entry.cue.at_us).min(until);
                let peak = samples[from..until].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
                peak * self.levels.cue_gain(&entry.cue) * levels.of(entry.cue.cue.stem())
            })
            .sum();
        let films = self.reels.peak(show_us, METER_US, &self.levels);
        20.0 * libm::log10f((sum + films) * self.levels.master_gain())
    }

    /// Tells the audio thread how loud the stems will be.
    fn set_lanes(&mut self, moment: &Moment) {
        if !sounds_at(moment.rate) {
            return;
        }
        let Some((_, alignment)) = self.link.output() else { return };
        let points =
            || self.course.points().iter().filter_map(|(at, levels)| Some((alignment.clock_s(*at, moment)?, *levels)));
        self.effects.set(points().map(|(at, levels)| (at, levels.effects)).collect());
        self.bed.set(points().map(|(at, levels)| (at, levels.bed)).collect());
    }

    /// Lets every effect end where a cue begins that cuts it off.
    fn cut(&self) {
        let heard = |entry: &&Scheduled| self.bank.chokes(entry.cue.cue) && self.levels.cue_gain(&entry.cue) > 0.0;
        let entries = || self.sounding.iter().chain(self.scheduled.values());
        let cuts: Vec<(Instant, f64)> =
            entries().filter(heard).map(|entry| (entry.cue.at_us, entry.voice.start_s())).collect();
        for entry in entries().filter(|entry| entry.cue.cue.stem() == Stem::Effects) {
            let later = cuts.iter().filter(|(at_us, _)| *at_us > entry.cue.at_us).map(|(_, start_s)| *start_s);
            entry.voice.cut_at(later.fold(f64::INFINITY, f64::min));
        }
    }

    /// Moves voices that have begun from scheduled to heard.
    fn settle_begun(&mut self) {
        let begun: Vec<CueKey> = self
            .scheduled
            .iter()
            .filter(|(_, entry)| entry.voice.state() != VoiceState::Waiting)
            .map(|(key, _)| *key)
            .collect();
        for key in begun {
            if let Some(entry) = self.scheduled.remove(&key) {
                self.counts.played += 1;
                self.counts.late += u64::from(entry.late);
                self.sounding.push(entry);
                self.heard.remember(key);
            }
        }
    }

    /// Withdraws what is no longer wanted, and everything while the show stands still.
    fn withdraw(&mut self, wanted: &BTreeMap<CueKey, &ScheduledCue>, moment: Moment) {
        let runs = sounds_at(moment.rate);
        self.scheduled.retain(|key, entry| {
            let keep = runs && wanted.contains_key(key);
            // A voice that began this very moment can no longer be withdrawn: the next frame finds it begun.
            if !keep && entry.voice.cancel() {
                // Still waiting although its instant has passed: the device had stopped asking.
                let count = if entry.cue.at_us < moment.show_us {
                    &mut self.counts.unheard
                } else {
                    &mut self.counts.cancelled
                };
                *count += 1;
                return false;
            }
            true
        });
    }

    /// Schedules a cue, keeps a scheduled one in its place, or finds that it is too late.
    fn place(&mut self, cue: &ScheduledCue, moment: Moment) {
        if self.heard.contains(&cue.key) || cue.at_us <= self.floor_us {
            return;
        }
        let gain = self.levels.cue_gain(cue);
        let late_us = moment.show_us - cue.at_us;
        if !sounds_at(moment.rate) {
            if late_us >= 0 {
                // Passed without a sound: it must not burst out when the show goes on at its own pace.
                self.heard.remember(cue.key);
            }
            return;
        }
        if self.bank.is_empty() {
            // The theme's cues are still being rendered: till its grace is over one may yet come in time.
            if late_us > GRACE_US {
                self.counts.unheard += 1;
                self.heard.remember(cue.key);
            }
            return;
        }
        let Some((output, alignment)) = self.link.output() else {
            // While the device is being opened a cue may still come in time to be played late.
            if late_us >= 0 && matches!(self.link.status(), AudioStatus::Silent { .. }) {
                self.counts.unheard += 1;
                self.heard.remember(cue.key);
            }
            return;
        };
        // Without a single reading the device has not begun to play: a little later it has.
        let Some(start_s) = alignment.clock_s(cue.at_us, &moment) else { return };
        if let Some(entry) = self.scheduled.get_mut(&cue.key) {
            self.counts.moved += u64::from(entry.cue.at_us != cue.at_us);
            entry.cue = *cue;
            entry.voice.set_gain(gain);
            if (entry.voice.start_s() - start_s).abs() > DRIFT_S {
                entry.voice.move_to(start_s);
            }
            return;
        }
        if late_us > GRACE_US {
            self.counts.skipped += 1;
            self.heard.remember(cue.key);
            return;
        }
        let lane = match cue.cue.stem() {
            Stem::Clock => None,
            Stem::Effects => Some(Arc::clone(&self.effects)),
            Stem::Bed => Some(Arc::clone(&self.bed)),
        };
        let samples = Arc::clone(self.bank.samples_of(cue));
        match output.play(Arc::clone(&samples), start_s, gain, lane) {
            Ok(voice) => {
                self.scheduled.insert(cue.key, Scheduled { cue: *cue, samples, voice, late: late_us > 0 });
            }
            Err(full) => {
                tracing::warn!("{full} ({} of event {})", cue.cue.name(), cue.key.seq);
                self.counts.refused += 1;
                self.heard.remember(cue.key);
            }
        }
    }
}

/// Whether a show at that pace is heard: forwards, and not faster than an ear can follow.
pub(super) fn sounds_at(rate: f64) -> bool {
    rate > 0.0 && rate <= FASTEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_may_live_in_any_app() {
        fn shared<T: Send + Sync>() {}
        shared::<Engine>();
    }
}

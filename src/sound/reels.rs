//! The films that the live engine plays: what the show wants to be heard is what sounds, in step with the show's time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::align::{Alignment, Moment};
use super::engine::LOOKAHEAD_US;
use super::film_voice::FilmVoice;
use super::films::Films;
use super::levels::SoundSet;
use super::output::Output;
use super::synth::RATE_HZ;
use super::voice::VoiceState;
use crate::show::clip::ClipKey;
use crate::show::cues::FilmPlay;
use crate::show::time;

/// A film that waits is moved when its place on the device's clock is off by more than this, s.
const DRIFT_S: f64 = 0.000_5;
/// One that sounds is put in its place anew when it is off by more than this, s, for longer than [`PATIENCE`]: a
/// device's clock creeps, and single readings of it waver.
const ASTRAY_S: f64 = 0.005;
const PATIENCE: Duration = Duration::from_millis(150);

/// A film that was given to the device.
struct Reel {
    key: ClipKey,
    zero_us: time::Instant,
    frames: Arc<[[f32; 2]]>,
    lufs: Option<f64>,
    voice: FilmVoice,
    astray_since: Option<Instant>,
}

/// The films of the engine.
#[derive(Default)]
pub(super) struct Reels {
    films: Arc<Films>,
    reels: Vec<Reel>,
    resynced: u64,
}

impl Reels {
    pub(super) fn set_films(&mut self, films: Arc<Films>) {
        self.films = films;
    }

    /// Times a film was put in its place anew.
    pub(super) const fn resynced(&self) -> u64 {
        self.resynced
    }

    /// The device has gone, and all it played with it.
    pub(super) fn clear(&mut self) {
        self.reels.clear();
    }

    /// Nothing plays on: a seek.
    pub(super) fn silence(&mut self) {
        self.reels.drain(..).for_each(|reel| reel.voice.silence());
    }

    /// Makes what plays equal to `plays`. A film is heard at its own pace only.
    pub(super) fn update(
        &mut self,
        plays: &[FilmPlay],
        moment: &Moment,
        levels: &SoundSet,
        line: Option<(&mut dyn Output, &Alignment)>,
    ) {
        let Some((output, alignment)) = line else { return };
        if moment.rate != 1.0 {
            return self.silence();
        }
        let Some(now_s) = alignment.clock_s(moment.show_us, moment) else { return };
        // Exact at this pace, and no error grows with the length of a film.
        let place = |at: time::Instant| now_s + (at.saturating_sub(moment.show_us)) as f64 / 1e6;
        let resynced = &mut self.resynced;
        self.reels.retain_mut(|reel| {
            let same = |play: &&FilmPlay| (play.key, play.zero_us) == (reel.key, reel.zero_us);
            let keeps = plays.iter().find(same).is_some_and(|play| reel.keep(play, moment, levels, place, resynced));
            if !keeps {
                reel.voice.silence();
            }
            keeps
        });
        for play in plays {
            let plays_already = |reel: &Reel| (reel.key, reel.zero_us) == (play.key, play.zero_us);
            if play.to_us <= moment.show_us || self.reels.iter().any(plays_already) {
                continue;
            }
            // One that is not decoded yet begins as soon as it is, where it would be by then.
            let Some(film) = self.films.get(&play.key) else { continue };
            let gain = levels.film_gain(film.lufs);
            match output.play_film(Arc::clone(&film.frames), place(play.zero_us), place(play.from_us), gain) {
                Ok(voice) => {
                    let (frames, lufs) = (Arc::clone(&film.frames), film.lufs);
                    let (key, zero_us) = (play.key, play.zero_us);
                    self.reels.push(Reel { key, zero_us, frames, lufs, voice, astray_since: None });
                }
                Err(full) => tracing::warn!("{full} (the film {})", play.key),
            }
        }
    }

    /// The peak of what was heard of films in the span before `show_us`, without the master.
    pub(super) fn peak(&self, show_us: time::Instant, span_us: time::SpanUs, levels: &SoundSet) -> f32 {
        let sounding = self.reels.iter().filter(|reel| reel.voice.state() == VoiceState::Sounding);
        let samples_in = |span: time::SpanUs| usize::try_from(span * i64::from(RATE_HZ) / 1_000_000).unwrap_or(0);
        sounding
            .map(|reel| {
                let until = samples_in(show_us - reel.zero_us).min(reel.frames.len());
                let from = samples_in(show_us - span_us - reel.zero_us).min(until);
                let frames = reel.frames[from..until].iter().flatten();
                frames.fold(0.0_f32, |peak, sample| peak.max(sample.abs())) * levels.film_gain(reel.lufs)
            })
            .sum()
    }
}

impl Reel {
    /// Goes on with it, if it is where it should be.
    fn keep(
        &mut self,
        play: &FilmPlay,
        moment: &Moment,
        levels: &SoundSet,
        place: impl Fn(time::Instant) -> f64,
        resynced: &mut u64,
    ) -> bool {
        self.voice.set_gain(levels.film_gain(self.lufs));
        // What is heard beyond all that was asked for has no end yet: a stalled app does not cut it off.
        let ends = play.to_us < moment.show_us.saturating_add(LOOKAHEAD_US);
        self.voice.end_at(if ends { place(play.to_us) } else { f64::INFINITY });
        let off_s = (place(play.zero_us) - self.voice.zero_s()).abs();
        match self.voice.state() {
            // Played to its end, it is not begun anew.
            VoiceState::Over => return true,
            VoiceState::Waiting if off_s > DRIFT_S => self.voice.move_to(place(play.zero_us), place(play.from_us)),
            VoiceState::Sounding if off_s > ASTRAY_S => {
                let since = *self.astray_since.get_or_insert(moment.at);
                if moment.at.saturating_duration_since(since) >= PATIENCE {
                    *resynced += 1;
                    return false;
                }
                return true;
            }
            VoiceState::Waiting | VoiceState::Sounding => {}
        }
        self.astray_since = None;
        true
    }
}

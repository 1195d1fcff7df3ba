//! The offline mixer: a list of cues becomes samples, each cue on its exact sample, twice the same to the byte.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::bank::Bank;
use super::films::Films;
use super::levels::SoundSet;
use super::limiter::{DELAY, Limiter};
use super::placed::{self, Placed, PlacedFilm};
use super::synth::RATE_HZ;
use crate::show::cue::ScheduledCue;
use crate::show::cues::{Course, FilmPlay, Levels, Programme};
use crate::show::time::{Instant, SpanUs};

/// Why a mix could not be written.
#[derive(Debug, thiserror::Error)]
pub enum MixError {
    /// The file could not be made or written.
    #[error("The sound could not be written to {path}: {source}. Check that the folder exists and has room.", path = path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the writer said.
        source: hound::Error,
    },
}

/// A span of time in whole samples, rounded to the nearest.
pub fn samples_in(span_us: SpanUs) -> i64 {
    (span_us * i64::from(RATE_HZ / 1_000) + 500).div_euclid(1_000)
}

/// What a programme is made to sound with.
#[derive(Clone, Copy, Debug)]
pub struct Kit<'a> {
    pub sounds: &'a SoundSet,
    pub bank: &'a Bank,
    pub films: &'a Films,
}

/// Mixes what is heard of a programme in [`from_us`, `to_us`); a cue that began before goes on from where it would be.
pub fn mix(programme: &Programme, from_us: Instant, to_us: Instant, kit: Kit<'_>) -> Vec<[f32; 2]> {
    let mut out = vec![[0.0; 2]; usize::try_from(samples_in(to_us - from_us)).unwrap_or(0)];
    Mixer::of(programme, from_us, kit).fill(&mut out);
    out
}

/// The same, one frame after the other: a show of hours need not be held whole.
pub fn frames(
    programme: &Programme,
    from_us: Instant,
    to_us: Instant,
    kit: Kit<'_>,
) -> impl Iterator<Item = [f32; 2]> + use<> {
    let mut mixer = Mixer::of(programme, from_us, kit);
    (0..samples_in(to_us - from_us)).map(move |_| mixer.step())
}

/// Writes 48 kHz stereo as 24-bit WAV.
pub fn write_wav(path: &Path, frames: impl IntoIterator<Item = [f32; 2]>) -> Result<(), MixError> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: RATE_HZ,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let write = || -> Result<(), hound::Error> {
        let mut file = hound::WavWriter::create(path, spec)?;
        for sample in frames.into_iter().flatten() {
            file.write_sample((f64::from(sample) * 8_388_607.0).round() as i32)?;
        }
        file.finalize()
    };
    write().map_err(|source| MixError::Write { path: path.to_owned(), source })
}

/// A mix in progress, for programmes too long to hold whole: each [`Mixer::fill`] goes on where the last one ended.
#[derive(Debug)]
pub struct Mixer {
    /// By start, then key, so that the order of addition is always the same.
    placed: Vec<Placed>,
    next: usize,
    sounding: Vec<usize>,
    /// By start.
    films: Vec<PlacedFilm>,
    running: Vec<usize>,
    next_film: usize,
    position: i64,
    lanes: Lanes,
    master: f32,
    limiter: Limiter,
}

impl Mixer {
    /// A mix of a whole programme whose first frame is heard at `from_us`. The same key twice is heard once.
    pub fn of(programme: &Programme, from_us: Instant, kit: Kit<'_>) -> Self {
        Self::new(&programme.cues, &programme.films, &programme.course, from_us, kit)
    }

    /// The same of some of a programme's cues and films.
    pub fn new(
        cues: &[ScheduledCue],
        films: &[FilmPlay],
        course: &Course,
        from_us: Instant,
        Kit { sounds, bank, films: reels }: Kit<'_>,
    ) -> Self {
        let mut seen = BTreeSet::new();
        let mut cues: Vec<&ScheduledCue> = cues.iter().filter(|cue| seen.insert(cue.key)).collect();
        cues.sort_by_key(|cue| (cue.at_us, cue.key));
        let place = placed::from(from_us);
        let mut placed: Vec<Placed> = Vec::with_capacity(cues.len());
        for cue in cues {
            let start = place(cue.at_us);
            Placed::cut_by(&mut placed, cue, start, sounds, bank);
            placed.push(Placed::new(cue, start, sounds, bank));
        }
        let films = films.iter().filter_map(|play| Some(PlacedFilm::new(play, place, reels.get(&play.key)?, sounds)));
        let mut films: Vec<PlacedFilm> = films.collect();
        films.sort_by_key(|film| film.start);
        let mut mixer = Self {
            placed,
            next: 0,
            sounding: Vec::new(),
            films,
            running: Vec::new(),
            next_film: 0,
            position: 0,
            lanes: Lanes::of(course, from_us),
            master: sounds.master_gain(),
            limiter: Limiter::default(),
        };
        for _ in 0..DELAY {
            mixer.step();
        }
        mixer
    }

    /// Renders the next frames.
    pub fn fill(&mut self, out: &mut [[f32; 2]]) {
        for frame in out {
            *frame = self.step();
        }
    }

    /// Adds up one sample of everything that sounds and passes it through the limiter.
    pub fn step(&mut self) -> [f32; 2] {
        while self.placed.get(self.next).is_some_and(|cue| cue.start <= self.position) {
            self.sounding.push(self.next);
            self.next += 1;
        }
        while self.films.get(self.next_film).is_some_and(|film| film.start <= self.position) {
            self.running.push(self.next_film);
            self.next_film += 1;
        }
        let position = self.position;
        let levels = if self.sounding.is_empty() { Levels::OPEN } else { self.lanes.at(position) };
        let mut sum = 0.0_f32;
        self.sounding.retain(|&index| {
            let sample = self.placed[index].at(position, levels);
            sum += sample.unwrap_or(0.0);
            sample.is_some()
        });
        let mut both = [sum; 2];
        self.running.retain(|&index| {
            let frame = self.films[index].at(position);
            let [left, right] = frame.unwrap_or_default();
            both = [both[0] + left, both[1] + right];
            frame.is_some()
        });
        self.position += 1;
        self.limiter.step(both.map(|sample| sample * self.master))
    }
}

/// A course in samples, read from front to back.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    points: Vec<(i64, Levels)>,
    next: usize,
}

impl Lanes {
    fn of(course: &Course, from_us: Instant) -> Self {
        Self::placed(course.points(), placed::from(from_us))
    }

    /// Points in their places.
    pub(super) fn placed(points: &[(Instant, Levels)], place: impl Fn(Instant) -> i64) -> Self {
        Self { points: points.iter().map(|(at, levels)| (place(*at), *levels)).collect(), next: 0 }
    }

    /// The levels at a place; none before the one asked for last.
    pub(super) fn at(&mut self, position: i64) -> Levels {
        while self.points.get(self.next).is_some_and(|(at, _)| *at <= position) {
            self.next += 1;
        }
        match (self.next.checked_sub(1).and_then(|before| self.points.get(before)), self.points.get(self.next)) {
            (None, None) => Levels::OPEN,
            (Some((_, only)), None) | (None, Some((_, only))) => *only,
            (Some((_, a)), Some((_, b))) if a == b => *a,
            (Some((from, a)), Some((to, b))) => a.towards(*b, (position - from) as f32 / (to - from) as f32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::clip::{ClipKey, ClipSound, Clips};
    use crate::show::cue::{Cue, CueKey};
    use crate::show::cues::{CueTimes, GRID_US};
    use crate::show::state::Show;
    use crate::show::theme::source::shipped;
    use crate::sound::loudness::measure_stereo;

    fn at(cue: Cue, n: u32, at_us: Instant) -> ScheduledCue {
        ScheduledCue { key: CueKey { seq: 7, cue, n }, cue, at_us, variant: 0, gain_db: 0.0 }
    }

    fn bank() -> Bank {
        Bank::render(&shipped::theme("qingkong").programme().sounds, &[]).0
    }

    /// The cues alone, with nothing that makes room for anything.
    fn mix(cues: &[ScheduledCue], from_us: Instant, to_us: Instant, sounds: &SoundSet, bank: &Bank) -> Vec<[f32; 2]> {
        let programme = Programme { cues: cues.to_vec(), ..Programme::default() };
        super::mix(&programme, from_us, to_us, Kit { sounds, bank, films: &Films::default() })
    }

    #[test]
    fn every_cue_begins_on_its_exact_sample() {
        let bank = bank();
        let from_us = 1_700_000_000_000_000;
        for cue in Cue::ALL {
            // 1 234 567 µs is sample 59 259.2: nearest 59 259.
            let frames =
                mix(&[at(cue, 0, from_us + 1_234_567)], from_us, from_us + 9_000_000, &SoundSet::default(), &bank);
            let samples = bank.samples(cue);
            let placed: Vec<f32> = frames[59_259..59_259 + samples.len()].iter().map(|frame| frame[0]).collect();
            assert_eq!(placed[..], samples[..], "{}", cue.name());
            assert!(frames[..59_259].iter().all(|frame| *frame == [0.0; 2]), "{} sounds early", cue.name());
            assert!(frames[59_259 + samples.len()..].iter().all(|frame| *frame == [0.0; 2]), "{} goes on", cue.name());
        }
    }

    #[test]
    fn a_cue_that_began_earlier_goes_on() {
        let bank = bank();
        let gong = [at(Cue::TimeUp, 0, 0)];
        let whole = mix(&gong, 0, 3_000_000, &SoundSet::default(), &bank);
        let rest = mix(&gong, 1_000_000, 3_000_000, &SoundSet::default(), &bank);
        assert_eq!(rest[..], whole[48_000..]);
    }

    #[test]
    fn a_mix_in_pieces_equals_the_mix_at_once_and_itself() {
        let bank = bank();
        let cues: Vec<ScheduledCue> =
            (0..60).map(|n| at(Cue::ALL[n as usize % Cue::COUNT], n, i64::from(n) * 41_003)).collect();
        let whole = mix(&cues, 0, 4_000_000, &SoundSet::default(), &bank);
        let mut reversed = cues.clone();
        reversed.reverse();
        assert_eq!(whole, mix(&reversed, 0, 4_000_000, &SoundSet::default(), &bank));
        let mut mixer = Mixer::of(
            &Programme { cues, ..Programme::default() },
            0,
            Kit { sounds: &SoundSet::default(), bank: &bank, films: &Films::default() },
        );
        let mut pieces = vec![[0.0; 2]; whole.len()];
        for piece in pieces.chunks_mut(937) {
            mixer.fill(piece);
        }
        assert_eq!(whole, pieces);
    }

    #[test]
    fn a_crowd_of_cues_stays_under_the_ceiling() {
        let bank = bank();
        let cues: Vec<ScheduledCue> =
            (0..72).map(|n| at(Cue::ALL[n as usize % Cue::COUNT], n, 100_000 + i64::from(n / 24) * 20_000)).collect();
        let mut sounds = SoundSet::default();
        sounds.set_master_db(12.0);
        let level = measure_stereo(&mix(&cues, 0, 2_000_000, &sounds, &bank)).expect("the mix can be measured");
        assert!(level.true_peak_dbtp <= -1.0, "{:.2} dBTP", level.true_peak_dbtp);
        assert!(level.true_peak_dbtp > -3.0, "{:.2} dBTP: the crowd must reach the limiter", level.true_peak_dbtp);
    }

    #[test]
    fn the_same_key_twice_is_heard_once() {
        let bank = bank();
        let once = mix(&[at(Cue::Hit, 0, 0)], 0, 1_000_000, &SoundSet::default(), &bank);
        let twice = mix(&[at(Cue::Hit, 0, 0), at(Cue::Hit, 0, 0)], 0, 1_000_000, &SoundSet::default(), &bank);
        assert_eq!(once, twice);
    }

    #[test]
    fn a_buzzer_cuts_what_began_before_it_but_no_clock() {
        let bank = bank();
        let buzzer = at(Cue::Buzzer, 0, 500_000);
        let alone = mix(&[buzzer], 0, 3_000_000, &SoundSet::default(), &bank);
        let over = mix(&[at(Cue::Correct, 0, 300_000), buzzer], 0, 3_000_000, &SoundSet::default(), &bank);
        assert_ne!(over[20_000..24_000], alone[20_000..24_000], "till then it is heard");
        assert_eq!(over[24_000 + 481..], alone[24_000 + 481..], "10 ms later it is not");
        let clock = mix(&[at(Cue::TimeUp, 0, 300_000), buzzer], 0, 3_000_000, &SoundSet::default(), &bank);
        assert_ne!(clock[30_000..], alone[30_000..], "the gong rings on");
    }

    #[test]
    fn a_course_makes_room_in_its_stems_only() {
        let bank = bank();
        let times: CueTimes = shipped::theme("qingkong").cue_times();
        // Without a slate there is no bed: its stem is shut, the effects' is open.
        let mut course = Course::default();
        course.add(&Show::default(), &times, &Clips::default(), 0, 3_000_000);
        assert_eq!(course.points().len(), 2, "what stays is two points: {course:?}");
        let heard = |cue| {
            let programme =
                Programme { cues: vec![at(cue, 0, 10 * GRID_US)], course: course.clone(), films: Vec::new() };
            let kit = Kit { sounds: &SoundSet::default(), bank: &bank, films: &Films::default() };
            let mixed = super::mix(&programme, 0, 3_000_000, kit);
            mixed.iter().any(|frame| frame[0] != 0.0)
        };
        assert_eq!([Cue::Tick, Cue::Correct, Cue::Bed].map(heard), [true, true, false]);
    }

    /// Left and right a ramp each, that tells every sample's place.
    fn film_at(i: i64) -> [f32; 2] {
        [0.01 + i as f32 * 1e-7, -0.02 - i as f32 * 1e-7]
    }

    /// A film of a second.
    fn film() -> (ClipKey, Films) {
        let key = ClipKey([1; 32]);
        let sound = ClipSound((0..48_000).map(film_at).collect());
        (key, Films::measured([key], &|_| Some(sound.clone())))
    }

    fn film_mix(plays: &[FilmPlay], films: &Films, to_us: Instant) -> Vec<[f32; 2]> {
        let programme = Programme { films: plays.to_vec(), ..Programme::default() };
        super::mix(&programme, 0, to_us, Kit { sounds: &SoundSet::default(), bank: &Bank::default(), films })
    }

    #[test]
    fn a_film_lies_on_its_exact_samples_pauses_and_goes_on_without_a_click() {
        let (key, films) = film();
        let gain = SoundSet::default().film_gain(films.get(&key).and_then(|film| film.lufs));
        let frame_at = |i: i64| film_at(i).map(|sample| sample * gain);
        // From its zero at sample 12 000 to 24 000, and after a pause of 0.5 s from sample 48 000 on.
        let plays = [
            FilmPlay { key, zero_us: 250_000, from_us: 250_000, to_us: 500_000 },
            FilmPlay { key, zero_us: 750_000, from_us: 1_000_000, to_us: Instant::MAX },
        ];
        let out = film_mix(&plays, &films, 3_000_000);
        assert!(out[..12_000].iter().all(|frame| *frame == [0.0; 2]));
        for (at, zero) in [(12_000, 12_000), (23_999, 12_000), (24_000, 12_000), (48_240, 36_000), (83_999, 36_000)] {
            assert_eq!(out[at as usize], frame_at(at - zero), "{at}");
        }
        assert!(out[24_240..=48_000].iter().chain(&out[84_000..]).all(|frame| *frame == [0.0; 2]));
        let steps = out[23_990..48_300].windows(2).map(|pair| (pair[1][1] - pair[0][1]).abs());
        assert!(steps.fold(0.0_f32, f32::max) < 0.01, "a cut edge is a slope of 5 ms");
        let part = film_mix(&[FilmPlay { zero_us: -250_000, from_us: -250_000, ..plays[1] }], &films, 900_000);
        assert_eq!(part[..36_000], (12_000..48_000).map(frame_at).collect::<Vec<_>>()[..], "it began before the mix");
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let error = write_wav(Path::new("/nowhere/at/all.wav"), [[0.0; 2]]).expect_err("there is no such folder");
        assert!(error.to_string().contains("/nowhere/at/all.wav"), "{error}");
    }
}

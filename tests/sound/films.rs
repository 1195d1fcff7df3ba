//! Films on the device: in step with the show to the millisecond, silent when it stands, back in step when they are not.

use leitai::show::clip::{ClipKey, ClipSound};
use leitai::show::cues::FilmPlay;

use super::*;

const FILM: ClipKey = ClipKey([7; 32]);
const SECONDS: usize = 6;

/// A film each of whose samples tells its own place.
fn films() -> Arc<Films> {
    let sound: ClipSound = ClipSound((0..SECONDS * RATE as usize).map(|i| [tells(i as f64) as f32; 2]).collect());
    Arc::new(Films::measured([FILM], &|_| Some(sound.clone())))
}

fn tells(place: f64) -> f64 {
    0.01 + place * 1e-7
}

/// Which place of the film a heard sample is of, after the gain that films have here.
fn place(films: &Films, sample: f32) -> f64 {
    let gain = f64::from(SoundSet::default().film_gain(films.get(&FILM).and_then(|film| film.lufs)));
    (f64::from(sample) / gain - 0.01) / 1e-7
}

fn play(zero_ms: i64, from_ms: i64, to_ms: i64) -> FilmPlay {
    let at = |at_ms: i64| SHOW_US + at_ms * 1_000;
    FilmPlay { key: FILM, zero_us: at(zero_ms), from_us: at(from_ms), to_us: at(to_ms) }
}

/// A hall that can hear the film.
fn hall() -> (Hall, Arc<Films>) {
    let (mut hall, films) = (Hall::new(), films());
    hall.engine.set_films(Arc::clone(&films));
    (hall, films)
}

/// Runs with what is played, cut to the engine's window as the app does.
fn roll(hall: &mut Hall, until_ms: i64, plays: &[FilmPlay]) {
    hall.run_with(until_ms, |engine, now| {
        let (from, to) = (now - leitai::sound::GRACE_US, now + leitai::sound::LOOKAHEAD_US);
        engine.set_plays(plays.iter().filter_map(|play| play.within(from, to)).collect());
        Vec::new()
    });
}

/// How far the film is behind its show at a moment, samples.
fn behind(hall: &Hall, films: &Films, zero_ms: i64, at_ms: i64) -> f64 {
    let index =
        hall.device(|crank, _| ((at_ms * 1_000 - LATENCY_US - crank.behind_us) * i64::from(RATE) / 1_000_000) as usize);
    let sample = hall.device(|crank, _| crank.heard[index]);
    ((at_ms - zero_ms) * i64::from(RATE) / 1_000) as f64 - place(films, sample)
}

fn is_silent(hall: &Hall, from_ms: i64, to_ms: i64) -> bool {
    let index = |at_ms: i64| ((at_ms * 1_000 - LATENCY_US) * i64::from(RATE) / 1_000_000) as usize;
    hall.device(|crank, _| crank.heard[index(from_ms)..index(to_ms)].iter().all(|sample| sample.abs() < 1e-6))
}

#[track_caller]
fn assert_in_step(hall: &Hall, films: &Films, zero_ms: i64, at_ms: &[i64]) {
    for at_ms in at_ms {
        let behind = behind(hall, films, zero_ms, *at_ms);
        assert!(behind.abs() < 48.0, "{behind:.1} samples behind its show at {at_ms} ms");
    }
}

#[test]
fn a_film_keeps_to_its_show_pauses_and_goes_on_where_it_was() {
    let (mut hall, films) = hall();
    roll(&mut hall, 2_000, &[play(703, 703, 99_000)]);
    assert!(is_silent(&hall, 100, 702));
    assert_in_step(&hall, &films, 703, &[710, 1_000, 1_700]);
    // The pause is told 60 ms after it was.
    roll(&mut hall, 3_000, &[play(703, 703, 1_940)]);
    assert!(is_silent(&hall, 2_080, 2_900), "not more than is in the device is heard after it is told");
    // It goes on 1.3 s later.
    roll(&mut hall, 5_000, &[play(2_003, 3_240, 99_000)]);
    assert!(is_silent(&hall, 2_900, 3_239));
    assert_in_step(&hall, &films, 2_003, &[3_300, 4_900]);
    assert_eq!(hall.engine.counts().resynced, 0);
}

#[test]
fn a_film_that_is_read_late_begins_in_its_middle() {
    let mut hall = Hall::new();
    let plays = [play(300, 300, 99_000)];
    roll(&mut hall, 1_000, &plays);
    let films = films();
    hall.engine.set_films(Arc::clone(&films));
    roll(&mut hall, 2_000, &plays);
    assert!(is_silent(&hall, 100, 1_000));
    assert_in_step(&hall, &films, 300, &[1_100, 1_900]);
}

#[test]
fn a_device_that_falls_behind_gets_its_film_back_in_step() {
    let (mut hall, films) = hall();
    let plays = [play(200, 200, 99_000)];
    roll(&mut hall, 1_500, &plays);
    hall.devices.lock().expect("the devices are not poisoned").iter_mut().for_each(|crank| crank.behind_us = 20_000);
    roll(&mut hall, 4_000, &plays);
    assert_eq!(hall.engine.counts().resynced, 1);
    assert_in_step(&hall, &films, 200, &[2_600, 3_900]);
}

#[test]
fn a_seek_goes_elsewhere_at_once_and_another_pace_is_silent() {
    let (mut hall, films) = hall();
    roll(&mut hall, 1_500, &[play(200, 200, 99_000)]);
    // The show jumps on by 3 s: its film lies 3 s earlier on the hall's time.
    hall.engine.reset(SHOW_US + 1_500_000);
    roll(&mut hall, 2_500, &[play(-2_800, -2_800, 99_000)]);
    assert_in_step(&hall, &films, -2_800, &[1_600, 2_400]);
    hall.rate = 2.0;
    roll(&mut hall, 3_000, &[play(-2_800, -2_800, 99_000)]);
    assert!(is_silent(&hall, 2_600, 2_900));
}

#[test]
fn the_films_fader_and_mute_act_on_what_sounds() {
    let (mut hall, _) = hall();
    let plays = [play(200, 200, 99_000)];
    roll(&mut hall, 1_000, &plays);
    assert!(hall.engine.level_dbfs(SHOW_US + 1_000_000) > -60.0);
    hall.engine.set_film(CueLevel { gain_db: 0.0, muted: true });
    roll(&mut hall, 2_000, &plays);
    assert!(is_silent(&hall, 1_100, 1_900));
    assert_eq!(hall.engine.level_dbfs(SHOW_US + 2_000_000), f32::NEG_INFINITY);
    hall.engine.set_film(CueLevel::default());
    roll(&mut hall, 3_000, &plays);
    assert!(!is_silent(&hall, 2_100, 2_900));
}

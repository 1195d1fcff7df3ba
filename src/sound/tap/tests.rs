//! Promises of the tap: the mixer's samples, nothing twice, and no more than was asked for.

use serde_json::{Value, json};

use super::*;
use crate::show::clip::{ClipSound, Clips};
use crate::show::cue::{Cue, CueKey};
use crate::show::cues::{CueTimes, GRID_US, Programme, between, films};
use crate::show::desk::Air;
use crate::show::tape::{Step, Tape, Timeline};
use crate::show::theme::source::shipped;
use crate::sound::engine::LOOKAHEAD_US;
use crate::sound::mixer::{Kit, mix};

const SECOND: i64 = 1_000_000;
const FILM: ClipKey = ClipKey([7; 32]);

fn films_of(seconds: i64) -> Arc<Films> {
    let wave = |i: i64| [0.1 * libm::sinf(i as f32 * 0.05), 0.08 * libm::sinf(i as f32 * 0.031)];
    let sound = ClipSound((0..seconds * 48_000).map(wave).collect());
    Arc::new(Films::measured([FILM], &|_| Some(sound.clone())))
}

fn bank() -> Arc<Bank> {
    Arc::new(Bank::render(&shipped::theme("qingkong").programme().sounds, &[]).0)
}

fn tap() -> Tap {
    let mut tap = Tap::new();
    tap.set_bank(bank());
    tap.set_films(films_of(4));
    tap
}

fn moment(show_us: Instant, rate: f64) -> Moment {
    Moment { rate, ..Moment::now(show_us) }
}

/// A show with a clock, a film that is paused and goes on, music under a slate, a verdict, and instants off every grid.
fn timeline() -> Timeline {
    let teams: Vec<Value> =
        (1..=5).map(|n| json!({"id": format!("t{n}"), "name": format!("{n}号队"), "number": n})).collect();
    let key = FILM.to_string();
    let options = json!([{"label": "A", "text": "a"}, {"label": "B", "text": "b"}]);
    let ask = json!({"id": "q", "kind": "single", "stem": "s", "options": options});
    let zero = 4_003_337;
    let events = [
        (0, "show.configured", json!({"title": "t", "teams": teams, "base_score": 300, "audience_seats": 18})),
        (500_001, "slate.shown", json!({"kind": "tabulating", "title": "t"})),
        (3_200_123, "media.cued", json!({"id": "m", "path": "p", "sha256": key})),
        (zero - 1_000, "media.started", json!({"id": "m", "at": zero})),
        (5_500_777, "media.paused", json!({"id": "m"})),
        (6_250_001, "media.started", json!({"id": "m", "at": zero + 749_224})),
        (7_900_500, "media.ended", json!({"id": "m"})),
        (8_000_000, "round.opened", json!({"id": "r", "name": "r", "format": "solo", "rules": {"right": 10}})),
        (8_100_000, "question.shown", ask),
        (8_300_019, "countdown.started", json!({"id": "c", "ends_at": 12_300_019})),
    ];
    let mut text = "{\"tape\":1}\n".to_owned();
    for (seq, (at, name, data)) in (1..).zip(&events) {
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": name, "data": data});
        text += &(json!({"rx": 0, "lane": "feed", "env": env}).to_string() + "\n");
    }
    Timeline::new(Tape::parse(&text).expect("a good tape"))
}

/// The tape through the tap, frame after frame; an event begins a frame of its own.
fn streamed(tap: &mut Tap, timeline: &Timeline, times: &CueTimes, to: Instant) -> Vec<[f32; 2]> {
    let (mut air, mut done, mut out) = (Air::default(), 0, Vec::new());
    let mut at = 0;
    while at < to {
        let due = timeline.index_at(at).max(done);
        timeline.tape().steps(done, due).for_each(|step| step.fold(&mut air));
        done = due;
        let event = timeline.tape().step(done).map(Step::at);
        let next = (at + 20_000).min(event.unwrap_or(to)).min(to);
        let (from, until) = (at - GRACE_US, at + LOOKAHEAD_US);
        let mut course = Course::default();
        course.add(air.program(), times, &Clips::default(), from, until);
        let wanted = between(air.program(), times, from, until);
        let plays = films(air.program(), from, until);
        let frames = usize::try_from(samples_in(next) - samples_in(at)).expect("forwards");
        out.extend_from_slice(tap.advance(&wanted, &course, &plays, moment(at, 1.0), frames));
        at = next;
    }
    out
}

#[test]
fn a_tape_through_the_tap_is_the_mix_sample_for_sample() {
    let (timeline, theme, to) = (timeline(), shipped::theme("qingkong"), 14 * SECOND);
    let (times, sounds) = (theme.cue_times(), SoundSet::themed(&theme.programme().sounds));
    let mut tap = tap();
    tap.set_theme(&sounds);
    let stream = streamed(&mut tap, &timeline, &times, to);
    let programme = Programme::of(&timeline, &times, to);
    let heard: Vec<_> = programme.films.iter().map(|play| (play.from_us, play.to_us, play.offset_us())).collect();
    assert_eq!(heard, [(4_003_337, 5_500_777, 0), (6_250_001, 7_900_500, 1_497_440)]);
    assert!(programme.cues.iter().any(|cue| cue.cue == Cue::Bed) && programme.cues.len() > 6, "{programme:?}");
    let (bank, films) = (bank(), films_of(4));
    let mixed = mix(&programme, 0, to, Kit { sounds: &sounds, bank: &bank, films: &films });
    assert!(stream[..Tap::LATE_FRAMES].iter().all(|frame| *frame == [0.0; 2]));
    // What is heard before a fact is rendered before it is known: its ramp begins with it, the mix's on the grid before.
    let turns: Vec<_> =
        timeline.tape().entries.iter().map(|entry| entry.env.at.div_euclid(GRID_US) * GRID_US).collect();
    let turning = |i: i64| turns.iter().any(|at| (samples_in(*at)..=samples_in(at + GRID_US)).contains(&i));
    let steady = (0..mixed.len() - Tap::LATE_FRAMES).filter(|i| !turning(*i as i64));
    let differs = steady.clone().find(|i| stream[i + Tap::LATE_FRAMES] != mixed[*i]);
    assert!(steady.count() * 10 > mixed.len() * 9);
    assert_eq!(differs, None, "{:?} s", differs.map(|at| at as f64 / 48_000.0));
    assert!(mixed.iter().any(|frame| frame[0] != frame[1]), "the film is stereo");
}

fn blip(second: u64, at_us: Instant) -> ScheduledCue {
    let key = CueKey { seq: second, cue: Cue::Sync, n: 0 };
    ScheduledCue { key, cue: Cue::Sync, at_us, variant: 0, gain_db: 0.0 }
}

/// Frames of 20 ms from `from_ms` to `to_ms`, each with what `wanted` says of it.
fn run(
    tap: &mut Tap,
    from_ms: i64,
    to_ms: i64,
    rate: f64,
    mut wanted: impl FnMut(Instant) -> (Vec<ScheduledCue>, Vec<FilmPlay>),
) -> Vec<[f32; 2]> {
    let mut out = Vec::new();
    for at_ms in (from_ms..to_ms).step_by(20) {
        let (cues, plays) = wanted(ms(at_ms));
        let stands = ms(if rate == 0.0 { from_ms } else { at_ms });
        out.extend_from_slice(tap.advance(&cues, &Course::default(), &plays, moment(stands, rate), 960));
    }
    out
}

/// Where something begins to sound, samples.
fn onset(frames: &[[f32; 2]]) -> Option<usize> {
    frames.iter().position(|frame| frame[0].abs() > 1e-4)
}

#[test]
fn what_comes_late_begins_at_once_and_what_is_withdrawn_in_time_is_not_heard() {
    let mut tap = tap();
    let cue = blip(1, ms(100));
    let out = run(&mut tap, 0, 600, 1.0, |at| (if at >= ms(200) { vec![cue] } else { vec![] }, vec![]));
    assert_eq!(onset(&out), Some(9_600 + Tap::LATE_FRAMES + 1), "at the next frame, from its own beginning");
    let out = run(&mut tap, 600, 1_200, 1.0, |at| ([cue].repeat(usize::from(at < ms(900))), vec![]));
    assert_eq!(onset(&out), None, "nothing twice");
    let later = blip(2, ms(1_500));
    let out = run(&mut tap, 1_200, 2_000, 1.0, |at| ([later].repeat(usize::from(at < ms(1_480))), vec![]));
    assert_eq!(onset(&out), None, "withdrawn");
    let out = run(&mut tap, 2_000, 2_400, 1.0, |_| (vec![blip(3, ms(1_700))], vec![]));
    assert_eq!(onset(&out), None, "too late");
}

#[test]
fn a_film_comes_late_into_its_middle_and_a_show_that_stands_is_silent() {
    let play = FilmPlay { key: FILM, zero_us: ms(100), from_us: ms(100), to_us: ms(9_000) };
    let mut tap = tap();
    let gain = tap.sounds.film_gain(tap.films.get(&FILM).and_then(|film| film.lufs));
    let film = |i: usize| tap_frame(&films_of(4), i).map(|sample| sample * gain);
    let out = run(&mut tap, 0, 1_000, 1.0, |at| (vec![], [play].repeat(usize::from(at >= ms(500)))));
    assert_eq!(onset(&out).map(|at| at / 48), Some(501), "faded in from 500 ms on");
    let at = 30_000;
    assert_eq!(out[at + Tap::LATE_FRAMES], film(at - 4_800), "where it would be by then");
    let out = run(&mut tap, 1_000, 1_400, 0.0, |_| (vec![blip(1, ms(1_000)), blip(2, ms(1_030))], vec![play]));
    assert!(onset(&out[240 + Tap::LATE_FRAMES + 1..]).is_none(), "5 ms after the show stood still it is silent");
    let out = run(&mut tap, 1_000, 1_300, 1.0, |_| (vec![], vec![play]));
    assert_eq!(out[6_000 + Tap::LATE_FRAMES], film(43_200 + 6_000), "and goes on from where it stood");
}

fn tap_frame(films: &Films, i: usize) -> [f32; 2] {
    films.get(&FILM).map(|film| film.frames[i]).expect("the film")
}

#[test]
fn an_app_s_uneven_frames_are_not_heard_and_a_jump_is_followed() {
    let play = FilmPlay { key: FILM, zero_us: 0, from_us: 0, to_us: ms(9_000) };
    let mut tap = tap();
    let gain = tap.sounds.film_gain(tap.films.get(&FILM).and_then(|film| film.lufs));
    let mut out = Vec::new();
    for n in 0..100 {
        let late_us = [0, 4_000, 9_000, 1_500, 0, 7_000][n as usize % 6];
        let at = moment(n * 20_000 + late_us, 1.0);
        out.extend_from_slice(tap.advance(&[], &Course::default(), &[play], at, 960));
    }
    let films = films_of(4);
    let differs = (0..90_000).find(|i| {
        let wanted = tap_frame(&films, *i).map(|sample| sample * gain);
        out[i + Tap::LATE_FRAMES] != wanted
    });
    assert_eq!(differs, None);
    let out: Vec<_> = (0..10)
        .flat_map(|n| tap.advance(&[], &Course::default(), &[play], moment(ms(3_000 + 20 * n), 1.0), 960).to_vec())
        .collect();
    let wanted = tap_frame(&films, 144_000 + 5_000).map(|sample| sample * gain);
    assert_eq!(out[5_000 + Tap::LATE_FRAMES], wanted);
}

//! Promise: every shipped theme sounds as loud as broadcasting asks: the mix of each embedded tape, as `export` writes it,
//! is −23 LUFS ±1 (EBU R 128) with true peaks of at most −1 dBTP; a seek into it hears what the whole has there.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;

use ebur128::{EbuR128, Mode};
use leitai::show::cue::Cue;
use leitai::show::cues::Programme;
use leitai::show::tape::{Tape, Timeline};
use leitai::show::theme::Sounds;
use leitai::sound::mixer::{self, Kit};
use leitai::sound::{Bank, Films, SoundSet, TARGET_LUFS, TOLERANCE_LU, loudness_of, survey};
use leitai::themes;

const THEMES: [&str; 3] = ["qingkong", "zhujin", "subai"];
const TAPES: [&str; 5] = ["zhongwei-demo", "yantai", "liaoning", "zhongwei", "fujian"];
/// What is heard after a tape's last event, µs.
const TAIL_US: i64 = 5_000_000;

struct Show {
    programme: Programme,
    sounds: Sounds,
    bank: Bank,
    first_us: i64,
    to_us: i64,
}

fn timeline(tape: &str) -> Timeline {
    let text = fs::read_to_string(format!("assets/shows/{tape}.tape.ndjson")).expect("an embedded tape");
    Timeline::new(Tape::parse(&text).expect("a good tape"))
}

fn shows(theme: &str, tapes: &[&str]) -> Vec<Show> {
    let theme = themes::load(theme).unwrap_or_else(|error| panic!("{error}")).theme;
    let sounds = theme.programme().sounds.clone();
    let (bank, faults) = Bank::render(&sounds, &[]);
    assert_eq!(faults, []);
    let show = |tape: &&str| {
        let timeline = timeline(tape);
        let first_us = timeline.tape().first_at().expect("events");
        let to_us = timeline.tape().last_at().expect("events") + TAIL_US;
        let programme = Programme::of(&timeline, &theme.cue_times(), to_us);
        Show { programme, sounds: sounds.clone(), bank: bank.clone(), first_us, to_us }
    };
    tapes.iter().map(show).collect()
}

#[test]
fn the_mix_of_every_tape_in_every_theme_is_as_loud_as_broadcasting_asks() {
    let mut off = Vec::new();
    for theme in THEMES {
        for (tape, show) in TAPES.iter().zip(shows(theme, &TAPES)) {
            let level = loudness_of(&show.programme, show.first_us, &show.sounds, &show.bank).expect("measured");
            let minutes = (show.to_us - show.first_us) as f64 / 6e7;
            let said = format!(
                "{theme:9} {tape:14} {minutes:6.1} min {:7.2} LUFS {:6.2} dBTP",
                level.integrated_lufs, level.true_peak_dbtp
            );
            println!("{said}");
            if (level.integrated_lufs - TARGET_LUFS).abs() > TOLERANCE_LU || level.true_peak_dbtp > -1.0 {
                off.push(said);
            }
        }
    }
    assert!(off.is_empty(), "{off:#?}");
}

#[test]
fn what_is_written_measures_as_the_survey_says() {
    let shows = shows("qingkong", &["zhongwei-demo"]);
    let Show { programme, sounds, bank, first_us, to_us } = &shows[0];
    let surveyed = loudness_of(programme, *first_us, sounds, bank).expect("measured");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("sound.wav");
    let set = SoundSet::themed(sounds);
    let kit = Kit { sounds: &set, bank, films: &Films::default() };
    let frames = mixer::frames(programme, *first_us, *to_us, kit);
    mixer::write_wav(&path, frames).expect("writable");

    let mut file = hound::WavReader::open(&path).expect("a WAV");
    let samples: Vec<f32> = file.samples::<i32>().map(|it| it.expect("a sample") as f32 / 8_388_608.0).collect();
    let mut meter = EbuR128::new(2, 48_000, Mode::I | Mode::TRUE_PEAK).expect("a meter");
    meter.add_frames_f32(&samples).expect("measured");
    let written = meter.loudness_global().expect("measured");
    let peak = 20.0 * meter.true_peak(0).expect("measured").log10();
    println!("written {written:.2} LUFS {peak:.2} dBTP, surveyed {surveyed:?}");
    assert!((written - surveyed.integrated_lufs).abs() < 0.1, "{written} and {surveyed:?}");
    assert!((peak - surveyed.true_peak_dbtp).abs() < 0.1, "{peak} and {surveyed:?}");
}

#[test]
fn a_seek_into_the_mix_hears_what_the_whole_has_there() {
    let shows = shows("zhujin", &["zhongwei-demo"]);
    let Show { programme, sounds, bank, first_us, to_us } = &shows[0];
    let set = SoundSet::themed(sounds);
    let kit = Kit { sounds: &set, bank, films: &Films::default() };
    let whole = mixer::mix(programme, *first_us, *to_us, kit);
    for seconds in [20, 95] {
        let from_us = first_us + seconds * 1_000_000;
        let part = mixer::mix(programme, from_us, from_us + 4_000_000, kit);
        let same = &whole[seconds as usize * 48_000..][..part.len()];
        // The limiter remembers what came before for a moment; nothing else does.
        let differs = part.iter().zip(same).skip(48_000).map(|(a, b)| (a[0] - b[0]).abs()).fold(0.0_f32, f32::max);
        assert!(differs < 1e-3, "{differs} at {seconds} s");
    }
}

#[test]
fn every_cue_of_every_theme_is_surveyed() {
    for theme in THEMES {
        let loaded = themes::load(theme).unwrap_or_else(|error| panic!("{error}")).theme;
        let sounds = &loaded.programme().sounds;
        let found = survey(sounds, &Bank::render(sounds, &[]).0).expect("measured");
        assert_eq!(found.len(), Cue::themed().count());
        for it in found {
            println!(
                "{theme:9} {:10} {:7.2} LUFS {:7.2} dBTP {:6} ms",
                it.cue.name(),
                it.level.momentary_max_lufs,
                it.level.true_peak_dbtp,
                it.length_us / 1_000
            );
            assert!(it.level.true_peak_dbtp <= -1.0 && !it.muted, "{theme} {}", it.cue.name());
        }
    }
}

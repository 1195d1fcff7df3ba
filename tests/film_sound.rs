//! Promise: a film's sound is where its picture is, in what is exported and in what is streamed: through pauses, to less
//! than a frame; and it is as loud as the programme, which makes room for it.

use std::{fs, process::Command, sync::Arc};

use leitai::{
    media::Library,
    show::{
        clip::ClipKey,
        cue::{Cue, CueKey, ScheduledCue},
        cues::{Course, Programme, between, films},
        desk::Air,
        tape::{Step, Tape, Timeline},
        theme::Theme,
    },
    sound::{
        Bank, Films, GRACE_US, LOOKAHEAD_US, Moment, SoundSet, TARGET_LUFS, TOLERANCE_LU, Tap,
        mixer::{self, Kit, samples_in},
    },
    themes,
};
use serde_json::json;

use crate::support::film::Shelf;

const ZERO_US: i64 = 1_000_000_000;
/// A beep of 100 ms at each whole second of the film.
const BEEPS: &str = "-f lavfi -i testsrc2=s=320x180:r=25:d=4 \
     -f lavfi -i aevalsrc=exprs='0.25*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)':s=48000:d=4 \
     -c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p";

/// Starts at 1 s, is paused at 2.703333 s, goes on at 3.501777 s, and its scene is taken off at 5.6 s.
fn tape(key: &ClipKey) -> String {
    let at = |us: i64| ZERO_US + us;
    let told = [
        (0, "show.configured", json!({"title": "社保知识竞赛", "teams": [], "players": []})),
        (100_000, "media.cued", json!({"id": "m", "path": "beeps.mov", "sha256": key.to_string()})),
        (1_000_000, "media.started", json!({"id": "m", "at": at(1_000_000)})),
        (2_703_333, "media.paused", json!({"id": "m"})),
        (3_501_777, "media.started", json!({"id": "m", "at": at(1_000_000 + 798_444)})),
        (5_600_000, "media.ended", json!({"id": "m"})),
        (7_000_000, "show.ended", json!({})),
    ];
    let lines = (1..).zip(&told).map(|(seq, (us, event, data))| {
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at(*us), "type": event, "data": data});
        json!({"rx": at(*us), "lane": "feed", "env": env}).to_string() + "\n"
    });
    "{\"tape\":1}\n".to_owned() + &lines.collect::<String>()
}

/// Instants at which a beep begins, µs: what is louder than a tenth of the loudest after 200 ms that were not.
fn onsets_us(frames: &[[f32; 2]]) -> Vec<i64> {
    let loudest = frames.iter().map(|frame| frame[0].abs()).fold(0.0_f32, f32::max);
    let mut quiet_for = usize::MAX / 2;
    let mut found = Vec::new();
    for (at, frame) in frames.iter().enumerate() {
        if frame[0].abs() < loudest / 10.0 {
            quiet_for += 1;
            continue;
        }
        if quiet_for > 9_600 {
            found.push(at as i64 * 1_000_000 / 48_000);
        }
        quiet_for = 0;
    }
    found
}

/// What the beeps' instants in the show are: seconds 0 and 1 of the film, then 2 and 3 after the pause.
const BEEPS_US: [i64; 4] = [1_000_000, 2_000_000, 3_798_444, 4_798_444];

#[track_caller]
fn assert_on_time(what: &str, heard: &[i64]) {
    let off: Vec<i64> = heard.iter().zip(BEEPS_US).map(|(heard, wanted)| heard - wanted).collect();
    println!("{what}: {off:?} µs");
    assert_eq!(heard.len(), BEEPS_US.len(), "{what}: {heard:?}");
    // A picture lasts 40 ms; what is promised of cues is 5.
    assert!(off.iter().all(|off| off.abs() < 1_000), "{what}: {off:?} µs");
}

fn wav(path: &std::path::Path) -> Vec<[f32; 2]> {
    let mut file = hound::WavReader::open(path).unwrap();
    let samples: Vec<f32> = file.samples::<i32>().map(|it| it.unwrap() as f32 / 8_388_607.0).collect();
    samples.as_chunks::<2>().0.to_vec()
}

/// The tape through the tap, 20 ms at a time and each event at a frame of its own.
fn streamed(timeline: &Timeline, theme: &Theme, library: &Library, heard: &Arc<Films>, to: i64) -> Vec<[f32; 2]> {
    let (times, clips) = (theme.cue_times(), library.clips());
    let mut tap = Tap::new();
    tap.set_bank(Arc::new(Bank::render(&theme.programme().sounds, &[]).0));
    tap.set_theme(&SoundSet::themed(&theme.programme().sounds));
    tap.set_films(Arc::clone(heard));
    let (mut air, mut done, mut out, mut at) = (Air::default(), 0, Vec::new(), ZERO_US);
    while at < to {
        let due = timeline.index_at(at).max(done);
        timeline.tape().steps(done, due).for_each(|step| step.fold(&mut air));
        done = due;
        let next = (at + 20_000).min(timeline.tape().step(done).map_or(to, Step::at)).min(to);
        let (from, until) = (at - GRACE_US, at + LOOKAHEAD_US);
        let mut course = Course::default();
        course.add(air.program(), &times, &clips, from, until);
        let (wanted, plays) = (between(air.program(), &times, from, until), films(air.program(), from, until));
        let frames = samples_in(next - ZERO_US) - samples_in(at - ZERO_US);
        out.extend_from_slice(tap.advance(&wanted, &course, &plays, Moment::now(at), frames as usize));
        at = next;
    }
    out
}

#[test]
fn a_beep_is_heard_at_its_picture_exported_and_streamed() {
    for (codec, name) in [("pcm_s16le", "beeps.mov"), ("aac", "beeps.mov")] {
        let shelf = Shelf::new();
        let key = shelf.make(name, &format!("{BEEPS} -c:a {codec}"));
        let path = shelf.path("x.tape.ndjson");
        fs::write(&path, tape(&key)).unwrap();
        let out = shelf.path("out");
        let output = Command::new(env!("CARGO_BIN_EXE_leitai"))
            .args(["export", "--size", "320x180", "--fps", "5", "--to", "0:06", "-o"])
            .args([&out, &path])
            .env_remove("DISPLAY")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let exported = wav(&out.join("sound.wav"));
        assert_eq!(exported.len(), 6 * 48_000);
        assert_on_time(&format!("exported, {codec}"), &onsets_us(&exported));
        let silent = |from: usize, to: usize| exported[from * 48..to * 48].iter().all(|frame| frame[0].abs() < 1e-4);
        assert!(silent(2_720, 3_500) && silent(5_610, 5_990), "paused and taken off it is silent");

        let library = Library::start(shelf.options());
        library.want(vec![shelf.want(name)]);
        library.settle();
        let theme = themes::built_in().unwrap();
        let timeline = Timeline::new(Tape::parse(&tape(&key)).unwrap());
        let heard = Arc::new(Films::measured([key], &|key| library.sound(key)));
        let stream = streamed(&timeline, &theme, &library, &heard, ZERO_US + 6_000_000);
        assert_on_time(&format!("streamed, {codec}"), &onsets_us(&stream[Tap::LATE_FRAMES..]));
        let pairs = exported.iter().zip(&stream[Tap::LATE_FRAMES..]);
        let differs = pairs.map(|(a, b)| (a[0] - b[0]).abs().max((a[1] - b[1]).abs())).fold(0.0_f32, f32::max);
        assert!(differs < 2.0 / 8_388_607.0, "{differs}: a stream is what is exported, to the last bit of 24");
    }
}

/// A film of noise that is far too loud: alone at the programme's loudness, and the package 12 dB down beside it.
#[test]
fn a_film_is_as_loud_as_the_programme_and_what_is_beside_it_makes_room() {
    let shelf = Shelf::new();
    let noise = "-f lavfi -i color=c=gray:s=320x180:r=25:d=8 -f lavfi -i anoisesrc=r=48000:d=8:c=pink:a=0.9:seed=7 \
         -c:v libx264 -preset ultrafast -threads 1 -pix_fmt yuv420p -c:a pcm_s16le";
    let key = shelf.make("beeps.mov", noise);
    let library = Library::start(shelf.options());
    library.want(vec![shelf.want("beeps.mov")]);
    library.settle();
    assert_eq!(library.problems(), []);
    let text = tape(&key).lines().take(4).map(|line| line.to_owned() + "\n").collect::<String>();
    let timeline = Timeline::new(Tape::parse(&text).unwrap());
    let theme = themes::built_in().unwrap();
    let (sounds, to) = (SoundSet::themed(&theme.programme().sounds), ZERO_US + 12_000_000);
    let heard = Films::measured([key], &|key| library.sound(key));
    assert!(heard.get(&key).and_then(|film| film.lufs).is_some_and(|lufs| lufs > -20.0), "{heard:?}");
    let bank = Bank::render(&theme.programme().sounds, &[]).0;
    let kit = Kit { sounds: &sounds, bank: &bank, films: &heard };
    let mut programme = Programme::with(&timeline, &theme.cue_times(), &library.clips(), to);
    let alone = mixer::mix(&programme, ZERO_US, to, kit);
    let samples: Vec<f32> = alone.iter().flatten().copied().collect();
    let mut meter = ebur128::EbuR128::new(2, 48_000, ebur128::Mode::I | ebur128::Mode::TRUE_PEAK).unwrap();
    meter.add_frames_f32(&samples).unwrap();
    let (lufs, peak) = (meter.loudness_global().unwrap(), 20.0 * meter.true_peak(0).unwrap().log10());
    println!("a film: {lufs:.2} LUFS, {peak:.2} dBTP");
    assert!((lufs - TARGET_LUFS).abs() < TOLERANCE_LU && peak <= -1.0);

    // The same chime before, within and after the film; the film itself is taken out of the mix.
    let chime = |n: u32, us: i64| {
        let key = CueKey { seq: 9, cue: Cue::Chime, n };
        ScheduledCue { key, cue: Cue::Chime, at_us: ZERO_US + us, variant: 0, gain_db: 0.0 }
    };
    programme.cues = vec![chime(0, 0), chime(1, 4_000_000), chime(2, 10_500_000)];
    programme.films.clear();
    let mixed = mixer::mix(&programme, ZERO_US, to, kit);
    let level = |from_ms: usize| {
        let span = &mixed[from_ms * 48..(from_ms + 900) * 48];
        10.0 * (span.iter().map(|frame| f64::from(frame[0]).powi(2)).sum::<f64>() / span.len() as f64).log10()
    };
    let depths = [level(4_000) - level(0), level(10_500) - level(0)];
    println!("beside a film {:.2} dB, after it {:.2} dB", depths[0], depths[1]);
    assert!((depths[0] - -12.0).abs() < 0.1 && depths[1].abs() < 0.1, "{depths:?}");
}

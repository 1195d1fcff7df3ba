//! Promise: a minute of every theme passes the checks of a broadcaster's intake: no flash that harms, nothing black, and
//! nothing frozen but where the show itself rests.

use std::{fs, path::Path, process::Command, sync::Arc};

use leitai::{
    director::Director,
    show::{
        frame::Output,
        tape::{Tape, Timeline},
    },
    themes,
    typeset::Typesetter,
};

const FPS: i64 = 25;
/// The minute, s from the tape's first event.
const FROM_S: i64 = 20;
const TO_S: i64 = 80;

/// Frames of the minute as numbered pictures.
fn export(theme: &str, folder: &Path) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(["export", "demo", "--theme", theme, "--size", "480x270", "--fps", "25"]);
    command.args(["--from", &format!("{FROM_S}s"), "--to", &format!("{TO_S}s"), "-o"]).arg(folder);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What ffmpeg says when the frames pass through a filter.
fn filtered(folder: &Path, filter: &str) -> String {
    let pattern = folder.join("%06d.png");
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostats", "-framerate", "25", "-i"]).arg(pattern);
    let output = command.args(["-vf", filter, "-f", "null", "-"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    said
}

/// Every number that stands behind `key` in what was said.
fn numbers(said: &str, key: &str) -> Vec<f64> {
    said.split(key).skip(1).filter_map(|rest| rest.split([' ', '\n', '|']).next()?.trim().parse().ok()).collect()
}

#[test]
fn a_minute_of_every_theme_passes_a_broadcaster_s_intake() {
    let tape = fs::read("assets/shows/zhongwei-demo.tape.ndjson").unwrap();
    for theme in themes::carried() {
        let folder = tempfile::tempdir().unwrap();
        let frames = folder.path().join("frames");
        export(theme, &frames);

        let said = filtered(&frames, "photosensitivity=bypass=1,metadata=print:file=-");
        let badness = numbers(&said, "lavfi.photosensitivity.badness=");
        assert_eq!(badness.len() as i64, (TO_S - FROM_S) * FPS, "{theme}: every frame is judged");
        // The filter takes the first picture for a change from nothing, and remembers it for a second.
        let worst = badness.iter().skip(FPS as usize).copied().fold(0.0, f64::max);

        let black = filtered(&frames, "blackdetect=d=0.04:pix_th=0.02");
        assert!(!black.contains("black_start"), "{theme}: {black}");

        let still = filtered(&frames, "freezedetect=n=0.0000001:d=2");
        let (starts, ends) = (numbers(&still, "freeze_start: "), numbers(&still, "freeze_end: "));
        let loaded = themes::load(theme).unwrap().theme;
        let timeline = Timeline::new(Tape::parse_bytes(&tape).unwrap());
        let mut director = Director::rehearse(timeline, loaded, Arc::new(Typesetter::new()));
        let output = Output::tv(480, 270);
        for (start, end) in starts.iter().zip(ends.iter().copied().chain([(TO_S - FROM_S) as f64])) {
            // The frames between are the same data: the show rests, the picture does not hang.
            let (first, last) = ((start * FPS as f64).round() as i64, (end * FPS as f64).round() as i64 - 1);
            let mut frame = |number: i64| {
                director.seek(FROM_S * 1_000_000 + number * 1_000_000 / FPS);
                director.frame(&output)
            };
            let resting = frame(first);
            for number in (first..=last).step_by(5) {
                assert_eq!(frame(number), resting, "{theme}: frozen from {start} s to {end} s while the show goes on");
            }
        }
        println!("{theme}: worst photosensitivity badness {worst:.3}, {} rests of 2 s and more", starts.len());
        assert!(worst < 1.0, "{theme}: flashes that ffmpeg would take out ({worst})");
    }
}

//! Promise: what an outputs file writes leaves the program without windows and beside them, all of one instant, each
//! frame counted, the sound with it.

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use leitai::show::rate::Rate;
use serde_json::Value;

use crate::support::{burn::read_burn, screen::Screen};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
/// A countdown runs at this instant of the embedded show: it moves and it sounds.
const INSTANT: &str = "00:41";

fn rehearse(home: &Path, outputs: &str, options: &[&str]) -> Output {
    let file = home.join("outputs.ron");
    fs::write(&file, outputs).unwrap();
    let mut command = Command::new(LEITAI);
    command
        .args(["--lang", "en", "rehearse", "demo", "--at", INSTANT, "--headless", "--full-quality", "--outputs"])
        .arg(file);
    command.args(options).current_dir(home).env("NO_COLOR", "1").output().unwrap()
}

fn counts(output: &Output) -> Vec<Value> {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    json["outputs"].as_array().unwrap().clone()
}

fn decoded(film: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-threads", "1", "-i"]).arg(film).args(arguments).arg("-");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn wall_tv_and_stream_leave_at_once_with_the_same_instant_in_each_frame() {
    let home = tempfile::tempdir().unwrap();
    let output = rehearse(
        home.path(),
        r#"(outputs: [
            (name: "wall", class: wall, raster: (640, 180), burn: true, place: pipe(path: "wall.rgba", wire: rgba)),
            (name: "tv", class: tv, raster: (320, 180), burn: true, place: ffmpeg(to: "tv.mkv",
                arguments: ["-vf", "format=gbrp", "-c:v", "ffv1", "-threads", "1"])),
            (name: "stream", class: stream, raster: (320, 180), burn: true, place: pipe(path: "stream.rgba", wire: rgba)),
            (name: "half", class: stream, raster: (320, 180), rate: "25", burn: true, place: pipe(path: "half.y4m", wire: y4m)),
        ])"#,
        &["--for", "2s", "--json"],
    );
    for (told, frames) in counts(&output).iter().zip([100, 100, 100, 50]) {
        assert_eq!((&told["written"], &told["skipped"], &told["restarts"]), (&frames.into(), &0.into(), &0.into()));
        assert_eq!(told["state"], "closed", "{told}");
    }
    let numbers = |rows: &[u8], raster: (u32, u32)| -> Vec<u64> {
        let frames = rows.chunks((raster.0 * raster.1 * 4) as usize);
        frames.map(|frame| read_burn(frame, raster).expect("a number in each frame")).collect()
    };
    let raw = |name: &str| fs::read(home.path().join(name)).unwrap();
    let wall = numbers(&raw("wall.rgba"), (640, 180));
    let tv = decoded(&home.path().join("tv.mkv"), &["-pix_fmt", "rgba", "-f", "rawvideo"]);
    let tv = numbers(&tv, (320, 180));
    let stream = numbers(&raw("stream.rgba"), (320, 180));
    assert_eq!((wall.len(), tv.len(), stream.len()), (100, 100, 100));
    for ((wall, tv), stream) in wall.iter().zip(&tv).zip(&stream) {
        assert!(wall.abs_diff(*tv) <= 1 && wall.abs_diff(*stream) <= 1, "{wall} {tv} {stream}");
    }
    assert!(wall.is_sorted() && wall.first() < wall.last());
    let half = fs::metadata(home.path().join("half.y4m")).unwrap().len();
    assert_eq!((half as usize - 6 * 50 - 320 * 180 * 3 * 50) / 100, 0, "a line, and 50 frames");
}

#[test]
fn a_recording_is_as_long_as_it_was_to_be_and_sounds_like_the_show() {
    let home = tempfile::tempdir().unwrap();
    let output = rehearse(
        home.path(),
        r#"(outputs: [(name: "tape", raster: (320, 180), rate: "59.94", place: ffmpeg(to: "tape.mp4"))])"#,
        &["--for", "3s", "--json"],
    );
    let frames = "59.94".parse::<Rate>().unwrap().index_at(2_999_999) + 1;
    assert_eq!(counts(&output)[0]["written"], frames);
    let film = home.path().join("tape.mp4");
    let pictures = decoded(&film, &["-fps_mode", "passthrough", "-pix_fmt", "gray", "-f", "rawvideo"]);
    assert_eq!(pictures.len() as u64, frames * 320 * 180);
    let sound = decoded(&film, &["-map", "0:a", "-f", "f32le", "-ac", "1"]);
    let samples: Vec<f32> =
        sound.chunks_exact(4).map(|sample| f32::from_le_bytes(sample.try_into().unwrap())).collect();
    let seconds = samples.len() as f64 / 48_000.0;
    assert!((seconds - 3.0).abs() < 0.06, "{seconds} s: to the encoder's own blocks");
    let loudest = samples.iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
    assert!(loudest > 0.01, "a countdown that nobody hears: {loudest}");
}

#[test]
fn standard_output_is_frames_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let outputs = r#"(outputs: [(name: "pipe", raster: (320, 180), place: pipe(path: "-", wire: rgba))])"#;
    let output = rehearse(home.path(), outputs, &["--for", "1s"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stdout.len(), 50 * 320 * 180 * 4);
    let both = rehearse(home.path(), outputs, &["--for", "1s", "--json"]);
    assert!(String::from_utf8_lossy(&both.stderr).contains("standard output is taken by the output pipe"));
    assert_eq!((both.status.code(), both.stdout.len()), (Some(1), 0));
}

#[test]
fn beside_windows_what_is_written_goes_on_until_the_program_ends_and_is_whole_then() {
    let (home, screen) = (tempfile::tempdir().unwrap(), Screen::open("640x480"));
    let (file, film) = (home.path().join("outputs.ron"), home.path().join("tape.mkv"));
    let outputs = r#"(outputs: [
        (name: "tv", raster: (320, 180), place: window()),
        (name: "tape", class: stream, raster: (320, 180), burn: true, place: ffmpeg(to: "tape.mkv",
            arguments: ["-vf", "format=gbrp", "-c:v", "ffv1", "-g", "1", "-threads", "1"])),
    ])"#;
    fs::write(&file, outputs).unwrap();
    let mut command = screen.command(LEITAI);
    command.args([
        "--lang",
        "en",
        "rehearse",
        "demo",
        "--at",
        INSTANT,
        "--no-control",
        "--full-quality",
        "--no-console",
        "--outputs",
    ]);
    command.arg(file).current_dir(home.path()).env("HOME", home.path()).env("XDG_RUNTIME_DIR", home.path());
    let mut program = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while fs::metadata(&film).map_or(0, |film| film.len()) < 100_000 {
        assert!(
            begun.elapsed() < Duration::from_secs(120) && program.try_wait().unwrap().is_none(),
            "nothing is written"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap().success());
    program.wait().unwrap();
    let rows = decoded(&film, &["-pix_fmt", "rgba", "-f", "rawvideo"]);
    let numbers: Vec<u64> = rows.chunks(320 * 180 * 4).map(|frame| read_burn(frame, (320, 180)).unwrap()).collect();
    assert!(numbers.len() > 20 && numbers.is_sorted() && numbers.first() < numbers.last(), "{numbers:?}");
    let span = numbers[numbers.len() - 1] - numbers[0] + 1;
    assert!(span.abs_diff(numbers.len() as u64) <= 2, "{span} frames of the show in {} of the film", numbers.len());
}

//! The same show gives the same files; seeking gives the picture that playing does.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use leitai::{
    director::{Director, Transport},
    show::{
        frame::Output,
        tape::{Tape, Timeline},
    },
    stage::Headless,
    themes,
    typeset::Typesetter,
};
use serde_json::Value;

use crate::support::burn::read_burn;

fn director() -> Director {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/shows/zhongwei-demo.tape.ndjson");
    let tape = Tape::parse_bytes(&fs::read(path).unwrap()).unwrap();
    Director::rehearse(Timeline::new(tape), themes::built_in().unwrap(), Arc::new(Typesetter::new()))
}

/// A command of an export that ends at once where it cannot go on.
fn command(to: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(["export", "demo", "--json", "-o"]).arg(to).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn export(to: &Path, args: &[&str]) -> Value {
    let output = command(to, args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What ffmpeg or ffprobe says on standard output.
fn said(program: &str, args: &[&str], film: &Path) -> Vec<u8> {
    let mut command = Command::new(program);
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "{} {}", film.display(), String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The decoded pictures, in a pixel format; of VP9 by the decoder that knows alpha.
fn pictures(film: &Path, format: &str) -> Vec<u8> {
    let path = film.to_str().unwrap();
    let decoder: &[&str] = if path.ends_with("webm") { &["-c:v", "libvpx-vp9"] } else { &[] };
    let args = [
        &["-v", "error"],
        decoder,
        &["-i", path, "-an", "-threads", "1", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", format, "-"],
    ];
    said("ffmpeg", &args.concat(), film)
}

/// When each picture is shown, in the stream's ticks and in order, and a tick's length as a fraction of a second.
fn instants(film: &Path) -> (Vec<i64>, (i64, i64)) {
    let args = ["-v", "error", "-select_streams", "v", "-count_frames", "-show_entries"];
    let path = film.to_str().unwrap();
    let json = said(
        "ffprobe",
        &[&args[..], &["packet=pts:stream=time_base,nb_read_frames", "-of", "json", path]].concat(),
        film,
    );
    let told: Value = serde_json::from_slice(&json).unwrap();
    let pts = |packet: &Value| packet["pts"].as_i64().unwrap();
    let mut all: Vec<i64> = told["packets"].as_array().unwrap().iter().map(pts).collect();
    all.sort_unstable();
    let stream = &told["streams"][0];
    assert_eq!(stream["nb_read_frames"].as_str().unwrap(), all.len().to_string(), "every packet is a picture");
    let (num, den) = stream["time_base"].as_str().unwrap().split_once('/').unwrap();
    (all, (num.parse().unwrap(), den.parse().unwrap()))
}

fn only_the_film_is_left(folder: &Path, files: usize) {
    let left: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), files, "{left:?}");
}

#[test]
fn two_exports_are_equal_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let small = ["--from", "0:25", "--size", "320x180"];
    for (kind, to) in [("mp4", "0:36"), ("mov", "0:26"), ("webm", "0:27")] {
        let [a, b] = ["a", "b"].map(|name| folder.path().join(format!("{name}.{kind}")));
        export(&a, &[&small[..], &["--to", to]].concat());
        export(&b, &[&small[..], &["--to", to]].concat());
        assert!(fs::read(&a).unwrap() == fs::read(&b).unwrap(), "two exports to .{kind} differ");
    }
    only_the_film_is_left(folder.path(), 6);
}

#[test]
fn every_frame_is_there_and_at_its_instant_across_the_joins() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, rate, (num, den)) in [
        ("mp4", "50", (50, 1)),
        ("mp4", "60000/1001", (60_000, 1_001)),
        ("mov", "60000/1001", (60_000, 1_001)),
        ("webm", "60000/1001", (60_000, 1_001)),
    ] {
        let film = folder.path().join(format!("film.{kind}"));
        // A segment is 10 s: there is a join.
        let told = export(&film, &["--from", "0:10", "--to", "0:20.400", "--size", "160x90", "--fps", rate]);
        let wanted = (10.4_f64 * num as f64 / den as f64).ceil() as usize;
        let (at, tick) = instants(&film);
        assert_eq!((at.len(), told["frames"].as_u64().unwrap() as usize), (wanted, wanted), "{kind} at {rate}");
        let first = if kind == "webm" { at[0] } else { 0 };
        for (n, at) in at.iter().enumerate() {
            let ticks = |n: i64| n as f64 * den as f64 / num as f64 * tick.1 as f64 / tick.0 as f64;
            // Matroska counts whole ms, from where Opus begins; the others hit every frame exactly, from 0.
            let off = (*at as f64 - first as f64 - ticks(n as i64)).abs();
            assert!(off <= if kind == "webm" { 1.0 } else { 1e-6 }, "{kind} at {rate}: frame {n} is {off} ticks off");
        }
    }
}

/// Waits until `path` is there or the child has ended.
fn wait_for(path: &Path, child: &mut Child) {
    while !path.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

#[test]
fn an_export_that_was_interrupted_goes_on_and_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    // Three segments and a piece of 10 s at 10 frames a second.
    let args = ["--from", "0:10", "--to", "0:42", "--size", "320x180", "--fps", "10"];
    let (whole, film) = (folder.path().join("whole.mp4"), folder.path().join("film.mp4"));
    assert_eq!(export(&whole, &args)["resumed_from"], Value::Null);
    let segment = |n: u32| folder.path().join(format!("film.mp4.parts/{n:05}.mp4"));

    let mut child = command(&film, &args).spawn().unwrap();
    wait_for(&segment(0), &mut child);
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(told.success() && ended.status.code() == Some(1), "{:?}", ended.status);
    let words = String::from_utf8_lossy(&ended.stderr);
    assert!(words.contains("再次运行同一条命令"), "{words}");
    assert!(segment(0).exists() && !film.exists());

    let mut child = command(&film, &args).spawn().unwrap();
    wait_for(&segment(1), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let told = export(&film, &args);
    let from = told["resumed_from"].as_u64().unwrap();
    assert!(from >= 200 && from % 100 == 0 && told["frames"] == 320, "{told}");
    assert!(told["drawn"].as_u64().unwrap() <= 320 - from);
    assert!(fs::read(&whole).unwrap() == fs::read(&film).unwrap(), "the film that was interrupted twice differs");

    // What was begun is of use only for the same export.
    let mut child = command(&film, &args).spawn().unwrap();
    wait_for(&segment(0), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let output =
        command(&film, &["--from", "0:10", "--to", "0:11", "--size", "320x180", "--fps", "10"]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        words.contains("从头开始") && told["resumed_from"] == Value::Null && told["frames"] == 10,
        "{words} {told}"
    );
    only_the_film_is_left(folder.path(), 2);
}

#[test]
fn a_folder_that_was_interrupted_goes_on_after_its_last_picture() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--from", "0:19", "--to", "0:22", "--size", "320x180", "--fps", "25"];
    let [whole, frames] = ["whole", "frames"].map(|name| folder.path().join(name));
    export(&whole, &args);
    let mut child = command(&frames, &args).spawn().unwrap();
    wait_for(&frames.join("000020.png"), &mut child);
    child.kill().unwrap();
    child.wait().unwrap();
    let told = export(&frames, &args);
    assert!(told["resumed_from"].as_u64().unwrap() >= 20 && told["frames"] == 75, "{told}");
    for entry in fs::read_dir(&whole).unwrap() {
        let name = entry.unwrap().file_name();
        let same = fs::read(whole.join(&name)).unwrap() == fs::read(frames.join(&name)).unwrap();
        assert!(same, "{}", name.display());
    }
    assert_eq!(fs::read_dir(&whole).unwrap().count(), fs::read_dir(&frames).unwrap().count());
}

/// The first sample that is louder than all that was heard before `until_s`, s.
fn onset_s(film: &Path, until_s: f64) -> f64 {
    let args = ["-v", "error", "-i", film.to_str().unwrap(), "-vn", "-ac", "1", "-ar", "48000", "-f", "f32le", "-"];
    let bytes = said("ffmpeg", &args, film);
    let samples: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b).abs()).collect();
    let quiet = (until_s * 48_000.0) as usize;
    let floor = samples[..quiet].iter().fold(0.0_f32, |most, v| most.max(*v));
    let loudest = samples.iter().fold(0.0_f32, |most, v| most.max(*v));
    assert!(loudest > 4.0 * floor, "an event that is heard: {loudest} over {floor}");
    let threshold = floor.max(loudest * 0.02) * 1.2;
    samples.iter().position(|v| *v > threshold).unwrap() as f64 / 48_000.0
}

#[test]
fn the_sound_begins_with_the_pictures_event() {
    let folder = tempfile::tempdir().unwrap();
    // The verdict, at 20.5 s; before it the picture stands still and it is quiet. Frames lie on the event.
    for (kind, rate) in [("mp4", "50"), ("mov", "50"), ("webm", "50"), ("mp4", "60")] {
        let film = folder.path().join(format!("film.{kind}"));
        export(&film, &["--from", "0:20.3", "--to", "0:20.9", "--size", "320x180", "--fps", rate]);
        let pixels = pictures(&film, "gray");
        let frames: Vec<&[u8]> = pixels.chunks(320 * 180).collect();
        let differs = |pair: &[&[u8]]| pair[0].iter().zip(pair[1]).filter(|(a, b)| a.abs_diff(**b) > 24).count() > 50;
        let first = 1 + frames.windows(2).position(differs).unwrap();
        let picture_s = first as f64 / rate.parse::<f64>().unwrap();
        let sound_s = onset_s(&film, 0.19);
        assert!((picture_s - 0.2).abs() < 0.001, "{kind}: the verdict is seen at {picture_s} s");
        assert!((sound_s - picture_s).abs() < 0.005, "{kind} at {rate}: heard at {sound_s} s, seen at {picture_s} s");
    }
}

#[test]
fn alpha_is_that_of_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--class", "stream", "--from", "0:13", "--to", "0:13.2", "--size", "480x270", "--fps", "25"];
    let frames = folder.path().join("frames");
    export(&frames, &args);
    let truth: Vec<u8> = (0..5)
        .flat_map(|n| image::open(frames.join(format!("{n:06}.png"))).unwrap().to_rgba8().into_raw())
        .skip(3)
        .step_by(4)
        .collect();
    let soft = truth.iter().filter(|alpha| (1..255).contains(*alpha)).count();
    assert!(soft > 1_000, "there are soft edges: {soft} px");
    const PX: usize = 480 * 270;
    let film = |kind: &str| {
        let film = folder.path().join(format!("film.{kind}"));
        export(&film, &args);
        film
    };
    // As it is in the file: its plane follows those of the colours, in 12 of the 16 bits it is coded with.
    let planes = pictures(&film("mov"), "yuva444p12le");
    let to_8_bit = |bytes: &[u8; 2]| ((u32::from(u16::from_le_bytes(*bytes)) * 255 + 2_047) / 4_095) as u8;
    let prores: Vec<u8> =
        planes.chunks(PX * 8).flat_map(|frame| frame[PX * 6..].as_chunks::<2>().0.iter().map(to_8_bit)).collect();
    assert!(prores == truth, "ProRes keeps alpha to the bit");
    // VP9 codes it like a picture.
    let planes = pictures(&film("webm"), "yuva420p");
    let vp9: Vec<u8> = planes.chunks(PX * 5 / 2).flat_map(|frame| &frame[PX * 3 / 2..]).copied().collect();
    let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
    let most = vp9.iter().zip(&truth).map(off).max();
    let mean = vp9.iter().zip(&truth).map(off).map(f64::from).sum::<f64>() / truth.len() as f64;
    println!("VP9: alpha is off by {most:?} of 255 at most, {mean:.3} in the mean");
    assert!(vp9.len() == truth.len() && mean < 0.5, "{most:?} {mean}");
}

#[test]
fn every_class_is_exported_and_an_output_of_a_file_as_it_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let span = ["--from", "0:13", "--to", "0:13.2", "--fps", "25"];
    for (class, size) in [("wall", "640x180"), ("tv", "320x180"), ("stream", "320x180"), ("confidence", "320x180")] {
        let film = folder.path().join(format!("{class}.mp4"));
        let told = export(&film, &[&span[..], &["--class", class, "--size", size]].concat());
        assert_eq!((&told["frames"], instants(&film).0.len()), (&5.into(), 5), "{class}");
    }
    let file = folder.path().join("outputs.ron");
    let outputs = r#"(outputs: [(name: "key", class: stream, raster: (320, 180), rate: "30000/1001", look: fill_and_key, burn: true)])"#;
    fs::write(&file, outputs).unwrap();
    let film = folder.path().join("key.mp4");
    let args = ["--from", "0:13", "--to", "0:13.2", "--output-name", "key", "--outputs", file.to_str().unwrap()];
    let told = export(&film, &args);
    assert_eq!((&told["width"], &told["frames"], &told["fps"]), (&640.into(), &6.into(), &"30000/1001".into()));
    let pixels = pictures(&film, "rgba");
    // Fill on the left: its burnt-in number counts on, frame after frame.
    let numbers: Vec<u64> = pixels
        .chunks(640 * 180 * 4)
        .map(|frame| {
            let left: Vec<u8> = frame.chunks(640 * 4).flat_map(|row| &row[..320 * 4]).copied().collect();
            read_burn(&left, (320, 180)).expect("a number")
        })
        .collect();
    assert!(numbers.len() == 6 && numbers.windows(2).all(|two| two[1] == two[0] + 1), "{numbers:?}");
}

#[test]
fn an_encoder_that_is_not_there_is_told_with_those_that_may_be() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&folder.path().join("film.mp4"), &["--to", "0:01", "--encoder", "h264_of_no_machine"])
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && words.contains("libx264"), "{words}");
}

#[test]
fn a_folder_holds_every_frame_and_the_sound() {
    let folder = tempfile::tempdir().unwrap();
    let frames = folder.path().join("frames");
    export(&frames, &["--from", "0:25", "--to", "0:26", "--size", "480x270", "--fps", "25"]);
    for name in ["000000.png", "000024.png", "sound.wav"] {
        assert!(frames.join(name).is_file(), "{name}");
    }
    assert!(!frames.join("000025.png").exists());
    let samples = hound::WavReader::open(frames.join("sound.wav")).unwrap().duration();
    assert_eq!(samples, 48_000);
}

#[test]
fn a_contact_sheet_has_a_still_of_every_moment_in_its_span() {
    let folder = tempfile::tempdir().unwrap();
    let sheet = |name: &str, to: &str| {
        let path = folder.path().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
        command.args(["export", "demo", "--from", "0:10", "--to", to, "--json", "--sheet"]).arg(&path);
        (command.output().unwrap(), path)
    };
    let (output, path) = sheet("sheet.png", "0:40");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let moments = told["moments"].as_array().unwrap();
    assert!(moments.len() > 4, "{moments:?}");
    assert_eq!(told["sheets"].as_array().unwrap().len(), moments.len().div_ceil(24));
    let picture = image::open(path).unwrap();
    // Four stills of 480 × 270 to a row, a caption of 48 below each.
    let rows = moments.len().min(24).div_ceil(4) as u32;
    assert_eq!((picture.width(), picture.height()), (1_920, rows * 318));
    let (output, path) = sheet("none.png", "0:10.1");
    assert!(!output.status.success() && !path.exists(), "a span without a moment says so");
}

#[test]
fn seeking_equals_playing_at_fifty_instants() {
    const INSTANTS: i64 = 50;
    const FRAME_US: i64 = 20_000;
    let output = Output::tv(480, 270);
    let mut stage = Headless::new(output.raster).unwrap();
    let mut played = director();
    let length = played.transport().map(Transport::duration_us).unwrap();
    let instant = |i: i64| (length * (2 * i + 1) / (2 * INSTANTS)) / FRAME_US * FRAME_US;

    let mut pictures = vec![];
    let mut position_us = 0;
    for i in 0..INSTANTS {
        while position_us < instant(i) {
            position_us += FRAME_US;
            played.play_to(position_us);
        }
        pictures.push(stage.draw(played.frame(&output)).unwrap().to_vec());
    }
    // In another order, so that neither the director's nor the stage's history is the same.
    let mut sought = director();
    for i in (0..INSTANTS).map(|i| i * 17 % INSTANTS) {
        sought.seek(instant(i));
        let same = stage.draw(sought.frame(&output)).unwrap() == pictures[i as usize];
        assert!(same, "at {} ms the picture after seeking is not the one after playing", instant(i) / 1000);
    }
}

//! The same show gives the same files; seeking gives the picture that playing does.

use std::{
    fs,
    path::Path,
    process::{Child, Command},
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

use crate::support::{
    burn::read_burn,
    exported::{command, export, instants, pictures},
};

fn director() -> Director {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/shows/zhongwei-demo.tape.ndjson");
    let tape = Tape::parse_bytes(&fs::read(path).unwrap()).unwrap();
    Director::rehearse(Timeline::new(tape), themes::built_in().unwrap(), Arc::new(Typesetter::new()))
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
    assert!(from >= 200 && from.is_multiple_of(100) && told["frames"] == 320, "{told}");
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

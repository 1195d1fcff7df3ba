//! The same show gives the same files; seeking gives the picture that playing does.

use std::{fs, path::Path, process::Command, sync::Arc};

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

fn director() -> Director {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/shows/zhongwei-demo.tape.ndjson");
    let tape = Tape::parse_bytes(&fs::read(path).unwrap()).unwrap();
    Director::rehearse(Timeline::new(tape), themes::built_in().unwrap(), Arc::new(Typesetter::new()))
}

fn export(to: &Path, more: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(["export", "demo", "--from", "0:25", "--size", "480x270", "-o"]).arg(to).args(more);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_exports_are_equal_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, to) in [("mp4", "0:35"), ("mov", "0:26")] {
        let [a, b] = ["a", "b"].map(|name| folder.path().join(format!("{name}.{kind}")));
        export(&a, &["--to", to]);
        export(&b, &["--to", to]);
        assert!(fs::read(&a).unwrap() == fs::read(&b).unwrap(), "two exports to .{kind} differ");
    }
    assert!(fs::read_dir(folder.path()).unwrap().all(|entry| {
        let name = entry.unwrap().file_name();
        !name.to_str().unwrap().ends_with(".part")
    }));
}

#[test]
fn a_folder_holds_every_frame_and_the_sound() {
    let folder = tempfile::tempdir().unwrap();
    let frames = folder.path().join("frames");
    export(&frames, &["--to", "0:26", "--fps", "25"]);
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

//! Promise: an outputs file is read strictly and told with its place, each output has its own window and layout at once,
//! and what is saved in the file while a show runs is taken over without touching what did not change.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::support::hall::Running;
use crate::support::screen::{Screen, Window, outliers, until, until_or};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
/// A countdown runs at this instant of the embedded show.
const INSTANT: &str = "00:41";
/// Steps of a channel that are no difference, and the part of the pixels that may differ more.
const TOLERANCE: u8 = 8;
const OUTLIERS: f64 = 0.002;

fn leitai(lang: &str, args: &[&str]) -> Output {
    Command::new(LEITAI).args(["--lang", lang]).args(args).output().expect("the program starts")
}

fn written(folder: &Path, text: &str) -> String {
    let path = folder.join("outputs.ron");
    fs::write(&path, text).expect("writable");
    path.display().to_string()
}

#[test]
fn a_faulty_file_is_told_with_its_line_the_output_and_what_to_do_in_both_languages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let slip = written(folder.path(), "(outputs: [\n    (name: \"tv\", clas: tv),\n])");
    for (lang, words) in [("en", "did you mean \"class\"?"), ("zh", "是否想写“class”")] {
        let told = leitai(lang, &["outputs", &slip]);
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert_eq!(told.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("{slip}:2:")) && said.contains(words), "{said}");
    }
    let wide =
        written(folder.path(), "(outputs: [\n  (name: \"tv\"),\n  (name: \"wall\",\n   raster: (9000, 1080)),\n])");
    for (lang, words) in [("en", "output \"wall\": a raster of 9000×1080 px"), ("zh", "输出“wall”：9000×1080")]
    {
        let said = String::from_utf8_lossy(&leitai(lang, &["outputs", &wide]).stderr).into_owned();
        assert!(said.contains(&format!("{wide}:4:12")) && said.contains(words), "{said}");
    }
    let gone = leitai("en", &["outputs", "no-such-file.ron"]);
    assert_eq!(gone.status.code(), Some(1));
}

#[test]
fn the_example_is_one_to_begin_with_and_says_where_each_output_would_go() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let example = leitai("en", &["outputs", "--example"]);
    let path = written(folder.path(), &String::from_utf8_lossy(&example.stdout));
    let screen = Screen::open("640x480");
    let listed = screen.command(LEITAI).args(["--lang", "en", "outputs", &path]).output().expect("the program starts");
    let (out, err) = (String::from_utf8_lossy(&listed.stdout), String::from_utf8_lossy(&listed.stderr));
    assert_eq!(listed.status.code(), Some(3), "its displays are not here: {out}{err}");
    assert!(out.contains("wall  wall  7680×1080  50 fps  leaves as 3840×2160 → display HDMI-1"), "{out}");
    assert!(out.contains("key  stream  1920×1080  60000/1001 fps  leaves as 3840×1080 → a window"), "{out}");
    assert!(err.contains("the display of the output \"tv\" (UltraStudio) is not here"), "{err}");
    let json = screen.command(LEITAI).args(["outputs", "--json", &path]).output().expect("the program starts");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(json["outputs"][3]["leaves"], serde_json::json!([3840, 1080]), "{json}");
    assert_eq!(json["outputs"][0]["is_there"], false, "{json}");
}

/// The program, paused, with the outputs of a file.
fn rehearse(screen: &Screen, home: &Path, options: &[&str]) -> Running {
    let silence = home.join("alsa.conf");
    fs::write(&silence, "").expect("writable");
    let mut command = screen.command(LEITAI);
    command
        .args([
            "--lang",
            "en",
            "rehearse",
            "demo",
            "--at",
            INSTANT,
            "--paused",
            "--full-quality",
            "--no-mark",
            "--no-control",
        ])
        .arg("--outputs")
        .arg(home.join("outputs.ron"))
        .args(options);
    command.current_dir(home).env("NO_COLOR", "1");
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("ALSA_CONFIG_PATH", silence);
    let log = fs::File::create(home.join("log")).expect("writable");
    Running(command.stdout(Stdio::null()).stderr(log).spawn().expect("the program starts"))
}

fn log(home: &Path) -> String {
    fs::read_to_string(home.join("log")).unwrap_or_default()
}

fn opened(screen: &Screen, home: &Path, output: &str) -> Window {
    let why = || format!("windows: {:?}\nlog:\n{}", screen.windows(), log(home));
    until_or(&format!("the window of {output}"), why, || screen.window(&format!("leitai · {output}")))
}

fn still(home: &Path, class: &str, size: &str) -> image::RgbaImage {
    let path = home.join("still.png");
    let mut command = Command::new(LEITAI);
    command.args(["--lang", "en", "--class", class, "still", "demo", "--at", INSTANT, "--size", size, "-o"]).arg(&path);
    assert!(command.status().expect("the program starts").success());
    image::open(&path).expect("a picture").to_rgba8()
}

/// Waits until a window shows `picture`: its colours where it is opaque, black where it is clear. How what is between is
/// mixed is another promise.
fn shows(screen: &Screen, window: &Window, picture: &image::RgbaImage) {
    until(&format!("the still in the window \"{}\"", window.title), || {
        let shot = screen.picture(window).filter(|shot| shot.dimensions() == picture.dimensions())?;
        let wanted =
            image::RgbImage::from_fn(picture.width(), picture.height(), |x, y| match picture.get_pixel(x, y).0 {
                [r, g, b, 255] => image::Rgb([r, g, b]),
                [.., 0] => image::Rgb([0; 3]),
                _ => *shot.get_pixel(x, y),
            });
        (outliers(&shot, &wanted, TOLERANCE) <= OUTLIERS).then_some(())
    });
}

/// Ends well when asked to.
fn end(mut running: Running, home: &Path) {
    let asked = Command::new("kill").args(["-TERM", &running.0.id().to_string()]).status();
    assert!(asked.expect("kill is part of every system").success());
    let status = until("the end of the program", || running.0.try_wait().expect("it is ours"));
    assert!(status.success(), "{}", log(home));
}

#[test]
fn wall_television_and_stream_are_shown_at_once_each_in_its_layout() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    written(
        home,
        "(outputs: [
            (name: \"wall\", class: wall, raster: (3840, 1080), place: window()),
            (name: \"tv\", class: tv, raster: (1920, 1080), place: window()),
            (name: \"stream\", class: stream, raster: (1920, 1080), place: window()),
        ])",
    );
    let screen = Screen::open("3840x2160");
    let running = rehearse(&screen, home, &["--no-console"]);
    for (output, size) in [("wall", "3840x1080"), ("tv", "1920x1080"), ("stream", "1920x1080")] {
        let window = opened(&screen, home, output);
        shows(&screen, &window, &still(home, output, size));
    }
    end(running, home);
}

#[test]
fn an_edit_of_the_file_opens_and_closes_only_what_changed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    let one = "(name: \"one\", class: tv, raster: (640, 360), place: window())";
    let file = |others: &str| written(home, &format!("(outputs: [{one}, {others}])"));
    file("(name: \"two\", class: wall, raster: (640, 180), place: window())");
    let screen = Screen::open("2400x1080");
    let running = rehearse(&screen, home, &[]);
    let (first, second) = (opened(&screen, home, "one"), opened(&screen, home, "two"));
    let picture = still(home, "tv", "640x360");
    shows(&screen, &first, &picture);

    // A slip changes nothing and is told.
    file("(name: \"two\", clas: wall)");
    until_or("the slip being told", || log(home), || log(home).contains("did you mean \"class\"?").then_some(()));
    assert_eq!(opened(&screen, home, "two").id, second.id);

    // Another size is another window; the first one's stays the very same.
    file("(name: \"two\", class: wall, raster: (960, 270), place: window())");
    until("the second window opening anew", || screen.window("leitai · two").filter(|window| window.id != second.id));
    shows(&screen, &opened(&screen, home, "two"), &still(home, "wall", "960x270"));
    assert_eq!(opened(&screen, home, "one").id, first.id);

    // One comes in front of it, one goes, one is composed for the console alone.
    written(
        home,
        &format!(
            "(outputs: [(name: \"new\", class: stream, raster: (320, 180), place: window()), {one}, (name: \"two\")])"
        ),
    );
    let new = opened(&screen, home, "new");
    until("the second window closing", || screen.window("leitai · two").is_none().then_some(()));
    shows(&screen, &new, &still(home, "stream", "320x180"));
    assert_eq!(opened(&screen, home, "one").id, first.id);
    shows(&screen, &first, &picture);

    // Without any output the program has its one window again.
    written(home, "(outputs: [])");
    until("the program's own window", || screen.window("program"));
    until("the outputs' windows closing", || screen.window("leitai · one").is_none().then_some(()));
    assert!(screen.window("console").is_some());
    end(running, home);
}

//! Promise: program, console and the host's screen open as real windows; each shows its picture, costs next to nothing
//! while it stands, the program stays on air when another one is closed, and ends when asked to.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::fs;
use std::io::{Cursor, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::support::hall::Running;
use crate::support::screen::{Screen, Window, outliers, until, until_or};

const LEITAI: &str = env!("CARGO_BIN_EXE_leitai");
/// A countdown runs at this instant of the embedded show.
const INSTANT: &str = "00:41";
const SIZE: &str = "960x540";
const HOST_SIZE: &str = "640x360";
/// Steps of a channel that are no difference, and the part of the pixels that may differ more.
const TOLERANCE: u8 = 8;
const OUTLIERS: f64 = 0.001;
/// Processor time while the picture stands, part of one core. Ten looks a second, nothing drawn.
const IDLE: f64 = 0.15;

/// The program, paused, in its windows.
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
            "--size",
            SIZE,
        ])
        .args(["--control", "127.0.0.1:0"])
        .args(options);
    command.current_dir(home);
    command.env("RUST_LOG", "warn,leitai=debug").env("NO_COLOR", "1");
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home).env("ALSA_CONFIG_PATH", silence);
    let log = fs::File::create(home.join("log")).expect("writable");
    Running(command.stdout(Stdio::null()).stderr(log).spawn().expect("the program starts"))
}

/// Waits for a window of the program's; when none comes, what the program said and what its threads wait for are told.
fn opened(screen: &Screen, running: &mut Running, home: &Path, title: &str) -> Window {
    let threads = format!("/proc/{}/task", running.0.id());
    let why = || {
        let waits = fs::read_dir(&threads).into_iter().flatten().flatten().map(|task| {
            let file = |name| fs::read_to_string(task.path().join(name)).unwrap_or_default();
            format!("{} {} {}", file("comm").trim(), file("wchan"), file("syscall"))
        });
        let waits: String = waits.collect();
        let log = fs::read_to_string(home.join("log")).unwrap_or_default();
        format!("windows: {:?}\nthreads:\n{waits}log:\n{log}", screen.windows())
    };
    until_or(&format!("the window \"{title}\""), why, || {
        let ended = running.0.try_wait().expect("it is ours");
        assert!(ended.is_none(), "it ended without a window, {ended:?}. {}", why());
        screen.window(title)
    })
}

fn still(home: &Path, class: &str, size: &str) -> image::RgbImage {
    let path = home.join("still.png");
    let mut command = Command::new(LEITAI);
    command.args(["--lang", "en", "--class", class, "still", "demo", "--at", INSTANT, "--size", size, "-o"]).arg(&path);
    assert!(command.status().expect("the program starts").success());
    image::open(&path).expect("a picture").to_rgb8()
}

/// Waits until a window shows `picture`.
fn shows(screen: &Screen, window: &Window, picture: &image::RgbImage) {
    let mut worst = 1.0;
    let seen = || {
        let shot = screen.picture(window)?;
        worst = outliers(&shot, picture, TOLERANCE);
        (worst <= OUTLIERS).then_some(())
    };
    until(&format!("the still in the window \"{}\"", window.title), seen);
}

/// Processor time a process has used, seconds.
fn used_s(running: &Running) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", running.0.id())).expect("it runs");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().expect("a number")).sum();
    ticks / 100.0
}

/// Part of one core a process uses, over at least `span`.
fn load(running: &Running, span: Duration) -> f64 {
    let (began, before) = (Instant::now(), used_s(running));
    while began.elapsed() < span {
        std::thread::park_timeout(span.saturating_sub(began.elapsed()));
    }
    (used_s(running) - before) / began.elapsed().as_secs_f64()
}

/// What the program last said of its stage: layers drawn, frames composited, pictures read back.
fn drawn(home: &Path) -> Option<String> {
    let log = fs::read_to_string(home.join("log")).ok()?;
    log.lines().rev().find_map(|line| line.split_once("stage ").map(|(_, figures)| figures.to_owned()))
}

/// The same as soon as nothing is left to be drawn ahead; before an answer is told nothing is.
fn rested(home: &Path) -> String {
    until("the stage's rest", || drawn(home).filter(|figures| !figures.contains("ahead=\"drawing\"")))
}

/// How often it has said so.
fn told(home: &Path) -> usize {
    fs::read_to_string(home.join("log")).map_or(0, |log| log.matches("stage layers_drawn=").count())
}

/// Asks the program to end and waits for it.
fn end(running: &mut Running) -> ExitStatus {
    let asked = Command::new("kill").args(["-TERM", &running.0.id().to_string()]).status();
    assert!(asked.expect("kill is part of every system").success());
    until("the end of the program", || running.0.try_wait().expect("it is ours"))
}

#[test]
fn the_program_shows_the_picture_and_outlives_the_console() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let screen = Screen::open("2400x1080");
    let picture = still(folder.path(), "tv", SIZE);
    let mut running = rehearse(&screen, folder.path(), &[]);
    let program = opened(&screen, &mut running, folder.path(), "program");
    let console = opened(&screen, &mut running, folder.path(), "console");
    shows(&screen, &program, &picture);

    // Closing the program is refused while there is a console to end the show from.
    screen.close(&program);
    let (before, lines) = (rested(folder.path()), told(folder.path()));
    let idle = load(&running, Duration::from_secs(3));
    println!("standing still: {:.1} % of a core", idle * 100.0);
    assert!(idle < IDLE, "{:.0} % of a core while nothing moves", idle * 100.0);
    until("the stage's figures after the rest", || (told(folder.path()) > lines + 2).then_some(()));
    assert_eq!(drawn(folder.path()).as_ref(), Some(&before), "something was drawn while nothing changed");
    assert!(before.contains("readbacks=0"), "{before}");
    shows(&screen, &program, &picture);

    screen.close(&console);
    until("the console closing", || screen.window("console").is_none().then_some(()));
    shows(&screen, &program, &picture);

    screen.press(&program, "space");
    moves(&screen, &program, &picture);
    screen.press(&program, "F1");
    until("the console opening again", || screen.window("console"));
    assert!(end(&mut running).success(), "{}", fs::read_to_string(folder.path().join("log")).unwrap_or_default());
}

/// Waits until a window shows something else than `picture`.
fn moves(screen: &Screen, window: &Window, picture: &image::RgbImage) {
    until(&format!("the window \"{}\" moving on", window.title), || {
        let shot = screen.picture(window)?;
        (outliers(&shot, picture, TOLERANCE) > OUTLIERS).then_some(())
    });
}

#[test]
fn the_host_has_a_screen_of_its_own_that_comes_and_goes_beside_the_program() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let screen = Screen::open("2400x1080");
    let (picture, small) = (still(folder.path(), "tv", SIZE), still(folder.path(), "confidence", HOST_SIZE));
    let mut running = rehearse(&screen, folder.path(), &["--host", "--host-size", HOST_SIZE]);
    let program = opened(&screen, &mut running, folder.path(), "program");
    let host = opened(&screen, &mut running, folder.path(), "host screen");
    opened(&screen, &mut running, folder.path(), "console");
    shows(&screen, &program, &picture);
    shows(&screen, &host, &small);

    // With three windows open nothing is drawn either while nothing changes.
    let (before, lines) = (rested(folder.path()), told(folder.path()));
    until("the stage's figures after a rest", || (told(folder.path()) > lines + 6).then_some(()));
    assert_eq!(drawn(folder.path()).as_ref(), Some(&before), "something was drawn while nothing changed");

    screen.close(&host);
    until("the host's screen closing", || screen.window("host screen").is_none().then_some(()));
    shows(&screen, &program, &picture);
    let log = fs::read_to_string(folder.path().join("log")).expect("the log");
    assert!(log.contains("The host screen is closed, the program stays on air."), "{log}");

    screen.press(&program, "F2");
    let host = opened(&screen, &mut running, folder.path(), "host screen");
    shows(&screen, &host, &small);
    shows(&screen, &program, &picture);
    screen.press(&host, "space");
    moves(&screen, &program, &picture);
    moves(&screen, &host, &small);
    assert!(end(&mut running).success(), "{}", fs::read_to_string(folder.path().join("log")).unwrap_or_default());
}

#[test]
fn without_a_console_closing_the_program_ends_the_show() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let screen = Screen::open("1280x720");
    let mut running = rehearse(&screen, folder.path(), &["--no-console"]);
    let program = opened(&screen, &mut running, folder.path(), "program");
    assert!(screen.window("console").is_none());
    shows(&screen, &program, &still(folder.path(), "tv", SIZE));
    screen.close(&program);
    assert!(until("the end of the program", || running.0.try_wait().expect("it is ours")).success());
}

#[test]
fn without_a_display_it_says_so() {
    let run = Command::new(LEITAI).args(["--lang", "en", "rehearse"]).env_remove("DISPLAY").output();
    let output = run.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("DISPLAY"), "{said}");
}

/// Gives a command over HTTP and waits until it was carried out.
fn remote(home: &Path, command: &str) {
    let (addr, file) = until("the address of remote control", || {
        let log = fs::read_to_string(home.join("log")).ok()?;
        let (_, rest) = log.split_once("Remote control: ")?;
        let (addr, rest) = rest.split_once("; its token lies in ")?;
        Some((addr.to_owned(), rest.lines().next()?.to_owned()))
    });
    let token = fs::read_to_string(file).expect("the token");
    let mut stream = TcpStream::connect(&addr).expect("it listens");
    let (token, length) = (token.trim(), command.len());
    write!(
        stream,
        "POST /v1/command HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Length: {length}\r\n\r\n{command}"
    )
    .expect("sent");
    let mut said = String::new();
    stream.read_to_string(&mut said).expect("answered");
    assert!(said.starts_with("HTTP/1.1 200"), "{command}: {said}");
}

#[test]
fn the_engineers_bundle_holds_what_each_output_showed() {
    let home = tempfile::tempdir().expect("writable");
    let screen = Screen::open("2000x1200");
    let mut running = rehearse(&screen, home.path(), &["--host", "--host-size", HOST_SIZE]);
    let program = opened(&screen, &mut running, home.path(), "program");
    let picture = still(home.path(), "tv", SIZE);
    shows(&screen, &program, &picture);
    // The second one finds nothing new to read back.
    for bundles in 1..=2 {
        remote(home.path(), r#"{"command":"incident"}"#);
        let mut found: Vec<_> = fs::read_dir(home.path().join("incidents"))
            .expect("the folder")
            .map(|file| file.expect("a file").path())
            .collect();
        found.sort();
        assert_eq!(found.len(), bundles, "{found:?}");
        let file = fs::File::open(&found[bundles - 1]).expect("readable");
        let mut zip = zip::ZipArchive::new(file).expect("a zip");
        let mut bytes = Vec::new();
        zip.by_name("stills/program.png").expect("the program").read_to_end(&mut bytes).expect("whole");
        let shot = image::load(Cursor::new(bytes), image::ImageFormat::Png).expect("a picture").to_rgb8();
        assert!(outliers(&shot, &picture, TOLERANCE) <= OUTLIERS, "the still is the program");
        assert!(zip.by_name("stills/host.png").is_ok(), "{:?}", zip.file_names().collect::<Vec<_>>());
    }
    remote(home.path(), r#"{"command":"quit"}"#);
    let status = until("the end of the program", || running.0.try_wait().expect("it is ours"));
    assert!(status.success());
}

//! A screen of the tests' own: an X server without a monitor, and what a person does before it.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use image::RgbImage;

use super::hall::Running;

/// An X server that ends with its test.
pub struct Screen {
    _server: Running,
    display: String,
}

/// A window as the server lists it.
#[derive(Clone, Debug)]
pub struct Window {
    pub id: String,
    pub title: String,
}

impl Screen {
    /// A screen of this size; the server picks a free number.
    pub fn open(size: &str) -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp"]);
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut server = Running(spawned.expect("the package xvfb is installed"));
        let output = server.0.stdout.take().expect("its output is piped");
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
        assert!(!number.trim().is_empty(), "Xvfb ended without a display: {:?}", server.0.try_wait());
        Self { _server: server, display: format!(":{}", number.trim()) }
    }

    /// A program of this machine, at this screen.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("DISPLAY", &self.display).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        command
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        self.command(program).args(args).output().unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    /// The windows at the top level.
    pub fn windows(&self) -> Vec<Window> {
        let listed = self.run("xwininfo", &["-root", "-tree"]);
        let text = String::from_utf8_lossy(&listed.stdout).into_owned();
        text.lines()
            .filter_map(|line| {
                let (id, rest) = line.trim().split_once(' ')?;
                let title = rest.trim().strip_prefix('"')?.split('"').next()?;
                id.starts_with("0x").then(|| Window { id: id.to_owned(), title: title.to_owned() })
            })
            .collect()
    }

    pub fn window(&self, title: &str) -> Option<Window> {
        self.windows().into_iter().find(|window| window.title.contains(title))
    }

    /// What a window shows.
    pub fn picture(&self, window: &Window) -> Option<RgbImage> {
        let shot = self.run("import", &["-silent", "-window", &window.id, "png:-"]);
        image::load_from_memory(&shot.stdout).ok().map(|image| image.to_rgb8())
    }

    /// Presses a key in a window.
    pub fn press(&self, window: &Window, key: &str) {
        self.run("xdotool", &["windowfocus", "--sync", &window.id, "key", key]);
    }

    /// Asks a window to close, as a window manager's button does.
    pub fn close(&self, window: &Window) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/close_window.py");
        let done = self.command("python3").arg(script).arg(&window.id).output().expect("python3 is installed");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// Looks until there is something to be seen, 20 times a second for at most a minute and a half: windows of a machine
/// that draws in software, with all its cores taken, open slowly.
pub fn until<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    until_or(what, String::new, look)
}

/// The same; what there is to say when it is not seen is added.
pub fn until_or<T>(what: &str, why: impl Fn() -> String, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "within 90 s not seen: {what}. {}", why());
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// The part of the pixels that differ by more than `tolerance` in some channel; 1 where the sizes differ.
pub fn outliers(a: &RgbImage, b: &RgbImage, tolerance: u8) -> f64 {
    if a.dimensions() != b.dimensions() {
        return 1.0;
    }
    let differs =
        |(a, b): (&image::Rgb<u8>, &image::Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > tolerance);
    a.pixels().zip(b.pixels()).filter(|pair| differs(*pair)).count() as f64 / f64::from(a.width() * a.height())
}

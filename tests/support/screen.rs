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
    server: Running,
    display: String,
}

/// A window as the server lists it.
#[derive(Clone, Debug)]
pub struct Window {
    pub id: String,
    pub title: String,
}

impl Screen {
    /// A screen of this size; the server picks a free number. It does not begin anew when its last client has gone: who
    /// comes in that moment would be turned away.
    pub fn open(size: &str) -> Self {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp", "-noreset"]);
        let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut server = Running(spawned.expect("the package xvfb is installed"));
        let output = server.0.stdout.take().expect("its output is piped");
        let mut number = String::new();
        BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
        assert!(!number.trim().is_empty(), "Xvfb ended without a display: {:?}", server.0.try_wait());
        Self { server, display: format!(":{}", number.trim()) }
    }

    /// A screen of a number of its own, which no other server takes while this one is away.
    pub fn open_apart(size: &str) -> Self {
        let display = format!(":{}", 1_000 + std::process::id() % 1_000);
        let mut screen = Self { server: serve(&display, size), display };
        screen.wait();
        screen
    }

    fn wait(&mut self) {
        let socket = format!("/tmp/.X11-unix/X{}", self.display.trim_start_matches(':'));
        until("the X server", || {
            assert!(self.server.0.try_wait().expect("it is ours").is_none(), "the X server has ended");
            std::os::unix::net::UnixStream::connect(&socket).ok()
        });
    }

    /// The X server ends, as when the desktop's session does.
    pub fn end(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.server.0.id().to_string()]).status();
        assert!(asked.expect("kill is part of every system").success());
        self.server.0.wait().expect("it is ours");
    }

    /// Another one in its place, of the same number.
    pub fn again(&mut self, size: &str) {
        self.server = serve(&self.display, size);
        self.wait();
    }

    /// Its name, as programs know it.
    pub fn display(&self) -> &str {
        &self.display
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

    /// Gives a window another size, px.
    pub fn resize(&self, window: &Window, (width, height): (u32, u32)) {
        self.run("xdotool", &["windowsize", "--sync", &window.id, &width.to_string(), &height.to_string()]);
    }

    /// Destroys a window from outside.
    pub fn destroy(&self, window: &Window) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/close_window.py");
        let done = self.command("python3").arg(script).args([&window.id, "destroy"]).output();
        let done = done.expect("python3 is installed");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Asks a window to close, as a window manager's button does.
    pub fn close(&self, window: &Window) {
        assert!(self.try_close(window), "{window:?} is not there");
    }

    /// The same of one that may have gone already; whether it was there.
    pub fn try_close(&self, window: &Window) -> bool {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/close_window.py");
        let done = self.command("python3").arg(script).arg(&window.id).output().expect("python3 is installed");
        done.status.success()
    }
}

fn serve(display: &str, size: &str) -> Running {
    let mut command = Command::new("Xvfb");
    command.args([display, "-screen", "0", &format!("{size}x24"), "-nolisten", "tcp", "-noreset"]);
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    Running(spawned.expect("the package xvfb is installed"))
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

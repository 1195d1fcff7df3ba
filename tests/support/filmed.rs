//! The whole screen, filmed: what the hall would have seen, frame by frame.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::io::Read;
use std::process::{ChildStdout, Stdio};
use std::thread::{JoinHandle, spawn};

use image::{RgbImage, imageops};

use super::guarded::DESKTOP;
use super::hall::Running;
use super::screen::Screen;

/// As it is looked at: small, and so often a second.
const SIZE: (u32, u32) = (240, 135);
const RATE: usize = 50;
/// Cells across and down in which light is compared.
const CELLS: (u32, u32) = (16, 9);
/// A change of light that counts (WCAG 2), as part of full white.
const CHANGE: f64 = 0.10;
/// So large a part of the screen must change together.
const AREA: f64 = 0.25;

/// A film that is being made.
pub struct Film {
    camera: Running,
    frames: JoinHandle<Vec<RgbImage>>,
}

/// What was to be seen on it.
#[derive(Debug)]
pub struct Seen {
    pub frames: usize,
    /// Frames on which the desktop's own colour was.
    pub desktops: usize,
    /// Changes of light to and fro, over a quarter of the screen.
    pub flashes: usize,
    /// Frames on which there was something else than the picture.
    pub others: usize,
}

impl Film {
    pub fn begin(screen: &Screen) -> Self {
        let mut command = screen.command("ffmpeg");
        command.args(["-loglevel", "error", "-f", "x11grab", "-draw_mouse", "0", "-framerate", &RATE.to_string()]);
        command.args(["-i", screen.display(), "-f", "rawvideo", "-pix_fmt", "rgb24"]);
        // Neighbours, not means: a desktop's colour stays what it is.
        command.args(["-vf", &format!("scale={}:{}:flags=neighbor", SIZE.0, SIZE.1), "pipe:1"]);
        let mut camera = Running(command.stdout(Stdio::piped()).spawn().expect("ffmpeg is installed"));
        let mut film = camera.0.stdout.take().expect("piped");
        let first = frame(&mut film).expect("a first frame");
        let frames = spawn(move || {
            let mut frames = vec![first];
            while let Some(frame) = frame(&mut film) {
                frames.push(frame);
            }
            frames
        });
        Self { camera, frames }
    }

    /// Ends it and says what was to be seen.
    pub fn end(mut self, picture: &RgbImage) -> Seen {
        self.camera.0.kill().expect("it films until it is ended");
        let frames = self.frames.join().expect("the film is whole");
        let small = imageops::resize(picture, SIZE.0, SIZE.1, imageops::FilterType::Nearest);
        let desktop = |frame: &&RgbImage| frame.pixels().any(|pixel| pixel.0 == DESKTOP);
        let usual = light(&small);
        let other = |frame: &&RgbImage| changed(&usual, &light(frame)) > 0.0;
        Seen {
            frames: frames.len(),
            desktops: frames.iter().filter(desktop).count(),
            flashes: flashes(&frames),
            others: frames.iter().filter(other).count(),
        }
    }
}

fn frame(film: &mut ChildStdout) -> Option<RgbImage> {
    let mut pixels = vec![0; (SIZE.0 * SIZE.1 * 3) as usize];
    film.read_exact(&mut pixels).ok()?;
    RgbImage::from_raw(SIZE.0, SIZE.1, pixels)
}

/// Relative luminance of each cell.
fn light(frame: &RgbImage) -> Vec<f64> {
    let linear = |value: u8| {
        let c = f64::from(value) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let (width, height) = (SIZE.0 / CELLS.0, SIZE.1 / CELLS.1);
    let cell = |n: u32| {
        let corner = (n % CELLS.0 * width, n / CELLS.0 * height);
        let mut sum = 0.0;
        for y in 0..height {
            for x in 0..width {
                let [r, g, b] = frame.get_pixel(corner.0 + x, corner.1 + y).0.map(linear);
                sum += 0.2126 * r + 0.7152 * g + 0.0722 * b;
            }
        }
        sum / f64::from(width * height)
    };
    (0..CELLS.0 * CELLS.1).map(cell).collect()
}

/// The part of the screen whose light differs.
fn changed(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).filter(|(a, b)| (*a - *b).abs() >= CHANGE).count() as f64 / a.len() as f64
}

/// Changes of light to and fro.
fn flashes(frames: &[RgbImage]) -> usize {
    let mut changes = 0;
    let mut last: Option<Vec<f64>> = None;
    for frame in frames {
        let now = light(frame);
        match &last {
            Some(known) if changed(known, &now) < AREA => {}
            known => {
                changes += usize::from(known.is_some());
                last = Some(now);
            }
        }
    }
    changes / 2
}

#[test]
fn a_desktop_and_a_flash_would_be_seen() {
    let of = |colour: [u8; 3]| RgbImage::from_pixel(SIZE.0, SIZE.1, image::Rgb(colour));
    let film = [of([200, 200, 200]), of([0, 0, 0]), of([200, 200, 200]), of(DESKTOP)];
    assert_eq!(flashes(&film), 1);
    assert_eq!(flashes(&film[..2]), 0, "there and not back is no flash");
    assert!((changed(&light(&film[0]), &light(&film[1])) - 1.0).abs() < 1e-9);
}

//! The file that an output is written to, and what it grows by: what a disk has to take for it.

use std::path::PathBuf;

use super::{
    arguments::{self, Kind},
    pipe, y4m,
};
use crate::routing::{Delivery, Place, Route, Wire};

/// Bytes of a recorded pixel: ProRes 4444 (some 70 MB a second of 1080p50), H.264 and VP9 as they are set here (some 5).
const MASTER_BYTES: f64 = 0.7;
const CODED_BYTES: f64 = 0.05;
/// Bytes of a pixel that is written as it is.
const RGBA_BYTES: f64 = 4.0;

/// A file that grows for as long as its output is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub path: PathBuf,
    /// Bytes a second.
    pub bytes_s: f64,
}

/// Where an output is written to a file; none where it goes to a display, a stream, a device, or to whoever reads from a
/// named pipe. Whether a path is one only its disk says: it is no question for every frame.
pub fn written(route: &Route) -> Option<Written> {
    let raster = Delivery::of(route).raster;
    let pixels = f64::from(raster.0) * f64::from(raster.1);
    let (path, frame) = match &route.place {
        Place::Pipe { path, wire } if pipe::is_file(path) => {
            let frame = match wire {
                Wire::Rgba => pixels * RGBA_BYTES,
                Wire::Y4m => pixels * y4m::PIXEL_BYTES as f64,
            };
            (path.clone(), frame)
        }
        Place::Ffmpeg(encoder) => {
            let bytes = if arguments::kind(encoder).1 == Kind::Master { MASTER_BYTES } else { CODED_BYTES };
            (arguments::file(encoder)?, pixels * bytes)
        }
        _ => return None,
    };
    let bytes_s = frame * 1e6 / route.rate.frame_us() as f64;
    (!path.starts_with("/dev")).then_some(Written { path, bytes_s })
}

#[cfg(test)]
mod tests {
    use std::{path::Path, process::Command};

    use super::*;
    use crate::routing::{Encoder, Look};

    fn piped(path: &Path, wire: Wire) -> Route {
        Route { raster: (1920, 1080), place: Place::Pipe { path: path.into(), wire }, ..Route::default() }
    }

    #[test]
    fn frames_as_they_are_fill_a_disk_with_every_pixel_that_leaves() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wall.rgba");
        let grows = |route: &Route| {
            let written = written(route).unwrap();
            assert_eq!(written.path, path);
            written.bytes_s
        };
        let own = piped(&path, Wire::Rgba);
        assert_eq!(grows(&own), 1920.0 * 1080.0 * 4.0 * 50.0);
        assert_eq!(grows(&piped(&path, Wire::Y4m)), 1920.0 * 1080.0 * 3.0 * 50.0);
        let both = Route { look: Look::FillAndKey, ..own.clone() };
        assert_eq!(grows(&both), 2.0 * grows(&own), "fill and key are twice as wide");
        std::fs::write(&path, "one is there").unwrap();
        assert!(grows(&own) > 0.0);
    }

    #[test]
    fn who_reads_a_pipe_fills_no_disk() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        for path in
            [fifo.as_path(), folder.path(), Path::new("-"), Path::new("/dev/null"), Path::new("/dev/shm/x.rgba")]
        {
            assert_eq!(written(&piped(path, Wire::Rgba)), None, "{}", path.display());
        }
        assert_eq!(written(&Route::default()), None);
    }

    #[test]
    fn a_recording_is_a_file_and_a_stream_is_none() {
        let to = |to: &str| {
            let place = Place::Ffmpeg(Encoder { to: to.into(), ..Encoder::default() });
            written(&Route { place, ..Route::default() }).map(|written| written.bytes_s)
        };
        assert!(to("a.mov") > to("a.mp4") && to("a.mp4") == to("a.webm") && to("a.mp4").is_some());
        for none in ["rtmp://a/b", "/dev/video7", "DeckLink Mini Monitor", "ndi://leitai"] {
            assert_eq!(to(none), None, "{none}");
        }
    }
}

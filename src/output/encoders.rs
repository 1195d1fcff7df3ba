//! H.264 encoders: the machine's own where one really works, else libx264. Found out once, by encoding a picture.

use std::{
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use super::OutputError;

/// An encoder of ffmpeg's with the arguments that fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct H264 {
    pub name: &'static str,
    /// Before the inputs.
    pub device: &'static [&'static str],
    /// The end of the filters: as it wants its pictures.
    pub format: &'static str,
    /// For a stream: no frame waits for another.
    pub live: &'static [&'static str],
    /// For a recording: as good as it looks.
    pub kept: &'static [&'static str],
}

/// The one that is always there, and gives the same bytes on every machine.
pub const SOFTWARE: H264 = H264 {
    name: "libx264",
    device: &[],
    format: "format=yuv420p",
    live: &["-preset", "veryfast", "-tune", "zerolatency"],
    kept: &["-preset", "veryfast", "-crf", "18"],
};

/// The machine's own, best first.
const HARDWARE: [H264; 3] = [
    H264 {
        name: "h264_nvenc",
        device: &[],
        format: "format=yuv420p",
        live: &["-preset", "p4", "-tune", "ull", "-rc", "cbr", "-zerolatency", "1"],
        kept: &["-preset", "p5", "-rc", "vbr", "-cq", "19", "-b:v", "0"],
    },
    H264 {
        name: "h264_qsv",
        device: &[],
        format: "format=nv12",
        live: &["-preset", "veryfast", "-async_depth", "1"],
        kept: &["-preset", "medium", "-global_quality", "19"],
    },
    H264 {
        name: "h264_vaapi",
        device: &["-vaapi_device", "/dev/dri/renderD128"],
        format: "format=nv12,hwupload",
        live: &["-async_depth", "1"],
        kept: &["-rc_mode", "CQP", "-qp", "19"],
    },
];

/// A driver that hangs is no encoder.
const PATIENCE: Duration = Duration::from_secs(10);

/// An encoder by ffmpeg's name, if it works on this machine.
///
/// # Errors
/// When it does not, or is none of ours.
pub fn named(name: &str) -> Result<H264, OutputError> {
    let all = || [SOFTWARE].into_iter().chain(HARDWARE);
    all().find(|encoder| encoder.name == name && works(encoder)).ok_or_else(|| OutputError::Encoder {
        encoder: name.to_owned(),
        known: all().map(|encoder| encoder.name).collect::<Vec<_>>().join(", "),
    })
}

/// The best encoder that works on this machine. The first call encodes a picture with each until one does, which may
/// take seconds; later ones know.
pub fn h264() -> H264 {
    static FOUND: OnceLock<H264> = OnceLock::new();
    *FOUND.get_or_init(|| HARDWARE.into_iter().find(works).unwrap_or(SOFTWARE))
}

fn works(encoder: &H264) -> bool {
    let child = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostdin", "-loglevel", "quiet"])
        .args(encoder.device)
        .args(["-f", "lavfi", "-i", "color=gray:size=320x180:rate=25", "-frames:v", "2", "-vf", encoder.format])
        .args(["-c:v", encoder.name])
        .args(encoder.live)
        .args(["-b:v", "500k", "-f", "null", "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    child.is_ok_and(|mut child| ends_well(&mut child))
}

fn ends_well(child: &mut Child) -> bool {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < PATIENCE => std::thread::park_timeout(Duration::from_millis(10)),
            _ => {
                // What cannot be ended is no encoder either.
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoder_that_is_found_works_and_one_that_is_not_there_does_not() {
        assert!(works(&SOFTWARE));
        assert!(!works(&H264 { name: "h264_of_no_machine", ..SOFTWARE }));
        assert!(h264() == SOFTWARE || HARDWARE.contains(&h264()));
    }
}

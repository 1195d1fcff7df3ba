//! Film formats: which container, which codecs, with which arguments.

use std::path::Path;

use super::encoders::{self, H264};

/// What kind of film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilmFormat {
    /// H.264 in 4:2:0 and AAC.
    Mp4,
    /// ProRes 4444 with alpha and PCM.
    Mov,
    /// VP9 with alpha and Opus.
    Webm,
}

const SCALE: &str = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int";
const COLOURS: [&str; 8] =
    ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

impl FilmFormat {
    /// By the file's name.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "mp4" => Some(Self::Mp4),
            "mov" => Some(Self::Mov),
            "webm" => Some(Self::Webm),
            _ => None,
        }
    }

    /// ffmpeg's name of the container.
    pub const fn container(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::Webm => "webm",
        }
    }

    /// From straight RGBA to what the encoder takes.
    pub fn filter(self, encoder: &H264) -> String {
        match self {
            Self::Mp4 => format!("{SCALE},{}", encoder.format),
            Self::Mov => format!("{SCALE},format=yuva444p10le"),
            Self::Webm => format!("{SCALE},format=yuva420p"),
        }
    }

    /// Of the picture alone.
    pub fn video(self, encoder: &H264) -> Vec<&'static str> {
        let codec: &[&'static str] = match self {
            Self::Mp4 => &["-c:v", encoder.name],
            Self::Mov => &["-c:v", "prores_ks", "-profile:v", "4444", "-alpha_bits", "16", "-vendor", "apl0"],
            // Hidden reference pictures and alpha exclude one another.
            Self::Webm => &[
                "-c:v",
                "libvpx-vp9",
                "-auto-alt-ref",
                "0",
                "-b:v",
                "0",
                "-crf",
                "16",
                "-deadline",
                "good",
                "-cpu-used",
                "5",
                "-tile-columns",
                "1",
            ],
        };
        let quality: &[&'static str] = match self {
            Self::Mp4 if *encoder == encoders::SOFTWARE => &["-preset", "veryfast", "-crf", "16"],
            // What leans on later pictures does not end where a segment ends.
            Self::Mp4 => &[encoder.kept, &["-bf", "0"]].concat(),
            _ => &[],
        };
        let group: &[&'static str] = if self == Self::Mov { &[] } else { &["-g", "50"] };
        [codec, quality, group, &COLOURS].concat()
    }

    /// Of the sound alone.
    pub const fn audio(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 => &["-c:a", "aac", "-b:a", "256k"],
            Self::Mov => &["-c:a", "pcm_s24le"],
            Self::Webm => &["-c:a", "libopus", "-b:a", "256k"],
        }
    }

    /// Of the film as a whole.
    pub const fn whole(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 => &["-movflags", "+faststart"],
            Self::Mov => &["-movflags", "+write_colr"],
            // What tells players that there is alpha.
            Self::Webm => &["-metadata:s:v:0", "alpha_mode=1"],
        }
    }
}

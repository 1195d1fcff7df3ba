//! What ffmpeg is told: frames on its standard input, sound from a socket, and what suits the place they go to.

use std::path::{Path, PathBuf};

use crate::{
    output::encoders::H264,
    routing::{Encoder, Look, Route},
    show::{frame::Class, rate::Rate},
};

/// What the place takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// H.264 and AAC into a file that is whole up to where it ends, however that was.
    Recording,
    /// ProRes 4444 with alpha and PCM into a QuickTime file.
    Master,
    /// VP9 with alpha and Opus.
    Webm,
    /// H.264 and AAC without delay, to whoever listens.
    Stream,
    /// Uncompressed, to a device of this machine.
    Camera,
    DeckLink,
    Ndi,
}

/// The format by ffmpeg's name, and what suits it.
pub fn kind(encoder: &Encoder) -> (Option<&str>, Kind) {
    let to = encoder.to.as_str();
    let scheme = to.split_once("://").map(|(scheme, _)| scheme);
    let extension = Path::new(to).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let told = match (scheme, extension) {
        (Some("rtmp" | "rtmps"), _) => Some("flv"),
        (Some("ndi"), _) => Some("libndi_newtek"),
        (Some("rtp"), _) => Some("rtp_mpegts"),
        (Some("rtsp" | "rtsps"), _) => Some("rtsp"),
        (Some(_), _) => Some("mpegts"),
        _ if to.starts_with("/dev/video") => Some("v4l2"),
        _ if to.starts_with("DeckLink") => Some("decklink"),
        (None, "mp4" | "m4v") => Some("mp4"),
        (None, "mov") => Some("mov"),
        (None, "mkv") => Some("matroska"),
        (None, "webm") => Some("webm"),
        (None, "ts" | "mts" | "m2ts") => Some("mpegts"),
        (None, "flv") => Some("flv"),
        (None, "nut") => Some("nut"),
        _ => None,
    };
    let format = encoder.format.as_deref().or(told);
    let kind = match format {
        Some("mov") => Kind::Master,
        Some("webm") => Kind::Webm,
        Some("v4l2") => Kind::Camera,
        Some("decklink") => Kind::DeckLink,
        Some("libndi_newtek") => Kind::Ndi,
        _ if scheme.is_some() => Kind::Stream,
        _ => Kind::Recording,
    };
    (format, kind)
}

/// The file that is written, where it is one: then it is a recording.
pub fn file(encoder: &Encoder) -> Option<PathBuf> {
    let (_, kind) = kind(encoder);
    let is_file = matches!(kind, Kind::Recording | Kind::Master | Kind::Webm) && !encoder.to.contains("://");
    is_file.then(|| PathBuf::from(&encoder.to))
}

/// All that ffmpeg is started with but its own name.
pub struct Job<'a> {
    pub route: &'a Route,
    pub encoder: &'a Encoder,
    pub raster: (u32, u32),
    /// Where it goes in the end: for a recording a file that is not there yet.
    pub to: &'a str,
    /// Where the sound comes from, if any is wanted.
    pub socket: Option<&'a Path>,
    /// Of the first frame.
    pub timecode: &'a str,
    pub h264: H264,
}

impl Job<'_> {
    pub fn arguments(&self) -> Vec<String> {
        let (format, kind) = kind(self.encoder);
        let Rate { num, den } = self.route.rate;
        let rate = format!("{num}/{den}");
        let mut all = Arguments::default();
        all.add(["-hide_banner", "-nostdin", "-loglevel", "warning", "-nostats"]);
        if self.is_h264(kind) {
            all.add(self.h264.device);
        }
        all.add(["-f", "rawvideo", "-pix_fmt", "rgba", "-s", &format!("{}x{}", self.raster.0, self.raster.1)]);
        all.add(["-r", &rate, "-i", "pipe:0"]);
        if let Some(socket) = self.socket {
            // Raw samples need no looking at: what is looked at is heard late.
            all.add(["-probesize", "32", "-analyzeduration", "0", "-f", "f32le", "-ar", "48000", "-ac", "2"]);
            all.add(["-i", &format!("unix:{}", socket.display())]);
            all.add(["-map", "0:v", "-map", "1:a"]);
        }
        if self.encoder.arguments.is_empty() {
            self.preset(kind, &mut all);
        } else {
            all.add(self.encoder.arguments.iter().map(String::as_str));
        }
        if file(self.encoder).is_some() {
            all.add(["-timecode", self.timecode]);
        }
        all.add(format.map(|format| ["-f", format]).into_iter().flatten());
        // A file's name may begin like an option.
        let is_bare = file(self.encoder).is_some() && !self.to.starts_with('/');
        all.0.push(if is_bare { format!("file:{}", self.to) } else { self.to.trim_start_matches("ndi://").to_owned() });
        all.0
    }

    fn is_h264(&self, kind: Kind) -> bool {
        self.encoder.arguments.is_empty() && matches!(kind, Kind::Recording | Kind::Stream)
    }

    fn preset(&self, kind: Kind, all: &mut Arguments) {
        let Rate { num, den } = self.route.rate;
        // A keyframe every two seconds: what platforms ask for, and how far back a cut recording can be entered.
        let group = (2 * num).div_ceil(den).to_string();
        let bits = self.bits();
        match kind {
            Kind::Recording => {
                all.add(["-vf", &self.filter(self.h264.format)]);
                all.add(["-c:v", self.h264.name]);
                all.add(self.h264.kept);
                all.add(["-g", &group]);
                all.add(BT709);
                all.add(["-c:a", "aac", "-b:a", "256k"]);
                if matches!(super::arguments::kind(self.encoder).0, Some("mp4")) {
                    all.add(FRAGMENTS);
                }
            }
            Kind::Master => {
                all.add(["-vf", &format!("{SCALE},format=yuva444p10le")]);
                all.add(["-c:v", "prores_ks", "-profile:v", "4444", "-alpha_bits", "16", "-vendor", "apl0"]);
                all.add(BT709);
                all.add(["-c:a", "pcm_s24le"]);
                all.add(FRAGMENTS);
            }
            Kind::Webm => {
                all.add(["-vf", &format!("{SCALE},format=yuva420p")]);
                all.add(["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-row-mt", "1"]);
                all.add(["-b:v", &bits, "-auto-alt-ref", "0", "-g", &group]);
                all.add(BT709);
                all.add(["-c:a", "libopus", "-b:a", "192k"]);
            }
            Kind::Stream => {
                all.add(["-vf", &self.filter(self.h264.format)]);
                all.add(["-c:v", self.h264.name]);
                all.add(self.h264.live);
                all.add(["-b:v", &bits, "-maxrate", &bits, "-bufsize", &bits, "-g", &group, "-bf", "0"]);
                all.add(BT709);
                all.add(["-c:a", "aac", "-b:a", "160k", "-flush_packets", "1"]);
            }
            Kind::Camera => all.add(["-vf", &self.filter("format=yuv420p"), "-c:v", "rawvideo", "-an"]),
            Kind::DeckLink => {
                all.add(["-vf", &self.filter("format=uyvy422"), "-c:v", "wrapped_avframe", "-c:a", "pcm_s16le"]);
            }
            Kind::Ndi => all.add(["-c:v", "wrapped_avframe", "-pix_fmt", "rgba", "-c:a", "pcm_s16le"]),
        }
    }

    /// Colours for what has no alpha, in even sides where they are halved.
    fn filter(&self, format: &str) -> String {
        let (width, height) = self.raster;
        let over_black = match (self.route.look, self.route.class) {
            (Look::Straight, Class::Stream) => "format=gbrap,premultiply=inplace=1,",
            _ => "",
        };
        let even = if width % 2 + height % 2 > 0 { "pad=ceil(iw/2)*2:ceil(ih/2)*2," } else { "" };
        format!("{over_black}{even}{SCALE},{format}")
    }

    /// Bits a second of a stream: 8 million for 1080p50, more for larger and faster pictures.
    fn bits(&self) -> String {
        let (width, height) = (u64::from(self.raster.0), u64::from(self.raster.1));
        let Rate { num, den } = self.route.rate;
        (width * height * u64::from(num) * 8 / u64::from(den) / 100).max(300_000).to_string()
    }
}

/// From RGB to what television calls its own.
const SCALE: &str = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int";
const BT709: [&str; 8] =
    ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];
/// A film in pieces: what has been written can be played, however it ended. Its head waits for the first piece: only
/// then does it know that AAC begins before the picture, and says so.
const FRAGMENTS: [&str; 2] = ["-movflags", "+frag_keyframe+delay_moov+default_base_moof"];

#[derive(Default)]
struct Arguments(Vec<String>);

impl Arguments {
    fn add(&mut self, more: impl IntoIterator<Item = impl AsRef<str>>) {
        self.0.extend(more.into_iter().map(|one| one.as_ref().to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::encoders::SOFTWARE;

    fn to(to: &str) -> Encoder {
        Encoder { to: to.into(), ..Encoder::default() }
    }

    #[test]
    fn the_place_tells_its_format() {
        let cases = [
            ("rtmp://a/b", Some("flv"), Kind::Stream),
            ("srt://a:9", Some("mpegts"), Kind::Stream),
            ("udp://a:9", Some("mpegts"), Kind::Stream),
            ("/dev/video7", Some("v4l2"), Kind::Camera),
            ("DeckLink Mini Monitor", Some("decklink"), Kind::DeckLink),
            ("ndi://leitai", Some("libndi_newtek"), Kind::Ndi),
            ("a.mp4", Some("mp4"), Kind::Recording),
            ("a.mkv", Some("matroska"), Kind::Recording),
            ("a.ts", Some("mpegts"), Kind::Recording),
            ("a.mov", Some("mov"), Kind::Master),
            ("a.webm", Some("webm"), Kind::Webm),
            ("a.gif", None, Kind::Recording),
        ];
        for (name, format, suits) in cases {
            assert_eq!(kind(&to(name)), (format, suits), "{name}");
            let is_file = matches!(suits, Kind::Recording | Kind::Master | Kind::Webm);
            assert_eq!(file(&to(name)).is_some(), is_file, "{name}");
        }
        let named = Encoder { format: Some("decklink".into()), ..to("Duo (2)") };
        assert_eq!(kind(&named).1, Kind::DeckLink);
    }

    #[test]
    fn own_arguments_take_the_place_of_the_preset() {
        let route = Route { rate: Rate { num: 60_000, den: 1_001 }, ..Route::default() };
        let job = |encoder: &Encoder, socket| {
            let (to, timecode) = (encoder.to.clone(), "10:00:00;00");
            let job = Job { route: &route, encoder, raster: (321, 180), to: &to, socket, timecode, h264: SOFTWARE };
            job.arguments().join(" ")
        };
        let own = Encoder { arguments: vec!["-c:v".into(), "ffv1".into()], ..to("a.mkv") };
        let line = job(&own, None);
        assert!(
            line.contains("-r 60000/1001 -i pipe:0 -c:v ffv1 -timecode 10:00:00;00 -f matroska file:a.mkv"),
            "{line}"
        );
        let line = job(&to("srt://a:9"), Some(Path::new("/run/s")));
        assert!(line.contains("-i unix:/run/s -map 0:v -map 1:a -vf pad="), "{line}");
        assert!(
            line.contains("zerolatency") && line.contains("-g 120") && line.ends_with("-f mpegts srt://a:9"),
            "{line}"
        );
        assert!(!line.contains("-timecode"), "{line}");
    }
}

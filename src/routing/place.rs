//! Places: windows, displays, pipes, memory and encoders that a picture goes to.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::told::{Told, Words};

/// Where an output goes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Composed for the console alone.
    #[default]
    Nowhere,
    /// A window like others; with `transparent` what lies below is seen through it.
    Window {
        #[serde(default)]
        transparent: bool,
    },
    /// Fills a display, borderless, and never another one.
    Display(Display),
    /// Every frame as bytes: to a file, a named pipe, or standard output (`-`).
    Pipe { path: PathBuf, wire: Wire },
    /// Shared memory of this name, for capture on the same machine.
    Memory { name: String },
    /// An encoder as a child process.
    Ffmpeg(Encoder),
}

/// Where it goes, in a few words.
impl Told for Place {
    fn words(&self) -> Words {
        match self {
            Self::Nowhere => Words::new("outputs-place-nowhere"),
            Self::Window { transparent: false } => Words::new("outputs-place-window"),
            Self::Window { transparent: true } => Words::new("outputs-place-window.transparent"),
            Self::Display(display) => Words::new("outputs-place-display").with("display", display.called()),
            Self::Pipe { path, .. } => Words::new("outputs-place-pipe").with("path", path),
            Self::Memory { name } => Words::new("outputs-place-memory").with("name", name),
            Self::Ffmpeg(encoder) => Words::new("outputs-place-ffmpeg").with("to", encoder.public()),
        }
    }
}

/// A display by its identity: what is given must match. By the connector, or by what the display says of itself (EDID).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Display {
    /// As the system names the socket: `HDMI-1`.
    pub connector: Option<String>,
    /// The display's own name: `NovaStar`.
    pub name: Option<String>,
    pub serial: Option<String>,
    /// Fits the picture into the display where their sizes differ; else it is centred, pixel on pixel.
    pub scale: bool,
}

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wire {
    /// RGBA, 8 bit, rows top to bottom, nothing between the frames.
    #[default]
    Rgba,
    /// YUV4MPEG2, 4:4:4, BT.709 limited range.
    Y4m,
}

/// An encoder: ffmpeg, fed with frames and, where asked for, with the program's sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Encoder {
    /// A file, `rtmp://…`, `srt://…`, `/dev/video0` (v4l2loopback), a DeckLink card's or an NDI source's name: its kind is
    /// told by `format`, else by how it begins or ends.
    pub to: String,
    /// ffmpeg's name of the format (`mpegts`, `flv`, `v4l2`, `decklink`, `libndi_newtek`, …).
    pub format: Option<String>,
    /// Arguments for ffmpeg instead of the ones that come with the format: codec, bit rate, …
    pub arguments: Vec<String>,
    /// With the program's sound.
    pub sound: bool,
}

impl Encoder {
    /// Where it sends to, without what is secret in it: an address may hold a stream's key or a password.
    pub fn public(&self) -> String {
        let Some((scheme, rest)) = self.to.split_once("://") else { return self.to.clone() };
        // A password may hold any sign; what stands behind its @ is the host.
        let host = rest.rsplit('@').next().unwrap_or_default();
        let host = host.split(['/', '?']).next().unwrap_or_default();
        if host.len() == rest.len() { self.to.clone() } else { format!("{scheme}://{host}/…") }
    }
}

impl Default for Encoder {
    fn default() -> Self {
        Self { to: String::new(), format: None, arguments: Vec::new(), sound: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_stream_is_told_nobody() {
        let of = |to: &str| Encoder { to: to.into(), ..Encoder::default() }.public();
        assert_eq!(of("rtmp://live.example/app/key-123"), "rtmp://live.example/…");
        assert_eq!(of("srt://u:p@10.0.0.7:9000?passphrase=x"), "srt://10.0.0.7:9000/…");
        assert_eq!(of("rtmp://u:a/b?c@10.0.0.7/x"), "rtmp://10.0.0.7/…");
        assert_eq!((of("udp://10.0.0.7:5000"), of("a.mp4")), ("udp://10.0.0.7:5000".into(), "a.mp4".into()));
    }
}

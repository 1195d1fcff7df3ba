//! Where a picture goes: class, raster, language, and how much moves on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a theme lays the picture out: each class has a layout of its own (look.md §8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The LED wall behind the teams: ultra-wide; people stand before its lower third.
    Wall,
    /// The broadcast's full-screen picture.
    #[default]
    Tv,
    /// An overlay on transparent ground, over the cameras' picture.
    Stream,
    /// The monitor before the host and the judges: what they need to know, and nothing that the hall may not.
    Confidence,
}

impl Class {
    pub const ALL: [Self; 4] = [Self::Wall, Self::Tv, Self::Stream, Self::Confidence];

    /// The design canvas, px.
    pub const fn canvas(self) -> (f32, f32) {
        match self {
            Self::Wall => (3840.0, 1080.0),
            Self::Tv | Self::Stream | Self::Confidence => (1920.0, 1080.0),
        }
    }

    /// No text is set smaller, canvas px (look.md §3: 3.5 % of the height; a wall is read from thirty
    /// metres, the host's monitor from four, off the floor).
    pub const fn legible_px(self) -> f32 {
        match self {
            Self::Wall => 45.0,
            Self::Confidence => 48.0,
            Self::Tv | Self::Stream => 38.0,
        }
    }

    /// Whether what lies under the picture is seen through it.
    pub const fn is_overlay(self) -> bool {
        matches!(self, Self::Stream)
    }

    /// Whether the hall or an audience sees it: what the desk hides from them is hidden here.
    pub const fn is_hall(self) -> bool {
        matches!(self, Self::Wall | Self::Tv | Self::Stream)
    }

    /// As themes and the command line spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Wall => "wall",
            Self::Tv => "tv",
            Self::Stream => "stream",
            Self::Confidence => "confidence",
        }
    }
}

/// The language of the words that the hall reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    #[default]
    Zh,
    En,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant", alias = "zh_hant")]
    ZhHant,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Zh, Self::En, Self::ZhHant];

    /// As the command line and themes spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::ZhHant => "zh-Hant",
        }
    }
}

/// How much of the backdrop's motion an output shows. Full wherever a machine keeps up, and in every export and still: it
/// is a property of the machine that shows, not of the show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    #[default]
    Full,
    /// What of the backdrop begins to change within this span of show time, µs, its end excluded, is there at once: no
    /// dissolve, nothing travels. What had begun before goes on to its end, and what begins after is whole, so that
    /// neither end of the span is seen.
    StillBackdrop { from_us: i64, until_us: i64 },
}

impl Quality {
    /// Whether a change of the backdrop that begins at `since` is there at once.
    pub const fn stills(self, since: i64) -> bool {
        match self {
            Self::Full => false,
            Self::StillBackdrop { from_us, until_us } => from_us <= since && since < until_us,
        }
    }
}

/// One output. All outputs share one show and one `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Output {
    pub class: Class,
    /// Physical pixels.
    pub raster: (u32, u32),
    pub lang: Lang,
    #[serde(default)]
    pub quality: Quality,
}

impl Output {
    pub const fn tv(width: u32, height: u32) -> Self {
        Self::of(Class::Tv, (width, height))
    }

    /// In Chinese, with all its motion.
    pub const fn of(class: Class, raster: (u32, u32)) -> Self {
        Self { class, raster, lang: Lang::Zh, quality: Quality::Full }
    }

    /// (physical px per design px, physical position of the canvas): the canvas is fitted whole and centred.
    pub fn fit(&self, canvas: (f32, f32)) -> (f32, (f32, f32)) {
        let (w, h) = (self.raster.0 as f32, self.raster.1 as f32);
        let scale = (w / canvas.0).min(h / canvas.1);
        (scale, (((w - canvas.0 * scale) / 2.0).round(), ((h - canvas.1 * scale) / 2.0).round()))
    }
}

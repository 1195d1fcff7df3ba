//! Colours by what they mean (look.md §2).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::Rgba;

/// A vertical two-stop gradient: top, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gradient(pub Rgba, pub Rgba);

/// Tokens by what they mean, not by hue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Palette {
    pub plate: Gradient,
    pub plate_edge: Rgba,
    pub plate_border: Rgba,
    pub option: Gradient,
    /// Other options after the reveal.
    pub option_dim: Gradient,
    pub strip: Gradient,
    pub separator: Rgba,
    pub active: Gradient,
    pub on_active: Rgba,
    pub on_active2: Rgba,
    /// Must be read / supports / old values.
    pub ink: Rgba,
    pub ink2: Rgba,
    pub ink3: Rgba,
    pub ink_dim: Rgba,
    /// The baton: what to watch now.
    pub accent: Rgba,
    pub accent_fill: Gradient,
    pub on_accent: Rgba,
    pub ok: Rgba,
    pub ok_fill: Gradient,
    pub on_ok: Rgba,
    pub no: Rgba,
    pub no_fill: Gradient,
    pub on_no: Rgba,
    pub well: Rgba,
    pub well_ink: Rgba,
    pub well_ink2: Rgba,
    pub ring: Rgba,
    pub ring_hot: Rgba,
    pub ring_critical: Rgba,
    pub ring_critical_fill: Rgba,
    pub track: Rgba,
    /// A big gain or loss: the ring round it and the disc under the figure.
    pub loss_ring: Rgba,
    pub loss_fill: Rgba,
    pub win_ring: Rgba,
    pub win_fill: Rgba,
    /// The band round that ring.
    pub band: Rgba,
    pub shadow_low: Rgba,
    pub shadow_high: Rgba,
    /// The interlude's curtain: the shade of a fold and the light beside it.
    pub curtain_dark: Rgba,
    pub curtain_light: Rgba,
    /// Modules and ground of a code that cameras read.
    pub code_dark: Rgba,
    pub code_light: Rgba,
    /// Where a clip will be.
    pub screen: Gradient,
    pub sky: SkyColours,
    pub tones: Tones,
}

/// What lies on a ground: hairlines, lights, the floor and its horizon, the header's scrim, the sun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkyColours {
    /// The hairlines at full light.
    pub arc: Rgba,
    /// Soft lights behind what matters now: as it runs, after a right answer, after a wrong one.
    pub glow: Rgba,
    pub glow_right: Rgba,
    pub glow_wrong: Rgba,
    pub floor: Rgba,
    pub horizon: Rgba,
    /// Darkens the header's band; clear for none.
    pub scrim: Rgba,
    pub sun: Gradient,
    pub sun_ring: Rgba,
}

/// The colour of a ground from its focus outwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tone {
    /// (colour, position 0 to 1), at most eight.
    pub stops: Vec<(Rgba, f32)>,
    /// Beams from the focus: their colour, and the colour into which they fade at the rim.
    #[serde(default)]
    pub rays: Option<(Rgba, Rgba)>,
}

/// The grounds' colours: emotion is the colour of the ground (look.md §1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tones {
    /// Everyday: questions, tables, slates.
    pub neutral: Tone,
    /// The moment before and after: armed, won, weighted, advanced.
    pub bright: Tone,
    /// A held breath: risk wall, duel, interlude, notary.
    pub dusk: Tone,
    pub win: Tone,
    pub loss: Tone,
    /// The title card and the thanks.
    pub dawn: Tone,
}

impl Tones {
    /// Each with its name in the theme file.
    pub const fn all(&self) -> [(&'static str, &Tone); 6] {
        [
            ("neutral", &self.neutral),
            ("bright", &self.bright),
            ("dusk", &self.dusk),
            ("win", &self.win),
            ("loss", &self.loss),
            ("dawn", &self.dawn),
        ]
    }
}

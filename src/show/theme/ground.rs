//! Grounds: where the light of each kind of moment lies, and which tone it has. The colours are the palette's.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Palette, Tone};
use crate::show::frame::{Arcs, Floor, Glow, Point, Rays, Rect, Rgba, Scrim, SkyPart, Sun};

/// The background of one kind of moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sky {
    pub tone: ToneName,
    pub focus: Point,
    /// The tone's ellipse.
    pub radii: Point,
    #[serde(default)]
    pub glow: Option<GlowPlace>,
    /// Hairlines; absent for none.
    #[serde(default)]
    pub arcs: Option<ArcsPlace>,
    #[serde(default)]
    pub floor: Option<FloorPlace>,
    /// Darkens the header's band.
    #[serde(default)]
    pub scrim: Option<ScrimPlace>,
    #[serde(default)]
    pub sun: Option<SunPlace>,
    /// A picture of the theme's folder over all of it, as large as covers the raster.
    #[serde(default)]
    pub picture: Option<PicturePlace>,
}

/// A PNG or JPEG of the theme's folder, and how strongly it covers the tone, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PicturePlace {
    pub file: String,
    #[serde(default = "whole")]
    pub alpha: f32,
}

const fn whole() -> f32 {
    1.0
}

/// Which of the palette's tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum ToneName {
    Neutral,
    Bright,
    Dusk,
    Win,
    Loss,
    Dawn,
}

/// Which of the palette's lights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Light {
    Running,
    Right,
    Wrong,
}

/// A light: full at the centre, nothing at `radius`; `strength` 0 to 1 of the palette's alpha.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlowPlace {
    pub light: Light,
    pub centre: Point,
    pub radius: f32,
    pub strength: f32,
}

/// Hairlines round a centre; their light at the innermost and the outermost, 0 to 1 of the palette's alpha.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArcsPlace {
    pub centre: Point,
    /// Inner to outer; 0 for none.
    pub radii: [f32; 8],
    pub width: f32,
    pub light: (f32, f32),
}

/// The stage's floor: its top edge, its disc's radius, its alpha.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FloorPlace {
    pub top: f32,
    pub radius: f32,
    pub alpha: f32,
}

/// The header's scrim: its alpha at the top and half way, of the palette's; its height.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScrimPlace {
    pub top: f32,
    pub middle: f32,
    pub height: f32,
}

/// The sun: radii and widths of two hairlines round it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SunPlace {
    pub centre: Point,
    pub radius: f32,
    pub rings: [(f32, f32); 2],
}

impl Sky {
    /// The ground as it is drawn over `rect`, in the palette's colours.
    pub fn part(&self, palette: &Palette, rect: Rect) -> SkyPart {
        let colours = &palette.sky;
        let tone = self.tone.of(palette);
        SkyPart {
            rect,
            focus: self.focus,
            radii: self.radii,
            stops: tone.stops.clone(),
            rays: tone.rays.map(|(beam, rim)| Rays { beam, rim }),
            glow: self.glow.and_then(|glow| {
                let colour = glow.light.of(palette).fade(glow.strength);
                seen(colour).then_some(Glow { centre: glow.centre, radius: glow.radius, colour })
            }),
            arcs: self.arcs.filter(|_| seen(colours.arc)).map(|arcs| Arcs {
                centre: arcs.centre,
                radii: arcs.radii,
                width: arcs.width,
                inner: colours.arc.fade(arcs.light.0),
                outer: colours.arc.fade(arcs.light.1),
            }),
            floor: self.floor.map(|floor| Floor {
                top: floor.top,
                radius: floor.radius,
                colour: colours.floor.fade(floor.alpha),
                horizon: colours.horizon,
            }),
            scrim: self.scrim.filter(|_| seen(colours.scrim)).map(|scrim| Scrim {
                colour: Rgba { a: 1.0, ..colours.scrim },
                top: scrim.top * colours.scrim.a,
                middle: scrim.middle * colours.scrim.a,
                height: scrim.height,
            }),
            sun: self.sun.map(|sun| Sun {
                centre: sun.centre,
                radius: sun.radius,
                top: colours.sun.0,
                bottom: colours.sun.1,
                rings: sun.rings,
                ring: colours.sun_ring,
            }),
        }
    }
}

fn seen(colour: Rgba) -> bool {
    colour.a > 0.0
}

impl ToneName {
    pub const fn of(self, palette: &Palette) -> &Tone {
        let tones = &palette.tones;
        match self {
            Self::Neutral => &tones.neutral,
            Self::Bright => &tones.bright,
            Self::Dusk => &tones.dusk,
            Self::Win => &tones.win,
            Self::Loss => &tones.loss,
            Self::Dawn => &tones.dawn,
        }
    }
}

impl Light {
    const fn of(self, palette: &Palette) -> Rgba {
        match self {
            Self::Running => palette.sky.glow,
            Self::Right => palette.sky.glow_right,
            Self::Wrong => palette.sky.glow_wrong,
        }
    }
}

/// Which ground: each is a field of [`Grounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[repr(u16)]
pub enum Ground {
    Neutral,
    Right,
    Title,
    Slate,
    Risk,
    Win,
    Loss,
    Formula,
    Duel,
    DuelRight,
    DuelWrong,
    Standings,
    Advance,
    BuzzArmed,
    BuzzHit,
    BuzzFoul,
    Turn,
    Assignment,
    Interlude,
    Notary,
    Roll,
}

/// All grounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    pub neutral: Sky,
    pub right: Sky,
    pub title: Sky,
    pub slate: Sky,
    pub risk: Sky,
    pub win: Sky,
    pub loss: Sky,
    pub formula: Sky,
    pub duel: Sky,
    pub duel_right: Sky,
    pub duel_wrong: Sky,
    pub standings: Sky,
    pub advance: Sky,
    pub buzz_armed: Sky,
    pub buzz_hit: Sky,
    pub buzz_foul: Sky,
    pub turn: Sky,
    pub assignment: Sky,
    pub interlude: Sky,
    pub notary: Sky,
    /// Concentric with a seal at the left.
    pub roll: Sky,
}

impl Grounds {
    pub const fn sky(&self, ground: Ground) -> &Sky {
        match ground {
            Ground::Neutral => &self.neutral,
            Ground::Right => &self.right,
            Ground::Title => &self.title,
            Ground::Slate => &self.slate,
            Ground::Risk => &self.risk,
            Ground::Win => &self.win,
            Ground::Loss => &self.loss,
            Ground::Formula => &self.formula,
            Ground::Duel => &self.duel,
            Ground::DuelRight => &self.duel_right,
            Ground::DuelWrong => &self.duel_wrong,
            Ground::Standings => &self.standings,
            Ground::Advance => &self.advance,
            Ground::BuzzArmed => &self.buzz_armed,
            Ground::BuzzHit => &self.buzz_hit,
            Ground::BuzzFoul => &self.buzz_foul,
            Ground::Turn => &self.turn,
            Ground::Assignment => &self.assignment,
            Ground::Interlude => &self.interlude,
            Ground::Notary => &self.notary,
            Ground::Roll => &self.roll,
        }
    }
}

//! Colours: the palette's tokens and the grounds (look.md §2).

use serde::{Deserialize, Serialize};

use crate::show::frame::{Arcs, Floor, Glow, Point, Rgba, Scrim, Sun};

/// A vertical two-stop gradient: top, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gradient(pub Rgba, pub Rgba);

/// Tokens by what they mean, not by hue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

/// The background of one kind of moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sky {
    pub focus: Point,
    pub radii: Point,
    /// (colour, position 0 to 1), at most eight.
    pub stops: Vec<(Rgba, f32)>,
    #[serde(default)]
    pub glow: Option<Glow>,
    /// Hairlines; absent for none.
    #[serde(default)]
    pub arcs: Option<Arcs>,
    #[serde(default)]
    pub floor: Option<Floor>,
    /// Darkens the header's band.
    #[serde(default)]
    pub scrim: Option<Scrim>,
    #[serde(default)]
    pub sun: Option<Sun>,
}

/// Which ground: each is a field of [`Grounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// All of them, in the order of the fields.
    pub const fn all(&self) -> [&Sky; 21] {
        [
            &self.neutral,
            &self.right,
            &self.title,
            &self.slate,
            &self.risk,
            &self.win,
            &self.loss,
            &self.formula,
            &self.duel,
            &self.duel_right,
            &self.duel_wrong,
            &self.standings,
            &self.advance,
            &self.buzz_armed,
            &self.buzz_hit,
            &self.buzz_foul,
            &self.turn,
            &self.assignment,
            &self.interlude,
            &self.notary,
            &self.roll,
        ]
    }

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

//! What a layer is made of: a display list of plain, comparable parts in design pixels.
//!
//! A part carries its final colour, size and text, so equal content is equal pixels: a layer whose
//! content compares equal to the last one drawn is not drawn again, also across a theme reload.

use std::{borrow::Cow, sync::Arc};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::picture::Picture;
use crate::show::clip::ClipKey;

/// A colour in gamma-coded sRGB, each channel 0 to 1, alpha straight. Mixed in sRGB, as look.md's figures are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rgba {
    pub r: f32,
    pub g: f32,
    pub b: f32,
    pub a: f32,
}

impl Rgba {
    pub const CLEAR: Self = Self { r: 0.0, g: 0.0, b: 0.0, a: 0.0 };

    /// From 8-bit channels.
    pub fn rgb8(r: u8, g: u8, b: u8) -> Self {
        let f = |v: u8| f32::from(v) / 255.0;
        Self { r: f(r), g: f(g), b: f(b), a: 1.0 }
    }

    /// The same colour with its alpha multiplied by `alpha`.
    pub fn fade(self, alpha: f32) -> Self {
        Self { a: self.a * alpha, ..self }
    }

    /// Relative luminance (WCAG 2), 0 to 1, of the colour as if it were opaque.
    pub fn luminance(self) -> f32 {
        let linear = |c: f32| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// `self` at 0, `other` at 1, mixed in sRGB.
    pub fn mix(self, other: Self, t: f32) -> Self {
        let f = |a: f32, b: f32| a + (b - a) * t;
        Self { r: f(self.r, other.r), g: f(self.g, other.g), b: f(self.b, other.b), a: f(self.a, other.a) }
    }
}

/// Written `#RRGGBB` or `#RRGGBBAA`.
impl Serialize for Rgba {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let [r, g, b, a] = [self.r, self.g, self.b, self.a].map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
        serializer.collect_str(&format_args!("#{r:02X}{g:02X}{b:02X}{a:02X}"))
    }
}

impl<'de> Deserialize<'de> for Rgba {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let hex = text.strip_prefix('#').filter(|hex| hex.is_ascii() && matches!(hex.len(), 6 | 8));
        let value = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok().map(|value| (value, hex.len())));
        let Some((value, digits)) = value else {
            return Err(de::Error::custom(format!("\"{text}\" is no colour; write it as #RRGGBB or #RRGGBBAA")));
        };
        let value = if digits == 6 { value << 8 | 0xFF } else { value };
        let [r, g, b, a] = value.to_be_bytes();
        Ok(Self::rgb8(r, g, b).fade(f32::from(a) / 255.0))
    }
}

impl JsonSchema for Rgba {
    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A colour in sRGB: #RRGGBB, or #RRGGBBAA with alpha.",
            "type": "string",
            "pattern": "^#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$"
        })
    }
}

/// A point in design pixels (1080 lines high for TV), y down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

/// A rectangle in design pixels: left, top, width, height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
}

impl Rect {
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x, y, w, h }
    }

    /// The square round a disc.
    pub fn disc(centre: Point, radius: f32) -> Self {
        Self::new(centre.x - radius, centre.y - radius, 2.0 * radius, 2.0 * radius)
    }

    pub fn centre(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }

    /// Grown by `by` on every side.
    pub fn grow(&self, by: f32) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    /// The smallest that holds both.
    pub fn union(&self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let (right, bottom) = ((self.x + self.w).max(other.x + other.w), (self.y + self.h).max(other.y + other.h));
        Self::new(x, y, right - x, bottom - y)
    }

    /// Moved by `(dx, dy)`.
    pub fn shift(&self, dx: f32, dy: f32) -> Self {
        Self::new(self.x + dx, self.y + dy, self.w, self.h)
    }
}

/// How a plate or disc is filled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fill {
    None,
    Solid(Rgba),
    /// Top to bottom, mixed in sRGB.
    Vertical(Rgba, Rgba),
    /// Left to right; stops are (colour, position 0 to 1), mixed in sRGB.
    Horizontal(Vec<(Rgba, f32)>),
}

/// A border drawn inside the rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Border {
    pub width: f32,
    pub colour: Rgba,
}

/// A soft shadow straight below (light comes from above).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shadow {
    pub y: f32,
    pub blur: f32,
    pub colour: Rgba,
}

/// Which face sets a text. Han and mixed text is `Sans`; digit-only spans are `Numerals` (Barlow Condensed, tabular).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Face {
    Sans,
    Numerals,
}

/// How one line of text is set. Sizes in design px; tracking in em, also after the last glyph.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextStyle {
    pub face: Face,
    pub size: f32,
    pub weight: u16,
    pub tracking: f32,
    pub colour: Rgba,
}

/// Where a text's `x` lies on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Anchor {
    Start,
    Centre,
    End,
}

/// A baked sign, drawn as a signed distance field so that it is sharp at any size (look.md §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Icon {
    Check,
    Cross,
    Lock,
    Dash,
    Bang,
    Arrow,
    Times,
    Plus,
    Equals,
    Hourglass,
    Gavel,
    /// A chevron upwards and downwards: a rank gained or lost.
    Up,
    Down,
    Play,
}

/// One countdown or result ring: dark well, track, lit arc with a head, ticks (look.md §7 "Ring").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RingPart {
    pub centre: Point,
    /// To the outer edge of the stroke.
    pub radius: f32,
    pub stroke: f32,
    /// The well reaches `rim` px beyond the stroke.
    pub rim: f32,
    /// Well gradient, top and bottom.
    pub well: (Rgba, Rgba),
    pub track: Rgba,
    pub lit: Rgba,
    /// Lit part from 12 o'clock clockwise, 0 to 1; the arc that is lit is the time left.
    pub sweep: f32,
    /// A disc with a hole at the arc's end.
    pub head: bool,
    /// Number of ticks inside the stroke; 0 for none. Ticks within the sweep are full, others `.35`.
    pub ticks: u16,
    pub tick: Rgba,
    /// Dashed arc (paused, under review): number of dashes in a full turn, 0 for solid.
    pub dashes: u16,
}

impl RingPart {
    /// A ring that tells no time: nothing of it is seen but what is set besides.
    pub const fn plain(centre: Point, radius: f32, stroke: f32) -> Self {
        const CLEAR: Rgba = Rgba::CLEAR;
        Self {
            centre,
            radius,
            stroke,
            rim: 0.0,
            well: (CLEAR, CLEAR),
            track: CLEAR,
            lit: CLEAR,
            sweep: 0.0,
            head: false,
            ticks: 0,
            tick: CLEAR,
            dashes: 0,
        }
    }
}

/// The ground: radial tone, hairline arcs, floor, horizon and header scrim, drawn with a static dither (look.md §2, §8).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SkyPart {
    pub rect: Rect,
    pub focus: Point,
    /// Ellipse radii of the tone.
    pub radii: Point,
    /// Up to eight (colour, position 0 to 1).
    pub stops: Vec<(Rgba, f32)>,
    /// Beams from the focus.
    pub rays: Option<Rays>,
    /// A soft light over the tone.
    pub glow: Option<Glow>,
    /// Hairlines concentric with what matters now.
    pub arcs: Option<Arcs>,
    /// Floor disc: colour and its top edge; the radius is six canvas widths.
    pub floor: Option<Floor>,
    /// Header scrim: colour, alpha at the top, alpha half way, height.
    pub scrim: Option<Scrim>,
    /// A rising sun: centre, radius, colour, ring radii.
    pub sun: Option<Sun>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arcs {
    pub centre: Point,
    /// Inner to outer; 0 for none.
    pub radii: [f32; 8],
    pub width: f32,
    /// Colours of the innermost and the outermost, blended in sRGB.
    pub inner: Rgba,
    pub outer: Rgba,
}

/// Beams of ten degrees, every second one lit, that fade into `rim` outwards.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rays {
    pub beam: Rgba,
    pub rim: Rgba,
}

/// Full colour at the centre, nothing at `radius`; blended in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glow {
    pub centre: Point,
    pub radius: f32,
    pub colour: Rgba,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Floor {
    pub top: f32,
    pub radius: f32,
    pub colour: Rgba,
    pub horizon: Rgba,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scrim {
    pub colour: Rgba,
    pub top: f32,
    pub middle: f32,
    pub height: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sun {
    pub centre: Point,
    pub radius: f32,
    pub top: Rgba,
    pub bottom: Rgba,
    /// Radii and widths of two hairlines round it.
    pub rings: [(f32, f32); 2],
    pub ring: Rgba,
}

/// Light that moves over the ground: hairlines, or else a sun, hidden by the floor they rise from. It is laid over, not mixed
/// in as a sky's own are: its alphas are those of linear blending.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LightPart {
    /// What it may reach, and what the floor spans.
    pub rect: Rect,
    pub ground: Rect,
    /// Of the hairlines: their centre, width, and up to eight (radius, colour).
    pub centre: Point,
    pub width: f32,
    pub arcs: Vec<(f32, Rgba)>,
    pub sun: Option<Sun>,
    /// What covers them; its colours' alphas alone matter.
    pub floor: Option<Floor>,
}

/// One thing to draw; later parts lie above earlier ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// A rounded plate. `radii` are top left, top right, bottom right, bottom left; `turn` in degrees about its centre.
    Plate {
        rect: Rect,
        radii: [f32; 4],
        fill: Fill,
        border: Option<Border>,
        shadow: Option<Shadow>,
        turn: f32,
    },
    /// One line of text, never wrapped: `at.y` is the top of a line box `line` px high.
    Text {
        at: Point,
        line: f32,
        anchor: Anchor,
        text: String,
        style: TextStyle,
    },
    Icon {
        rect: Rect,
        icon: Icon,
        colour: Rgba,
    },
    Ring(RingPart),
    Sky(SkyPart),
    /// A picture of the theme: what of it (`crop`, its own px) fills `rect`.
    Picture {
        rect: Rect,
        picture: Arc<Picture>,
        crop: Rect,
        alpha: f32,
    },
    Light(LightPart),
    /// A picture of a film: what of it (`crop`, its own px) fills `rect`. The frame says which; the pixels are the stage's to
    /// get, so that a frame stays small and comparable.
    Video {
        rect: Rect,
        clip: ClipKey,
        /// Counted from 0.
        picture: u32,
        crop: Rect,
        /// Of its corners.
        radius: f32,
        alpha: f32,
    },
}

//! Layers: what is on each, and where it lies. Content decides pixels, placement never redraws them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::part::{Part, Rect};

/// Bottom to top: the order in which layers are composited (look.md §4, z).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LayerKind {
    Backdrop,
    /// Hairlines round what matters now, and the sun: light over the ground that moves by itself.
    Arcs,
    Sun,
    Plate,
    Slate,
    Header,
    Card,
    Option,
    Panel,
    Seat,
    Coin,
    Ring,
    Strip,
    Cell,
    ActiveCell,
    Chip,
    LowerThird,
    Badge,
    Mark,
}

impl LayerKind {
    /// Whether it belongs to the ground, which dissolves by itself.
    pub const fn is_ground(self) -> bool {
        matches!(self, Self::Backdrop | Self::Arcs | Self::Sun)
    }
}

/// Which layer this is, stable from frame to frame. `entry` tells the occupant on its way in from the one on its
/// way out: it is the `seq` of the event that brought it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LayerKey {
    pub kind: LayerKind,
    pub entry: u64,
    pub index: u16,
}

/// A layer's pixels, as data. Parts are in the layer's own design pixels, origin at its top left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Width and height in design px, shadows included. Nothing is drawn beyond.
    pub size: (f32, f32),
    /// True when every pixel of the layer is covered with alpha 1: it is copied, not blended.
    pub opaque: bool,
    pub parts: Vec<Part>,
}

/// Where and how the layer lies on the program in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Placement {
    /// Top left of the unscaled layer in the output's design px.
    pub x: f32,
    pub y: f32,
    /// Scale about the layer's centre; (1, 1) is pixel-exact.
    pub scale: (f32, f32),
    /// 0 to 1, over the whole layer.
    pub opacity: f32,
    /// A wipe: only this rectangle of the layer (its own design px) is seen.
    pub clip: Option<Rect>,
}

impl Placement {
    pub const fn at(x: f32, y: f32) -> Self {
        Self { x, y, scale: (1.0, 1.0), opacity: 1.0, clip: None }
    }

    pub fn faded(self, opacity: f32) -> Self {
        Self { opacity: self.opacity * opacity, ..self }
    }

    pub fn moved(self, dx: f32, dy: f32) -> Self {
        Self { x: self.x + dx, y: self.y + dy, ..self }
    }

    pub fn scaled(self, sx: f32, sy: f32) -> Self {
        Self { scale: (self.scale.0 * sx, self.scale.1 * sy), ..self }
    }
}

/// One layer of one frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    pub key: LayerKey,
    pub content: Arc<Content>,
    pub placement: Placement,
}

/// The whole picture of one output at one instant, as data; layers bottom to top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// The output's raster in physical pixels.
    pub raster: (u32, u32),
    /// Physical px per design px.
    pub scale: f32,
    /// Where design (0, 0) lies on the raster, in physical px (rasters of another shape are centred).
    pub offset: (f32, f32),
    pub layers: Vec<Layer>,
}

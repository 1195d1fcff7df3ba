//! The picture as data: `compose` turns a show, a theme, an output and an instant into a [`Frame`].

mod layer;
mod part;

pub use layer::{Content, Frame, Layer, LayerKey, LayerKind, Placement};
pub use part::{
    Anchor, Arcs, Border, Face, Fill, Floor, Icon, Part, Point, Rect, Rgba, RingPart, Scrim, Shadow, SkyPart, Sun,
    TextStyle,
};

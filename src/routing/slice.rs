//! Slices: rectangles of the composed raster that lie elsewhere, and maybe turned, on the raster that leaves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rectangle of the composed raster and where its top left corner comes to lie once it is turned. Never scaled.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Slice {
    /// What the geometry card writes into it; without one its number from 1.
    pub name: Option<String>,
    /// Left, top, width, height on the composed raster, physical px.
    pub from: (u32, u32, u32, u32),
    /// Left, top on the raster that leaves, physical px.
    pub to: (u32, u32),
    pub turn: Turn,
}

/// Quarter turns, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    #[default]
    Upright,
    Right,
    Half,
    Left,
}

impl Turn {
    pub const ALL: [Self; 4] = [Self::Upright, Self::Right, Self::Half, Self::Left];

    /// Clockwise: 0, 90, 180, 270.
    pub const fn degrees(self) -> u16 {
        match self {
            Self::Upright => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }

    /// Width and height once turned.
    pub const fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        match self {
            Self::Upright | Self::Half => (width, height),
            Self::Right | Self::Left => (height, width),
        }
    }

    /// Where a pixel of a `size` rectangle (as it was) comes to lie within the turned one.
    pub const fn place(self, (width, height): (u32, u32), (x, y): (u32, u32)) -> (u32, u32) {
        match self {
            Self::Upright => (x, y),
            Self::Right => (height - 1 - y, x),
            Self::Half => (width - 1 - x, height - 1 - y),
            Self::Left => (y, width - 1 - x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_moves_the_corners_round_clockwise() {
        let (size, corner) = ((3, 2), (0, 0));
        let to = Turn::ALL.map(|turn| (turn.size(size), turn.place(size, corner)));
        assert_eq!(to, [((3, 2), (0, 0)), ((2, 3), (1, 0)), ((3, 2), (2, 1)), ((2, 3), (0, 2))]);
    }
}

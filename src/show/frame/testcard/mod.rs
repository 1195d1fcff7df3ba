//! Test cards: what engineers put on an output to set it up, in the raster's own pixels, one design px each.
//!
//! A card says which output it is, how large and how fast, and what time it is; everything else on it is still.

mod bars;
mod desk;
mod grid;
mod plate;
mod ramps;
mod safe;
mod slices;
mod sync;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Class, Frame, Rect, Typeset};
use crate::show::{rate::Rate, time::Instant};
use desk::Desk;

/// Which card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TestCard {
    /// Lines with pixel numbers, circles, the outermost pixels, patches of single lines: geometry and scaling.
    Grid,
    /// Every slice with its number, its name and where it goes.
    Slices,
    /// Colour bars of 100 % and 75 %, a staircase of greys, steps near black and near white.
    Bars,
    /// Every 8-bit step of grey, red, green and blue, and of alpha where the picture has it.
    Ramps,
    /// Action safe, title safe, and what the theme keeps to.
    SafeAreas,
    /// A mark that crosses the centre and a flash of one frame at each whole second.
    Sync,
}

impl TestCard {
    pub const ALL: [Self; 6] = [Self::Grid, Self::Slices, Self::Bars, Self::Ramps, Self::SafeAreas, Self::Sync];

    /// As the command line and the outputs file spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Slices => "slices",
            Self::Bars => "bars",
            Self::Ramps => "ramps",
            Self::SafeAreas => "safe_areas",
            Self::Sync => "sync",
        }
    }
}

/// Which output a card is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Ident {
    /// What the operator calls it.
    pub name: String,
    pub class: Class,
    /// Physical px, as composed: before slices are cut.
    pub raster: (u32, u32),
    pub rate: Rate,
    /// What the theme keeps its texts within, on the class's canvas.
    pub safe: Rect,
    /// Without any the raster goes out as it is.
    pub slices: Vec<CardSlice>,
}

/// One slice of the raster, in physical px.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardSlice {
    /// Without one its number alone is written.
    pub name: Option<String>,
    /// Left, top, width, height on the composed raster.
    pub from: (u32, u32, u32, u32),
    /// Left, top on the raster that leaves.
    pub to: (u32, u32),
    /// Clockwise, degrees: 0, 90, 180, 270.
    pub turn: u16,
}

/// The words on cards, in the operator's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardWords {
    /// In the order of [`TestCard::ALL`].
    pub cards: [String; 6],
    /// In the order of [`Class::ALL`].
    pub classes: [String; 4],
    /// Before the number of the day's frame.
    pub frame: String,
    /// Before where a slice comes from and where it goes.
    pub from: String,
    pub to: String,
    /// Before by how many degrees it is turned clockwise.
    pub turn: String,
    /// Of 93 % and of 90 %; of the theme.
    pub action_safe: String,
    pub title_safe: String,
    pub theme_safe: String,
    /// White, yellow, cyan, green, magenta, red, blue, black.
    pub colours: [String; 8],
    pub grey: String,
    pub near_black: String,
    pub near_white: String,
    pub alpha: String,
}

/// The card at one instant; `now` is show time. Its pixels are the raster's: the frame's scale is 1.
pub fn compose_card(card: TestCard, ident: &Ident, words: &CardWords, set: &dyn Typeset, now: Instant) -> Frame {
    let mut desk = Desk::new(ident, words, set);
    match card {
        TestCard::Grid => grid::draw(&mut desk),
        TestCard::Slices => slices::draw(&mut desk),
        TestCard::Bars => bars::draw(&mut desk),
        TestCard::Ramps => ramps::draw(&mut desk),
        TestCard::SafeAreas => safe::draw(&mut desk),
        TestCard::Sync => sync::draw(&mut desk, now),
    }
    plate::draw(&mut desk, card, now);
    Frame { raster: ident.raster, scale: 1.0, offset: (0.0, 0.0), layers: desk.layers }
}

#[cfg(test)]
mod tests;

//! Routing: which pictures leave the program, how large, at which rate, and where to: `outputs.ron` as data.
//!
//! An output is composed at its raster ([`Route::raster`]), then cut and folded as its processor wants it
//! ([`Route::slices`]), then given the look that its receiver mixes with ([`Route::look`]), and goes to its place.
//! What is in this room is plain data: no file is read, no window opened.

mod check;
mod delivery;
mod error;
mod here;
mod place;
mod places;
mod read;
mod slice;

pub use check::check;
pub use delivery::{Blit, Delivery};
pub use error::{Flaw, RouteError};
pub use here::{Bound, Here, assign};
pub use place::{Display, Encoder, Place, Wire};
pub use read::{EXAMPLE, read, write};
pub use slice::{Slice, Turn};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::{
    frame::{Class, Lang, Rgba},
    rate::Rate,
};

/// All outputs, in the order of the file; the first is the program that the desk looks at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Routes {
    pub outputs: Vec<Route>,
}

/// One output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Route {
    /// What the operator calls it; no two are called the same.
    pub name: String,
    pub class: Class,
    /// Composed so large, physical px: each side 16 to 7680 wide, 16 to 4320 high.
    pub raster: (u32, u32),
    pub rate: Rate,
    /// A theme of its own: a name, a folder or a theme.ron.
    pub theme: Option<String>,
    /// A language of its own for the words on the picture.
    pub lang: Option<Lang>,
    /// How a processor that folds a wide canvas wants it; without any the raster goes out as it is.
    pub slices: Option<Fold>,
    pub look: Look,
    /// Frame number and timecode are burnt in, for rehearsals and measurements.
    pub burn: bool,
    /// The sound that goes with it is this much later than the picture, ms; negative is earlier.
    pub audio_delay_ms: i32,
    pub place: Place,
}

impl Default for Route {
    fn default() -> Self {
        Self {
            name: String::new(),
            class: Class::Tv,
            raster: (1920, 1080),
            rate: Rate::HZ_50,
            theme: None,
            lang: None,
            slices: None,
            look: Look::default(),
            burn: false,
            audio_delay_ms: 0,
            place: Place::default(),
        }
    }
}

/// The raster that leaves, and which parts of the composed one lie where on it; what no slice covers is black.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fold {
    /// Physical px.
    pub raster: (u32, u32),
    pub slices: Vec<Slice>,
}

/// What the receiver mixes with: fill and key of the picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The colours as they are; alpha beside them where the place takes it. Of an opaque picture the picture itself.
    #[default]
    Straight,
    /// Colours already multiplied by alpha, in coded values as keyers do.
    Premultiplied,
    /// Alpha alone, as an opaque picture in grey.
    Key,
    /// Fill (premultiplied) on the left, key on the right: twice as wide.
    FillAndKey,
    /// Over one colour, where nothing else will do.
    Over(Rgba),
}

#[cfg(test)]
mod tests;

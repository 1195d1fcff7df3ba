//! A theme: every colour, size, duration, place, sound and word that reaches the air, typed. The files are RON.

mod cue_times;
mod ground;
mod labels;
mod labels_slate;
mod layout;
mod layout_award;
mod layout_buzz;
mod layout_slate;
mod layout_tab;
mod monitor;
mod motion;
mod motion_beat;
mod motion_reduced;
mod motion_tab;
mod palette;
pub mod reference;
mod sounds;
mod sounds_check;
pub mod source;
mod typography;
mod validate;
mod voice;

pub use ground::{
    ArcsPlace, FloorPlace, GlowPlace, Ground, Grounds, Light, PicturePlace, ScrimPlace, Sky, SunPlace, ToneName,
};
pub use labels::{Labels, Words};
pub use labels_slate::SlateWords;
pub use layout::*;
pub use layout_award::*;
pub use layout_buzz::*;
pub use layout_slate::*;
pub use layout_tab::*;
pub use monitor::{Monitor, MonitorWords};
pub use motion::{Curves, Motion, Ms};
pub use motion_beat::BeatMotion;
pub use motion_tab::TabMotion;
pub use palette::{Gradient, Palette, SkyColours, Tone, Tones};
pub use sounds::{ApplauseTimes, Bed, CueSound, Duck, Ducks, Sounds};
pub use typography::{Role, Step, Typography};
pub use validate::Fault;
pub use voice::{Air, Crowd, Grain, Mode, Note, Score, Skin, Strokes, Voice};

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::{Class, Picture};

/// A theme: one look in a layout for each class.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// As the operator sees it.
    pub name: String,
    // Boxed: a look is large, and is moved about while it is read.
    pub wall: Box<Look>,
    pub tv: Box<Look>,
    pub stream: Box<Look>,
    pub confidence: Box<Look>,
}

impl Theme {
    pub fn of(&self, class: Class) -> &Look {
        match class {
            Class::Wall => &self.wall,
            Class::Tv => &self.tv,
            Class::Stream => &self.stream,
            Class::Confidence => &self.confidence,
        }
    }

    /// What decides the sounds: all outputs share one sound.
    pub fn programme(&self) -> &Look {
        &self.tv
    }
}

/// How one class of output looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Look {
    pub palette: Palette,
    pub grounds: Grounds,
    pub typography: Typography,
    pub motion: Motion,
    pub layout: Layout,
    pub monitor: Monitor,
    pub sounds: Sounds,
    pub labels: Labels,
    pub flags: Flags,
    /// The pictures that the grounds name, decoded by whoever read the theme.
    #[serde(skip)]
    pub pictures: BTreeMap<String, Arc<Picture>>,
}

/// Switches of a show's own taste.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flags {
    /// Nothing slides, grows or pulses; what changes cross-fades. Countdowns run.
    pub reduced_motion: bool,
    /// Tables and awards without places: the order alone speaks.
    pub ranks_hidden: bool,
}

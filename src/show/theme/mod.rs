//! A theme: every colour, size, duration, place, sound and word that reaches the air, typed. The files are RON.

mod cue_times;
mod labels;
mod labels_slate;
mod layout;
mod layout_award;
mod layout_buzz;
mod layout_slate;
mod layout_tab;
mod motion;
mod motion_beat;
mod motion_reduced;
mod motion_tab;
mod palette;
mod sounds;
mod typography;
mod validate;

pub use labels::{Labels, Words};
pub use labels_slate::SlateWords;
pub use layout::*;
pub use layout_award::*;
pub use layout_buzz::*;
pub use layout_slate::*;
pub use layout_tab::*;
pub use motion::{Curves, Motion, Ms};
pub use motion_beat::BeatMotion;
pub use motion_tab::TabMotion;
pub use palette::{Gradient, Ground, Grounds, Palette, Sky};
pub use sounds::{CueSound, Sounds};
pub use typography::{Role, Step, Typography};

use serde::{Deserialize, Serialize};

/// One look, for one output class (wall and stream layouts join it as fields of their own).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// As the operator sees it.
    pub name: String,
    pub palette: Palette,
    pub grounds: Grounds,
    pub typography: Typography,
    pub motion: Motion,
    pub layout: Layout,
    pub sounds: Sounds,
    pub labels: Labels,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_theme_reads() {
        let text = include_str!("../../../themes/qingkong/theme.ron");
        let theme: super::Theme = ron::from_str(text).unwrap();
        assert_eq!(theme.name, "晴空");
    }
}

//! The console's panels by name, and how they share the window: what a key can ask for and a settings file can keep.

use serde::{Deserialize, Serialize};

macro_rules! panels {
    ($($(#[$doc:meta])* $panel:ident = $word:literal,)+) => {
        /// One panel of the console.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Panel {
            $($(#[$doc])* $panel,)+
        }

        impl Panel {
            /// Each once.
            pub const ALL: &[Self] = &[$(Self::$panel),+];

            /// Its heading's key in the locales.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$panel => $word,)+
                }
            }
        }
    };
}

panels! {
    /// What the hall sees.
    Program = "console-program",
    /// What Hold, a load or another theme is about to put on air.
    Preview = "console-preview",
    /// What the coming events will do.
    Next = "console-next",
    /// Teams, scores, and where they come from.
    State = "console-state",
    Question = "console-question",
    Countdown = "console-countdown",
    /// Every event.
    Log = "console-log",
    Problems = "console-problems",
    /// The connection.
    Feed = "console-feed",
    Audio = "console-audio",
    Outputs = "console-outputs",
    /// Theme and language.
    Look = "console-look",
    /// The tape's time.
    Transport = "console-transport",
    /// The tape, edited.
    Edit = "console-edit",
    /// Hold and take, black, logo, freeze, clear.
    Air = "console-air",
    /// What the desk says itself when the feed is dead.
    Fallback = "console-fallback",
}

/// A part of the window. As RON `row([(0.5, tabs(program, [program])), …])`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Panels one behind the other, the first named in front.
    Tabs(Panel, Vec<Panel>),
    /// Side by side, with their shares.
    Row(Vec<(f32, Layout)>),
    /// One below the other, with their shares.
    Column(Vec<(f32, Layout)>),
}

impl Layout {
    /// As the console opens for an operator who has not arranged it.
    pub fn built_in(is_live: bool) -> Self {
        use Panel::{
            Air, Audio, Countdown, Edit, Fallback, Feed, Log, Look, Next, Outputs, Preview, Problems, Program,
            Question, State, Transport,
        };
        let work = if is_live { Fallback } else { Transport };
        Self::Row(vec![
            (
                0.49,
                Self::Column(vec![
                    (0.49, Self::Tabs(Program, vec![Program])),
                    (0.51, Self::Tabs(work, vec![Transport, Edit, Fallback, Audio])),
                ]),
            ),
            (
                0.245,
                Self::Column(vec![
                    (0.53, Self::Tabs(Next, vec![Next, Preview])),
                    (0.47, Self::Tabs(State, vec![State, Question, Countdown])),
                ]),
            ),
            (
                0.265,
                Self::Column(vec![
                    (0.53, Self::Tabs(Air, vec![Air, Feed, Outputs, Look])),
                    (0.47, Self::Tabs(Problems, vec![Problems, Log])),
                ]),
            ),
        ])
    }

    /// The panels in it, in reading order.
    pub fn panels(&self) -> Vec<Panel> {
        match self {
            Self::Tabs(_, panels) => panels.clone(),
            Self::Row(parts) | Self::Column(parts) => parts.iter().flat_map(|(_, part)| part.panels()).collect(),
        }
    }

    /// Whether each panel is there once, and every share is one.
    pub fn is_whole(&self) -> bool {
        fn shares(layout: &Layout) -> bool {
            match layout {
                Layout::Tabs(front, panels) => panels.contains(front),
                Layout::Row(parts) | Layout::Column(parts) => {
                    !parts.is_empty()
                        && parts.iter().all(|(share, part)| share.is_finite() && *share > 0.0 && shares(part))
                }
            }
        }
        let mut panels = self.panels();
        panels.sort_unstable();
        panels == Panel::ALL && shares(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_has_its_place_in_the_layouts_that_are_built_in() {
        for is_live in [false, true] {
            let layout = Layout::built_in(is_live);
            assert!(layout.is_whole(), "{:?}", layout.panels());
            let text = ron::to_string(&layout).unwrap();
            assert_eq!(ron::from_str::<Layout>(&text).unwrap(), layout);
        }
        assert!(!Layout::Tabs(Panel::Log, vec![Panel::Log]).is_whole());
    }
}

//! The sounds of a show as plain data: which cue, which occurrence of it, at which instant, how loud.
//!
//! A cue is derived from the state like the picture is; what it sounds like lives in `sound::synth`, when it is heard
//! is `sound`'s business, and nothing here knows samples or devices.

use serde::{Deserialize, Serialize};

use super::time::Instant;

/// One sound of the package, named for the moment it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// One second of a running clock.
    Tick,
    /// One of the last seconds of a clock.
    Beep,
    /// The very last second of a clock.
    BeepLast,
    /// The gong: time is up.
    TimeUp,
    /// An answer is locked in.
    Lock,
    /// The answer is right.
    Correct,
    /// The answer is wrong: low and soft, never a buzzer.
    Wrong,
    /// Something comes to light: a card, a row of the standings, a page.
    Reveal,
    /// The result stands: the strike under a number.
    Hit,
    /// One coin or one seat turns over.
    Flip,
    /// One step of a number that counts.
    Count,
    /// A clock starts.
    Go,
    /// The drum roll before a reveal.
    Roll,
    /// A neutral notice: a correction, the judges confer.
    Chime,
    /// A question of the speed round was right.
    Pip,
    /// A question of the speed round was wrong: the same voice, lower.
    PipWrong,
    /// Pressed too early.
    Foul,
    /// A team was first at the buzzer: its own tone, and all else is cut.
    Buzzer,
    /// A big loss: the depth under the wrong.
    Loss,
    /// A row of the standings comes on.
    Row,
    /// The hall is invited to applaud.
    Applause,
    /// The last of those who advance is known.
    Fanfare,
    /// The title card.
    Sting,
    /// One bar of the music under a slate.
    Bed,
    /// A second of the moving test card: where its mark stands in the middle.
    Sync,
}

/// Sounds that are made louder and softer together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stem {
    /// A clock must be heard whatever plays.
    Clock,
    Effects,
    Bed,
}

impl Cue {
    /// How many cues there are.
    pub const COUNT: usize = 25;

    /// Every cue once, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Tick,
        Self::Beep,
        Self::BeepLast,
        Self::TimeUp,
        Self::Lock,
        Self::Correct,
        Self::Wrong,
        Self::Reveal,
        Self::Hit,
        Self::Flip,
        Self::Count,
        Self::Go,
        Self::Roll,
        Self::Chime,
        Self::Pip,
        Self::PipWrong,
        Self::Foul,
        Self::Buzzer,
        Self::Loss,
        Self::Row,
        Self::Applause,
        Self::Fanfare,
        Self::Sting,
        Self::Bed,
        Self::Sync,
    ];

    /// The name a theme and a message use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tick => "tick",
            Self::Beep => "beep",
            Self::BeepLast => "beep_last",
            Self::TimeUp => "time_up",
            Self::Lock => "lock",
            Self::Correct => "correct",
            Self::Wrong => "wrong",
            Self::Reveal => "reveal",
            Self::Hit => "hit",
            Self::Flip => "flip",
            Self::Count => "count",
            Self::Go => "go",
            Self::Roll => "roll",
            Self::Chime => "chime",
            Self::Pip => "pip",
            Self::PipWrong => "pip_wrong",
            Self::Foul => "foul",
            Self::Buzzer => "buzzer",
            Self::Loss => "loss",
            Self::Row => "row",
            Self::Applause => "applause",
            Self::Fanfare => "fanfare",
            Self::Sting => "sting",
            Self::Bed => "bed",
            Self::Sync => "sync",
        }
    }

    /// The cue of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cue| cue.name() == name)
    }

    /// Whether it sounds the same in every theme, which has no say in it: what things are measured with.
    pub const fn is_built_in(self) -> bool {
        matches!(self, Self::Sync)
    }

    /// The cues that themes make.
    pub fn themed() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|cue| !cue.is_built_in())
    }

    /// What it is made louder and softer with.
    pub const fn stem(self) -> Stem {
        match self {
            Self::Tick | Self::Beep | Self::BeepLast | Self::TimeUp | Self::Go | Self::Sync => Stem::Clock,
            Self::Bed => Stem::Bed,
            _ => Stem::Effects,
        }
    }

    /// The cue's place in [`Self::ALL`], for tables.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What makes one occurrence of a cue itself: the same key is the same sound, heard at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CueKey {
    /// `seq` of the event it follows from (the countdown's start, the verdict).
    pub seq: u64,
    /// Which sound.
    pub cue: Cue,
    /// Which of several from the same event: the second of the clock, the coin, the step.
    pub n: u32,
}

/// One sound at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScheduledCue {
    /// Which occurrence.
    pub key: CueKey,
    /// Which sound.
    pub cue: Cue,
    /// When its first sample is heard, µs on the server's clock.
    pub at_us: Instant,
    /// Which of the cue's variants, counted from 0: the team's tone, the step of a count, the bar. A cue that has fewer
    /// begins again from the first.
    pub variant: u32,
    /// Gain the theme gives this occurrence, dB; 0 leaves the recipe's own loudness.
    pub gain_db: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cue_is_in_its_place_and_found_by_its_name() {
        for (index, cue) in Cue::ALL.into_iter().enumerate() {
            assert_eq!(cue.index(), index);
            assert_eq!(Cue::from_name(cue.name()), Some(cue));
        }
        assert_eq!(Cue::from_name("buzz"), None);
    }
}

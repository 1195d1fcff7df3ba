//! What is on air: one scene, and those still on their way out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Core, Shared};

/// A full composition. Which event brings which on is decided in one table, `reduce::scene`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scene {
    /// Ground only: nothing configured yet.
    #[default]
    Ground,
    /// Between questions: round, team on turn, strip.
    Idle,
    Slate,
    Card,
    /// Values hidden and revealed.
    Risk,
    /// One team's big gain or loss (−40).
    Moment,
    /// The speed round running.
    Rush,
    /// Its formula.
    Formula,
    /// The audience's seats and what they pay.
    Duel,
    Buzzer,
    /// A directed edge: who answers for whom.
    Assignment,
    Draw,
    Standings,
    /// One team's weighted total, taken apart.
    Total,
    Advance,
    Award,
    /// A clip: its slate, until it is drawn.
    Media,
}

/// The scene on air, and the scenes it replaced as long as they may still be seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Program {
    pub scene: Scene,
    /// When it came on, and the event that brought it: its layers' identity.
    pub since: i64,
    pub seq: u64,
    /// Oldest first. Bounded: what left more than [`Program::LEAVING_US`] before the newest event is gone.
    pub departed: Vec<Departed>,
}

impl Program {
    /// No theme's exit may last longer.
    pub const LEAVING_US: i64 = 3_000_000;
    /// Scenes that can leave at once.
    pub const LEAVING_MOST: usize = 4;
}

/// A scene on its way out with the facts it left with: it goes on showing those, whatever comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Departed {
    pub scene: Scene,
    pub since: i64,
    pub seq: u64,
    /// When it was taken off.
    pub left_at: i64,
    pub core: Shared<Core>,
}

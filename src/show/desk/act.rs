//! What the operator may do to the program, as it stands on the tape.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::show::{
    protocol::{Event, ProtocolError},
    state::{Scene, Show},
    time::Instant,
};

/// What the desk says itself is numbered from here on: above any `seq` of a feed, and exact as a JSON number.
pub const SAID_FROM: u64 = 1 << 52;

/// One act of the operator, in its place among the feed's events.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskAct {
    /// 1, 2, 3… within a tape.
    pub n: u64,
    /// When it was done, µs on the server's clock.
    pub at: Instant,
    /// The feed's epoch then; empty before its first event.
    #[serde(default)]
    pub epoch: String,
    /// The feed's last event then: the act is folded right behind it.
    #[serde(default)]
    pub after: u64,
    #[serde(flatten)]
    pub act: Act,
}

/// What the operator does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "acts are few; a box would only stand in the reader's way")]
pub enum Act {
    /// The program stays; the feed's events queue.
    Hold,
    /// Held events up to and with this `seq` go on air, in their order; the rest stays held.
    Take { through: u64 },
    /// All that is held goes on air, and what comes goes on air at once.
    Follow,
    /// Black, the logo, or neither over the program, whose state goes on underneath.
    Curtain { curtain: Option<Curtain> },
    /// The program stands still as it is, or moves on with its show.
    Freeze { on: bool },
    /// What is on air in this group now is taken off until something new comes on in it.
    Clear { group: Group },
    /// What was cleared is on again.
    Restore { group: Group },
    /// The rehearsal mark (彩排) on every output.
    Mark { on: bool },
    /// An event that the feed did not send.
    Say(Say),
    /// The program is the feed's again, whole; what the desk said is gone from it.
    Reconcile,
}

impl Act {
    /// As the tape spells it, with the desk's own prefix.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hold => "desk.hold",
            Self::Take { .. } => "desk.take",
            Self::Follow => "desk.follow",
            Self::Curtain { .. } => "desk.curtain",
            Self::Freeze { .. } => "desk.freeze",
            Self::Clear { .. } => "desk.clear",
            Self::Restore { .. } => "desk.restore",
            Self::Mark { .. } => "desk.mark",
            Self::Say(_) => "desk.say",
            Self::Reconcile => "desk.reconcile",
        }
    }

    /// Whether the program may be another one after it, with a past that was not heard.
    pub const fn jumps(&self) -> bool {
        matches!(self, Self::Reconcile)
    }
}

/// What hides the whole program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Curtain {
    Black,
    Logo,
}

/// Layers that are cleared together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Everything but the ground.
    All,
    /// The scene that is on: card, slate, table, reveal.
    Scene,
    /// The ring.
    Countdown,
    LowerThird,
    /// Scores and header.
    Strip,
}

impl Group {
    /// As commands and tapes spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Scene => "scene",
            Self::Countdown => "countdown",
            Self::LowerThird => "lower_third",
            Self::Strip => "strip",
        }
    }

    /// The groups that are cleared and restored with it.
    pub const fn each(&self) -> &[Self] {
        match self {
            Self::All => &[Self::Scene, Self::Countdown, Self::LowerThird, Self::Strip],
            _ => std::slice::from_ref(self),
        }
    }

    /// Names what is on air in this group: another name is something new, which is seen.
    fn occupant(self, show: &Show) -> u64 {
        match self {
            Self::All | Self::Scene => show.program.seq,
            Self::Countdown => show.core.clock.as_ref().map_or(0, |clock| clock.armed_at.unsigned_abs()),
            Self::LowerThird => show.core.lower_third.as_ref().map_or(0, |name| name.seq),
            // It changes its figures, not its occupant: off until it is restored.
            Self::Strip => 0,
        }
    }
}

/// A group that was cleared, with what was on in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleared {
    pub group: Group,
    occupant: u64,
    /// Whether a scene was on; without one there is nothing that a new scene would take the place of.
    scene: Scene,
}

impl Cleared {
    pub(super) fn of(group: Group, show: &Show) -> Self {
        Self { group, occupant: group.occupant(show), scene: show.program.scene }
    }

    /// Whether what was cleared is still what is on.
    pub fn holds(&self, show: &Show) -> bool {
        self.occupant == self.group.occupant(show)
            && (self.scene == show.program.scene || !matches!(self.group, Group::All | Group::Scene))
    }
}

/// An event of the desk: `type` and `data` as in the protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct Say {
    pub event: Event,
    /// The feed's event that it corrects.
    pub corrects: Option<u64>,
}

/// As it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    event: String,
    data: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    corrects: Option<u64>,
}

impl Say {
    /// From an event's name and its data.
    ///
    /// # Errors
    /// As for an event of the feed: an unknown type, a field that does not fit, a text that is too long.
    pub fn parse(event: &str, data: Value, corrects: Option<u64>) -> Result<Self, ProtocolError> {
        Ok(Self { event: Event::checked(event, data)?, corrects })
    }
}

impl Serialize for Say {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let data = self.event.to_data().map_err(serde::ser::Error::custom)?;
        Written { event: self.event.name().to_owned(), data, corrects: self.corrects }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Say {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { event, data, corrects } = Written::deserialize(deserializer)?;
        Self::parse(&event, data, corrects).map_err(serde::de::Error::custom)
    }
}

//! The order of work within one frame.

use bevy::prelude::SystemSet;

/// The phases of one frame, chained in this order by the app. Each only reads what an earlier one wrote.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The feed's channel is drained, the operator's commands and theme edits are taken.
    Receive,
    /// Time passes and the events fold into the show.
    Reduce,
    /// Each output's frame is composed, as plain data.
    Compose,
    /// Layers whose content changed are drawn.
    Draw,
    /// The damage is composited into each output's program texture.
    Composite,
    /// The cues that fall due are scheduled at their instants.
    Sound,
    /// Pixels that someone wants are handed out.
    Capture,
}

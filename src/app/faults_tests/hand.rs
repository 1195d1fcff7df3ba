//! A hand at the desk, drawn from a seed: it does at any time what an operator may do.

use serde_json::json;

use crate::show::desk::{Act, Curtain, Group, Say};

/// The schedules in which somebody is at the desk: one in four.
pub const fn is_there(seed: u64) -> bool {
    seed % 4 == 2
}

/// What it does in this frame; mostly nothing.
pub fn act(dice: &mut fastrand::Rng) -> Option<Act> {
    if dice.u32(0..60) != 0 {
        return None;
    }
    Some(match dice.u32(0..12) {
        0 | 1 => Act::Hold,
        2 => Act::Take { through: u64::MAX },
        3 => Act::Take { through: dice.u64(0..100) },
        4 => Act::Follow,
        5 => Act::Curtain { curtain: [None, Some(Curtain::Black), Some(Curtain::Logo)][dice.usize(0..3)] },
        6 => Act::Freeze { on: dice.bool() },
        7 => Act::Clear { group: Group::All },
        8 => Act::Restore { group: Group::All },
        9 => Act::Mark { on: dice.bool() },
        10 => Act::Reconcile,
        _ => {
            let data = json!({"title": format!("第 {} 位嘉宾", dice.u32(1..99))});
            Act::Say(Say::parse("lower_third.shown", data, None).unwrap())
        }
    })
}

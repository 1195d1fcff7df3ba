//! One act of the operator that comes again when a tape is played, in words.

use super::clause;
use crate::show::{
    desk::{Act, Curtain, DeskAct, Group, SAID_FROM},
    provenance::Heard,
    state::Show,
    told::Words,
};

/// What the desk did; `show` is the feed's at that place.
pub(super) fn of(done: &DeskAct, show: &Show) -> Words {
    let what = match &done.act {
        Act::Hold => Words::new("next-act-hold"),
        Act::Take { through } => Words::new("next-act-take").with("through", through),
        Act::Follow => Words::new("next-act-follow"),
        Act::Curtain { curtain: Some(Curtain::Black) } => Words::new("next-act-black"),
        Act::Curtain { curtain: Some(Curtain::Logo) } => Words::new("next-act-logo"),
        Act::Curtain { curtain: None } => Words::new("next-act-curtain-off"),
        Act::Freeze { on: true } => Words::new("next-act-freeze"),
        Act::Freeze { on: false } => Words::new("next-act-unfreeze"),
        Act::Clear { group } => Words::new("next-act-clear").with("group", named(*group)),
        Act::Restore { group } => Words::new("next-act-restore").with("group", named(*group)),
        Act::Mark { on: true } => Words::new("next-act-mark"),
        Act::Mark { on: false } => Words::new("next-act-unmark"),
        Act::Say(said) => {
            let heard = Heard::said(SAID_FROM + done.n, done.at, said.corrects, &said.event);
            let unseen = || Words::text(said.event.name());
            Words::new("next-act-say").with("what", clause::of(&heard, show, None).unwrap_or_else(unseen))
        }
        Act::Reconcile => Words::new("next-act-reconcile"),
    };
    Words::new("next-act").with("what", what)
}

fn named(group: Group) -> Words {
    Words::new(match group {
        Group::All => "next-group-all",
        Group::Scene => "next-group-scene",
        Group::Countdown => "next-group-countdown",
        Group::LowerThird => "next-group-lower-third",
        Group::Strip => "next-group-strip",
    })
}

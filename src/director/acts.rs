//! The operator's acts: each has its place among the feed's events, is written, and then done.

use super::{Director, Source};
use crate::show::{
    desk::{Act, DeskAct, Drawn},
    told::told,
};

/// Why an act is not done. Nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The program is held already; take what waits, or follow the feed again.")]
    Held,
    #[error("The program is not held, so nothing waits for a take; hold it first.")]
    NotHeld,
    #[error("Nothing waits for a take: no event has come since the last one.")]
    NothingHeld,
    #[error("The rehearsal mark cannot be put on a live program; it belongs to rehearsals.")]
    MarkedLive,
    #[error("The program is the feed's already; the desk has said nothing that differs.")]
    Follows,
    #[error(
        "This machine is the spare: its desk does what the main one's does; take over first, then it is the desk of the show."
    )]
    StandsBy,
}

told!(Refusal {
    Held => "refusal-held",
    NotHeld => "refusal-not-held",
    NothingHeld => "refusal-nothing-held",
    MarkedLive => "refusal-marked-live",
    Follows => "refusal-follows",
    StandsBy => "refusal-stands-by",
});

/// What the operator laid over a rehearsal, no act of the tape: it stays through every jump.
#[derive(Debug, Default)]
pub(super) struct ByHand {
    mark: Option<bool>,
    curtain: Option<Drawn>,
}

impl Director {
    /// The act in its place: what is to be written on the tape before it is done.
    ///
    /// # Errors
    /// Where it makes no sense as things stand; nothing has changed then.
    pub fn plan(&self, act: Act) -> Result<DeskAct, Refusal> {
        let desk = &self.air.desk;
        if self.stands_by() {
            return Err(Refusal::StandsBy);
        }
        match &act {
            Act::Hold if desk.hold.is_some() => return Err(Refusal::Held),
            Act::Take { .. } => match &desk.hold {
                None => return Err(Refusal::NotHeld),
                Some(hold) if hold.queue.is_empty() && !hold.snapshot => return Err(Refusal::NothingHeld),
                Some(_) => {}
            },
            Act::Follow if desk.hold.is_none() => return Err(Refusal::NotHeld),
            Act::Mark { on: true } if matches!(self.source, Source::Live) => return Err(Refusal::MarkedLive),
            Act::Reconcile if self.air.follows() => return Err(Refusal::Follows),
            _ => {}
        }
        let feed = self.air.feed();
        let at = self.now_us.max(feed.at);
        Ok(DeskAct { n: desk.n.saturating_add(1), at, epoch: feed.epoch.clone(), after: feed.seq, act })
    }

    /// Does what was planned.
    pub fn perform(&mut self, done: &DeskAct) {
        self.log.push_act(done);
        self.tap_act(done);
        self.air.act(done);
        self.provenance.act(done, self.air.program());
        if matches!(self.source, Source::Tape(_)) {
            self.remember(&done.act);
        }
        if done.act.jumps() {
            self.horizon += 1;
        }
        self.after_change();
    }

    /// Plans and does it: for a rehearsal, which writes no tape.
    ///
    /// # Errors
    /// As [`Director::plan`].
    pub fn act(&mut self, act: Act) -> Result<(), Refusal> {
        let done = self.plan(act)?;
        self.perform(&done);
        Ok(())
    }

    /// The last event that one take releases: the next one, with all that follows it so closely that it is one moment.
    pub fn next_take(&self) -> Option<u64> {
        let queue = &self.air.desk.hold.as_ref()?.queue;
        let first = queue.front()?;
        let moment = queue
            .iter()
            .take_while(|next| next.epoch == first.epoch && next.at.saturating_sub(first.at) <= Self::ONE_MOMENT_US);
        moment.last().map(|last| last.seq)
    }

    /// Events that follow each other so closely are taken together, µs.
    const ONE_MOMENT_US: i64 = 50_000;

    /// Whether the desk hides or holds the program in some way.
    pub fn is_covered(&self) -> bool {
        let desk = &self.air.desk;
        desk.curtain.is_some() || desk.frozen.is_some() || self.air.cleared().next().is_some()
    }

    /// Remembers what is laid over a rehearsal by hand.
    fn remember(&mut self, act: &Act) {
        match act {
            Act::Mark { on } => self.by_hand.mark = Some(*on),
            Act::Curtain { .. } => self.by_hand.curtain = self.air.desk.curtain,
            _ => {}
        }
    }

    /// Carries what was laid over the program by hand across a jump of the tape.
    pub(super) fn keep_over(&mut self) {
        let desk = &mut self.air.desk;
        desk.mark = self.by_hand.mark.unwrap_or(desk.mark);
        desk.curtain = self.by_hand.curtain.or(desk.curtain);
    }
}

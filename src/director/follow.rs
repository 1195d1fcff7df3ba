//! What a second machine needs to show the same: the desk's lane so far, what was folded since it last asked, another
//! fold put on air, and frames at instants that both agree on.

use std::{collections::BTreeMap, sync::Arc};

use super::{Director, Incoming, Source};
use crate::show::{
    desk::{Air, DeskAct},
    frame::{Frame, Output, on_air},
    protocol::Envelope,
    state::Show,
    theme::Theme,
};

/// Acts that are kept for who comes late: many nights of a hand at the desk. The whole state stands for older ones.
const KEPT: usize = 20_000;

/// What was folded, in its order.
#[derive(Clone, Debug, PartialEq)]
pub enum Taken {
    Event(Box<Envelope>),
    Snapshot(Box<Show>),
    Act(Box<DeskAct>),
}

/// The desk's lane.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// By their numbers.
    acts: BTreeMap<u64, DeskAct>,
    /// What was folded since it was last asked for; none while nobody asks.
    tap: Option<Vec<Taken>>,
    /// Another machine's desk runs the show.
    stands_by: bool,
}

impl Lane {
    fn keep(&mut self, act: DeskAct) {
        self.acts.insert(act.n, act);
        if self.acts.len() > KEPT {
            self.acts.pop_first();
        }
    }
}

impl Director {
    /// Acts that were done before this session, as they stand on its tape.
    pub fn remember_acts(&mut self, acts: impl IntoIterator<Item = DeskAct>) {
        acts.into_iter().for_each(|act| self.lane.keep(act));
    }

    /// The desk's acts behind number `after`, as far as they are kept.
    pub fn acts_after(&self, after: u64) -> impl Iterator<Item = &DeskAct> {
        self.lane.acts.range(after.saturating_add(1)..).map(|(_, act)| act)
    }

    /// Whether every act behind number `after` is known here.
    pub fn knows_acts_after(&self, after: u64) -> bool {
        self.air.desk.n <= after || self.lane.acts.contains_key(&after.saturating_add(1))
    }

    /// An act that had its place before what is folded already: listed here, and folded by [`Director::refold`].
    pub fn note(&mut self, act: &DeskAct) {
        self.log.push_act(act);
        self.lane.keep(act.clone());
    }

    /// Whether this act is known, wherever it is anchored.
    pub fn knows_act(&self, act: &DeskAct) -> bool {
        self.lane.acts.get(&act.n).is_some_and(|known| known.at == act.at && known.act == act.act)
    }

    /// Keeps what is folded from now on for [`Director::tapped`], or no longer.
    pub fn tap(&mut self, on: bool) {
        self.lane.tap = on.then(Vec::new);
    }

    /// What was folded since it was last asked, in its order.
    pub fn tapped(&mut self) -> Vec<Taken> {
        self.lane.tap.as_mut().map(std::mem::take).unwrap_or_default()
    }

    /// From now on the acts are another machine's, or this one's own.
    pub const fn stand_by(&mut self, on: bool) {
        self.lane.stands_by = on;
    }

    /// Whether another machine's desk runs the show: then this one's own acts are refused.
    pub const fn stands_by(&self) -> bool {
        self.lane.stands_by
    }

    /// Another fold of the same show takes the place of this one, settled at once.
    pub fn refold(&mut self, mut air: Air) {
        if !matches!(self.source, Source::Live) {
            return;
        }
        let at_us = air.feed().at.max(air.program().at);
        // A rehearsal's mark never comes on a live program.
        air.desk.mark = false;
        let is_same_feed = *air.feed() == *self.air.feed();
        self.air = air;
        // Acts that this fold does not have are not the show's.
        let last = self.air.desk.n;
        self.lane.acts.retain(|n, _| *n <= last);
        if !is_same_feed {
            self.provenance.snapshot(self.air.feed());
        }
        if self.air.follows() {
            self.provenance.reconciled();
        }
        self.happened(at_us);
        self.horizon += 1;
        self.alarms_told = self.air.feed().alarm_count;
        self.after_change();
    }

    /// The picture of `output` at `at_us`, all motion in it: of `air`, or of what is on air. It is not kept.
    pub fn frame_of(&self, air: Option<&Air>, theme: Option<&Arc<Theme>>, output: &Output, at_us: i64) -> Frame {
        let (air, theme) = (air.unwrap_or(&self.air), theme.unwrap_or(&self.theme));
        on_air(air, theme, output, self.frames.set(), self.frames.clips(), at_us)
    }

    pub(super) fn tap_incoming(&mut self, incoming: &Incoming) {
        let Some(tap) = &mut self.lane.tap else { return };
        tap.push(match incoming {
            Incoming::Event(env) => Taken::Event(env.clone()),
            Incoming::Snapshot(show) => Taken::Snapshot(show.clone()),
        });
    }

    pub(super) fn tap_act(&mut self, act: &DeskAct) {
        if !matches!(self.source, Source::Live) {
            return;
        }
        self.lane.keep(act.clone());
        if let Some(tap) = &mut self.lane.tap {
            tap.push(Taken::Act(Box::new(act.clone())));
        }
    }
}

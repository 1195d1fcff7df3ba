//! The last steps of the spare's fold, so that an act of the main one's desk finds its place among the feed's events
//! also when it comes behind them, and so that the fold at any place within can be had again.

use std::collections::VecDeque;

use super::place::Place;
use crate::{
    director::Taken,
    show::desk::{Air, DeskAct},
};

/// Steps that are kept: minutes of the busiest show. What is older is folded for good.
const KEPT: usize = 2048;

/// What has been folded: a base, and the steps since.
#[derive(Clone, Debug, Default)]
pub struct Window {
    base: Air,
    steps: VecDeque<Taken>,
}

/// Where an act belongs.
#[derive(Clone, Debug, PartialEq)]
pub enum Placed {
    /// Behind all that there is.
    Last,
    /// Before events that have been folded already; this is the fold with it.
    Before(Box<Air>),
    /// Behind events that have not come yet.
    Ahead,
    /// Before all that is kept: only the whole can tell what it did.
    Beyond,
}

fn fold(step: &Taken, air: &mut Air) {
    match step {
        Taken::Event(env) => drop(air.event(env)),
        Taken::Snapshot(show) => air.snapshot(show),
        Taken::Act(act) => air.act(act),
    }
}

/// Epoch and seq of what the feed brought.
fn of_feed(step: &Taken) -> Option<(&str, u64)> {
    match step {
        Taken::Event(env) => Some((&env.epoch, env.seq)),
        Taken::Snapshot(show) => Some((&show.epoch, show.seq)),
        Taken::Act(_) => None,
    }
}

impl Window {
    /// Begins with what is on air.
    pub fn new(air: &Air) -> Self {
        Self { base: air.clone(), steps: VecDeque::new() }
    }

    /// What the feed brought, behind all that there is.
    pub fn push(&mut self, step: Taken) {
        self.steps.push_back(step);
        while self.steps.len() > KEPT
            && let Some(oldest) = self.steps.pop_front()
        {
            fold(&oldest, &mut self.base);
        }
    }

    /// The fold of all.
    pub fn air(&self) -> Air {
        let mut air = self.base.clone();
        self.steps.iter().for_each(|step| fold(step, &mut air));
        air
    }

    /// The fold as it stood at a place; none where it never stood there, or that is no longer kept.
    pub fn at(&self, place: &Place) -> Option<Air> {
        let mut air = self.base.clone();
        let mut found = place.is(&air).then(|| air.clone());
        for step in &self.steps {
            fold(step, &mut air);
            match place.is(&air) {
                true => found = Some(air.clone()),
                // What is behind the place is not looked at.
                false if found.is_some() => break,
                false => {}
            }
        }
        found
    }

    /// Finds an act's place, where `air` is the fold of all; it is kept where that is known.
    pub fn insert(&mut self, act: &DeskAct, air: &Air) -> Placed {
        if act.after == air.feed().seq && act.epoch == air.feed().epoch {
            self.push(Taken::Act(Box::new(act.clone())));
            return Placed::Last;
        }
        let is_before = |(epoch, seq): (&str, u64)| epoch == act.epoch && seq <= act.after;
        let last = self.steps.iter().rposition(|step| of_feed(step).is_some_and(is_before));
        let of_base = (self.base.feed().epoch.as_str(), self.base.feed().seq);
        let from = match last {
            Some(last) => last + 1,
            None if is_before(of_base) => 0,
            // An epoch that is not known has not come yet; of one that is, or before any, it lies too far back.
            None if self.knows(&act.epoch) || act.epoch.is_empty() => return Placed::Beyond,
            None => return Placed::Ahead,
        };
        let acts = self.steps.iter().skip(from).take_while(|step| matches!(step, Taken::Act(_))).count();
        if from + acts == self.steps.len() {
            // Nothing that was folded follows it, and its own event is still to come.
            return Placed::Ahead;
        }
        self.steps.insert(from + acts, Taken::Act(Box::new(act.clone())));
        Placed::Before(Box::new(self.air()))
    }

    /// Takes the main one's whole in the place of all that it holds, and folds what the feed brought here since. False
    /// where the feed was further here than that already: then only the desk is the main one's, and the whole is to be
    /// asked for again.
    pub fn adopt(&mut self, whole: &Air) -> (Air, bool) {
        let (epoch, seq) = (&whole.feed().epoch, whole.feed().seq);
        let held = |(known, at): (&str, u64)| known == epoch && at <= seq;
        let last = self.steps.iter().rposition(|step| of_feed(step).is_some_and(held));
        let from = last.map_or(0, |last| last + 1);
        let feed = self.base.feed();
        let is_behind = last.is_none() && feed.epoch == *epoch && feed.seq > seq;
        let goes_on = is_behind || last.is_some() || held((&self.base.feed().epoch, self.base.feed().seq));
        let kept: Vec<Taken> = if goes_on { self.steps.drain(from..).collect() } else { Vec::new() };
        self.base = if is_behind { whole.over(self.base.feed()) } else { whole.clone() };
        // Acts that the whole does not hold come after it.
        self.steps = kept.into_iter().filter(|step| !matches!(step, Taken::Act(_))).collect();
        (self.air(), !is_behind)
    }

    fn knows(&self, epoch: &str) -> bool {
        self.base.feed().epoch == epoch || self.steps.iter().filter_map(of_feed).any(|(known, _)| known == epoch)
    }
}

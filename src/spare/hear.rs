//! What the other machine says: who it is, what its desk did, and which of the two is the main one because of it.

use super::{
    message::Message,
    pair::{Pair, Record, WHOLE_AFTER_US},
    rule::{Role, stays},
    window::Placed,
};
use crate::{director::Director, show::desk::DeskAct};

impl Pair {
    pub(super) fn hear(&mut self, director: &mut Director, record: Record<'_>) {
        let mut heard = false;
        while let Some(text) = self.peer.as_mut().and_then(|peer| peer.line.take()) {
            heard = true;
            match Message::read(&text) {
                Ok(message) => self.take(message, director, record),
                Err(reason) => {
                    self.tells.unreadable(director, &reason);
                    self.peer = None;
                }
            }
        }
        if let Some(peer) = &mut self.peer {
            peer.silence_us = if heard { 0 } else { peer.silence_us.saturating_add(self.elapsed_us) };
        }
        let of_main = self.peer.as_ref().and_then(|peer| peer.standing.as_ref());
        let is_main = of_main.is_some_and(|theirs| theirs.role == Role::Main);
        self.silence_us = if heard && is_main { 0 } else { self.silence_us.saturating_add(self.elapsed_us) };
    }

    fn take(&mut self, message: Message, director: &mut Director, record: Record<'_>) {
        let is_spare = self.me.role == Role::Spare;
        let Some(peer) = &mut self.peer else { return };
        match message {
            Message::Standing { version, standing } => {
                (peer.version, peer.standing) = (version, Some(standing));
                self.meet(director);
            }
            Message::Facts(facts) => {
                peer.facts = facts;
                let faces = peer.facts.faces.clone();
                self.tells.faces(director, &self.facts.faces, &faces);
            }
            Message::Want { after, whole } => {
                let whole = whole || !director.knows_acts_after(after);
                let acts: Vec<Message> =
                    director.acts_after(after).map(|act| Message::Act { act: Box::new(act.clone()) }).collect();
                acts.iter().for_each(|act| peer.say(act));
                if whole {
                    peer.say(&Message::Whole { air: Box::new(director.air().clone()) });
                }
                (peer.sent_n, peer.sent_horizon) = (Some(director.air().desk.n), director.horizon());
            }
            Message::Act { act } if is_spare => self.act(*act, director, record),
            Message::Act { act } => self.tells.too_late(director, &act),
            // Before the main one has its feed there is nothing to take from it.
            Message::Whole { air } if air.feed().epoch.is_empty() => self.asked_us = None,
            Message::Whole { air } if is_spare => {
                // What waited for its place is in the whole.
                let waited = std::mem::take(&mut self.pending);
                let (held, rest): (Vec<DeskAct>, Vec<DeskAct>) =
                    waited.into_iter().partition(|act| act.n <= air.desk.n);
                self.pending = rest;
                held.iter().for_each(|act| director.note(act));
                let (air, is_whole) = self.window.adopt(&air);
                self.is_partial = !is_whole;
                self.asked_us = self.is_partial.then_some(0);
                if air != *director.air() {
                    director.refold(air);
                }
            }
            Message::Digest(digest) if is_spare => self.compare.push(digest),
            Message::Stand(stand) if !is_spare => {
                self.tells.stand(director, &stand, false);
                peer.stand = Some(stand);
            }
            Message::Beat { .. } | Message::Whole { .. } | Message::Digest(_) | Message::Stand(_) => {}
        }
    }

    /// The two have met, or one of them is another than it was: who is the main one?
    fn meet(&mut self, director: &mut Director) {
        self.me.acted = self.has_acted(director);
        let Some(theirs) = self.peer.as_ref().and_then(|peer| peer.standing.clone()) else { return };
        let Some(is_main) = stays(&self.me, &theirs) else {
            self.tells.two(director);
            return;
        };
        let was = self.me.role;
        match (is_main, was) {
            (true, Role::Spare) => self.be_main(director, false),
            (true, Role::Main) if theirs.role == Role::Main => {
                // The other one stands back by the same rule; its next word says so.
                self.me.term = self.me.term.max(theirs.term) + 1;
                self.say_standing(director);
            }
            (true, Role::Main) => self.tells.one(director),
            (false, Role::Main) => {
                self.tells.stands_back(director, &theirs);
                self.follow(director);
            }
            (false, Role::Spare) => {}
        }
        let is_new = self.me.knew.as_ref() != Some(&theirs.run);
        if self.settled() && !is_main {
            // It ran the show until it was started again.
            self.tells.stands_back(director, &theirs);
        }
        self.tells.linked(director);
        self.me.knew = Some(theirs.run);
        (self.parted_n, self.me.stalled) = (director.air().desk.n, false);
        if !is_main {
            let is_first = self.peer.as_ref().is_some_and(|peer| !peer.asked);
            let changed = is_new || was == Role::Main || self.me.term != theirs.term;
            self.me.term = theirs.term;
            if was == Role::Main {
                self.say_standing(director);
            }
            if is_first || changed {
                // Its tape is to have every act; the whole is what it goes on from.
                let after = if changed { 0 } else { self.last_n(director) };
                self.want(after, true);
                if let Some(peer) = &mut self.peer {
                    peer.asked = true;
                }
            }
        }
    }

    fn want(&mut self, after: u64, whole: bool) {
        if let Some(peer) = &mut self.peer {
            peer.say(&Message::Want { after, whole });
        }
        self.asked_us = whole.then_some(0);
    }

    /// Asks for the whole, unless that has just been done.
    pub(super) fn ask_whole(&mut self, director: &Director) {
        let is_met = self.peer.as_ref().is_some_and(|peer| peer.standing.is_some());
        if self.me.role == Role::Spare && is_met && self.asked_us.is_none_or(|asked_us| asked_us > WHOLE_AFTER_US) {
            self.want(self.last_n(director), true);
        }
    }

    /// The other desk's last act that is known here.
    fn last_n(&self, director: &Director) -> u64 {
        self.pending.last().map_or(director.air().desk.n, |act| act.n)
    }

    /// An act of the main one's desk: onto the tape, and in its place.
    fn act(&mut self, act: DeskAct, director: &mut Director, record: Record<'_>) {
        let last = self.last_n(director);
        if act.n <= last {
            // From before this machine was there: its tape has it, too.
            if !director.knows_act(&act) && !self.pending.contains(&act) {
                record(&in_epoch(&act, director), director);
                director.note(&act);
            }
            return;
        }
        if act.n > last + 1 && self.asked_us.is_none() {
            self.ask_whole(director);
        }
        record(&in_epoch(&act, director), director);
        self.pending.push(act);
        self.place(director);
    }

    /// Acts whose place has come.
    pub(super) fn place(&mut self, director: &mut Director) {
        if self.is_partial {
            self.ask_whole(director);
        }
        while self.me.role == Role::Spare
            && let Some(act) = self.pending.first().cloned()
        {
            match self.window.insert(&act, director.air()) {
                Placed::Last => director.perform(&act),
                Placed::Before(air) => {
                    director.note(&act);
                    director.refold(*air);
                }
                Placed::Ahead if self.pending_us < WHOLE_AFTER_US => break,
                Placed::Ahead | Placed::Beyond => {
                    self.ask_whole(director);
                    break;
                }
            }
            self.pending.remove(0);
            self.pending_us = 0;
        }
    }
}

/// The act as this machine's tape has it: done before the main one had heard its feed, it stands before all that the tape
/// holds of the feed, not behind it.
fn in_epoch(act: &DeskAct, director: &Director) -> DeskAct {
    let own = &director.air().feed().epoch;
    if act.epoch.is_empty() { DeskAct { epoch: own.clone(), after: 0, ..act.clone() } } else { act.clone() }
}

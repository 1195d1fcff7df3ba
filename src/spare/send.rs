//! What this machine tells the other one each frame: that it lives, what its desk did, and what its pictures are.

use std::sync::Arc;

use super::{
    compare::{Digest, Face, Stand, Themes, Why, With},
    digest::fingerprint,
    message::Message,
    pair::{Pair, VERSION},
    place::Place,
    rule::Role,
};
use crate::{director::Director, fonts};

/// Pictures are compared at the whole multiples of this, µs of the show's time.
pub const COMPARE_US: i64 = 500_000;
/// So often each says that it lives, µs.
const BEAT_US: i64 = 100_000;
/// What was found is said again so often, µs.
const STAND_US: i64 = 1_000_000;
/// So often the spare asks for the whole while it does not show what the main one shows, µs.
const MEND_US: i64 = 3_000_000;

/// When what was last said, µs of this machine's own frames.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    own_us: i64,
    beat_us: i64,
    stand_us: i64,
    mend_us: i64,
    /// The last instant that was compared, in multiples of [`COMPARE_US`].
    instant: i64,
}

/// The pair as it is told to whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairView {
    pub role: Role,
    /// The other one's address; none while there is no line.
    pub peer: Option<String>,
    /// Both desks went on by themselves.
    pub contested: bool,
    /// How the pictures compare; none before the first comparison.
    pub stand: Option<Stand>,
}

impl Pair {
    /// Once a frame, when time has passed: `faces` are the pictures of this machine's outputs, `themes` finds the themes
    /// of their own.
    pub fn tell(&mut self, director: &mut Director, faces: &[Face], themes: Themes<'_>) {
        self.said.own_us = self.said.own_us.saturating_add(self.elapsed_us);
        if self.peer.is_none() {
            return;
        }
        self.tell_facts(director, faces);
        let now_us = self.said.own_us;
        if now_us - self.said.beat_us >= BEAT_US {
            self.said.beat_us = now_us;
            self.say(&Message::Beat { now_us: director.now_us(), place: Place::of(director.air()) });
        }
        match self.role() {
            Role::Main => self.tell_acts(director),
            Role::Spare => self.tell_stand(director, themes),
        }
        if self.role() == Role::Main {
            self.tell_pictures(director, themes);
        }
    }

    fn say(&mut self, message: &Message) {
        if let Some(peer) = &mut self.peer {
            peer.say(message);
        }
    }

    /// What the pictures are made of, when it is something else than it was.
    fn tell_facts(&mut self, director: &mut Director, faces: &[Face]) {
        let mut is_new = self.set_faces(faces);
        if self.themed.as_ref().is_none_or(|known| !Arc::ptr_eq(known, director.theme())) {
            let theme = Arc::clone(director.theme());
            (self.facts.theme, self.facts.theme_print) = (theme.name.clone(), fingerprint(&*theme));
            self.facts.fonts = fonts::user().fonts.iter().map(|font| format!("{font:?}")).collect();
            self.themed = Some(theme);
            is_new = true;
        }
        if is_new {
            self.say(&Message::Facts(self.facts.clone()));
            let theirs = self.peer.as_ref().map(|peer| peer.facts.faces.clone()).unwrap_or_default();
            self.tells.faces(director, &self.facts.faces, &theirs);
        }
    }

    /// The desk's acts since the last frame, to who follows them.
    fn tell_acts(&mut self, director: &Director) {
        let Some(peer) = &mut self.peer else { return };
        let Some(sent_n) = peer.sent_n else { return };
        let acts: Vec<_> = director.acts_after(sent_n).map(|act| Message::Act { act: Box::new(act.clone()) }).collect();
        acts.iter().for_each(|act| peer.say(act));
        peer.sent_n = Some(director.air().desk.n);
        if peer.sent_horizon != director.horizon() {
            // A whole state of the feed's takes back what the desk said: no act says so.
            peer.sent_horizon = director.horizon();
            peer.say(&Message::Whole { air: Box::new(director.air().clone()) });
        }
    }

    /// Fingerprints of the pictures, at each agreed instant.
    fn tell_pictures(&mut self, director: &Director, themes: Themes<'_>) {
        let instant = director.now_us().div_euclid(COMPARE_US);
        let follows = self.peer.as_ref().is_some_and(|peer| peer.sent_n.is_some());
        if !follows || instant == self.said.instant || director.air().feed().epoch.is_empty() {
            return;
        }
        self.said.instant = instant;
        let digest = Digest::of(director, &self.facts.faces, themes, instant * COMPARE_US);
        self.say(&Message::Digest(digest));
    }

    /// What the comparison has found.
    fn tell_stand(&mut self, director: &mut Director, themes: Themes<'_>) {
        let Some(peer) = &self.peer else { return };
        let with = With {
            director,
            window: &self.window,
            here: (VERSION, &self.facts),
            there: (&peer.version, &peer.facts),
            theme: themes,
        };
        let before = self.compare.stand.clone();
        self.compare.check(&with, self.elapsed_us);
        let Some(stand) = self.compare.stand.clone() else { return };
        let key = |stand: &Stand| (stand.equal, stand.output.clone(), stand.why.clone());
        let is_new = before.as_ref().is_none_or(|before| key(before) != key(&stand));
        let now_us = self.said.own_us;
        if is_new {
            self.tells.stand(director, &stand, true);
        }
        if is_new || now_us - self.said.stand_us >= STAND_US {
            self.said.stand_us = now_us;
            self.say(&Message::Stand(stand.clone()));
        }
        let is_mendable = !stand.equal && stand.why.as_ref().is_some_and(Why::is_mendable);
        if is_mendable && now_us - self.said.mend_us >= MEND_US {
            self.said.mend_us = now_us;
            self.ask_whole(director);
        }
    }

    /// The pair as it stands; none where no other machine was ever there.
    pub fn view(&self) -> Option<PairView> {
        let is_paired = self.dialler.is_some() || self.has_known();
        is_paired.then(|| PairView {
            role: self.role(),
            peer: self.peer.as_ref().filter(|peer| peer.standing.is_some()).map(|peer| peer.line.peer.clone()),
            contested: self.is_contested(),
            stand: match self.role() {
                Role::Spare => self.compare.stand.clone(),
                Role::Main => self.peer.as_ref().and_then(|peer| peer.stand.clone()),
            },
        })
    }
}

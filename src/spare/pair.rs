//! This machine's part in the pair, frame by frame: hearing the other one, doing as its desk does, and taking over.

use std::{sync::Arc, time::Instant};

use crossbeam_channel::Receiver;

use super::{
    compare::{Compare, Face, Facts, Stand},
    dial::Dialler,
    kept::Again,
    line::Line,
    message::Message,
    rule::{Role, Standing},
    send::Said,
    tell::Tells,
    window::Window,
};
use crate::{
    director::{Director, Taken},
    show::{
        desk::{Act, DeskAct},
        theme::Theme,
    },
};

/// The version that both ought to have.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The other one is dead when nothing of its frame loop was heard for so long, µs of this one's own frames.
pub const DEAD_US: i64 = 700_000;
/// A frame that took longer than this proves nothing about the other one.
const FRAME_MOST_US: i64 = 100_000;
/// Who stood still for so long was not running the show, µs.
const STALLED_US: i64 = 2_000_000;
/// So long an act may wait for the event that it followed before the whole is asked for, and between two such questions, µs.
pub(super) const WHOLE_AFTER_US: i64 = 500_000;
/// A second line is heard out where the first was silent for so long, µs.
const SILENT_US: i64 = 250_000;

/// Writes an act onto this machine's own tape.
pub type Record<'a> = &'a mut dyn FnMut(&DeskAct, &mut Director);

/// The other machine, as far as it has been heard.
#[derive(Debug)]
pub(super) struct Peer {
    pub line: Line,
    pub standing: Option<Standing>,
    pub version: String,
    pub facts: Facts,
    /// As the spare said last.
    pub stand: Option<Stand>,
    /// This machine follows it and has asked for acts and the whole.
    pub asked: bool,
    /// It follows this machine: number of the last act that was sent.
    pub sent_n: Option<u64>,
    /// The jumps of the show when the whole was last sent.
    pub sent_horizon: u64,
    pub silence_us: i64,
}

impl Peer {
    fn new(line: Line) -> Self {
        Self {
            line,
            standing: None,
            version: String::new(),
            facts: Facts::default(),
            stand: None,
            asked: false,
            sent_n: None,
            sent_horizon: 0,
            silence_us: 0,
        }
    }

    pub fn say(&mut self, message: &Message) {
        if let Some(text) = message.text() {
            self.line.send(text);
        }
    }
}

/// Why the desk does not take over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsMain;

/// The pair as this machine sees it.
#[derive(Debug)]
pub struct Pair {
    pub(super) me: Standing,
    /// The desk's last act when the two last had a line.
    pub(super) parted_n: u64,
    calls: Receiver<Line>,
    pub(super) dialler: Option<Dialler>,
    pub(super) peer: Option<Peer>,
    /// Another line, until it is known whose it is.
    knock: Option<Peer>,
    pub(super) window: Window,
    pub(super) pending: Vec<DeskAct>,
    pub(super) pending_us: i64,
    /// Since the whole was asked for, µs; none while it is not waited for.
    pub(super) asked_us: Option<i64>,
    /// The feed was further here than on the main one when the whole came.
    pub(super) is_partial: bool,
    /// Nothing was heard of a main one for so long, µs.
    pub(super) silence_us: i64,
    pub(super) compare: Compare,
    pub(super) facts: Facts,
    pub(super) themed: Option<Arc<Theme>>,
    pub(super) tells: Tells,
    pub(super) said: Said,
    frame_at: Option<Instant>,
    /// So long since the frame before, as far as it counts, µs.
    pub(super) elapsed_us: i64,
    begun: bool,
    /// Until it is known who runs the show; none in a first process.
    pub(super) again: Option<Again>,
}

impl Pair {
    /// A pair of this machine with who calls it; as the spare of the one that is dialled, where one is.
    pub fn new(calls: Receiver<Line>, dialler: Option<Dialler>) -> Self {
        let dialled = dialler.is_some();
        let role = if dialled { Role::Spare } else { Role::Main };
        let run = format!("{:016x}", fastrand::u64(..));
        Self {
            me: Standing { run, role, term: 1, dialled, ..Standing::default() },
            parted_n: 0,
            calls,
            dialler,
            peer: None,
            knock: None,
            window: Window::default(),
            pending: Vec::new(),
            pending_us: 0,
            asked_us: None,
            is_partial: false,
            silence_us: 0,
            compare: Compare::default(),
            facts: Facts::default(),
            themed: None,
            tells: Tells,
            said: Said::default(),
            frame_at: None,
            elapsed_us: 0,
            begun: false,
            again: None,
        }
    }

    pub const fn role(&self) -> Role {
        self.me.role
    }

    /// Whether somebody would hear what is told.
    pub const fn has_line(&self) -> bool {
        self.peer.is_some()
    }

    /// Once a frame, when the feed's events are in: hears the other one, and does as it does. `now` is this machine's own
    /// clock; only how long frames took is read from it.
    pub fn receive(&mut self, director: &mut Director, record: Record<'_>, now: Instant) {
        let gap = self.frame_at.replace(now).map_or(0, |before| now.saturating_duration_since(before).as_micros());
        let gap_us = i64::try_from(gap).unwrap_or(i64::MAX);
        self.me.stalled |= gap_us > STALLED_US;
        self.elapsed_us = gap_us.min(FRAME_MOST_US);
        if !self.begun {
            self.begun = true;
            let n = director.air().desk.n;
            self.parted_n = self.again.as_ref().map_or(n, |again| again.parted_n().min(n));
            if self.me.role == Role::Spare {
                self.follow(director);
            }
        }
        self.take_tapped(director);
        self.take_calls(director);
        self.hear(director, record);
        self.place(director);
        self.watch(director);
    }

    /// The operator's key: this desk is the show's from now on.
    ///
    /// # Errors
    /// Where it is already, and no other claims to be.
    pub fn take_over(&mut self, director: &mut Director) -> Result<(), IsMain> {
        if self.me.role == Role::Main && !self.is_contested() {
            return Err(IsMain);
        }
        self.be_main(director, true);
        Ok(())
    }

    /// Whether both desks went on by themselves.
    pub fn is_contested(&self) -> bool {
        let theirs = self.peer.as_ref().and_then(|peer| peer.standing.as_ref());
        self.me.role == Role::Main && theirs.is_some_and(|theirs| theirs.role == Role::Main)
    }

    /// Does as the other one's desk does from now on.
    pub(super) fn follow(&mut self, director: &mut Director) {
        self.me.role = Role::Spare;
        (self.me.by_hand, self.me.acted) = (false, false);
        self.silence_us = 0;
        self.window = Window::new(director.air());
        self.pending.clear();
        self.is_partial = false;
        self.compare = Compare::default();
        director.stand_by(true);
        director.tap(true);
        self.change_sides();
    }

    /// Who followed whom is void.
    fn change_sides(&mut self) {
        if let Some(peer) = &mut self.peer {
            (peer.asked, peer.sent_n, peer.stand) = (false, None, None);
        }
    }

    /// This desk runs the show from now on.
    pub(super) fn be_main(&mut self, director: &mut Director, by_hand: bool) {
        let theirs = self.peer.as_ref().and_then(|peer| peer.standing.as_ref());
        self.me.term = self.me.term.max(theirs.map_or(0, |theirs| theirs.term)) + 1;
        self.me.by_hand = by_hand;
        self.me.stalled = false;
        let was_main = self.settled();
        if self.me.role == Role::Spare {
            // What the other desk did is done, also where the event that it followed has not come here.
            for act in std::mem::take(&mut self.pending) {
                director.perform(&act);
            }
            director.stand_by(false);
            director.tap(false);
            self.me.role = Role::Main;
            self.change_sides();
            let silence_us = self.silence_us;
            // Who ran the show before a restart goes on with it: nothing was taken over.
            if by_hand || !was_main {
                self.tells.took_over(director, by_hand, silence_us);
            }
        }
        self.parted_n = director.air().desk.n;
        self.compare = Compare::default();
        self.say_standing(director);
    }

    /// Whether somebody at this desk did something since the two last had a line. What a feed that is back brings together
    /// by itself is nobody's hand.
    pub(super) fn has_acted(&self, director: &Director) -> bool {
        let by_hand = |act: &DeskAct| !matches!(act.act, Act::Reconcile);
        let is_known = director.knows_acts_after(self.parted_n);
        director.air().desk.n > self.parted_n && (!is_known || director.acts_after(self.parted_n).any(by_hand))
    }

    pub(super) fn say_standing(&mut self, director: &Director) {
        self.me.acted = self.has_acted(director);
        let message = Message::Standing { version: VERSION.to_owned(), standing: self.me.clone() };
        if let Some(peer) = &mut self.peer {
            peer.say(&message);
        }
    }

    /// What the feed brought here goes into the window.
    fn take_tapped(&mut self, director: &mut Director) {
        for taken in director.tapped() {
            // A whole state of the feed's takes back what the desk said: only the main one knows what is on air there.
            let asks = matches!(taken, Taken::Snapshot(_));
            if !matches!(taken, Taken::Act(_)) {
                self.window.push(taken);
            }
            if asks {
                self.ask_whole(director);
            }
        }
    }

    fn take_calls(&mut self, director: &mut Director) {
        let dialled = self.dialler.as_ref().and_then(|dialler| dialler.lines.try_iter().last());
        for line in self.calls.try_iter().collect::<Vec<_>>().into_iter().chain(dialled) {
            self.knock = Some(Peer::new(line));
        }
        let Some(knock) = &mut self.knock else { return };
        knock.silence_us += self.elapsed_us;
        // A line in the place of one that is dead, or of the same machine's former one.
        if self.peer.as_ref().is_none_or(|peer| peer.line.is_over() || peer.silence_us > SILENT_US) {
            self.part(director);
            self.peer = self.knock.take();
            self.say_standing(director);
            let facts = Message::Facts(self.facts.clone());
            if let Some(peer) = &mut self.peer {
                peer.silence_us = 0;
                peer.say(&facts);
            }
        } else if knock.silence_us > DEAD_US {
            self.tells.second(director, &knock.line.peer);
            self.knock = None;
        }
    }

    /// The line is no more.
    fn part(&mut self, director: &Director) -> Option<Peer> {
        let peer = self.peer.take()?;
        let was_one = peer.standing.as_ref().is_some_and(|theirs| theirs.role != self.me.role);
        if was_one && self.me.role == Role::Main {
            self.parted_n = director.air().desk.n;
        }
        self.asked_us = None;
        Some(peer)
    }

    /// Lets time pass: whose line is over is gone, and who is silent is dead.
    fn watch(&mut self, director: &mut Director) {
        let elapsed_us = self.elapsed_us;
        self.pending_us = if self.pending.is_empty() { 0 } else { self.pending_us + elapsed_us };
        self.asked_us = self.asked_us.map(|asked_us| asked_us.saturating_add(elapsed_us));
        if self.peer.as_ref().is_some_and(|peer| peer.line.is_over() || peer.silence_us > DEAD_US)
            && let Some(peer) = self.part(director)
        {
            self.tells.parted(director, &peer.line.peer, self.me.role, peer.standing.is_some());
        }
        let knew = self.has_known();
        if self.me.role == Role::Spare && knew && self.silence_us > self.dead_us() {
            self.be_main(director, false);
        }
        if let (None, Some(dialler)) = (&self.peer, &self.dialler)
            && (!knew || self.me.role == Role::Main)
            && self.silence_us > DEAD_US
            && let Some(problem) = dialler.problem()
        {
            self.tells.unreachable(director, &problem);
        }
    }

    /// The pictures that are compared, as they are on this machine.
    pub(super) fn set_faces(&mut self, faces: &[Face]) -> bool {
        let is_new = self.facts.faces != faces;
        if is_new {
            self.facts.faces = faces.to_vec();
        }
        is_new
    }
}

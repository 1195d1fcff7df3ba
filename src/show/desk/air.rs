//! What is on air: the feed's show as far as it was taken, with what the desk said, and what lies over it.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Act, Cleared, Curtain, DeskAct, Group, SAID_FROM, Say};
use crate::show::{protocol::Envelope, reduce::Change, state::Show, time::Instant};

/// The feed's truth and the program. Equal until the desk holds or says something. As JSON it is what a second machine is
/// told of the whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Air {
    /// The fold of all that the feed sent.
    feed: Show,
    /// The program's show, where it is not the feed's.
    program: Option<Box<Show>>,
    pub desk: Desk,
}

/// What the desk has done that still counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Desk {
    /// The last act; 0 before the first.
    pub n: u64,
    pub hold: Option<Hold>,
    pub curtain: Option<Drawn>,
    pub frozen: Option<Frozen>,
    pub cleared: Vec<Cleared>,
    /// The rehearsal mark (彩排).
    pub mark: bool,
    /// How many events the desk has said since the program was last the feed's.
    pub said: u64,
}

/// What hides the program, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub curtain: Curtain,
    pub since: Instant,
}

/// The program held: what waits for a take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    pub since: Instant,
    /// The feed's events that are not on air yet, oldest first.
    pub queue: VecDeque<Envelope>,
    /// A whole state came from the feed meanwhile: the next take goes to the feed's show itself.
    pub snapshot: bool,
}

/// The program as it stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    pub since: Instant,
    pub show: Box<Show>,
}

impl Air {
    /// All that the feed said.
    pub const fn feed(&self) -> &Show {
        &self.feed
    }

    /// What is on air, whatever lies over it.
    pub fn program(&self) -> &Show {
        self.program.as_deref().unwrap_or(&self.feed)
    }

    /// Whether the program is the feed's show itself.
    pub const fn follows(&self) -> bool {
        self.program.is_none()
    }

    /// The show and the instant that are seen: a frozen program stays at its own.
    pub fn seen(&self, now: Instant) -> (&Show, Instant) {
        (self.stands(), self.desk.frozen.as_ref().map_or(now, |frozen| frozen.since.min(now)))
    }

    /// What would be on air after a take of all that is held: the picture of the preview.
    pub const fn preview(&self) -> &Show {
        &self.feed
    }

    /// The same desk over another fold of the feed.
    #[must_use]
    pub fn over(&self, feed: &Show) -> Self {
        Self { feed: feed.clone(), ..self.clone() }
    }

    /// Takes an event of the feed and says what it changed in the feed's show.
    pub fn event(&mut self, envelope: &Envelope) -> Vec<Change> {
        let known = (self.feed.epoch == envelope.epoch).then_some(self.feed.seq);
        let changes = self.feed.apply(envelope);
        if known.is_some_and(|seq| envelope.seq <= seq) {
            return changes;
        }
        if let Some(hold) = &mut self.desk.hold {
            hold.queue.push_back(envelope.clone());
        } else if let Some(program) = &mut self.program {
            program.apply(&not_before(envelope, program.at));
        }
        changes
    }

    /// Takes the feed's whole state. The feed wins: unless the program is held, it is on air as it is.
    pub fn snapshot(&mut self, show: &Show) {
        self.feed.clone_from(show);
        self.reconcile();
    }

    /// Does what the operator did.
    pub fn act(&mut self, done: &DeskAct) {
        self.desk.n = self.desk.n.max(done.n);
        match &done.act {
            Act::Hold => {
                if self.desk.hold.is_none() {
                    self.branch();
                    let (queue, snapshot) = (VecDeque::new(), false);
                    self.desk.hold = Some(Hold { since: done.at, queue, snapshot });
                }
            }
            Act::Take { through } => self.take(done.at, *through),
            Act::Follow => {
                self.take(done.at, u64::MAX);
                self.desk.hold = None;
                self.settle();
            }
            Act::Curtain { curtain } => {
                self.desk.curtain = curtain.map(|curtain| Drawn { curtain, since: done.at });
            }
            Act::Freeze { on: true } => {
                if self.desk.frozen.is_none() {
                    let show = Box::new(self.program().clone());
                    self.desk.frozen = Some(Frozen { since: done.at, show });
                }
            }
            Act::Freeze { on: false } => self.desk.frozen = None,
            Act::Clear { group } => {
                for group in group.each() {
                    let cleared = Cleared::of(*group, self.stands());
                    self.desk.cleared.retain(|known| known.group != *group);
                    self.desk.cleared.push(cleared);
                }
            }
            Act::Restore { group } => self.desk.cleared.retain(|known| !group.each().contains(&known.group)),
            Act::Mark { on } => self.desk.mark = *on,
            Act::Say(said) => self.say(done, said),
            Act::Reconcile => self.reconcile(),
        }
    }

    /// The groups that are off now; all of them where each is.
    pub fn cleared(&self) -> impl Iterator<Item = Group> {
        let show = self.stands();
        let off: Vec<Group> =
            self.desk.cleared.iter().filter(|cleared| cleared.holds(show)).map(|cleared| cleared.group).collect();
        let all = Group::All.each().iter().all(|group| off.contains(group)).then_some(Group::All);
        all.into_iter().chain(off)
    }

    /// What is seen, whatever lies over it: a frozen program as it stood.
    fn stands(&self) -> &Show {
        self.desk.frozen.as_ref().map_or_else(|| self.program(), |frozen| &frozen.show)
    }

    /// The program goes its own way from here.
    fn branch(&mut self) -> &mut Show {
        self.program.get_or_insert_with(|| Box::new(self.feed.clone()))
    }

    /// Held events up to and with `through` go on air, as of now.
    fn take(&mut self, at: Instant, through: u64) {
        let Some(hold) = &mut self.desk.hold else { return };
        if hold.snapshot {
            // What the program was does not lead to what it will be: the queue begins behind the whole state.
            hold.snapshot = false;
            hold.queue.clear();
            self.desk.said = 0;
            self.program = Some(Box::new(self.feed.clone()));
            return;
        }
        let Some(program) = &mut self.program else { return };
        while hold.queue.front().is_some_and(|next| next.epoch != program.epoch || next.seq <= through) {
            let Some(next) = hold.queue.pop_front() else { break };
            program.apply(&not_before(&next, at.max(program.at)));
        }
    }

    /// Says an event that the feed did not send.
    fn say(&mut self, done: &DeskAct, said: &Say) {
        self.desk.said += 1;
        let (at, n) = (done.at, SAID_FROM.saturating_add(done.n));
        let program = self.branch();
        program.say(n, at.max(program.at), said.corrects, &said.event);
    }

    /// The program is the feed's: at once, or with the next take where it is held.
    fn reconcile(&mut self) {
        match &mut self.desk.hold {
            Some(hold) => {
                hold.queue.clear();
                hold.snapshot = true;
            }
            None => self.program = None,
        }
        self.desk.said = 0;
    }

    /// The program is the feed's show again where nothing tells them apart.
    fn settle(&mut self) {
        if self.desk.said == 0 && self.program.as_deref().is_some_and(|program| *program == self.feed) {
            self.program = None;
        }
    }
}

/// The event as it comes on air: not before what is on air already. Instants within its data are the feed's own.
fn not_before(envelope: &Envelope, at: Instant) -> Envelope {
    Envelope { at: envelope.at.max(at), ..envelope.clone() }
}

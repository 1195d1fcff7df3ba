//! What of a machine's part in the pair outlives its process, and what the next process makes of it.

use serde::{Deserialize, Serialize};

use super::{
    pair::{DEAD_US, Pair},
    rule::Role,
};

/// Who was away for longer cannot know who runs the show by now, µs.
const LONG_US: i64 = 10_000_000;
/// So long one that was away hears whether somebody runs the show: the line is to be dialled first, µs.
pub(super) const LISTEN_US: i64 = 2_500_000;

/// A machine's part in the pair, for its next process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// Names the run, for as long as one process goes on where the one before ended.
    run: String,
    role: Role,
    term: u64,
    by_hand: bool,
    /// The run that it last had a line with.
    knew: Option<String>,
    /// Whether that line stood.
    linked: bool,
    /// The desk's last act when the two last had a line.
    parted_n: u64,
}

/// What a process took up of the one before, until it is known who runs the show.
#[derive(Clone, Debug)]
pub(super) struct Again {
    kept: Kept,
    /// It hears first whether somebody runs the show, and does so itself where nobody does.
    listens: bool,
}

impl Again {
    /// The desk's last act when the two last had a line.
    pub const fn parted_n(&self) -> u64 {
        self.kept.parted_n
    }
}

impl Pair {
    /// What the next process is to know.
    pub fn kept(&self) -> Kept {
        match &self.again {
            Some(again) if again.listens => again.kept.clone(),
            _ => Kept {
                run: self.me.run.clone(),
                role: self.me.role,
                term: self.me.term,
                by_hand: self.me.by_hand,
                knew: self.me.knew.clone(),
                linked: self.peer.as_ref().is_some_and(|peer| peer.standing.is_some()),
                parted_n: self.parted_n,
            },
        }
    }

    /// Goes on from what the process before it was, which was last heard `away_us` ago. A spare that knew its main
    /// machine, a main one that had its spare on the line, and whoever was away for long begin by listening: somebody may
    /// run the show by now. Who ran it alone runs it at once.
    #[must_use]
    pub fn go_on(mut self, kept: Kept, away_us: i64) -> Self {
        let was_main = kept.role == Role::Main;
        let is_paired = kept.knew.is_some() || self.me.dialled;
        let begins = was_main && !kept.linked && (away_us <= LONG_US || !is_paired);
        self.me.term = kept.term.max(1);
        self.me.role = if begins { Role::Main } else { Role::Spare };
        if begins {
            self.me.by_hand = kept.by_hand;
            self.me.knew.clone_from(&kept.knew);
            // It ran the show alone and does so still: to the other one it never was away.
            if !kept.run.is_empty() {
                self.me.run.clone_from(&kept.run);
            }
        }
        // While it listens it does not say whom it knew: who was away has not seen the other one's end.
        let listens = !begins && (was_main || kept.knew.is_some());
        self.again = Some(Again { kept, listens });
        self
    }

    fn listens(&self) -> bool {
        self.again.as_ref().is_some_and(|again| again.listens)
    }

    /// Whether it had a line with another machine, in this process or the one before.
    pub(super) fn has_known(&self) -> bool {
        self.me.knew.is_some() || self.listens()
    }

    /// A main one that is silent for so long is dead, µs.
    pub(super) fn dead_us(&self) -> i64 {
        if self.listens() { LISTEN_US } else { DEAD_US }
    }

    /// It is known who runs the show. Whether this machine did, and listened since.
    pub(super) fn settled(&mut self) -> bool {
        let Some(Again { kept, listens: true }) = self.again.take() else { return false };
        self.me.knew = self.me.knew.take().or(kept.knew);
        kept.role == Role::Main
    }
}

//! Heard: the cues that have been dealt with, so that none of them is heard twice.

use std::collections::{BTreeSet, VecDeque};

use crate::show::cue::CueKey;

/// Keys remembered; older ones have long left every window that anybody asks for.
const MOST: usize = 8_192;

/// The last keys that were dealt with.
#[derive(Debug, Default)]
pub(super) struct Heard {
    keys: BTreeSet<CueKey>,
    order: VecDeque<CueKey>,
}

impl Heard {
    pub(super) fn contains(&self, key: &CueKey) -> bool {
        self.keys.contains(key)
    }

    /// Remembers a key, and forgets the oldest beyond what is kept.
    pub(super) fn remember(&mut self, key: CueKey) {
        if self.keys.insert(key) {
            self.order.push_back(key);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.keys.remove(&oldest);
        }
    }

    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.order.clear();
    }
}

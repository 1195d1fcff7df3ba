//! What score events have in common, held once: a round, a reason, a question, a chain of causes.

use std::{collections::VecDeque, sync::Arc};

use super::origin::{Chained, Played};

/// A contest's reasons and formulas are a dozen.
const SHARED: usize = 64;

/// What score events said last, to be shared by those that say the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shared {
    texts: VecDeque<Arc<str>>,
    round: Option<Arc<Played>>,
    causes: Option<Arc<[Chained]>>,
}

impl Shared {
    pub fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.iter().find(|known| ***known == *text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.push_back(Arc::clone(&text));
        if self.texts.len() > SHARED {
            self.texts.pop_front();
        }
        text
    }

    pub fn round(&mut self, round: Played) -> Arc<Played> {
        match &self.round {
            Some(known) if **known == round => Arc::clone(known),
            _ => Arc::clone(self.round.insert(Arc::new(round))),
        }
    }

    pub fn causes(&mut self, causes: &[Chained]) -> Arc<[Chained]> {
        match &self.causes {
            Some(known) if **known == *causes => Arc::clone(known),
            _ => Arc::clone(self.causes.insert(causes.into())),
        }
    }
}

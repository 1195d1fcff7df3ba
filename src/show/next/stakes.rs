//! What an outcome brings, and who says so.

use super::clause;
use crate::show::{
    protocol::{Points, play::Outcome},
    told::{Told, Words},
};

/// Who states a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The rules that came with `round.opened`, or a value that was offered or revealed.
    Feed,
    /// The question's own value.
    Question,
    /// The rulebook, as its document states it.
    Rulebook,
    /// The rulebook, for rehearsals: its document leaves it open.
    Assumed,
}

/// A change of a score that is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// This figure, signed.
    Points(Points),
    /// `right` + N, the challengers who are wrong: N lies within 0 and `most`.
    DuelRight { right: Points, most: u32 },
    /// −N, the challengers who are right.
    DuelWrong { most: u32 },
    /// Right answers × `right` + whole seconds left × right answers ÷ `of`, rounded half up, when the run is over.
    Rush { right: Points, of: Option<u32> },
    /// Neither the feed nor the rulebook says.
    Unknown,
}

/// What one outcome brings to the team that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Stake {
    pub outcome: Outcome,
    /// The value it holds for, where the team has still to choose among several.
    pub value: Option<Points>,
    pub pays: Pays,
    /// Where the team would stand, where that is known.
    pub after: Option<Points>,
    /// None where it is unknown.
    pub source: Option<Source>,
}

impl Told for Stake {
    /// 答对 +16 → 136.
    fn words(&self) -> Words {
        let pays = match (self.pays, self.after) {
            (Pays::Points(delta), Some(after)) => {
                Words::new("next-pays-after").with("delta", delta.signed()).with("after", after)
            }
            (Pays::Points(delta), None) => Words::text(delta.signed()),
            (Pays::DuelRight { right, most }, _) => {
                Words::new("next-pays-duel-right").with("right", right.signed()).with("most", most)
            }
            (Pays::DuelWrong { most }, _) => Words::new("next-pays-duel-wrong").with("most", most),
            (Pays::Rush { right, of: Some(of) }, _) => Words::new("next-pays-rush").with("right", right).with("of", of),
            (Pays::Rush { right, of: None }, _) => Words::new("next-pays-rush-open").with("right", right),
            (Pays::Unknown, _) => Words::new("next-pays-unknown"),
        };
        let pays = match self.source {
            Some(Source::Assumed) => Words::new("next-pays-assumed").with("pays", pays),
            _ => pays,
        };
        let told = Words::new("next-if").with("outcome", clause::outcome(self.outcome)).with("pays", pays);
        match self.value {
            Some(value) => Words::new("next-if-value").with("value", value).with("what", told),
            None => told,
        }
    }
}

//! What an edit does to the arithmetic: the alarms of the fold before and behind it, compared.

use std::collections::BTreeMap;

use crate::show::{
    reduce::Change,
    state::{Alarm, Show},
    tape::{Problem, Step, Tape},
    told::{Arg, Told, Words},
};

/// An alarm and the step that raised it.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    pub step: usize,
    pub alarm: Alarm,
}

/// What is wrong otherwise than in the original.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    /// Figures that add up in the original and not in the draft; steps of the draft.
    pub added: Vec<Raised>,
    /// Figures that add up only in the draft; steps of the original.
    pub removed: Vec<Raised>,
    /// How many alarms are in both.
    pub kept: usize,
    /// What could not be read in the original, or is missing there; the new tape is without it.
    pub problems_gone: Vec<Problem>,
}

impl Raised {
    /// Every alarm that a tape's feed raises, in order.
    pub fn all(tape: &Tape) -> Vec<Self> {
        let (mut show, mut found) = (Show::default(), Vec::new());
        for (step, what) in tape.steps(0, tape.step_count()).enumerate() {
            match what {
                Step::Event(entry) => found.extend(Self::of(step, show.apply(&entry.env))),
                Step::Snapshot(snapshot) => show.clone_from(&snapshot.state),
                Step::Act(_) => {}
            }
        }
        found
    }

    /// Those among the changes that a step made.
    pub(in crate::show::tape) fn of(step: usize, changes: Vec<Change>) -> impl Iterator<Item = Self> {
        changes.into_iter().filter_map(move |change| match change {
            Change::Alarm(alarm) => Some(Self { step, alarm }),
            _ => None,
        })
    }

    /// What is wrong, without the numbers that an edit changes.
    fn what(&self) -> String {
        let Some(Arg::Words(what)) = self.alarm.words.args.get("what") else { return self.alarm.text.clone() };
        let told: Vec<String> =
            what.args.iter().filter(|(name, _)| *name != "of").map(|(name, arg)| format!("{name}={arg:?}")).collect();
        format!("{} {}", what.key, told.join(" "))
    }
}

impl Told for Raised {
    fn words(&self) -> Words {
        self.alarm.words()
    }
}

impl Audit {
    /// Compares by the original's step and by what is wrong there.
    pub(super) fn of(
        original: &Tape,
        before: &[Raised],
        now: Vec<Raised>,
        (draft, origins): (&Tape, &[Option<usize>]),
    ) -> Self {
        let mut known: BTreeMap<(usize, String), Vec<&Raised>> = BTreeMap::new();
        for raised in before {
            known.entry((raised.step, raised.what())).or_default().push(raised);
        }
        let mut audit = Self::default();
        for raised in now {
            let origin = origins.get(raised.step).copied().flatten();
            let same = origin.and_then(|step| known.get_mut(&(step, raised.what()))?.pop());
            match same {
                Some(_) => audit.kept += 1,
                None => audit.added.push(raised),
            }
        }
        audit.removed = known.into_values().flatten().cloned().collect();
        audit.removed.sort_by_key(|raised| raised.step);
        let still = |problem: &&Problem| !draft.problems.contains(problem);
        audit.problems_gone = original.problems.iter().filter(still).cloned().collect();
        audit
    }

    /// Nothing is wrong that was not wrong before.
    pub const fn is_clean(&self) -> bool {
        self.added.is_empty()
    }
}

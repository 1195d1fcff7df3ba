//! What is wrong right now: each problem once, with since when, how often and what to do. Console and log share it.

use indexmap::IndexMap;

use super::kinds::ProblemKind;
use crate::{
    locale::{self, Lang},
    show::told::{Told, Words},
};

/// What happened, for every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Which problem it is: the same each time, whatever figures the sentence holds.
    pub what: String,
    pub words: Words,
}

impl Said {
    /// An error, told apart from others by its English sentence.
    pub fn of(error: &(impl Told + std::fmt::Display)) -> Self {
        Self { what: error.to_string(), words: error.words() }
    }
}

/// A text that is the same in every language.
impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self { what: text.to_owned(), words: Words::text(text) }
    }
}

/// One problem, however often it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: ProblemKind,
    /// Names the seq, file, line or device; as the room that found it said it last.
    pub said: Said,
    /// First time since it was over, and last time; µs on the show's clock.
    pub since_us: i64,
    pub last_us: i64,
    pub count: u64,
    /// How often it had happened when the operator took note of it; 0 before.
    pub acknowledged: u64,
    /// When it ended, for states that do (a lost connection); an event such as a refused message stays.
    pub over_us: Option<i64>,
}

impl Problem {
    /// Whether the operator has taken note of all of it.
    pub const fn is_acknowledged(&self) -> bool {
        self.acknowledged == self.count
    }

    /// What happened, as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        locale::tell(lang, &Words::new(self.kind.key()).with("detail", &self.said.words))
    }

    /// What stays on air, and what to do.
    pub fn advice(&self, lang: Lang) -> &'static str {
        locale::find(lang, &format!("{}.do", self.kind.key())).unwrap_or_default()
    }
}

/// All of them, by when they began, oldest first, at most [`Problems::KEPT`] different ones.
#[derive(Debug, Default)]
pub struct Problems {
    /// By what they are; in the order in which they began.
    list: IndexMap<(ProblemKind, String), Problem>,
    total: u64,
}

impl Problems {
    pub const KEPT: usize = 200;

    /// Something is wrong. True when it is new or was over, and so worth a line in the log.
    pub fn report(&mut self, kind: ProblemKind, said: impl Into<Said>, at_us: i64) -> bool {
        self.report_times(kind, said, 1, at_us)
    }

    /// A state that goes on, told with the figures of now: it has not happened once more, and who took note of it need not
    /// do so again.
    pub fn update(&mut self, kind: ProblemKind, said: impl Into<Said>, at_us: i64) {
        let said = said.into();
        let present = self.list.get_mut(&(kind, said.what.clone())).filter(|problem| problem.over_us.is_none());
        match present {
            Some(problem) if problem.said == said => {}
            Some(problem) => {
                (problem.said, problem.last_us) = (said, at_us);
                self.total += 1;
            }
            None => _ = self.report(kind, said, at_us),
        }
    }

    /// The same, `count` times since it was last reported.
    pub fn report_times(&mut self, kind: ProblemKind, said: impl Into<Said>, count: u64, at_us: i64) -> bool {
        let said = said.into();
        self.total += count;
        let key = (kind, said.what.clone());
        if let Some((index, _, problem)) = self.list.get_full_mut(&key) {
            problem.said = said;
            problem.last_us = at_us;
            problem.count += count;
            let again = problem.over_us.take().is_some();
            if again {
                problem.since_us = at_us;
                // It is the newest now.
                self.list.move_index(index, self.list.len() - 1);
            }
            return again;
        }
        if self.list.len() == Self::KEPT {
            let goes = self.list.values().position(|problem| problem.over_us.is_some());
            self.list.shift_remove_index(goes.unwrap_or_else(|| self.crowd()));
        }
        self.list.insert(
            key,
            Problem { kind, said, since_us: at_us, last_us: at_us, count, acknowledged: 0, over_us: None },
        );
        true
    }

    /// The oldest of the kind that there are most of: what stands alone is not pushed off the list by a crowd.
    fn crowd(&self) -> usize {
        let many = |kind: ProblemKind| self.list.values().filter(|problem| problem.kind == kind).count();
        let most = ProblemKind::ALL.into_iter().max_by_key(|kind| many(*kind));
        self.list.values().position(|problem| Some(problem.kind) == most).unwrap_or(0)
    }

    /// Every problem of this kind has ended (the connection is back, the theme is good again).
    pub fn settle(&mut self, kind: ProblemKind, at_us: i64) {
        for problem in self.list.values_mut().filter(|problem| problem.kind == kind && problem.over_us.is_none()) {
            problem.over_us = Some(at_us);
        }
    }

    /// One of them has ended: the one that was reported with this `what`.
    pub fn settle_one(&mut self, kind: ProblemKind, what: &str, at_us: i64) {
        if let Some(problem) = self.list.get_mut(&(kind, what.to_owned())) {
            problem.over_us.get_or_insert(at_us);
        }
    }

    /// The operator takes note of one (by its place in [`Problems::iter`]), or of all: it steps back until it happens
    /// again.
    pub fn acknowledge(&mut self, which: Option<usize>) {
        let all = self.list.values_mut().enumerate();
        for (_, problem) in all.filter(|(place, _)| which.is_none_or(|which| which == *place)) {
            problem.acknowledged = problem.count;
        }
        self.total += 1;
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Problem> + ExactSizeIterator {
        self.list.values()
    }

    /// Those that are not over.
    pub fn present(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.list.values().filter(|problem| problem.over_us.is_none())
    }

    /// Reports altogether, repeated ones included.
    pub const fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_problem_is_one_line_that_counts() {
        let mut problems = Problems::default();
        assert!(problems.report(ProblemKind::FeedUnknown, "seq 3: x", 10));
        assert!(!problems.report(ProblemKind::FeedUnknown, "seq 3: x", 20));
        assert!(problems.report(ProblemKind::FeedUnknown, "seq 4: x", 30));
        let first = problems.iter().next().unwrap();
        assert_eq!((first.since_us, first.last_us, first.count), (10, 20, 2));
        assert_eq!((problems.iter().count(), problems.total()), (2, 3));
    }

    #[test]
    fn a_problem_that_is_over_makes_room_and_may_come_again() {
        let mut problems = Problems::default();
        problems.report(ProblemKind::FeedLost, "", 0);
        problems.report(ProblemKind::Sound, "", 1);
        problems.settle(ProblemKind::FeedLost, 5);
        assert!(problems.present().all(|problem| problem.kind == ProblemKind::Sound));
        assert!(problems.report_times(ProblemKind::FeedLost, "", 3, 9));
        let again = problems.iter().next_back().unwrap();
        assert_eq!((again.kind, again.since_us, again.count, again.over_us), (ProblemKind::FeedLost, 9, 4, None));
        problems.settle(ProblemKind::FeedLost, 10);
        for i in 0..Problems::KEPT as i64 {
            problems.report(ProblemKind::Tape, i.to_string().as_str(), i);
        }
        assert_eq!(problems.iter().count(), Problems::KEPT);
        let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
        assert!(!kinds.contains(&ProblemKind::FeedLost), "what is over goes first");
        assert_eq!(kinds.iter().filter(|kind| **kind == ProblemKind::Sound).count(), 1);
        assert!(!problems.present().any(|problem| problem.said.what == "0"), "then the oldest of a crowd");
    }

    #[test]
    fn a_crowd_of_events_pushes_no_state_off_the_list() {
        let mut problems = Problems::default();
        problems.report(ProblemKind::Display, "tv", 0);
        for i in 1..=2 * Problems::KEPT as i64 {
            problems.report(ProblemKind::Arithmetic, i.to_string().as_str(), i);
        }
        assert_eq!(problems.iter().count(), Problems::KEPT);
        assert_eq!(problems.iter().next().unwrap().kind, ProblemKind::Display);
        assert_eq!(problems.iter().nth(1).unwrap().since_us, Problems::KEPT as i64 + 2);
    }

    #[test]
    fn a_figure_that_changes_is_the_same_problem_and_the_last_one_shows() {
        let mut problems = Problems::default();
        for figure in ["3", "4"] {
            let said = Said { what: "ahead".to_owned(), words: Words::text(figure) };
            problems.report(ProblemKind::Clock, said, 0);
        }
        let only = problems.iter().next().unwrap();
        assert_eq!((problems.iter().count(), only.count, only.said.words.as_text()), (1, 2, Some("4")));
    }

    #[test]
    fn every_kind_has_its_words_and_its_advice_in_both_languages() {
        for kind in ProblemKind::ALL {
            for lang in [Lang::Zh, Lang::En] {
                let said = locale::tell(lang, &Words::new(kind.key()).with("detail", "DETAIL"));
                assert!(said.contains("DETAIL"), "{said}");
                let advice = format!("{}.do", kind.key());
                assert_ne!(locale::word(lang, &advice), advice);
            }
        }
    }

    #[test]
    fn a_state_told_with_other_figures_has_not_happened_again() {
        let mut problems = Problems::default();
        let said = |free: &str| Said { what: "low".to_owned(), words: Words::text(free) };
        problems.update(ProblemKind::Disk, said("9 MB"), 1);
        problems.acknowledge(None);
        let total = problems.total();
        problems.update(ProblemKind::Disk, said("8 MB"), 2);
        let problem = problems.present().next().unwrap();
        assert!(problem.is_acknowledged() && problem.count == 1 && problem.said == said("8 MB"));
        assert_ne!(problems.total(), total, "its words are made anew");
        problems.settle(ProblemKind::Disk, 3);
        problems.update(ProblemKind::Disk, said("8 MB"), 4);
        assert!(!problems.present().next().unwrap().is_acknowledged(), "it is back");
    }
}

//! What of the problems is told, and when: the first at once, then what has come since, at most once a second.
//!
//! Pure: time is handed in. A flood of bad messages fills neither the way to the app nor the log, and yet no
//! occurrence is lost: each is in the count of the item that tells it.

use super::{outbox::FeedItem, problem::FeedProblem};

/// Between two items about problems of one kind.
const TELL_EVERY_US: i64 = 1_000_000;
/// Between two lines of the log about problems of one kind.
const LOG_EVERY_US: i64 = 60_000_000;
/// Kinds of messages that are told apart: their names are the server's. All further ones are told together.
const MESSAGES: usize = 32;

/// The problems by kind, in the order of their first appearance.
#[derive(Debug, Default)]
pub(super) struct Telling(Vec<Kind>);

#[derive(Debug)]
struct Kind {
    name: String,
    last: FeedProblem,
    /// How many have not been told, and not been logged.
    untold: u64,
    unlogged: u64,
    told_us: Option<i64>,
    logged_us: Option<i64>,
}

impl Telling {
    /// Counts one. It is told when [`Self::due`] says so.
    pub fn note(&mut self, problem: FeedProblem) {
        let name = self.name(&problem);
        if let Some(kind) = self.0.iter_mut().find(|kind| kind.name == name) {
            kind.last = problem;
            kind.untold += 1;
            kind.unlogged += 1;
        } else {
            self.0.push(Kind { name, last: problem, untold: 1, unlogged: 1, told_us: None, logged_us: None });
        }
    }

    /// What is to be told at `now_us`, and the lines for the log.
    pub fn due(&mut self, now_us: i64) -> (Vec<FeedItem>, Vec<String>) {
        let passed = |since_us: Option<i64>, pause_us| since_us.is_none_or(|since_us| now_us - since_us >= pause_us);
        let (mut items, mut lines) = (Vec::new(), Vec::new());
        for kind in &mut self.0 {
            if kind.untold > 0 && passed(kind.told_us, TELL_EVERY_US) {
                items.push(kind.tell());
                kind.told_us = Some(now_us);
            }
            if kind.unlogged > 0 && passed(kind.logged_us, LOG_EVERY_US) {
                let count = std::mem::take(&mut kind.unlogged);
                let times = if count > 1 { format!(" ({count} times since the last line)") } else { String::new() };
                lines.push(format!("{}{times}", kind.last));
                kind.logged_us = Some(now_us);
            }
        }
        (items, lines)
    }

    /// All that has not been told, before something that may end it; what comes after that is told at once again.
    pub fn all(&mut self) -> Vec<FeedItem> {
        let untold = self.0.iter_mut().filter_map(|kind| {
            kind.told_us = None;
            (kind.untold > 0).then(|| kind.tell())
        });
        untold.collect()
    }

    /// Beyond [`MESSAGES`] a message's kind has no name of its own.
    fn name(&self, problem: &FeedProblem) -> String {
        let name = problem.kind();
        let is_message = |problem: &FeedProblem| matches!(problem, FeedProblem::Message(_));
        let full = || self.0.iter().filter(|kind| is_message(&kind.last)).count() >= MESSAGES;
        if is_message(problem) && !self.0.iter().any(|kind| kind.name == name) && full() {
            return "further messages".to_owned();
        }
        name
    }
}

impl Kind {
    fn tell(&mut self) -> FeedItem {
        let count = std::mem::take(&mut self.untold);
        FeedItem::Problem { problem: self.last.clone(), kind: self.name.clone(), count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::protocol::ProtocolError;

    fn counts(items: &[FeedItem]) -> Vec<u64> {
        let count = |item: &FeedItem| if let FeedItem::Problem { count, .. } = item { *count } else { 0 };
        items.iter().map(count).collect()
    }

    #[test]
    fn a_flood_is_told_once_a_second_and_logged_once_a_minute_and_counted_whole() {
        let mut telling = Telling::default();
        let (mut items, mut lines) = (Vec::new(), Vec::new());
        for i in 0..1000 {
            telling.note(FeedProblem::Binary { bytes: i });
            let due = telling.due(i as i64 * 2_500);
            items.extend(due.0);
            lines.extend(due.1);
        }
        assert_eq!(counts(&items), [1, 400, 400]);
        assert_eq!(lines.len(), 1, "{lines:?}");
        let (rest, quiet) = telling.due(3_000_000);
        assert_eq!((counts(&rest), quiet), (vec![199], vec![]));
        let (nothing, line) = telling.due(60_000_000);
        assert_eq!(nothing, []);
        assert!(line[0].contains("999 bytes") && line[0].contains("(999 times"), "{line:?}");
        assert_eq!(telling.due(200_000_000), (vec![], vec![]));
    }

    #[test]
    fn what_comes_after_a_settling_is_told_at_once() {
        let mut telling = Telling::default();
        let lost = || FeedProblem::Lost { reason: "cut".to_owned() };
        telling.note(lost());
        assert_eq!(counts(&telling.due(0).0), [1]);
        telling.note(lost());
        assert_eq!(telling.due(10).0, []);
        assert_eq!(counts(&telling.all()), [1]);
        telling.note(lost());
        assert_eq!(counts(&telling.due(20).0), [1]);
    }

    #[test]
    fn names_that_the_server_invents_crowd_nothing_out() {
        let mut telling = Telling::default();
        for seq in 0..1000 {
            let event = format!("laser.{seq}");
            telling.note(FeedProblem::Message(ProtocolError::UnknownType { seq, event }));
        }
        telling.note(FeedProblem::Lost { reason: "cut".to_owned() });
        let items = telling.due(0).0;
        assert_eq!(items.len(), MESSAGES + 2);
        assert_eq!(counts(&items).iter().sum::<u64>(), 1001);
        let lost =
            |item: &FeedItem| matches!(item, FeedItem::Problem { problem: FeedProblem::Lost { .. }, count: 1, .. });
        assert!(items.iter().any(lost));
    }
}

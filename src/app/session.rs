//! A live session: the feed's items into the director and onto the tape, in that order for both.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use crate::{
    director::{Director, Incoming, ProblemKind, Refusal, Said},
    feed::{Feed, FeedClock, FeedError, FeedHandle, FeedItem, FeedOptions, FeedProblem, FeedState},
    journal::{self, Journal, JournalError},
    show::{
        desk::{Act, DeskAct, differences},
        protocol::Envelope,
        provenance::Provenance,
        state::Show,
        tape::Timeline,
        told::{Told, told},
    },
};

/// Where sessions are recorded unless another place is named.
const FOLDER: &str = "tapes";
/// So long a flood of events may hold up a frame. Long beside what a frame costs, so that who is late catches up; short
/// enough for a picture that still moves.
const RECEIVE_MOST: Duration = Duration::from_millis(60);
/// Names a tape that the desk began before any feed was there.
const UNNAMED: &str = "desk";

/// Why a session does not begin. Once begun, nothing ends it but its owner.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error(transparent)]
    Feed(#[from] FeedError),
    #[error(transparent)]
    Journal(#[from] JournalError),
}

told!(SessionError { ; Feed, Journal });

/// A feed with its recording.
pub struct LiveSession {
    pub feed: FeedHandle,
    clock: FeedClock,
    record: Record,
    /// Something is missing on the tape: a snapshot goes before whatever is written next.
    unrecorded: bool,
    /// The log from its start, where the tape's picture has gaps: on air once it has come as far as that picture.
    anew: Option<Box<Show>>,
    /// The feed has been lost: when it is back, it wins over what the desk said meanwhile.
    away: bool,
    /// The time of a show that the desk runs before any server has been heard.
    own: OwnClock,
}

/// This machine's own time, read once and counted on from there: a wall clock that is set meanwhile moves nothing.
struct OwnClock {
    began_us: i64,
    began: Instant,
}

impl OwnClock {
    #[expect(clippy::disallowed_methods, reason = "without a server this machine's clock is the only one there is")]
    fn start() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { began_us: i64::try_from(wall.as_micros()).unwrap_or(0), began: Instant::now() }
    }

    /// µs since the Unix epoch.
    fn now_us(&self) -> i64 {
        self.began_us.saturating_add(i64::try_from(self.began.elapsed().as_micros()).unwrap_or(i64::MAX))
    }
}

enum Record {
    /// The name needs the epoch, which the first event or snapshot brings.
    Waiting(Option<PathBuf>),
    On(Journal),
    /// It cannot be written; the operator knows.
    Off,
}

impl LiveSession {
    /// Connects. A `tape` that exists is folded first and continued: the picture is right before the feed is there.
    ///
    /// # Errors
    /// What no trying could mend: address, token, authority, a tape that cannot be read or written.
    pub fn start(mut options: FeedOptions, tape: Option<&Path>, director: &mut Director) -> Result<Self, SessionError> {
        let mut anew = None;
        let record = match tape {
            Some(path) if path.exists() => {
                let recorded = journal::load(path)?;
                // What it does not hold whole, the server is asked for; what it holds is the picture until then.
                options.resume = recorded.resume();
                director.remember_acts(recorded.acts.iter().map(|acted| acted.act.clone()));
                if recorded.step_count() > 0 {
                    let provenance = Provenance::of_tape(&recorded);
                    director.resume(Timeline::new(recorded).air_after(usize::MAX), provenance);
                    anew = options.resume.is_none().then(Box::default);
                }
                Record::On(Journal::resume(path)?)
            }
            other => Record::Waiting(other.map(Path::to_owned)),
        };
        let feed = Feed::start(options)?;
        Ok(Self {
            clock: feed.clock(),
            feed,
            record,
            unrecorded: false,
            anew,
            away: director.air().desk.said > 0,
            own: OwnClock::start(),
        })
    }

    /// Where it is recorded, once it is.
    pub fn tape(&self) -> Option<&Path> {
        match &self.record {
            Record::On(journal) => Some(journal.path()),
            Record::Waiting(_) | Record::Off => None,
        }
    }

    /// Takes what has come and sets the show's time. To be called once a frame: of a flood it takes as much as keeps the
    /// picture moving, and the rest with the next frame.
    pub fn receive(&mut self, director: &mut Director) {
        let begun = Instant::now();
        while let Ok(item) = self.feed.inbox.try_recv() {
            self.take(item, director);
            if begun.elapsed() > RECEIVE_MOST {
                break;
            }
        }
        self.pass(director);
    }

    /// The same to the last item.
    pub fn receive_all(&mut self, director: &mut Director) {
        while let Ok(item) = self.feed.inbox.try_recv() {
            self.take(item, director);
        }
        self.pass(director);
    }

    /// Lets time pass, without taking what has come.
    pub fn pass(&mut self, director: &mut Director) {
        self.set_time(director);
        self.reconcile(director);
    }

    /// Writes what the operator does onto the tape, then does it.
    ///
    /// # Errors
    /// Where it makes no sense as things stand; nothing has changed then.
    pub fn act(&mut self, act: Act, director: &mut Director) -> Result<(), Refusal> {
        if !self.clock.is_set() {
            director.desk_now(self.own.now_us());
        }
        let done = director.plan(act)?;
        self.record(&done, director);
        director.perform(&done);
        Ok(())
    }

    /// Writes an act of the desk, this one's own or the one it stands by for.
    pub fn record(&mut self, done: &DeskAct, director: &mut Director) {
        let rx_us = done.at;
        let epoch = if done.epoch.is_empty() { UNNAMED } else { done.epoch.as_str() };
        self.write(director, epoch, rx_us, |journal| journal.append_act(rx_us, done));
    }

    /// Once the feed is back and has said all that was missed, it wins: what stands otherwise on air is told, and gone.
    fn reconcile(&mut self, director: &mut Director) {
        // A spare's program is the main one's: bringing it together with the feed is that desk's act.
        if !self.away || director.stands_by() {
            return;
        }
        let health = self.feed.health();
        let has_all = health.seq >= health.head && self.feed.inbox.is_empty();
        let same = health.epoch.as_ref() == Some(&director.air().feed().epoch);
        if health.state != FeedState::Connected || health.head == 0 || !has_all || !same {
            return;
        }
        self.away = false;
        if director.air().desk.said == 0 {
            return;
        }
        let feed = director.air().feed().clone();
        tell_differences(director, &feed);
        // It follows no feed of its own: the desk has spoken, so there is something to bring together.
        if self.act(Act::Reconcile, director).is_err() {
            tracing::debug!("nothing to bring together");
        }
    }

    /// Sets the show's time to the server's, once that is known.
    pub fn set_time(&self, director: &mut Director) {
        if self.clock.is_set() {
            director.live_now(self.clock.now_us());
        } else if director.air().desk.n > 0 {
            director.desk_now(self.own.now_us());
        }
    }

    /// Takes one item.
    pub fn take(&mut self, item: FeedItem, director: &mut Director) {
        match item {
            FeedItem::Event { env, rx_us } => {
                let epoch = env.epoch.clone();
                self.write(director, &epoch, rx_us, |journal| journal.append(rx_us, &env));
                if let Some(incoming) = self.next(env, director.air().feed()) {
                    director.receive(incoming);
                }
            }
            FeedItem::Snapshot { at_seq, show, rx_us } => {
                self.write(director, &show.epoch, rx_us, |journal| journal.append_snapshot(rx_us, at_seq, &show));
                self.anew = None;
                if director.air().desk.said > 0 {
                    tell_differences(director, &show);
                }
                director.receive(Incoming::Snapshot(show));
                // The whole state holds what the missing events would have brought.
                director.problems.settle(ProblemKind::FeedMissing, director.now_us());
            }
            FeedItem::Skipped { epoch, from, to, reason, rx_us } => {
                let line = |journal: &mut Journal| journal.append_skipped(rx_us, &epoch, from, to, &reason);
                self.write(director, &epoch, rx_us, line);
            }
            FeedItem::Problem { problem, kind: what, count } => {
                let said = Said { what, words: problem.words() };
                let now_us = director.now_us();
                director.problems.report_times(kind(&problem), said, count, now_us);
            }
            FeedItem::Status(FeedState::Connected) => {
                let now_us = director.now_us();
                for kind in [ProblemKind::FeedLost, ProblemKind::FeedGap] {
                    director.problems.settle(kind, now_us);
                }
            }
            FeedItem::Status(FeedState::Waiting { .. }) => self.away = true,
            FeedItem::Status(_) => {}
        }
    }

    /// What an event brings on air: itself, or the show as far as `shown`, or nothing yet.
    fn next(&mut self, env: Box<Envelope>, shown: &Show) -> Option<Incoming> {
        let Some(mut show) = self.anew.take() else { return Some(Incoming::Event(env)) };
        show.apply(&env);
        if show.epoch == shown.epoch && show.seq < shown.seq {
            self.anew = Some(show);
            return None;
        }
        Some(Incoming::Snapshot(show))
    }

    fn write(
        &mut self,
        director: &mut Director,
        epoch: &str,
        rx_us: i64,
        line: impl FnOnce(&mut Journal) -> Result<(), JournalError>,
    ) {
        let result = match &mut self.record {
            Record::Off => return,
            Record::On(journal)
                if self.unrecorded && self.anew.is_none() && !director.air().feed().epoch.is_empty() =>
            {
                // What could not be written is in the show; the snapshot stands for it.
                let show = director.air().feed();
                journal.append_snapshot(rx_us, show.seq, show).and_then(|()| line(journal))
            }
            Record::On(journal) => line(journal),
            Record::Waiting(named) => {
                let path = named.take().unwrap_or_else(|| Path::new(FOLDER).join(file_name(epoch, rx_us)));
                begin(&path, epoch).and_then(|mut journal| {
                    let written = line(&mut journal);
                    self.record = Record::On(journal);
                    written
                })
            }
        };
        if result.is_ok() && std::mem::take(&mut self.unrecorded) {
            director.problems.settle(ProblemKind::Journal, rx_us);
        }
        if let Err(error) = result {
            self.unrecorded = true;
            if director.problems.report(ProblemKind::Journal, Said::of(&error), rx_us) {
                tracing::error!("{error}");
            }
            // A full disk may have room again: an open journal goes on trying.
            if matches!(self.record, Record::Waiting(_)) {
                self.record = Record::Off;
            }
        }
    }
}

/// Tells the operator what stood otherwise on air than it stands in the feed, which wins.
fn tell_differences(director: &mut Director, feed: &Show) {
    let found = differences(director.show(), feed);
    let now_us = director.now_us();
    for difference in &found {
        let said = Said { what: format!("{difference:?}"), words: difference.words() };
        director.problems.report(ProblemKind::Reconciled, said, now_us);
    }
    tracing::info!(differences = found.len(), "the feed is back: the program is the feed's again");
}

fn begin(path: &Path, show: &str) -> Result<Journal, JournalError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|source| JournalError::Open { path: folder.to_owned(), source })?;
    }
    Journal::create(path, show, concat!("leitai/", env!("CARGO_PKG_VERSION")))
}

/// `EPOCH-20251121-093001.tape.ndjson`, of characters that every file system takes; time in UTC.
fn file_name(epoch: &str, at_us: i64) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' };
    let epoch: String = epoch.chars().map(plain).take(80).collect();
    format!("{epoch}-{}.tape.ndjson", stamp(at_us))
}

/// `20251121-093001`, in UTC.
pub(super) fn stamp(at_us: i64) -> String {
    let seconds = at_us.div_euclid(1_000_000);
    let (year, month, day) = date(seconds.div_euclid(86_400));
    let of_day = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}")
}

/// Year, month and day of a count of days since 1970-01-01, in the Gregorian calendar.
fn date(days: i64) -> (i64, i64, i64) {
    // Counted from 0000-03-01, so that the leap day is the last of its year.
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The room of the operator's list that a problem belongs to.
fn kind(problem: &FeedProblem) -> ProblemKind {
    use crate::show::protocol::ProtocolError;
    match problem {
        FeedProblem::Message(ProtocolError::UnknownType { .. }) => ProblemKind::FeedUnknown,
        FeedProblem::Message(_) | FeedProblem::Unreadable { .. } | FeedProblem::Binary { .. } => {
            ProblemKind::FeedRefused
        }
        FeedProblem::Gap { .. } | FeedProblem::Epoch { .. } => ProblemKind::FeedGap,
        FeedProblem::GapUnfilled { .. } => ProblemKind::FeedMissing,
        FeedProblem::ClockSet { .. } => ProblemKind::Clock,
        _ => ProblemKind::FeedLost,
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

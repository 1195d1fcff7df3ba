//! A live session: the feed's items into the director and onto the tape, in that order for both.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::time::Instant;

use crate::{
    director::{Director, Incoming, ProblemKind, Refusal, Said},
    feed::{Feed, FeedClock, FeedError, FeedHandle, FeedItem, FeedOptions, FeedProblem, FeedState},
    journal::{self, Disk, Files, Journal, JournalError},
    show::{
        desk::{Act, DeskAct, differences},
        protocol::Envelope,
        provenance::Provenance,
        state::Show,
        tape::Timeline,
        told::{Told, told},
    },
};

use super::stamp::{OwnClock, file_name, wall_us};

/// Where sessions are recorded unless another place is named.
const FOLDER: &str = "tapes";
const MADE_BY: &str = concat!("leitai/", env!("CARGO_PKG_VERSION"));
/// So long what has come may hold up a frame. Long beside what a frame costs, so that who is late catches up; short
/// enough for a picture that still moves.
const RECEIVE_MOST: Duration = Duration::from_millis(60);
/// Who has been late for so long is in a flood: from then on the frames keep their schedule, and the rest waits.
const FLOODED_AFTER: Duration = Duration::from_secs(1);
const RECEIVE_IN_FLOOD: Duration = Duration::from_millis(8);
/// What is missing on the tape is tried again so often, also where nothing happens.
const MEND_EVERY: Duration = Duration::from_secs(1);
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
    disk: Arc<dyn Disk>,
    record: Record,
    /// Something is missing on the tape: a snapshot goes before whatever is written next.
    unrecorded: bool,
    /// When that was tried last.
    tried: Option<Instant>,
    /// The log from its start, where the tape's picture has gaps: on air once it has come as far as that picture.
    anew: Option<Box<Show>>,
    /// The feed has been lost: when it is back, it wins over what the desk said meanwhile.
    away: bool,
    /// Since when more comes than is taken.
    late_since: Option<Instant>,
    /// The time of a show that the desk runs before any server has been heard.
    own: OwnClock,
    /// The show's time as it was known before a restart, and when it was that.
    before: Option<(i64, Instant)>,
}

/// What a session stands on, the machine's own or a simulated one.
pub(super) struct Ground<C> {
    pub disk: Arc<dyn Disk>,
    /// This machine's wall clock now, µs since the Unix epoch.
    pub wall_us: i64,
    /// Starts the feed.
    pub connect: C,
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
    pub fn start(options: FeedOptions, tape: Option<&Path>, director: &mut Director) -> Result<Self, SessionError> {
        let ground = Ground { disk: Arc::new(Files), wall_us: wall_us(), connect: Feed::start };
        Self::start_on(ground, options, tape, director)
    }

    pub(super) fn start_on(
        ground: Ground<impl FnOnce(FeedOptions) -> Result<FeedHandle, FeedError>>,
        mut options: FeedOptions,
        tape: Option<&Path>,
        director: &mut Director,
    ) -> Result<Self, SessionError> {
        let Ground { disk, wall_us, connect } = ground;
        if let Some(path) = tape.filter(|path| disk.exists(path)) {
            journal::clear_stillborn(&*disk, path)?;
        }
        let mut anew = None;
        let record = match tape {
            Some(path) if disk.exists(path) => {
                let recorded = journal::load_from(&*disk, path)?;
                // What it does not hold whole, the server is asked for; what it holds is the picture until then.
                options.resume = recorded.resume();
                director.remember_acts(recorded.acts.iter().map(|acted| acted.act.clone()));
                if recorded.step_count() > 0 {
                    let provenance = Provenance::of_tape(&recorded);
                    director.resume(Timeline::new(recorded).air_after(usize::MAX), provenance);
                    anew = options.resume.is_none().then(Box::default);
                }
                Record::On(Journal::resume_on(&*disk, path)?)
            }
            other => Record::Waiting(other.map(Path::to_owned)),
        };
        let feed = connect(options)?;
        Ok(Self {
            clock: feed.clock(),
            feed,
            disk,
            record,
            unrecorded: false,
            tried: None,
            anew,
            away: director.air().desk.said > 0,
            late_since: None,
            own: OwnClock::start(wall_us),
            before: None,
        })
    }

    /// Goes on with the show's time as it was known before a restart, until the server's clock is heard again.
    pub fn go_on_from(&mut self, now_us: i64) {
        self.before = Some((now_us, Instant::now()));
    }

    /// Whether the show's time runs.
    pub fn is_timed(&self, director: &Director) -> bool {
        self.clock.is_set() || self.before.is_some() || director.air().desk.n > 0
    }

    /// The show's time without a server's clock.
    fn own_now_us(&self) -> i64 {
        self.before.map_or_else(
            || self.own.now_us(),
            |(now_us, at)| now_us.saturating_add(i64::try_from(at.elapsed().as_micros()).unwrap_or(i64::MAX)),
        )
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
        let flooded = self.late_since.is_some_and(|since| begun - since > FLOODED_AFTER);
        let most = if flooded { RECEIVE_IN_FLOOD } else { RECEIVE_MOST };
        let mut drained = true;
        while let Ok(item) = self.feed.inbox.try_recv() {
            self.take(item, director);
            if begun.elapsed() > most {
                drained = false;
                break;
            }
        }
        self.late_since = self.late_since.or(Some(begun)).filter(|_| !drained);
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
        self.mend(director);
    }

    /// Writes what is missing on the tape as soon as there is room, not only before the next event.
    fn mend(&mut self, director: &mut Director) {
        if !self.unrecorded || self.tried.is_some_and(|tried| tried.elapsed() < MEND_EVERY) {
            return;
        }
        self.tried = Some(Instant::now());
        let epoch = director.air().feed().epoch.clone();
        if !epoch.is_empty() && self.anew.is_none() {
            self.write(director, &epoch, self.clock.now_us(), |_journal| Ok(()));
        }
    }

    /// Writes what the operator does onto the tape, then does it.
    ///
    /// # Errors
    /// Where it makes no sense as things stand; nothing has changed then.
    pub fn act(&mut self, act: Act, director: &mut Director) -> Result<(), Refusal> {
        if !self.clock.is_set() {
            director.desk_now(self.own_now_us());
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
        } else if self.is_timed(director) {
            director.desk_now(self.own_now_us());
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
        let begun = self.begin(epoch, rx_us);
        let result = begun.and_then(|()| match &mut self.record {
            Record::On(journal)
                if self.unrecorded && self.anew.is_none() && !director.air().feed().epoch.is_empty() =>
            {
                // What could not be written is in the show; the snapshot stands for it.
                let show = director.air().feed();
                journal.append_snapshot(rx_us, show.seq, show).and_then(|()| line(journal))
            }
            Record::On(journal) => line(journal),
            Record::Waiting(_) | Record::Off => Ok(()),
        });
        if matches!(self.record, Record::Off) && result.is_ok() {
            return;
        }
        if result.is_ok() && std::mem::take(&mut self.unrecorded) {
            director.problems.settle(ProblemKind::Journal, rx_us);
        }
        if let Err(error) = result {
            self.unrecorded = true;
            if director.problems.report(ProblemKind::Journal, Said::of(&error), rx_us) {
                tracing::error!("{error}");
            }
        }
    }

    /// Makes the tape where there is none yet. A full disk may have room again: it is tried with every line.
    fn begin(&mut self, epoch: &str, rx_us: i64) -> Result<(), JournalError> {
        let Record::Waiting(named) = &mut self.record else { return Ok(()) };
        let path = named.get_or_insert_with(|| Path::new(FOLDER).join(file_name(epoch, rx_us))).clone();
        match Journal::create_on(&*self.disk, &path, epoch, MADE_BY) {
            Ok(journal) => self.record = Record::On(journal),
            Err(error) => {
                // What is there is never overwritten, and will not go away.
                if matches!(error, JournalError::Exists { .. }) {
                    self.record = Record::Off;
                }
                return Err(error);
            }
        }
        Ok(())
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

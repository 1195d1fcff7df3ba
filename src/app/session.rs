//! A live session: the feed's items into the director and onto the tape, in that order for both.

use std::{path::Path, sync::Arc, time::Duration};

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
        tape::{Timeline, act_line, entry_line, skipped_line, snapshot_line},
        told::{Told, told},
    },
};

use super::{
    recorder::{Line, Record, Recorder},
    stamp::{OwnClock, wall_us},
};

/// So long what has come may hold up a frame. Long beside what a frame costs, so that who is late catches up; short
/// enough for a picture that still moves.
const RECEIVE_MOST: Duration = Duration::from_millis(60);
/// Who has been late for so long is in a flood: from then on the frames keep their schedule, and the rest waits.
const FLOODED_AFTER: Duration = Duration::from_secs(1);
const RECEIVE_IN_FLOOD: Duration = Duration::from_millis(8);
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
    recorder: Recorder,
    /// The operator has been told that the disk takes nothing.
    unrecorded: bool,
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
                    // Where the feed had not been heard yet there is no gap.
                    anew = (options.resume.is_none() && !director.air().feed().epoch.is_empty()).then(Box::default);
                }
                Record::On(Journal::resume_on(&*disk, path)?)
            }
            other => Record::Waiting(other.map(Path::to_owned)),
        };
        let feed = connect(options)?;
        Ok(Self {
            clock: feed.clock(),
            feed,
            recorder: Recorder::new(disk, record, director.air().desk.n),
            unrecorded: false,
            anew,
            away: director.air().desk.said > 0,
            late_since: None,
            own: OwnClock::start(wall_us),
            before: None,
        })
    }

    /// Whether the feed was away and is not back with all that was missed: when it is, it wins over what the desk has said.
    pub const fn is_away(&self) -> bool {
        self.away
    }

    /// Goes on from a process that ended a moment ago, as far as it is known: with the show's time until the server's clock
    /// is heard again, and with a feed that was away or not. What the desk had said while it was there stays on air.
    pub fn go_on_from(&mut self, now_us: Option<i64>, is_away: Option<bool>) {
        self.before = now_us.map(|now_us| (now_us, Instant::now()));
        self.away = is_away.unwrap_or(self.away);
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
        self.recorder.path()
    }

    /// Where it is, or is to be, recorded; none where no tape was named and nothing has come yet.
    pub fn place(&self) -> Option<&Path> {
        self.recorder.place()
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

    /// Writes what is missing on the tape as soon as there is room, not only with the next event.
    fn mend(&mut self, director: &mut Director) {
        if !self.recorder.is_due() {
            return;
        }
        let now_us = director.now_us();
        let whole = whole(director, self.anew.is_none(), now_us);
        let done = self.recorder.go_on(whole);
        self.tell_of_the_tape(director, now_us, done);
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
        self.write(director, epoch, rx_us, Line { text: act_line(rx_us, done), act: Some(done.n) });
    }

    /// Once the feed is back and has said all that was missed, it wins: what stands otherwise on air is told, and gone.
    fn reconcile(&mut self, director: &mut Director) {
        if !self.away {
            return;
        }
        let health = self.feed.health();
        let has_all = health.seq >= health.head && self.feed.inbox.is_empty();
        let same = health.epoch.as_ref() == Some(&director.air().feed().epoch);
        if health.state != FeedState::Connected || health.head == 0 || !has_all || !same {
            return;
        }
        self.away = false;
        // A spare's program is the main one's: bringing it together with the feed is that desk's act.
        if director.air().desk.said == 0 || director.stands_by() {
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
                self.write(director, &env.epoch, rx_us, of_feed(entry_line(rx_us, &env)));
                if let Some(incoming) = self.next(env, director.air().feed()) {
                    if let Incoming::Snapshot(show) = &incoming {
                        // The tape says so, too: what a whole state does to the desk's program it does when it is read.
                        self.write(director, &show.epoch, rx_us, of_feed(snapshot_line(rx_us, show.seq, show)));
                    }
                    director.receive(incoming);
                }
            }
            FeedItem::Snapshot { at_seq, show, rx_us } => {
                self.write(director, &show.epoch, rx_us, of_feed(snapshot_line(rx_us, at_seq, &show)));
                self.anew = None;
                if director.air().desk.said > 0 {
                    tell_differences(director, &show);
                }
                director.receive(Incoming::Snapshot(show));
                // The whole state holds what the missing events would have brought.
                director.problems.settle(ProblemKind::FeedMissing, director.now_us());
            }
            FeedItem::Skipped { epoch, from, to, reason, rx_us } => {
                self.write(director, &epoch, rx_us, of_feed(skipped_line(rx_us, &epoch, from, to, &reason)));
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

    fn write(&mut self, director: &mut Director, epoch: &str, rx_us: i64, line: Line) {
        if self.recorder.is_off() {
            return;
        }
        let whole = whole(director, self.anew.is_none(), rx_us);
        let done = self.recorder.put(epoch, rx_us, line, whole);
        self.tell_of_the_tape(director, rx_us, done);
    }

    fn tell_of_the_tape(&mut self, director: &mut Director, now_us: i64, done: Result<(), JournalError>) {
        match done {
            Err(error) => {
                if !std::mem::replace(&mut self.unrecorded, true) {
                    tracing::error!("{error}");
                }
                // With each line it is tried again: that is no further fault.
                director.problems.update(ProblemKind::Journal, Said::of(&error), now_us);
            }
            Ok(()) if !self.recorder.is_behind() && std::mem::take(&mut self.unrecorded) => {
                director.problems.settle(ProblemKind::Journal, now_us);
            }
            Ok(()) => {}
        }
    }
}

/// What the feed sent.
const fn of_feed(text: String) -> Line {
    Line { text, act: None }
}

/// What stands on a tape for all until now: the feed's whole state, and the acts behind the one that it has. It cannot be
/// said where the show on air is not yet what the feed's log leads to: where it is not `folded`.
fn whole(director: &Director, folded: bool, rx_us: i64) -> impl FnOnce(u64) -> Option<Vec<Line>> {
    move |last_act| {
        let show = Some(director.air().feed()).filter(|show| !show.epoch.is_empty());
        let acts = director.acts_after(last_act).map(|act| Line { text: act_line(act.at, act), act: Some(act.n) });
        let state = show.map(|show| of_feed(snapshot_line(rx_us, show.seq, show)));
        folded.then(|| state.into_iter().chain(acts).collect())
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
        // The connection stands: only one that is lost can be found again.
        FeedProblem::Server { fatal: false, .. } => ProblemKind::FeedRefused,
        FeedProblem::Gap { .. } | FeedProblem::Epoch { .. } | FeedProblem::Shorter { .. } => ProblemKind::FeedGap,
        FeedProblem::GapUnfilled { .. } => ProblemKind::FeedMissing,
        FeedProblem::ClockSet { .. } => ProblemKind::Clock,
        FeedProblem::InClear { .. } => ProblemKind::FeedInClear,
        _ => ProblemKind::FeedLost,
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;

//! Where a score comes from: every event that made it, what led to that event, and where the figures do not add up.
//!
//! Fed with what is folded, one event after another; nothing of the past is looked up again. It keeps the score events
//! and, for the chain of causes, the last [`REMEMBERED`] events by name.

mod origin;
mod shared;

#[cfg(test)]
mod tests;

pub use origin::{Chained, Heard, Mended, Origin, Played, Whence};

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use shared::Shared;

use super::{
    desk::{Act, Air, DeskAct, SAID_FROM},
    limits::SCORE_EVENTS,
    protocol::{Envelope, Event, Points, roster::TeamId},
    reduce::Change,
    state::{Alarm, Ask, Score, Show},
    tape::{Lane, Step, Tape},
    time::Instant,
};

/// A cause lies only a few events before what it brought; one further back than this is named by its number alone.
const REMEMBERED: usize = 512;
/// A chain of causes is no longer than this, also where the feed makes a ring of it.
const CHAIN: usize = 8;

/// The oldest go.
fn trim(all: &mut Vec<Origin>, most: usize) {
    all.drain(..all.len().saturating_sub(most));
}

/// Every team's score events, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    epoch: String,
    /// The feed's last event that was taken.
    seq: u64,
    base: Points,
    teams: BTreeMap<TeamId, Vec<Origin>>,
    recent: VecDeque<Chained>,
    shared: Shared,
    /// Score events that were taken, those that are no longer kept among them.
    taken: usize,
    /// So many of a team are kept; all where none is said.
    most: Option<usize>,
}

impl Provenance {
    /// That of a whole tape, with what the desk entered. What came up to an instant is [`Provenance::until`].
    pub fn of_tape(tape: &Tape) -> Self {
        let (mut provenance, mut air) = (Self::default(), Air::default());
        for step in tape.steps(0, tape.step_count()) {
            match step {
                Step::Event(entry) => {
                    let changes = air.event(&entry.env);
                    provenance.event(&entry.env, &changes, air.feed());
                }
                Step::Snapshot(snapshot) => {
                    air.snapshot(&snapshot.state);
                    provenance.snapshot(air.feed());
                }
                Step::Act(acted) => {
                    air.act(&acted.act);
                    provenance.act(&acted.act, air.program());
                }
            }
        }
        provenance
    }

    /// Of a live session, which nobody seeks back in: a team's last score events only, an evening's and more.
    #[must_use]
    pub fn of_now(mut self) -> Self {
        self.most = Some(SCORE_EVENTS);
        self.teams.values_mut().for_each(|all| trim(all, SCORE_EVENTS));
        self
    }

    /// How many score events were taken.
    pub const fn len(&self) -> usize {
        self.taken
    }

    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes an event of the feed with what it changed; `show` is the fold with it.
    pub fn event(&mut self, envelope: &Envelope, changes: &[Change], show: &Show) {
        if envelope.epoch != self.epoch {
            *self = self.anew(&envelope.epoch);
        }
        if envelope.seq <= self.seq {
            return;
        }
        self.seq = envelope.seq;
        self.heard(&Heard::of(envelope), changes, show);
    }

    fn anew(&self, epoch: &str) -> Self {
        Self { epoch: epoch.to_owned(), most: self.most, ..Self::default() }
    }

    fn keep(&mut self, team: &str, origin: Origin) {
        self.taken += 1;
        let all = self.teams.entry(team.to_owned()).or_default();
        all.push(origin);
        if let Some(most) = self.most
            && all.len() > most + most / 4
        {
            trim(all, most);
        }
    }

    /// Takes an act of the desk; `program` is the show on air with it.
    pub fn act(&mut self, done: &DeskAct, program: &Show) {
        match &done.act {
            Act::Say(said) => {
                let heard = Heard::said(SAID_FROM + done.n, done.at, said.corrects, &said.event);
                self.heard(&heard, &[], program);
            }
            Act::Reconcile => self.reconciled(),
            _ => {}
        }
    }

    /// Takes an event, of the feed or of the desk; `show` is the fold with it in which it counts.
    pub fn heard(&mut self, heard: &Heard<'_>, changes: &[Change], show: &Show) {
        self.base = show.core.config.base_score;
        if let Some((team, before, delta, after, reason, formula)) = figures(heard.event) {
            let stood = self.stood(team, heard.lane);
            let whence = whence(heard, team, show, &mut self.shared);
            let causes = self.chain(heard.cause);
            let alarms: Vec<Alarm> = changes
                .iter()
                .filter_map(|change| match change {
                    Change::Alarm(alarm) => Some(alarm.clone()),
                    _ => None,
                })
                .collect();
            let origin = Origin {
                seq: heard.seq,
                at: heard.at,
                lane: heard.lane,
                snapshot: false,
                before,
                stood,
                delta,
                after,
                reason: self.shared.text(reason),
                formula: formula.map(|formula| self.shared.text(formula)),
                causes: self.shared.causes(&causes),
                whence,
                corrects: heard.corrects,
                corrected: None,
                gone: false,
                alarms,
            };
            self.mend(team, heard);
            self.keep(team, origin);
        }
        let outcome = match heard.event {
            Event::VerdictGiven(verdict) => Some(verdict.outcome),
            _ => None,
        };
        self.recent.push_back(Chained {
            seq: heard.seq,
            at: Some(heard.at),
            event: heard.event.name(),
            outcome,
            cause: heard.cause,
        });
        while self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
    }

    /// Takes a whole state of the feed: where a team stands elsewhere than its events told, that is all that is known.
    pub fn snapshot(&mut self, show: &Show) {
        // A log that was set back is told anew, too.
        if show.epoch != self.epoch || show.seq < self.seq {
            *self = self.anew(&show.epoch);
        }
        (self.seq, self.base) = (show.seq, show.core.config.base_score);
        for (team, score) in show.core.scores.iter() {
            let known = self.teams.get(team).and_then(|all| all.iter().rev().find(|origin| origin.lane == Lane::Feed));
            if known.is_some_and(|origin| origin.seq == score.seq && origin.after == score.value()) {
                continue;
            }
            let stood = self.stood(team, Lane::Feed);
            let origin = of_snapshot(score, stood, &mut self.shared);
            self.keep(team, origin);
        }
    }

    /// The program is the feed's again: what the desk had entered counts no more.
    pub fn reconciled(&mut self) {
        for origin in self.teams.values_mut().flatten().filter(|origin| origin.lane == Lane::Desk) {
            origin.gone = true;
        }
    }

    /// All that made `team`'s score, oldest first; empty where it stands at the base score.
    pub fn of(&self, team: &str) -> &[Origin] {
        self.teams.get(team).map_or(&[], Vec::as_slice)
    }

    /// The same up to and with the instant `at`. What was corrected only later still says by whom and when.
    pub fn until(&self, team: &str, at: Instant) -> impl DoubleEndedIterator<Item = &Origin> {
        self.of(team).iter().filter(move |origin| origin.at <= at)
    }

    /// Teams whose score has changed, and everything that does not add up in it.
    pub fn wrong(&self) -> impl Iterator<Item = (&str, &Origin)> {
        let all = self.teams.iter().flat_map(|(team, all)| all.iter().map(move |origin| (team.as_str(), origin)));
        all.filter(|(_, origin)| !origin.adds_up())
    }

    /// What a team had before any event told a score.
    pub const fn base(&self) -> Points {
        self.base
    }

    /// Where the team stood: for the feed by its own last word, for the desk by the last that counts.
    fn stood(&self, team: &str, lane: Lane) -> Points {
        let counts = |origin: &&Origin| match lane {
            Lane::Feed => origin.lane == Lane::Feed,
            Lane::Desk => !origin.gone,
        };
        self.of(team).iter().rev().find(counts).map_or(self.base, |origin| origin.after)
    }

    /// Marks what this event corrects: the score event of that number, or the one that the verdict of it brought.
    fn mend(&mut self, team: &str, heard: &Heard<'_>) {
        let (Some(of), Some(all)) = (heard.corrects, self.teams.get_mut(team)) else { return };
        let by_verdict = |origin: &Origin| origin.whence.verdict.is_some_and(|(seq, _)| seq == of);
        let place = all
            .iter()
            .rposition(|origin| origin.seq == of)
            .or_else(|| all.iter().rposition(|origin| by_verdict(origin) || origin.corrects == Some(of)));
        if let Some(origin) = place.and_then(|place| all.get_mut(place)) {
            origin.corrected = Some(Mended { seq: heard.seq, at: heard.at });
        }
    }

    /// The causes of an event, nearest first.
    fn chain(&self, mut cause: Option<u64>) -> Vec<Chained> {
        let mut chain: Vec<Chained> = Vec::new();
        while let Some(seq) = cause.filter(|seq| chain.len() < CHAIN && chain.iter().all(|link| link.seq != *seq)) {
            let known = self.recent.iter().rev().find(|link| link.seq == seq).cloned();
            let link = known.unwrap_or(Chained { seq, at: None, event: "", outcome: None, cause: None });
            cause = link.cause;
            chain.push(link);
        }
        chain
    }
}

/// Team, `before`, change, `after`, reason and formula of a score event.
fn figures(event: &Event) -> Option<(&str, Points, Points, Points, &str, Option<&str>)> {
    match event {
        Event::ScoreChanged(it) => Some((&it.team, it.before, it.delta, it.after, &it.reason, it.formula.as_deref())),
        Event::ScoreCorrected(it) => Some((&it.team, it.before, it.after - it.before, it.after, &it.reason, None)),
        _ => None,
    }
}

/// What was played when the score changed. A question that the event's own cause lies before has nothing to do with it.
fn whence(heard: &Heard<'_>, team: &str, show: &Show, shared: &mut Shared) -> Whence {
    let core = &show.core;
    let round = core.round.as_ref().filter(|round| round.closed.is_none());
    let linked = |ask: &&Ask| heard.cause.is_none_or(|cause| cause >= ask.seq);
    let ask = core.question.as_ref().filter(linked).filter(|_| round.is_some());
    let verdict = ask.and_then(|ask| ask.verdict.as_ref()).filter(|verdict| verdict.team == team);
    // A score without a verdict of this team is not of this question: a foul, a speed round's sum.
    let ask = ask.filter(|_| verdict.is_some());
    let number = core.turn.as_ref().filter(|turn| turn.value.team == team).and_then(|turn| turn.value.question_no);
    let revealed = core.risk.as_ref().and_then(|risk| risk.revealed.iter().find(|(of, _)| of == team));
    let value = revealed.map(|(_, value)| value.value).or_else(|| ask.and_then(|ask| ask.question.value));
    let tally = core.audience.as_ref().and_then(|vote| vote.tally.as_ref()).map(|tally| tally.value.n);
    Whence {
        round: round.map(|round| {
            shared.round(Played {
                id: round.opened.id.clone(),
                name: round.opened.name.clone(),
                subtitle: round.opened.subtitle.clone(),
            })
        }),
        question: ask.map(|ask| shared.text(&ask.question.id)),
        question_no: number.filter(|_| ask.is_some()),
        verdict: verdict.map(|verdict| (verdict.seq, verdict.outcome)),
        value: value.filter(|_| ask.is_some()),
        n: tally.filter(|_| ask.is_some()),
    }
}

/// All that a state says of a score: where it stands and what its last change was.
fn of_snapshot(score: &Score, stood: Points, shared: &mut Shared) -> Origin {
    Origin {
        seq: score.seq,
        at: score.since,
        lane: Lane::Feed,
        snapshot: true,
        before: score.value() - score.delta,
        stood,
        delta: score.delta,
        after: score.value(),
        reason: shared.text(&score.reason),
        formula: score.formula.as_deref().map(|formula| shared.text(formula)),
        causes: Arc::default(),
        whence: Whence::default(),
        corrects: None,
        corrected: None,
        gone: false,
        alarms: Vec::new(),
    }
}

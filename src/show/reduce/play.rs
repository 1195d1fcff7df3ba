//! What a round plays with besides questions: risk values, the speed round, the audience.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        Points, limits,
        score::{
            AudienceLocked, AudienceOpened, AudienceTallied, RiskAssigned, RiskOffered, RiskRevealed, RushFinished,
            RushProgressed,
        },
    },
    state::{AudienceVote, Edge, RiskChoice, RushRun, Show},
};

/// Pips of a speed round whose rules do not say how many questions it has.
const PIPS: u32 = 10;

impl Show {
    pub(super) fn risk_offered(&mut self, stamp: Stamp, data: &RiskOffered) {
        self.clear_air();
        self.core.risk = Some(new_choice(stamp, data.values.clone()));
    }

    pub(super) fn risk_locked(&mut self, stamp: Stamp, team: &str) {
        self.check_team(stamp, team);
        let risk = self.core.risk.get_or_insert_with(|| new_choice(stamp, Vec::new()));
        if !risk.locked.iter().any(|(locked, _)| locked == team) {
            risk.locked.push((team.to_owned(), stamp.at));
        }
    }

    /// Said again, a team's value replaces the former one.
    pub(super) fn risk_revealed(&mut self, stamp: Stamp, data: &RiskRevealed) {
        self.check_team(stamp, &data.team);
        self.check_offer(stamp, data);
        let risk = self.core.risk.get_or_insert_with(|| new_choice(stamp, Vec::new()));
        match risk.revealed.iter_mut().find(|(team, _)| *team == data.team) {
            Some((_, value)) if value.value == data.value => {}
            Some((_, value)) => *value = stamp.on(data.value),
            None => risk.revealed.push((data.team.clone(), stamp.on(data.value))),
        }
    }

    /// A team names once: naming again replaces its edge.
    pub(super) fn risk_assigned(&mut self, stamp: Stamp, data: &RiskAssigned) {
        self.check_team(stamp, &data.from);
        self.check_team(stamp, &data.to);
        self.clear_air();
        self.core.edges.retain(|edge| edge.from != data.from);
        self.core.edges.push(Edge {
            from: data.from.clone(),
            to: data.to.clone(),
            player: data.player.clone(),
            since: stamp.at,
            seq: stamp.seq,
            was: None,
        });
    }

    pub(super) fn rush_progressed(&mut self, stamp: Stamp, data: &RushProgressed) {
        self.check_team(stamp, &data.team);
        if !(1..=limits::SLOTS).contains(&data.index) {
            self.alarm(stamp, &Discrepancy::NoPip { index: data.index });
            return;
        }
        let run = self.run(stamp, &data.team);
        let index = data.index as usize;
        if run.pips.len() < index {
            run.pips.resize(index, None);
        }
        let next = match data.outcome {
            None => data.index,
            Some(outcome) => {
                if let Some(pip) = run.pips.get_mut(index - 1) {
                    *pip = Some(stamp.on(outcome));
                }
                if index < run.pips.len() { data.index + 1 } else { 0 }
            }
        };
        if run.current.0 != next {
            run.current = (next, stamp.at);
        }
    }

    pub(super) fn rush_finished(&mut self, stamp: Stamp, data: &RushFinished) {
        self.check_team(stamp, &data.team);
        self.check_rush(stamp, data);
        let run = self.run(stamp, &data.team);
        run.finished = Some(stamp.on(data.clone()));
        run.current = (0, stamp.at);
        self.core.question = None;
    }

    /// The team's run: a new one for another team, or after the former was finished.
    pub(super) fn run(&mut self, stamp: Stamp, team: &str) -> &mut RushRun {
        let questions = self.core.round.as_ref().and_then(|round| round.opened.rules.questions);
        let pips = questions.unwrap_or(PIPS).min(limits::SLOTS) as usize;
        let going = self.core.rush.take().filter(|run| run.team == team && run.finished.is_none());
        self.core.rush.insert(going.unwrap_or_else(|| RushRun {
            team: team.to_owned(),
            since: stamp.at,
            seq: stamp.seq,
            pips: vec![None; pips],
            current: (0, stamp.at),
            finished: None,
        }))
    }

    pub(super) fn audience_opened(&mut self, stamp: Stamp, data: &AudienceOpened) {
        let seats = data.seats.unwrap_or(0).min(limits::SEATS);
        self.core.audience = Some(new_vote(stamp, seats, data.size.unwrap_or(seats)));
    }

    pub(super) fn audience_locked(&mut self, stamp: Stamp, data: &AudienceLocked) {
        let vote = self.vote(stamp);
        let seats = vote.seats;
        if let Some(seat) = data.seat {
            if seat == 0 || seat > seats {
                self.alarm(stamp, &Discrepancy::NoSeat { seat, seats });
                return;
            }
            if !vote.locked.iter().any(|(locked, _)| *locked == seat) {
                vote.locked.push((seat, stamp.at));
            }
            vote.count = u32::try_from(vote.locked.len()).unwrap_or(u32::MAX);
        }
        if let Some(count) = data.count {
            vote.count = count;
        }
    }

    pub(super) fn audience_tallied(&mut self, stamp: Stamp, data: &AudienceTallied) {
        self.vote(stamp).tally = Some(stamp.on(data.clone()));
        self.check_tally(stamp, data);
        self.check_duel_n(stamp);
    }

    /// The audience, or the one the show's configuration announced.
    fn vote(&mut self, stamp: Stamp) -> &mut AudienceVote {
        let seats = self.core.config.audience_seats.min(limits::SEATS);
        self.core.audience.get_or_insert_with(|| new_vote(stamp, seats, seats))
    }
}

fn new_choice(stamp: Stamp, values: Vec<Points>) -> RiskChoice {
    RiskChoice { values, since: stamp.at, seq: stamp.seq, locked: Vec::new(), revealed: Vec::new() }
}

fn new_vote(stamp: Stamp, seats: u32, size: u32) -> AudienceVote {
    AudienceVote { seats, size, since: stamp.at, seq: stamp.seq, locked: Vec::new(), count: 0, tally: None }
}

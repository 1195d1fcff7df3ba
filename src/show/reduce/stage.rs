//! The frame round the play: roster, draw, round, turn, judging, standings, reveals, slates.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        roster::{DrawOpened, DrawResolved, RosterUpdated, RoundOpened, TurnGiven},
        score::{
            AdvanceRevealed, AdvanceSet, AppealOpened, AppealResolved, AwardSet, AwardStepped, LowerThirdShown,
            SlateShown, StandingsSet, TotalShown,
        },
    },
    state::{Advance, Appeal, Award, Core, Draw, LowerThird, Round, Scene, Show, SlateCard, Standings, Was},
};

impl Show {
    pub(super) fn roster_updated(&mut self, data: &RosterUpdated) {
        if let Some(teams) = &data.teams {
            self.core.config.teams.clone_from(teams);
        }
        if let Some(players) = &data.players {
            self.core.config.players.clone_from(players);
        }
    }

    /// The question and its clock are over.
    pub(super) fn clear_air(&mut self) {
        self.end_question();
        self.drop_clock(false);
    }

    fn clear_round(&mut self) {
        self.clear_air();
        let core = &mut self.core;
        (core.turn, core.risk, core.rush, core.audience) = (None, None, None, None);
        core.edges = Default::default();
    }

    pub(super) fn round_opened(&mut self, stamp: Stamp, data: &RoundOpened) {
        self.clear_round();
        self.core.round =
            Some(Round { opened: data.clone().into(), since: stamp.at, seq: stamp.seq, closed: None, was: None });
    }

    /// The round stays to be named in the header; what was played in it is over.
    pub(super) fn round_closed(&mut self, stamp: Stamp) {
        self.clear_round();
        if let Some(round) = &mut self.core.round {
            round.closed = Some(stamp.at);
        }
    }

    /// The buzzer's winner naming a player keeps the question that was buzzed for.
    pub(super) fn turn_given(&mut self, stamp: Stamp, data: &TurnGiven) {
        self.check_team(stamp, &data.team);
        if !buzzed_for(&self.core, &data.team) {
            self.end_question();
            self.core.rush = None;
        }
        self.core.turn = Some(stamp.on(data.clone()));
    }

    pub(super) fn draw_opened(&mut self, stamp: Stamp, data: &DrawOpened) {
        self.clear_air();
        let (since, seq) = (stamp.at, stamp.seq);
        self.core.draw = Some(Draw { opened: data.clone(), since, seq, resolved: Vec::new() }.into());
    }

    pub(super) fn draw_resolved(&mut self, stamp: Stamp, data: &DrawResolved) {
        let Some(draw) = &mut self.core.draw else {
            self.alarm(stamp, &Discrepancy::NoDraw { slot: data.slot.clone() });
            return;
        };
        draw.resolved.retain(|resolved| resolved.value.slot != data.slot);
        draw.resolved.push(stamp.on(data.clone()));
    }

    pub(super) fn appeal_opened(&mut self, stamp: Stamp, data: &AppealOpened) {
        self.check_team(stamp, &data.team);
        let (since, seq) = (stamp.at, stamp.seq);
        self.core.appeal = Some(Appeal { opened: data.clone(), since, seq, resolved: None }.into());
    }

    pub(super) fn appeal_resolved(&mut self, stamp: Stamp, data: &AppealResolved) {
        match &mut self.core.appeal {
            Some(appeal) => appeal.resolved = Some(stamp.on(data.clone())),
            None => self.alarm(stamp, &Discrepancy::NoAppeal),
        }
    }

    pub(super) fn standings_set(&mut self, stamp: Stamp, data: &StandingsSet) {
        self.clear_air();
        if self.standings_mended(stamp, data) {
            return;
        }
        let before = self.core.standings.take().map(|standings| Box::new(standings.into_inner().set));
        let (since, seq) = (stamp.at, stamp.seq);
        self.core.standings = Some(Standings { set: data.clone(), since, seq, before, was: None }.into());
    }

    /// Standings set anew for the same teams after a score was corrected, with the old ones on air, are the same
    /// standings, corrected: no new entrance.
    fn standings_mended(&mut self, stamp: Stamp, data: &StandingsSet) -> bool {
        if self.program.scene != Scene::Standings {
            return false;
        }
        let Some(standings) = &mut self.core.standings else { return false };
        let teams = |set: &StandingsSet| {
            let mut teams: Vec<_> = set.rows.iter().map(|row| row.team.clone()).collect();
            teams.sort();
            teams
        };
        let last = standings.was.as_ref().map_or(standings.seq, |was| was.seq);
        let mended = self.core.scores.values().filter(|score| score.corrected && score.seq > last);
        let Some(score) = mended.max_by_key(|score| score.seq) else { return false };
        if standings.set.title != data.title || teams(&standings.set) != teams(data) {
            return false;
        }
        let value = std::mem::replace(&mut standings.set, data.clone());
        let reason = score.reason.clone();
        standings.was = Some(Box::new(Was { value, since: stamp.at, seq: stamp.seq, reason }));
        true
    }

    pub(super) fn total_shown(&mut self, stamp: Stamp, data: &TotalShown) {
        self.check_team(stamp, &data.team);
        self.clear_air();
        self.core.total = Some(stamp.on(data.clone()).into());
    }

    pub(super) fn advance_set(&mut self, stamp: Stamp, data: &AdvanceSet) {
        self.clear_air();
        let (slots, title) = (data.slots, data.title.clone());
        let (since, seq) = (stamp.at, stamp.seq);
        self.core.advance = Some(Advance { slots, title, since, seq, revealed: Vec::new() }.into());
    }

    pub(super) fn advance_revealed(&mut self, stamp: Stamp, data: &AdvanceRevealed) {
        self.check_team(stamp, &data.team);
        let Some(advance) = &mut self.core.advance else {
            self.alarm(stamp, &Discrepancy::NoAdvance);
            return;
        };
        if data.slot == 0 || data.slot > advance.slots {
            let wrong = Discrepancy::AdvanceSlot { slot: data.slot, slots: advance.slots };
            self.alarm(stamp, &wrong);
            return;
        }
        advance.revealed.retain(|(slot, _)| *slot != data.slot);
        advance.revealed.push((data.slot, stamp.on(data.team.clone())));
    }

    pub(super) fn award_set(&mut self, stamp: Stamp, data: &AwardSet) {
        self.clear_air();
        let (since, seq) = (stamp.at, stamp.seq);
        self.core.award = Some(Award { set: data.clone(), since, seq, page: None, row: None, was: None }.into());
    }

    pub(super) fn award_stepped(&mut self, stamp: Stamp, data: &AwardStepped) {
        let Some(award) = self.core.award.as_mut().filter(|award| award.set.id == data.id) else {
            self.alarm(stamp, &Discrepancy::OtherAward { id: data.id.clone() });
            return;
        };
        if let Some(page) = data.page {
            award.page = Some(stamp.on(page));
        }
        if let Some(row) = data.row {
            award.row = Some(stamp.on(row));
        }
    }

    pub(super) fn slate_shown(&mut self, stamp: Stamp, data: &SlateShown) {
        self.clear_air();
        let (since, seq, ledger) = (stamp.at, stamp.seq, self.ledger.clone());
        self.core.slate = Some(SlateCard { shown: data.clone(), since, seq, line: None, ledger, was: None }.into());
    }

    pub(super) fn slate_stepped(&mut self, stamp: Stamp, line: u32) {
        match &mut self.core.slate {
            Some(slate) => slate.line = Some(stamp.on(line)),
            None => self.alarm(stamp, &Discrepancy::NoSlate),
        }
    }

    pub(super) fn lower_third_shown(&mut self, stamp: Stamp, data: &LowerThirdShown) {
        self.core.lower_third =
            Some(LowerThird { shown: data.clone(), since: stamp.at, seq: stamp.seq, cleared: None });
    }

    pub(super) fn lower_third_cleared(&mut self, stamp: Stamp) {
        if let Some(shown) = &mut self.core.lower_third {
            shown.cleared.get_or_insert(stamp.at);
        }
    }
}

/// True when `team` has won the buzzer for the question on air, which still waits for its verdict.
pub(super) fn buzzed_for(core: &Core, team: &str) -> bool {
    let waits = core.question.as_ref().is_some_and(|ask| ask.verdict.is_none() && ask.withdrawn.is_none());
    waits && core.buzzer.as_ref().is_some_and(|buzzer| buzzer.hits.iter().any(|hit| hit.team == team))
}

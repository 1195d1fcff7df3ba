//! Corrections: an event that `corrects` another replaces the fact that one made, in place, and nothing else.
//!
//! | the event, with `corrects: N` | what becomes of it |
//! |---|---|
//! | one of the table in [`Show::amend`] | replaces the fact that event N made, or corrected last: its `since` and `seq` stay, `was` tells what it was before, when, by which event and why |
//! | the same, but that fact is no longer held | nothing is drawn; the operator is told |
//! | `score.changed`, `score.corrected` | always folded: the score counts from old to new as a correction, whatever N was |
//! | `risk.offered`, `draw.opened`, `advance.set`, `audience.opened` | replaces what was offered, keeps what came of it |
//! | `show.configured`, `roster.updated`, `question.cued`, `media.cued`, `phase.set`, `countdown.*`, `lower_third.shown`, `award.stepped`, `slate.stepped` | folded as it stands: said again it replaces the former one anyway |
//! | any other | it makes no fact that could be corrected: nothing is drawn; the operator is told |
//!
//! A correction never brings a scene on or takes one off, and what has left keeps what it left with.

use super::{Discrepancy, Stamp};
use crate::show::{
    protocol::{
        Event,
        play::{QuestionWithdrawn, VerdictGiven},
        roster::TurnGiven,
    },
    state::{Fact, Pressed, Show},
};

/// What a correction is made with.
struct Correction {
    /// The event that is corrected.
    of: u64,
    at: i64,
    seq: u64,
    reason: String,
}

impl Correction {
    /// Puts `value` into the one of `facts` that the corrected event made; hands it back for what else hangs on it.
    fn make<'a, F: Fact + 'a>(&self, facts: impl IntoIterator<Item = &'a mut F>, value: F::Value) -> Option<&'a mut F> {
        let fact = facts.into_iter().find(|fact| fact.is_of(self.of))?;
        fact.correct(value, self.at, self.seq, &self.reason);
        Some(fact)
    }
}

impl Show {
    /// Folds an event that corrects event `of`.
    pub(super) fn correct(&mut self, stamp: Stamp, of: u64, event: &Event) {
        match event {
            Event::ScoreChanged(_) | Event::ScoreCorrected(_) => self.fold(stamp, event),
            Event::ShowConfigured(_)
            | Event::RosterUpdated(_)
            | Event::QuestionCued(_)
            | Event::MediaCued(_)
            | Event::PhaseSet(_)
            | Event::CountdownArmed(_)
            | Event::CountdownStarted(_)
            | Event::CountdownPaused(_)
            | Event::CountdownResumed(_)
            | Event::CountdownChanged(_)
            | Event::CountdownStopped(_)
            | Event::CountdownExpired(_)
            | Event::LowerThirdShown(_)
            | Event::AwardStepped(_)
            | Event::SlateStepped(_) => self.fold(stamp, event),
            _ => {
                let reason = self.reason(stamp, event);
                let correction = Correction { of, at: stamp.at, seq: stamp.seq, reason };
                if self.amend(&correction, event).is_some() {
                    self.recheck(stamp, event);
                } else {
                    let event = event.name().to_owned();
                    self.alarm(stamp, &Discrepancy::NothingToCorrect { event, of });
                }
            }
        }
    }

    /// Which fact an event speaks of and where it is held; `None` where event `of` made none of them.
    fn amend(&mut self, make: &Correction, event: &Event) -> Option<()> {
        let core = &mut self.core;
        match event {
            Event::RoundOpened(data) => make.make(&mut core.round, data.clone()).map(drop),
            Event::TurnGiven(data) => self.amend_turn(make, data),
            Event::QuestionShown(data) => make.make(&mut core.question, data.clone()).map(drop),
            Event::QuestionWithdrawn(data) => self.amend_withdrawal(make, data),
            Event::AnswerGiven(data) => make.make(&mut core.question.as_mut()?.answer, data.clone()).map(drop),
            Event::VerdictGiven(data) => {
                // Why is told beside it, and is no part of what was judged.
                let value = VerdictGiven { reason: None, ..data.clone() };
                let verdict = make.make(&mut core.question.as_mut()?.verdict, value)?;
                if data.delta.is_some() {
                    verdict.paid = None;
                }
                Some(())
            }
            Event::AnswerRevealed(data) => make.make(&mut core.question.as_mut()?.key, data.clone()).map(drop),
            Event::BuzzerHit(data) => {
                let value = Pressed { team: data.team.clone(), order: data.order, us: data.after_us, note: None };
                make.make(&mut core.buzzer.as_mut()?.hits, value).map(drop)
            }
            Event::BuzzerFouled(data) => {
                let fouls = &mut core.buzzer.as_mut()?.fouls;
                let order = fouls.iter().find(|press| press.is_of(make.of))?.order;
                let (team, us, note) = (data.team.clone(), data.early_us, data.note.clone());
                make.make(fouls, Pressed { team, order, us, note }).map(drop)
            }
            Event::RiskRevealed(data) => {
                let revealed = &mut core.risk.as_mut()?.revealed;
                // What another team chose is another fact, and would leave this one standing wrong.
                let (_, value) =
                    revealed.iter_mut().find(|(team, value)| *team == data.team && value.is_of(make.of))?;
                make.make([value], data.value).map(drop)
            }
            Event::RiskAssigned(data) => make.make(&mut *core.edges, data.clone()).map(drop),
            Event::RushProgressed(data) => {
                let pips = core.rush.as_mut()?.pips.iter_mut().flatten();
                make.make(pips, data.outcome?).map(drop)
            }
            Event::RushFinished(data) => make.make(&mut core.rush.as_mut()?.finished, data.clone()).map(drop),
            Event::AudienceTallied(data) => make.make(&mut core.audience.as_mut()?.tally, data.clone()).map(drop),
            Event::DrawResolved(data) => make.make(&mut core.draw.as_mut()?.resolved, data.clone()).map(drop),
            Event::StandingsSet(data) => make.make(&mut core.standings, data.clone()).map(drop),
            Event::TotalShown(data) => make.make(&mut core.total, data.clone()).map(drop),
            Event::TiebreakDecided(data) => make.make(&mut core.tiebreak, data.clone()).map(drop),
            Event::AdvanceRevealed(data) => {
                let advance = core.advance.as_mut().filter(|advance| (1..=advance.slots).contains(&data.slot))?;
                let (_, team) =
                    advance.revealed.iter_mut().find(|(slot, team)| *slot == data.slot && team.is_of(make.of))?;
                make.make([team], data.team.clone()).map(drop)
            }
            Event::AwardSet(data) => make.make(&mut core.award, data.clone()).map(drop),
            Event::SlateShown(data) => make.make(&mut core.slate, data.clone()).map(drop),
            _ => self.amend_offer(make.of, event),
        }
    }

    /// What was laid out for something still to come: there is no picture of old and new, only the new.
    fn amend_offer(&mut self, of: u64, event: &Event) -> Option<()> {
        let core = &mut self.core;
        match event {
            Event::RiskOffered(data) => {
                core.risk.as_mut().filter(|risk| risk.seq == of)?.values.clone_from(&data.values);
            }
            Event::DrawOpened(data) => core.draw.as_mut().filter(|draw| draw.seq == of)?.opened = data.clone(),
            Event::AdvanceSet(data) => {
                let advance = core.advance.as_mut().filter(|advance| advance.seq == of)?;
                (advance.slots, advance.title) = (data.slots, data.title.clone());
                advance.revealed.retain(|(slot, _)| *slot <= data.slots);
            }
            Event::AudienceOpened(data) => {
                let vote = core.audience.as_mut().filter(|vote| vote.seq == of)?;
                vote.seats = data.seats.unwrap_or(0).min(crate::show::protocol::limits::SEATS);
                vote.size = data.size.unwrap_or(vote.seats);
                vote.locked.retain(|(seat, _)| *seat <= vote.seats);
            }
            _ => return None,
        }
        Some(())
    }

    /// The speed round under way is the corrected team's.
    fn amend_turn(&mut self, make: &Correction, data: &TurnGiven) -> Option<()> {
        let former = self.core.turn.as_ref()?.value.team.clone();
        make.make(&mut self.core.turn, data.clone())?;
        if let Some(run) = self.core.rush.as_mut().filter(|run| run.team == former && run.finished.is_none()) {
            run.team.clone_from(&data.team);
        }
        Some(())
    }

    /// Without a reason the withdrawal itself is taken back; with one it stands, for that reason, or again.
    fn amend_withdrawal(&mut self, make: &Correction, data: &QuestionWithdrawn) -> Option<()> {
        let ask = self.core.question.as_mut()?;
        if data.reason.is_empty() {
            let mut lifted = ask.withdrawn.take_if(|withdrawn| withdrawn.is_of(make.of))?;
            let was = lifted.value();
            *lifted.was_mut() = None;
            lifted.correct(QuestionWithdrawn { reason: String::new() }, make.at, make.seq, &make.reason);
            // One without a reason is taken back as well.
            lifted.was_mut().get_or_insert_with(|| {
                let (since, seq, reason) = (make.at, make.seq, make.reason.clone());
                Box::new(crate::show::state::Was { value: was, since, seq, reason })
            });
            ask.reinstated = Some(lifted);
            return Some(());
        }
        if let Some(again) = ask.reinstated.take_if(|lifted| lifted.is_of(make.of)) {
            ask.withdrawn = Some(again);
        }
        make.make(&mut ask.withdrawn, data.clone()).map(drop)
    }

    /// The event's own words; else the note of the appeal that led to it.
    fn reason(&self, stamp: Stamp, event: &Event) -> String {
        let own = match event {
            Event::VerdictGiven(data) => data.reason.clone(),
            _ => None,
        };
        let ruled = self.core.appeal.as_ref().and_then(|appeal| appeal.resolved.as_ref());
        let ruled =
            ruled.filter(|resolved| stamp.cause == Some(resolved.seq)).map(|resolved| resolved.value.note.clone());
        own.filter(|reason| !reason.is_empty()).or(ruled).unwrap_or_default()
    }

    /// A correction is checked like what it corrects.
    fn recheck(&mut self, stamp: Stamp, event: &Event) {
        match event {
            Event::TurnGiven(data) => self.check_team(stamp, &data.team),
            Event::VerdictGiven(data) => {
                self.check_team(stamp, &data.team);
                self.check_duel_n(stamp);
            }
            Event::BuzzerHit(data) => self.check_team(stamp, &data.team),
            Event::BuzzerFouled(data) => self.check_team(stamp, &data.team),
            Event::RiskRevealed(data) => {
                self.check_team(stamp, &data.team);
                self.check_offer(stamp, data);
            }
            Event::RiskAssigned(data) => {
                self.check_team(stamp, &data.from);
                self.check_team(stamp, &data.to);
            }
            Event::RushFinished(data) => self.check_rush(stamp, data),
            Event::AudienceTallied(data) => {
                self.check_tally(stamp, data);
                self.check_duel_n(stamp);
            }
            Event::TotalShown(data) => self.check_team(stamp, &data.team),
            Event::AdvanceRevealed(data) => self.check_team(stamp, &data.team),
            _ => {}
        }
    }
}

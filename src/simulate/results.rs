//! Who stands where: totals by the rulebook's weights, ties by its keys, and the reveals that follow.

use std::cmp::Ordering;

use super::{SimulateError, contest::Contest};
use crate::show::{
    protocol::{
        Event, Points,
        score::{
            AdvanceRevealed, AdvanceSet, StandingsRow, StandingsSet, TieBreak, TiebreakDecided, TotalPart, TotalShown,
        },
    },
    rules::{Advance, Table, Tiebreak},
};

/// A team's place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub team: usize,
    pub rank: u32,
    pub total: Points,
    /// The deepest key that was needed to tell it from those with the same total.
    pub tie_key: Option<TieBreak>,
}

impl Contest<'_> {
    /// The score that counts: that of the strip without what decided an order only.
    pub fn stage_score(&self, team: usize) -> Points {
        let apart = self.uncounted.get(team).copied().unwrap_or_default();
        self.desk.score(&self.team_id(team)) - apart
    }

    fn total(&self, team: usize) -> Points {
        let written = self.sides.get(team).map_or(Points::ZERO, |side| side.written);
        self.book.total(written, self.stage_score(team))
    }

    fn key(&self, team: usize, key: TieBreak) -> Points {
        let side = self.sides.get(team);
        match key {
            TieBreak::Written => side.map_or(Points::ZERO, |side| side.written),
            TieBreak::GeneralWritten => side.map_or(Points::ZERO, |side| side.general),
            TieBreak::Playoff => self.uncounted.get(team).copied().unwrap_or_default(),
        }
    }

    /// All teams by total and tie keys; those that nothing tells apart share a rank.
    pub fn ranking(&self) -> Vec<Place> {
        let mut order: Vec<(Points, usize)> = (0..self.sides.len()).map(|team| (self.total(team), team)).collect();
        let deciding = |a: usize, b: usize| {
            let keys = self.book.tie_order.iter();
            keys.map(|key| (*key, self.key(b, *key).cmp(&self.key(a, *key)))).find(|(_, way)| *way != Ordering::Equal)
        };
        order.sort_by(|a, b| {
            let by_key = || deciding(a.1, b.1).map_or(Ordering::Equal, |(_, way)| way);
            b.0.cmp(&a.0).then_with(by_key).then(a.1.cmp(&b.1))
        });
        let mut places: Vec<Place> = Vec::new();
        for (at, (total, team)) in order.iter().copied().enumerate() {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let mut place = Place { team, rank: number, total, tie_key: None };
            if let Some(above) = places.last_mut().filter(|above| above.total == total) {
                match deciding(above.team, team) {
                    Some((key, _)) => {
                        above.tie_key = deeper(self.book.tie_order.as_slice(), above.tie_key, key);
                        place.tie_key = Some(key);
                    }
                    None => place.rank = above.rank,
                }
            }
            places.push(place);
        }
        places
    }

    fn table(&self, title: &str, advance: Option<u32>) -> StandingsSet {
        let ranked = self.book.ranked;
        let mut places = self.ranking();
        if !ranked {
            places.sort_by_key(|place| place.team);
        }
        let weighed = self.book.weights.is_some();
        let row = |place: &Place| {
            let (side, deep) = (self.sides.get(place.team), place.tie_key);
            let general = deep.filter(|key| *key != TieBreak::Written).and(side).map(|side| side.general);
            StandingsRow {
                team: self.team_id(place.team),
                rank: ranked.then_some(place.rank),
                written: side.filter(|_| weighed).map(|side| side.written),
                general_written: general,
                stage: weighed.then(|| self.stage_score(place.team)),
                total: place.total,
                tie_key: deep,
            }
        };
        StandingsSet { rows: places.iter().map(row).collect(), ranked, title: title.to_owned(), advance }
    }

    fn show_table(&mut self, set: StandingsSet) -> u64 {
        let pages = i64::try_from(set.rows.len().div_ceil(8)).unwrap_or(1).max(1);
        let seq = self.desk.say(Event::StandingsSet(set));
        self.desk.wait(5_500 * pages);
        seq
    }

    /// After a round: the stage scores so far.
    pub fn standings(&mut self, table: &Table) {
        let teams = if self.complete { self.sides.len() } else { self.stage() };
        let mut order: Vec<(Points, usize)> = (0..teams).map(|team| (self.stage_score(team), team)).collect();
        let ranked = self.book.ranked;
        if ranked {
            order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        let rank = |score: Points| u32::try_from(order.iter().filter(|(other, _)| *other > score).count() + 1).ok();
        let row = |(total, team): &(Points, usize)| StandingsRow {
            team: self.team_id(*team),
            rank: rank(*total).filter(|_| ranked),
            written: None,
            general_written: None,
            stage: None,
            total: *total,
            tie_key: None,
        };
        let rows = order.iter().map(row).collect();
        self.show_table(StandingsSet { rows, ranked, title: table.title.clone(), advance: table.advance });
    }

    /// How each total comes about, the last team first; then the whole table.
    pub fn totals(&mut self, table: &Table) {
        let places = self.ranking();
        if let Some(weights) = self.book.weights.filter(|_| table.each) {
            for place in places.iter().rev() {
                let shared = places.iter().filter(|other| other.total == place.total).count() > 1;
                let written = self.key(place.team, TieBreak::Written);
                let part = |label: &str, score, percent| TotalPart { label: label.to_owned(), score, percent };
                let parts = vec![
                    part(&self.words.written, written, weights.written),
                    part(&self.words.stage, self.stage_score(place.team), weights.stage),
                ];
                let rank = Some(place.rank).filter(|_| self.book.ranked && !shared);
                let shown = TotalShown { team: self.team_id(place.team), parts, total: place.total, rank };
                self.desk.say(Event::TotalShown(shown));
                self.desk.wait(5_200);
            }
        }
        let set = self.table(&table.title, table.advance);
        let shown = self.show_table(set);
        for key in [TieBreak::Written, TieBreak::GeneralWritten] {
            self.decided(shown, key);
        }
    }

    /// Says by which key teams of one total were told apart, group by group.
    fn decided(&mut self, cause: u64, by: TieBreak) {
        let places: Vec<Place> = self.ranking().into_iter().filter(|place| place.tie_key == Some(by)).collect();
        for group in places.chunk_by(|a, b| a.total == b.total).filter(|group| group.len() > 1) {
            let teams = group.iter().map(|place| self.team_id(place.team)).collect();
            self.desk.after(cause, Event::TiebreakDecided(TiebreakDecided { teams, by }));
            self.desk.wait(4_500);
        }
    }

    /// Plays off what the written keys leave undecided within the places that matter.
    pub fn tiebreak(&mut self, tiebreak: &Tiebreak) -> Result<(), SimulateError> {
        let tied = |contest: &Self| -> Vec<Vec<usize>> {
            let places = contest.ranking();
            let groups = places.chunk_by(|a, b| a.rank == b.rank);
            let matter = groups
                .filter(|group| group.len() > 1 && group.first().is_some_and(|place| place.rank <= tiebreak.places));
            matter.map(|group| group.iter().map(|place| place.team).collect()).collect()
        };
        if tied(self).is_empty() {
            return Ok(());
        }
        let opened = self.opened(&tiebreak.round);
        self.open(opened);
        let needed = tiebreak.round.needed(self.book.stage_teams());
        let questions = self.stock.take(&tiebreak.round.id, &tiebreak.round.kinds, needed)?;
        for question in questions {
            let Some(group) = tied(self).into_iter().next() else { break };
            self.buzz(&tiebreak.round, &group, question);
        }
        self.close(&tiebreak.round);
        let set = self.table(&tiebreak.title, None);
        let shown = self.show_table(set);
        self.decided(shown, TieBreak::Playoff);
        Ok(())
    }

    pub fn advance(&mut self, advance: &Advance) {
        let (slots, title) = (advance.slots, advance.title.clone());
        let set = self.desk.say(Event::AdvanceSet(AdvanceSet { slots, title }));
        self.desk.wait(3_000);
        let ranking = self.ranking();
        let mut order: Vec<(u32, usize)> = (1..=slots).zip(ranking.iter().map(|place| place.team)).collect();
        if advance.first_last {
            order.reverse();
        }
        for (slot, team) in order {
            let team = self.team_id(team);
            self.desk.after(set, Event::AdvanceRevealed(AdvanceRevealed { slot, team }));
            self.desk.wait(4_500);
        }
        self.desk.wait(3_000);
    }
}

/// The later of two keys in the rulebook's order.
fn deeper(order: &[TieBreak], known: Option<TieBreak>, key: TieBreak) -> Option<TieBreak> {
    let depth = |key: TieBreak| order.iter().position(|other| *other == key);
    Some(known.filter(|known| depth(*known) >= depth(key)).unwrap_or(key))
}

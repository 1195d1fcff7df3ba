//! Who wins what: by places, by groups, by individual results; revealed row by row or page by page.

use super::{contest::Contest, moments::mean_of};
use crate::show::{
    protocol::{
        Event, Points,
        score::{AwardRow, AwardSet, AwardStepped},
    },
    rules::{Award, Group, Winners},
};

/// What has won: a team or group by its name, or one player.
enum Winner {
    Name(String),
    Player(usize, usize, Option<String>),
}

impl Contest<'_> {
    pub fn award(&mut self, award: &Award) {
        let winners = self.winners_of(&award.winners);
        let players = winners.iter().filter_map(|winner| match winner {
            Winner::Player(team, player, _) => Some((*team, *player)),
            Winner::Name(_) => None,
        });
        self.winners.insert(award.id.clone(), players.collect());
        let row = |(rank, winner): (u32, &Winner)| {
            let rank = award.ranked.then_some(rank);
            match winner {
                Winner::Name(name) => AwardRow { group: None, name: name.clone(), unit: String::new(), rank },
                Winner::Player(team, player, group) => {
                    let unit = self.sides.get(*team).map(|side| side.team.name.clone()).unwrap_or_default();
                    AwardRow { group: group.clone(), name: self.player_name(*team, *player), unit, rank }
                }
            }
        };
        let rows = (1..).zip(&winners).map(row).collect();
        let set = AwardSet { id: award.id.clone(), title: award.title.clone(), rows, note: award.note.clone() };
        self.list(set, award.ranked, award.step);
    }

    /// Sets a list. Ranked rows are stepped from the last to the first, nothing shown before; pages of `step` rows are
    /// stepped through; without either the pages turn by themselves.
    pub fn list(&mut self, set: AwardSet, ranked: bool, step: Option<u32>) {
        let (id, rows) = (set.id.clone(), set.rows.len());
        let stepped =
            |page: Option<u32>, row: Option<u32>| Event::AwardStepped(AwardStepped { id: id.clone(), page, row });
        self.desk.say(Event::AwardSet(set));
        if ranked {
            self.desk.say(stepped(None, u32::try_from(rows + 1).ok()));
            self.desk.wait(2_500);
            for row in (1..=rows).rev() {
                self.desk.say(stepped(None, u32::try_from(row).ok()));
                self.desk.wait(3_500);
            }
            self.desk.wait(2_500);
        } else if let Some(step) = step.filter(|step| *step > 0) {
            for page in 1..=rows.div_ceil(step as usize) {
                self.desk.say(stepped(u32::try_from(page).ok(), None));
                self.desk.wait(8_000);
            }
        } else {
            self.desk.wait(5_000 + 1_100 * i64::try_from(rows).unwrap_or(10));
        }
    }

    fn winners_of(&self, winners: &Winners) -> Vec<Winner> {
        let team = |team: usize| self.sides.get(team).map(|side| Winner::Name(side.team.name.clone()));
        let player = |(team, player): (usize, usize)| Winner::Player(team, player, None);
        let places =
            |from: u32, to: u32| (from.saturating_sub(1) as usize, to.saturating_add(1).saturating_sub(from) as usize);
        match winners {
            Winners::Teams { from, to } => {
                let (skip, count) = places(*from, *to);
                self.ranking().into_iter().skip(skip).take(count).filter_map(|place| team(place.team)).collect()
            }
            Winners::Groups { from, to } => {
                let mut groups: Vec<(Points, &Group)> =
                    self.book.groups.iter().map(|group| (self.group_mean(group), group)).collect();
                groups.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.from.cmp(&b.1.from)));
                let (skip, count) = places(*from, *to);
                groups.into_iter().skip(skip).take(count).map(|(_, group)| Winner::Name(group.name.clone())).collect()
            }
            Winners::Players(count) => self.best_players().into_iter().take(*count as usize).map(player).collect(),
            Winners::PlayersPercent(percent) => {
                let best = self.best_players();
                let count = best.len() * *percent as usize / 100;
                best.into_iter().take(count).map(player).collect()
            }
            Winners::PlayersOf { group, count } => {
                let group = self.book.groups.iter().find(|known| known.name == *group);
                let best =
                    self.best_players().into_iter().filter(|(team, _)| group.is_some_and(|group| within(group, *team)));
                best.take(*count as usize).map(player).collect()
            }
            Winners::PlayersOfEach { count, except } => {
                let gone = except.as_ref().and_then(|id| self.winners.get(id)).cloned().unwrap_or_default();
                let best = self.best_players();
                let mut list = Vec::new();
                for group in &self.book.groups {
                    let of = best.iter().filter(|one| within(group, one.0) && !gone.contains(one));
                    let named = of.take(*count as usize);
                    list.extend(named.map(|(team, player)| Winner::Player(*team, *player, Some(group.name.clone()))));
                }
                list
            }
            Winners::ByJury(count) => {
                let on_stage = if self.book.groups.len() > 2 { self.sides.len() } else { self.stage() };
                let mut marks: Vec<(u32, usize)> =
                    self.sides.iter().take(on_stage).enumerate().map(|(at, side)| (side.mark, at)).collect();
                marks.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                marks.into_iter().take(*count as usize).filter_map(|(_, at)| team(at)).collect()
            }
        }
    }

    fn group_mean(&self, group: &Group) -> Points {
        let sides = self.sides.iter().enumerate().filter(|(at, _)| within(group, *at));
        mean_of(sides.flat_map(|(_, side)| side.results.iter().copied()))
    }

    /// Everybody by individual result, the best first; equal ones in the roster's order.
    pub fn best_players(&self) -> Vec<(usize, usize)> {
        let each = self.sides.iter().enumerate().flat_map(|(team, side)| {
            side.results.iter().enumerate().map(move |(player, result)| (*result, team, player))
        });
        let mut all: Vec<(Points, usize, usize)> = each.collect();
        all.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        all.into_iter().map(|(_, team, player)| (team, player)).collect()
    }
}

fn within(group: &Group, team: usize) -> bool {
    (group.from as usize..=group.to as usize).contains(&(team + 1))
}

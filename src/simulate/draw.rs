//! Lots: team numbers, papers, representatives; and the list of those who were drawn and those who were named.

use super::{contest::Contest, words::fill};
use crate::show::{
    protocol::{
        Event,
        roster::{DrawOpened, DrawResolved, RosterUpdated, Team},
        score::{AwardRow, AwardSet},
    },
    rules::{Draw, Pool, Selection},
};

impl Contest<'_> {
    pub fn draw(&mut self, draw: &Draw) {
        let players = match draw.pool {
            Pool::Players { from, to } => {
                let best = self.best_players();
                best.into_iter()
                    .skip(from.saturating_sub(1) as usize)
                    .take(to.saturating_add(1).saturating_sub(from) as usize)
                    .collect()
            }
            Pool::Teams | Pool::Listed(_) => Vec::new(),
        };
        let pool: Vec<String> = match &draw.pool {
            Pool::Teams => self.sides.iter().map(|side| side.team.number.to_string()).collect(),
            Pool::Listed(list) => list.clone(),
            Pool::Players { .. } => players.iter().map(|(team, player)| self.name_of(*team, *player)).collect(),
        };
        let numbered = matches!(draw.pool, Pool::Teams);
        let mut order: Vec<usize> = (0..pool.len()).collect();
        self.rng.shuffle(&mut order);
        let slot = |number: usize| fill(&draw.slot, &[&number.to_string()]);
        if numbered {
            self.before_numbers(&order, slot);
        }
        let opened =
            DrawOpened { kind: draw.kind, pool: pool.clone(), title: draw.title.clone(), slots: Some(draw.slots) };
        let opened = self.desk.say(Event::DrawOpened(opened));
        self.desk.wait(3_000);
        // A long draw goes quicker after its first lots.
        for (at, lot) in order.iter().enumerate().take(draw.slots as usize) {
            let value = pool.get(*lot).cloned().unwrap_or_default();
            // A number is drawn by a team, which the picture knows by its id.
            let slot = if numbered { self.team_id(*lot) } else { slot(at + 1) };
            self.desk.after(opened, Event::DrawResolved(DrawResolved { slot, value }));
            self.desk.wait(if draw.slots > 12 && at > 2 { 1_500 } else { 4_000 });
        }
        self.desk.wait(2_500);
        if numbered {
            let teams = Some(self.sides.iter().map(|side| side.team.clone()).collect());
            self.desk.say(Event::RosterUpdated(RosterUpdated { teams, players: None }));
            self.desk.wait(1_500);
        }
        if let Some(selection) = &draw.selection {
            let drawn: Vec<_> =
                order.iter().take(draw.slots as usize).filter_map(|lot| players.get(*lot).copied()).collect();
            self.select(selection, &drawn);
        }
    }

    /// Until the lots are drawn, the teams stand in the order in which they registered, without a number of their own.
    fn before_numbers(&mut self, order: &[usize], slot: impl Fn(usize) -> String) {
        let teams = order.iter().enumerate().filter_map(|(at, lot)| {
            let team = self.sides.get(*lot)?.team;
            let number = u32::try_from(at + 1).ok()?;
            Some(Team { name: slot(at + 1), short: None, number, ..team.clone() })
        });
        let teams = Some(teams.collect());
        self.desk.say(Event::RosterUpdated(RosterUpdated { teams, players: None }));
        self.desk.wait(1_200);
    }

    fn select(&mut self, selection: &Selection, drawn: &[(usize, usize)]) {
        let named = self.best_players().into_iter().filter(|one| !drawn.contains(one));
        let named: Vec<_> = named.take(selection.named_count as usize).collect();
        let row = |group: &String, one: &(usize, usize)| {
            let unit = self.sides.get(one.0).map(|side| side.team.name.clone()).unwrap_or_default();
            AwardRow { group: Some(group.clone()), name: self.player_name(one.0, one.1), unit, rank: None }
        };
        let mut rows: Vec<AwardRow> = named.iter().map(|one| row(&selection.named, one)).collect();
        rows.extend(drawn.iter().map(|one| row(&selection.drawn, one)));
        let (id, title, note) = (selection.id.clone(), selection.title.clone(), selection.note.clone());
        self.list(AwardSet { id, title, rows, note }, false, None);
    }
}

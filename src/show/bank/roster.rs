//! A roster read through: names, numbers, and players whose team there is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Fault, Field, Finding, Place, Roster,
    text::{self, Said},
};
use crate::show::{
    limits::FINDINGS,
    protocol::roster::{Player, Team},
};

/// Han of a short name: what the narrow places of a picture hold.
const SHORT: usize = 4;

/// Everything that is found, teams first. A player's finding stands with the player's team where there is one.
pub fn check_roster(roster: &Roster) -> Vec<Finding> {
    let mut findings = vec![];
    let (mut ids, mut numbers, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (entry, team) in roster.teams.iter().enumerate() {
        if findings.len() > FINDINGS {
            break;
        }
        let mut add = |field, fault| findings.push(Finding { place: Place::entry(entry, &team.id, field), fault });
        if team.id.trim().is_empty() {
            add(Field::Id, Fault::EmptyId);
        } else if let Some(first) = numbers.get(&team.number) {
            add(Field::Number, Fault::DuplicateNumber { number: team.number, first: first + 1 });
        } else if let Some(first) = ids.get(team.id.as_str()) {
            add(Field::Id, Fault::DuplicateId { first: first + 1 });
        }
        if team.number == 0 {
            add(Field::Number, Fault::BadNumber { found: "0".to_owned() });
        }
        if team.name.trim().is_empty() {
            add(Field::Name, Fault::EmptyName);
        } else if let Some(first) = names.get(team.name.as_str()) {
            add(Field::Name, Fault::DuplicateName { first: first + 1 });
        }
        let short = team.short.as_deref().map_or(0, |short| short.chars().count());
        if short > SHORT {
            add(Field::Short, Fault::LongShort { count: short, most: SHORT });
        }
        if let Some(colour) = team.colour.as_deref().filter(|colour| !is_colour(colour)) {
            add(Field::Colour, Fault::BadColour { found: colour.to_owned() });
        }
        ids.entry(team.id.as_str()).or_insert(entry);
        numbers.entry(team.number).or_insert(entry);
        names.entry(team.name.as_str()).or_insert(entry);
        for (field, said) in texts(team) {
            text::check(said, &Place::entry(entry, &team.id, field), &mut findings);
        }
    }
    let places = Places::of_teams(roster);
    let mut players = BTreeMap::new();
    for (i, player) in roster.players.iter().enumerate() {
        if findings.len() > FINDINGS {
            break;
        }
        let place = places.of(player);
        let mut add = |fault| findings.push(Finding { place: place.clone(), fault });
        if place.entry.is_none() {
            add(Fault::UnknownTeam { team: player.team.clone() });
        }
        // Two teams of one id have been told already; so have their players.
        let alone = !places.twice.contains(player.team.as_str());
        if players.insert(player.id.as_str(), i).is_some() && alone {
            let first = place.entry.unwrap_or(0) + 1;
            add(Fault::DuplicateNumber { number: player.number, first });
        }
        text::check(&player.name, &place, &mut findings);
    }
    findings
}

/// Characters that cannot be drawn; `missing` names those of a text that no font has.
pub fn check_roster_glyphs(roster: &Roster, missing: &dyn Fn(&str) -> Vec<char>) -> Vec<Finding> {
    let mut findings = vec![];
    for (entry, team) in roster.teams.iter().enumerate() {
        if findings.len() > FINDINGS {
            break;
        }
        for (field, said) in texts(team) {
            text::glyphs(said, missing, &Place::entry(entry, &team.id, field), &mut findings);
        }
    }
    let places = Places::of_teams(roster);
    for player in &roster.players {
        if findings.len() > FINDINGS {
            break;
        }
        text::glyphs(&player.name, missing, &places.of(player), &mut findings);
    }
    findings
}

/// Where the teams stand in the list, by their ids.
struct Places<'a> {
    first: BTreeMap<&'a str, usize>,
    /// Ids that several teams have.
    twice: BTreeSet<&'a str>,
}

impl<'a> Places<'a> {
    fn of_teams(roster: &'a Roster) -> Self {
        let (mut first, mut twice) = (BTreeMap::new(), BTreeSet::new());
        for (entry, team) in roster.teams.iter().enumerate() {
            if *first.entry(team.id.as_str()).or_insert(entry) != entry {
                twice.insert(team.id.as_str());
            }
        }
        Self { first, twice }
    }

    fn of(&self, player: &Player) -> Place {
        let entry = self.first.get(player.team.as_str()).copied();
        Place { entry, id: Some(player.id.clone()), field: Some(Field::Player(player.number)), ..Place::default() }
    }
}

fn texts(team: &Team) -> Vec<Said<'_>> {
    let mut texts = vec![(Field::Name, team.name.as_str())];
    texts.extend(team.short.as_deref().map(|short| (Field::Short, short)));
    texts
}

/// `#RRGGBB`.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

//! Rows into teams: one row a team, a column for each player.

use std::sync::Arc;

use super::{
    Paper, heading,
    origin::Origin,
    table::{Table, letters},
    vocabulary,
};
use crate::show::{
    bank::{Fault, Field, Finding, Place, Roster},
    protocol::roster::{Player, Team},
};

/// The teams of all tables, each with its place. Ids are made of the numbers: `t3`, `t3p1`.
pub(super) fn read(tables: &[Table], findings: &mut Vec<Finding>) -> (Roster, Vec<Origin>) {
    let mut roster = Roster::default();
    let mut origins = vec![];
    let headed = heading::headed(tables, Paper::Roster, |_| vec![Field::Number, Field::Name], findings);
    for (table, headed) in headed {
        for &row in &headed.body {
            // A remark beside the table makes no team.
            if headed.columns.iter().all(|column| row.cell(column.index).is_empty()) {
                continue;
            }
            let text = |field| headed.text(row, field);
            let optional = |field| Some(text(field)).filter(|text| !text.is_empty()).map(str::to_owned);
            let written: String = text(Field::Number).chars().filter(char::is_ascii_digit).collect();
            let Some(number) = written.parse().ok().filter(|number| *number > 0) else {
                let column = headed.column(Field::Number);
                let place = Place {
                    sheet: table.sheet.clone(),
                    row: Some(row.number),
                    column: column.map(|column| letters(column.index)),
                    heading: column.map(|column| column.heading.clone()),
                    field: Some(Field::Number),
                    ..Place::default()
                };
                findings.push(Finding { place, fault: Fault::BadNumber { found: text(Field::Number).to_owned() } });
                continue;
            };
            let id = format!("t{number}");
            let players = headed.columns.iter().filter_map(|column| match column.field {
                Field::Player(number) => Some((number, row.cell(column.index))),
                _ => None,
            });
            // An empty cell is a player known by the number alone.
            let players = players.filter(|(_, name)| !vocabulary::is_nobody(name)).map(|(number, name)| Player {
                id: format!("{id}p{number}"),
                team: id.clone(),
                number,
                name: name.to_owned(),
            });
            roster.players.extend(players);
            roster.teams.push(Team {
                id,
                name: text(Field::Name).to_owned(),
                short: optional(Field::Short),
                number,
                colour: optional(Field::Colour),
            });
            let columns = Some(Arc::clone(&headed.columns));
            origins.push(Origin { sheet: table.sheet.clone(), row: row.number, columns });
        }
    }
    (roster, origins)
}

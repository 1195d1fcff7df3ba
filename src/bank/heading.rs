//! The row of headings: which column holds what, and what is wrong with it.

use std::sync::Arc;

use super::{
    Paper,
    table::{Row, Table, letters},
    vocabulary,
};
use crate::show::bank::{Fault, Field, Finding, Place};

/// Rows looked through for headings: titles and remarks may stand above them.
const LOOKED: usize = 6;
/// Known names that make a row the headings.
const ENOUGH: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// From 0.
    pub index: usize,
    pub field: Field,
    /// As the file has it.
    pub heading: String,
}

/// A table whose columns are known.
pub(super) struct Headed<'a> {
    pub columns: Arc<Vec<Column>>,
    /// The rows below the headings; those that an unquoted comma has shifted are left out.
    pub body: Vec<&'a Row>,
}

impl Headed<'_> {
    pub(super) fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.field == field)
    }

    pub(super) fn text<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        self.column(field).map_or("", |column| row.cell(column.index))
    }
}

/// What a table holds, if its headings say so.
pub(super) fn paper(table: &Table) -> Option<Paper> {
    let heads = |paper, field| {
        let mut rows = table.rows.iter().take(LOOKED);
        rows.any(|row| row.cells.iter().any(|cell| vocabulary::field(paper, cell) == Some(field)))
    };
    if heads(Paper::Bank, Field::Stem) || heads(Paper::Bank, Field::Key) {
        return Some(Paper::Bank);
    }
    heads(Paper::Roster, Field::Name).then_some(Paper::Roster)
}

/// The tables that can be read. `must` lists the columns that a table cannot do without; sheets without any known
/// heading are passed over as long as another one has some.
pub(super) fn headed<'a>(
    tables: &'a [Table],
    paper: Paper,
    must: impl Fn(&Table) -> Vec<Field>,
    findings: &mut Vec<Finding>,
) -> Vec<(&'a Table, Headed<'a>)> {
    let known = |table: &Table| table.rows.iter().take(LOOKED).any(|row| count(paper, row) >= ENOUGH);
    let any = tables.iter().any(known);
    let mut found = vec![];
    for table in tables {
        let sheet = Place { sheet: table.sheet.clone(), ..Place::default() };
        if any && !known(table) {
            if !table.rows.is_empty() {
                findings.push(Finding { place: sheet, fault: Fault::SheetIgnored });
            }
        } else if table.rows.is_empty() {
            findings.push(Finding { place: sheet, fault: Fault::NothingIn });
        } else if let Some(headed) = head(table, paper, &must(table), findings) {
            found.push((table, headed));
        }
    }
    found
}

fn count(paper: Paper, row: &Row) -> usize {
    row.cells.iter().filter(|cell| vocabulary::field(paper, cell).is_some()).count()
}

/// The columns of one table, or `None` where an error among the findings keeps it from being read.
fn head<'a>(table: &'a Table, paper: Paper, must: &[Field], findings: &mut Vec<Finding>) -> Option<Headed<'a>> {
    let looked = &table.rows[..table.rows.len().min(LOOKED)];
    // The first of the fullest.
    let at = (0..looked.len()).rev().max_by_key(|at| count(paper, &looked[*at])).unwrap_or(0);
    let row = &looked[at];
    let place = |column: Option<usize>, heading: Option<&str>| Place {
        sheet: table.sheet.clone(),
        row: Some(row.number),
        column: column.map(letters),
        heading: heading.map(str::to_owned),
        ..Place::default()
    };
    let has = |field: &Field| row.cells.iter().any(|cell| vocabulary::field(paper, cell) == Some(*field));
    // A title merged over complete headings does no harm.
    let whole = must.iter().all(has);
    let merged = table.merged.iter().filter(|merged| {
        let (first, last) = merged.rows;
        first <= row.number && (last >= row.number || !whole)
    });
    let mut broken = false;
    for merged in merged {
        findings.push(Finding { place: place(None, None), fault: Fault::MergedHeader { range: merged.range.clone() } });
        broken = true;
    }
    if broken {
        return None;
    }
    let taken: Vec<Field> = row.cells.iter().filter_map(|cell| vocabulary::field(paper, cell)).collect();
    let mut columns: Vec<Column> = vec![];
    let mut slips = vec![];
    for (index, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let heading = cell.clone();
        let fault = match vocabulary::field(paper, cell) {
            Some(field) => {
                let Some(first) = columns.iter().find(|column| column.field == field) else {
                    columns.push(Column { index, field, heading });
                    continue;
                };
                Fault::DuplicateColumn { found: heading, first: letters(first.index) }
            }
            None => match vocabulary::near(paper, cell, &taken) {
                Some((field, near)) => {
                    slips.push(field);
                    Fault::NearColumn { found: heading, near: near.to_owned() }
                }
                None => Fault::UnknownColumn { found: heading },
            },
        };
        findings.push(Finding { place: place(Some(index), None), fault });
    }
    for field in must.iter().filter(|field| !taken.contains(field)) {
        // A slip has been told already.
        if !slips.contains(field) {
            let fault = Fault::MissingColumn { names: vocabulary::listed(paper, *field) };
            findings.push(Finding { place: place(None, None), fault });
        }
        broken = true;
    }
    if broken {
        return None;
    }
    let below = &table.rows[at + 1..];
    if below.is_empty() {
        let place = Place { sheet: table.sheet.clone(), ..Place::default() };
        findings.push(Finding { place, fault: Fault::NothingIn });
    }
    faults_below(table, row, &columns, below, findings);
    let body = below.iter().filter(|below| !is_shifted(table, row, below)).collect();
    Some(Headed { columns: Arc::new(columns), body })
}

/// A row of a text file with more cells than there are headings.
fn is_shifted(table: &Table, head: &Row, row: &Row) -> bool {
    table.sheet.is_none() && row.width() > head.width()
}

/// What is wrong with the cells themselves, whatever they say.
fn faults_below(table: &Table, head: &Row, columns: &[Column], body: &[Row], findings: &mut Vec<Finding>) {
    let place = |row| Place { sheet: table.sheet.clone(), row: Some(row), ..Place::default() };
    for merged in table.merged.iter().filter(|merged| merged.rows.0 > head.number) {
        findings
            .push(Finding { place: place(merged.rows.0), fault: Fault::MergedCells { range: merged.range.clone() } });
    }
    for odd in table.odd.iter().filter(|odd| odd.row > head.number) {
        if let Some(column) = columns.iter().find(|column| column.index == odd.column) {
            let place = Place {
                column: Some(letters(odd.column)),
                heading: Some(column.heading.clone()),
                field: Some(column.field),
                ..place(odd.row)
            };
            findings.push(Finding { place, fault: Fault::OddCell { found: odd.found.clone() } });
        }
    }
    for row in body.iter().filter(|row| is_shifted(table, head, row)) {
        let fault = Fault::ExtraCells { cells: row.width(), columns: head.width() };
        findings.push(Finding { place: place(row.number), fault });
    }
}

//! Where each entry was read, so that a check's finding can be told with sheet, row and column.

use std::sync::Arc;

use super::{heading::Column, table::letters};
use crate::show::bank::{Fault, Field, Finding};

/// The place of one question or team.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub sheet: Option<String>,
    /// Row of a table, line of a JSON text.
    pub row: usize,
    /// `None` for JSON, whose fields have names of their own.
    pub columns: Option<Arc<Vec<Column>>>,
}

/// Gives the findings of a check their places in the file.
pub(super) fn locate(findings: &mut [Finding], origins: &[Origin]) {
    for finding in findings {
        if let Fault::DuplicateId { first } | Fault::DuplicateNumber { first, .. } | Fault::DuplicateName { first } =
            &mut finding.fault
            && let Some(origin) = origins.get(first.saturating_sub(1))
        {
            *first = origin.row;
        }
        let Some(origin) = finding.place.entry.and_then(|entry| origins.get(entry)) else { continue };
        finding.place.sheet.clone_from(&origin.sheet);
        finding.place.row = Some(origin.row);
        let Some(field) = finding.place.field else { continue };
        match &origin.columns {
            None => finding.place.heading = Some(path(field)),
            Some(columns) => {
                if let Some(column) = column(columns, field) {
                    finding.place.column = Some(letters(column.index));
                    finding.place.heading = Some(column.heading.clone());
                }
            }
        }
    }
}

/// The column of a field: an option's own, or the one that holds all of them; a team's id is made of its number.
fn column(columns: &[Column], field: Field) -> Option<&Column> {
    let of = |field| columns.iter().find(|column| column.field == field);
    let mut options = columns.iter().filter(|column| matches!(column.field, Field::Option(_)));
    match field {
        Field::Option(i) => options.nth(i).or_else(|| of(Field::Options)),
        Field::Options => of(Field::Options).or_else(|| options.next()),
        Field::Id => of(Field::Id).or_else(|| of(Field::Number)),
        field => of(field),
    }
}

/// The field as it stands in JSON.
fn path(field: Field) -> String {
    match field {
        Field::Option(i) => format!("{}[{i}]", field.name()),
        field => field.name().to_owned(),
    }
}

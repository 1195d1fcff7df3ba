//! Question banks and rosters from files: JSON, CSV and XLSX, each fault told with its row and what to do about it.
//!
//! A file becomes text or tables, these become questions or teams with the place each came from, and the checks of
//! [`crate::show::bank`] find what is wrong; their findings are then given sheet, row and column.

mod error;
mod file;
mod heading;
mod json;
mod origin;
mod questions;
mod table;
mod teams;
mod text;
mod vocabulary;
mod words;
mod workbook;

use std::path::Path;

pub use error::BankError;
pub use words::{advice, place, sentence, what};

use crate::{
    show::bank::{self, BankQuestion, Finding, Roster, Severity},
    typeset,
};
use file::Content;
use origin::{Origin, locate};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Questions with their keys.
    Bank,
    /// Teams and players.
    Roster,
}

/// Does the name promise a format that is read here?
pub fn is_readable(path: &Path) -> bool {
    file::Format::of(path).is_some()
}

/// What a file holds, by its content: its headings or fields. `None` where they say nothing.
pub fn paper(path: &Path) -> Option<Paper> {
    match file::open(path, &mut vec![])? {
        Content::Json(text) => json::paper(&text),
        Content::Tables(tables) => tables.iter().find_map(heading::paper),
    }
}

/// The questions of a bank, when nothing is wrong with it.
///
/// # Errors
/// All findings, notices too, when one of them is an error.
pub fn read_bank(path: &Path) -> Result<Vec<BankQuestion>, BankError> {
    let (questions, findings) = survey_bank(path);
    accept(path, questions, findings)
}

/// Everything that can be read, and everything there is to say about it, by row.
pub fn survey_bank(path: &Path) -> (Vec<BankQuestion>, Vec<Finding>) {
    let mut findings = vec![];
    let (questions, origins) = match file::open(path, &mut findings) {
        Some(Content::Json(text)) => json::questions(&text, &mut findings),
        Some(Content::Tables(tables)) => questions::read(&tables, &mut findings),
        None => (vec![], vec![]),
    };
    let mut found = bank::check(&questions);
    found.extend(bank::check_glyphs(&questions, &typeset::missing));
    (questions, sorted(findings, found, &origins))
}

/// The teams and players of a roster, when nothing is wrong with it.
///
/// # Errors
/// All findings, notices too, when one of them is an error.
pub fn read_roster(path: &Path) -> Result<Roster, BankError> {
    let (roster, findings) = survey_roster(path);
    accept(path, roster, findings)
}

/// Everything that can be read, and everything there is to say about it, by row.
pub fn survey_roster(path: &Path) -> (Roster, Vec<Finding>) {
    let mut findings = vec![];
    let (roster, origins) = match file::open(path, &mut findings) {
        Some(Content::Json(text)) => json::roster(&text, &mut findings),
        Some(Content::Tables(tables)) => teams::read(&tables, &mut findings),
        None => (Roster::default(), vec![]),
    };
    let mut found = bank::check_roster(&roster);
    found.extend(bank::check_roster_glyphs(&roster, &typeset::missing));
    (roster, sorted(findings, found, &origins))
}

fn accept<T>(path: &Path, read: T, findings: Vec<Finding>) -> Result<T, BankError> {
    if findings.iter().any(|finding| finding.severity() == Severity::Error) {
        return Err(BankError::Faulty { path: path.to_owned(), findings });
    }
    Ok(read)
}

/// The file's own findings and those of the checks, as one walks down the file.
fn sorted(mut findings: Vec<Finding>, mut found: Vec<Finding>, origins: &[Origin]) -> Vec<Finding> {
    locate(&mut found, origins);
    findings.append(&mut found);
    let sheets: Vec<Option<String>> = origins.iter().map(|origin| origin.sheet.clone()).collect();
    findings.sort_by_key(|finding| (sheets.iter().position(|sheet| *sheet == finding.place.sheet), finding.place.row));
    findings
}

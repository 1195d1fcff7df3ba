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
    show::{
        bank::{self, BankQuestion, Fault, Finding, Place, Roster, Severity},
        limits::{FINDINGS, LIST},
    },
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
    held(file::open(path, &mut vec![])?)
}

/// The same of the bytes of a file of this name.
pub fn paper_of(path: &Path, bytes: &[u8]) -> Option<Paper> {
    held(file::content(path, bytes.to_vec(), &mut vec![])?)
}

fn held(content: Content) -> Option<Paper> {
    match content {
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
    let content = file::open(path, &mut findings);
    questions(content, findings)
}

/// The same of the bytes of a file of this name.
pub fn questions_of(path: &Path, bytes: &[u8]) -> (Vec<BankQuestion>, Vec<Finding>) {
    let mut findings = vec![];
    let content = file::content(path, bytes.to_vec(), &mut findings);
    questions(content, findings)
}

fn questions(content: Option<Content>, mut findings: Vec<Finding>) -> (Vec<BankQuestion>, Vec<Finding>) {
    let (mut questions, origins) = match content {
        Some(Content::Json(text)) => json::questions(&text, &mut findings),
        Some(Content::Tables(tables)) => questions::read(&tables, &mut findings),
        None => (vec![], vec![]),
    };
    most(&mut questions, &mut findings);
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
    let content = file::open(path, &mut findings);
    roster(content, findings)
}

/// The same of the bytes of a file of this name.
pub fn roster_of(path: &Path, bytes: &[u8]) -> (Roster, Vec<Finding>) {
    let mut findings = vec![];
    let content = file::content(path, bytes.to_vec(), &mut findings);
    roster(content, findings)
}

fn roster(content: Option<Content>, mut findings: Vec<Finding>) -> (Roster, Vec<Finding>) {
    let (mut roster, origins) = match content {
        Some(Content::Json(text)) => json::roster(&text, &mut findings),
        Some(Content::Tables(tables)) => teams::read(&tables, &mut findings),
        None => (Roster::default(), vec![]),
    };
    most(&mut roster.teams, &mut findings);
    most(&mut roster.players, &mut findings);
    let mut found = bank::check_roster(&roster);
    found.extend(bank::check_roster_glyphs(&roster, &typeset::missing));
    (roster, sorted(findings, found, &origins))
}

/// More entries than a list of the feed may have cannot be sent.
fn most<T>(entries: &mut Vec<T>, findings: &mut Vec<Finding>) {
    if entries.len() > LIST {
        entries.truncate(LIST);
        findings.push(Finding { place: Place::default(), fault: Fault::ManyRows { most: LIST } });
    }
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
    if findings.len() > FINDINGS {
        // What keeps the file from being used is told before what does not.
        findings.sort_by_key(Finding::severity);
        let count = findings.len() - FINDINGS;
        findings.truncate(FINDINGS);
        findings.push(Finding { place: Place::default(), fault: Fault::More { count } });
    }
    findings.sort_by_cached_key(|finding| {
        (sheets.iter().position(|sheet| *sheet == finding.place.sheet), finding.place.row)
    });
    findings
}

//! `leitai check` of question banks and rosters: their findings in the operator's language.

use std::path::Path;

use super::check::Finding;
use crate::{
    bank::{self, Paper},
    locale::Lang,
    show::bank::Place,
};

/// Everything that is found in one file, by row.
pub(super) fn check(path: &str, paper: Paper, lang: Lang) -> Vec<Finding> {
    let file = Path::new(path);
    let findings = match paper {
        Paper::Bank => bank::survey_bank(file).1,
        Paper::Roster => bank::survey_roster(file).1,
    };
    let told = |finding: crate::show::bank::Finding| {
        let line = finding.place.row;
        // The row stands beside the file's name.
        let place = Place { row: None, ..finding.place.clone() };
        let text = bank::sentence(&crate::show::bank::Finding { place, ..finding.clone() }, lang);
        Finding { path: path.to_owned(), line, seq: None, severity: finding.severity(), text, detail: Some(finding) }
    };
    findings.into_iter().map(told).collect()
}

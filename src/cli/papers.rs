//! `leitai check` of question banks and rosters: their findings in the operator's language.

use std::path::Path;

use super::finding::{Detail, Finding};
use crate::{
    bank::{self, Paper},
    locale::Lang,
    preflight::Severity,
    show::bank::{self as bank_data, BankQuestion, Place},
};

/// Everything that is found in one file, by row; and the questions of a bank.
pub(super) fn check(path: &str, paper: Paper, lang: Lang) -> (Vec<Finding>, Vec<BankQuestion>) {
    let file = Path::new(path);
    let (questions, findings) = match paper {
        Paper::Bank => bank::survey_bank(file),
        Paper::Roster => (Vec::new(), bank::survey_roster(file).1),
    };
    let told = |finding: bank_data::Finding| {
        let line = finding.place.row;
        // The row stands beside the file's name.
        let place = Place { row: None, ..finding.place.clone() };
        let text = bank::sentence(&bank_data::Finding { place, ..finding.clone() }, lang);
        let severity = match finding.severity() {
            bank_data::Severity::Error => Severity::Error,
            bank_data::Severity::Notice => Severity::Notice,
        };
        Finding { severity, detail: Detail::Paper(Box::new(finding)), ..Finding::new(path, line, None, text) }
    };
    (findings.into_iter().map(told).collect(), questions)
}

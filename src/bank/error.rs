//! Why a bank or a roster was not taken.

use std::path::PathBuf;

use crate::{
    locale::Lang,
    show::bank::{Finding, Severity},
};

/// Nothing of the file is used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// At least one finding is an error; the notices stand among them. Told in English; [`BankError::tell`] speaks
    /// both languages.
    #[error("{}", .path.display().to_string() + ": " + &list(.findings, Lang::En))]
    Faulty { path: PathBuf, findings: Vec<Finding> },
}

impl BankError {
    pub fn findings(&self) -> &[Finding] {
        let Self::Faulty { findings, .. } = self;
        findings
    }

    /// The errors among the findings, a line each.
    pub fn tell(&self, lang: Lang) -> String {
        let Self::Faulty { path, findings } = self;
        format!("{}:\n{}", path.display(), list(findings, lang))
    }
}

fn list(findings: &[Finding], lang: Lang) -> String {
    let errors = findings.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(|finding| super::sentence(finding, lang)).collect::<Vec<_>>().join("\n")
}

//! Any bytes as a file of questions or teams, by its first byte a table of text, JSON or a workbook.

use std::path::Path;

use leitai::{
    bank::{self, Paper},
    locale::Lang,
    show::limits::{FINDINGS, LIST},
};

/// Names as operators give them; the first byte chooses.
const NAMES: [&str; 6] = ["题库.csv", "题库.json", "题库.xlsx", "名单.csv", "名单.json", "名单.xlsx"];

pub fn run(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let at = usize::from(first % 8).min(NAMES.len() - 1);
    let path = Path::new(NAMES[at]);
    let findings = if at < 3 {
        let (questions, findings) = bank::questions_of(path, bytes);
        assert!(questions.len() <= LIST, "{} questions", questions.len());
        findings
    } else {
        let (roster, findings) = bank::roster_of(path, bytes);
        assert!(roster.teams.len() <= LIST, "{} teams", roster.teams.len());
        findings
    };
    assert!(findings.len() <= FINDINGS + 1, "{} findings", findings.len());
    for finding in &findings {
        for lang in [Lang::Zh, Lang::En] {
            let said = bank::sentence(finding, lang);
            assert!(!said.is_empty() && said.len() < 1 << 16, "{} bytes of a finding", said.len());
        }
    }
    let _paper: Option<Paper> = bank::paper_of(path, bytes);
}

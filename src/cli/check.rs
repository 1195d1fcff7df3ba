//! `leitai check`: what would go wrong on air, found before the show and without a graphics card.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    args::{Check, Global},
    desk,
    error::CliError,
    papers, print, print_json, rules,
    survey::{self, Flaw},
    tape,
};
use crate::{
    bank::{self, Paper},
    locale,
    show::{
        bank::Severity,
        tape::{Problem, Step, Timeline},
        theme::Theme,
        told::Words,
    },
    themes,
    typeset::Typesetter,
};

/// One thing to look at.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    pub path: String,
    /// Line in a tape, row in a table; themes name theirs in the text.
    pub line: Option<usize>,
    pub seq: Option<u64>,
    pub severity: Severity,
    /// A sentence: what, and what was expected or what to do.
    pub text: String,
    /// Place and fault as data, for banks and rosters.
    #[serde(flatten)]
    pub detail: Option<crate::show::bank::Finding>,
}

impl Finding {
    /// An error of a tape or a theme.
    pub fn new(path: &str, line: Option<usize>, seq: Option<u64>, text: String) -> Self {
        Self { path: path.to_owned(), line, seq, severity: Severity::Error, text, detail: None }
    }
}

/// True when no error was found; notices do no harm.
pub fn run(global: &Global, args: &Check) -> Result<bool, CliError> {
    let theme = themes::load(&global.theme)?.theme;
    let mut findings = vec![];
    let mut good = vec![];
    for path in args.paths.iter().map(|path| expand(path)).collect::<Result<Vec<_>, _>>()?.concat() {
        let before = findings.len();
        match kind(&path) {
            Kind::Theme => {
                if let Err(error) = themes::load(&path) {
                    findings.push(Finding::new(&path, None, None, locale::tell(global.lang(), &error)));
                }
            }
            Kind::Rules => findings.extend(rules::check(&path, global.lang())),
            Kind::Tape => check_tape(global, &theme, &path, &mut findings)?,
            Kind::Paper(paper) => findings.extend(papers::check(&path, paper, global.lang())),
        }
        if is_clean(&findings[before..]) {
            good.push(path);
        }
    }
    let clean = is_clean(&findings);
    if args.json {
        print_json(&serde_json::json!({"good": good, "findings": findings}), false)?;
    } else {
        table(global, &good, &findings)?;
    }
    Ok(clean)
}

fn is_clean(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity == Severity::Notice)
}

enum Kind {
    Tape,
    Theme,
    Rules,
    Paper(Paper),
}

/// By name where that says it, by content where one format holds several things.
fn kind(path: &str) -> Kind {
    let place = Path::new(path);
    if rules::is_one(path) {
        Kind::Rules
    } else if path.ends_with(".ron") || place.join("theme.ron").is_file() || path == themes::BUILT_IN {
        Kind::Theme
    } else if bank::is_readable(place) {
        // A file that says nothing is told off as the bank that it was meant to be.
        Kind::Paper(bank::paper(place).unwrap_or(Paper::Bank))
    } else {
        Kind::Tape
    }
}

/// A folder stands for the tapes, themes, banks and rosters right inside it.
fn expand(path: &str) -> Result<Vec<String>, CliError> {
    let folder = Path::new(path);
    if tape::is_embedded(path) || !folder.is_dir() || folder.join("theme.ron").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let fault = |error: std::io::Error| CliError::Read { path: folder.to_owned(), reason: error.to_string() };
    let entries = fs::read_dir(folder).map_err(fault)?;
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(fault)?;
    let is_tape = |path: &Path| path.extension().is_some_and(|kind| kind == "ndjson");
    let is_rules = |path: &Path| rules::is_one(&path.display().to_string());
    // A table is always meant as a bank or a roster, also one that cannot be read.
    let is_table = |path: &Path| {
        path.extension()
            .is_some_and(|kind| ["xlsx", "xlsm", "csv", "tsv"].iter().any(|table| kind.eq_ignore_ascii_case(table)))
    };
    found.retain(|path| {
        is_tape(path) || is_rules(path) || is_table(path) || themes::is_whole(path) || bank::paper(path).is_some()
    });
    found.sort();
    Ok(found.iter().map(|path| path.display().to_string()).collect())
}

fn check_tape(global: &Global, theme: &Theme, path: &str, findings: &mut Vec<Finding>) -> Result<(), CliError> {
    let tape = tape::read(path)?;
    for problem in &tape.problems {
        let line = match problem {
            Problem::Torn { line, .. } | Problem::Line { line, .. } | Problem::Gap { line, .. } => Some(*line),
            Problem::NoHeader { .. } => Some(1),
        };
        findings.push(Finding::new(path, line, None, locale::tell(global.lang(), problem)));
    }
    let timeline = Timeline::new(tape);
    let output = desk::output(global, None);
    for Flaw { seq, words } in survey::tape(&timeline, theme, &output, &Typesetter::new()) {
        let line = timeline.tape().steps(0, usize::MAX).find(|step| step.seq() >= seq).map(Step::line);
        findings.push(Finding::new(path, line, Some(seq), locale::say(global.lang(), &words)));
    }
    Ok(())
}

fn table(global: &Global, good: &[String], findings: &[Finding]) -> Result<(), CliError> {
    let lang = global.lang();
    for path in good {
        print(&locale::say(lang, &Words::new("check-good").with("path", path)))?;
    }
    let place = |finding: &Finding| match finding.line {
        Some(line) => format!("{}:{line}", finding.path),
        None => finding.path.clone(),
    };
    let width = findings.iter().map(|finding| place(finding).chars().count()).max().unwrap_or(0);
    for finding in findings {
        let notice = match finding.severity {
            Severity::Error => String::new(),
            Severity::Notice => format!("[{}] ", locale::word(lang, "severity-notice")),
        };
        print(&format!("{:width$}  {notice}{}", place(finding), finding.text))?;
    }
    eprintln!("{}", locale::say(lang, &Words::new("check-sum").with("count", findings.len())));
    Ok(())
}

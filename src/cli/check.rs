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
    print, print_json,
    survey::{self, Flaw},
    tape::{self, DEMO},
};
use crate::{
    locale,
    show::{
        tape::{Problem, Step, Timeline},
        theme::Theme,
    },
    themes,
    typeset::Typesetter,
};

/// One thing to look at.
#[derive(Debug, Serialize)]
struct Finding {
    path: String,
    /// Line in a tape; themes name theirs in the text.
    line: Option<usize>,
    seq: Option<u64>,
    /// A sentence: what, and what was expected.
    text: String,
}

/// True when nothing was found.
pub fn run(global: &Global, args: &Check) -> Result<bool, CliError> {
    let theme = themes::load(&global.theme)?.theme;
    let mut findings = vec![];
    let mut good = vec![];
    for path in args.paths.iter().map(|path| expand(path)).collect::<Result<Vec<_>, _>>()?.concat() {
        let before = findings.len();
        match kind(&path) {
            Kind::Theme => {
                if let Err(error) = themes::load(&path) {
                    findings.push(Finding { path: path.clone(), line: None, seq: None, text: error.to_string() });
                }
            }
            Kind::Tape => check_tape(global, &theme, &path, &mut findings)?,
        }
        if findings.len() == before {
            good.push(path);
        }
    }
    let clean = findings.is_empty();
    if args.json {
        print_json(&serde_json::json!({"good": good, "findings": findings}), false)?;
    } else {
        table(global, &good, &findings)?;
    }
    Ok(clean)
}

enum Kind {
    Tape,
    Theme,
}

fn kind(path: &str) -> Kind {
    let is_theme = path.ends_with(".ron") || Path::new(path).join("theme.ron").is_file() || path == themes::BUILT_IN;
    if is_theme { Kind::Theme } else { Kind::Tape }
}

/// A folder stands for the tapes and themes right inside it.
fn expand(path: &str) -> Result<Vec<String>, CliError> {
    let folder = Path::new(path);
    if path == DEMO || !folder.is_dir() || folder.join("theme.ron").is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let fault = |error: std::io::Error| CliError::Read { path: folder.to_owned(), reason: error.to_string() };
    let entries = fs::read_dir(folder).map_err(fault)?;
    let mut found: Vec<PathBuf> =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(fault)?;
    found.retain(|path| path.extension().is_some_and(|kind| kind == "ndjson") || path.join("theme.ron").is_file());
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
        findings.push(Finding { path: path.to_owned(), line, seq: None, text: problem.to_string() });
    }
    let timeline = Timeline::new(tape);
    let output = desk::output(global, (1920, 1080));
    for Flaw { seq, text } in survey::tape(&timeline, theme, &output, &Typesetter::new()) {
        let line = timeline.tape().steps(0, usize::MAX).find(|step| step.seq() >= seq).map(Step::line);
        findings.push(Finding { path: path.to_owned(), line, seq: Some(seq), text });
    }
    Ok(())
}

fn table(global: &Global, good: &[String], findings: &[Finding]) -> Result<(), CliError> {
    let lang = global.lang.into();
    for path in good {
        print(&locale::phrase(lang, "cli.check.good", path))?;
    }
    let place = |finding: &Finding| match finding.line {
        Some(line) => format!("{}:{line}", finding.path),
        None => finding.path.clone(),
    };
    let width = findings.iter().map(|finding| place(finding).chars().count()).max().unwrap_or(0);
    for finding in findings {
        print(&format!("{:width$}  {}", place(finding), finding.text))?;
    }
    eprintln!("{}", locale::phrase(lang, "cli.check.sum", findings.len()));
    Ok(())
}

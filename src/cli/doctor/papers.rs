//! Tonight's papers: themes, question banks, rulebook, tape and films, each looked through as `leitai check` does it.

use std::{fs, path::PathBuf};

use super::line::{Line, say};
use crate::{
    cli::{args::Global, check, error::CliError, films, finding::Finding},
    locale,
    preflight::Severity,
    show::told::Words,
};

/// One line for each: the theme on air, those of the outputs, banks, rulebook, films.
pub(super) fn preflight(
    global: &Global,
    themes: &[String],
    questions: &[PathBuf],
    rules: Option<&str>,
    media: &[PathBuf],
) -> Vec<Line> {
    let text = |path: &PathBuf| path.display().to_string();
    let mut lines: Vec<Line> = themes.iter().map(|theme| one(global, "doctor-theme", theme)).collect();
    lines.extend(questions.iter().map(|path| one(global, "doctor-bank", &text(path))));
    lines.extend(rules.map(|rules| one(global, "doctor-rules", rules)));
    for folder in media {
        lines.push(films_in(global, folder));
    }
    lines
}

fn one(global: &Global, what: &'static str, path: &str) -> Line {
    judged(global, what, path, check::examine(global, path, &[]), &format!("leitai check {path}"))
}

/// Every film of a folder.
fn films_in(global: &Global, folder: &PathBuf) -> Line {
    let (lang, what) = (global.lang(), "doctor-films");
    let name = folder.display().to_string();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return Line::fault(what, format!("{name}: {error}"), locale::word(lang, "doctor-films.mend")),
    };
    let mut all: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| films::is_one(path)).collect();
    all.sort();
    let found = all.iter().flat_map(|path| films::check_file(&path.display().to_string(), lang)).collect();
    let name = say(lang, &Words::new("doctor-films-found").with("folder", name).with("count", all.len()));
    judged(global, what, &name, Ok(found), "leitai check FILM")
}

fn judged(
    global: &Global,
    what: &'static str,
    name: &str,
    found: Result<Vec<Finding>, CliError>,
    command: &str,
) -> Line {
    let lang = global.lang();
    let found = match found {
        Ok(found) => found,
        Err(error) => return Line::fault(what, name, locale::tell(lang, &error)),
    };
    let of = |severity| found.iter().filter(move |finding: &&Finding| finding.severity == severity);
    let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
    let first = of(Severity::Error).chain(of(Severity::Warning)).next();
    let first = first.map(|finding| format!("{}: {}", finding.place(), finding.text)).unwrap_or_default();
    let words = Words::new("doctor-paper").with("name", name).with("errors", errors).with("warnings", warnings);
    let told = say(lang, &words);
    let todo = || say(lang, &Words::new("doctor-paper-first").with("first", first).with("command", command));
    match (errors, warnings) {
        (0, 0) => Line::ok(what, name),
        (0, _) => Line::attention(what, told, todo()),
        _ => Line::fault(what, told, todo()),
    }
}

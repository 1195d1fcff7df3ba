//! `leitai check`: what would go wrong on air, found before the show and without a graphics card.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::{Check, Global},
    desk,
    error::CliError,
    films,
    finding::{Finding, is_clean},
    gallery, papers, print, print_json, report, rules, tape,
};
use crate::{
    bank::{self, Paper},
    locale::{self, Lang},
    preflight::{self, CueLevel, Severity, Survey},
    show::{
        bank::BankQuestion,
        frame::{Class, Output},
        tape::{Problem, Step, Timeline},
        theme::Theme,
        told::Words,
    },
    sound,
    themes::{self, Loaded, ThemeError},
    typeset::Typesetter,
};

/// True when no error was found; warnings and notices do no harm.
pub fn run(global: &Global, args: &Check) -> Result<bool, CliError> {
    let desk = Desk::new(global)?;
    let mut findings = vec![];
    let mut good = vec![];
    for path in args.paths.iter().map(|path| expand(path)).collect::<Result<Vec<_>, _>>()?.concat() {
        let before = findings.len();
        findings.extend(desk.one(&path, &args.media)?);
        if is_clean(findings.get(before..).unwrap_or_default()) {
            good.push(path);
        }
    }
    if let Some(file) = &args.report {
        report::write(file, &good, &findings, global.lang())?;
    }
    if args.json {
        let findings: Vec<_> = findings.iter().map(Finding::json).collect();
        print_json(&serde_json::json!({"good": good, "findings": findings}), false)?;
    } else {
        table(global, &good, &findings)?;
    }
    Ok(is_clean(&findings))
}

/// All that is found in one file or theme.
pub(super) fn examine(global: &Global, path: &str, media: &[PathBuf]) -> Result<Vec<Finding>, CliError> {
    Desk::new(global)?.one(path, media)
}

/// What every examination of pictures needs.
struct Desk<'a> {
    global: &'a Global,
    theme: Arc<Theme>,
    set: Typesetter,
    classes: Vec<Class>,
}

impl<'a> Desk<'a> {
    fn new(global: &'a Global) -> Result<Self, CliError> {
        let theme = themes::load(&global.theme)?.theme;
        Ok(Self { global, theme, set: Typesetter::new(), classes: desk::classes(global) })
    }

    fn one(&self, path: &str, media: &[PathBuf]) -> Result<Vec<Finding>, CliError> {
        Ok(match kind(path) {
            Kind::Theme => self.theme(path)?,
            Kind::Rules => rules::check(path, self.global.lang()),
            Kind::Tape => self.tape(&self.theme, path, media)?,
            Kind::Film => films::check_file(path, self.global.lang()),
            Kind::Paper(paper) => {
                let (mut found, questions) = papers::check(path, paper, self.global.lang());
                found.extend(self.bank(&self.theme, path, &questions, &found)?);
                found
            }
        })
    }

    fn wants(&self, output: &Output) -> bool {
        self.classes.contains(&output.class)
    }

    /// A theme that cannot be read, or all its pictures.
    fn theme(&self, path: &str) -> Result<Vec<Finding>, CliError> {
        let loaded = match themes::load(path) {
            Ok(loaded) => loaded,
            Err(error) => return Ok(vec![unread(path, &error, self.global.lang())]),
        };
        let mut survey = Survey::new(&loaded.theme, &self.set);
        preflight::theme(&mut survey, &gallery::scenes(None)?, &|output| self.wants(output));
        preflight::sounds(&mut survey, &levels(&loaded));
        let told = |finding: preflight::Finding| {
            let (file, place) = written(&loaded, &finding).unwrap_or_else(|| (path.to_owned(), None));
            Finding::picture(&file, place, finding, self.global.lang())
        };
        Ok(survey.finish().into_iter().map(told).collect())
    }

    fn tape(&self, theme: &Theme, path: &str, media: &[PathBuf]) -> Result<Vec<Finding>, CliError> {
        let mut findings = vec![];
        let tape = tape::read(path)?;
        for problem in &tape.problems {
            let line = match problem {
                Problem::Torn { line, .. }
                | Problem::Line { line, .. }
                | Problem::More { line, .. }
                | Problem::Gap { line, .. } => Some(*line),
                Problem::NoHeader { .. } => Some(1),
            };
            findings.push(Finding::new(path, line, None, locale::tell(self.global.lang(), problem)));
        }
        findings.extend(films::check_tape(path, &tape, media, self.global.lang()));
        let timeline = Timeline::new(tape);
        let mut survey = Survey::new(theme, &self.set);
        preflight::tape(&mut survey, &timeline, self.global.lang(), &|output| self.wants(output));
        for finding in survey.finish() {
            let seq = finding.subject.seq.unwrap_or(0);
            let line =
                timeline.tape().steps(0, usize::MAX).find(|step| step.seq() >= seq).map(|step: Step| step.line());
            findings.push(Finding::picture(path, line.map(|line| (line, 0)), finding, self.global.lang()));
        }
        Ok(findings)
    }

    /// Every question as a card; its row is that of the first thing said of it, or its place in the list.
    fn bank(
        &self,
        theme: &Theme,
        path: &str,
        questions: &[BankQuestion],
        said: &[Finding],
    ) -> Result<Vec<Finding>, CliError> {
        // Questions that cannot be used are mended before they are drawn.
        if questions.is_empty() || !is_clean(said) {
            return Ok(vec![]);
        }
        let mut survey = Survey::new(theme, &self.set);
        preflight::bank(&mut survey, questions, self.global.lang(), &|output| self.wants(output))?;
        let told = |finding| Finding::picture(path, None, finding, self.global.lang());
        Ok(survey.finish().into_iter().map(told).collect())
    }
}

/// What the theme's cues measure; one that cannot be measured is silent, and its reader has told why.
fn levels(loaded: &Loaded) -> Vec<CueLevel> {
    let sounds = &loaded.theme.programme().sounds;
    let (bank, _) = sound::Bank::render(sounds, &loaded.folders());
    let level = |found: sound::CueSurvey| CueLevel {
        cue: found.cue.name().to_owned(),
        peak_dbtp: found.level.true_peak_dbtp as f32,
        loudness_lufs: Some(found.level.momentary_max_lufs as f32),
    };
    sound::survey(sounds, &bank).unwrap_or_default().into_iter().map(level).collect()
}

/// A theme that could not be read, with the place that its reader names.
fn unread(path: &str, error: &ThemeError, lang: Lang) -> Finding {
    let (line, column) = error.place().unzip();
    Finding { column, ..Finding::new(path, line, None, locale::tell(lang, error)) }
}

/// The file and the place in it that decide a finding.
fn written(loaded: &Loaded, finding: &preflight::Finding) -> Option<(String, Option<(usize, usize)>)> {
    let path = finding.theme_paths.first()?;
    let (file, line, column) = loaded.written(finding.class.unwrap_or_default(), path);
    Some((file.display().to_string(), Some((line, column))))
}

enum Kind {
    Tape,
    Theme,
    Rules,
    Film,
    Paper(Paper),
}

/// By name where that says it, by content where one format holds several things.
fn kind(path: &str) -> Kind {
    let place = Path::new(path);
    if rules::is_one(path) {
        Kind::Rules
    } else if films::is_one(place) {
        Kind::Film
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

fn table(global: &Global, good: &[String], findings: &[Finding]) -> Result<(), CliError> {
    let lang = global.lang();
    for path in good {
        print(&locale::say(lang, &Words::new("check-good").with("path", path)))?;
    }
    let width = findings.iter().map(|finding| finding.place().chars().count()).max().unwrap_or(0);
    for finding in findings {
        let severity = match finding.severity {
            Severity::Error => String::new(),
            Severity::Warning => format!("[{}] ", locale::word(lang, "preflight-severity-warning")),
            Severity::Notice => format!("[{}] ", locale::word(lang, "preflight-severity-notice")),
        };
        print(&format!("{:width$}  {severity}{}", finding.place(), finding.text))?;
    }
    eprintln!("{}", locale::say(lang, &Words::new("check-sum").with("count", findings.len())));
    Ok(())
}

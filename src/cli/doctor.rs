//! `leitai doctor`: whether this machine is fit for a show, and what to do where it is not.

use std::{env, os::unix::net::UnixStream};

use serde::Serialize;

use super::{
    args::{Doctor, Global},
    error::CliError,
    print, print_json, tape,
};
use crate::{
    app::displays,
    locale::{self, Lang},
    output,
    routing::Here,
    sound,
    stage::Headless,
    themes,
    typeset::Typesetter,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    Ok,
    /// A show can be given, with less.
    Warn,
    /// No show on this machine.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Line {
    /// Key of its name in the locales.
    what: &'static str,
    verdict: Verdict,
    /// What was found.
    found: String,
    /// What to do, in the operator's language, where something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    todo: Option<&'static str>,
}

impl Line {
    /// `todo` is the key of what to do where it is not found.
    fn new(lang: Lang, what: &'static str, found: Result<String, String>, bad: Verdict, todo: &'static str) -> Self {
        match found {
            Ok(found) => Self { what, verdict: Verdict::Ok, found, todo: None },
            Err(found) => Self { what, verdict: bad, found, todo: Some(locale::word(lang, todo)) },
        }
    }
}

/// Every glyph range that the fonts promise: Latin, common Han, rare Han of names, Han beyond the basic plane.
const SPECIMEN: &str = "Aa09社会保险琚玥翀𬱖";

/// True unless something fails.
pub fn run(global: &Global, args: &Doctor) -> Result<bool, CliError> {
    let lang = global.lang();
    let theme = themes::load(&global.theme);
    let shown = theme.map(|loaded| loaded.theme.name.clone()).map_err(|error| locale::tell(lang, &error));
    let told = |error: CliError| locale::tell(lang, &error);
    let demo = tape::read(tape::DEMO).map(|tape| tape.entries.len().to_string()).map_err(told);
    let missing = Typesetter::new().missing(SPECIMEN);
    let fonts = if missing.is_empty() { Ok(SPECIMEN.to_owned()) } else { Err(missing.iter().collect()) };
    let ffmpeg = output::ffmpeg_version().map_err(|error| locale::tell(lang, &error));
    let lines = [
        adapter(lang),
        Line::new(lang, "doctor-audio", sound(lang), Verdict::Warn, "doctor-audio.none"),
        Line::new(lang, "doctor-fonts", fonts, Verdict::Fail, "doctor-fonts.none"),
        Line::new(lang, "doctor-ffmpeg", ffmpeg, Verdict::Warn, "doctor-ffmpeg.none"),
        Line::new(lang, "doctor-display", display(), Verdict::Warn, "doctor-display.none"),
        Line::new(lang, "doctor-theme", shown, Verdict::Fail, "problem-theme.do"),
        Line::new(lang, "doctor-show", demo, Verdict::Fail, "doctor-fonts.none"),
    ];
    if args.json {
        print_json(&lines, false)?;
    } else {
        table(lang, &lines)?;
    }
    Ok(lines.iter().all(|line| line.verdict != Verdict::Fail))
}

fn adapter(lang: Lang) -> Line {
    let what = "doctor-adapter";
    match Headless::new((64, 64)).map(|stage| stage.adapter()) {
        Ok(adapter) if adapter.is_software => {
            let found = format!("{} ({})", adapter.name, adapter.driver);
            Line { what, verdict: Verdict::Warn, found, todo: Some(locale::word(lang, "doctor-adapter.software")) }
        }
        Ok(adapter) => Line::new(lang, what, Ok(format!("{} ({})", adapter.name, adapter.driver)), Verdict::Ok, ""),
        Err(error) => Line::new(lang, what, Err(locale::tell(lang, &error)), Verdict::Fail, "doctor-adapter.none"),
    }
}

/// Opens the default device and closes it again.
fn sound(lang: Lang) -> Result<String, String> {
    let output = sound::device::default_opener()().map_err(|error| locale::tell(lang, &error))?;
    Ok(format!("{}, {} Hz", output.device(), output.rate_hz()))
}

/// Whether a display is named and, where it is on this machine, answers.
fn display() -> Result<String, String> {
    let name = env::var("DISPLAY").ok().filter(|name| !name.is_empty()).ok_or("DISPLAY: –")?;
    let number = name.strip_prefix(':').map(|rest| rest.split('.').next().unwrap_or(rest));
    if let Some(number) = number {
        UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).map_err(|error| format!("{name}: {error}"))?;
    }
    // Which ones they are is a help, and no promise.
    let here: Vec<String> = displays::list().iter().flatten().map(Here::called).collect();
    Ok(if here.is_empty() { name } else { format!("{name}: {}", here.join(", ")) })
}

fn table(lang: Lang, lines: &[Line]) -> Result<(), CliError> {
    for line in lines {
        let verdict = match line.verdict {
            Verdict::Ok => "doctor-ok",
            Verdict::Warn => "doctor-warn",
            Verdict::Fail => "doctor-fail",
        };
        print(&format!("{}  {}: {}", locale::word(lang, verdict), locale::word(lang, line.what), line.found))?;
        if let Some(todo) = line.todo {
            print(&format!("      → {todo}"))?;
        }
    }
    Ok(())
}

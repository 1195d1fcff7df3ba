//! `leitai doctor`: whether this machine is fit for a show; with `--show`, whether tonight's is ready to begin. What is
//! not says what to do.

mod control;
mod hall;
mod line;
mod machine;
mod page;
mod papers;
mod peers;
mod store;
mod tokens;

use std::path::Path;

use line::{Line, Verdict};

use super::{
    args::{Doctor, Global},
    desk,
    error::CliError,
    print, print_json, tape,
};
use crate::{
    control::own_file,
    feed::FeedOptions,
    locale::{self, Lang},
    output, themes,
    typeset::Typesetter,
};

/// Every glyph range that the fonts promise: Latin, common Han, rare Han of names, Han beyond the basic plane.
const SPECIMEN: &str = "Aa09社会保险琚玥翀𬱖";
/// Where a session is recorded that names no tape.
const TAPES: &str = "tapes/show.tape.ndjson";

/// True unless something is at fault.
pub fn run(global: &Global, args: &Doctor) -> Result<bool, CliError> {
    let lang = global.lang();
    let lines = if args.show { tonight(global, args)? } else { fit(global) };
    if args.json {
        print_json(&lines, false)?;
    } else {
        for line in page::page(lang, &lines) {
            print(&line)?;
        }
    }
    Ok(lines.iter().all(|line| line.verdict != Verdict::Fault))
}

/// The machine and the program.
fn fit(global: &Global) -> Vec<Line> {
    let lang = global.lang();
    let told = |error: CliError| locale::tell(lang, &error);
    let demo = tape::read(tape::DEMO).map(|tape| tape.entries.len().to_string()).map_err(told);
    let theme = themes::load(&global.theme);
    let shown = theme.map(|loaded| loaded.theme.name.clone()).map_err(|error| locale::tell(lang, &error));
    let mut lines = vec![machine::adapter(lang), machine::audio(lang), fonts(lang), ffmpeg(lang)];
    lines.extend(hall::outputs(lang, &[]));
    lines.push(Line::of(lang, "doctor-theme", shown, Verdict::Fault, "problem-theme.do"));
    lines.push(Line::of(lang, "doctor-show", demo, Verdict::Fault, "doctor-fonts.none"));
    lines
}

/// All that tonight's show needs.
fn tonight(global: &Global, args: &Doctor) -> Result<Vec<Line>, CliError> {
    let lang = global.lang();
    let (routes, unread) = match hall::routes(lang, args.outputs.as_deref()) {
        Ok(routes) => (routes, None),
        Err(line) => (Vec::new(), Some(line)),
    };
    let mut lines: Vec<Line> = unread.into_iter().collect();
    if lines.is_empty() {
        lines.extend(hall::outputs(lang, &routes));
    }
    lines.extend(hall::awake(lang));
    lines.push(machine::adapter(lang));
    let mut names = vec![global.theme.clone()];
    names.extend(routes.iter().filter_map(|route| route.theme.clone()));
    names.sort();
    names.dedup();
    // A theme that cannot be read is told among the papers.
    if let Ok(loaded) = themes::load(&global.theme) {
        lines.push(machine::rate(global, &loaded.theme, &routes)?);
    }
    lines.extend([machine::audio(lang), fonts(lang), ffmpeg(lang)]);
    let tape = args.tape.as_deref().unwrap_or(Path::new(TAPES));
    lines.extend(store::disks(lang, tape, &routes, args.hours));
    lines.push(machine::time(lang));
    lines.extend(machine::power(lang));
    lines.extend(args.token_file.as_deref().map(|file| tokens::token(lang, file)));
    lines.extend(args.control.map(|addr| control::listens(lang, addr)));
    // What `live` takes where no file is named, for its own remote control and for the other machine's.
    let own = own_file().filter(|file| file.exists());
    let (operate, view) = (args.control_token_file.as_deref(), args.control_view_token_file.as_deref());
    lines.extend(control::tokens(lang, operate, view, own.as_deref()));
    lines.extend(args.spare_token_file.as_deref().map(|file| tokens::opener(lang, file)));
    let mut feed = None;
    match &args.feed {
        Some(url) => {
            let mut options = FeedOptions::new(url);
            // One that cannot be read is told above; without it the feed says what it thinks of that.
            options.token = args.token_file.as_deref().and_then(|file| desk::token(file).ok());
            options.ca.clone_from(&args.ca);
            let (told, health) = peers::feed(lang, options);
            lines.extend(told);
            feed = health;
        }
        None => lines.push(missing(lang, "doctor-feed")),
    }
    match &args.spare {
        Some(url) => {
            let token = args.spare_token_file.as_deref().or(own.as_deref());
            lines.push(peers::spare(lang, url, token, feed.as_ref()));
        }
        None => lines.push(missing(lang, "doctor-spare")),
    }
    lines.extend(papers::preflight(global, &names, &args.questions, args.rules.as_deref(), &args.media));
    Ok(lines)
}

/// Something that was not named, and so was not looked at.
fn missing(lang: Lang, what: &'static str) -> Line {
    let todo = match what {
        "doctor-feed" => "doctor-feed.none",
        _ => "doctor-spare.none",
    };
    Line::attention(what, locale::word(lang, "doctor-unnamed"), locale::word(lang, todo))
}

fn fonts(lang: Lang) -> Line {
    let missing = Typesetter::new().missing(SPECIMEN);
    let found = if missing.is_empty() { Ok(SPECIMEN.to_owned()) } else { Err(missing.iter().collect()) };
    Line::of(lang, "doctor-fonts", found, Verdict::Fault, "doctor-fonts.none")
}

fn ffmpeg(lang: Lang) -> Line {
    let found = output::ffmpeg_version().map_err(|error| locale::tell(lang, &error));
    Line::of(lang, "doctor-ffmpeg", found, Verdict::Attention, "doctor-ffmpeg.none")
}

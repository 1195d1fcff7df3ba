//! A tape named on the command line: a file, or the name of an embedded show.

use std::path::Path;

use super::{error::CliError, time::Span};
use crate::{
    bounded,
    director::{ProblemKind, Problems, Said, Transport},
    journal,
    locale::{self, Lang},
    show::{
        limits::TAPE_BYTES,
        tape::{Problem, Tape, Timeline},
        time::Instant,
    },
};

/// The show that opens where none is named.
pub const DEMO: &str = "demo";
/// The embedded shows: a short one of every kind of round, and the four contests from title to thanks.
const EMBEDDED: [(&str, &str); 5] = [
    (DEMO, include_str!("../../assets/shows/zhongwei-demo.tape.ndjson")),
    ("yantai", include_str!("../../assets/shows/yantai.tape.ndjson")),
    ("liaoning", include_str!("../../assets/shows/liaoning.tape.ndjson")),
    ("zhongwei", include_str!("../../assets/shows/zhongwei.tape.ndjson")),
    ("fujian", include_str!("../../assets/shows/fujian.tape.ndjson")),
];

/// Whether `name` is an embedded show's.
pub fn is_embedded(name: &str) -> bool {
    EMBEDDED.iter().any(|(embedded, _)| *embedded == name)
}

pub fn read(name: &str) -> Result<Tape, CliError> {
    if let Some((_, text)) = EMBEDDED.iter().find(|(embedded, _)| *embedded == name) {
        return Tape::parse(text).map_err(|reason| CliError::Embedded { reason });
    }
    Ok(journal::load(Path::new(name))?)
}

/// The tape as it is written, byte for byte.
pub fn bytes(name: &str) -> Result<Vec<u8>, CliError> {
    if let Some((_, text)) = EMBEDDED.iter().find(|(embedded, _)| *embedded == name) {
        return Ok(text.as_bytes().to_vec());
    }
    let path = Path::new(name);
    let read = || bounded::within(std::fs::File::open(path)?, 0, TAPE_BYTES);
    read().map_err(|error| CliError::Read { path: path.to_owned(), reason: error.to_string() })
}

/// The tape with its checkpoints; bad lines are told, each once, and skipped.
pub fn open(name: &str, lang: Lang) -> Result<Timeline, CliError> {
    let tape = read(name)?;
    for problem in &tape.problems {
        tracing::warn!("{name}: {}", locale::tell(lang, problem));
    }
    Ok(Timeline::new(tape))
}

/// The tape's faults in the list that the operator sees.
pub fn report(faults: &[Problem], first_at: Option<Instant>, problems: &mut Problems) {
    for fault in faults {
        problems.report(ProblemKind::Tape, Said::of(fault), first_at.unwrap_or(0));
    }
}

/// `at`, when the tape goes so far.
pub fn within(timeline: &Timeline, at: Span) -> Result<i64, CliError> {
    let end = Span { us: timeline.tape().duration() + Transport::TAIL_US };
    if at > end { Err(CliError::AfterEnd { at, end }) } else { Ok(at.us) }
}

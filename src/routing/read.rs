//! Reads and writes `outputs.ron` as text: strict, with the place and the next step of whatever does not fit.

use std::path::Path;

use ron::{error::Error, extensions::Extensions, ser::PrettyConfig};

use super::{Flaw, RouteError, Routes, check, places::Places};
use crate::show::told::{Clause, clause};

/// Names that are alike by this share or more are taken for a slip of the finger.
const ALIKE: f64 = 0.6;

/// What every file that this program writes begins with.
const HEAD: &str = include_str!("../../assets/outputs/head.txt");
/// A file to begin with: a folded wall, a television on a display, a stream and its key.
pub const EXAMPLE: &str = include_str!("../../assets/outputs/example.ron");

/// RON as it is written by hand: options without `Some`, places without double brackets.
fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME | Extensions::UNWRAP_VARIANT_NEWTYPES)
}

/// Reads a text; `file` is what faults are told with. No file is opened.
///
/// # Errors
/// Where the text is no RON, has a field or value that is none, or says what cannot be; see [`check()`].
pub fn read(text: &str, file: &Path) -> Result<Routes, RouteError> {
    let routes: Routes = options().from_str(text).map_err(|error| {
        let (what, instead) = explain(&error.code);
        let (line, column) = (error.span.start.line, error.span.start.col);
        RouteError::Text { file: file.to_owned(), line, column, what, instead }
    })?;
    let flaws = check(&routes.outputs);
    if flaws.is_empty() {
        return Ok(routes);
    }
    let places = Places::of(text);
    let flaws = flaws.into_iter().map(|flaw: Flaw| (places.at(&flaw.path), flaw)).collect();
    Err(RouteError::Flaws { file: file.to_owned(), flaws })
}

/// The text of a file that says this, with comments that explain it.
///
/// # Errors
/// Where the outputs cannot be; the text of what can always can be written.
pub fn write(routes: &Routes) -> Result<String, RouteError> {
    let flaws = check(&routes.outputs);
    if !flaws.is_empty() {
        return Err(RouteError::Unfit { flaws });
    }
    let config = PrettyConfig::new().indentor("    ").compact_arrays(false).struct_names(false);
    let text = options()
        .to_string_pretty(routes, config)
        .map_err(|error| RouteError::Write { file: "outputs.ron".into(), reason: error.to_string() })?;
    Ok(format!("{HEAD}{text}\n"))
}

fn explain(error: &Error) -> (Clause, Clause) {
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            (clause!("outputs-unknown-field", "unknown field \"{found}\"", found), allowed(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            (clause!("outputs-unknown-value", "unknown value \"{found}\"", found), allowed(found, expected))
        }
        Error::MissingStructField { field, .. } => (
            clause!("outputs-missing-field", "the field \"{field}\" is missing", field),
            clause!("outputs-missing-field.do", "add it"),
        ),
        Error::DuplicateStructField { field, .. } => (
            clause!("outputs-twice", "the field \"{field}\" is given twice", field),
            clause!("outputs-twice.do", "keep one of them"),
        ),
        Error::InvalidValueForType { expected, found } => (
            clause!("outputs-wrong-type", "{found} stands here", found),
            clause!("outputs-wrong-type.do", "write {expected}", expected),
        ),
        Error::Eof => (
            clause!("outputs-eof", "the text ends too early"),
            clause!("outputs-eof.do", "a closing bracket is missing"),
        ),
        // Said by the rate and the colour themselves.
        Error::Message(said) if said.contains("frame rate") => {
            let found = quoted(said);
            (
                clause!("outputs-rate", "\"{found}\" is no frame rate", found),
                clause!(
                    "outputs-rate.do",
                    "write \"25\", \"50\", \"60\", \"59.94\" or \"60000/1001\", at most \"240\""
                ),
            )
        }
        Error::Message(said) if said.contains("no colour") => {
            let found = quoted(said);
            (
                clause!("outputs-colour", "\"{found}\" is no colour", found),
                clause!("outputs-colour.do", "write \"#RRGGBB\""),
            )
        }
        other => (Clause::text(other.to_string()), Clause::default()),
    }
}

fn quoted(said: &str) -> &str {
    said.split('"').nth(1).unwrap_or(said)
}

/// "did you mean …" where a name is near, and all that may stand there.
fn allowed(found: &str, expected: &[&str]) -> Clause {
    let near = expected
        .iter()
        .rev() // of several that are as near the first is meant
        .map(|name| (strsim::normalized_damerau_levenshtein(found, name), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let names = expected.join(", ");
    match near {
        Some((_, near)) => clause!("outputs-near", "did you mean \"{near}\"? allowed: {names}", near, names),
        None => clause!("outputs-allowed", "allowed: {names}", names),
    }
}

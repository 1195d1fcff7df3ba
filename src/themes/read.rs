//! What is wrong with a theme's texts, told with file, line, column and what may stand there instead.

use ron::error::Error;

use super::{SourceFile, ThemeError};
use crate::show::{
    theme::{
        Fault,
        source::{At, Compiled, HEAD, SourceFault, compile},
    },
    told::{Clause, Words, clause},
};

/// Names that are alike by this share or more are taken for a slip of the finger.
const ALIKE: f64 = 0.6;

pub(super) fn theme(files: &[SourceFile]) -> Result<Compiled, ThemeError> {
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    compile(&texts).map_err(|fault| told(fault, files))
}

/// A fault in words. `files` are those that its indices mean.
pub(super) fn told(fault: SourceFault, files: &[SourceFile]) -> ThemeError {
    let path = |at: At| files.get(at.file).map(|file| file.path.clone()).unwrap_or_default();
    let text = |at: At, what: Clause, instead: Clause| ThemeError::Text {
        file: path(at),
        line: at.line,
        column: at.column,
        what,
        instead,
    };
    match fault {
        SourceFault::Ron { at, error } => {
            let (what, instead) = explain(&error);
            text(at, what, instead)
        }
        SourceFault::Deep { at } => text(
            at,
            clause!("theme-deep", "brackets lie too deep within one another"),
            clause!("theme-deep.do", "take the inner ones away"),
        ),
        SourceFault::Twice { at, field } => {
            let (what, instead) = twice(&field);
            text(at, what, instead)
        }
        SourceFault::Shape { at } => text(
            at,
            clause!("theme-shape", "this is no theme"),
            clause!("theme-shape.do", "a theme is \"( name: …, extends: …, palette: ( … ), … )\""),
        ),
        SourceFault::Unit { at, what, instead } => text(at, what, instead),
        SourceFault::Range(faults) => {
            let first = faults.first().map(|found| found.0).unwrap_or_default();
            let told = |(at, fault): &(At, Fault)| {
                let (file, line, path, says) = (path(*at).display().to_string(), at.line, &fault.path, &fault.says);
                let words = Words::new("theme-range.fault").with("file", &file).with("line", line);
                Clause {
                    text: format!("{file}:{line}: {path} {says}"),
                    words: words.with("path", path).with("says", says),
                }
            };
            let faults = faults.iter().map(told).collect();
            ThemeError::Range { file: path(first), line: first.line, column: first.column, faults }
        }
    }
}

fn twice(field: &str) -> (Clause, Clause) {
    (
        clause!("theme-twice", "the field \"{field}\" is given twice", field),
        clause!("theme-twice.do", "keep one of them"),
    )
}

fn explain(error: &Error) -> (Clause, Clause) {
    let place = |outer: &Option<String>| outer.clone().unwrap_or_default();
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            let mut allowed_here = expected.to_vec();
            if outer.as_deref() == Some("Look") {
                allowed_here.extend(HEAD);
            }
            let outer = place(outer);
            let what = if outer.is_empty() {
                clause!("theme-unknown-field", "unknown field \"{found}\"", found)
            } else {
                clause!("theme-unknown-field.place", "unknown field \"{found}\" in {outer}", found, outer)
            };
            (what, allowed(found, &allowed_here))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let outer = place(outer);
            let what = if outer.is_empty() {
                clause!("theme-unknown-value", "unknown value \"{found}\"", found)
            } else {
                clause!("theme-unknown-value.place", "unknown value \"{found}\" for {outer}", found, outer)
            };
            (what, allowed(found, expected))
        }
        Error::MissingStructField { field, outer } => {
            let outer = place(outer);
            let what = if outer.is_empty() {
                clause!("theme-missing-field", "the field \"{field}\" is missing", field)
            } else {
                clause!("theme-missing-field.place", "the field \"{field}\" is missing in {outer}", field, outer)
            };
            let instead = clause!(
                "theme-missing-field.do",
                "add it, or begin with extends: \"qingkong\" and change what differs"
            );
            (what, instead)
        }
        Error::DuplicateStructField { field, .. } => twice(field),
        Error::InvalidValueForType { expected, found } => (
            clause!("theme-wrong-type", "{found} stands here", found),
            clause!("theme-wrong-type.do", "write {expected}", expected),
        ),
        Error::Eof => {
            (clause!("theme-eof", "the text ends too early"), clause!("theme-eof.do", "a closing bracket is missing"))
        }
        other => (Clause::text(lower_first(&other.to_string())), Clause::default()),
    }
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
        _ if expected.is_empty() => clause!("theme-nothing", "nothing may stand here"),
        Some((_, near)) => clause!("theme-near", "did you mean \"{near}\"? allowed: {names}", near, names),
        None => clause!("theme-allowed", "allowed: {names}", names),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::themes::{Place, source::gather};

    /// The built-in theme with a text laid over it.
    fn fault(text: &str) -> (String, Option<(usize, usize)>) {
        let mut files = gather(&Place::Carried("qingkong")).unwrap();
        files.push(SourceFile { path: PathBuf::from("themes/x/theme.ron"), folder: None, text: text.to_owned() });
        let error = theme(&files).unwrap_err();
        (error.to_string(), error.place())
    }

    #[test]
    fn a_misspelt_field_is_named_with_its_line_and_the_nearest_name() {
        let (text, place) = fault("(\n    palette: (\n        ikn: \"#FFFFFF\",\n    ),\n)");
        assert_eq!(place, Some((3, 9)), "{text}");
        assert!(text.contains("themes/x/theme.ron:3:9") && text.contains("\"ikn\""), "{text}");
        assert!(text.contains("did you mean \"ink\"?") && text.contains("allowed: plate"), "{text}");
        assert!(fault("(extend: \"qingkong\")").0.contains("did you mean \"extends\"?"));
    }

    #[test]
    fn an_unknown_value_and_a_wrong_type_are_told_where_they_stand() {
        let (text, place) = fault("(\n  wall: (typography: (\n    stem: (face: Serif))))");
        assert_eq!(place.map(|p| p.0), Some(3), "{text}");
        assert!(text.contains("\"Serif\"") && text.contains("allowed: Sans, Numerals"), "{text}");
        let (text, place) = fault("(\n  motion: (\n    fade_in: \"fast\",\n))");
        assert_eq!(place.map(|p| p.0), Some(3), "{text}");
        let (text, place) = fault("(palette: (\n  ink: \"#12\",\n))");
        assert_eq!(place.map(|p| p.0), Some(2), "{text}");
        assert!(text.contains("#RRGGBB"), "{text}");
    }

    #[test]
    fn a_missing_bracket_is_told_at_the_end_and_a_range_at_its_line() {
        assert_eq!(fault("(\npalette: (\n").1.map(|p| p.0), Some(3));
        let (text, place) = fault("(\n  wall: (\n    typography: (stem: (ladder: [(44, 60)])),\n  ),\n)");
        assert_eq!(place.map(|p| p.0), Some(3), "{text}");
        assert!(text.contains("typography.stem.ladder has a size of 44 px") && text.contains("wall class"), "{text}");
    }
}

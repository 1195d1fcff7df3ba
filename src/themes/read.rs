//! RON, read strictly: a fault is told with its line, its column and what may stand there instead.

use std::path::Path;

use ron::error::{Error, SpannedError};
use serde::de::DeserializeOwned;

use super::ThemeError;

/// Names that are alike by this share or more are taken for a slip of the finger.
const ALIKE: f64 = 0.6;

pub(super) fn parse<T: DeserializeOwned>(text: &str, file: &Path) -> Result<T, ThemeError> {
    ron::from_str(text).map_err(|error| explain(&error, file))
}

fn explain(error: &SpannedError, file: &Path) -> ThemeError {
    let (what, instead) = match &error.code {
        Error::NoSuchStructField { expected, found, outer } => {
            let place = outer.as_ref().map(|outer| format!(" in {outer}")).unwrap_or_default();
            (format!("unknown field \"{found}\"{place}"), allowed(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let place = outer.as_ref().map(|outer| format!(" for {outer}")).unwrap_or_default();
            (format!("unknown value \"{found}\"{place}"), allowed(found, expected))
        }
        Error::MissingStructField { field, outer } => {
            let place = outer.as_ref().map(|outer| format!(" in {outer}")).unwrap_or_default();
            (format!("the field \"{field}\" is missing{place}"), "add it; no field has a default".to_owned())
        }
        Error::DuplicateStructField { field, .. } => {
            (format!("the field \"{field}\" is given twice"), "keep one of them".to_owned())
        }
        Error::InvalidValueForType { expected, found } => (format!("{found} stands here"), format!("write {expected}")),
        Error::Eof => ("the text ends too early".to_owned(), "a closing bracket is missing".to_owned()),
        other => (lower_first(&other.to_string()), String::new()),
    };
    // A text that ends too early is at fault at its end, all else where it begins.
    let at = if error.code == Error::Eof { &error.span.end } else { &error.span.start };
    ThemeError::text(file, at, what, instead)
}

/// "did you mean …" where a name is near, and all that may stand there.
fn allowed(found: &str, expected: &[&str]) -> String {
    let near = expected
        .iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(found, name), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let hint = near.map(|(_, name)| format!("did you mean \"{name}\"? ")).unwrap_or_default();
    if expected.is_empty() {
        "nothing may stand here".to_owned()
    } else {
        format!("{hint}allowed: {}", expected.join(", "))
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        ground: Ground,
        gap: f32,
    }

    #[derive(Debug, Deserialize)]
    enum Ground {
        Sky,
        Clear,
    }

    fn fault(text: &str) -> (String, Option<(usize, usize)>) {
        let error = parse::<Sample>(text, Path::new("themes/x/theme.ron")).unwrap_err();
        (error.to_string(), error.place())
    }

    #[test]
    fn a_misspelt_field_is_named_with_its_line_and_the_nearest_name() {
        let (text, place) = fault("(\n    ground: Sky,\n    gpa: 1.0,\n)");
        assert_eq!(place.map(|p| p.0), Some(3), "{text}");
        assert!(text.contains("themes/x/theme.ron:3:") && text.contains("\"gpa\""), "{text}");
        assert!(text.contains("did you mean \"gap\"?") && text.contains("allowed: ground, gap"), "{text}");
    }

    #[test]
    fn an_unknown_value_lists_the_allowed_ones() {
        let (text, place) = fault("(\n    ground: Sea,\n    gap: 1.0,\n)");
        assert_eq!(place.map(|p| p.0), Some(2), "{text}");
        assert!(text.contains("\"Sea\"") && text.contains("allowed: Sky, Clear"), "{text}");
    }

    #[test]
    fn a_missing_field_and_a_missing_bracket_are_told() {
        assert!(fault("(ground: Sky)").0.contains("the field \"gap\" is missing"));
        assert!(fault("(ground: Sky, gap: \"wide\")").0.contains("theme.ron:1:"));
        assert_eq!(fault("(\nground: Sky,\n").1.map(|p| p.0), Some(3));
    }
}

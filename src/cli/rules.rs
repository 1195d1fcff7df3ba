//! A rulebook named on the command line: a file, or one that is built in; and `leitai check` of it.

use std::path::Path;

use super::{error::CliError, finding::Finding};
use crate::{
    bounded,
    locale::{self, Lang},
    preflight::Severity,
    show::{limits::HAND_BYTES, rules::Rulebook},
    simulate,
};

/// A built-in rulebook by its name, or a file.
pub fn read(name: &str) -> Result<Rulebook, CliError> {
    let text = match simulate::built_in(name) {
        Some(text) => text.to_owned(),
        None => bounded::text(Path::new(name), HAND_BYTES).map_err(|error| CliError::Rulebook {
            name: name.to_owned(),
            reason: error.to_string(),
            known: simulate::RULEBOOKS.map(|(known, _)| known).join(", "),
        })?,
    };
    Rulebook::parse(&text).map_err(|source| CliError::Rules { name: name.to_owned(), source })
}

/// Is it a rulebook, by its name or by what its text begins to say?
pub fn is_one(name: &str) -> bool {
    // A theme has neither; a misspelt rulebook still has one of them.
    let says = |text: String| {
        let begins = |line: &str, field: &str| {
            line.trim_start().strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'))
        };
        text.lines().any(|line| ["program", "base_score", "tie_order"].iter().any(|field| begins(line, field)))
    };
    simulate::built_in(name).is_some()
        || name.ends_with(".ron") && bounded::text(Path::new(name), HAND_BYTES).is_ok_and(says)
}

/// Everything there is to say about it: errors, and notices about what its document leaves open or contradicts.
pub fn check(name: &str, lang: Lang) -> Vec<Finding> {
    match read(name) {
        Ok(book) => {
            let notices = book.notices().into_iter();
            let told = |notice| Finding::new(name, None, None, locale::tell(lang, &notice));
            notices.map(|notice| Finding { severity: Severity::Notice, ..told(notice) }).collect()
        }
        Err(error) => vec![Finding::new(name, None, None, locale::tell(lang, &error))],
    }
}

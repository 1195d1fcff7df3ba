//! One line of the doctor's page: what was looked at, how it is, and what to do.

use serde::Serialize;

use crate::{
    locale::{self, Lang},
    show::told::Words,
};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    Ok,
    /// A show can be given, with less or with care.
    Attention,
    /// No show before this is mended.
    Fault,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    /// Key of its name in the locales.
    pub what: &'static str,
    pub verdict: Verdict,
    /// What was found, in the operator's language.
    pub found: String,
    /// What to do, in the operator's language, where something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub todo: Option<String>,
}

impl Line {
    pub fn ok(what: &'static str, found: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Ok, found: found.into(), todo: None }
    }

    /// Something is to be done: `todo` in the operator's language.
    pub fn attention(what: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Attention, found: found.into(), todo: Some(todo.into()) }
    }

    pub fn fault(what: &'static str, found: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fault, ..Self::attention(what, found, todo) }
    }

    /// `todo` is the key of what to do where it is not found.
    pub fn of(lang: Lang, what: &'static str, found: Result<String, String>, bad: Verdict, todo: &'static str) -> Self {
        match found {
            Ok(found) => Self::ok(what, found),
            Err(found) => Self { verdict: bad, ..Self::attention(what, found, locale::word(lang, todo)) },
        }
    }
}

/// A sentence in the operator's language.
pub(super) fn say(lang: Lang, words: &Words) -> String {
    locale::say(lang, words)
}

//! A rulebook's RON, read strictly: unknown fields are refused with their line and column.

use ron::extensions::Extensions;

use super::{Finding, Level, Rulebook};
use crate::show::told::told;

/// Why a text is no rulebook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    #[error("line {line}, column {column}: {reason}; mend the rulebook there")]
    Text { line: usize, column: usize, reason: String },
    #[error("{}", .faults.iter().map(Finding::to_string).collect::<Vec<_>>().join("; "))]
    Faults { faults: Vec<Finding> },
}

told!(RulesError {
    Text { line, column, reason } => "rules-text",
    Faults { faults } => "rules-faults",
});

impl Rulebook {
    /// Reads a rulebook's text. Newtype variants need no second brackets and options no `Some`.
    ///
    /// # Errors
    /// `Text` with the place of what does not fit the types, `Faults` with every sentence of [`Rulebook::check`] that
    /// is an error; notices are none.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let options = ron::Options::default()
            .with_default_extension(Extensions::UNWRAP_VARIANT_NEWTYPES | Extensions::IMPLICIT_SOME);
        let book: Self = options.from_str(text).map_err(|error| RulesError::Text {
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
        let faults: Vec<Finding> = book.check().into_iter().filter(|found| found.level == Level::Error).collect();
        if faults.is_empty() { Ok(book) } else { Err(RulesError::Faults { faults }) }
    }

    /// What the document states although it does not add up, or leaves open: for the operator to know.
    pub fn notices(&self) -> Vec<Finding> {
        self.check().into_iter().filter(|found| found.level == Level::Notice).collect()
    }
}

//! Question banks and rosters from JSON files.

use std::{fs, path::Path};

use crate::show::bank::{BankQuestion, Roster};

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct BankError {
    path: String,
    reason: String,
}

/// The questions of a bank.
///
/// # Errors
/// Where the file cannot be read or is no bank.
pub fn read_bank(path: &Path) -> Result<Vec<BankQuestion>, BankError> {
    read(path)
}

/// The teams and players of a roster.
///
/// # Errors
/// Where the file cannot be read or is no roster.
pub fn read_roster(path: &Path) -> Result<Roster, BankError> {
    read(path)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, BankError> {
    let fault = |reason: String| BankError { path: path.display().to_string(), reason };
    let text = fs::read_to_string(path).map_err(|error| fault(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| fault(error.to_string()))
}

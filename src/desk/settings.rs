//! What the console keeps for its operator from one evening to the next: language, layout, what has been noted.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::Layout;
use crate::{
    bounded,
    show::{limits::HAND_BYTES, told::told},
};

/// Settings of one operator, in their own folder.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `zh` or `en`; none leaves it to the system.
    pub lang: Option<String>,
    /// None while nothing has been moved.
    pub layout: Option<Layout>,
    /// Hints that need not be shown again.
    pub hints: Vec<String>,
    /// Action and title safe area over the pictures.
    pub safe_area: bool,
    /// Outlines and names of the layers over the pictures.
    pub layers: bool,
}

/// Why a file of the operator's is not used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{path}: cannot be read ({source}); the console opens as it comes")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}:{line}:{column}: {reason}; the console opens as it comes, mend or delete the file")]
    Syntax { path: PathBuf, line: usize, column: usize, reason: String },
    #[error("{path}: the layout does not have every panel once; the console opens as it comes")]
    Layout { path: PathBuf },
    #[error("{path}: cannot be written ({source}); what you arrange is kept until the program ends")]
    Write { path: PathBuf, source: io::Error },
}

told!(SettingsError {
    Read { path, source } => "settings-read",
    Syntax { path, line, column, reason } => "settings-syntax",
    Layout { path } => "settings-layout",
    Write { path, source } => "settings-write",
});

/// The operator's folder for this program; none where the system names no home.
pub fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "leitai").map(|dirs| dirs.config_dir().to_owned())
}

impl Settings {
    /// Reads them; what is not there is as it comes.
    ///
    /// # Errors
    /// When the file is there and cannot be used.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let text = match bounded::text(path, HAND_BYTES) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(SettingsError::Read { path: path.to_owned(), source }),
        };
        Self::parse(&text, path)
    }

    /// Reads their text; `path` is what faults are told with.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn parse(text: &str, path: &Path) -> Result<Self, SettingsError> {
        let settings: Self = ron::from_str(text).map_err(|error| SettingsError::Syntax {
            path: path.to_owned(),
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
        match &settings.layout {
            Some(layout) if !layout.is_whole() => Err(SettingsError::Layout { path: path.to_owned() }),
            _ => Ok(settings),
        }
    }

    /// Writes them whole or not at all.
    ///
    /// # Errors
    /// Where the folder or the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        let fault = |source| SettingsError::Write { path: path.to_owned(), source };
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default())
            .map_err(|error| fault(io::Error::other(error)))?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fault)?;
        }
        let beside = path.with_extension("new");
        fs::write(&beside, text + "\n").and_then(|()| fs::rename(&beside, path)).map_err(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_found_again_and_a_broken_file_names_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leitai/console.ron");
        assert_eq!(Settings::load(&path).unwrap(), Settings::default());
        let settings =
            Settings { layout: Some(Layout::built_in(true)), lang: Some("en".to_owned()), ..Default::default() };
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path).unwrap(), settings);
        fs::write(&path, "(lang: Some(\"zh\"),\n  colour: 3)").unwrap();
        let error = Settings::load(&path).unwrap_err();
        assert!(matches!(error, SettingsError::Syntax { line: 2, .. }), "{error}");
        fs::write(&path, "(layout: Some(tabs(log, [log])))").unwrap();
        assert!(matches!(Settings::load(&path), Err(SettingsError::Layout { .. })));
    }
}

//! Finds a theme, reads it strictly, and watches it: a good edit goes on air at once, a bad one never does.

mod error;
mod find;
mod on_air;
mod pictures;
mod read;
mod watch;

use std::{fs, path::PathBuf, sync::Arc};

pub use error::ThemeError;
pub use find::{BUILT_IN, Place};
pub use on_air::{OnAir, on_air};
pub use watch::ThemeWatch;

use crate::show::theme::Theme;

/// A theme that was read and found good.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub theme: Arc<Theme>,
    /// Where it was read; pictures that it names lie there.
    pub place: Place,
}

/// Reads a theme by name (`qingkong`), folder or file.
///
/// # Errors
/// Says which file, line and column does not fit, what stands there and what may stand there.
pub fn load(name_or_path: &str) -> Result<Loaded, ThemeError> {
    let place = find::find(name_or_path)?;
    let theme = load_at(&place)?;
    Ok(Loaded { theme: Arc::new(theme), place })
}

/// The theme that the program carries, whatever folder it is started in.
///
/// # Errors
/// Only when the program was built from a broken theme.
pub fn built_in() -> Result<Arc<Theme>, ThemeError> {
    load_at(&Place::BuiltIn).map(Arc::new)
}

fn load_at(place: &Place) -> Result<Theme, ThemeError> {
    match place {
        Place::BuiltIn => good(find::BUILT_IN_TEXT, &PathBuf::from(format!("{BUILT_IN}/theme.ron"))),
        Place::Folder(folder) => {
            let file = folder.join(find::FILE);
            let text = fs::read_to_string(&file).map_err(|error| ThemeError::unreadable(&file, &error))?;
            let theme = good(&text, &file)?;
            pictures::check(&text, &file)?;
            Ok(theme)
        }
    }
}

/// Strictly read and within its ranges.
fn good(text: &str, file: &std::path::Path) -> Result<Theme, ThemeError> {
    let theme: Theme = read::parse(text, file)?;
    let faults = theme.validate();
    if faults.is_empty() {
        return Ok(theme);
    }
    Err(ThemeError::Range { file: file.to_owned(), faults: faults.join("; ") })
}

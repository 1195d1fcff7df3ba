//! The theme that a show begins with: where the one that was asked for is broken, the program's own until it is mended.

use std::sync::Arc;

use super::{ThemeError, ThemeWatch, built_in, find, load_at};
use crate::show::theme::Theme;

/// What a show goes on air with.
pub struct OnAir {
    pub theme: Arc<Theme>,
    /// Looks after the folder that was asked for, also while the program's own theme stands in for it.
    pub watch: ThemeWatch,
    /// Why the theme that was asked for is not on air.
    pub fault: Option<ThemeError>,
}

/// Reads a theme for a show that must have a picture, and watches it.
///
/// # Errors
/// When there is no theme of that name; a broken one is the `fault` of what is given.
pub fn on_air(name_or_path: &str) -> Result<OnAir, ThemeError> {
    let place = find::find(name_or_path)?;
    // Watched first, then read: what is saved in between is not missed.
    let watch = ThemeWatch::new(&place).unwrap_or_else(|error| {
        tracing::warn!("{error}");
        ThemeWatch::idle()
    });
    match load_at(&place) {
        Ok(loaded) => Ok(OnAir { theme: loaded.theme, watch, fault: None }),
        Err(fault) => Ok(OnAir { theme: built_in()?, watch, fault: Some(fault) }),
    }
}

//! Finds a theme, reads it strictly, and watches it: a good edit goes on air at once, a bad one never does.

mod error;
mod find;
mod on_air;
mod pictures;
mod read;
mod source;
mod watch;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use error::ThemeError;
pub use find::{BUILT_IN, Place, carried, is_whole};
pub use on_air::{OnAir, on_air};
pub use source::SourceFile;
pub use watch::ThemeWatch;

use crate::show::{
    frame::Class,
    theme::{
        Theme,
        source::{Compiled, Places},
    },
};

/// A theme that was read and found good.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub theme: Arc<Theme>,
    /// Where it was read; pictures that it names lie there.
    pub place: Place,
    /// Every file that it was read from, lowest first.
    pub files: Vec<SourceFile>,
    places: Places,
}

impl Loaded {
    /// The folders that it was read from, its own first: where its sound files lie.
    pub fn folders(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = self.files.iter().rev().filter_map(|file| file.folder.clone()).collect();
        folders.dedup();
        folders
    }

    /// The file, line and column at which the value at `path` (`palette.ink`, `layout.card.text`) of a class's look was
    /// written.
    pub fn written(&self, class: Class, path: &str) -> (&Path, usize, usize) {
        let at = self.places.of(class, path);
        (self.files.get(at.file).map_or(Path::new(""), |file| &file.path), at.line, at.column)
    }
}

/// Reads a theme by name (`qingkong`), folder or file.
///
/// # Errors
/// Says which file, line and column does not fit, what stands there and what may stand there.
pub fn load(name_or_path: &str) -> Result<Loaded, ThemeError> {
    load_at(&find::find(name_or_path)?)
}

/// The theme that the program carries, whatever folder it is started in.
///
/// # Errors
/// Only when the program was built from a broken theme.
pub fn built_in() -> Result<Arc<Theme>, ThemeError> {
    load_at(&Place::Carried(BUILT_IN)).map(|loaded| loaded.theme)
}

/// Reads a theme's text over what it extends of the carried themes; `path` is what faults are told with. No file is
/// read: neither parts nor pictures are there.
///
/// # Errors
/// As [`load`].
pub fn read_text(text: &str, path: &Path) -> Result<Theme, ThemeError> {
    let own = SourceFile { path: path.to_owned(), folder: None, text: text.to_owned() };
    read::theme(&source::over(own)?).map(|compiled| compiled.theme)
}

fn load_at(place: &Place) -> Result<Loaded, ThemeError> {
    let files = source::gather(place)?;
    let Compiled { mut theme, places } = read::theme(&files)?;
    let pictures = pictures::decode(&files)?;
    for look in [&mut theme.wall, &mut theme.tv, &mut theme.stream] {
        look.pictures.clone_from(&pictures);
    }
    Ok(Loaded { theme: Arc::new(theme), place: place.clone(), files, places })
}

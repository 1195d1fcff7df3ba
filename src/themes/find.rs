//! Where a theme lies: a folder or file that is named, `themes/NAME` here or beside the program, or inside it.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::ThemeError;

/// The name of the theme that the program carries.
pub const BUILT_IN: &str = "qingkong";
pub(super) const BUILT_IN_TEXT: &str = include_str!("../../themes/qingkong/theme.ron");
pub(super) const FILE: &str = "theme.ron";

/// Where a theme was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The copy inside the program.
    BuiltIn,
    /// The folder with `theme.ron` and its pictures.
    Folder(PathBuf),
}

/// From a name, a folder or a `.ron` file.
pub(super) fn find(name_or_path: &str) -> Result<Place, ThemeError> {
    let given = Path::new(name_or_path);
    let mut looked = vec![];
    let mut is_theme = |folder: &Path| {
        let found = folder.join(FILE).is_file();
        looked.push(folder.join(FILE));
        found
    };
    if given.extension().is_some_and(|extension| extension == "ron") && given.is_file() {
        let folder = given.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok(Place::Folder(folder.to_owned()));
    }
    if is_theme(given) {
        return Ok(Place::Folder(given.to_owned()));
    }
    // A name, not a path.
    if given.components().count() == 1 {
        let beside = env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("themes")));
        for themes in [Some(PathBuf::from("themes")), beside].into_iter().flatten() {
            let folder = themes.join(given);
            if is_theme(&folder) {
                return Ok(Place::Folder(folder));
            }
        }
        if name_or_path == BUILT_IN {
            return Ok(Place::BuiltIn);
        }
    }
    Err(ThemeError::Missing { name: name_or_path.to_owned(), looked })
}

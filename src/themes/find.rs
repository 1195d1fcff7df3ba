//! Where a theme lies: a folder or file that is named, `themes/NAME` here or beside the program, or inside it.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::ThemeError;

/// The theme of a show that names none.
pub const BUILT_IN: &str = "qingkong";
/// What the shipped themes share; no theme itself.
pub(super) const BASE: &str = "base";
pub(super) const FILE: &str = "theme.ron";

macro_rules! carried {
    ($($folder:literal: [$($file:literal),+]),+ $(,)?) => {
        /// The themes that the program carries: (folder, file, text).
        const CARRIED: &[(&str, &str, &str)] =
            &[$($(($folder, $file, include_str!(concat!("../../themes/", $folder, "/", $file)))),+),+];
    };
}

carried! {
    "base": [
        "theme.ron",
        "type.ron",
        "motion.ron",
        "tv.ron",
        "words.ron",
        "wall.ron",
        "wall_type.ron",
        "wall_card.ron",
        "wall_moment.ron",
        "wall_slate.ron",
        "stream.ron",
        "stream_card.ron",
        "stream_moment.ron",
        "stream_slate.ron",
        "confidence.ron",
        "confidence_words.ron"
    ],
    "qingkong": ["theme.ron", "sounds.ron"],
    "zhujin": ["theme.ron", "sounds.ron"],
    "subai": ["theme.ron", "sounds.ron"],
}

/// Where a theme was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The copy of this name inside the program.
    Carried(&'static str),
    /// The folder with `theme.ron` and its pictures.
    Folder(PathBuf),
}

/// Names of the themes that the program carries.
pub fn carried() -> impl Iterator<Item = &'static str> {
    CARRIED.iter().filter(|(folder, file, _)| *file == FILE && *folder != BASE).map(|(folder, ..)| *folder)
}

/// The text of a carried file.
pub(super) fn carried_text(folder: &str, file: &str) -> Option<&'static str> {
    CARRIED.iter().find(|entry| entry.0 == folder && entry.1 == file).map(|entry| entry.2)
}

fn carried_place(name: &str) -> Option<Place> {
    CARRIED.iter().find(|entry| entry.0 == name).map(|entry| Place::Carried(entry.0))
}

/// From a name, a folder or a `.ron` file.
pub(super) fn find(name_or_path: &str) -> Result<Place, ThemeError> {
    let given = Path::new(name_or_path);
    let mut looked = vec![];
    if given.extension().is_some_and(|extension| extension == "ron") && given.is_file() {
        let folder = given.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        return Ok(Place::Folder(folder.to_owned()));
    }
    if is_theme(given, &mut looked) {
        return Ok(Place::Folder(given.to_owned()));
    }
    if is_name(name_or_path)
        && let Some(place) = named(name_or_path, &mut looked)
    {
        return Ok(place);
    }
    Err(ThemeError::Missing { name: name_or_path.to_owned(), looked })
}

/// The theme that another one, read at `from`, extends: beside it, where themes lie, or inside the program.
pub(super) fn parent(name: &str, from: &Place) -> Option<Place> {
    if !is_name(name) {
        return None;
    }
    if let Place::Carried(_) = from {
        return carried_place(name);
    }
    if let Place::Folder(folder) = from {
        // A folder given as "." has its neighbours beside its full path.
        let full = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let sibling = full.parent().map(|themes| themes.join(name)).filter(|sibling| *sibling != full);
        if let Some(sibling) = sibling.filter(|sibling| is_theme(sibling, &mut vec![])) {
            return Some(Place::Folder(sibling));
        }
    }
    named(name, &mut vec![])
}

fn named(name: &str, looked: &mut Vec<PathBuf>) -> Option<Place> {
    let beside = env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("themes")));
    let folders = [Some(PathBuf::from("themes")), beside].into_iter().flatten().map(|themes| themes.join(name));
    folders.into_iter().find(|folder| is_theme(folder, looked)).map(Place::Folder).or_else(|| carried_place(name))
}

fn is_theme(folder: &Path, looked: &mut Vec<PathBuf>) -> bool {
    let found = folder.join(FILE).is_file();
    looked.push(folder.join(FILE));
    found
}

/// Whether a folder holds a theme that can go on air.
pub fn is_whole(folder: &Path) -> bool {
    folder.join(FILE).is_file() && folder.file_name().is_none_or(|name| name != BASE)
}

/// A name, not a path: no separators, not `.` or `..`.
pub(super) fn is_name(text: &str) -> bool {
    let mut components = Path::new(text).components();
    matches!((components.next(), components.next()), (Some(std::path::Component::Normal(_)), None))
        && !text.contains(['/', '\\'])
}

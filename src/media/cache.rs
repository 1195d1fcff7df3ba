//! What was read of a film, kept by its SHA-256: the same film is not read through again.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};

use super::film::Recipe;
use crate::show::clip::{Clip, ClipKey};

/// Another reading of films is another version.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Entry {
    version: u32,
    clip: Clip,
    recipe: Recipe,
    is_hdr: bool,
}

/// A film as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub clip: Clip,
    pub recipe: Recipe,
    pub is_hdr: bool,
}

/// A folder of files, or nothing is kept.
#[derive(Clone, Debug, Default)]
pub struct Cache(pub Option<PathBuf>);

impl Cache {
    /// The user's own.
    pub fn of_user() -> Self {
        Self(directories::ProjectDirs::from("", "", "leitai").map(|dirs| dirs.cache_dir().join("films")))
    }

    fn path(&self, key: &ClipKey) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join(format!("{key}.json")))
    }

    pub fn get(&self, key: &ClipKey) -> Option<Kept> {
        let text = fs::read(self.path(key)?).ok()?;
        let entry: Entry = serde_json::from_slice(&text).ok()?;
        let fits = entry.version == VERSION && entry.clip.key == *key && !entry.clip.begins_us.is_empty();
        fits.then_some(Kept { clip: entry.clip, recipe: entry.recipe, is_hdr: entry.is_hdr })
    }

    /// A film that cannot be kept is read again next time.
    pub fn keep(&self, kept: &Kept) {
        let Some(path) = self.path(&kept.clip.key) else { return };
        let entry =
            Entry { version: VERSION, clip: kept.clip.clone(), recipe: kept.recipe.clone(), is_hdr: kept.is_hdr };
        let Ok(text) = serde_json::to_vec(&entry) else { return };
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
        // Whole or not at all: another program may read it.
        let part = path.with_extension(format!("{}.part", std::process::id()));
        if fs::write(&part, text).and_then(|()| fs::rename(&part, &path)).is_err() {
            let _ = fs::remove_file(&part);
        }
    }
}

//! Watches a theme's folder. The folder, not the file: editors replace a file by renaming another over it.
//!
//! A file is read when something moved in the folder, and taken when two looks in a row saw the same text, so
//! that a half-written file is not reported. What is equal to the text on air is not read again.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::{Place, ThemeError, find::FILE, load_at, pictures};
use crate::show::theme::Theme;

/// Tells when a theme has changed. The caller keeps the last good one.
pub struct ThemeWatch {
    watched: Option<(PathBuf, Folder)>,
}

impl ThemeWatch {
    /// The theme that the program carries cannot change: its watch never reports.
    ///
    /// # Errors
    /// When the operating system gives no watch; the theme itself is not affected.
    pub fn new(place: &Place) -> Result<Self, ThemeError> {
        let watched = match place {
            Place::BuiltIn => None,
            Place::Folder(folder) => Some((folder.clone(), Folder::new(folder)?)),
        };
        Ok(Self { watched })
    }

    /// A watch that never reports, for when there is none to be had.
    pub const fn idle() -> Self {
        Self { watched: None }
    }

    /// To be called once a frame or less. `Some` once per change: the new theme, or why it is not taken.
    pub fn poll(&mut self) -> Option<Result<Arc<Theme>, ThemeError>> {
        let (path, folder) = self.watched.as_mut()?;
        folder.changed().then(|| load_at(&Place::Folder(path.clone())).map(Arc::new))
    }
}

/// What of a folder decides the theme: its text, and of each picture it names length and time of change.
#[derive(Clone, PartialEq)]
struct Seen {
    text: Option<String>,
    pictures: Vec<Option<(u64, Option<SystemTime>)>>,
}

struct Folder {
    file: PathBuf,
    moved: Arc<AtomicBool>,
    /// What was last reported.
    taken: Seen,
    /// What the last look saw, until a second look sees the same.
    pending: Option<Seen>,
    _watcher: RecommendedWatcher,
}

impl Folder {
    fn new(folder: &Path) -> Result<Self, ThemeError> {
        let fault = |error: notify::Error| ThemeError::Watch { folder: folder.to_owned(), reason: error.to_string() };
        let moved = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&moved);
        let mut watcher = notify::recommended_watcher(move |_| flag.store(true, Ordering::Release)).map_err(fault)?;
        watcher.watch(folder, RecursiveMode::NonRecursive).map_err(fault)?;
        let file = folder.join(FILE);
        Ok(Self { taken: look(&file), file, moved, pending: None, _watcher: watcher })
    }

    fn changed(&mut self) -> bool {
        if !self.moved.swap(false, Ordering::AcqRel) && self.pending.is_none() {
            return false;
        }
        let seen = look(&self.file);
        // A look itself may raise the flag (access events); equal content ends it here.
        if seen == self.taken {
            self.pending = None;
            return false;
        }
        if self.pending.as_ref() != Some(&seen) {
            self.pending = Some(seen);
            return false;
        }
        self.pending = None;
        self.taken = seen;
        true
    }
}

fn look(file: &Path) -> Seen {
    let text = fs::read_to_string(file).ok();
    let folder = file.parent().unwrap_or(Path::new("."));
    let pictures = pictures::named(text.as_deref().unwrap_or(""))
        .iter()
        .map(|named| fs::metadata(folder.join(named.picture)).ok().map(|meta| (meta.len(), meta.modified().ok())))
        .collect();
    Seen { text, pictures }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks until the watch reports, or the file system has had 10 s.
    fn reported(folder: &mut Folder) -> bool {
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        while std::time::Instant::now() < until {
            if folder.changed() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }

    #[test]
    fn an_edit_a_rename_over_the_file_and_a_new_picture_are_each_reported_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(FILE);
        fs::write(&file, "(mark: \"m.png\")").unwrap();
        let mut folder = Folder::new(dir.path()).unwrap();
        assert!(!folder.changed());

        fs::write(&file, "(mark: \"m.png\", a: 1)").unwrap();
        assert!(reported(&mut folder));
        assert!(!folder.changed());

        let beside = dir.path().join(".theme.ron.swp");
        fs::write(&beside, "(mark: \"m.png\", a: 2)").unwrap();
        fs::rename(&beside, &file).unwrap();
        assert!(reported(&mut folder));

        fs::write(dir.path().join("m.png"), b"1").unwrap();
        assert!(reported(&mut folder));
    }
}

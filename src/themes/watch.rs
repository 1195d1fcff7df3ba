//! Watches a theme's folders: its own and those of the themes it extends. Folders, not files: editors replace a file by
//! renaming another over it.
//!
//! Files are read when something moved in a folder, and taken when two looks in a row saw the same, so that a
//! half-written file is not reported. What is equal to what is on air is not read again. A theme is read on a thread of its
//! own: pictures take their time, and a frame has none.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::Builder,
    time::SystemTime,
};

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::{Place, ThemeError, load_at, pictures, source};
use crate::{
    bounded,
    show::{limits::THEME_BYTES, theme::Theme},
};

/// A theme, or why it cannot be had.
type Read = Result<Arc<Theme>, ThemeError>;

/// Tells when a theme has changed. The caller keeps the last good one.
pub struct ThemeWatch {
    watched: Option<(Place, Folders)>,
    /// What is being read.
    under_way: Option<Receiver<Read>>,
}

impl ThemeWatch {
    /// The themes that the program carries cannot change: their watch never reports.
    ///
    /// # Errors
    /// When the operating system gives no watch; the theme itself is not affected.
    pub fn new(place: &Place) -> Result<Self, ThemeError> {
        let watched = match place {
            Place::Carried(_) => None,
            Place::Folder(folder) => {
                let mut folders = Folders::new(folder)?;
                folders.follow(&source::folders(place));
                Some((place.clone(), folders))
            }
        };
        Ok(Self { watched, under_way: None })
    }

    /// A watch that never reports, for when there is none to be had.
    pub const fn idle() -> Self {
        Self { watched: None, under_way: None }
    }

    /// The folders of the theme and of those it extends, its own first; none of a theme inside the program.
    pub fn folders(&self) -> &[PathBuf] {
        self.watched.as_ref().map_or(&[], |(_, folders)| &folders.folders)
    }

    /// Whether something was saved that the next polls will look at.
    pub fn is_stirred(&self) -> bool {
        self.under_way.is_some() || self.watched.as_ref().is_some_and(|(_, folders)| folders.pending.is_some())
    }

    /// To be called once a frame or less. `Some` once per change, when it has been read: the new theme, or why it is not
    /// taken.
    pub fn poll(&mut self) -> Option<Read> {
        if let Some(under_way) = &self.under_way {
            let read = under_way.try_recv();
            if matches!(read, Err(TryRecvError::Empty)) {
                return None;
            }
            self.under_way = None;
            return read.ok();
        }
        let (place, folders) = self.watched.as_mut()?;
        if !folders.changed() {
            return None;
        }
        folders.follow(&source::folders(place));
        let (sender, receiver) = bounded(1);
        let wanted = place.clone();
        let reading = Builder::new().name("theme".to_owned()).spawn(move || {
            // Nobody listens any more where another theme was taken meanwhile.
            let _ = sender.send(load_at(&wanted).map(|loaded| loaded.theme));
        });
        match reading {
            Ok(_) => {
                self.under_way = Some(receiver);
                None
            }
            Err(_) => Some(load_at(place).map(|loaded| loaded.theme)),
        }
    }
}

/// What of the folders decides the theme: their `.ron` files, and of each picture these name length and time of change.
#[derive(Clone, Default, PartialEq)]
struct Seen {
    texts: Vec<(PathBuf, String)>,
    pictures: Vec<Option<(u64, Option<SystemTime>)>>,
}

struct Folders {
    folders: Vec<PathBuf>,
    moved: Arc<AtomicBool>,
    /// What was last reported.
    taken: Seen,
    /// What the last look saw, until a second look sees the same.
    pending: Option<Seen>,
    watcher: RecommendedWatcher,
}

impl Folders {
    fn new(folder: &Path) -> Result<Self, ThemeError> {
        let fault = |error: notify::Error| ThemeError::Watch { folder: folder.to_owned(), reason: error.to_string() };
        let moved = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&moved);
        let mut watcher = notify::recommended_watcher(move |_| flag.store(true, Ordering::Release)).map_err(fault)?;
        watcher.watch(folder, RecursiveMode::NonRecursive).map_err(fault)?;
        let folders = vec![folder.to_owned()];
        Ok(Self { taken: look(&folders), folders, moved, pending: None, watcher })
    }

    /// Watches these folders too; one that cannot be watched is seen again after a restart.
    fn follow(&mut self, folders: &[PathBuf]) {
        let before = self.folders.len();
        for folder in folders {
            if !self.folders.contains(folder) && self.watcher.watch(folder, RecursiveMode::NonRecursive).is_ok() {
                self.folders.push(folder.clone());
            }
        }
        if self.folders.len() > before {
            self.taken = look(&self.folders);
        }
    }

    fn changed(&mut self) -> bool {
        if !self.moved.swap(false, Ordering::AcqRel) && self.pending.is_none() {
            return false;
        }
        let seen = look(&self.folders);
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

fn look(folders: &[PathBuf]) -> Seen {
    let mut seen = Seen::default();
    for folder in folders {
        let mut files: Vec<PathBuf> = fs::read_dir(folder)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "ron"));
        files.sort();
        for file in files {
            let text = bounded::text(&file, THEME_BYTES).unwrap_or_default();
            let pictures = pictures::named(&text).into_iter().map(|named| {
                fs::metadata(folder.join(named.picture)).ok().map(|meta| (meta.len(), meta.modified().ok()))
            });
            seen.pictures.extend(pictures);
            seen.texts.push((file, text));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::themes::find::FILE;

    /// Looks until the watch reports, or the file system has had 10 s.
    fn reported(folder: &mut Folders) -> bool {
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
        let mut folder = Folders::new(dir.path()).unwrap();
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

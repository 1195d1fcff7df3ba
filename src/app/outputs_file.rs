//! The outputs file while the program runs: what is saved in it is taken over at once, a bad one is told and changes
//! nothing.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bevy::prelude::*;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::routed::{self, Routed};
use crate::{
    bounded,
    director::{Director, Problem, ProblemKind},
    routing,
    show::limits::HAND_BYTES,
};

/// Looks after the file. Its folder is watched: editors replace a file by renaming another over it.
#[derive(Resource, Default)]
pub struct OutputsFile {
    followed: Option<PathBuf>,
    watched: Option<Watched>,
}

struct Watched {
    path: PathBuf,
    moved: Arc<AtomicBool>,
    /// What was last read.
    taken: String,
    /// What the last look saw, until a second look sees the same: half a file is not reported.
    pending: Option<String>,
    _watcher: RecommendedWatcher,
}

impl OutputsFile {
    /// Watches this file, and no other one any longer. Where the system gives no watch that is told in the log: the file
    /// is read when the program starts.
    fn follow(&mut self, path: Option<&Path>) {
        if self.followed.as_deref() == path {
            return;
        }
        self.followed = path.map(Path::to_owned);
        self.watched = path.and_then(|path| {
            Watched::new(path).inspect_err(|error| tracing::warn!("{}: {error}", path.display())).ok()
        });
    }

    /// The text, once it has changed and stands still, and whether it is the first that was seen.
    fn changed(&mut self) -> Option<(String, bool)> {
        let watched = self.watched.as_mut()?;
        if !watched.moved.swap(false, Ordering::AcqRel) && watched.pending.is_none() {
            return None;
        }
        // A file that is gone says nothing; the outputs stay until there is one.
        let text = bounded::text(&watched.path, HAND_BYTES).ok().filter(|text| *text != watched.taken);
        if text.is_none() || watched.pending != text {
            watched.pending = text;
            return None;
        }
        watched.pending = None;
        let is_first = watched.taken.is_empty();
        watched.taken = text?;
        Some((watched.taken.clone(), is_first))
    }
}

impl Watched {
    fn new(path: &Path) -> notify::Result<Self> {
        // Looked at once in any case: it may have been saved since it was read.
        let moved = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&moved);
        let name = path.file_name().map(ToOwned::to_owned);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is an event, too; so is whatever else happens in its folder.
            let is_ours = event.as_ref().is_ok_and(|event| {
                !event.kind.is_access() && event.paths.iter().any(|path| path.file_name() == name.as_deref())
            });
            if is_ours || event.is_err() {
                flag.store(true, Ordering::Release);
            }
        })?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        Ok(Self { path: path.to_owned(), moved, taken: String::new(), pending: None, _watcher: watcher })
    }
}

/// Takes over what was saved in the file, and looks after the themes that outputs have of their own.
pub fn receive(mut file: ResMut<OutputsFile>, mut routed: ResMut<Routed>, mut director: ResMut<Director>) {
    file.follow(routed.path.as_deref());
    if let Some((text, is_first)) = file.changed() {
        let path = routed.path.clone().unwrap_or_default();
        match routing::read(&text, &path) {
            Ok(routes) => {
                let now_us = director.now_us();
                director.problems.settle(ProblemKind::Outputs, now_us);
                if is_first && routed.is_known(&routes.outputs) {
                    // Nobody has edited it: what the desk changed before a restart and has not saved stays.
                    return routed.look_after(&mut director);
                }
                if routed.routes != routes.outputs {
                    tracing::info!("{}: {} outputs", path.display(), routes.outputs.len());
                }
                routed.take(routes.outputs);
                routed.saved(path);
            }
            Err(error) => {
                // One file, one state: what was wrong before is not what is wrong now.
                let (now_us, sentence) = (director.now_us(), error.to_string());
                let known = |problem: &Problem| problem.kind == ProblemKind::Outputs && problem.said.what == sentence;
                if !director.problems.present().any(known) {
                    director.problems.settle(ProblemKind::Outputs, now_us);
                    routed::tell(&mut director, ProblemKind::Outputs, &error);
                }
            }
        }
    }
    routed.look_after(&mut director);
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        time::{Duration, Instant},
    };

    use super::*;

    /// Looks until the file is reported, or the system has had 10 s.
    fn reported(file: &mut OutputsFile) -> Option<String> {
        let until = Instant::now() + Duration::from_secs(10);
        while Instant::now() < until {
            if let Some((text, _)) = file.changed() {
                return Some(text);
            }
            std::thread::yield_now();
        }
        None
    }

    #[test]
    fn an_edit_and_a_rename_over_the_file_are_each_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outputs.ron");
        fs::write(&path, "(outputs: [])").unwrap();
        let mut file = OutputsFile::default();
        file.follow(Some(&path));
        assert_eq!(reported(&mut file).as_deref(), Some("(outputs: [])"), "as it is");
        assert_eq!(file.changed(), None);
        fs::write(&path, "( outputs: [] )").unwrap();
        assert_eq!(reported(&mut file).as_deref(), Some("( outputs: [] )"));
        assert_eq!(file.changed(), None);
        let beside = folder.path().join("new");
        fs::write(&beside, "()").unwrap();
        fs::rename(&beside, &path).unwrap();
        assert_eq!(reported(&mut file).as_deref(), Some("()"));
        fs::remove_file(&path).unwrap();
        fs::write(folder.path().join("other"), "").unwrap();
        assert_eq!(file.changed(), None, "a file that is gone changes nothing");
    }
}

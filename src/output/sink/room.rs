//! Names and room for recordings: never over what is there, and how much room is left.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Names that are being written to: a file that holds nothing yet is about to.
static GIVEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// The path itself, or with `-2`, `-3`… before its extension: the first that holds nothing yet and is not
/// being written to. It is this caller's until it is given back by [`release`].
pub fn fresh(path: &Path) -> PathBuf {
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    let is_empty = |path: &Path| path.metadata().map_or(true, |metadata| metadata.is_file() && metadata.len() == 0);
    let is_free = |path: &PathBuf| !given.contains(path) && is_empty(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let numbered = |n: u32| match path.extension() {
        Some(extension) => path.with_file_name(format!("{stem}-{n}.{}", extension.to_string_lossy())),
        None => path.with_file_name(format!("{stem}-{n}")),
    };
    let found = std::iter::once(path.to_owned()).chain((2..).map(numbered)).find(is_free).unwrap_or_default();
    given.insert(found.clone());
    found
}

/// What was being written to is written.
pub fn release(path: &Path) {
    GIVEN.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
}

/// What is there of a folder that is yet to be made: itself, or the nearest that holds it.
pub fn nearest(folder: &Path) -> &Path {
    let there = folder.ancestors().find(|path| path.exists()).filter(|path| !path.as_os_str().is_empty());
    there.unwrap_or(Path::new("."))
}

/// Free bytes for this user on the disk where `folder` is, or is to be made.
///
/// # Errors
/// Where nothing of that path is there, or the system does not say.
pub fn free_bytes(folder: &Path) -> Result<u64, io::Error> {
    let about = rustix::fs::statvfs(nearest(folder))?;
    Ok(about.f_bavail.saturating_mul(about.f_frsize))
}

/// The room on the disk that holds `path`, as people read it: `1.2 GB`; `?` where the system does not say.
pub fn free(path: &Path) -> String {
    free_bytes(path).map_or_else(|_| "?".to_owned(), |bytes| readable(bytes / 1024))
}

fn readable(kib: u64) -> String {
    let bytes = kib * 1024;
    if bytes < 1_000_000 {
        format!("{} kB", bytes / 1000)
    } else if bytes < 1_000_000_000 {
        format!("{} MB", bytes / 1_000_000)
    } else {
        format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_never_lies_over_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("final.night.mp4");
        assert_eq!(fresh(&path), path);
        std::fs::write(&path, "").unwrap();
        assert_ne!(fresh(&path), path, "it is about to hold something");
        release(&path);
        release(&path.with_file_name("final.night-2.mp4"));
        assert_eq!(fresh(&path), path, "one that holds nothing is none");
        std::fs::write(&path, "film").unwrap();
        std::fs::write(path.with_file_name("final.night-2.mp4"), "film").unwrap();
        assert_eq!(fresh(&path), path.with_file_name("final.night-3.mp4"));
    }

    #[test]
    fn room_is_told_as_people_read_it() {
        assert_eq!(["0 kB", "1 MB", "4.2 GB"], [0, 1_000, 4_102_000].map(readable).each_ref().map(String::as_str));
        assert_ne!(free(Path::new("/tmp/x.mp4")), "?");
    }

    #[test]
    fn a_folder_that_is_to_be_made_lies_where_its_nearest_one_lies() {
        let folder = tempfile::tempdir().unwrap();
        let there = free_bytes(folder.path()).unwrap();
        assert!(there > 0);
        assert!(free_bytes(&folder.path().join("no/such/folder")).is_ok());
        assert!(free_bytes(Path::new("no-such-folder")).is_ok());
    }
}

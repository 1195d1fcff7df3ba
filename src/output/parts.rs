//! The parts of an export that was begun: what it is an export of, and how much of it is there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{OutputError, png::part};

/// What the folder says that its parts are of.
const MANIFEST: &str = "manifest.json";
/// ffmpeg's list of what is joined.
const LIST: &str = "list.txt";

/// A film's segments beside it, until they are joined: `FILM.parts/`.
pub(super) struct Parts {
    folder: PathBuf,
    extension: &'static str,
}

/// How an export begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing was there.
    First,
    /// Something else was there, and is gone.
    Anew,
    /// So many pieces (segments or pictures) are there.
    Resumed(u64),
}

impl Parts {
    /// The parts of `film`, as far as they are those of `manifest`; others are removed.
    pub fn open(film: &Path, extension: &'static str, manifest: &Value) -> Result<(Self, Begun), OutputError> {
        let mut name = film.file_name().unwrap_or_default().to_owned();
        name.push(".parts");
        let parts = Self { folder: film.with_file_name(name), extension };
        let begun = match read(&parts.folder.join(MANIFEST)) {
            Some(found) if found == *manifest => match parts.count() {
                0 => Begun::First,
                count => Begun::Resumed(count),
            },
            // A folder that is not ours is nobody's to remove.
            None if parts.holds_anything() => return Err(OutputError::Taken { path: parts.folder }),
            _ if parts.folder.exists() => {
                parts.remove()?;
                Begun::Anew
            }
            _ => Begun::First,
        };
        fs::create_dir_all(&parts.folder).map_err(|error| OutputError::write(&parts.folder, &error))?;
        parts.sweep();
        write(&parts.folder.join(MANIFEST), manifest)?;
        Ok((parts, begun))
    }

    /// Segment `n`.
    pub fn segment(&self, n: u64) -> PathBuf {
        self.folder.join(format!("{n:05}.{}", self.extension))
    }

    pub fn sound(&self) -> PathBuf {
        self.folder.join("sound.wav")
    }

    /// Writes the list of `count` segments for ffmpeg, each with its exact length in µs.
    pub fn list(&self, lengths_us: impl Iterator<Item = i64>) -> Result<PathBuf, OutputError> {
        let path = self.folder.join(LIST);
        let mut text = "ffconcat version 1.0\n".to_owned();
        for (n, us) in (0..).zip(lengths_us) {
            // Names are relative to the list: no path can upset its syntax.
            let name = self.segment(n).file_name().unwrap_or_default().to_string_lossy().into_owned();
            text.push_str(&format!("file {name}\nduration {us}us\n"));
        }
        fs::write(&path, text).map_err(|error| OutputError::write(&path, &error))?;
        Ok(path)
    }

    /// Everything is joined: they are not needed any more.
    pub fn remove(&self) -> Result<(), OutputError> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(OutputError::write(&self.folder, &error)),
            _ => Ok(()),
        }
    }

    fn holds_anything(&self) -> bool {
        fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some())
    }

    /// Segments without a gap from the first on.
    fn count(&self) -> u64 {
        (0..).take_while(|n| self.segment(*n).is_file()).count() as u64
    }

    /// Takes away what a process left behind that was killed.
    fn sweep(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|kind| kind == "part") {
                // Left behind, it is only in the way.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// A folder of pictures: which are there of this manifest.
pub(super) fn open_folder(folder: &Path, manifest: &Value) -> Result<Begun, OutputError> {
    fs::create_dir_all(folder).map_err(|error| OutputError::write(folder, &error))?;
    let path = folder_manifest(folder);
    let begun = match read(&path) {
        Some(found) if found == *manifest => match (0..).take_while(|n| picture(folder, *n).is_file()).count() as u64 {
            0 => Begun::First,
            count => Begun::Resumed(count),
        },
        Some(_) => Begun::Anew,
        None => Begun::First,
    };
    write(&path, manifest)?;
    if !matches!(begun, Begun::Resumed(_)) {
        // What lies there under our names is of something else.
        for n in (0..).take_while(|n| picture(folder, *n).is_file()) {
            let path = picture(folder, n);
            fs::remove_file(&path).map_err(|error| OutputError::write(&path, &error))?;
        }
    }
    Ok(begun)
}

/// All pictures are there.
pub(super) fn close_folder(folder: &Path) -> Result<(), OutputError> {
    let path = folder_manifest(folder);
    fs::remove_file(&path).map_err(|error| OutputError::write(&path, &error))
}

/// Picture `n` of a folder.
pub(super) fn picture(folder: &Path, n: u64) -> PathBuf {
    folder.join(format!("{n:06}.png"))
}

fn folder_manifest(folder: &Path) -> PathBuf {
    part(&folder.join(MANIFEST))
}

fn read(path: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Written beside and renamed: it is whole or not there.
fn write(path: &Path, manifest: &Value) -> Result<(), OutputError> {
    let beside = path.with_extension("new");
    let fault = |error: &io::Error| OutputError::write(path, error);
    fs::write(&beside, format!("{manifest:#}\n")).map_err(|error| fault(&error))?;
    fs::rename(&beside, path).map_err(|error| fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parts_are_of_use_only_for_what_they_are_of_and_as_far_as_they_go() {
        let folder = tempfile::tempdir().unwrap();
        let film = folder.path().join("show.mp4");
        let open = |of: &str| Parts::open(&film, "mp4", &json!({ "of": of })).unwrap();
        assert_eq!(open("a").1, Begun::First);
        let (parts, _) = open("a");
        for n in [0, 1, 3] {
            fs::write(parts.segment(n), "segment").unwrap();
        }
        // A gap, and what a process left that was killed.
        let left = parts.folder.join("00002.mp4.77.part");
        fs::write(&left, "half a segment").unwrap();
        assert_eq!(open("a").1, Begun::Resumed(2));
        assert!(!left.exists());
        assert_eq!(open("b").1, Begun::Anew);
        assert!(!parts.segment(0).exists());
        assert_eq!(open("b").1, Begun::First);
        let list = fs::read_to_string(parts.list([10_010_000, 20_000].into_iter()).unwrap()).unwrap();
        assert_eq!(
            list,
            "ffconcat version 1.0\nfile 00000.mp4\nduration 10010000us\nfile 00001.mp4\nduration 20000us\n"
        );
        parts.remove().unwrap();
        assert!(!parts.folder.exists());
        fs::write(&parts.folder, "").unwrap();
        assert!(Parts::open(&film, "mp4", &json!({})).is_err(), "a file in the folder's place is told");
    }

    #[test]
    fn pictures_of_something_else_are_not_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let frames = folder.path().join("frames");
        let open = |of: &str| open_folder(&frames, &json!({ "of": of })).unwrap();
        assert_eq!(open("a"), Begun::First);
        fs::write(picture(&frames, 0), "picture").unwrap();
        assert_eq!(open("a"), Begun::Resumed(1));
        assert_eq!(open("b"), Begun::Anew);
        assert!(!picture(&frames, 0).exists());
        fs::write(picture(&frames, 0), "picture").unwrap();
        close_folder(&frames).unwrap();
        // All was done: the next export begins at its beginning.
        assert_eq!(open("b"), Begun::First);
    }
}

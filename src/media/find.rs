//! Where a film lies: in one of the folders that the operator named, and nowhere else.

use std::{
    fs::{self, Metadata},
    path::{Component, Path, PathBuf},
};

use super::{MediaError, library::Want};

/// The files that may be meant, first folder first.
///
/// # Errors
/// When there is none, or the name leads elsewhere.
pub fn find(want: &Want, folders: &[PathBuf]) -> Result<Vec<PathBuf>, MediaError> {
    let film = want.name();
    let name = match (&want.path, &want.url) {
        (Some(path), _) => PathBuf::from(path),
        (None, Some(url)) => PathBuf::from(segment(url).ok_or_else(|| MediaError::Outside { film: film.clone() })?),
        (None, None) => return Err(MediaError::Nameless { film }),
    };
    let inside = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if name.as_os_str().is_empty() || !name.components().all(inside) {
        return Err(MediaError::Outside { film });
    }
    let mut found = Vec::new();
    let mut fault = None;
    for folder in folders {
        match within(folder, &name, &film) {
            Ok(path) => found.extend(path),
            Err(error) => fault = fault.or(Some(error)),
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let listed: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    let folders = listed.join(", ");
    Err(fault.unwrap_or_else(|| match (&want.path, &want.url) {
        (None, Some(url)) => MediaError::Address { url: url.clone(), film: name.display().to_string(), folders },
        _ => MediaError::Missing { film, folders },
    }))
}

/// The file of that name in a folder; none where there is nothing of that name.
fn within(folder: &Path, name: &Path, film: &str) -> Result<Option<PathBuf>, MediaError> {
    let Ok(root) = fs::canonicalize(folder) else { return Ok(None) };
    let Ok(path) = fs::canonicalize(root.join(name)) else { return Ok(None) };
    if !path.starts_with(&root) {
        return Err(MediaError::Outside { film: film.to_owned() });
    }
    regular(&path, film).map(|_| Some(path))
}

/// What the system knows of a regular file.
///
/// # Errors
/// When it is another thing, which reading might never end of.
pub fn regular(path: &Path, film: &str) -> Result<Metadata, MediaError> {
    let read = |error: std::io::Error| MediaError::Read { film: film.to_owned(), reason: error.to_string() };
    let metadata = fs::metadata(path).map_err(read)?;
    if metadata.is_file() { Ok(metadata) } else { Err(MediaError::NoFile { film: film.to_owned() }) }
}

/// The file's name in an address: its last segment, decoded.
fn segment(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, rest)| rest);
    let last = path.split(['?', '#']).next()?.rsplit_once('/')?.1;
    let mut bytes = Vec::with_capacity(last.len());
    let mut rest = last.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().filter(|name| !name.is_empty() && !name.contains(['/', '\\', '\0']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn want(path: Option<&str>, url: Option<&str>) -> Want {
        let text = |text: &str| text.to_owned();
        Want { id: "m".into(), path: path.map(text), url: url.map(text), sha256: String::new() }
    }

    #[test]
    fn an_addresss_last_segment_names_the_file() {
        assert_eq!(segment("https://host/a/b%20c.mp4?x=/y#z").as_deref(), Some("b c.mp4"));
        assert_eq!(segment("https://host/%E7%89%87.mp4").as_deref(), Some("片.mp4"));
        for bad in ["https://host/", "host", "https://host/a%2Fb"] {
            assert_eq!(segment(bad), None, "{bad}");
        }
    }

    #[test]
    fn nothing_outside_the_folders_is_found() {
        let root = tempfile::tempdir().unwrap();
        let (films, other) = (root.path().join("films"), root.path().join("other"));
        fs::create_dir_all(films.join("sub")).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(films.join("sub/a.mp4"), "a").unwrap();
        fs::write(other.join("b.mp4"), "b").unwrap();
        let folders = [films.clone(), other.clone()];
        let found = |path| find(&want(Some(path), None), &folders);
        assert_eq!(found("sub/a.mp4").unwrap().len(), 1);
        assert_eq!(find(&want(None, Some("http://x/y/b.mp4")), &folders).unwrap().len(), 1);
        for out in ["../other/b.mp4", "/etc/passwd", "", "sub/../../other/b.mp4"] {
            assert!(matches!(found(out), Err(MediaError::Outside { .. })), "{out}");
        }
        assert!(matches!(found("sub"), Err(MediaError::NoFile { .. })));
        assert!(matches!(found("c.mp4"), Err(MediaError::Missing { .. })));
        assert!(matches!(find(&want(None, None), &folders), Err(MediaError::Nameless { .. })));
        assert!(matches!(find(&want(None, Some("http://x/c.mp4")), &folders), Err(MediaError::Address { .. })));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&other, films.join("link")).unwrap();
            let only = [films];
            assert!(matches!(find(&want(Some("link/b.mp4"), None), &only), Err(MediaError::Outside { .. })));
        }
    }
}

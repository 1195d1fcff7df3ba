//! Files read no further than they may be long: what is larger, or no file, is an error and never fills the memory.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The whole file.
///
/// # Errors
/// As the system says, and where it is no regular file or has more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Before it is opened: a pipe that nobody writes to would be waited for.
    let about = path.metadata()?;
    if !about.is_file() {
        let reason = "it is no file but a folder, a pipe or a device; give the file itself";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    }
    within(File::open(path)?, about.len(), most)
}

/// The whole text.
///
/// # Errors
/// As [`read`], and where it is not UTF-8.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|error| {
        let reason = format!("it is not UTF-8 at byte {}; save it as UTF-8", error.utf8_error().valid_up_to());
        io::Error::new(io::ErrorKind::InvalidData, reason)
    })
}

/// All that comes, from a file or a pipe that is open.
///
/// # Errors
/// As the system says, and where more than `most` bytes come. `told` is how many there are said to be.
pub fn within(mut from: impl Read, told: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // A file may grow while it is read.
    if told <= most {
        from.by_ref().take(most + 1).read_to_end(&mut bytes)?;
    }
    let found = told.max(bytes.len() as u64);
    if found > most {
        let reason = format!("it has {found} bytes or more, at most {most} are read; is it the right file?");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_no_file_is_told_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "擂台").unwrap();
        assert_eq!(text(&path, 6).unwrap(), "擂台");
        assert!(text(&path, 5).unwrap_err().to_string().contains("at most 5"));
        std::fs::write(&path, [0xff]).unwrap();
        assert!(text(&path, 5).unwrap_err().to_string().contains("byte 0"));
        assert!(read(folder.path(), 5).unwrap_err().to_string().contains("no file"));
        assert!(read(Path::new("/dev/zero"), 5).unwrap_err().to_string().contains("no file"));
        assert_eq!(within(io::repeat(7), 0, 1_000).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        // As long as its file system says, and never read.
        let huge = folder.path().join("huge");
        File::create(&huge).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(&huge, 1 << 20).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }
}

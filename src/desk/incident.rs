//! The bundle for the engineer: one file with all that tells what happened, and no secret in it.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    feed::Token,
    show::told::{Arg, told},
};

/// Bundles of one second that are told apart.
const SAME_SECOND: u32 = 100;

/// Something for the bundle, made on the thread that writes it.
pub enum Part {
    Text(Box<dyn FnOnce() -> String + Send>),
    /// A file of text as it is on the disk then, as far as it is written.
    File(PathBuf),
    /// A picture; none where it cannot be made.
    Picture(Box<dyn FnOnce() -> Option<Vec<u8>> + Send>),
}

impl Part {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::Text(Box::new(move || text))
    }
}

/// What is to be written, and where.
pub struct Bundle {
    pub folder: PathBuf,
    /// When, as file names have it: `20251121-203015`.
    pub stamp: String,
    /// By their names in the bundle.
    pub parts: Vec<(String, Part)>,
    /// Taken out of everything, wherever it stands.
    pub secrets: Vec<Token>,
}

/// Why there is no bundle, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum IncidentError {
    #[error("the bundle {} cannot be written: {error}; free some space or make the folder writable", .path.display())]
    Create { path: PathBuf, error: io::Error },
    #[error("the bundle {} was not finished: {reason}; what is in it can still be read", .path.display())]
    Pack { path: PathBuf, reason: ZipError },
    #[error("the bundle was not begun: {error}")]
    Thread { error: io::Error },
    #[error("the bundle was given up in the middle by a fault of this program; ask for another one, and keep the log")]
    GivenUp,
}

told!(IncidentError {
    Create { path, error } => "incident-create",
    Pack { path, reason } => "incident-pack",
    Thread { error } => "incident-thread",
    GivenUp => "incident-given-up",
});

impl From<&ZipError> for Arg {
    fn from(error: &ZipError) -> Self {
        Self::Text(error.to_string())
    }
}

impl Bundle {
    /// Writes it as a new file and says which. A part that is not to be had is named in the bundle with the reason.
    ///
    /// # Errors
    /// A folder or a disk that takes no file.
    pub fn write(self) -> Result<PathBuf, IncidentError> {
        let (path, file) = self.create()?;
        let pack = |reason| IncidentError::Pack { path: path.clone(), reason };
        let mut zip = ZipWriter::new(BufWriter::new(file));
        let options = SimpleFileOptions::default().large_file(true);
        let mut missing = Vec::new();
        for (name, part) in self.parts {
            let put = match part {
                Part::Text(text) => {
                    zip.start_file(&name, options).and_then(|()| hidden(&mut zip, &text(), &self.secrets))
                }
                Part::File(from) => match File::open(&from) {
                    Ok(file) => zip.start_file(&name, options).and_then(|()| copied(&mut zip, file, &self.secrets)),
                    Err(error) => {
                        missing.push(format!("{name}: {}: {error}\n", from.display()));
                        Ok(())
                    }
                },
                Part::Picture(picture) => match picture() {
                    Some(bytes) => zip.start_file(&name, options).and_then(|()| Ok(zip.write_all(&bytes)?)),
                    None => {
                        missing.push(format!("{name}: there was no picture\n"));
                        Ok(())
                    }
                },
            };
            put.map_err(pack)?;
        }
        if !missing.is_empty() {
            let listed = zip.start_file("missing.txt", options);
            listed.and_then(|()| hidden(&mut zip, &missing.concat(), &self.secrets)).map_err(pack)?;
        }
        let file = zip.finish().map_err(pack)?.into_inner().map_err(|error| pack(error.into_error().into()))?;
        file.sync_all().map_err(|error| pack(error.into()))?;
        Ok(path)
    }

    /// A file that was not there before.
    fn create(&self) -> Result<(PathBuf, File), IncidentError> {
        let fault = |path: &Path, error| IncidentError::Create { path: path.to_owned(), error };
        fs::create_dir_all(&self.folder).map_err(|error| fault(&self.folder, error))?;
        let mut n = 1;
        loop {
            let again = if n == 1 { String::new() } else { format!("-{n}") };
            let path = self.folder.join(format!("incident-{}{again}.zip", self.stamp));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((path, file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && n < SAME_SECOND => n += 1,
                Err(error) => return Err(fault(&path, error)),
            }
        }
    }
}

fn hidden(into: &mut impl Write, text: &str, secrets: &[Token]) -> Result<(), ZipError> {
    let text = secrets.iter().fold(text.to_owned(), |text, secret| secret.hide(&text));
    Ok(into.write_all(text.as_bytes())?)
}

/// Line by line: a tape may be large, and a secret does not reach across lines.
fn copied(into: &mut impl Write, file: File, secrets: &[Token]) -> Result<(), ZipError> {
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        hidden(into, &String::from_utf8_lossy(&line), secrets)?;
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn bundle(folder: &Path) -> Bundle {
        let tape = folder.join("t.ndjson");
        fs::write(&tape, "{\"a\":1}\n{\"token\":\"hunter2hunter2\"}\n{\"half").unwrap();
        Bundle {
            folder: folder.join("incidents"),
            stamp: "20251121-203015".to_owned(),
            parts: vec![
                ("tape.ndjson".to_owned(), Part::File(tape)),
                ("log.txt".to_owned(), Part::text("Bearer hunter2hunter2 and hunter2hunter2")),
                ("gone.txt".to_owned(), Part::File(folder.join("no-such-file"))),
                ("stills/program.png".to_owned(), Part::Picture(Box::new(|| Some(vec![1, 2, 3])))),
                ("stills/host.png".to_owned(), Part::Picture(Box::new(|| None))),
            ],
            secrets: vec![Token::new("hunter2hunter2"), Token::new("")],
        }
    }

    #[test]
    fn everything_is_in_it_but_no_secret_and_nothing_is_overwritten() {
        let folder = tempfile::TempDir::new().unwrap();
        let first = bundle(folder.path()).write().unwrap();
        let bytes = fs::read(&first).unwrap();
        let second = bundle(folder.path()).write().unwrap();
        assert_ne!(first, second);
        assert!(second.to_str().unwrap().ends_with("incident-20251121-203015-2.zip"));
        assert_eq!(fs::read(&first).unwrap(), bytes, "the first stays as it was");

        let mut zip = zip::ZipArchive::new(File::open(&first).unwrap()).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(text("tape.ndjson"), "{\"a\":1}\n{\"token\":\"…\"}\n{\"half");
        assert_eq!(text("log.txt"), "Bearer … and …");
        let missing = text("missing.txt");
        assert!(missing.contains("gone.txt") && missing.contains("stills/host.png"), "{missing}");
        assert!(zip.by_name("stills/program.png").is_ok());
    }

    #[test]
    fn a_folder_that_takes_no_file_is_named() {
        let folder = tempfile::TempDir::new().unwrap();
        let blocked = folder.path().join("blocked");
        fs::write(&blocked, "").unwrap();
        let error = Bundle { folder: blocked.clone(), ..bundle(folder.path()) }.write().unwrap_err();
        assert!(error.to_string().contains(blocked.to_str().unwrap()), "{error}");
    }
}

//! Tokens: where they are read from, how they are compared, and that they are nowhere else.
//!
//! A token comes out of a file and from nowhere else: a command line is in the process list, and an environment is handed
//! on to every program that is started from here.

use std::{
    fmt, fs,
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use subtle::ConstantTimeEq;

use crate::show::told::told;

/// A longer file holds no token.
const FILE_BYTES: u64 = 4096;
/// What others than its owner may do with a file.
const OTHERS: u32 = 0o077;

/// A bearer token. It has no way into a log: it prints as dots.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why a file gives no token. None of them says what is in the file.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the token cannot be read from {}: {error}; name the file that holds it", .path.display())]
    Read { path: PathBuf, error: io::Error },
    #[error("{} can be read or written by others on this machine, so its token is no secret; run: chmod 600 {}", .path.display(), .path.display())]
    Open { path: PathBuf },
    #[error("{} holds no token; write it there as one line of text", .path.display())]
    Empty { path: PathBuf },
}

told!(TokenError {
    Read { path, error } => "token-read",
    Open { path } => "token-open",
    Empty { path } => "token-empty",
});

impl Token {
    /// Surrounding white space (a file's last line end) is no part of the token.
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// Reads the token of a file that nobody but its owner can read.
    ///
    /// # Errors
    /// A file that cannot be read, that others can read or write, that holds none or more than a token.
    pub fn read(path: &Path) -> Result<Self, TokenError> {
        let fault = |error| TokenError::Read { path: path.to_owned(), error };
        let file = fs::File::open(path).map_err(fault)?;
        // Of the file that was opened: another one may have its name by now.
        if file.metadata().map_err(fault)?.mode() & OTHERS != 0 {
            return Err(TokenError::Open { path: path.to_owned() });
        }
        let mut text = String::new();
        if file.take(FILE_BYTES + 1).read_to_string(&mut text).map_err(fault)? > FILE_BYTES as usize {
            return Err(fault(io::Error::new(io::ErrorKind::InvalidData, "it is longer than 4096 bytes")));
        }
        let token = Self::new(&text);
        if token.is_empty() { Err(TokenError::Empty { path: path.to_owned() }) } else { Ok(token) }
    }

    /// Whether this is what was said; the time it takes does not tell where the first difference is.
    pub fn is(&self, said: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(said).into()
    }

    /// How many bytes it has.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it says nothing.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A text that is to leave this machine, with dots where the token stood.
    pub fn hide(&self, text: &str) -> String {
        if self.is_empty() { text.to_owned() } else { text.replace(&self.0, "…") }
    }

    /// The secret itself, for the one header that carries it.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_token_does_not_print() {
        let token = Token::new("hunter2\n");
        assert_eq!(token.secret(), "hunter2");
        assert!(!format!("{token:?}").contains("hunter2"));
        assert!(token.is(b"hunter2") && !token.is(b"hunter") && !token.is(b""));
        assert_eq!(token.hide("a hunter2 b"), "a … b");
    }

    #[test]
    fn only_a_file_of_its_owner_alone_gives_a_token() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("token");
        assert!(matches!(Token::read(&path), Err(TokenError::Read { .. })));
        fs::write(&path, "hunter2hunter2\n").unwrap();
        for mode in [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o660, 0o777] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            let refused = Token::read(&path).unwrap_err();
            assert!(matches!(refused, TokenError::Open { .. }), "{mode:o}: {refused}");
            let said = refused.to_string();
            assert!(said.contains(&format!("chmod 600 {}", path.display())) && !said.contains("hunter2"), "{said}");
        }
        for mode in [0o600, 0o400] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(Token::read(&path).unwrap().is(b"hunter2hunter2"), "{mode:o}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, " \n").unwrap();
        assert!(matches!(Token::read(&path), Err(TokenError::Empty { .. })));
        fs::write(&path, "x".repeat(4097)).unwrap();
        assert!(matches!(Token::read(&path), Err(TokenError::Read { .. })));
        fs::write(&path, [0xff, 0xfe, b'a']).unwrap();
        let refused = Token::read(&path).unwrap_err();
        assert!(matches!(refused, TokenError::Read { .. }), "{refused}");
    }
}

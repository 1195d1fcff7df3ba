//! The tokens of remote control: of the operator's own files, or one that is made once and kept for this user alone.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use super::{
    options::{ControlError, TOKEN_LEAST},
    role::Tokens,
};
use crate::feed::Token;

const FILE: &str = "control.token";
/// Bytes of chance in a token that is made here.
const CHANCE_BYTES: usize = 32;

/// Where the operator keeps tokens.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Whose token opens everything; without one the user's own file is read, and made where there is none yet.
    pub operate: Option<PathBuf>,
    /// Whose token lets look; without one nobody may only look.
    pub view: Option<PathBuf>,
}

/// The tokens, and where the one lies that operates.
///
/// # Errors
/// A file that cannot be read, that others can read, whose token could be guessed, or is the other file's.
pub fn tokens(files: &Files) -> Result<(Tokens, PathBuf), ControlError> {
    let (operate, path) = token(files.operate.as_deref())?;
    let view = files.view.as_deref().map(read).transpose()?;
    if let (Some(file), Some(view)) = (&files.view, &view)
        && *view == operate
    {
        return Err(ControlError::SameToken { operate: path, view: file.clone() });
    }
    Ok((Tokens { operate, view }, path))
}

/// The token that operates, of this file or else of the user's own, and where it lies.
///
/// # Errors
/// A file that cannot be read, that others can read, or whose token could be guessed.
pub fn token(file: Option<&Path>) -> Result<(Token, PathBuf), ControlError> {
    let path = match file {
        Some(path) => path.to_owned(),
        None => {
            let path = own_file().ok_or(ControlError::NoFolder)?;
            if !path.exists() {
                make(&path).map_err(|error| ControlError::TokenFile { path: path.clone(), error })?;
            }
            path
        }
    };
    let token = read(&path)?;
    Ok((token, path))
}

/// Where the user's own token lies, or is to lie once it is made; none where this user has no folder for it.
pub fn own_file() -> Option<PathBuf> {
    Some(folder()?.join(FILE))
}

/// Where the program keeps what it remembers of this user.
fn folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "leitai")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

fn read(path: &Path) -> Result<Token, ControlError> {
    let token = Token::read(path)?;
    if token.len() < TOKEN_LEAST {
        return Err(ControlError::TokenShort { path: path.to_owned(), length: token.len() });
    }
    Ok(token)
}

/// Writes a new token aside and then gives it its name: nobody reads half of one, and one that is there stays.
fn make(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut chance = [0; CHANCE_BYTES];
    fs::File::open("/dev/urandom")?.read_exact(&mut chance)?;
    let mut text: String = chance.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push('\n');
    let aside = folder.join(format!("{FILE}.{}", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&aside)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .and_then(|()| fs::hard_link(&aside, path));
    let gone = fs::remove_file(&aside);
    match written {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists || !path.exists() => Err(error),
        _ => gone,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use super::*;
    use crate::feed::TokenError;

    #[test]
    fn a_token_is_made_once_for_this_user_alone() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a/b/control.token");
        make(&path).unwrap();
        let first = read(&path).unwrap();
        assert_eq!(first.len(), 2 * CHANCE_BYTES);
        make(&path).unwrap();
        assert!(read(&path).unwrap() == first, "one that is there stays");
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left lying");
    }

    #[test]
    fn a_token_that_others_can_read_or_guess_is_refused() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("token");
        assert!(matches!(token(Some(&path)), Err(ControlError::Token(TokenError::Read { .. }))));
        fs::write(&path, "0123456789abcdef0123\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(token(Some(&path)), Err(ControlError::Token(TokenError::Open { .. }))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(token(Some(&path)).unwrap().0.is(b"0123456789abcdef0123"));
        fs::write(&path, "short\n").unwrap();
        assert!(matches!(token(Some(&path)), Err(ControlError::TokenShort { length: 5, .. })));
    }

    #[test]
    fn who_looks_and_who_operates_have_tokens_of_their_own() {
        let folder = tempfile::TempDir::new().unwrap();
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            Some(path)
        };
        let operate = file("operate", "operate-operate-operate");
        let both = Files { operate: operate.clone(), view: file("view", "view-view-view-view") };
        let (known, path) = tokens(&both).unwrap();
        assert!(known.view.is_some() && Some(path) == operate);
        let same = Files { operate: operate.clone(), view: file("same", "operate-operate-operate\n") };
        assert!(matches!(tokens(&same), Err(ControlError::SameToken { .. })));
        let short = Files { operate, view: file("short", "short") };
        assert!(matches!(tokens(&short), Err(ControlError::TokenShort { .. })));
    }
}

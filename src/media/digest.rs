//! Whether a file is the one that was cued.

use std::{fs::File, io::Read, path::Path};

use crossbeam_channel::{Receiver, TryRecvError};
use sha2::{Digest, Sha256};

use super::MediaError;
use crate::show::clip::ClipKey;

const PIECE: usize = 1 << 20;

/// SHA-256 of a file of that many bytes; none when it was stopped.
///
/// # Errors
/// When it cannot be read, or grows while it is read.
pub fn digest(path: &Path, bytes: u64, film: &str, stop: &Receiver<()>) -> Result<Option<ClipKey>, MediaError> {
    let read = |reason: String| MediaError::Read { film: film.to_owned(), reason };
    let mut file = File::open(path).map_err(|error| read(error.to_string()))?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut left = bytes;
    loop {
        if stop.try_recv() != Err(TryRecvError::Empty) {
            return Ok(None);
        }
        let count = file.read(&mut piece).map_err(|error| read(error.to_string()))?;
        if count == 0 {
            return Ok(Some(ClipKey(hash.finalize().into())));
        }
        left = left.checked_sub(count as u64).ok_or_else(|| read("it is being written".to_owned()))?;
        hash.update(piece.get(..count).unwrap_or_default());
    }
}

//! A film read through: what it is, and whether it is fit for air.

use std::{path::Path, sync::Arc};

use crossbeam_channel::{Receiver, never};

use super::{
    Limits, MediaError, Options, cache::Kept, digest::digest, film::Film, find::regular, index::index, probe::probe,
    run::Cut,
};
use crate::show::clip::{Clip, ClipKey};

/// A film that is fit for air.
#[derive(Clone, Debug, PartialEq)]
pub struct Surveyed {
    pub film: Arc<Film>,
    /// Made for brighter screens: its colours look pale here.
    pub is_hdr: bool,
}

/// Reads a file of the machine's through, whatever its name, as `leitai check` does.
///
/// # Errors
/// When it is not fit for air.
pub fn survey(options: &Options, path: &Path) -> Result<Surveyed, MediaError> {
    let name = path.display().to_string();
    read_through(options, path, &name, None, &never()).map_err(|cut| match cut {
        Cut::Failed(error) => error,
        Cut::OutOfTime | Cut::Stopped => MediaError::Endless { film: name.clone(), seconds: 0 },
    })
}

/// Checks that it is the film that was `cued`, and reads it through.
pub(super) fn read_through(
    options: &Options,
    path: &Path,
    name: &str,
    cued: Option<ClipKey>,
    stop: &Receiver<()>,
) -> Result<Surveyed, Cut> {
    let Options { tools, limits, cache, .. } = options;
    let key = checked(path, name, cued, limits, stop)?;
    let kept = match cache.get(&key) {
        Some(kept) => kept,
        None => {
            let probed = probe(tools, path, name, limits, stop)?;
            let index = index(tools, path, name, &probed, limits, stop)?;
            let clip = Clip {
                key,
                raster: probed.raster,
                begins_us: Arc::from(index.begins_us),
                length_us: index.length_us,
                has_alpha: probed.has_alpha,
                has_sound: probed.has_sound,
            };
            let kept = Kept { clip, recipe: probed.recipe, is_hdr: probed.is_hdr };
            cache.keep(&kept);
            kept
        }
    };
    let film = Film { clip: Arc::new(kept.clip), path: path.to_owned(), name: name.to_owned(), recipe: kept.recipe };
    Ok(Surveyed { film: Arc::new(film), is_hdr: kept.is_hdr })
}

fn checked(
    path: &Path,
    name: &str,
    cued: Option<ClipKey>,
    limits: &Limits,
    stop: &Receiver<()>,
) -> Result<ClipKey, Cut> {
    let film = || name.to_owned();
    let bytes = regular(path, name).map_err(Cut::Failed)?.len();
    if bytes > limits.bytes {
        return Err(Cut::Failed(MediaError::Huge { film: film(), bytes, most: limits.bytes }));
    }
    if bytes == 0 {
        let reason = "it has no bytes".to_owned();
        return Err(Cut::Failed(MediaError::Foreign { film: film(), reason }));
    }
    let found = digest(path, bytes, name, stop).map_err(Cut::Failed)?.ok_or(Cut::Stopped)?;
    match cued {
        Some(cued) if cued != found => {
            let (found, cued) = (found.to_string(), cued.to_string());
            Err(Cut::Failed(MediaError::Digest { film: film(), found, cued }))
        }
        _ => Ok(found),
    }
}

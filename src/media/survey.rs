//! A film read through: what it is, and whether it is fit for air.

use std::{path::Path, sync::Arc};

use crossbeam_channel::{Receiver, never};

use super::{
    Limits, MediaError, Options, Want,
    cache::Kept,
    digest::digest,
    film::Film,
    find::{find, regular},
    index::index,
    probe::probe,
    run::Cut,
    sound::sound,
};
use crate::show::clip::{Clip, ClipKey, ClipSound};

/// A film that is fit for air.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub film: Arc<Film>,
    /// None where it has none, or `fault` says why it is not heard.
    pub sound: Option<ClipSound>,
    pub fault: Option<MediaError>,
    /// Made for brighter screens: its colours look pale here.
    pub is_hdr: bool,
}

/// Examines a film that a show cues, at once.
///
/// # Errors
/// When it is not fit for air.
pub fn survey(options: &Options, want: &Want) -> Result<Fit, MediaError> {
    done(examine(options, want, &never()), want.name())
}

/// Examines a file of the machine's, whatever its name.
///
/// # Errors
/// When it is not fit for air.
pub fn survey_file(options: &Options, path: &Path) -> Result<Fit, MediaError> {
    let name = path.display().to_string();
    done(read_through(options, path, &name, None, &never()), name)
}

/// What nobody stopped has come to an end of its own.
fn done(examined: Result<Fit, Cut>, film: String) -> Result<Fit, MediaError> {
    examined.map_err(|cut| match cut {
        Cut::Failed(error) => error,
        Cut::OutOfTime | Cut::Stopped => MediaError::Endless { film, seconds: 0 },
    })
}

/// Finds it, and the right one of several of its name.
pub(super) fn examine(options: &Options, want: &Want, stop: &Receiver<()>) -> Result<Fit, Cut> {
    let name = want.name();
    let no_digest = |_| MediaError::NoDigest { film: want.name(), digest: want.sha256.clone() };
    let paths = find(want, &options.folders).map_err(Cut::Failed)?;
    let cued: ClipKey = want.sha256.parse().map_err(no_digest).map_err(Cut::Failed)?;
    let mut fault = None;
    for path in paths {
        match read_through(options, &path, &name, Some(cued), stop) {
            Err(Cut::Failed(error)) => fault = fault.or(Some(error)),
            done => return done,
        }
    }
    Err(Cut::Failed(fault.unwrap_or(MediaError::Nameless { film: name })))
}

/// Checks that it is the film that was `cued`, and reads it through.
fn read_through(
    options: &Options,
    path: &Path,
    name: &str,
    cued: Option<ClipKey>,
    stop: &Receiver<()>,
) -> Result<Fit, Cut> {
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
    let (sound, fault) = match kept.clip.has_sound.then(|| sound(tools, path, name, limits, stop)) {
        None => (None, None),
        Some(Ok(sound)) => (Some(sound), None),
        Some(Err(Cut::Failed(error))) => (None, Some(error)),
        Some(Err(cut)) => return Err(cut),
    };
    let film = Film { clip: Arc::new(kept.clip), path: path.to_owned(), name: name.to_owned(), recipe: kept.recipe };
    Ok(Fit { film: Arc::new(film), sound, fault, is_hdr: kept.is_hdr })
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

//! Films in stills and exports: waits for the very picture that is asked for.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    MediaError, Tools,
    decode::{Decoder, further},
    error::place,
    film::Film,
};
use crate::show::clip::{ClipKey, ClipPicture, Reel};

/// A decoder that brings nothing for so long has failed.
const WITHIN: Duration = Duration::from_secs(30);
/// A picture so many ahead is reached by decoding on.
const LEAP: u32 = 64;
/// Pictures that are kept, and films that are held open.
const KEPT: usize = 2;
const OPEN: usize = 4;

/// One film that is being read.
struct Session {
    film: Arc<Film>,
    decoder: Option<Decoder>,
    next: u32,
    /// Pictures before the wanted one at which a decoder begins, where seeking in the file is not exact.
    back: u32,
    kept: VecDeque<Arc<ClipPicture>>,
    /// It is not asked again.
    failed: bool,
}

#[derive(Default)]
struct Sessions {
    films: BTreeMap<ClipKey, Arc<Film>>,
    open: Vec<Session>,
    faults: Vec<MediaError>,
}

/// The reel of stills and exports.
pub struct Exact {
    tools: Tools,
    sessions: Mutex<Sessions>,
}

impl Exact {
    pub(super) fn new(tools: Tools) -> Self {
        Self { tools, sessions: Mutex::default() }
    }

    pub(super) fn set_films(&self, films: &BTreeMap<ClipKey, Arc<Film>>) {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.films.clone_from(films);
        sessions.open.retain(|session| films.get(&session.film.clip.key) == Some(&session.film));
    }

    /// Pictures that could not be had, since this was last asked.
    pub fn faults(&self) -> Vec<MediaError> {
        std::mem::take(&mut self.sessions.lock().unwrap_or_else(PoisonError::into_inner).faults)
    }
}

impl Reel for Exact {
    fn picture(&self, key: &ClipKey, number: u32) -> Option<Arc<ClipPicture>> {
        let sessions = &mut *self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let film = sessions.films.get(key)?;
        let number = number.min(film.count().saturating_sub(1));
        let at = match sessions.open.iter().position(|session| session.film.clip.key == *key) {
            Some(at) => at,
            None => {
                if sessions.open.len() >= OPEN {
                    sessions.open.remove(0);
                }
                let film = Arc::clone(film);
                sessions.open.push(Session {
                    film,
                    decoder: None,
                    next: 0,
                    back: 0,
                    kept: VecDeque::new(),
                    failed: false,
                });
                sessions.open.len() - 1
            }
        };
        let session = sessions.open.get_mut(at)?;
        if let Some(picture) = session.kept.iter().find(|picture| picture.number == number) {
            return Some(Arc::clone(picture));
        }
        if session.failed {
            return None;
        }
        // A decoder that was killed is not the film's fault: once more.
        let read = session.read(&self.tools, number).or_else(|_| {
            session.decoder = None;
            session.read(&self.tools, number)
        });
        match read {
            Ok(picture) => Some(picture),
            Err(error) => {
                session.failed = true;
                session.decoder = None;
                sessions.faults.push(error);
                None
            }
        }
    }
}

impl Session {
    fn read(&mut self, tools: &Tools, number: u32) -> Result<Arc<ClipPicture>, MediaError> {
        let film = Arc::clone(&self.film);
        let fault =
            |reason: String| MediaError::Picture { film: film.name.clone(), at: place(film.begins_us(number)), reason };
        loop {
            let is_near = number >= self.next && number <= self.next.saturating_add(LEAP);
            let decoder = match self.decoder.take().filter(|_| is_near) {
                Some(decoder) => decoder,
                None => {
                    self.next = number;
                    Decoder::start(tools, &film, number, self.back)?
                }
            };
            let picture = decoder.pictures().recv_timeout(WITHIN).map_err(|error| fault(error.to_string()))?;
            if picture.number > number {
                // It landed too late: from further before.
                let late = || fault(format!("{} came instead", place(film.begins_us(picture.number))));
                self.back = further(self.back, number).ok_or_else(late)?;
                continue;
            }
            self.decoder = Some(decoder);
            self.next = picture.number.saturating_add(1);
            if self.kept.len() >= KEPT {
                self.kept.pop_front();
            }
            self.kept.push_back(Arc::clone(&picture));
            if picture.number == number {
                return Ok(picture);
            }
        }
    }
}

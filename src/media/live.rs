//! Films on air: never waits. What is not decoded in time is the nearest picture there is, and is counted.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{MediaError, Tools, film::Film, player::Player};
use crate::show::clip::{ClipKey, ClipPicture, Reel};

/// Films whose pictures are held at the same time.
const MOST_PLAYERS: usize = 3;

/// Counts since the program started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LiveFigures {
    /// Pictures that were not there when they were to be shown.
    pub late: u64,
    /// Decoders that were started anew.
    pub restarts: u64,
}

#[derive(Default)]
struct Players {
    films: BTreeMap<ClipKey, Arc<Film>>,
    /// The one asked last is the last.
    players: Vec<Player>,
    /// Of players that were let go.
    past: LiveFigures,
}

/// The reel of a show that runs.
pub struct Live {
    tools: Tools,
    players: Mutex<Players>,
}

impl Live {
    pub(super) fn new(tools: Tools) -> Self {
        Self { tools, players: Mutex::default() }
    }

    /// These films are fit for air, and no others.
    pub(super) fn set_films(&self, films: &BTreeMap<ClipKey, Arc<Film>>) {
        let mut players = self.lock();
        players.films.clone_from(films);
        let kept = films.clone();
        players.keep(|player| kept.get(&player.film.clip.key) == Some(&player.film));
    }

    /// Begins to decode a film that is to come; its first pictures are there when it starts.
    pub fn prime(&self, key: &ClipKey) {
        let mut players = self.lock();
        if players.players.iter().all(|player| player.film.clip.key != *key) {
            players.play(&self.tools, key, 0);
        }
    }

    pub fn figures(&self) -> LiveFigures {
        let players = self.lock();
        players.players.iter().fold(players.past, |sum, player| sum.and(player.counts()))
    }

    /// What keeps films from going on, now.
    pub fn faults(&self) -> Vec<MediaError> {
        self.lock().players.iter().filter_map(Player::fault).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Players> {
        self.players.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reel for Live {
    fn picture(&self, key: &ClipKey, number: u32) -> Option<Arc<ClipPicture>> {
        let mut players = self.lock();
        match players.players.iter().position(|player| player.film.clip.key == *key) {
            Some(at) => {
                let player = players.players.remove(at);
                players.players.push(player);
            }
            None => players.play(&self.tools, key, number),
        }
        players.players.last().filter(|player| player.film.clip.key == *key)?.picture(number)
    }
}

impl Players {
    fn play(&mut self, tools: &Tools, key: &ClipKey, from: u32) {
        let Some(film) = self.films.get(key).cloned() else { return };
        while self.players.len() >= MOST_PLAYERS {
            let gone = self.players.remove(0);
            self.past = self.past.and(gone.counts());
        }
        self.players.push(Player::start(tools, &film, from));
    }

    fn keep(&mut self, is_kept: impl Fn(&Player) -> bool) {
        let (kept, gone) = std::mem::take(&mut self.players).into_iter().partition(is_kept);
        self.players = kept;
        let gone: Vec<Player> = gone;
        self.past = gone.iter().fold(self.past, |sum, player| sum.and(player.counts()));
    }
}

impl LiveFigures {
    const fn and(self, (late, restarts): (u64, u64)) -> Self {
        Self { late: self.late + late, restarts: self.restarts + restarts }
    }
}

//! One film on air: its pictures decoded ahead of the playhead by a thread of its own, a bounded number of them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, TrySendError, at, bounded, never, select};

use super::{
    MediaError, Tools,
    decode::{Decoder, further},
    error::place,
    film::Film,
};
use crate::show::clip::ClipPicture;

/// Bytes of pictures that are held ahead of the playhead, and pictures at least and at most.
const AHEAD_BYTES: usize = 160 << 20;
const AHEAD: (usize, usize) = (4, 96);
/// Pictures behind the playhead that are kept: a step back shows at once.
const BEHIND: usize = 2;
/// A playhead that is so many pictures ahead is followed by decoding on, not by seeking.
const LEAP: u32 = 48;
/// A decoder that brings nothing for so long is started anew; the next has twice as long.
const STALL: Duration = Duration::from_secs(2);
/// Between attempts that brought no picture, times their number.
const REST: Duration = Duration::from_secs(1);
/// Attempts after which waits do not grow any more.
const VAIN: u32 = 3;

/// What the thread and those who ask share.
#[derive(Default)]
struct State {
    /// In the film's order, up to the one that comes next.
    ring: VecDeque<Arc<ClipPicture>>,
    /// Of another place, until there is one of this.
    stands: Option<Arc<ClipPicture>>,
    wanted: u32,
    /// The last picture that was asked for and was not there.
    missed: Option<u32>,
    late: u64,
    restarts: u64,
    /// Told once, until a picture has come again.
    fault: Option<MediaError>,
}

/// A film with its thread; the thread ends when this is let go.
pub struct Player {
    pub film: Arc<Film>,
    state: Arc<Mutex<State>>,
    wake: Sender<()>,
}

impl Player {
    /// Begins to decode at once, from picture `first` on.
    pub fn start(tools: &Tools, film: &Arc<Film>, first: u32) -> Self {
        let state = Arc::new(Mutex::new(State { wanted: first, ..State::default() }));
        let (wake, woken) = bounded(1);
        let work = Work {
            tools: tools.clone(),
            film: Arc::clone(film),
            state: Arc::clone(&state),
            woken,
            decoder: None,
            next: first,
            back: 0,
            vain: 0,
            until: Instant::now(),
        };
        thread::spawn(move || work.run());
        Self { film: Arc::clone(film), state, wake }
    }

    /// Picture `number`, or the nearest that is there. Never waits for the decoder.
    pub fn picture(&self, number: u32) -> Option<Arc<ClipPicture>> {
        let mut state = lock(&self.state);
        let moved = state.wanted != number;
        state.wanted = number;
        let found = nearest(&state, number);
        if found.as_ref().is_none_or(|picture| picture.number != number) && state.missed != Some(number) {
            state.missed = Some(number);
            state.late += 1;
        }
        drop(state);
        if moved {
            // One token is enough; without a thread nobody has to be woken.
            let (Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(()))) = self.wake.try_send(());
        }
        found
    }

    /// Pictures that were not there when they were asked for, and how often the decoder was started anew.
    pub fn counts(&self) -> (u64, u64) {
        let state = lock(&self.state);
        (state.late, state.restarts)
    }

    /// What keeps the film from going on.
    pub fn fault(&self) -> Option<MediaError> {
        lock(&self.state).fault.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The thread's own.
struct Work {
    tools: Tools,
    film: Arc<Film>,
    state: Arc<Mutex<State>>,
    woken: Receiver<()>,
    decoder: Option<Decoder>,
    /// The picture that the decoder brings next, or would.
    next: u32,
    /// Pictures before the playhead at which a decoder begins, where seeking in the file is not exact.
    back: u32,
    /// Attempts that brought no picture.
    vain: u32,
    /// When the decoder has brought nothing for too long, or another may be tried.
    until: Instant,
}

impl Work {
    fn run(mut self) {
        loop {
            self.follow();
            let wants = self.has_room();
            if wants && self.decoder.is_none() && Instant::now() >= self.until {
                self.begin();
            }
            let pictures = match &self.decoder {
                Some(decoder) if wants => decoder.pictures().clone(),
                _ => never(),
            };
            // Where nothing is wanted there is nothing to be done until the playhead moves.
            let over = if wants { at(self.until) } else { never() };
            select! {
                recv(pictures) -> picture => match picture {
                    Ok(picture) => self.take(picture),
                    Err(_) => self.lost("it ended"),
                },
                recv(self.woken) -> token => if token.is_err() {
                    return;
                },
                recv(over) -> _ => if self.decoder.is_some() {
                    self.lost("it brings no picture");
                }
            }
        }
    }

    /// Lets go what lies behind the playhead, and the decoder where it went elsewhere.
    fn follow(&mut self) {
        let mut state = lock(&self.state);
        let wanted = state.wanted.min(self.film.count().saturating_sub(1));
        while state.ring.get(BEHIND).is_some_and(|third| third.number <= wanted) {
            state.ring.pop_front();
        }
        let first = state.ring.front().map_or(self.next, |picture| picture.number);
        let is_near = first <= wanted && wanted <= self.next.saturating_add(LEAP);
        let is_lost = self.decoder.is_none() && wanted > self.next;
        if !is_near || is_lost {
            if !is_near {
                self.until = Instant::now();
            }
            self.decoder = None;
            self.next = wanted;
            // One stands until there is another.
            let stands = nearest(&state, wanted);
            state.stands = stands;
            state.ring.clear();
        }
        if self.next >= self.film.count() {
            self.decoder = None;
        }
    }

    /// Whether another picture may come.
    fn has_room(&self) -> bool {
        if self.next >= self.film.count() {
            return false;
        }
        let state = lock(&self.state);
        let ahead = state.ring.iter().filter(|picture| picture.number > state.wanted).count();
        ahead < (AHEAD_BYTES / self.film.picture_bytes().max(1)).clamp(AHEAD.0, AHEAD.1)
    }

    fn begin(&mut self) {
        match Decoder::start(&self.tools, &self.film, self.next, self.back) {
            Ok(decoder) => {
                self.decoder = Some(decoder);
                self.until = Instant::now() + STALL * (1 << self.vain.min(VAIN));
            }
            Err(error) => {
                self.rest();
                lock(&self.state).fault = Some(error);
            }
        }
    }

    fn rest(&mut self) {
        self.decoder = None;
        // The first attempt follows at once.
        self.until = Instant::now() + REST * self.vain.min(VAIN);
        self.vain = self.vain.saturating_add(1);
    }

    fn take(&mut self, picture: Arc<ClipPicture>) {
        if picture.number > self.next
            && let Some(back) = further(self.back, self.next)
        {
            // It landed too late, and would again: from further before.
            self.back = back;
            self.decoder = None;
            self.until = Instant::now();
            return;
        }
        self.vain = 0;
        self.next = picture.number.saturating_add(1);
        self.until = Instant::now() + STALL;
        let mut state = lock(&self.state);
        state.fault = None;
        state.stands = None;
        if state.ring.back().is_some_and(|last| last.number >= picture.number) {
            state.ring.clear();
        }
        state.ring.push_back(picture);
    }

    /// The decoder stopped short of the film's end.
    fn lost(&mut self, reason: &str) {
        self.rest();
        let at = place(self.film.begins_us(self.next));
        let film = self.film.name.clone();
        let mut state = lock(&self.state);
        state.restarts += 1;
        state.fault = Some(MediaError::Decoder { film, at, reason: reason.to_owned() });
    }
}

fn nearest(state: &State, number: u32) -> Option<Arc<ClipPicture>> {
    state.ring.iter().chain(&state.stands).min_by_key(|picture| picture.number.abs_diff(number)).cloned()
}

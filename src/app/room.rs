//! How much room the disks have that the show is written to, and how long that lasts: looked at by a thread of its own,
//! because a disk that hangs must not hold up a frame.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};

use crate::{
    director::{Director, ProblemKind, Said},
    output::free_bytes,
    show::told::Words,
};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(2);
/// How far back the present rate reaches.
const RATE_OVER: Duration = Duration::from_secs(120);
/// A shorter time says nothing of a rate.
const RATE_LEAST: Duration = Duration::from_secs(20);
/// Nobody asks for more than that.
const LEFT_MOST_S: u64 = 7 * 24 * 3600;
/// Below either the operator is told, and above twice of both it is over.
const LOW_BYTES: u64 = 512 << 20;
const LOW_S: u64 = 30 * 60;
/// In sentences.
const MB: u64 = 1_000_000;

/// The room on one disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Space {
    pub folder: PathBuf,
    pub free_bytes: u64,
    /// Until it is full at the rate of the last minutes; none where it does not fill.
    pub left_s: Option<u64>,
}

/// Looks after the disks for as long as it is kept.
#[derive(Default)]
pub struct Room {
    shared: Arc<Mutex<Shared>>,
    alive: Option<Sender<()>>,
}

#[derive(Default)]
struct Shared {
    folders: Vec<PathBuf>,
    spaces: Vec<Space>,
}

impl Room {
    /// Sets where the show is written; looking begins with the first folder.
    pub fn look_at(&mut self, folders: Vec<PathBuf>) {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if shared.folders == folders {
            return;
        }
        shared.folders = folders;
        drop(shared);
        if self.alive.is_none() {
            let (alive, ended) = bounded::<()>(0);
            let shared = Arc::clone(&self.shared);
            let look = move || {
                let mut known: Vec<(PathBuf, Fill)> = Vec::new();
                loop {
                    look(&shared, &mut known);
                    if ended.recv_timeout(LOOK) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
            };
            // Without a thread nobody knows; the recording itself tells when it is too late.
            self.alive = thread::Builder::new().name("room".to_owned()).spawn(look).ok().map(|_| alive);
        }
    }

    /// The disk that is full first: one with little room before one that fills.
    pub fn least(&self) -> Option<Space> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        least(&shared.spaces).cloned()
    }
}

fn least(spaces: &[Space]) -> Option<&Space> {
    let first = |space: &&Space| {
        let has_room = space.free_bytes >= LOW_BYTES;
        (has_room, if has_room { space.left_s.unwrap_or(u64::MAX) } else { 0 }, space.free_bytes)
    };
    spaces.iter().min_by_key(first)
}

fn look(shared: &Mutex<Shared>, known: &mut Vec<(PathBuf, Fill)>) {
    let folders = shared.lock().unwrap_or_else(PoisonError::into_inner).folders.clone();
    known.retain(|(folder, _)| folders.contains(folder));
    let mut spaces = Vec::new();
    for folder in folders {
        let Ok(free_bytes) = free_bytes(&folder) else { continue };
        if !known.iter().any(|(of, _)| *of == folder) {
            known.push((folder.clone(), Fill::default()));
        }
        let left_s = known.iter_mut().find(|(of, _)| *of == folder).and_then(|(_, fill)| {
            fill.note(Instant::now(), free_bytes);
            fill.left_s()
        });
        spaces.push(Space { folder, free_bytes, left_s });
    }
    shared.lock().unwrap_or_else(PoisonError::into_inner).spaces = spaces;
}

/// How a disk fills.
#[derive(Default)]
struct Fill(VecDeque<(Instant, u64)>);

impl Fill {
    fn note(&mut self, at: Instant, free_bytes: u64) {
        self.0.push_back((at, free_bytes));
        while self.0.front().is_some_and(|(first, _)| at.duration_since(*first) > RATE_OVER) {
            self.0.pop_front();
        }
    }

    fn left_s(&self) -> Option<u64> {
        let ((began, then), (at, now)) = (self.0.front()?, self.0.back()?);
        let over = at.duration_since(*began);
        let written = then.checked_sub(*now).filter(|written| *written > 0 && over >= RATE_LEAST)?;
        let left_s = u128::from(*now) * over.as_millis() / u128::from(written) / 1000;
        u64::try_from(left_s).ok().filter(|left_s| *left_s <= LEFT_MOST_S)
    }
}

/// Tells the operator that a disk is about to be full, and when it has room again.
pub fn tell(director: &mut Director, least: Option<&Space>, told: &mut bool) {
    let Some(Space { folder, free_bytes, left_s }) = least else { return };
    let now_us = director.now_us();
    let is_below = |times: u64| *free_bytes < times * LOW_BYTES || left_s.is_some_and(|left_s| left_s < times * LOW_S);
    if is_below(if *told { 2 } else { 1 }) {
        *told = true;
        let words = match left_s {
            Some(left_s) => Words::new("disk-low-for").with("minutes", left_s / 60),
            None => Words::new("disk-low"),
        };
        let words = words.with("folder", folder).with("free", free_bytes / MB);
        director.problems.update(ProblemKind::Disk, Said { what: "low".to_owned(), words }, now_us);
    } else if std::mem::take(told) {
        director.problems.settle(ProblemKind::Disk, now_us);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_counted_from_what_was_written() {
        let (mut fill, began) = (Fill::default(), Instant::now());
        assert_eq!(fill.left_s(), None);
        fill.note(began, 100_000_000);
        fill.note(began + Duration::from_secs(5), 90_000_000);
        assert_eq!(fill.left_s(), None, "too short a time");
        fill.note(began + Duration::from_secs(50), 50_000_000);
        assert_eq!(fill.left_s(), Some(50));
        for second in 51..400 {
            fill.note(began + Duration::from_secs(second), 50_000_000);
        }
        assert_eq!(fill.left_s(), None, "nothing is written any more");
    }

    #[test]
    fn a_disk_that_is_nearly_full_is_told_before_one_that_fills() {
        let space = |name: &str, free_bytes, left_s| Space { folder: name.into(), free_bytes, left_s };
        let full = space("/tape", 10_000_000, None);
        let fills = space("/films", 900_000_000_000, Some(5 * 24 * 3600));
        let soon = space("/soon", 100_000_000_000, Some(60));
        assert_eq!(least(&[fills.clone(), full.clone(), soon.clone()]), Some(&full));
        assert_eq!(least(&[fills.clone(), soon.clone()]), Some(&soon));
        assert_eq!(least(std::slice::from_ref(&fills)), Some(&fills));
    }
}

//! The queue of a sink: which picture each slot of its rate shows. No clock, no file; an unchanged picture is a count.
//!
//! Slot `n` begins [`Rate::after_us`]`(n)` after the sinks' common beginning. A picture that is handed in belongs to the
//! slot that is on at that instant; slots that nobody handed anything in for repeat the one before. So as many frames
//! leave as slots have passed, whatever was late.

use std::{collections::VecDeque, sync::Arc};

use crate::show::rate::Rate;

/// A frame to be written.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Counted from the sinks' common beginning.
    pub n: u64,
    pub pixels: Arc<[u8]>,
    /// The show's time, µs since the Unix epoch.
    pub show_us: i64,
    /// The same picture as the slot taken before.
    pub repeats: bool,
}

/// Slots with their pictures, between who makes them and who writes them.
#[derive(Debug)]
pub struct Queue {
    rate: Rate,
    /// Different pictures that wait at most; at least 2.
    room: usize,
    runs: VecDeque<Run>,
    /// The picture of the slots to come, until another is handed in.
    latest: Option<Arc<[u8]>>,
    /// The first slot that has no picture yet; none before the first picture.
    next: Option<u64>,
    last_taken: Option<Arc<[u8]>>,
    /// Slots that repeated the picture before although the next picture differed: it came after their time.
    pub late: u64,
    /// Pictures that gave way to a newer one because the writer was that far behind: their slots show the newer one.
    pub dropped: u64,
    /// Slots that were never written: nothing was there to take them.
    pub skipped: u64,
}

/// Slots in a row that show one picture.
#[derive(Debug)]
struct Run {
    pixels: Arc<[u8]>,
    first: u64,
    /// At least 1.
    count: u64,
    /// The show's time of the first and of the last of them, µs.
    show_us: (i64, i64),
}

impl Queue {
    /// For `room` different pictures, at least 2.
    pub fn new(rate: Rate, room: usize) -> Self {
        let (runs, latest, next, last_taken) = (VecDeque::new(), None, None, None);
        Self { rate, room: room.max(2), runs, latest, next, last_taken, late: 0, dropped: 0, skipped: 0 }
    }

    /// The picture as of `at_us` after the beginning, at the show's time `show_us`; without `pixels` it is the one
    /// before. A second one within a slot shows from the next slot on.
    pub fn hand_in(&mut self, at_us: i64, show_us: i64, pixels: Option<Arc<[u8]>>) {
        let before = self.latest.clone();
        let Some(pixels) = pixels.or_else(|| before.clone()) else { return };
        let n = self.rate.index_at(at_us);
        let next = self.next.unwrap_or(n);
        let missed = n.saturating_sub(next);
        if let Some(before) = before.filter(|_| missed > 0) {
            if !Arc::ptr_eq(&before, &pixels) {
                self.late += missed;
            }
            self.push(before, next, missed, show_us - self.rate.frame_us());
        }
        self.latest = Some(Arc::clone(&pixels));
        if n >= next {
            self.push(pixels, n, 1, show_us);
        }
        self.next = Some(next.max(n + 1));
    }

    /// `count` slots from `first` on; `show_us` is the last one's.
    fn push(&mut self, pixels: Arc<[u8]>, first: u64, count: u64, show_us: i64) {
        let is_full = self.runs.len() >= self.room;
        match self.runs.back_mut() {
            Some(last) if is_full || Arc::ptr_eq(&last.pixels, &pixels) => {
                if !Arc::ptr_eq(&last.pixels, &pixels) {
                    last.pixels = pixels;
                    self.dropped += 1;
                }
                last.count += count;
                last.show_us.1 = last.show_us.1.max(show_us);
            }
            _ => {
                let begin_us = show_us - self.rate.after_us(count - 1);
                self.runs.push_back(Run { pixels, first, count, show_us: (begin_us, show_us) });
            }
        }
    }

    /// The next frame to be written.
    pub fn take(&mut self) -> Option<Slot> {
        let run = self.runs.front_mut()?;
        let (n, show_us) = (run.first, run.show_us.0);
        run.first += 1;
        run.count -= 1;
        if let Ok(rest @ 1..) = i64::try_from(run.count) {
            run.show_us.0 += (run.show_us.1 - show_us) / rest;
        }
        let pixels = Arc::clone(&run.pixels);
        if run.count == 0 {
            self.runs.pop_front();
        }
        let repeats = self.last_taken.as_ref().is_some_and(|last| Arc::ptr_eq(last, &pixels));
        self.last_taken = Some(Arc::clone(&pixels));
        Some(Slot { n, pixels, show_us, repeats })
    }

    /// The slot that [`Self::take`] would give, and its show time, µs.
    pub fn peek(&self) -> Option<(u64, i64)> {
        self.runs.front().map(|run| (run.first, run.show_us.0))
    }

    /// Gives back the slot that was taken last: it was not written.
    pub fn put_back(&mut self, slot: Slot) {
        self.last_taken = None;
        let Slot { n, pixels, show_us, .. } = slot;
        match self.runs.front_mut() {
            Some(run) if Arc::ptr_eq(&run.pixels, &pixels) => {
                run.first = n;
                run.count += 1;
                run.show_us.0 = show_us;
            }
            _ => self.runs.push_front(Run { pixels, first: n, count: 1, show_us: (show_us, show_us) }),
        }
    }

    /// Skips the oldest slots until at most `most` wait.
    pub fn keep(&mut self, most: u64) {
        let mut excess = self.waiting().saturating_sub(most);
        self.skipped += excess;
        while excess > 0 {
            let Some(run) = self.runs.front_mut() else { return };
            let gone = excess.min(run.count);
            if gone == run.count {
                self.runs.pop_front();
            } else {
                let span_us = run.show_us.1 - run.show_us.0;
                let (gone_i, steps) = (i64::try_from(gone).unwrap_or(0), i64::try_from(run.count - 1).unwrap_or(1));
                run.show_us.0 += span_us / steps.max(1) * gone_i;
                run.first += gone;
                run.count -= gone;
            }
            excess -= gone;
        }
    }

    /// Slots that wait to be written.
    pub fn waiting(&self) -> u64 {
        self.runs.iter().map(|run| run.count).sum()
    }

    /// The first slot that nothing has been handed in for; none before the first picture.
    pub const fn next(&self) -> Option<u64> {
        self.next
    }

    pub const fn rate(&self) -> Rate {
        self.rate
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn picture(of: u8) -> Option<Arc<[u8]>> {
        Some(Arc::from([of]))
    }

    fn taken(queue: &mut Queue) -> Vec<(u64, u8)> {
        std::iter::from_fn(|| queue.take()).map(|slot| (slot.n, slot.pixels[0])).collect()
    }

    /// Slot `n` at 50 a second.
    const fn at(n: i64) -> i64 {
        n * 20_000
    }

    #[test]
    fn a_picture_that_stands_is_a_count_and_is_never_late() {
        let mut queue = Queue::new(Rate::HZ_50, 8);
        queue.hand_in(at(3), 0, None);
        assert_eq!(queue.next(), None, "there is nothing to be repeated yet");
        queue.hand_in(at(3), 0, picture(1));
        queue.hand_in(at(503), at(500), None);
        assert_eq!((queue.waiting(), queue.runs.len(), queue.late), (501, 1, 0));
        let slots: Vec<Slot> = std::iter::from_fn(|| queue.take()).collect();
        assert!(slots.iter().zip(3..).all(|(slot, n)| slot.n == n && slot.repeats == (n > 3)));
        assert!(slots.iter().zip(0..).all(|(slot, n)| slot.show_us == at(n)), "the show's time goes on evenly");
    }

    #[test]
    fn slots_that_a_new_picture_came_too_late_for_repeat_the_old_one() {
        let mut queue = Queue::new(Rate::HZ_50, 8);
        queue.hand_in(at(0), 0, picture(1));
        queue.hand_in(at(3) + 9, 0, picture(2));
        assert_eq!(taken(&mut queue), [(0, 1), (1, 1), (2, 1), (3, 2)]);
        assert_eq!((queue.late, queue.dropped), (2, 0));
    }

    #[test]
    fn of_two_pictures_within_a_slot_the_second_shows_from_the_next_on() {
        let mut queue = Queue::new(Rate::HZ_50, 8);
        queue.hand_in(at(0), 0, picture(1));
        queue.hand_in(at(0) + 9_000, 0, picture(2));
        queue.hand_in(at(1), 0, None);
        assert_eq!(taken(&mut queue), [(0, 1), (1, 2)]);
        assert_eq!((queue.late, queue.dropped), (0, 0));
    }

    #[test]
    fn a_writer_that_is_behind_loses_pictures_and_no_slot() {
        let mut queue = Queue::new(Rate::HZ_50, 3);
        for n in 0..10 {
            queue.hand_in(at(n), 0, picture(n as u8));
        }
        let slots = taken(&mut queue);
        assert_eq!(slots[..4], [(0, 0), (1, 1), (2, 9), (3, 9)]);
        assert_eq!((slots.len(), queue.dropped), (10, 7));
    }

    #[test]
    fn what_was_not_written_goes_back_and_what_nobody_takes_is_skipped() {
        let mut queue = Queue::new(Rate::HZ_50, 8);
        queue.hand_in(at(0), 0, picture(1));
        queue.hand_in(at(9), at(9), None);
        let slot = queue.take().unwrap();
        queue.put_back(slot);
        assert_eq!((queue.peek(), queue.waiting()), (Some((0, 0)), 10));
        queue.keep(4);
        assert_eq!((queue.peek(), queue.waiting(), queue.skipped), (Some((6, at(6))), 4, 6));
        queue.keep(0);
        assert_eq!((queue.take().map(|slot| slot.n), queue.skipped), (None, 10));
    }

    proptest! {
        #[test]
        fn as_many_frames_leave_as_slots_have_passed(
            steps in prop::collection::vec((0..90_000_i64, any::<bool>(), 0..4_u8), 1..200),
            room in 0..9_usize,
            rate in prop::sample::select(vec!["25", "50", "59.94", "60"]),
        ) {
            let rate: Rate = rate.parse().unwrap();
            let mut queue = Queue::new(rate, room);
            let (mut at_us, mut out, mut pictures) = (0, Vec::new(), 0_u64);
            for (step_us, is_new, take) in steps {
                at_us += step_us;
                pictures += u64::from(is_new);
                queue.hand_in(at_us, at_us, is_new.then(|| Arc::from(pictures.to_le_bytes())));
                prop_assert!(queue.runs.len() <= room.max(2));
                out.extend((0..take).filter_map(|_| queue.take()));
            }
            let next = queue.next();
            out.extend(std::iter::from_fn(|| queue.take()));
            prop_assert_eq!(out.last().map(|slot| slot.n + 1), next);
            prop_assert!(out.windows(2).all(|two| two[1].n == two[0].n + 1), "no slot is missing or double");
            let number = |slot: &Slot| u64::from_le_bytes(slot.pixels[..].try_into().unwrap());
            prop_assert!(out.windows(2).all(|two| number(&two[1]) >= number(&two[0])), "in their order");
            let shown = out.iter().filter(|slot| !slot.repeats).count() as u64;
            prop_assert!(shown + queue.dropped <= pictures);
            prop_assert!(out.windows(2).all(|two| two[1].show_us >= two[0].show_us));
        }
    }
}

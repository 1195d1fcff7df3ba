//! Which film is heard from when to when, and where in it: the ear's counterpart of the picture in the well.

use crate::show::{
    clip::{ClipKey, Clips},
    state::{Core, Media, MediaPhase, Scene, Show},
    time::{Instant, SpanUs},
};

/// A film that is heard in one go. The same film on the same zero is the same playing: what comes in pieces goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilmPlay {
    pub key: ClipKey,
    /// The film's zero on the show's clock, µs: at an instant `t` its sound at `t − zero_us` is heard.
    pub zero_us: Instant,
    /// Heard with `from_us ≤ t < to_us`. It may be over earlier: only the film knows how long it is.
    pub from_us: Instant,
    pub to_us: Instant,
}

impl FilmPlay {
    /// Where in the film it begins to be heard, µs from its zero.
    pub const fn offset_us(&self) -> SpanUs {
        self.from_us.saturating_sub(self.zero_us)
    }

    /// What of it lies in [`from_us`, `to_us`).
    pub fn within(self, from_us: Instant, to_us: Instant) -> Option<Self> {
        let part = Self { from_us: self.from_us.max(from_us), to_us: self.to_us.min(to_us), ..self };
        (part.from_us < part.to_us).then_some(part)
    }

    /// Goes on with `next` where that is the same playing without a gap.
    fn join(&mut self, next: &Self) -> bool {
        let goes_on = (self.key, self.zero_us) == (next.key, next.zero_us) && self.to_us >= next.from_us;
        if goes_on {
            self.to_us = self.to_us.max(next.to_us);
        }
        goes_on
    }
}

/// The films that are heard in [`from`, `to`), as the show stands, in order. One is heard while its scene is on air and it
/// plays; one that was paused or taken off in that time, until then.
pub fn films(show: &Show, from: Instant, to: Instant) -> Vec<FilmPlay> {
    let gone = show.program.departed.iter().filter(|gone| gone.scene == Scene::Media);
    let gone = gone.filter_map(|gone| Stretch::of(&gone.core, Some(gone.left_at)));
    let on = (show.program.scene == Scene::Media).then(|| Stretch::of(&show.core, None)).flatten();
    let mut plays = Vec::new();
    for stretch in gone.chain(on) {
        let Ok(key) = stretch.media.cued.sha256.parse() else { continue };
        let until = stretch.until.unwrap_or(Instant::MAX);
        let play = FilmPlay { key, zero_us: stretch.zero, from_us: stretch.from, to_us: until };
        add(&mut plays, play.within(from, to));
    }
    plays
}

/// Puts a play behind those before it.
pub(super) fn add(plays: &mut Vec<FilmPlay>, play: Option<FilmPlay>) {
    let Some(play) = play else { return };
    if !plays.last_mut().is_some_and(|last| last.join(&play)) {
        plays.push(play);
    }
}

/// A clip that runs, or ran until it was paused or taken off.
pub(super) struct Stretch<'a> {
    pub media: &'a Media,
    zero: Instant,
    /// Its sound begins, for all that is known.
    pub from: Instant,
    /// It was paused or taken off.
    pub until: Option<Instant>,
}

impl<'a> Stretch<'a> {
    /// Of the clip of a scene that is on, or was until `left_at`.
    pub(super) fn of(core: &'a Core, left_at: Option<Instant>) -> Option<Self> {
        let media = core.media.as_ref()?;
        let (zero, from, until) = match media.phase {
            MediaPhase::Playing { at } => (at, at.max(media.since), left_at),
            // When it was started last has been forgotten: not before its zero.
            MediaPhase::Paused { position_us } => {
                let zero = media.since.saturating_sub(position_us);
                (zero, zero, Some(media.since))
            }
            MediaPhase::Cued | MediaPhase::Ended => return None,
        };
        Some(Self { media, zero, from, until })
    }

    /// Whether it is heard at all, and until when: `None` while that is not known. A clip that the desk does not have is
    /// played elsewhere, for as long as the feed says.
    pub(super) fn heard_until(&self, clips: &Clips) -> Option<Option<Instant>> {
        let clip = self.media.cued.sha256.parse().ok().and_then(|key| clips.get(&key));
        if clip.is_some_and(|clip| !clip.has_sound) {
            return None;
        }
        let length_us = clip.map(|clip| clip.length_us).or(self.media.cued.duration_us);
        let ends = length_us.map(|length| self.zero.saturating_add(length));
        Some(match (ends, self.until) {
            (Some(ends), Some(until)) => Some(ends.min(until)),
            (ends, until) => ends.or(until),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::show::reduce::tests::Feed;

    const SECOND: i64 = 1_000_000;

    fn digest(n: u8) -> String {
        ClipKey([n; 32]).to_string()
    }

    fn cued(feed: &mut Feed, id: &str, n: u8) {
        feed.send("media.cued", json!({"id": id, "path": "p", "sha256": digest(n)}));
    }

    fn heard(feed: &Feed, from: i64, to: i64) -> Vec<(i64, i64, i64)> {
        let plays = films(&feed.show, from, to);
        plays.iter().map(|play| (play.from_us, play.to_us, play.offset_us())).collect()
    }

    #[test]
    fn a_film_is_heard_from_its_start_until_it_is_paused_and_on_from_there() {
        let mut feed = Feed::new();
        cued(&mut feed, "m", 1);
        let far = feed.at + 100 * SECOND;
        assert!(heard(&feed, 0, far).is_empty());
        let zero = feed.at + SECOND + 1_234;
        feed.send("media.started", json!({"id": "m", "at": zero}));
        assert_eq!(heard(&feed, feed.at, far), [(zero, far, 0)]);
        assert_eq!(heard(&feed, zero + 5_000, zero + 6_000), [(zero + 5_000, zero + 6_000, 5_000)]);
        feed.at += 3 * SECOND;
        feed.send("media.paused", json!({"id": "m"}));
        let paused = feed.at;
        assert_eq!(heard(&feed, paused - 250, far), [(paused - 250, paused, paused - 250 - zero)]);
        assert!(heard(&feed, paused, far).is_empty());
        // It goes on: its zero has moved by the pause.
        let again = zero + 3 * SECOND;
        feed.at += 2 * SECOND;
        feed.send("media.started", json!({"id": "m", "at": again}));
        assert_eq!(heard(&feed, 0, far), [(feed.at, far, feed.at - again)]);
    }

    #[test]
    fn a_film_ends_with_its_scene_whatever_takes_over() {
        let mut feed = Feed::new();
        cued(&mut feed, "m", 1);
        let zero = feed.at + SECOND;
        feed.send("media.started", json!({"id": "m", "at": zero}));
        feed.at += 3 * SECOND;
        feed.send("slate.shown", json!({"kind": "message", "title": "t"}));
        let off = feed.at;
        assert_eq!(heard(&feed, off - SECOND, off + SECOND), [(off - SECOND, off, off - SECOND - zero)]);
        assert!(heard(&feed, off, off + SECOND).is_empty(), "it plays on, but nobody sees it");
    }

    #[test]
    fn what_is_no_film_is_silent() {
        let mut feed = Feed::new();
        feed.send("media.cued", json!({"id": "m", "path": "p", "sha256": "00"}));
        feed.send("media.started", json!({"id": "m", "at": feed.at}));
        assert!(heard(&feed, 0, feed.at + SECOND).is_empty());
    }
}

//! The sounds of films, measured: a film is brought to the programme's loudness, whoever made it.
//!
//! Films come from many hands and are rarely as loud as one another. Each is measured once over its whole length (EBU
//! R 128, integrated) and is heard at −23 LUFS plus what the theme gives films, whatever the theme adds to its own cues.
//! What is turned up is turned up by little: a quiet film's noise is not to come forward.

use std::collections::BTreeMap;
use std::sync::Arc;

use crossbeam_channel::{Receiver, TryRecvError, bounded};

use super::loudness::integrated_lufs;
use crate::show::clip::{ClipKey, ClipSound};

/// A film's sound and how loud it is.
#[derive(Clone, Debug, PartialEq)]
pub struct FilmSound {
    /// 48 kHz stereo from the film's zero on.
    pub frames: Arc<[[f32; 2]]>,
    /// Integrated; none where nothing in it is loud enough to count.
    pub lufs: Option<f64>,
}

impl FilmSound {
    /// Measures a film: a second for some minutes of it, so never in a frame.
    pub fn measured(sound: ClipSound) -> Self {
        let lufs = integrated_lufs(&sound.0).unwrap_or_else(|error| {
            tracing::warn!("{error} The film is heard as it is.");
            None
        });
        Self { frames: sound.0, lufs }
    }
}

/// The films that can be heard. One that is not among them is silent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Films(BTreeMap<ClipKey, FilmSound>);

impl Films {
    /// Measures every film of a list that has a sound, at once: for what is not live.
    pub fn measured(keys: impl IntoIterator<Item = ClipKey>, source: &dyn Fn(&ClipKey) -> Option<ClipSound>) -> Self {
        let mut films = Self::default();
        for key in keys {
            if !films.0.contains_key(&key)
                && let Some(sound) = source(&key)
            {
                films.0.insert(key, FilmSound::measured(sound));
            }
        }
        films
    }

    pub fn get(&self, key: &ClipKey) -> Option<&FilmSound> {
        self.0.get(key)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Looks after the films on air: what was decoded is measured on a thread of its own, a frame never waits for it.
#[derive(Default)]
pub struct FilmLibrary {
    ready: Films,
    under_way: Option<(ClipKey, Receiver<FilmSound>)>,
}

impl FilmLibrary {
    /// To be called once a frame with the films that may be heard, the next one first: the films that can be heard, once,
    /// whenever they have changed. One that is wanted no more is let go.
    pub fn poll(&mut self, wanted: &[ClipKey], source: &dyn Fn(&ClipKey) -> Option<ClipSound>) -> Option<Arc<Films>> {
        let before = self.ready.0.len();
        self.ready.0.retain(|key, _| wanted.contains(key));
        let mut is_new = self.ready.0.len() != before;
        if let Some((key, under_way)) = self.under_way.take() {
            match under_way.try_recv() {
                Ok(sound) => is_new |= wanted.contains(&key) && self.ready.0.insert(key, sound).is_none(),
                Err(TryRecvError::Empty) => self.under_way = Some((key, under_way)),
                Err(TryRecvError::Disconnected) => {}
            }
        }
        if self.under_way.is_none() {
            let missing = wanted.iter().filter(|key| !self.ready.0.contains_key(key));
            if let Some((key, sound)) = missing.filter_map(|key| Some((*key, source(key)?))).next() {
                self.begin(key, sound);
            }
        }
        is_new.then(|| Arc::new(self.ready.clone()))
    }

    fn begin(&mut self, key: ClipKey, sound: ClipSound) {
        let (sender, receiver) = bounded(1);
        let thread = std::thread::Builder::new().name("film-loudness".to_owned()).spawn(move || {
            // Nobody listens any more when the program ends.
            let _ = sender.send(FilmSound::measured(sound));
        });
        match thread {
            Ok(_) => self.under_way = Some((key, receiver)),
            Err(error) => tracing::warn!("A film could not be measured: the machine has no thread for it ({error})."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(amplitude: f32) -> ClipSound {
        ClipSound((0..96_000).map(|i| [amplitude * libm::sinf(i as f32 * 0.130_9); 2]).collect())
    }

    #[test]
    fn a_film_is_measured_once_and_one_without_a_sound_is_not_among_them() {
        let (loud, mute) = (ClipKey([1; 32]), ClipKey([2; 32]));
        let source = |key: &ClipKey| (*key == loud).then(|| tone(0.1));
        let films = Films::measured([loud, mute, loud], &source);
        let lufs = films.get(&loud).and_then(|film| film.lufs).expect("a tone has a loudness");
        // Two channels of a sine of −20 dBFS: −20 − 3.01 + 3.01 LUFS, by the meter's definition −0.691 + the filter's +0.69.
        assert!((lufs - -20.0).abs() < 0.1, "{lufs}");
        assert!(films.get(&mute).is_none());
        let silent = FilmSound::measured(ClipSound(Arc::from([[0.0; 2]; 48_000].as_slice())));
        assert_eq!((silent.lufs, FilmSound::measured(ClipSound(Arc::from([]))).lufs), (None, None));
    }

    #[test]
    fn the_library_measures_beside_the_frames_and_lets_go_of_what_is_over() {
        let key = ClipKey([1; 32]);
        let mut library = FilmLibrary::default();
        let source = |_: &ClipKey| Some(tone(0.1));
        assert_eq!(library.poll(&[key], &source), None);
        let Some((_, receiver)) = library.under_way.take() else { panic!("it is being measured") };
        let measured = receiver.recv().expect("measured");
        let (sender, again) = bounded(1);
        sender.send(measured).expect("room");
        library.under_way = Some((key, again));
        let films = library.poll(&[key], &source).expect("something new");
        assert!(films.get(&key).is_some());
        assert_eq!(library.poll(&[key], &source), None, "once");
        assert!(library.poll(&[], &source).expect("it has gone").is_empty());
    }
}

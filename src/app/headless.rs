//! Outputs without windows: composes every routed picture, draws all at once, and hands them to their sinks at the
//! instants of the fastest one's slots.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    film_sound::FilmSounds,
    films::Films,
    routed::Routed,
    sinks::{Written, WrittenOutput},
    tapped::Tapped,
};
use crate::{
    director::{Director, Paced},
    locale::Lang,
    routing::Route,
    show::{
        clip::{ClipKey, ClipSound},
        frame::{Frame, Output},
        rate::Rate,
    },
    sound::{Library, SoundSet},
    stage::{Headless, OutputId, StageError},
};

/// A bank that takes longer is heard once it is there.
const BANK_WITHIN: Duration = Duration::from_secs(20);

/// Where the sounds of films come from.
type Hearing = Box<dyn Fn(&ClipKey) -> Option<ClipSound> + Send + Sync>;

/// The outputs of a file, drawn and written.
pub struct Outputs {
    stage: Headless,
    routed: Routed,
    written: Written,
    tapped: Tapped,
    film_sounds: FilmSounds,
    hearing: Hearing,
    library: Library,
    folders: Vec<std::path::PathBuf>,
    levels: SoundSet,
    hall: Lang,
    /// The next slot of the fastest output.
    next: u64,
    /// Slots of the fastest output that came while a frame was being made.
    late: u64,
    /// What the frames cost, and which pictures they showed.
    shown: Vec<Arc<Frame>>,
}

impl Outputs {
    /// Prepares all, with the show as it stands: the first picture is drawn, the theme's cues are rendered. Where the
    /// theme's own sounds lie is said by `folders`.
    ///
    /// # Errors
    /// When there is nothing to draw with, or a picture is larger than what can be drawn.
    pub fn new(
        routed: Routed,
        director: &mut Director,
        folders: &[std::path::PathBuf],
        hall: Lang,
    ) -> Result<Self, StageError> {
        let raster = routed.routes.first().map_or((16, 16), |route| route.raster);
        let sounds = &director.theme().programme().sounds;
        let mut outputs = Self {
            stage: Headless::new(raster)?,
            routed,
            written: Written::new(Instant::now()),
            tapped: Tapped::default(),
            film_sounds: FilmSounds::default(),
            hearing: Box::new(|_| None),
            library: Library::default(),
            folders: folders.to_vec(),
            levels: SoundSet::themed(sounds),
            hall,
            next: 0,
            late: 0,
            shown: Vec::new(),
        };
        outputs.routed.look_after(director);
        outputs.written.follow(&outputs.routed);
        outputs.draw(director)?;
        let until = Instant::now() + BANK_WITHIN;
        while outputs.written.wants_sound() && Instant::now() < until {
            if let Some(bank) = outputs.library.poll(&director.theme().programme().sounds, &outputs.folders) {
                outputs.tapped.set_bank(bank);
                break;
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        Ok(outputs)
    }

    /// Films come from here: their pictures as they are played, their sounds whole.
    pub fn set_films(&mut self, films: &Films) {
        self.stage.set_reel(films.library().live());
        self.hearing = Box::new(films.library().hearing());
    }

    /// Whether the next frame reads a theme that was saved.
    pub fn is_stirred(&self) -> bool {
        self.routed.is_stirred()
    }

    /// Every picture by its output's name, as it is composed.
    pub fn compared(&self, hall: Lang) -> Vec<(String, Output)> {
        let named =
            |(i, _): (usize, OutputId)| Some((self.routed.routes.get(i)?.name.clone(), self.routed.output(i, hall)?));
        self.routed.pictures().filter_map(named).collect()
    }

    /// Time begins: slot 0 is now.
    pub fn begin(&mut self, at: Instant) {
        self.written = Written::new(at);
        self.written.follow(&self.routed);
        self.next = 0;
    }

    /// The fastest output's rate.
    pub fn rate(&self) -> Rate {
        self.written.fastest().unwrap_or(Rate::HZ_50)
    }

    /// When the next frame is due, and how long after the beginning that is, µs.
    pub fn due(&self) -> (Instant, i64) {
        let at_us = self.rate().after_us(self.next);
        (self.written.began() + Duration::from_micros(at_us.unsigned_abs()), at_us)
    }

    /// Makes the frame that is due, of the show as it stands, and hands it in at its slot's own instant. The next one is
    /// that of the next slot that is still to come.
    ///
    /// # Errors
    /// When a picture cannot be drawn; the sinks go on with the last one.
    pub fn frame(&mut self, director: &mut Director) -> Result<(), StageError> {
        let (at, _) = self.due();
        self.routed.look_after(director);
        self.written.follow(&self.routed);
        let before = std::mem::take(&mut self.shown);
        self.routed.quality = director.quality();
        let drawn = self.draw(director);
        let moves = before.len() != self.shown.len() || !before.iter().zip(&self.shown).all(|(a, b)| Arc::ptr_eq(a, b));
        let stage = &mut self.stage;
        self.written.hand_in(at, director.now_us(), |id| stage.take(id));
        if let Some(bank) = self.library.poll(&director.theme().programme().sounds, &self.folders) {
            self.tapped.set_bank(bank);
        }
        if let Some(films) = self.film_sounds.poll(director, &*self.hearing) {
            self.tapped.set_films(films);
        }
        let rate = super::air::rate(director);
        self.tapped.advance(&self.written, director, at, &self.levels, rate, self.routed.beeps_aside());
        self.written.tell(director);
        let rate = self.rate();
        let now_us = self.written.since_us(Instant::now());
        let now = rate.index_at(now_us);
        let at_us = self.written.since_us(at);
        let worked_us = now_us - at_us;
        let given_us = rate.frame_us() * i64::from(director.step().every());
        let due_us = rate.frame_us();
        let took_us = worked_us.max(given_us);
        director.paced(&Paced { at_us, took_us, worked_us: Some(worked_us), due_us, moves });
        self.late += now.saturating_sub(self.next + 1);
        // Of a machine that cannot keep the rate a frame is asked for every other slot, or every third; sinks repeat it.
        let every = u64::from(director.step().every());
        self.next = (self.next / every + 1) * every;
        self.next = self.next.max(now);
        drawn
    }

    fn draw(&mut self, director: &mut Director) -> Result<(), StageError> {
        let pictures: Vec<_> = self.routed.pictures().collect();
        for (i, picture) in pictures {
            if let Some(frame) = self.routed.frame(i, director, self.hall) {
                self.shown.push(Arc::clone(&frame));
                self.stage.set_picture(picture, frame)?;
            }
        }
        for (id, picture, delivery) in self.written.deliveries() {
            self.stage.deliver(id, picture, delivery.clone())?;
        }
        self.stage.update()
    }

    /// The end comes at `until_us` after the beginning: slots before it that nothing was handed in for repeat the last
    /// picture, so that what is written is as long as it was to be.
    pub fn fill(&mut self, until_us: i64, director: &Director) {
        self.written.fill(until_us, director.now_us());
    }

    /// How each of them fares.
    pub fn counts(&self) -> Vec<WrittenOutput> {
        self.written.counts()
    }

    /// Slots of the fastest output that no frame was made for in time.
    pub const fn late(&self) -> u64 {
        self.late
    }

    /// How long a frame of the fastest output may take.
    pub fn frame_time(&self) -> Duration {
        Duration::from_micros(self.rate().frame_us().unsigned_abs())
    }

    /// The outputs as they are routed.
    pub fn routes(&self) -> &[Route] {
        &self.routed.routes
    }

    /// Bytes of the rasterised glyphs that are kept.
    pub fn atlas_bytes(&self) -> u64 {
        self.stage.atlas_bytes()
    }

    /// Closes all, waits until they have written what they have, and says what came of them.
    pub fn finish(mut self) -> Vec<WrittenOutput> {
        self.written.finish()
    }
}

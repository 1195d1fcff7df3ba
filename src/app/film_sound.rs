//! The films' sounds on air: measured as soon as they are read, for the hall and for the outputs that are written.

use std::sync::Arc;

use bevy::prelude::*;

use super::{air::Sound, films::Films, tapped::Tapped};
use crate::{
    director::Director,
    show::clip::{ClipKey, ClipSound},
    sound::{self, FilmLibrary},
};

/// The films that can be heard.
#[derive(Resource, Default)]
pub struct FilmSounds(FilmLibrary);

impl FilmSounds {
    /// Once a frame: what can be heard of the films that are fit for air, whenever that has changed. What is cued is
    /// measured first.
    pub fn poll(
        &mut self,
        director: &Director,
        source: &dyn Fn(&ClipKey) -> Option<ClipSound>,
    ) -> Option<Arc<sound::Films>> {
        let core = &director.show().core;
        let cued = core.media.iter().map(|media| &media.cued).chain(&core.media_cued);
        let cued = cued.filter_map(|cued| cued.sha256.parse().ok());
        let clips = &director.clips().0;
        let mut wanted: Vec<ClipKey> = cued.filter(|key| clips.contains_key(key)).collect();
        wanted.extend(clips.iter().filter(|(_, clip)| clip.has_sound).map(|(key, _)| *key));
        self.0.poll(&wanted, source)
    }
}

/// Hands them to the hall and to the tap.
pub fn follow(
    mut sounds: ResMut<FilmSounds>,
    mut sound: ResMut<Sound>,
    mut tapped: ResMut<Tapped>,
    films: Res<Films>,
    director: Res<Director>,
) {
    if let Some(films) = sounds.poll(&director, &|key| films.library().sound(key)) {
        sound.0.set_films(Arc::clone(&films));
        tapped.set_films(films);
    }
}

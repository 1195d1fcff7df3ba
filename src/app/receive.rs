//! Receive and reduce: what the feed brings, what time it is, what the theme's editor saved.

use bevy::prelude::*;

use super::{LiveSession, clock::Clock};
use crate::{
    director::{Director, ProblemKind, Transport},
    stage::Program,
    themes::ThemeWatch,
};

/// Who supplies events and time; without a live session it is the director's tape.
#[derive(Resource)]
pub struct Supply {
    pub live: Option<LiveSession>,
}

/// Looks after the theme's folder.
#[derive(Resource)]
pub struct Watch(pub ThemeWatch);

/// Takes what has come since the last frame: the feed's items (written to the tape before they change anything) and a
/// theme that was saved.
pub fn receive(mut director: ResMut<Director>, mut supply: ResMut<Supply>, mut watch: ResMut<Watch>) {
    if let Some(session) = &mut supply.live {
        session.receive(&mut director);
    }
    match watch.0.poll() {
        None => {}
        Some(Ok(theme)) => {
            let now_us = director.now_us();
            director.set_theme(theme);
            director.problems.settle(ProblemKind::Theme, now_us);
        }
        Some(Err(error)) => {
            let now_us = director.now_us();
            if director.problems.report(ProblemKind::Theme, error.to_string().as_str(), now_us) {
                tracing::warn!("{error}");
            }
        }
    }
}

/// Lets time pass: the tape's by what really elapsed, the feed's by its server's clock.
pub fn reduce(
    mut clock: ResMut<Clock>,
    mut director: ResMut<Director>,
    supply: Res<Supply>,
    program: Res<Program>,
    mut told: Local<Option<(bool, u64)>>,
) {
    clock.read();
    clock.runs |= program.frame.is_some();
    match &supply.live {
        Some(session) => session.set_time(&mut director),
        None => director.advance(clock.elapsed_us),
    }
    let stands = Some((director.transport().is_none_or(|tape| tape.playing && clock.runs), director.horizon()));
    if *told != stands {
        *told = stands;
        // With the log's own time this says which instant of the show was when.
        let position_us = director.transport().map_or(director.now_us(), Transport::position_us);
        tracing::debug!(position_us, playing = stands.is_some_and(|(playing, _)| playing), "transport");
    }
}

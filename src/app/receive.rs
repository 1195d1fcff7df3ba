//! Receive and reduce: what the feed brings, what time it is, what the theme's editor saved.

use bevy::prelude::*;

use super::{LiveSession, clock::Clock};
use crate::{
    director::{Director, Problem, ProblemKind, Said, Transport},
    fonts,
    show::told::Told,
    stage::{OutputId, Outputs, StageError},
    themes::{ThemeError, ThemeWatch},
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
    take_theme(&mut director, &mut watch.0);
}

/// Names the program's theme among problems; outputs may have themes of their own.
const PROGRAM: &str = "program";

/// A theme that was saved goes on air; one that is broken is a problem, and the last good one stays.
pub fn take_theme(director: &mut Director, watch: &mut ThemeWatch) {
    match watch.poll() {
        None => {}
        Some(Ok(theme)) => {
            director.set_theme(theme);
            theme_is_good(director);
        }
        Some(Err(fault)) => report_theme(director, &fault),
    }
}

/// The program's theme is one without a fault.
pub fn theme_is_good(director: &mut Director) {
    let now_us = director.now_us();
    director.problems.settle_one(ProblemKind::Theme, PROGRAM, now_us);
}

/// Tells the operator why a theme is not on air. The program has one theme: a new fault takes the place of the one before.
pub fn report_theme(director: &mut Director, fault: &ThemeError) {
    let (now_us, said) = (director.now_us(), Said { what: PROGRAM.to_owned(), words: fault.words() });
    let known = |problem: &Problem| problem.kind == ProblemKind::Theme && problem.said == said;
    if !director.problems.present().any(known) {
        tracing::warn!("{fault}");
    }
    director.problems.report(ProblemKind::Theme, said, now_us);
}

/// Tells the operator that a picture could not be drawn, once for as long as that lasts.
pub fn report_stage(director: &mut Director, fault: &StageError) {
    let (now_us, said) = (director.now_us(), Said::of(fault));
    let known = |problem: &Problem| problem.kind == ProblemKind::Renderer && problem.said.what == said.what;
    if !director.problems.present().any(known) {
        tracing::error!("{fault}");
    }
    director.problems.report(ProblemKind::Renderer, said, now_us);
}

/// Tells the operator which fonts of the show were left out, and why.
pub fn report_fonts(director: &mut Director) {
    let now_us = director.now_us();
    for fault in &fonts::user().faults {
        director.problems.report(ProblemKind::Font, Said::of(fault), now_us);
    }
}

/// Lets time pass: the tape's by what really elapsed, the feed's by its server's clock.
pub fn reduce(
    mut clock: ResMut<Clock>,
    mut director: ResMut<Director>,
    supply: Res<Supply>,
    outputs: Res<Outputs>,
    mut told: Local<Option<(bool, u64)>>,
) {
    clock.read();
    clock.runs |= outputs.frame(OutputId::PROGRAM).is_some();
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

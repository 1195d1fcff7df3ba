//! What goes on air: the frame for the stage, the cues for the sound; and what the console is told of both.

use std::{sync::Arc, time::Duration};

use bevy::{prelude::*, render::renderer::RenderAdapterInfo};

use super::{
    clock::Clock,
    receive::{Supply, Watch},
};
use crate::{
    console::{AudioView, CueView, Picture, Role, View},
    director::{Director, ProblemKind, Said, Transport},
    show::{
        cue::Cue,
        frame::{Frame, Output},
        theme::Theme,
    },
    sound::{AudioStatus, Engine, GRACE_US, LOOKAHEAD_US, Library, Moment, SoundSet},
    stage::{Program, ProgramImage},
};

/// The output on air.
#[derive(Resource, Default)]
pub struct OnAir {
    /// None until the program window has its size.
    pub output: Option<Output>,
    /// Whether this frame's picture differs from the last one's.
    pub moves: bool,
    /// Whether the processor draws, so that there is no screen's pace to follow.
    pub in_software: Option<bool>,
}

/// The live sound.
#[derive(Resource)]
pub struct Sound(pub Engine);

/// The cues of the theme on air, being rendered or rendered.
#[derive(Resource, Default)]
pub struct Cues(pub Library);

/// Composes the frame of this instant; an equal one is the same and nothing is drawn.
pub fn compose(
    mut director: ResMut<Director>,
    mut on_air: ResMut<OnAir>,
    mut program: ResMut<Program>,
    adapter: Option<Res<RenderAdapterInfo>>,
) {
    if on_air.in_software.is_none() {
        on_air.in_software = adapter.map(|info| info.device_type == wgpu::DeviceType::Cpu);
    }
    let Some(output) = on_air.output else { return };
    let frame = director.frame(&output);
    let same = |last: &Arc<Frame>| Arc::ptr_eq(last, &frame);
    on_air.moves = !program.frame.as_ref().is_some_and(same);
    if on_air.moves {
        program.frame = Some(frame);
    }
}

/// Keeps the device's next seconds equal to what the show wants to be heard.
pub fn sound(
    mut sound: ResMut<Sound>,
    mut director: ResMut<Director>,
    clock: Res<Clock>,
    supply: Res<Supply>,
    mut horizon: Local<Option<u64>>,
    mut themed: Local<Option<Arc<Theme>>>,
    mut library: ResMut<Cues>,
    watch: Res<Watch>,
) {
    let now_us = director.now_us();
    let bank = library.0.poll(&director.theme().programme().sounds, watch.0.folders());
    let is_new = themed.as_ref().is_none_or(|theme| !Arc::ptr_eq(theme, director.theme()));
    if is_new {
        sound.0.set_theme(&SoundSet::themed(&director.theme().programme().sounds));
        *themed = Some(Arc::clone(director.theme()));
    }
    if is_new || bank.is_some() {
        // A theme that was taken has settled what was told of the one before.
        for fault in library.0.faults() {
            director.problems.report(ProblemKind::Theme, Said::of(fault), now_us);
        }
    }
    if let Some(bank) = bank {
        sound.0.set_bank(bank);
    }
    if *horizon != Some(director.horizon()) {
        *horizon = Some(director.horizon());
        // On air nobody must hear that a line was cut; at the desk a seek ends what rang.
        if supply.live.is_some() { sound.0.resync(now_us) } else { sound.0.reset(now_us) }
    }
    let (from_us, to_us) = (now_us.saturating_sub(GRACE_US), now_us.saturating_add(LOOKAHEAD_US));
    let wanted = director.cues(from_us, to_us);
    sound.0.set_course(director.course(from_us, to_us));
    let moment = Moment { show_us: now_us, at: clock.at, rate: rate(&director) };
    sound.0.update(&wanted, moment);
    match sound.0.status() {
        AudioStatus::Silent { why } => {
            // Once for as long as it lasts; a device that is tried again every few seconds would fill the list.
            if director.problems.present().all(|problem| problem.kind != ProblemKind::Sound) {
                director.problems.report(ProblemKind::Sound, Said::of(why), now_us);
            }
        }
        AudioStatus::Running { .. } => director.problems.settle(ProblemKind::Sound, now_us),
        AudioStatus::Opening => {}
    }
}

/// Show seconds per second.
fn rate(director: &Director) -> f64 {
    match director.transport() {
        Some(transport) if transport.playing => transport.rate(),
        Some(_) => 0.0,
        None => 1.0,
    }
}

/// Hands the console what it shows of the rooms it does not know.
pub fn tell_console(
    mut view: ResMut<View>,
    sound: Res<Sound>,
    director: Res<Director>,
    supply: Res<Supply>,
    on_air: Res<OnAir>,
    program: Res<Program>,
    image: Res<ProgramImage>,
) {
    let running = director.transport().is_none_or(|transport: &Transport| transport.playing);
    view.feed = supply.live.as_ref().map(|session| session.feed.health());
    view.recording = supply.live.as_ref().and_then(|session| session.tape()).map(std::path::Path::to_owned);
    let levels = sound.0.levels();
    view.audio = AudioView {
        status: sound.0.status().clone(),
        muted: levels.muted(),
        master_db: levels.master_db(),
        level_dbfs: if running { sound.0.level_dbfs(director.now_us()) } else { f32::NEG_INFINITY },
        cues: Cue::ALL
            .iter()
            .map(|cue| {
                let level = levels.cue(*cue);
                CueView { name: cue.name(), gain_db: level.gain_db, muted: level.muted }
            })
            .collect(),
    };
    view.raster = on_air.output.map(|output| output.raster);
    view.pictures = on_air
        .output
        .map(|output| Picture {
            name: format!("{:?}", output.class).to_lowercase(),
            role: Role::Program,
            image: Some(image.0.id()).filter(|id| *id != AssetId::default()),
            raster: output.raster,
            frame: program.frame.clone(),
        })
        .into_iter()
        .collect();
    view.pace = if on_air.in_software == Some(true) { Duration::from_millis(80) } else { Duration::from_millis(33) };
}

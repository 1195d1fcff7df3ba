//! What goes on air: the frames for the stage, the cues for the sound; and what the console is told of both.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{prelude::*, render::renderer::RenderAdapterInfo};

use super::{
    clock::Clock,
    displays::Displays,
    pace::Throttle,
    receive::{Supply, Watch},
    routed::Routed,
    tapped::Tapped,
};
use crate::{
    console::{AudioView, CueView, Picture, Role, View},
    director::{Director, ProblemKind, Said, Transport},
    show::{cue::Cue, cues::sync_blips, frame::Output, theme::Theme},
    sound::{AudioStatus, Engine, FILM, GRACE_US, LOOKAHEAD_US, Library, Moment, SoundSet},
    stage::{OutputId, Outputs},
};

/// As large as it is looked at, px.
const PREVIEW_WIDTH: f32 = 960.0;

/// The outputs that are open.
#[derive(Resource, Default)]
pub struct OnAir {
    /// Those that have a window, from when it has its size until it closes; and every picture that is routed.
    pub windows: BTreeMap<OutputId, Output>,
    /// What the desk sees of the frame that it is about to put on air; none while nobody looks at it.
    pub preview: Option<Output>,
    /// Whether the program's picture differs from the last frame's.
    pub moves: bool,
    /// Whether the processor draws, so that there is no screen's pace to follow.
    pub in_software: Option<bool>,
    /// When the outputs that nobody broadcasts were last composed.
    beside_at: Throttle,
}

impl OnAir {
    /// What the hall sees; none until its window is open.
    pub fn program(&self) -> Option<Output> {
        self.windows.get(&OutputId::PROGRAM).copied()
    }

    /// What the console shows of them.
    fn pictures(&self, outputs: &Outputs, routed: &Routed) -> Vec<Picture> {
        let named: BTreeMap<OutputId, usize> = routed.pictures().map(|(i, id)| (id, i)).collect();
        let name = |id| named.get(&id).and_then(|i| routed.routes.get(*i)).map(|route| route.name.clone());
        let preview = self.preview.map(|output| (OutputId::PREVIEW, output));
        let open = self.windows.iter().map(|(id, output)| (*id, *output)).chain(preview);
        open.map(|(id, output)| Picture {
            name: name(id).unwrap_or_else(|| output.class.name().to_owned()),
            role: match id {
                OutputId::PREVIEW => Role::Preview,
                OutputId::HOST => Role::Host,
                OutputId::PROGRAM => Role::Program,
                _ => Role::Routed,
            },
            names: (0..routed.routes.len())
                .filter(|i| routed.picture(*i) == id)
                .filter_map(|i| routed.routes.get(i).map(|route| route.name.clone()))
                .collect(),
            image: outputs.image(id).map(|image| image.id()),
            raster: output.raster,
            frame: outputs.frame(id).cloned(),
        })
        .collect()
    }

    fn is_open(&self, id: OutputId) -> bool {
        self.windows.contains_key(&id) || (id == OutputId::PREVIEW && self.preview.is_some())
    }

    /// How often what is read at a desk changes at most: the program comes first.
    fn pace(&self) -> Duration {
        if self.in_software == Some(true) { Duration::from_millis(80) } else { Duration::from_millis(33) }
    }

    /// Whether a frame at `now` also has the outputs that nobody broadcasts.
    fn due(&mut self, now: Instant) -> bool {
        self.beside_at.due(now, self.pace())
    }
}

/// The live sound.
#[derive(Resource)]
pub struct Sound(pub Engine);

/// The cues of the theme on air, being rendered or rendered.
#[derive(Resource, Default)]
pub struct Cues(pub Library);

/// Opens the preview while there is something to be seen in it that is not on air.
pub fn open_preview(director: Res<Director>, view: Res<View>, mut on_air: ResMut<OnAir>) {
    let wanted = on_air.program().filter(|_| director.previews() || view.next_hall.is_some()).map(|program| {
        let (width, height) = program.raster;
        let scale = (PREVIEW_WIDTH / width.max(1) as f32).min(1.0);
        let raster = ((width as f32 * scale).round() as u32, (height as f32 * scale).round() as u32);
        Output { raster, lang: view.next_hall.unwrap_or(view.hall), ..program }
    });
    if on_air.preview != wanted {
        on_air.preview = wanted;
    }
}

/// Composes every open output's frame of this instant; an equal one is the same and nothing is drawn.
pub fn compose(
    mut director: ResMut<Director>,
    mut routed: ResMut<Routed>,
    mut on_air: ResMut<OnAir>,
    mut outputs: ResMut<Outputs>,
    clock: Res<Clock>,
    view: Res<View>,
    adapter: Option<Res<RenderAdapterInfo>>,
) {
    let quality = director.quality();
    routed.quality = quality;
    let routes: BTreeMap<OutputId, usize> = routed.pictures().map(|(i, id)| (id, i)).collect();
    for (id, output) in &mut on_air.windows {
        *output = match routes.get(id).and_then(|i| routed.output(*i, view.hall)) {
            Some(routed) => routed,
            None => Output { lang: view.hall, quality, ..*output },
        };
    }
    if on_air.in_software.is_none() {
        on_air.in_software = adapter.map(|info| info.device_type == wgpu::DeviceType::Cpu);
    }
    outputs.retain(|id| on_air.is_open(id));
    let due = on_air.due(clock.at);
    let on_air = &mut *on_air;
    on_air.moves = false;
    for (id, output) in &on_air.windows {
        let is_broadcast = *id != OutputId::HOST;
        if is_broadcast || due || outputs.frame(*id).is_none() {
            let own = routes.get(id).and_then(|i| routed.frame(*i, &mut director, view.hall));
            let is_new = outputs.set(*id, own.unwrap_or_else(|| director.frame(output)));
            on_air.moves |= is_broadcast && is_new;
        }
    }
    if let Some(output) = on_air.preview.filter(|_| due) {
        outputs.set(OutputId::PREVIEW, director.preview(&output));
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
    mut told: Local<Vec<String>>,
    mut library: ResMut<Cues>,
    mut tapped: ResMut<Tapped>,
    watch: Res<Watch>,
    routed: Res<Routed>,
) {
    let now_us = director.now_us();
    let bank = library.0.poll(&director.theme().programme().sounds, watch.0.folders());
    let is_new = themed.as_ref().is_none_or(|theme| !Arc::ptr_eq(theme, director.theme()));
    if is_new {
        sound.0.set_theme(&SoundSet::themed(&director.theme().programme().sounds));
        *themed = Some(Arc::clone(director.theme()));
    }
    if is_new || bank.is_some() {
        // What was told of the theme before, or of a file that was mended, is over.
        for before in told.drain(..) {
            director.problems.settle_one(ProblemKind::Theme, &before, now_us);
        }
        for said in library.0.faults().iter().map(Said::of) {
            told.push(said.what.clone());
            director.problems.report(ProblemKind::Theme, said, now_us);
        }
    }
    if let Some(bank) = bank {
        tapped.set_bank(Arc::clone(&bank));
        sound.0.set_bank(bank);
    }
    if *horizon != Some(director.horizon()) {
        *horizon = Some(director.horizon());
        // On air nobody must hear that a line was cut; at the desk a seek ends what rang.
        if supply.live.is_some() { sound.0.resync(now_us) } else { sound.0.reset(now_us) }
    }
    let (from_us, to_us) = (now_us.saturating_sub(GRACE_US), now_us.saturating_add(LOOKAHEAD_US));
    let mut wanted = director.cues(from_us, to_us);
    if routed.beeps() {
        wanted.extend(sync_blips(from_us, to_us));
        wanted.sort_by_key(|cue| cue.at_us);
    }
    sound.0.set_course(director.course(from_us, to_us));
    sound.0.set_plays(director.films(from_us, to_us));
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
pub(super) fn rate(director: &Director) -> f64 {
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
    outputs: Res<Outputs>,
    (routed, displays, clock): (Res<Routed>, Res<Displays>, Res<Clock>),
    mut told: Local<Option<(u64, u64, bool)>>,
    mut told_at: Local<Throttle>,
) {
    // No more often than it is drawn.
    if !told_at.due(clock.at, on_air.pace()) {
        return;
    }
    let now = (routed.revision, displays.changes(), routed.is_unsaved());
    if told.replace(now) != Some(now) {
        view.routes = routed.view(&displays.here());
    }
    let running = director.transport().is_none_or(|transport: &Transport| transport.playing);
    view.feed = supply.live.as_ref().map(|session| session.feed.health());
    view.recording = supply.live.as_ref().and_then(|session| session.tape()).map(std::path::Path::to_owned);
    let levels = sound.0.levels();
    view.audio = AudioView {
        status: sound.0.status().clone(),
        muted: levels.muted(),
        master_db: levels.master_db(),
        level_dbfs: if running { sound.0.level_dbfs(director.now_us()) } else { f32::NEG_INFINITY },
        cues: std::iter::once((FILM, levels.film()))
            .chain(Cue::themed().map(|cue| (cue.name(), levels.cue(cue))))
            .map(|(name, level)| CueView { name, gain_db: level.gain_db, muted: level.muted })
            .collect(),
    };
    view.raster = on_air.program().map(|output| output.raster);
    view.pictures = on_air.pictures(&outputs, &routed);
    view.pace = on_air.pace();
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;
    use serde_json::json;

    use super::*;
    use crate::{
        show::{
            frame::Class,
            tape::{Tape, Timeline},
        },
        themes,
        typeset::Typesetter,
    };

    const PACE: Duration = Duration::from_millis(33);

    /// A desk whose tape holds two slates, a second apart.
    fn desk() -> World {
        let slates = (1..=2).map(|seq| {
            let data = json!({"kind": "message", "title": format!("第 {seq} 页")});
            let env =
                json!({"v": 1, "epoch": "e", "seq": seq, "at": seq * 1_000_000, "type": "slate.shown", "data": data});
            json!({"rx": 0, "lane": "feed", "env": env}).to_string() + "\n"
        });
        let tape = Tape::parse(&("{\"tape\":1}\n".to_owned() + &slates.collect::<String>())).unwrap();
        let set = Arc::new(Typesetter::new());
        let mut world = World::new();
        world.insert_resource(Director::rehearse(Timeline::new(tape), themes::built_in().unwrap(), set));
        world.init_resource::<OnAir>();
        world.init_resource::<Routed>();
        world.insert_resource(View::new(crate::locale::Lang::Zh, String::new()));
        world.init_resource::<Outputs>();
        world.init_resource::<Clock>();
        world
    }

    fn frame(world: &mut World, after: Duration) {
        world.resource_mut::<Clock>().at += after;
        world.run_system_once(compose).unwrap();
    }

    fn raster(world: &World, id: OutputId) -> Option<(u32, u32)> {
        world.resource::<Outputs>().frame(id).map(|frame| frame.raster)
    }

    #[test]
    fn every_output_that_is_open_has_its_frame_and_a_closed_one_none() {
        let mut world = desk();
        frame(&mut world, PACE);
        assert_eq!(world.resource::<Outputs>().ids().count(), 0, "no window, no picture");
        let mut on_air = world.resource_mut::<OnAir>();
        on_air.windows.insert(OutputId::PROGRAM, Output::of(Class::Wall, (1280, 360)));
        on_air.windows.insert(OutputId::HOST, Output::tv(640, 360));
        on_air.preview = Some(Output::tv(960, 540));
        frame(&mut world, PACE);
        let rasters = [OutputId::PROGRAM, OutputId::PREVIEW, OutputId::HOST].map(|id| raster(&world, id));
        assert_eq!(rasters, [Some((1280, 360)), Some((960, 540)), Some((640, 360))]);
        assert!(world.resource::<OnAir>().moves);

        let mut on_air = world.resource_mut::<OnAir>();
        on_air.preview = None;
        on_air.windows.remove(&OutputId::HOST);
        frame(&mut world, PACE);
        assert_eq!(world.resource::<Outputs>().ids().collect::<Vec<_>>(), [OutputId::PROGRAM]);
        assert!(!world.resource::<OnAir>().moves, "the program knows nothing of it");
    }

    #[test]
    fn the_program_has_every_frame_and_the_desk_as_many_as_it_can_read() {
        let mut world = desk();
        let mut on_air = world.resource_mut::<OnAir>();
        on_air.windows.insert(OutputId::PROGRAM, Output::tv(640, 360));
        on_air.windows.insert(OutputId::HOST, Output::tv(960, 540));
        frame(&mut world, PACE);
        let held = |world: &World, id| Arc::clone(world.resource::<Outputs>().frame(id).unwrap());
        let (program, host) = (held(&world, OutputId::PROGRAM), held(&world, OutputId::HOST));
        world.resource_mut::<Director>().seek(1_000_000);
        frame(&mut world, PACE / 2);
        assert!(!Arc::ptr_eq(&held(&world, OutputId::PROGRAM), &program), "at once");
        assert!(Arc::ptr_eq(&held(&world, OutputId::HOST), &host), "not yet");
        frame(&mut world, PACE);
        assert!(!Arc::ptr_eq(&held(&world, OutputId::HOST), &host), "and then it is up to date");
    }
}

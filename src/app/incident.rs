//! One key writes a bundle for the engineer: what is on air is gathered here, packed on a thread of its own.

use std::{
    collections::VecDeque,
    env,
    path::{Path, PathBuf},
    sync::Arc,
    thread::Builder,
};

use bevy::{prelude::*, render::renderer::RenderAdapterInfo, window::Monitor};
use crossbeam_channel::TryRecvError;
use crossbeam_channel::{Receiver, bounded};
use serde_json::{Value, json};

use super::{
    control::Remote,
    receive::{Supply, Watch},
    stamp,
    state::Known,
};
use crate::{
    console::View,
    control::Wake,
    desk::{Bundle, Command, IncidentError, Order, Orders, Part, Refused, log_lines, log_status},
    director::{Director, ProblemKind, Said},
    feed::Token,
    fonts,
    locale::{self, Lang},
    output::png_bytes,
    show::told::Words,
    stage::{Capture, Link, OutputId, Outputs},
};

/// Where bundles are written.
const FOLDER: &str = "incidents";
/// Files of the log that go with it, the newest.
const LOG_FILES: usize = 2;
/// Frames that a picture may take before the bundle goes without it.
const PATIENCE: u32 = 10;

/// A picture as it was read back.
struct Still {
    name: String,
    raster: (u32, u32),
    pixels: Vec<u8>,
}

/// How far a bundle is.
#[derive(Default)]
enum Stage {
    #[default]
    Idle,
    /// Pictures are read back, one a frame.
    Reading {
        waiting: VecDeque<OutputId>,
        frames: u32,
        stills: Vec<Still>,
    },
    Writing(Receiver<Result<PathBuf, IncidentError>>),
}

/// The bundle that is being made.
#[derive(Resource)]
pub struct Incident {
    stage: Stage,
    orders: Vec<Order>,
    secrets: Vec<Token>,
    wake: Arc<Wake>,
}

impl Incident {
    /// `secrets` are kept out of every bundle; `wake` rouses the event loop when one is written.
    pub fn new(secrets: impl IntoIterator<Item = Token>, wake: Wake) -> Self {
        let (stage, orders) = (Stage::default(), Vec::new());
        Self { stage, orders, secrets: secrets.into_iter().collect(), wake: Arc::new(wake) }
    }
}

/// Takes the wish for a bundle out of the orders; it is answered when the bundle is written.
pub fn obey(mut incident: ResMut<Incident>, mut orders: ResMut<Orders>, outputs: Option<Res<Outputs>>) {
    for order in orders.take() {
        if order.command != (Command::Incident {}) {
            orders.push(order);
        } else if matches!(incident.stage, Stage::Idle) {
            let waiting = outputs.as_ref().map(|outputs| outputs.ids().collect()).unwrap_or_default();
            incident.stage = Stage::Reading { waiting, frames: 0, stills: Vec::new() };
            incident.orders.push(order);
        } else {
            order.answer(Err(Refused(Words::new("incident-busy"))));
        }
    }
}

/// Asks for the next output's pixels, and takes those of the last frame. Nothing is read back at any other time.
pub fn read(mut incident: ResMut<Incident>, outputs: Res<Outputs>, link: Res<Link>, mut capture: ResMut<Capture>) {
    let Stage::Reading { waiting, frames, stills } = &mut incident.stage else { return };
    let Some(id) = waiting.front().copied() else { return };
    let raster = outputs.frame(id).map(|frame| frame.raster);
    *frames += 1;
    let mut shared = link.lock();
    let done = shared.of(id);
    let is_read = capture.0 == Some(id) && done.unread.is_empty() && !done.pixels.is_empty();
    if let Some(raster) = raster.filter(|_| is_read) {
        stills.push(Still { name: name(id), raster, pixels: done.pixels.clone() });
    }
    if is_read || raster.is_none() || *frames > PATIENCE {
        waiting.pop_front();
        *frames = 0;
    }
    capture.0 = waiting.front().copied();
}

fn name(id: OutputId) -> String {
    match id {
        OutputId::PROGRAM => "program".to_owned(),
        OutputId::PREVIEW => "preview".to_owned(),
        OutputId::HOST => "host".to_owned(),
        OutputId(number) => format!("output{number}"),
    }
}

/// Packs what was gathered, on a thread, and tells the operator where it is.
pub fn write(
    mut incident: ResMut<Incident>,
    mut director: ResMut<Director>,
    known: Res<Known>,
    supply: Res<Supply>,
    remote: Res<Remote>,
    view: Res<View>,
    watch: Res<Watch>,
    adapter: Option<Res<RenderAdapterInfo>>,
    monitors: Query<&Monitor>,
) {
    match &mut incident.stage {
        Stage::Idle => {}
        Stage::Reading { waiting, .. } if !waiting.is_empty() => {}
        Stage::Reading { stills, .. } => {
            let stills = std::mem::take(stills);
            let displays: Vec<Value> = monitors.iter().map(display).collect();
            let graphics = adapter.map(|info| {
                json!({"name": info.name, "driver": info.driver, "version": info.driver_info,
                    "backend": format!("{:?}", info.backend), "type": format!("{:?}", info.device_type)})
            });
            let mut parts = papers(&known, &director, &view);
            parts.push(page(
                "versions.json",
                &json!({
                    "program": concat!("leitai/", env!("CARGO_PKG_VERSION")), "system": system(),
                    "adapter": graphics, "displays": displays,
                    "fonts": fonts::user().fonts.iter().map(|font| format!("{font:?}")).collect::<Vec<_>>(),
                }),
            ));
            parts.extend(theme(&watch));
            parts.extend(tape(&supply, &view));
            parts.extend(log_files());
            parts.extend(stills.into_iter().map(picture));
            let secrets = incident.secrets.iter().chain(remote.secrets()).cloned().collect();
            let bundle = Bundle { folder: FOLDER.into(), stamp: stamp::now(), parts, secrets };
            incident.stage = begin(bundle, Arc::clone(&incident.wake));
        }
        Stage::Writing(written) => {
            if let Some(outcome) = outcome(written) {
                finish(&mut incident, &mut director, view.lang, outcome);
            }
        }
    }
}

/// What became of it, once that is known. Whoever wrote it may be gone without a word.
fn outcome(written: &Receiver<Result<PathBuf, IncidentError>>) -> Option<Result<PathBuf, IncidentError>> {
    match written.try_recv() {
        Ok(outcome) => Some(outcome),
        Err(TryRecvError::Empty) => None,
        Err(TryRecvError::Disconnected) => Some(Err(IncidentError::GivenUp)),
    }
}

/// Tells the operator and whoever asked; the next one may be written.
fn finish(incident: &mut Incident, director: &mut Director, lang: Lang, outcome: Result<PathBuf, IncidentError>) {
    let said = match &outcome {
        Ok(path) => {
            let path = path.display().to_string();
            Said { what: path.clone(), words: Words::new("incident-written").with("path", path) }
        }
        Err(error) => Said::of(error),
    };
    let sentence = locale::say(lang, &said.words);
    if outcome.is_ok() {
        tracing::info!("{sentence}");
    } else {
        tracing::error!("{sentence}");
    }
    let now_us = director.now_us();
    director.problems.report(ProblemKind::Incident, said, now_us);
    incident.stage = Stage::Idle;
    let outcome = outcome.map(|_| ()).map_err(|error| Refused::of(&error));
    incident.orders.drain(..).for_each(|order| order.answer(outcome.clone()));
}

/// Rouses the event loop when the writing has ended, however it has.
struct Rouse(Arc<Wake>);

impl Drop for Rouse {
    fn drop(&mut self) {
        (self.0)();
    }
}

fn begin(bundle: Bundle, wake: Arc<Wake>) -> Stage {
    let (done, written) = bounded(1);
    let failed = done.clone();
    let spawned = Builder::new().name("bundle".to_owned()).spawn(move || {
        let _rouse = Rouse(wake);
        // Gone before the loop is roused: it is to see then that no word will come.
        let done = done;
        // The program that has ended meanwhile needs no word.
        let _gone = done.send(bundle.write()).is_err();
    });
    if let Err(error) = spawned {
        let _gone = failed.send(Err(IncidentError::Thread { error })).is_err();
    }
    Stage::Writing(written)
}

/// What can be said in words.
fn papers(known: &Known, director: &Director, view: &View) -> Vec<(String, Part)> {
    let theme = &director.theme().name;
    let edits: Vec<String> = director.edits().iter().map(|edit| format!("{edit:?}")).collect();
    let settings = json!({
        "lang": format!("{:?}", view.lang), "name": view.name, "theme": theme,
        "edits": edits,
        "arguments": env::args().map(|arg| without_query(&arg)).collect::<Vec<_>>(),
        "folder": env::current_dir().ok(),
    });
    let log = Part::Text(Box::new(|| log_lines().iter().fold(String::new(), |text, line| text + line + "\n")));
    vec![
        page("state.json", &json!(known.state)),
        page("problems.json", &json!(known.state.problems)),
        page("settings.json", &settings),
        ("log.txt".to_owned(), log),
    ]
}

/// The theme's own files; one that the program carries is named in the settings.
fn theme(watch: &Watch) -> Vec<(String, Part)> {
    let mut found = Vec::new();
    for folder in watch.0.folders() {
        let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
        let mut texts: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|kind| kind == "ron")).collect();
        texts.sort();
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of = name(folder);
        found.extend(texts.into_iter().map(|path| (format!("theme/{of}/{}", name(&path)), Part::File(path))));
    }
    found
}

/// The tape so far, or the one that is rehearsed where it lies on this machine.
fn tape(supply: &Supply, view: &View) -> Option<(String, Part)> {
    let path = match &supply.live {
        Some(session) => session.tape()?.to_owned(),
        None => Some(Path::new(&view.name)).filter(|path| path.is_file())?.to_owned(),
    };
    Some(("tape.ndjson".to_owned(), Part::File(path)))
}

/// The newest of what the log has on disk: what came before the lines that are remembered.
fn log_files() -> Vec<(String, Part)> {
    let files = log_status().files;
    let newest = files.into_iter().rev().take(LOG_FILES);
    newest.enumerate().map(|(back, path)| (format!("log/{back}-back.txt"), Part::File(path))).collect()
}

fn picture(still: Still) -> (String, Part) {
    let Still { name, raster, pixels } = still;
    let make = move || png_bytes(raster, &pixels).ok();
    (format!("stills/{name}.png"), Part::Picture(Box::new(make)))
}

fn page(name: &str, value: &Value) -> (String, Part) {
    (name.to_owned(), Part::text(format!("{value:#}\n")))
}

fn display(monitor: &Monitor) -> Value {
    json!({"name": monitor.name, "width": monitor.physical_width, "height": monitor.physical_height,
        "x": monitor.physical_position.x, "y": monitor.physical_position.y, "scale": monitor.scale_factor,
        "refresh_mhz": monitor.refresh_rate_millihertz})
}

/// What an address asks for may be a secret.
fn without_query(arg: &str) -> String {
    arg.split_once('?')
        .filter(|(url, _)| url.contains("://"))
        .map_or_else(|| arg.to_owned(), |(url, _)| format!("{url}?…"))
}

fn system() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let name = |text: &str| text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=").map(str::to_owned));
    let distribution = name(&read("/etc/os-release")).unwrap_or_default();
    format!("{} {} {distribution} {}", env::consts::OS, env::consts::ARCH, read("/proc/version").trim())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{desk::Hand, themes, typeset::Typesetter};

    #[test]
    fn a_bundle_whose_writer_is_gone_is_told_and_answered() {
        let folder = tempfile::tempdir().unwrap();
        let ((roused, rouses), (answer, answers)) = (bounded(8), bounded(8));
        let wake = Arc::new(Box::new(move || roused.send(()).unwrap()) as Wake);
        let mut incident = Incident::new([], Box::new(|| {}));
        let told = move |outcome: crate::desk::Outcome| answer.send(outcome).unwrap();
        incident.orders.push(Order::answered(Command::Incident {}, Hand::Remote, told));
        let mut director = Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()));

        let broken = Part::Text(Box::new(|| panic!("a fault of the program's own")));
        let parts = vec![("log.txt".to_owned(), broken)];
        let bundle = Bundle { folder: folder.path().into(), stamp: "x".to_owned(), parts, secrets: vec![] };
        let Stage::Writing(written) = begin(bundle, wake) else { panic!("it is being written") };
        rouses.recv_timeout(Duration::from_secs(60)).unwrap();
        let seen = outcome(&written).expect("the loop that was roused sees it");
        assert!(matches!(seen, Err(IncidentError::GivenUp)));
        incident.stage = Stage::Writing(written);
        finish(&mut incident, &mut director, Lang::En, seen);

        assert!(answers.try_recv().unwrap().is_err(), "whoever asked is told");
        assert!(incident.orders.is_empty() && matches!(incident.stage, Stage::Idle), "the next one may be written");
        let problem = director.problems.present().find(|problem| problem.kind == ProblemKind::Incident).unwrap();
        assert!(problem.sentence(Lang::En).contains("given up") && problem.sentence(Lang::Zh).contains("中止"));
    }
}

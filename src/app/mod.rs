//! The program with its windows: what runs, in which phases, and how it ends.

mod air;
mod beside;
mod chosen;
mod clock;
mod commands;
mod control;
pub mod displays;
mod edid;
mod effort;
mod film_sound;
mod films;
mod foresee;
mod foresight;
mod guarded;
mod headless;
mod incident;
mod keys;
mod mishaps;
mod outputs_file;
mod own;
mod own_themes;
mod pace;
mod receive;
mod recorder;
mod room;
#[cfg(debug_assertions)]
mod rough;
pub mod routed;
mod screens;
mod session;
pub mod signals;
mod sinks;
mod spare;
pub mod stamp;
mod state;
mod surfaces;
mod tapped;
mod unattended;
mod vitals;
mod ways;
mod windows;

use std::{os::unix::net::UnixStream, path::PathBuf};

use bevy::{
    app::{AppExit, TerminalCtrlCHandlerPlugin},
    log::LogPlugin,
    prelude::*,
    render::{Render, RenderApp, RenderSystems, pipelined_rendering::PipelinedRenderingPlugin},
    window::ExitCondition,
    winit::{EventLoopProxyWrapper, WinitUserEvent},
};

pub use chosen::Chosen;
pub use control::{Remote, RemoteOptions};
pub use films::{Films, folders as film_folders, wants_now as films_now, wants_of as films_of};
pub use guarded::{Guarded, tape as tape_to_go_on_with, tell as tell_past};
pub use headless::Outputs;
pub use receive::{report_fonts, report_stage, report_theme, take_theme};
pub use session::{LiveSession, SessionError};
pub use sinks::WrittenOutput;
pub use spare::Spare;
pub use unattended::Unattended;

use crate::{
    console,
    control::ControlError,
    director::{Director, Phase},
    feed::FeedOptions,
    guard::{Link, Past},
    locale::Lang,
    show::frame::{Class, Output},
    show::{rules::Rulebook, told::told},
    sound::{Engine, device},
    spare::{DialOptions, DialProblem},
    stage::{self, StageSystems},
    themes::ThemeWatch,
};

/// Who supplies the events.
#[expect(clippy::large_enum_variant, reason = "there is one in the program, made once")]
pub enum AppMode {
    /// The director's own tape.
    Rehearse,
    /// A feed, recorded to `tape` (or to a new one); as the spare of another machine, where one is named.
    Live { feed: FeedOptions, tape: Option<PathBuf>, spare: Option<DialOptions> },
}

/// Where an output goes.
#[derive(Clone, Debug, Default)]
pub struct WindowPlace {
    pub class: Class,
    /// Raster, physical px; without one the monitor decides.
    pub raster: Option<(u32, u32)>,
    /// Fills this monitor, by its name or its number from 1; else it is a window like others.
    pub monitor: Option<String>,
}

/// What the windows are opened with.
pub struct AppOptions {
    pub mode: AppMode,
    pub director: Director,
    pub watch: ThemeWatch,
    /// The operator's language, and that of the words on the picture.
    pub lang: Lang,
    /// Whether it was asked for; else the operator's window opens in the one it was left in.
    pub is_lang_given: bool,
    /// The tape or the feed, as the operator named it.
    pub name: String,
    pub program: WindowPlace,
    /// Where the host's screen goes, whenever it is opened.
    pub host: WindowPlace,
    /// Whether it is opened at once.
    pub with_host: bool,
    /// Whether the operator's window is opened.
    pub console: bool,
    /// The outputs of a file, in place of the program's one window; none without a file.
    pub routed: routed::Routed,
    /// Where the show's films lie.
    pub film_folders: Vec<PathBuf>,
    /// Questions that can be shown from the desk.
    pub bank: Vec<console::BankView>,
    /// Says what answers bring where the feed does not.
    pub book: Option<Rulebook>,
    pub remote: RemoteOptions,
    /// The line to the guard and what it told, where there is one.
    pub guard: Option<(Link, Past)>,
}

/// Why the windows do not open, or why they closed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error(
        "There is no display here (DISPLAY is not set). Use `leitai still`, `leitai export` or `leitai live --headless`."
    )]
    NoDisplay,
    #[error(transparent)]
    Stage(#[from] stage::StageError),
    #[error(transparent)]
    Session(#[from] SessionError),
    #[error(transparent)]
    Remote(#[from] ControlError),
    #[error(transparent)]
    Spare(#[from] DialProblem),
    #[error("The renderer failed and the program had to end; start it again, a recorded session goes on with --tape.")]
    Renderer,
}

told!(AppError {
    NoDisplay => "app-no-display",
    Renderer => "app-renderer",
    ; Stage, Session, Remote, Spare
});

/// Opens the windows and returns when the operator ends the show.
///
/// # Errors
/// When there is no display, no graphics adapter, or the session or the remote control that was asked for cannot begin.
pub fn run(options: AppOptions) -> Result<(), AppError> {
    let AppOptions {
        mode,
        mut director,
        watch,
        lang,
        is_lang_given,
        name,
        program,
        host,
        with_host,
        console: with_console,
        mut routed,
        film_folders,
        bank,
        book,
        remote,
        guard,
    } = options;
    if !display_answers() {
        return Err(AppError::NoDisplay);
    }
    // While the window comes up the cues are rendered: the first of them is heard.
    let mut cues = air::Cues::default();
    cues.0.poll(&director.theme().programme().sounds, watch.folders());
    let mut app = App::new();
    app.set_error_handler(bevy::ecs::error::error);
    app.add_plugins(plugins(with_console.then(|| console::window(lang))));
    if app.get_sub_app(RenderApp).is_none() {
        return Err(stage::StageError::NoAdapter.into());
    }
    tracing::debug!("start: the engine");
    let proxy = (**app.world().resource::<EventLoopProxyWrapper>()).clone();
    let wake = move || {
        // A loop that has ended needs no waking.
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    };
    let remote = Remote::start(remote, &mut director, lang, Box::new(wake.clone()))?;
    let sinks = sinks::Sinks::default();
    let effort = effort::Effort::default();
    let mut secrets = Vec::new();
    let (guard, past) = guard.map_or_else(Default::default, |(link, past)| (Some(link), past));
    let chosen = Chosen::of(&past);
    let mut spare = spare::Spare::default();
    let live = match mode {
        AppMode::Rehearse => None,
        AppMode::Live { mut feed, tape, spare: dialled } => {
            let fallback = program.raster.unwrap_or_else(|| raster_of(program.class));
            let outputs = vec![(program.class.name().to_owned(), Output::of(program.class, fallback))];
            spare = spare::Spare::start(&remote, dialled.as_ref())?.of(outputs);
            spare = spare.go_on(chosen.part(), past.away_us());
            secrets.extend(feed.token.iter().chain(dialled.as_ref().map(|dialled| &dialled.token)).cloned());
            feed.on_item = Some(Box::new(wake.clone()));
            let tape = guarded::tape(&past, tape.as_deref(), &mut director);
            let mut live = LiveSession::start(feed, tape.as_deref(), &mut director)?;
            live.go_on_from(past.clock.as_ref().map(|clock| clock.now_us()), chosen.away());
            Some(live)
        }
    };
    guarded::tell(&past, &mut director);
    let (own, kept) = own::open(&mut director);
    routed.look_after(&mut director);
    let displays = displays::Displays::watch(wake.clone()).unwrap_or_else(|error| {
        // It matters only where an output is to fill a display, and is told then.
        tracing::debug!("{error}");
        displays::Displays::default()
    });
    let mut view = console::View::new(lang, name);
    view.bank = std::sync::Arc::new(bank);
    if let (Some(kept), false) = (own.lang(), is_lang_given) {
        view.lang = kept;
    }
    let films = Films::new(film_folders);
    let (mut sound, mut next) =
        (air::Sound(Engine::new(std::sync::Arc::default(), device::default_opener())), default());
    if past.restarts > 0 {
        chosen.restore(&mut view, &mut sound, &mut routed, &mut next);
    }
    let with_host = with_host || chosen.host();
    app.insert_resource(mishaps::handler())
        .insert_resource(incident::Incident::new(secrets, Box::new(wake.clone())))
        .insert_resource(own)
        .insert_resource(foresight::Book(book))
        .insert_resource(kept)
        .insert_resource(signals::Ended::listen(wake))
        .insert_resource(remote)
        .insert_resource(spare)
        .init_resource::<state::Known>()
        .insert_resource(receive::Supply { live })
        .insert_resource(receive::Watch(watch))
        .insert_resource(sound)
        .insert_resource(cues)
        .insert_resource::<commands::NextTheme>(next)
        .insert_resource(screens::Places { program, host, with_host })
        .insert_resource(films::reels(&films))
        .insert_resource(films)
        .insert_resource(director)
        .insert_resource(routed)
        .insert_resource(sinks.clone())
        .insert_resource(effort.clone())
        .init_resource::<tapped::Tapped>()
        .init_resource::<film_sound::FilmSounds>()
        .insert_resource(displays)
        .init_resource::<outputs_file::OutputsFile>()
        .insert_resource(view)
        .init_resource::<clock::Clock>()
        .init_resource::<vitals::Vitals>()
        .init_resource::<air::OnAir>()
        .init_resource::<crate::desk::Orders>()
        .init_resource::<console::Wishes>()
        .configure_sets(
            Update,
            (Phase::Receive, Phase::Reduce, Phase::Compose, Phase::Draw, Phase::Sound, Phase::Capture).chain(),
        )
        // Layers are drawn and composited by the renderer, after all systems; what asks it to lies here.
        .configure_sets(Update, StageSystems.in_set(Phase::Draw))
        .add_plugins((stage::plugin, windows::plugin, surfaces::plugin))
        .add_systems(
            Update,
            (
                keys::read,
                control::receive,
                incident::obey,
                commands::obey,
                signals::obey,
                receive::receive,
                spare::receive,
                outputs_file::receive,
            )
                .chain()
                .in_set(Phase::Receive),
        )
        .add_systems(Update, (receive::reduce, films::follow).chain().in_set(Phase::Reduce))
        .add_systems(
            Update,
            (air::compose, foresee::foresee, sinks::follow, incident::read).chain().in_set(Phase::Compose),
        )
        .add_systems(Update, (film_sound::follow, spare::hush, air::sound, tapped::draw).chain().in_set(Phase::Sound))
        .add_systems(
            Update,
            (vitals::look, spare::tell, state::gather, incident::write, control::tell).chain().in_set(Phase::Capture),
        )
        .add_systems(First, (effort::measure, mishaps::ask))
        .add_systems(Last, (pace::set, pace::tell, pace::tell_first));
    if let Some(link) = guard {
        app.insert_resource(guarded::Guarded::new(link, &chosen))
            .add_systems(Update, guarded::obey.in_set(Phase::Receive))
            .add_systems(Update, guarded::put_back.in_set(Phase::Sound).after(air::sound))
            .add_systems(
                Update,
                guarded::announce.in_set(Phase::Receive).after(control::receive).before(commands::obey),
            )
            .add_systems(Last, guarded::beat.after(pace::set));
    }
    #[cfg(debug_assertions)]
    app.add_plugins(rough::plugin);
    if with_console {
        app.add_plugins(console::plugin).add_systems(
            Update,
            (air::open_preview, air::tell_console, sinks::tell_console, foresight::tell, own::keep, own::tell_failures)
                .after(Phase::Sound),
        );
    }
    if !with_console {
        stage::unseen(&mut app);
    }
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(sinks.clone())
            .insert_resource(effort)
            .add_systems(Render, (sinks::hand_in, effort::done).chain().in_set(RenderSystems::Cleanup));
    }
    app.add_plugins(OneThread);
    tracing::debug!("start: feed, desk and systems");
    let exit = app.run();
    // The windows are closed: what is written may take its time now.
    sinks.lock().written.finish();
    match exit {
        AppExit::Success => Ok(()),
        AppExit::Error(_) => Err(AppError::Renderer),
    }
}

/// As large as a class's canvas, px.
fn raster_of(class: Class) -> (u32, u32) {
    let (width, height) = class.canvas();
    (width as u32, height as u32)
}

/// Bevy's plugins as the program uses them: own log, own signals, no pipelining, windows that close when we say so.
fn plugins(console: Option<Window>) -> bevy::app::PluginGroupBuilder {
    DefaultPlugins
        .set(WindowPlugin {
            primary_window: console,
            exit_condition: ExitCondition::DontExit,
            close_when_requested: false,
            ..default()
        })
        .set(stage::renderer())
        .disable::<PipelinedRenderingPlugin>()
        .disable::<TerminalCtrlCHandlerPlugin>()
        .disable::<LogPlugin>()
}

/// Both worlds on one thread, once every schedule is there.
struct OneThread;

impl Plugin for OneThread {
    fn build(&self, _app: &mut App) {}

    fn cleanup(&self, app: &mut App) {
        stage::single_threaded(app);
    }
}

/// Whether a display is named and, where it is on this machine, answers: the window library panics where it does not.
pub fn display_answers() -> bool {
    let Some(name) = std::env::var("DISPLAY").ok().filter(|name| !name.is_empty()) else { return false };
    match name.strip_prefix(':').map(|rest| rest.split('.').next().unwrap_or(rest)) {
        Some(number) => {
            let path = format!("/tmp/.X11-unix/X{number}");
            UnixStream::connect(path).is_ok() || abstract_socket_answers(number)
        }
        None => true,
    }
}

/// X servers may listen in the abstract namespace only.
fn abstract_socket_answers(number: &str) -> bool {
    use std::os::linux::net::SocketAddrExt;
    let name = format!("/tmp/.X11-unix/X{number}");
    std::os::unix::net::SocketAddr::from_abstract_name(name)
        .and_then(|address| UnixStream::connect_addr(&address))
        .is_ok()
}

#[cfg(test)]
mod faults_tests;
#[cfg(test)]
mod hands_tests;

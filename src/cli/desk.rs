//! `leitai rehearse` and `leitai live` in windows; and the director that every command which draws begins with.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::{Global, Live, Rehearse, Remote, Windows},
    error::CliError,
    films, outputs, rules,
    size::Size,
    tape::{self, DEMO},
};
use crate::{
    app::{self, AppMode, AppOptions, RemoteOptions, WindowPlace},
    console::BankView,
    control::{DEFAULT_ADDR, Files, OscOptions},
    director::Director,
    feed::{FeedOptions, Token},
    guard::{Link, Past},
    locale::Lang,
    show::{
        desk::Act,
        frame::{Class, Output},
        tape::Timeline,
        theme::Theme,
    },
    spare::DialOptions,
    themes::{self, OnAir},
    typeset::Typesetter,
};

/// What the host reads.
const HOST: Class = Class::Confidence;

impl Default for Rehearse {
    fn default() -> Self {
        Self {
            tape: DEMO.to_owned(),
            from: None,
            paused: false,
            no_mark: false,
            headless: false,
            duration: None,
            json: false,
            windows: Windows::default(),
            remote: Remote::default(),
        }
    }
}

pub fn rehearse(global: &Global, args: &Rehearse) -> Result<(), CliError> {
    let (on_air, director) = rehearsing(global, args)?;
    windows(global, on_air, director, AppMode::Rehearse, &args.tape, &args.windows, &args.remote, None)
}

/// The tape as it was asked for, at its place, at play unless it is to wait.
pub fn rehearsing(global: &Global, args: &Rehearse) -> Result<(OnAir, Director), CliError> {
    let timeline = tape::open(&args.tape, global.lang())?;
    tracing::debug!("start: the tape");
    let position_us = args.from.map_or(Ok(0), |from| tape::within(&timeline, from))?;
    let on_air = themes::on_air(&global.theme)?;
    let mut director = on_tape(timeline, &on_air.theme);
    director.seek(position_us);
    if !args.no_mark {
        // No tape's own act: whoever rehearses says so on every output, and takes it off by an act of their own.
        if let Err(refusal) = director.act(Act::Mark { on: true }) {
            tracing::warn!("{refusal}");
        }
    }
    if !args.paused {
        director.play();
    }
    Ok((on_air, director))
}

pub fn live(global: &Global, args: &Live) -> Result<(), CliError> {
    let guard = Link::join();
    let on_air = on_air(global, guard.as_ref().map(|(_, past)| past))?;
    let director = Director::live(Arc::clone(&on_air.theme), Arc::new(Typesetter::new()));
    let mode = AppMode::Live { feed: feed_options(args)?, tape: args.tape.clone(), spare: spare_options(args)? };
    // The address may hold a secret: the connection says it in its own words.
    windows(global, on_air, director, mode, "", &args.windows, &args.remote, guard)
}

/// The theme that the desk had taken before a restart, else the one that was asked for.
pub fn on_air(global: &Global, past: Option<&Past>) -> Result<OnAir, CliError> {
    let chosen = past.map(app::Chosen::of).unwrap_or_default();
    let taken = chosen.theme().and_then(|name| themes::on_air(name).ok()).filter(|taken| taken.fault.is_none());
    Ok(taken.map_or_else(|| themes::on_air(&global.theme), Ok)?)
}

fn windows(
    global: &Global,
    on_air: OnAir,
    mut director: Director,
    mode: AppMode,
    name: &str,
    wanted: &Windows,
    remote: &Remote,
    guard: Option<(Link, Past)>,
) -> Result<(), CliError> {
    if let Some(fault) = &on_air.fault {
        app::report_theme(&mut director, fault);
    }
    app::report_fonts(&mut director);
    if wanted.full_quality {
        director.pin_quality();
    }
    let lang = global.lang();
    let book = wanted.rules.as_deref().map(rules::read).transpose()?;
    tracing::debug!("start: theme, fonts and director");
    let raster = |size: Option<Size>| size.map(|size| (size.width, size.height));
    let tape = matches!(mode, AppMode::Rehearse).then_some(name);
    let film_folders =
        tape.map_or_else(|| app::film_folders(&wanted.media, None), |tape| films::folders(&wanted.media, tape));
    let routed = outputs::routed(wanted.outputs.as_deref(), &mut director);
    Ok(app::run(AppOptions {
        mode,
        director,
        watch: on_air.watch,
        lang,
        is_lang_given: global.lang.is_some(),
        name: name.to_owned(),
        program: WindowPlace { class: class(global), raster: raster(wanted.size), monitor: wanted.monitor.clone() },
        host: WindowPlace { class: HOST, raster: raster(wanted.host_size), monitor: wanted.host_monitor.clone() },
        with_host: wanted.host || wanted.host_size.is_some() || wanted.host_monitor.is_some(),
        console: !wanted.no_console,
        routed,
        film_folders,
        bank: bank(&wanted.questions, lang),
        book,
        remote: remote_options(remote, Some(DEFAULT_ADDR)),
        guard,
    })?)
}

/// The questions that can be shown from the desk, without their keys. What cannot be read is told and left out.
fn bank(paths: &[PathBuf], lang: Lang) -> Vec<BankView> {
    let mut found = Vec::new();
    for path in paths {
        let (questions, findings) = crate::bank::survey_bank(path);
        for finding in &findings {
            tracing::warn!("{}: {}", path.display(), crate::bank::sentence(finding, lang));
        }
        found.extend(questions.iter().map(|question| {
            let data = serde_json::to_value(question.question()).unwrap_or_default();
            BankView { id: question.id.clone(), stem: question.stem.clone(), data }
        }));
    }
    found
}

/// Remote control as it was asked for, else at its `usual` address.
pub fn remote_options(args: &Remote, usual: Option<SocketAddr>) -> RemoteOptions {
    RemoteOptions {
        listen: args.control.or(usual).filter(|_| !args.no_control),
        must: args.control.is_some() || args.control_token_file.is_some() || args.control_view_token_file.is_some(),
        tokens: Files { operate: args.control_token_file.clone(), view: args.control_view_token_file.clone() },
        osc: OscOptions { port: args.osc, from: args.osc_from.clone(), to: args.osc_to },
    }
}

/// A director for a tape, paused at its beginning.
pub fn on_tape(timeline: Timeline, theme: &Arc<Theme>) -> Director {
    let (faults, first_at) = (timeline.tape().problems.clone(), timeline.tape().first_at());
    let mut director = Director::rehearse(timeline, Arc::clone(theme), Arc::new(Typesetter::new()));
    tape::report(&faults, first_at, &mut director.problems);
    director
}

/// The class that was asked for, else the broadcast's.
fn class(global: &Global) -> Class {
    global.class.map_or(Class::Tv, Class::from)
}

/// The class that was asked for, else all of them.
pub fn classes(global: &Global) -> Vec<Class> {
    global.class.map_or_else(|| Class::ALL.to_vec(), |class| vec![class.into()])
}

/// The one output of the command line: of the size that was asked for, else as large as its class's canvas.
pub fn output(global: &Global, size: Option<Size>) -> Output {
    let class = class(global);
    let (width, height) = class.canvas();
    let raster = size.map_or((width as u32, height as u32), |size| (size.width, size.height));
    Output { lang: global.lang(), ..Output::of(class, raster) }
}

/// Address, token and authority, as the feed takes them.
pub fn feed_options(args: &Live) -> Result<FeedOptions, CliError> {
    let mut options = FeedOptions::new(&args.url);
    options.token = args.token_file.as_deref().map(token).transpose()?;
    options.ca.clone_from(&args.ca);
    Ok(options)
}

/// Whose spare this machine is, with that one's token.
pub fn spare_options(args: &Live) -> Result<Option<DialOptions>, CliError> {
    let Some(url) = args.spare_of.clone() else { return Ok(None) };
    // The same precautions as with the token of this machine's own remote control, and without a file that very one.
    let (token, _file) = crate::control::token(args.spare_token_file.as_deref()).map_err(app::AppError::from)?;
    Ok(Some(DialOptions { url, token }))
}

/// The token of a file that nobody else can read.
pub fn token(path: &Path) -> Result<Token, CliError> {
    Ok(Token::read(path)?)
}

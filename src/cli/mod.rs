//! The command line: reads it, does what it says, and ends with an exit code that a script can rely on.
//!
//! Standard output carries results only; messages and progress go to standard error.

mod args;
mod check;
mod desk;
mod doctor;
mod drawn;
mod error;
mod export;
mod films;
mod finding;
mod gallery;
mod headless;
mod help;
mod live;
mod outputs;
mod papers;
mod report;
mod rules;
mod serve;
mod simulate;
mod size;
mod state;
mod still;
mod supervise;
mod tape;
mod time;
mod told;
mod trace;
mod usage;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::FromArgMatches;
use tracing_subscriber::{Layer, filter::filter_fn, fmt::layer, layer::SubscriberExt, util::SubscriberInitExt};

use args::{Cli, Command, Global, Rehearse};
use error::CliError;
use trace::Trace;

use crate::{
    app,
    desk::{self as hands, Ending, LogKeeper, LogLimits},
    fonts, locale,
};

/// Something was found that should be looked at before the show.
const FOUND: u8 = 3;
/// It could not be done.
const FAILED: u8 = 1;

/// The whole program. Wrong usage ends in clap with exit code 2.
pub fn main() -> ExitCode {
    let lang = help::lang();
    let read = help::command(lang).try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match read {
        Ok(cli) => cli,
        Err(error) => usage::exit(&error, lang),
    };
    let Cli { global, command } = cli;
    // The parent of a show has nothing else to do, and no file of the show's is its own: the show logs its restarts.
    if let Some(Command::Live(args)) = &command
        && supervise::is_wanted(args)
    {
        let _log = listen(None, None);
        return supervise::run(&global, args).unwrap_or_else(|error| failed(&global, &error));
    }
    let trace = global.trace.as_deref().map(Trace::begin).transpose();
    let done = trace.and_then(|trace| {
        // Until it is dropped, and with it what is still to be written.
        let _log = listen(log_folder(&global, command.as_ref()), trace.clone());
        let done = run(&global, command);
        trace.iter().for_each(Trace::end);
        done
    });
    done.unwrap_or_else(|error| failed(&global, &error))
}

fn failed(global: &Global, error: &CliError) -> ExitCode {
    eprintln!("leitai: {}", locale::tell(global.lang(), error));
    ExitCode::from(FAILED)
}

fn run(global: &Global, command: Option<Command>) -> Result<ExitCode, CliError> {
    read_fonts(global);
    let done = |()| ExitCode::SUCCESS;
    let found = |clean: bool| if clean { ExitCode::SUCCESS } else { ExitCode::from(FOUND) };
    match command.unwrap_or_else(|| Command::Rehearse(Rehearse::default())) {
        Command::Rehearse(args) if args.headless => headless::rehearse(global, &args).map(done),
        Command::Rehearse(args) => desk::rehearse(global, &args).map(done),
        Command::Live(args) if args.headless => live::run(global, &args).map(done),
        Command::Live(args) => desk::live(global, &args).map(done),
        Command::Still(args) => still::run(global, &args).map(done),
        Command::State(args) => state::run(global, &args).map(done),
        Command::Export(args) => export::run(global, &args).map(done),
        Command::Serve(args) => serve::run(global, &args).map(done),
        Command::Simulate(args) => simulate::run(global, &args).map(done),
        Command::Check(args) => check::run(global, &args).map(found),
        Command::Gallery(args) => gallery::run(global, &args).map(done),
        Command::Doctor(args) => doctor::run(global, &args).map(found),
        Command::Outputs(args) => outputs::run(global, &args).map(found),
    }
}

/// The show's own fonts, before anything is measured. One that cannot be used is told and left out.
fn read_fonts(global: &Global) {
    let asked = global.fonts.clone().or_else(|| std::env::var_os("LEITAI_FONTS").map(PathBuf::from));
    for fault in &fonts::install(asked.as_deref().filter(|folder| !folder.as_os_str().is_empty())).faults {
        eprintln!("leitai: {fault}");
    }
}

/// The log goes to standard error, and to files in `folder` where there is one; `RUST_LOG` widens it; the engine's own
/// warnings are for its makers.
fn listen(folder: Option<PathBuf>, trace: Option<Trace>) -> [Option<Ending>; 2] {
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| "error,leitai=info".to_owned());
    let phases = if trace.is_some() { trace::DIRECTIVE } else { "phase=off" };
    let filter = tracing_subscriber::EnvFilter::new(format!("{wanted},{phases}"));
    // Whatever is wished for: no token and no message is printed.
    let wire = filter_fn(crate::feed::may_be_logged);
    // Phases are for the trace alone.
    let words = || filter_fn(|told| !trace::is_phase(told));
    let (terminal, last_said) = hands::log_to_terminal();
    let said = layer().with_target(false).with_writer(terminal).with_ansi(io::stderr().is_terminal());
    let (disk, last_written) =
        folder.map(|folder| hands::log_to_disk(&folder, &app::stamp::now(), LogLimits::default())).unzip();
    let written = disk.map(|disk| layer().with_target(false).with_writer(disk).with_ansi(false));
    // The last of it is kept for the engineer.
    let kept = layer().with_target(false).with_writer(LogKeeper).with_ansi(false);
    let log = tracing_subscriber::registry()
        .with(filter)
        .with(wire)
        .with(said.with_filter(words()))
        .with(kept.with_filter(words()));
    // A second subscriber cannot be set; the first one goes on listening.
    let _ = log.with(written.map(|written| written.with_filter(words()))).with(trace).try_init();
    [Some(last_said), last_written]
}

/// Where the log is kept: where it was asked for, that of a show always.
fn log_folder(global: &Global, command: Option<&Command>) -> Option<PathBuf> {
    let is_show = matches!(command, None | Some(Command::Live(_) | Command::Rehearse(_)));
    global.log.clone().or_else(|| is_show.then(hands::log_folder).flatten())
}

/// A result on standard output, as JSON.
fn print_json(value: &impl serde::Serialize, compact: bool) -> Result<(), CliError> {
    let text = if compact { serde_json::to_string(value) } else { serde_json::to_string_pretty(value) };
    print(&text.map_err(|error| CliError::Json { reason: error.to_string() })?)
}

/// A line of a result. A reader that has seen enough (`| head`) is no fault.
fn print(line: &str) -> Result<(), CliError> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Print { reason: error.to_string() }),
        _ => Ok(()),
    }
}

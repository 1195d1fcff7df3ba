//! `leitai live` as its own parent: this process starts the show as its child and starts it again when it is gone.

use std::{env, path::PathBuf, process::ExitCode, thread};

use crossbeam_channel::{Receiver, bounded};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    args::{Global, Live},
    error::CliError,
};
use crate::{
    app,
    guard::{self, Charge},
};

/// What is running right now, also where the file that it was started from has been replaced.
const THIS: &str = "/proc/self/exe";
/// Signals that wait for the parent.
const SIGNALS: usize = 4;

/// Whether this process is to be the parent: by default where there are windows.
pub fn is_wanted(args: &Live) -> bool {
    let asked = args.supervise || (!args.headless && !args.no_supervise);
    asked && !guard::is_child()
}

/// Guards the show until it is over, and ends as it ended.
pub fn run(global: &Global, args: &Live) -> Result<ExitCode, CliError> {
    let program = env::current_exe().ok().filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(THIS));
    let needs_display = !args.headless;
    let charge = Charge {
        program,
        args: env::args_os().skip(1).collect(),
        lang: global.lang(),
        stop: signals(),
        display: needs_display.then_some(app::display_answers),
    };
    Ok(ExitCode::from(guard::guard(charge)?))
}

/// A message for each wish of the system's, or of a person at the terminal, that this ends.
fn signals() -> Receiver<()> {
    let (wish, wishes) = bounded(SIGNALS);
    let listening = thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            let mut hang_up = signal(SignalKind::hangup())?;
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                    _ = hang_up.recv() => {}
                }
                // Who has wished so often already is heard.
                let _ = wish.try_send(());
            }
        })
    });
    // The thread returns only where it could not listen: the system ends us its own way then.
    let _: Result<thread::JoinHandle<std::io::Result<()>>, _> = listening;
    wishes
}
